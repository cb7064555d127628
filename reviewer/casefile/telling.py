"""Writing what a case file holds as the lines of a bundle, for another file to take in.

In an order in which everything that is referred to stands before what refers to it: files,
evidence with the texts before the claims, entries by their Lamport counters. Whatever is cut
off leaves a beginning that can be taken in.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from reviewer.casefile import holding, ledger, redaction
from reviewer.casefile.engine import Connection, DamagedError, Row
from reviewer.casefile.holding import Branches
from reviewer.model.about import origins_of
from reviewer.model.bundles import Held, Manifest
from reviewer.model.scale import Scale, ScaleValue
from reviewer.model.signing import SEAL

PIECE = 2000
"""So many segments of a recording stand in one line."""
PARTS = {
    "recording": "SELECT start_ms, end_ms, speaker, text, translation, oddity.note FROM segment"
    " LEFT JOIN oddity USING (recording, version, n)"
    " WHERE recording = ? AND version = ? ORDER BY n",
    "claim": "SELECT target FROM shown_with WHERE claim = ? AND version = ? ORDER BY n",
}
WANTED = (
    "json_each(:wanted) AS want JOIN entry ON entry.chain = want.value ->> 0"
    " AND entry.seq > want.value ->> 1 AND entry.seq <= want.value ->> 2"
)
MOST = 2**53


def lines(con: Connection, made: int, other: Held | None = None) -> Iterator[bytes]:
    """The lines of a bundle, each with its end.

    Args:
        con: within one snapshot.
        made: when it is made, ms UTC.
        other: what the other side holds: it is not written. Without it, everything is.

    Raises:
        DamagedError: an entry is not the one that its id names.
    """
    import orjson

    digest = hashlib.sha256()
    for said in _said(con, made, other):
        line = orjson.dumps(said) + b"\n"
        digest.update(line)
        yield line
    yield orjson.dumps({"end": digest.hexdigest()}) + b"\n"


def _said(con: Connection, made: int, other: Held | None) -> Iterator[Mapping[str, object]]:
    branches = holding.chains(con)
    held = holding.held(con, branches)
    tables = [
        table
        for table in holding.EVERY
        if held.tables[table][0]
        and (other is None or other.tables.get(table) != held.tables[table])
    ]
    wanted = _wanted(con, branches, other)
    evidence = sum(held.tables[table][0] for table in tables)
    yield _manifest(con, made, held, branches, wanted, evidence).said()
    yield from _files(con, tables)
    for table in tables:
        yield from _evidence(con, table)
    yield from _entries(con, branches, wanted, other)
    yield from _seals(con)


def _manifest(
    con: Connection,
    made: int,
    held: Held,
    branches: Mapping[str, Branches],
    wanted: list[tuple[int, int, int]],
    evidence: int,
) -> Manifest:
    about = dict(con.execute("SELECT key, value FROM about").fetchall())
    scale = con.execute("SELECT key, value, label, help FROM scale ORDER BY key").fetchall()
    (entries,) = con.execute(
        f"SELECT count(*) FROM {WANTED}", {"wanted": json.dumps(wanted)}
    ).fetchone()
    return Manifest(
        case=about.get("id", ""),
        title=about.get("title", ""),
        about=about.get("about", ""),
        exercise=about.get("exercise", "no"),
        scale=Scale(tuple(ScaleValue(*row) for row in scale)),
        made=made,
        held=held,
        entries=entries,
        evidence=evidence,
        unsigned=sum(of.unsigned for of in branches.values()),
        origins=origins_of(about.get("origins", "")),
    )


def _wanted(
    con: Connection, branches: Mapping[str, Branches], other: Held | None
) -> list[tuple[int, int, int]]:
    """The chain, the number above which, and the number up to which entries are written."""
    wanted = []
    for chain, of in branches.items():
        last = max((head.seq for head in of.heads), default=0)
        known = _known(con, of, other.chains.get(chain, ()) if other else ())
        if known < last:
            wanted.append((of.key, known, last))
    return wanted


def _known(con: Connection, of: Branches, theirs: tuple[object, ...]) -> int:
    """The number up to which the other side has the very same entries of a chain."""
    ids = {getattr(head, "id", "") for head in theirs}
    if ids >= {head.id for head in of.heads}:
        return MOST
    if of.ids is not None or len(theirs) != 1:
        return 0
    row = holding.held_of(con, [bytes.fromhex(next(iter(ids)))])
    return next((int(one["seq"]) for one in row.values() if one["chain"] == of.key), 0)


def _files(con: Connection, tables: list[str]) -> Iterator[dict[str, object]]:
    if not tables:
        return
    for row in con.execute("SELECT * FROM file ORDER BY run, n"):
        said = {name: row[name] for name in row.keys() if name not in ("n", "hash")}  # noqa: SIM118 - no mapping
        yield {"file": row["n"], "hash": row["hash"].hex(), **said}


def _evidence(con: Connection, table: str) -> Iterator[dict[str, object]]:
    rows = con.execute(
        f"SELECT one.*, brought.file AS _file, brought.place AS _place FROM {table} AS one"
        f" LEFT JOIN brought ON brought.kind = '{table}' AND brought.id = one.id"
        " ORDER BY one.id, one.version"
    )
    for row in rows:
        columns = {
            name: row[name].hex() if isinstance(row[name], bytes) else row[name]
            for name in row.keys()  # noqa: SIM118 - no mapping
            if name not in ("version", "hash", "_file", "_place")
        }
        parts = _parts(con, table, row)
        said: dict[str, object] = {
            "evidence": table,
            "version": row["version"],
            "hash": row["hash"].hex(),
            "row": columns,
            "parts": parts[:PIECE],
            "more": len(parts) > PIECE,
        }
        if row["_file"] is not None:
            said |= {"file": row["_file"], "place": row["_place"]}
        yield said
        for at in range(PIECE, len(parts), PIECE):
            yield {"parts": parts[at : at + PIECE], "more": at + PIECE < len(parts)}


def _parts(con: Connection, table: str, row: Row) -> list[list[object]]:
    if table not in PARTS:
        return []
    found = con.execute(PARTS[table], (row["id"], row["version"])).fetchall()
    if table == "claim":
        return [list(part) for part in found]
    return [[*part[:5], *([part[5]] if part[5] is not None else [])] for part in found]


def _entries(
    con: Connection,
    branches: Mapping[str, Branches],
    wanted: list[tuple[int, int, int]],
    other: Held | None,
) -> Iterator[dict[str, object]]:
    given = {of.key: of.ids for of in branches.values() if of.ids is not None}
    everything = other is None and not any(of.unsigned for of in branches.values())
    rows = con.execute(
        f"SELECT entry.chain, {ledger.ENTRY} FROM {'entry' if everything else WANTED}"
        " LEFT JOIN payload ON payload.lsn = entry.lsn ORDER BY entry.lamport, entry.id",
        {} if everything else {"wanted": json.dumps(wanted)},
    )
    erased = set(redaction.named_still(con))
    for row in rows:
        ids = given.get(row["chain"])
        if ids is None or row["id"] in ids:
            yield entry_line(row, bare=row["id"] in erased)
    for id_ in other.wants if other else ():
        found = con.execute(
            f"SELECT {ledger.ENTRY} FROM entry JOIN payload ON payload.lsn = entry.lsn"
            " WHERE entry.id = ?",
            (bytes.fromhex(id_),),
        ).fetchone()
        if found is not None and found["id"] not in erased:
            yield entry_line(found)


def entry_line(row: Row, *, bare: bool = False) -> dict[str, object]:
    """An entry as a line of a bundle, with its words unless it is to be `bare`.

    Raises:
        DamagedError: it is not the one that its id names, or its words are not its own.
    """
    if hashlib.sha256(row["body"]).digest() != row["id"]:
        raise DamagedError(f"entry {row['id'].hex()} was changed")
    said = {"entry": row["body"].decode()}
    if row["data"] is not None and not bare:
        # A body names the hash of its words: others would be refused wherever they come.
        if hashlib.sha256(row["data"]).hexdigest().encode() not in row["body"]:
            raise DamagedError(f"the words of entry {row['id'].hex()} were changed")
        said["payload"] = row["data"].decode()
    return said


def _seals(con: Connection) -> Iterator[dict[str, object]]:
    rows = con.execute(
        "SELECT target, key, sig FROM attest WHERE what = ? ORDER BY target, key", (SEAL,)
    )
    for row in rows:
        yield {
            "seal": row["target"].hex(),
            "key": row["key"].hex(),
            "signature": row["sig"].decode("ascii", "replace"),
        }
