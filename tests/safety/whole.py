"""Whether a case file is whole: every hash and link worked out again, from the bytes alone."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from reviewer.casefile.case import CaseFile
from tests.casefile.making import rebuilt, state_of

Body = dict[str, Any]


def whole(path: Path) -> list[Body]:
    """Check a case through and through; gives what its entries say, in order of arrival.

    Each body has its `id` added, and its `words`: those of a note.
    """
    with CaseFile.open(path) as case:
        con = case.con
        assert con.execute("PRAGMA integrity_check").fetchall()[0][0] == "ok"
        assert con.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = con.execute(
            "SELECT entry.*, chain.id AS chain_id, payload.data FROM entry JOIN chain"
            " ON chain.k = entry.chain LEFT JOIN payload USING (lsn) ORDER BY lsn"
        ).fetchall()
        bodies = [_body(row) for row in rows]
        _linked(bodies)
        assert rebuilt(con) == state_of(con)
    return bodies


def _body(row: Any) -> Body:
    body: Body = json.loads(row["body"])
    body["id"] = hashlib.sha256(row["body"]).hexdigest()
    assert body["id"] == row["id"].hex()
    assert (body["c"], body["n"], body["l"]) == (row["chain_id"].hex(), row["seq"], row["lamport"])
    assert (body["k"], body["a"]) == (row["kind"], row["author"].hex())
    data = row["data"]
    assert body["x"] == (None if data is None else hashlib.sha256(data).hexdigest())
    body["words"] = {} if data is None else json.loads(data)
    return body


def _linked(bodies: list[Body]) -> None:
    """Each entry names the one before it in its chain, and the newest of all."""
    chains: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        chains[body["c"]].append(body)
    for chain in chains.values():
        assert [body["n"] for body in chain] == list(range(1, len(chain) + 1))
        assert [body["p"] for body in chain] == [None, *(body["id"] for body in chain[:-1])]
        assert len({body["a"] for body in chain}) == 1
    assert [body["w"] for body in bodies] == [None, *(body["id"] for body in bodies)][: len(bodies)]
    assert [body["l"] for body in bodies] == list(range(1, len(bodies) + 1))
