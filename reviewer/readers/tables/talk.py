"""Transcripts as tables: a row is a segment, with its speaker and its times."""

from collections.abc import Iterator, Sequence

from reviewer.model.errors import UnreadableError
from reviewer.model.records import ClaimRecord, ExcerptRecord, RatingRecord
from reviewer.readers.given import WHOLE, Given
from reviewer.readers.row import Row, bundle
from reviewer.readers.tables.columns import Columns
from reviewer.readers.tables.cutting import Cut
from reviewer.readers.tables.shared import Part, all_empty, digest
from reviewer.readers.tables.values import is_nothing, ms_of
from reviewer.readers.transcript import Cue, Transcript, rows, source_of

AROUND = 40
"""So much of what stands beside an excerpt is given where its words come twice."""


def read(given: Given, columns: Columns, cuts: Iterator[Cut]) -> Iterator[Row]:
    """The recording of a file, then, of a debate, its claims and what was published on them.

    Raises:
        UnreadableError: it is too large for one recording.
    """
    if given.size > WHOLE:
        raise UnreadableError(f"a transcript larger than {WHOLE >> 20} MB; split it.")
    table = list(cuts)
    good = [(n, cells) for n, cells, reason in table if not reason and not isinstance(cells, str)]
    found = Transcript([])
    found.refused = [(f"line {n}", cells, reason) for n, cells, reason in table if reason]
    unit = _unit(columns, good)
    kept = [(n, cells) for n, cells in good if not all_empty(cells)]
    found.cues = [_cue(columns, cells, unit) for _, cells in kept]
    found.speakers = _names(columns, kept)
    yield from rows(given, found)
    if columns.kind == "debate":
        yield from _claims(given, columns, kept)


def _cue(columns: Columns, cells: Sequence[str], unit: str) -> Cue:
    times: list[int | None] = []
    notes = []
    for role in ("start", "end"):
        cell = columns.cell(cells, role)
        ms = ms_of(cell, unit) if cell else None
        if cell and ms is None:
            notes.append(f"its time '{cell[:40]}' could not be read")
        times.append(ms)
    return Cue(
        cells[columns.roles["speech"]],
        start=times[0],
        end=times[1],
        speaker=columns.cell(cells, "speaker").strip(),
        translation=columns.cell(cells, "translation"),
        note="; ".join(notes),
    )


def _unit(columns: Columns, good: Sequence[tuple[int, Sequence[str]]]) -> str:
    """The unit of times that are bare numbers: as the heading says, or as others stand.

    Whisper's tables are headed `start`, `end`, `text` and hold milliseconds
    (https://github.com/openai/whisper/blob/main/whisper/utils.py, WriteTSV).
    """
    at = columns.roles.get("start")
    if at is None:
        return ""
    name = columns.names[at].lower()
    if name.endswith(("ms", "millis", "milliseconds")):
        return "ms"
    if columns.names == ("start", "end", "text"):
        return "s" if any("." in cells[at] for _, cells in good) else "ms"
    if name.endswith(("sec", "secs", "seconds", "_s")) or any("." in c[at] for _, c in good):
        return "s"
    return ""


def _names(
    columns: Columns, kept: Sequence[tuple[int, Sequence[str]]]
) -> dict[str, tuple[str, str]]:
    """The full names of speakers, where a column gives them and each always the same."""
    at = columns.roles.get("speakername")
    if at is None or "speaker" not in columns.roles:
        return {}
    found: dict[str, set[str]] = {}
    for _, cells in kept:
        label = columns.cell(cells, "speaker").strip()
        if label and not is_nothing(cells[at]):
            found.setdefault(label, set()).add(cells[at])
    known_by = f"the column '{columns.names[at]}' of the file"
    return {
        label: (next(iter(names)), known_by) for label, names in found.items() if len(names) == 1
    }


def _claims(
    given: Given, columns: Columns, kept: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[Row]:
    """Claims that were found in sentences; several sentences may hold one, or words of it."""
    said = [cells[columns.roles["speech"]] for _, cells in kept]
    whole = "\n".join(said)
    texts: dict[str, set[str]] = {}
    for _, cells in kept:
        texts.setdefault(columns.cell(cells, "number"), set()).add(columns.cell(cells, "claim"))
    source = source_of(given)
    for at, (n, cells) in enumerate(kept):
        number, text = columns.cell(cells, "number"), columns.cell(cells, "claim")
        if not number and not text:
            continue
        id_ = f"{given.own_id}/{number or digest(text)}"
        if len(texts[number]) > 1:
            id_ += f"/{digest(text)}"
        claim: dict[str, object] = {
            "id": id_,
            "text": text,
            "claimant": columns.cell(cells, "speaker"),
            "recordings": [given.own_id],
        }
        parts: list[Part] = [(ClaimRecord, claim)]
        rating = columns.cell(cells, "rating")
        if rating:
            parts.append((RatingRecord, {"claim": id_, "source": source["id"], "rating": rating}))
        if said[at].strip():
            parts.append((ExcerptRecord, _excerpt(given.own_id, id_, said, at, whole)))
        yield bundle(f"line {n}", cells, *parts)


def _excerpt(
    target: str, claim: str, said: Sequence[str], at: int, whole: str
) -> dict[str, object]:
    exact = said[at]
    found: dict[str, object] = {
        "claim": claim,
        "target": target,
        "stance": "context",
        "exact": exact,
    }
    if whole.count(exact) > 1:
        before, after = "\n".join(said[max(0, at - 3) : at]), "\n".join(said[at + 1 : at + 4])
        found["prefix"] = (before[-AROUND:] + "\n") if at else ""
        found["suffix"] = ("\n" + after[:AROUND]) if after else ""
    return found
