"""What all transcript formats share: cues become a recording with its source.

A format parses a file into a `Transcript`; `rows` makes records of it. Nothing is dropped: a
cue that is broken is kept, and what is wrong with it stands in its note.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reviewer.model.records import Ms, RecordingRecord, SourceRecord
from reviewer.readers.given import Given, collection_of
from reviewer.readers.row import Row, bundle
from reviewer.readers.side import name_of
from reviewer.readers.tagged import language_of

UNKNOWN_LANGUAGE = "und"
"""BCP 47 for a language that nobody said."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of speech as a file holds it.

    Times are milliseconds from the start of the recording, None where the file has none.
    `text` is exact but for what the format itself adds (tags, escapes, line ends as \\n).
    `note` says what is wrong with it, if anything: `its time '00:0x' could not be read`.
    `aside` is what the file itself says beside the words: a page, a third language.
    """

    text: str
    start: int | None = None
    end: int | None = None
    speaker: str = ""
    translation: str = ""
    note: str = ""
    aside: str = ""


@dataclass(slots=True)
class Transcript:
    """A whole transcript. What the file does not say stays empty.

    `refused` holds what could not be made a cue at all: place, what stood there, why.
    """

    cues: list[Cue]
    title: str = ""
    date: str = ""
    language: str = ""
    translation_language: str = ""
    url: str = ""
    source: str = ""
    held: str = "verbatim"
    transcribed_by: str = ""
    translated_by: str = ""
    note: str = ""
    speakers: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Label to name and how it is known whose voice it is."""
    refused: list[tuple[str, object, str]] = field(default_factory=list)
    elapsed: bool = False
    """Times count from an event such as a launch: they may be below zero or days long."""
    part: str = ""
    """Where one file holds several recordings: which; it stands behind their ids."""


def rows(given: Given, found: Transcript) -> Iterator[Row]:
    """The recording of a file after its source, then what was refused."""
    if found.cues:
        yield _recording(given, found)
    for place, raw, reason in found.refused:
        yield Row(place, raw, reason=reason)


def source_of(given: Given, name: str = "") -> dict[str, object]:
    """The source of a file: the one that was asked for, or the one that the file names.

    Where neither says it, the file or its collection stands for it, and says so.
    """
    asked = given.wishes.source or name
    if asked:
        return {"id": asked[:200].strip(), "name": asked}
    own = given.collection
    if own == collection_of(given.path):
        return {"id": own, "name": f"{name_of(given)} (the file does not say who published it)"}
    # The files of a collection have one source: it must not be called after one of them.
    return {"id": own, "name": f"{own} (the files do not say who published them)"}


def _recording(given: Given, found: Transcript) -> Row:
    source = source_of(given, found.source)
    id_ = given.own_id + (f"/{found.part}" if found.part else "")
    cues, odd = flagged(found.cues, elapsed=found.elapsed)
    labels = dict.fromkeys(cue.speaker for cue in cues if cue.speaker)
    speakers = [
        {"label": label, "name": name, "known_by": known_by}
        for label in dict.fromkeys([*found.speakers, *labels])
        for name, known_by in [found.speakers.get(label, ("", "unknown"))]
    ]
    recording = {
        "id": id_,
        "source": source["id"],
        "title": found.title or given.path.name,
        "date": found.date,
        "language": (
            given.wishes.language or found.language or language_of(given) or UNKNOWN_LANGUAGE
        ),
        "translation_language": (
            given.wishes.translation_language or found.translation_language or "en"
        ),
        "held": found.held,
        "transcribed_by": found.transcribed_by or "unknown",
        "translated_by": found.translated_by or "unknown",
        "url": found.url,
        "note": found.note,
        "speakers": speakers,
        "segments": [
            {
                "start": None if cue.start is None else Ms(cue.start),
                "end": None if cue.end is None else Ms(cue.end),
                "speaker": cue.speaker,
                "text": cue.text,
                "translation": cue.translation,
                "note": "; ".join(filter(None, (cue.note, cue.aside))),
            }
            for cue in cues
        ],
    }
    return bundle(
        "the whole file" if not found.part else found.part,
        given.path.name,
        (SourceRecord, source),
        (RecordingRecord, recording),
        odd=odd,
    )


def flagged(cues: list[Cue], *, elapsed: bool = False) -> tuple[list[Cue], str]:
    """The cues with what is odd about their times in their notes, and a sentence on it all."""
    kept: list[Cue] = []
    odd: list[int] = []
    for n, cue in enumerate(cues):
        oddities = _oddities(cues[n - 1] if n else None, cue, elapsed=elapsed)
        found = "; ".join(filter(None, [cue.note, *oddities]))
        if found:
            odd.append(n + 1)
        kept.append(replace(cue, note=found) if found != cue.note else cue)
    if not odd:
        return kept, ""
    first = ", ".join(map(str, odd[:5])) + (", ..." if len(odd) > 5 else "")
    count = "1 segment was" if len(odd) == 1 else f"{len(odd)} segments were"
    return kept, f"{count} kept and flagged: {first}"


def _oddities(before: Cue | None, cue: Cue, *, elapsed: bool) -> Iterator[str]:
    start, end = cue.start, cue.end
    if not cue.text.strip():
        yield "no text"
    if not elapsed and min(start or 0, end or 0) < 0:
        yield "a time before the recording begins"
    if not elapsed and max(start or 0, end or 0) >= 100 * 3_600_000:
        yield "100 hours or later"
    if start is not None and end is not None and end < start:
        yield "ends before it begins"
    if before is None or start is None:
        return
    if before.start is not None and start < before.start:
        yield "begins before the segment above it"
    elif (
        before.end is not None
        and start < before.end
        and (before.speaker == cue.speaker or not cue.speaker)
    ):
        yield "overlaps the segment above it"
