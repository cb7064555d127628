"""Reading evidence: the current version of sources, statements, recordings and claims."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import starmap

from reviewer.casefile.engine import Connection, DamagedError, Row
from reviewer.model.canonical import content_hash
from reviewer.model.evidence import (
    Claim,
    Held,
    Provenance,
    Rating,
    Recording,
    Segment,
    Source,
    Speaker,
    Statement,
    Target,
    segments_text,
)
from reviewer.model.versions import edition_of
from reviewer.structs import many

SEGMENT_PARTS = 5
"""Start, end, speaker, text, translation; an oddity is a sixth."""

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import TypeVar

    Part = TypeVar("Part")
Value = str | int | bytes
Parts = list[list[str | int | None]]
Segments = Mapping[tuple[str, str], tuple[Segment, ...]]
"""Segments that were read already, by recording and its hash: a version never changes."""


def row_hash(table: str, columns: Mapping[str, Value], parts: Parts) -> bytes:
    """The hash of a version of a record, from what is stored of it.

    Args:
        table: the table that it stands in.
        columns: every column but `version` and `hash`.
        parts: a recording's segments (start, end, speaker, text, translation, and an oddity
            where there is one), a claim's targets; in order.
    """
    if table == "quotation":
        columns = {k: v.hex() if isinstance(v, bytes) else v for k, v in columns.items()}
    return content_hash({"table": table, "row": columns, "parts": parts})


def source(con: Connection, id_: str) -> Source:
    """A source; one that is not held stands under its id alone."""
    row = con.execute(
        "SELECT id, name, kind, origin, note FROM source WHERE id = ?"
        " ORDER BY version DESC LIMIT 1",
        (id_,),
    ).fetchone()
    return Source(*row) if row else Source(id_, id_, "other", id_, "")


def sources(con: Connection) -> list[str]:
    """The ids of all sources."""
    return [row[0] for row in con.execute("SELECT DISTINCT id FROM source ORDER BY id").fetchall()]


def statement(con: Connection, id_: str) -> Statement | None:
    """The current version of a statement."""
    row = con.execute(
        "SELECT * FROM statement WHERE id = ? ORDER BY version DESC LIMIT 1", (id_,)
    ).fetchone()
    if row is None:
        return None
    published_by = source(con, row["source"])
    return Statement(
        id=row["id"],
        version=edition_of(row["version"]),
        hash=row["hash"].hex(),
        source=published_by,
        origin=row["origin"] or published_by.origin,
        origin_name=source(con, row["origin"] or published_by.origin).name,
        title=row["title"],
        date=row["date"],
        language=row["language"],
        held=Held(row["held"]),
        url=row["url"],
        text=row["text"],
        translation=row["translation"],
        translation_language=row["translation_language"],
        note=row["note"],
        own_origin=row["origin"],
    )


def recording(
    con: Connection, id_: str, held: Segments | None = None, *, bare: bool = False
) -> Recording | None:
    """The current version of a recording with its segments; those that are held are not read.

    A `bare` one has none: what is said of a call, without what is said in it.
    """
    row = con.execute(
        "SELECT * FROM recording WHERE id = ? ORDER BY version DESC LIMIT 1", (id_,)
    ).fetchone()
    if row is None:
        return None
    released_by = source(con, row["source"])
    known = (held or {}).get((id_, row["hash"].hex()))
    segments = () if bare else known or _segments(con, id_, row["version"])
    return Recording(
        id=row["id"],
        version=edition_of(row["version"]),
        hash=row["hash"].hex(),
        source=released_by,
        origin=row["origin"] or released_by.origin,
        origin_name=source(con, row["origin"] or released_by.origin).name,
        title=row["title"],
        date=row["date"],
        released=row["released"],
        release=row["release"],
        language=row["language"],
        translation_language=row["translation_language"],
        held=Held(row["held"]),
        cuts=row["cuts"],
        transcribed_by=row["transcribed_by"],
        translated_by=row["translated_by"],
        url=row["url"],
        note=row["note"],
        speakers=_speakers(row["speakers"]),
        segments=segments,
        own_origin=row["origin"],
    )


def _speakers(text: str) -> tuple[Speaker, ...]:
    try:
        return tuple(Speaker(**speaker) for speaker in _listed(text, dict))
    except TypeError as error:
        raise DamagedError(f"speakers are not held as a reviewer holds them: {error}") from error


def _listed(text: str, kind: type[Part]) -> list[Part]:
    try:
        parts = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"a list is not held as JSON: {error}") from error
    if not isinstance(parts, list) or not all(isinstance(part, kind) for part in parts):
        raise DamagedError("a list holds what does not belong in it")
    return parts


def _segments(con: Connection, recording_id: str, version: int) -> tuple[Segment, ...]:
    rows = con.cursor()
    # In plain tuples: that many rows with names would take a third longer.
    rows.row_factory = None
    rows.execute(
        "SELECT n, start_ms, end_ms, speaker, text, translation, coalesce(note, '')"
        " FROM segment LEFT JOIN oddity USING (recording, version, n)"
        " WHERE recording = ? AND version = ? ORDER BY n",
        (recording_id, version),
    )
    # Row by row: all rows of a long call would take as much memory once more.
    with many():
        return tuple(starmap(Segment, rows))


def target(con: Connection, id_: str, held: Segments | None = None) -> Target | None:
    """The statement or the recording of this id."""
    return statement(con, id_) or recording(con, id_, held)


def text_of_version(con: Connection, id_: str, hash_: str) -> str | None:
    """The text of the version of a statement or recording that has this hash."""
    key = (id_, bytes.fromhex(hash_))
    row = con.execute(
        "SELECT text FROM statement WHERE id = ? AND hash = ? LIMIT 1", key
    ).fetchone()
    if row is not None:
        return str(row["text"])
    row = con.execute(
        "SELECT version FROM recording WHERE id = ? AND hash = ? LIMIT 1", key
    ).fetchone()
    return segments_text(_segments(con, id_, row["version"])) if row else None


def target_hash(con: Connection, id_: str) -> str | None:
    """The hash of the current version of a statement or recording."""
    row = con.execute(
        "SELECT hash FROM statement WHERE id = ? ORDER BY version DESC LIMIT 1", (id_,)
    ).fetchone()
    row = (
        row
        or con.execute(
            "SELECT hash FROM recording WHERE id = ? ORDER BY version DESC LIMIT 1", (id_,)
        ).fetchone()
    )
    return row["hash"].hex() if row else None


def claim(con: Connection, id_: str) -> Claim | None:
    """The current version of a claim."""
    row = con.execute(
        "SELECT * FROM claim WHERE id = ? ORDER BY version DESC LIMIT 1", (id_,)
    ).fetchone()
    return claim_of(row) if row else None


def claim_of(row: Row) -> Claim:
    """A claim from its row."""
    return Claim(
        id=row["id"],
        version=edition_of(row["version"]),
        hash=row["hash"].hex(),
        text=row["text"],
        claimant=row["claimant"],
        date=row["date"],
        priority=row["priority"],
        tags=tuple(_listed(row["tags"], str)),
        parent=row["parent"],
        context=row["context"],
    )


def authored(con: Connection, of: Claim) -> list[str]:
    """The ids of the evidence that a claim's author put beside it."""
    rows = con.execute(
        "SELECT target FROM shown_with WHERE claim = :id"
        " AND version = (SELECT max(version) FROM claim WHERE id = :id) ORDER BY n",
        {"id": of.id},
    ).fetchall()
    return [row["target"] for row in rows]


def shown_with(con: Connection, of: Claim) -> list[str]:
    """The ids of the evidence that stands with a claim: its author's, then its excerpts'."""
    quoted = [row["target"] for row in quotations(con, of.id)]
    return list(dict.fromkeys([*authored(con, of), *quoted]))


def quotations(con: Connection, claim: str) -> list[Row]:
    """The excerpts that came with a case for a claim, each in its current version."""
    return con.execute(
        "SELECT * FROM quotation WHERE claim = ? AND version ="
        " (SELECT max(version) FROM quotation AS newest WHERE newest.id = quotation.id)"
        " ORDER BY rowid",
        (claim,),
    ).fetchall()


def ratings(con: Connection, claim: str) -> tuple[Rating, ...]:
    """What others published on a claim, each in its current version, by date."""
    rows = con.execute(
        "SELECT * FROM rating WHERE claim = ? AND version ="
        " (SELECT max(version) FROM rating AS newest WHERE newest.id = rating.id)"
        " ORDER BY date, id",
        (claim,),
    ).fetchall()
    return tuple(
        Rating(
            id=row["id"],
            claim=claim,
            source=source(con, row["source"]),
            rating=row["rating"],
            value=row["value"],
            title=row["title"],
            url=row["url"],
            date=row["date"],
            text=row["text"],
            note=row["note"],
        )
        for row in rows
    )


def provenance(con: Connection, kind: str, id_: str) -> Provenance | None:
    """The newest imported file in which a record stood; None where none is known.

    Args:
        con: the connection.
        kind: the table that it stands in.
        id_: its id.
    """
    row = con.execute(
        "SELECT file.*, brought.place, EXISTS (SELECT 1 FROM file AS newer WHERE"
        " newer.collection = file.collection AND newer.complete AND newer.run > file.run) AS gone"
        " FROM brought JOIN file ON file.n = brought.file"
        " WHERE brought.kind = ? AND brought.id = ?",
        (kind, id_),
    ).fetchone()
    if row is None:
        return None
    return Provenance(
        file=row["name"],
        place=row["place"],
        collection=row["collection"],
        hash=row["hash"].hex(),
        format=row["format"],
        encoding=row["encoding"],
        doubt=row["doubt"],
        at=row["at"],
        gone=bool(row["gone"]),
    )


def times_of(recording: Recording, start: int, end: int) -> tuple[int | None, int | None]:
    """When the words from `start` to `end` of a recording's text begin and end, in ms."""
    linked = recording.segments_of(start, end)
    return recording.segments[linked[0]].start_ms, recording.segments[linked[-1]].end_ms
