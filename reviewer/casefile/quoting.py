"""Where the words of an excerpt that is imported stand in the text of its target."""

from dataclasses import dataclass

from reviewer.casefile import evidence
from reviewer.casefile.arrivals import Ready, RefusedError
from reviewer.casefile.engine import Connection
from reviewer.casefile.evidence import Value
from reviewer.model.records import ExcerptRecord, RecordingRecord, StatementRecord
from reviewer.text import anchors


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a target that excerpts are looked for in, and the hash of its version."""

    text: str
    hash: bytes


def text_held(con: Connection, id_: str) -> Text | None:
    """The text of a statement or a recording of the case; None where it has none of this id."""
    target = evidence.target(con, id_)
    return Text(target.text, bytes.fromhex(target.hash)) if target else None


def text_to_come(ready: Ready) -> Text | None:
    """The text of a statement or a recording that will be written."""
    if isinstance(ready.record, StatementRecord):
        return Text(ready.record.text, ready.hash)
    if isinstance(ready.record, RecordingRecord):
        return Text("\n".join(segment.text for segment in ready.record.segments), ready.hash)
    return None


def columns(
    con: Connection, record: ExcerptRecord, id_: str, target: Text, *, held: bool
) -> dict[str, Value]:
    """What is stored of an excerpt.

    Args:
        con: the connection.
        record: the excerpt.
        id_: what it is known by.
        target: the text that it quotes.
        held: whether the case holds an excerpt of this id.

    Raises:
        RefusedError: its words do not stand there, or in several places.
    """
    if held and (stands := _stands_already(con, record, id_, target)):
        return stands
    places = anchors.find(target.text, record.exact, record.prefix, record.suffix)
    if not places:
        raise RefusedError(f"its words do not stand in '{record.target}', letter for letter")
    if len(places) > 1:
        raise RefusedError(
            f"its words stand {len(places)} times in '{record.target}';"
            " add prefix or suffix to say which"
        )
    anchor = anchors.make(target.text, places[0], places[0] + len(record.exact))
    return {
        "id": id_,
        "claim": record.claim,
        "target": record.target,
        "stance": record.stance.value,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "target_hash": target.hash,
        "start": anchor.start,
        "end": anchor.end,
        "note": record.note,
    }


def _stands_already(
    con: Connection, record: ExcerptRecord, id_: str, target: Text
) -> dict[str, Value] | None:
    """The excerpt as it is held, if this is the one, with more or less quoted around it."""
    current = con.execute(
        "SELECT claim, target, stance, exact, note, start FROM excerpt WHERE id = ?", (id_,)
    ).fetchone()
    if current is None:
        return None
    places = anchors.find(target.text, record.exact, record.prefix, record.suffix, limit=2)
    said = (record.claim, record.target, record.stance, record.exact, record.note)
    where = [] if current["start"] is None else [current["start"]]
    if (said, places) != (tuple(current)[:5], where):
        return None
    row = con.execute(
        "SELECT * FROM quotation WHERE id = ? ORDER BY version DESC LIMIT 1", (id_,)
    ).fetchone()
    return {name: row[name] for name in row.keys() if name not in ("version", "hash")}  # noqa: SIM118 - no mapping
