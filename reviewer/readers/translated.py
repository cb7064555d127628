"""A second file that holds the same recording or statement in another language."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reviewer.model.errors import UnreadableError
from reviewer.model.records import Ms, RecordingRecord, SegmentRecord, StatementRecord
from reviewer.readers.given import Given
from reviewer.readers.pairing import pair
from reviewer.readers.row import Row
from reviewer.readers.transcript import UNKNOWN_LANGUAGE, Cue, flagged

Text = RecordingRecord | StatementRecord


def with_translation(given: Given, rows: Iterable[Row], other: Iterable[Row]) -> Iterator[Row]:
    """The rows of a file, its one text joined with that of its translation.

    Args:
        given: the file; what did not pair goes into its remarks.
        rows: its rows.
        other: the rows of the translation.

    Raises:
        UnreadableError: one of the two does not hold exactly one recording or statement.
    """
    original, translation = list(rows), list(other)
    ours, theirs = _only(original, "the file"), _only(translation, "the translation")
    joined: Text
    if isinstance(ours, RecordingRecord) and isinstance(theirs, RecordingRecord):
        joined, odd = _recording(given, ours, theirs)
    elif isinstance(ours, StatementRecord) and isinstance(theirs, StatementRecord):
        language = _language(given, theirs)
        update = {"translation": theirs.text, "translation_language": language}
        joined, odd = ours.model_copy(update=update), ""
    else:
        raise UnreadableError("one of the two is a recording and the other a statement.")
    for row in original:
        if any(record is ours for record in row.records):
            records = tuple(joined if record is ours else record for record in row.records)
            yield replace(row, records=records, odd=odd)
        else:
            yield row
    yield from (row for row in translation if row.reason)


def _only(rows: list[Row], what: str) -> Text:
    texts = [
        record
        for row in rows
        for record in row.records
        if isinstance(record, RecordingRecord | StatementRecord)
    ]
    if len(texts) != 1:
        raise UnreadableError(
            f"{what} holds {len(texts)} recordings and statements; a translation is paired with"
            " one of each."
        )
    return texts[0]


def _language(given: Given, theirs: Text) -> str:
    said = "" if theirs.language == UNKNOWN_LANGUAGE else theirs.language
    return given.wishes.translation_language or said or "en"


def _recording(
    given: Given, ours: RecordingRecord, theirs: RecordingRecord
) -> tuple[RecordingRecord, str]:
    paired = pair(_cues(ours), _cues(theirs))
    given.remarks += paired.said
    cues, odd = flagged(paired.cues)
    segments = tuple(
        SegmentRecord(
            start=None if cue.start is None else Ms(cue.start),
            end=None if cue.end is None else Ms(cue.end),
            speaker=cue.speaker,
            text=cue.text,
            translation=cue.translation,
            note="; ".join(filter(None, (cue.note, cue.aside))),
        )
        for cue in cues
    )
    update = {"segments": segments, "translation_language": _language(given, theirs)}
    return ours.model_copy(update=update), odd


def _cues(recording: RecordingRecord) -> list[Cue]:
    # What was found odd is found again; the notes of the file itself are kept.
    return [
        Cue(s.text, s.start, s.end, s.speaker, s.translation, aside=s.note)
        for s in recording.segments
    ]
