"""Finding the place of excerpts in the current texts, and writing them down there."""

from dataclasses import dataclass

from reviewer.casefile import evidence
from reviewer.casefile.engine import Connection
from reviewer.casefile.gathered import Claims, Gathered, Place
from reviewer.model.evidence import Recording, Target
from reviewer.text import anchors
from reviewer.text.anchors import Anchor

NOWHERE: Place = (None, None, None, None)
MOST_KNOWN = 64
"""So many texts are held at a time: a recording may have 100,000 segments."""


@dataclass(frozen=True, slots=True)
class _Linked:
    """An excerpt in force, before it is placed in the current text."""

    id: str
    target: str
    stance: str
    anchor: Anchor
    made_on: str
    author: bytes | None
    lsn: int | None
    note: str


def write_excerpts(con: Connection, found: Claims) -> None:
    """Write the excerpts in force on claims, within a transaction; theirs were deleted."""
    texts: dict[str, Target | None] = {}
    rows = []
    for one in found.of.values():
        for link in (*_quotations(one), *_links(one)):
            at = one.placed.get(link.id)
            if at is None:
                at = _place(con, _text(con, link.target, texts), link)
            said = (link.anchor.exact, link.anchor.prefix, link.anchor.suffix)
            whose = (link.author, link.lsn, link.note)
            rows.append((link.id, one.id, link.target, link.stance, *said, *at, *whose))
    con.executemany(
        # One that moved here from another claim may still stand there.
        "INSERT OR REPLACE INTO excerpt (id, claim, target, stance, exact, prefix, suffix,"
        ' start, "end", start_ms, end_ms, author, lsn, note)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _text(con: Connection, id_: str, known: dict[str, Target | None]) -> Target | None:
    if id_ not in known:
        if len(known) >= MOST_KNOWN:
            known.clear()
        known[id_] = evidence.target(con, id_)
    return known[id_]


def _quotations(one: Gathered) -> list[_Linked]:
    return [
        _Linked(
            row["id"],
            row["target"],
            row["stance"],
            Anchor(row["exact"], row["prefix"], row["suffix"], row["start"], row["end"]),
            row["target_hash"].hex(),
            None,
            None,
            row["note"],
        )
        for row in one.quotations
    ]


def _links(one: Gathered) -> list[_Linked]:
    return [
        _Linked(
            link.id,
            str(link.data["target"]),
            str(link.data["stance"]),
            Anchor(
                str(link.data["exact"]),
                str(link.data["prefix"]),
                str(link.data["suffix"]),
                int(str(link.data["start"])),
                int(str(link.data["end"])),
            ),
            str(link.data["target_hash"]),
            bytes.fromhex(link.author),
            one.lsn_of[link.id],
            "",
        )
        for link in one.folded.links
    ]


def _place(con: Connection, target: Target | None, one: _Linked) -> Place:
    if target is None:
        return NOWHERE
    where: tuple[int, int] | None = (one.anchor.start, one.anchor.end)
    if target.hash != one.made_on:
        before = evidence.text_of_version(con, target.id, one.made_on)
        where = anchors.resolve(target.text, one.anchor, before=before)
    if where is None:
        return NOWHERE
    if isinstance(target, Recording):
        return (*where, *evidence.times_of(target, *where))
    return (*where, None, None)
