"""Telling a newer export from another file that happens to use the same ids.

Small ids (1, 2, 3) and everyday names of files come again in files that have nothing to do
with each other. What such a file says would become a new version of what is held, other words
under the same claims. So texts of one id are compared before the first of them is written.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reviewer.casefile.engine import Connection
from reviewer.model.records import ClaimRecord, Record, RecordingRecord, StatementRecord

GRAM = 8
ALIKE = 0.1
"""From this share of the shorter text's stretches of eight characters on, texts are related."""
LOOKED_AT = 4000
"""As much of a text is compared."""
MOST = 500
"""So many texts are compared; the first of a file speak for the rest."""
FEWEST = 2
LONG = 200
"""A text of so many characters that is another one altogether needs no second to be sure."""

Key = tuple[str, str]
KINDS = {ClaimRecord: "claim", StatementRecord: "statement", RecordingRecord: "recording"}


@dataclass(frozen=True, slots=True)
class Strange:
    """So many ids are held already, and so many of them stand for altogether other words."""

    shared: int
    different: int
    example: str


def strange(
    con: Connection, records: Iterable[Record], named: Collection[Key] = ()
) -> Strange | None:
    """Whether most of the ids that these records share with the case mean other texts there.

    Args:
        con: the connection.
        records: of one collection.
        named: those that have the name of their file for an id. Such names come again, and
            calls are short: one of them is enough to be sure.
    """
    ours: dict[Key, str] = {}
    for record in records:
        kind = KINDS.get(type(record))
        if kind and len(ours) < MOST:
            ours.setdefault((kind, str(getattr(record, "id", ""))), _text_of(record))
    held = _held(con, ours)
    different = [
        key for key, text in held.items() if text and ours[key] and not related(ours[key], text)
    ]
    if len(different) * 2 <= len(held):
        return None
    sure = any(key in named or min(len(ours[key]), len(held[key])) >= LONG for key in different)
    if len(different) < FEWEST and not sure:
        return None
    return Strange(len(held), len(different), different[0][1])


def related(one: str, other: str) -> bool:
    """Whether two texts have more in common than chance gives."""
    grams, others = _grams(one), _grams(other)
    return len(grams & others) >= ALIKE * max(1, min(len(grams), len(others)))


def _grams(text: str) -> set[str]:
    plain = " ".join(text[:LOOKED_AT].casefold().split())
    return {plain[at : at + GRAM] for at in range(max(1, len(plain) - GRAM + 1))}


def _text_of(record: Record) -> str:
    match record:
        case ClaimRecord() | StatementRecord():
            return record.text[:LOOKED_AT]
        case RecordingRecord():
            # Some segments have a translation alone.
            said = (segment.text or segment.translation for segment in record.segments[:MOST])
            return "\n".join(said)[:LOOKED_AT]
        case _:
            return ""


def _held(con: Connection, wanted: Iterable[Key]) -> dict[Key, str]:
    """The current text of each of these that is held."""
    found: dict[Key, str] = {}
    for kind in ("claim", "statement", "recording"):
        ids = json.dumps([id_ for of, id_ in wanted if of == kind])
        text = f"substr(text, 1, {LOOKED_AT})"
        if kind == "recording":
            text = (
                "(SELECT group_concat(said, char(10)) FROM (SELECT coalesce(nullif(text, ''),"
                " translation) AS said FROM segment WHERE recording = r.id"
                f" AND version = r.version AND n < {MOST} ORDER BY n))"
            )
        rows = con.execute(
            f"SELECT id, {text} FROM {kind} AS r WHERE id IN (SELECT value FROM json_each(?))"
            f" AND version = (SELECT max(version) FROM {kind} AS newest WHERE newest.id = r.id)",
            (ids,),
        ).fetchall()
        found.update({(kind, row[0]): str(row[1] or "")[:LOOKED_AT] for row in rows})
    return found
