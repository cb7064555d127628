"""A record of the case format as the row that is stored of it."""

import json
from collections.abc import Mapping
from functools import lru_cache

from reviewer.casefile.evidence import Parts, Value
from reviewer.model.canonical import content_hash
from reviewer.model.records import (
    ClaimRecord,
    ExcerptRecord,
    Ms,
    RatingRecord,
    Record,
    RecordingRecord,
    SourceRecord,
    StatementRecord,
)

TABLES: dict[type[Record], str] = {
    SourceRecord: "source",
    StatementRecord: "statement",
    RecordingRecord: "recording",
    ClaimRecord: "claim",
    RatingRecord: "rating",
    ExcerptRecord: "quotation",
}
"""Where each kind is stored, those that others refer to first."""


def id_of(record: Record) -> str:
    """The id of a record; one that has none is known by its content."""
    if isinstance(record, ExcerptRecord):
        return record.id or f"q-{content_hash(record.content()).hex()[:10]}"
    if isinstance(record, RatingRecord):
        return record.id or _rating_id(record)
    return str(getattr(record, "id", ""))


def _rating_id(record: RatingRecord) -> str:
    # One review is one rating: its wording may change, what it is about may not.
    about = {"claim": record.claim, "source": record.source, "url": record.url}
    return f"r-{content_hash(dict(about)).hex()[:10]}"


def columns_of(record: Record, id_: str) -> tuple[dict[str, Value], Parts]:
    """What is stored of a record.

    Args:
        record: the record.
        id_: what it is known by (`id_of`).

    Returns:
        Its columns, and its segments or targets.
    """
    if isinstance(record, ClaimRecord):
        return _claim(record)
    if isinstance(record, RecordingRecord):
        return _recording(record)
    columns = _texts(record)
    if isinstance(record, RatingRecord):
        columns["id"] = id_
    elif isinstance(record, SourceRecord):
        columns["origin"] = record.origin or record.id
    elif not isinstance(record, StatementRecord):
        raise TypeError(f"no evidence is made of a {type(record).__name__}")
    return columns, []


def _texts(record: Record) -> dict[str, Value]:
    """The columns of a record that holds nothing but text."""
    return dict(vars(record))


def _recording(record: RecordingRecord) -> tuple[dict[str, Value], Parts]:
    columns: dict[str, Value] = {
        name: str(value) for name, value in record if name not in ("segments", "speakers")
    }
    speakers = [speaker.model_dump() for speaker in record.speakers]
    columns["speakers"] = json.dumps(speakers, ensure_ascii=False)
    parts: Parts = [
        # An oddity is part of what is hashed, and only where there is one.
        [s.start, s.end, s.speaker, s.text, s.translation, *([s.note] if s.note else [])]
        for s in record.segments
    ]
    return columns, parts


@lru_cache(maxsize=1024)
def _listed(tags: tuple[str, ...]) -> str:
    # Most claims of an import have the tags of others.
    return json.dumps(tags, ensure_ascii=False)


def _claim(record: ClaimRecord) -> tuple[dict[str, Value], Parts]:
    columns: dict[str, Value] = {
        "id": record.id,
        "text": record.text,
        "claimant": record.claimant,
        "date": record.date,
        "priority": record.priority,
        "tags": _listed(record.tags),
        "parent": record.parent,
        "context": record.context,
    }
    targets = dict.fromkeys((*record.statements, *record.recordings))
    return columns, [[target] for target in targets]


KINDS = {table: kind for kind, table in TABLES.items()}
PLACED = ("target_hash", "start", "end")
QUOTATION = (*ExcerptRecord.model_fields, *PLACED)
"""What is stored of a quotation beside its record: where it was found, and in which text."""


def record_of(table: str, row: Mapping[str, Value], parts: Parts) -> Record:
    """The record that a stored row was made of.

    Raises:
        ValueError: no import could have made the row.
    """
    given: dict[str, object] = dict(row)
    if table == "claim":
        given |= {"tags": json.loads(str(row["tags"])), "statements": [one[0] for one in parts]}
    elif table == "recording":
        given |= {
            "speakers": json.loads(str(row["speakers"])),
            "segments": [_segment(part) for part in parts],
        }
    elif table == "quotation":
        given = {name: value for name, value in row.items() if name not in PLACED}
    record = KINDS[table].model_validate(given)
    if table == "quotation":
        places = [row["start"], row["end"]]
        whole = all(type(place) is int for place in places) and len(row) == len(QUOTATION)
        if dict(vars(record)) != given or not whole or not 0 <= int(places[0]) < int(places[1]):
            raise ValueError("not an excerpt")
    elif columns_of(record, str(row["id"])) != (row, parts):
        raise ValueError(f"not a {table} as it is stored")
    return record


def _segment(part: list[str | int | None]) -> dict[str, object]:
    start, end, speaker, text, translation, *note = part
    return {
        "start": None if start is None else Ms(start),
        "end": None if end is None else Ms(end),
        "speaker": speaker,
        "text": text,
        "translation": translation,
        "note": note[0] if note else "",
    }
