"""Finding passages: page by page, best first, at a cost that does not depend on the case.

Ranked by tiers (`search_terms.tiers`): a passage with the very words side by side stands before
one that has them apart, in other forms, as parts of longer words, or but for one of them. All
passages of a tier hold the same words, so what is left of BM25 within it is the length: the
shorter passage, which says less besides, stands first. Passages of a tier are ordered so in
blocks of `BLOCK`: a word that stands in every claim costs no more than one that stands in few.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.casefile import search_index
from reviewer.casefile.engine import Connection, Row
from reviewer.casefile.search_telling import tell
from reviewer.casefile.search_terms import Term, terms_of, tiers, widest
from reviewer.model.errors import UsageError
from reviewer.model.searching import KINDS, Found, Hit, Search, parse_search

BLOCK = 400
FEW = 8
NEWEST = {
    kind: f"SELECT max(version) FROM {kind} WHERE id = ?"
    for kind in ("claim", "statement", "recording")
}


class Place(NamedTuple):
    """Where a page ends: in which tier, behind which block, the size and number of its last."""

    tier: int = 0
    block: int = 0
    size: int = -1
    n: int = 0

    def __str__(self) -> str:
        return ".".join(map(str, self))


def search(con: Connection, author: bytes, wanted: Search) -> Found:
    """A page of what a reader's search finds.

    Args:
        con: the connection.
        author: whose notes are looked through; nobody else's are.
        wanted: what is looked for.

    Raises:
        UsageError: `after` is not the `next` of a page.
    """
    done, records = search_index.progress(con)
    terms = terms_of(con, parse_search(wanted.text))
    hits: list[Hit] = []
    behind = Place()
    more = False
    for place, row in _matching(con, author, terms, wanted):
        if not _is_current(con, row):
            continue
        hit = tell(con, row, terms)
        if hit is None:
            continue
        if len(hits) == wanted.limit:
            more = True
            break
        hits.append(hit)
        behind = place
    return Found(tuple(hits), str(behind) if more else "", done, records)


def _matching(
    con: Connection, author: bytes, terms: list[Term], wanted: Search
) -> Iterator[tuple[Place, Row]]:
    begin = _place(wanted.after)
    mine = f"note{author.hex()}"
    only = f' AND what : "{mine if wanted.kind == "note" else wanted.kind}"' if wanted.kind else ""
    few = _few(con, terms, only)
    for tier, way in enumerate(tiers(terms)):
        if tier < begin.tier:
            continue
        block = begin.block if tier == begin.tier else 0
        among = few if way.whole else None
        while found := _block(con, f"({way.expression}){only}", block, among):
            passages = con.execute(
                "SELECT * FROM search_passage WHERE n IN (SELECT value FROM json_each(?))"
                " ORDER BY size, n",
                (json.dumps(found),),
            ).fetchall()
            for row in passages:
                place = Place(tier, block, row["size"], row["n"])
                if place > begin and (row["kind"] != "note" or row["field"] == author.hex()):
                    yield place, row
            block = found[-1]


def _few(con: Connection, terms: list[Term], only: str) -> list[int] | None:
    """All passages in which no word is missing, where there are few; None where there are many.

    Of many common words it costs as much to find that no passage has them all in one way as in
    the next: so it is found once, and each way is tried on these passages alone.
    """
    expression = widest(terms)
    if not expression:
        return None
    rows = con.execute(
        "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid LIMIT ?",
        (f"({expression}){only}", FEW + 1),
    ).fetchall()
    return [row[0] for row in rows] if len(rows) <= FEW else None


def _block(con: Connection, expression: str, after: int, among: list[int] | None) -> list[int]:
    if among is not None:
        asked = "SELECT 1 FROM search_text WHERE search_text MATCH ? AND rowid = ?"
        left = [n for n in among if n > after]
        return [n for n in left if con.execute(asked, (expression, n)).fetchone()]
    rows = con.execute(
        "SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid > ?"
        " ORDER BY rowid LIMIT ?",
        (expression, after, BLOCK),
    ).fetchall()
    return [row[0] for row in rows]


def _place(after: str) -> Place:
    if not after:
        return Place()
    try:
        tier, block, size, n = (int(part) for part in after.split("."))
    except ValueError:
        raise UsageError("This is not where a page of a search ended; search again.") from None
    return Place(tier, block, size, n)


def _is_current(con: Connection, row: Row) -> bool:
    if row["kind"] not in KINDS:
        return False
    if row["kind"] == "note":
        given = (row["id"], bytes.fromhex(row["field"]))
        held = con.execute("SELECT lsn FROM note WHERE claim = ? AND author = ?", given).fetchone()
    else:
        held = con.execute(NEWEST[row["kind"]], (row["id"],)).fetchone()
    return held is not None and held[0] == row["version"]
