"""SubRip: `1`, `00:00:01,000 --> 00:00:02,000`, lines of text, a blank line.

There is no standard; https://docs.fileformat.com/video/srt/ says what players agree on.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from reviewer.model.errors import UnreadableError
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.subtitles import bilingual, clock, markup
from reviewer.readers.subtitles.bilingual import Numbered
from reviewer.readers.subtitles.common import Entry, delivered, first_lines, lines_of, shortened
from reviewer.readers.subtitles.rolling import unrolled
from reviewer.readers.subtitles.runs import Reader, Runs, Timing, is_number
from reviewer.readers.subtitles.speakers import labelled
from reviewer.readers.transcript import Transcript

ARROW = re.compile(r"[-–—]{1,4}>|→|--&gt;")
SETTINGS = re.compile(r"(?:\s+\w{1,20}:\S+)*\s*")
COMMENT = "[*]"
ENDINGS = frozenset({"srt", "msrt", "vtt"})


def timing(line: str, placed: bool) -> Timing | None:
    """The times of a line; None where it is none.

    Where times are expected, an arrow is enough, and what cannot be read is said.
    """
    parts = ARROW.split(line, maxsplit=1)
    if len(parts) != 2:
        return None
    left, right = parts[0].strip(), parts[1].strip()
    token = right.split(maxsplit=1)[0] if right else ""
    start, end = clock.milliseconds(left), clock.milliseconds(token)
    if start is None and end is None and not placed:
        return None
    if start is None or end is None:
        return Timing(start, end, notes=(clock.unread(line),))
    rest = right[len(token) :]
    notes = tuple(filter(None, (clock.doubt(left), clock.doubt(token))))
    return Timing(start, end, "" if SETTINGS.fullmatch(rest) else rest.strip(), notes)


def _recognises(given: Given) -> bool:
    if given.ending in ENDINGS:
        return True
    lines = [line for line in first_lines(given) if not line.startswith(COMMENT)]
    if lines and is_number(lines[0]):
        lines = lines[1:]
    found = timing(lines[0], placed=False) if lines else None
    return found is not None and found.start is not None and found.end is not None


def _read(given: Given) -> Iterator[Row]:
    runs = Reader(timing, numbered=True).read(lines_of(given))
    if not runs.entries:
        raise UnreadableError(_nothing(runs))
    transcript, passed = _transcript(given, runs)
    yield from delivered(given, transcript, passed)


def _nothing(runs: Runs) -> str:
    rest = sorted(runs.before + runs.alone)
    if not rest:
        return "empty, or nothing but blank lines."
    n, line = rest[0]
    return (
        "holds no cue: no line has times such as 00:00:01,000 --> 00:00:02,000, nor does it begin"
        f" with WEBVTT; line {n} is '{shortened(line)}'."
    )


def _transcript(given: Given, runs: Runs) -> tuple[Transcript, list[tuple[str, str]]]:
    """What was found, and the cues that only repeated the one before."""
    comments = [line for _, line in runs.before if line.startswith(COMMENT)]
    refused: list[tuple[str, object, str]] = [
        (f"line {n}", line, "stands before the first cue and has no times")
        for n, line in runs.before
        if not line.startswith(COMMENT)
    ]
    refused += [
        (f"line {n}", line, "a number alone, with neither times nor text") for n, line in runs.alone
    ]
    numbered, styled = _numbered(runs.entries)
    found = bilingual.joined(numbered, given.wishes)
    once = unrolled(found.cues, sure=False)
    cues, said = labelled(once.cues)
    given.remarks += [*found.said, *filter(None, [once.said, said])]
    if styled:
        given.remarks.append(f"tags of styling were taken off {styled} of {len(cues)} cues")
    given.remarks += _gaps(runs.entries)
    note = "\n".join(line.removeprefix(COMMENT).removeprefix(" ") for line in comments)
    transcript = Transcript(
        cues,
        language=found.language,
        translation_language=found.translation_language,
        note=note,
        refused=refused,
    )
    return transcript, once.passed


def _numbered(entries: list[Entry]) -> tuple[list[Numbered], int]:
    count = 0
    found: list[Numbered] = []
    some = any(entry.number for entry in entries)
    for entry in entries:
        text, was_styled, odd = markup.styled(entry.text)
        count += was_styled
        entry.notes += odd
        if some and not entry.number:
            entry.notes.append("it has no number")
        found.append(Numbered(entry.cue(text), entry.number))
    return found, count


def _gaps(entries: list[Entry]) -> list[str]:
    """What the numbers say of cues that are not there, which may be a cut."""
    numbers = [int(entry.number) for entry in entries if entry.number]
    if not numbers:
        return ["no cue has a number"]
    said = [f"its numbers begin with {numbers[0]}"] if numbers[0] > 1 else []
    jumps = [f"{a} to {b}" for a, b in pairwise(numbers) if b not in (a, a + 1)]
    if jumps:
        more = ", ..." if len(jumps) > 5 else ""
        said.append(f"its numbers jump from {', from '.join(jumps[:5])}{more}")
    return said


FORMAT = Format("srt", "SubRip subtitles (.srt, .msrt)", _recognises, _read)
