"""What stands in a file, counted apart from the readers, beside what they made of it.

An account says how many of something a file holds (records, lines of times, words) and where
each of them is: taken in, refused, passed over. One that does not add up is a bug.
"""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.model.records import RecordingRecord, StatementRecord
from reviewer.readers.row import Row
from reviewer.readers.tables.table import shape_of

if TYPE_CHECKING:
    from reviewer.readers.given import Given

TIMES = re.compile(r"[-–—]{1,4}>|→|--&gt;")
SBV_TIMES = re.compile(r"\s*\d+:\d\d:\S*,\d+:\d\d:\S*\s*")
BEGUN = re.compile(r"\A(?:_\w+ :|[^:]{1,40}:(?=\s))")
"""What a line of a transcript begins with: who speaks, or what is said of it."""
MARKED = re.compile(r"\[[a-z]+:(?:[^\]|]*\|)?|\d\d?(?::\d\d)+[.,]?\d*")
"""Links to a glossary, but for their words, and times."""
TIERS = re.compile(r"(?:.*?) (\d+)(?: \([^)]*\))?(?:, |\Z)")
JsonCount = Callable[[object], int]


@dataclass(frozen=True)
class Account:
    """So many of `what` stand in the file, and so many were accounted for."""

    what: str
    there: int
    found: int

    @property
    def said(self) -> str:
        """For the page: `190 records`."""
        return f"{self.there:,} {self.what}" + ("" if self.good else f" (!= {self.found:,})")

    @property
    def good(self) -> bool:
        """Whether nothing is missing."""
        return self.there == self.found


def account(format_: str, given: Given, rows: Sequence[Row]) -> Account:
    """The account of one file that was read."""
    if format_ == "table":
        return Account("rows", _records(given), _weights(rows))
    if format_ in ("srt", "webvtt", "sbv"):
        return _cues(format_, given, rows)
    if format_ in XML:
        what, path = XML[format_]
        return Account(what, _elements(given.text(), path), _segments(rows) + _notes(rows, format_))
    if format_ in JSON:
        what, there, by = JSON[format_]
        return Account(what, there(json.loads(given.text())), by(rows))
    if format_ in ("text", "markdown"):
        texts = [r.text for row in rows for r in row.records if isinstance(r, StatementRecord)]
        return Account("characters", len(given.text()), sum(map(len, texts)))
    if format_ == "labels":
        return Account("lines", sum(bool(x.strip()) for _, x in given.lines()), _segments(rows))
    if format_ in ("transcript", "spacelog"):
        lines = [line.strip() for _, line in given.lines() if line.strip()]
        return Account("lines", len(lines), _found_again(lines, rows))
    if format_ in ("elan", "textgrid"):
        return _annotations(format_, given)
    return Account("rows", len(rows), sum(1 for _ in _told(rows)))


def _told(rows: Sequence[Row]) -> Iterator[Row]:
    yield from (row for row in rows if row.records or row.reason or row.passed_over)


def _records(given: Given) -> int:
    """The rows of a table as the csv module counts them, without its headings."""
    shape = shape_of(given)
    if shape is None:
        return 0
    lines = given.text().removeprefix("\ufeff").split("\n")
    if re.fullmatch(r'"?sep=."?\r?', lines[0], re.IGNORECASE):
        del lines[0]
    if shape.dialect.quoted:
        cut = csv.reader(
            (f"{line}\n" for line in lines),
            delimiter=shape.dialect.delimiter,
            escapechar=shape.dialect.escape or None,
        )
        count = sum(any(cells) for cells in cut)
    else:
        count = sum(bool(line.strip()) for line in lines)
    return count - bool(shape.header)


def _weights(rows: Sequence[Row]) -> int:
    """How many rows of a table stand behind the rows that were read."""
    talk = any(isinstance(r, RecordingRecord) for row in rows for r in row.records)
    if talk:
        others = (row for row in rows if not row.records)
        return _segments(rows) + sum(not row.place.startswith("key ") for row in others)
    return sum(_weight(row) for row in rows if not row.place.startswith("key "))


def _weight(row: Row) -> int:
    """The paragraphs of a document are a row each."""
    raw = row.raw
    if row.records and isinstance(raw, list) and raw and all(isinstance(r, list) for r in raw):
        return len(raw)
    return 1


def _segments(rows: Sequence[Row]) -> int:
    recordings = (r for row in rows for r in row.records if isinstance(r, RecordingRecord))
    return sum(len(one.segments) for one in recordings)


def _notes(rows: Sequence[Row], format_: str) -> int:
    return sum(bool(row.reason) for row in rows) if format_ == "ttml" else 0


def _cues(format_: str, given: Given, rows: Sequence[Row]) -> Account:
    """Lines of times, against segments that have one, what was refused, what only repeated."""
    lines = [line for _, line in given.lines()]
    is_times = SBV_TIMES.fullmatch if format_ == "sbv" else TIMES.search
    there = sum(bool(is_times(line)) for line in lines)
    found = 0
    for row in rows:
        raw = str(row.raw)
        if row.records:
            found += sum(_times_of(s) for r in row.records for s in getattr(r, "segments", ()))
        elif row.place.startswith("cue "):
            found += 1
        else:
            found += sum(bool(is_times(line)) for line in raw.split("\n"))
    doubled = any("stand twice" in remark for remark in given.remarks)
    return Account("lines of times", there, found * 2 if doubled else found)


def _times_of(segment: object) -> int:
    """Of a segment, whether a line of times stood above it, and those in its words."""
    note, text = str(getattr(segment, "note", "")), str(getattr(segment, "text", ""))
    untimed = "no line of times" in note
    return (not untimed) + len([line for line in text.split("\n") if TIMES.search(line)])


def _elements(text: str, path: str) -> int:
    root = ET.fromstring(text.removeprefix("\ufeff").strip())
    names = path.split("|")
    return sum(
        one.tag.rpartition("}")[2] in names and bool("".join(one.itertext()).strip())
        for one in root.iter()
    )


def _annotations(format_: str, given: Given) -> Account:
    """Annotations and intervals, against what the reader says of each tier."""
    text = given.text()
    if format_ == "elan":
        there = len(re.findall(r"<(?:ALIGNABLE|REF)_ANNOTATION\s", text))
    else:
        there = _labels(re.findall(r'"((?:[^"]|"")*)"', text))
    found = 0
    for remark in given.remarks:
        about, _, listed = remark.partition(": ")
        if "without annotations" not in about and "empty intervals" not in about:
            found += sum(map(int, TIERS.findall(listed)))
    return Account("annotations", there, found)


def _labels(words: Sequence[str]) -> int:
    """The words of a TextGrid that are not its head, the kind of a tier or its name."""
    kinds = [n for n, one in enumerate(words) if one in ("IntervalTier", "TextTier")]
    named = sum(bool(words[n + 1].strip()) for n in kinds)
    return sum(bool(one.strip()) for one in words) - 2 - len(kinds) - named


def _found_again(lines: Sequence[str], rows: Sequence[Row]) -> int:
    """How many lines end in words that came in, or stand in the note of a segment."""
    words: list[str] = []
    for row in rows:
        words += [] if row.records else [str(row.raw)]
        for record in row.records:
            words += [v for _, v in record if isinstance(v, str)]
            for s in getattr(record, "segments", ()):
                words += [s.speaker, s.text, s.translation, s.note]
    whole = _plain("\n".join(words))
    tails = (_plain(BEGUN.sub("", line))[-12:] for line in lines)
    return sum(tail in whole for tail in tails)


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "", MARKED.sub("", words)).lower()


def _words_in(rows: Sequence[Row]) -> int:
    return sum(
        len(s.text.split()) for row in rows for r in row.records for s in getattr(r, "segments", ())
    )


def _claims(rows: Sequence[Row]) -> int:
    return sum(
        bool(row.reason or row.passed_over or any(r.kind_name == "claim" for r in row.records))
        for row in rows
    )


def _rows(rows: Sequence[Row]) -> int:
    return len(rows)


def at(*path: str | int) -> JsonCount:
    """Counts a list that stands at a path."""

    def count(value: object) -> int:
        for key in path:
            value = value[key]  # type: ignore[index]
        return len(value)  # type: ignore[arg-type]

    return count


def _objects(value: object) -> int:
    lists = [v for v in value.values() if isinstance(v, list)] if isinstance(value, dict) else []
    longest = max(lists, key=len, default=[])
    if isinstance(value, dict):
        return len(longest) if longest and isinstance(longest[0], dict) else 1
    return len(value)  # type: ignore[arg-type]


def _blocks(value: object) -> int:
    sections = value["transcript"]["sections"]  # type: ignore[index]
    return sum(len(turn["text_blocks"]) for one in sections for turn in one["turns"])


def _items(value: object) -> int:
    whole = json.dumps(value)
    return whole.count('"type": "pronunciation"')


def _google(value: object) -> int:
    """The words of the last result, which holds those of all others once more."""
    return len(value["results"][-1]["alternatives"][0]["words"])  # type: ignore[index]


def _speechmatics(value: object) -> int:
    words = value["words"]  # type: ignore[index]
    return sum(any(c.isalnum() for c in one["name"]) for one in words)


def _deepgram(value: object) -> int:
    channels = value["results"]["channels"]  # type: ignore[index]
    return sum(len(one["alternatives"][0]["words"]) for one in channels)


XML = {
    "ttml": ("paragraphs", "p"),
    "smil": ("lines", "line|text"),
    "tei": ("parts", "seg|note|head"),
}
JSON: dict[str, tuple[str, JsonCount, Callable[[Sequence[Row]], int]]] = {
    "json": ("objects", _objects, _weights),
    "averitec": ("claims", _objects, _claims),
    "timemap": ("objects", at(), _rows),
    "syncmap": ("fragments", at("fragments"), _segments),
    "oyez": ("blocks of text", _blocks, _segments),
    "whisper": ("segments", at("segments"), _segments),
    "whisper-cpp": ("segments", at("transcription"), _segments),
    "podcast-json": ("segments", at("segments"), _segments),
    "council-data": ("sentences", at("sentences"), _segments),
    "assemblyai": ("words", at("words"), _words_in),
    "digital-paper-edit": ("words", at("words"), _words_in),
    "deepgram": ("words", _deepgram, _words_in),
    "speechmatics-1": ("words", _speechmatics, _words_in),
    "chat-transcript": ("messages", at(), _segments),
    "kaldi": ("words", at("retval", "words"), _words_in),
    "google-stt": ("words", _google, _words_in),
    "aws-transcribe": ("words", _items, _words_in),
}
