"""What was recorded, the newest first: the log, of all or narrowed."""

from __future__ import annotations

import json

from reviewer.casefile import blind, ledger, redaction
from reviewer.casefile.engine import Connection, Row
from reviewer.model.entry import Entry, Kind
from reviewer.model.naming import author_of, shown_name
from reviewer.structs import Struct

ALL_OF_THEM = "SELECT lsn FROM entry"
OF_CLAIM = "SELECT act.lsn FROM act CROSS JOIN entry ON entry.lsn = act.lsn"
# A reader's chains say by their index alone which entries are his.
OF_READER = "SELECT lsn FROM entry INDEXED BY entry_chain"
# An index that holds the kind beside something else is read through faster than the entries.
OF_KIND = "SELECT lsn FROM entry INDEXED BY entry_subject"
BEYOND = 2**63 - 1
CHAINS_OF = """
SELECT k FROM chain WHERE (
  SELECT author FROM entry WHERE entry.chain = chain.k ORDER BY seq LIMIT 1
) IN (SELECT author FROM reader WHERE lower(hex(author)) IN (SELECT value FROM json_each(?)))
"""


class Logged(Struct):
    """An entry with its reader's name, whether it is undone, and the one that it is about."""

    entry: Entry
    reader: str
    undone: bool
    about: Entry | None
    whose: str = ""
    """The name of the reader whose act that is."""


def entries(
    con: Connection,
    viewer: str,
    *,
    claim: str = "",
    reader: str = "",
    kind: str = "",
    before: str = "",
    limit: int = 50,
) -> list[Logged]:
    """The newest entries, newest first.

    Args:
        con: the connection.
        viewer: who looks: of what he may not see yet nothing is told.
        claim: only those about this claim.
        reader: only those of the reader shown under this name.
        kind: only those of this kind.
        before: only those that came into this file before the entry of this id.
        limit: at most so many.
    """
    query, given = _newest(con, viewer, claim, reader, kind, before)
    rows = con.execute(
        f"SELECT {ledger.ENTRY}, entry.author, reader.name, coalesce(act.undone, 0) AS undone"
        " FROM entry LEFT JOIN act ON act.lsn = entry.lsn"
        " LEFT JOIN payload ON payload.lsn = entry.lsn"
        " LEFT JOIN reader ON reader.author = entry.author"
        f" WHERE entry.lsn IN ({query} LIMIT :limit) ORDER BY entry.lsn DESC",
        given | {"limit": limit},
    ).fetchall()
    return [_logged(con, row) for row in rows]


def _newest(
    con: Connection, viewer: str, claim: str, reader: str, kind: str, before: str
) -> tuple[str, dict[str, object]]:
    """A query for the numbers of the newest of them, and what is given to it."""
    given: dict[str, object] = {"me": author_of(viewer), "claim": claim, "kind": kind}
    start, lsn = ALL_OF_THEM, "entry.lsn"
    where = []
    if kind:
        start = OF_KIND
        where.append("entry.kind = :kind")
    if reader:
        start = OF_READER
        where.append("entry.chain IN (SELECT value FROM json_each(:chains))")
        given["chains"] = json.dumps(_chains_of(con, reader))
    if claim:
        start, lsn = OF_CLAIM, "act.lsn"
        where.append("act.claim = :claim")
    where.append(f"{lsn} < coalesce((SELECT lsn FROM entry WHERE id = :before), {BEYOND})")
    where.append(blind.told_to(lsn))
    given["before"] = bytes.fromhex(before)
    return f"{start} WHERE {' AND '.join(where)} ORDER BY {lsn} DESC", given


def _chains_of(con: Connection, reader: str) -> list[int]:
    named = con.execute("SELECT author, name FROM reader").fetchall()
    authors = [row["author"] for row in named if shown_name(*row) == reader]
    hexes = json.dumps([author.hex() for author in [*authors, author_of(reader)]])
    return [row["k"] for row in con.execute(CHAINS_OF, (hexes,)).fetchall()]


def _logged(con: Connection, row: Row) -> Logged:
    entry = redaction.told(con, ledger.entry_of(row))
    about, whose = None, ""
    if entry.subject is not None and entry.kind in (Kind.UNDO, Kind.REDO, Kind.REDACT):
        about = ledger.by_id(con, entry.subject)
    if about is not None:
        about = redaction.told(con, about)
        whose = name_of(con, about.author)
    name = shown_name(row["author"], row["name"])
    return Logged(entry, name, row["undone"] > 0, about, whose)


def one(con: Connection, viewer: str, id_: str) -> Logged | None:
    """The entry of this id, if this reader may be told of it."""
    row = con.execute(
        f"SELECT {ledger.ENTRY}, entry.author, reader.name, coalesce(act.undone, 0) AS undone"
        " FROM entry LEFT JOIN act ON act.lsn = entry.lsn"
        " LEFT JOIN payload ON payload.lsn = entry.lsn"
        " LEFT JOIN reader ON reader.author = entry.author WHERE entry.id = :id"
        f" AND {blind.told_to('entry.lsn')}",
        {"id": bytes.fromhex(id_), "me": author_of(viewer)},
    ).fetchone()
    return _logged(con, row) if row else None


def named(con: Connection, beginning: str) -> list[str]:
    """The ids of the entries that begin with these hex digits, at most two."""
    low = bytes.fromhex(beginning + "0" * (len(beginning) % 2))
    rows = con.execute("SELECT id FROM entry WHERE id >= ? ORDER BY id LIMIT 3", (low,)).fetchall()
    return [id_ for row in rows if (id_ := row["id"].hex()).startswith(beginning)][:2]


def name_of(con: Connection, author: str) -> str:
    """The name under which this author's work is shown."""
    row = con.execute(
        "SELECT name FROM reader WHERE author = ?", (bytes.fromhex(author),)
    ).fetchone()
    return shown_name(bytes.fromhex(author), row["name"] if row else "")
