"""What was recorded, the newest first: the log, of all or narrowed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from reviewer.casefile import blind, ledger, redaction
from reviewer.casefile.engine import Connection, Row
from reviewer.model.entry import Entry, Kind
from reviewer.model.naming import author_of, shown_name
from reviewer.structs import Struct

ALL_OF_THEM = "SELECT entry.lsn FROM entry NOT INDEXED"
OF_CLAIM = "SELECT entry.lsn FROM act CROSS JOIN entry ON entry.lsn = act.lsn"
# A reader's chains say by their index alone which entries are his.
OF_READER = "SELECT entry.lsn FROM entry INDEXED BY entry_chain"
# An index that holds the kind beside something else is read through faster than the entries.
OF_KIND = "SELECT entry.lsn FROM entry INDEXED BY entry_subject"
HIS = "entry.chain IN (SELECT value FROM json_each(:chains))"
OF_HIM = (
    "entry.lsn IN (SELECT his.lsn FROM entry AS his INDEXED BY entry_chain"
    " WHERE his.chain IN (SELECT value FROM json_each(:chains)))"
)
RECENT = 20_000
"""Most often the newest are among so many; only what is older is looked for in an index."""
PAGE = 500
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
    numbers = _newest(con, viewer, claim, reader, kind, before, limit)
    rows = con.execute(
        f"SELECT {ledger.ENTRY}, entry.author, reader.name, coalesce(act.undone, 0) AS undone"
        " FROM entry LEFT JOIN act ON act.lsn = entry.lsn"
        " LEFT JOIN payload ON payload.lsn = entry.lsn"
        " LEFT JOIN reader ON reader.author = entry.author"
        " WHERE entry.lsn IN (SELECT value FROM json_each(?)) ORDER BY entry.lsn DESC",
        (json.dumps(numbers),),
    ).fetchall()
    return [_logged(con, row) for row in rows]


def _newest(
    con: Connection, viewer: str, claim: str, reader: str, kind: str, before: str, limit: int
) -> list[int]:
    """The numbers of the newest of them."""
    given: dict[str, object] = {"claim": claim, "kind": kind}
    if reader:
        given["chains"] = json.dumps(_chains_of(con, reader))
    page = max(PAGE, limit) if reader or kind else limit
    top = _place_of(con, before)
    found: list[int] = []
    for query, reach in _ways(claim, reader, kind):
        low = max(0, top - reach) if reach else 0
        for some in _pages(con, query, given | {"low": low, "page": page}, top):
            found += _told(con, viewer, some)
            if len(found) >= limit:
                return found[:limit]
        top = low
    return found


def _place_of(con: Connection, before: str) -> int:
    """The number below which to look."""
    if before:
        held = con.execute(
            "SELECT lsn FROM entry WHERE id = ?", (bytes.fromhex(before),)
        ).fetchone()
        if held is not None:
            return int(held["lsn"])
    newest = con.execute("SELECT lsn FROM entry ORDER BY lsn DESC LIMIT 1").fetchone()
    return int(newest["lsn"]) + 1 if newest else 0


def _pages(
    con: Connection, query: str, given: Mapping[str, object], top: int
) -> Iterator[list[int]]:
    """What a query finds below a number, page by page; a short page is the last one."""
    found: list[int] = []
    while not found or len(found) == given["page"]:
        found = [row[0] for row in con.execute(query, {**given, "top": top}).fetchall()]
        yield found
        if not found:
            return
        top = found[-1]


def _ways(claim: str, reader: str, kind: str) -> list[tuple[str, int]]:
    """The queries to ask one after another, and how far back each looks; 0: to the beginning."""
    where = ["entry.lsn >= :low", "entry.lsn < :top"]
    where += ["entry.kind = :kind"] if kind else []
    if claim:
        where = ["act.claim = :claim", *(one.replace("entry.lsn", "act.lsn") for one in where)]
        return [(_query(OF_CLAIM, [*where, *([HIS] if reader else [])], "act.lsn"), 0)]
    if not (reader or kind):
        return [(_query(ALL_OF_THEM, where), 0)]
    recent = _query(ALL_OF_THEM, [*where, *([HIS] if reader else [])])
    if kind:
        older = _query(OF_KIND, [*where, *([OF_HIM] if reader else [])])
    else:
        older = _query(OF_READER, [*where, HIS])
    return [(recent, RECENT), (older, 0)]


def _query(start: str, where: list[str], lsn: str = "entry.lsn") -> str:
    return f"{start} WHERE {' AND '.join(where)} ORDER BY {lsn} DESC LIMIT :page"


def _told(con: Connection, viewer: str, numbers: list[int]) -> list[int]:
    """Those of these entries that may be told to him."""
    rows = con.execute(
        f"SELECT one.value FROM json_each(:numbers) AS one WHERE {blind.told_to('one.value')}"
        " ORDER BY one.value DESC",
        {"numbers": json.dumps(numbers), "me": author_of(viewer)},
    ).fetchall()
    return [row[0] for row in rows]


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
