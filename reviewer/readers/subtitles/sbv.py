"""SBV of YouTube and SubViewer: `0:00:01.000,0:00:02.000`, lines of text, a blank line.

SubViewer has a head in brackets, ends it with `[SUBTITLE]`, writes hundredths of a second and
parts lines with `[br]`; https://wiki.videolan.org/SubViewer/. Others write its head over SBV.
"""

import re
from collections.abc import Iterator

from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.subtitles import bilingual, clock
from reviewer.readers.subtitles.bilingual import Numbered
from reviewer.readers.subtitles.common import Line, delivered, first_lines, lines_of
from reviewer.readers.subtitles.runs import Reader, Timing
from reviewer.readers.subtitles.speakers import labelled
from reviewer.readers.transcript import Transcript

FIELD = re.compile(
    r"\[(?:TITLE|AUTHOR|SOURCE|PRG|FILEPATH|DELAY|CD TRACK|COMMENT|END INFORMATION|SUBTITLE"
    r"|INFORMATION|COLF|SIZE|FONT|STYLE)\]",
)
LAST = "[END SUBTITLE]"
LIKE = re.compile(r"\d+:\S*:\S*,\S*:\S*")
LONGEST = 80
BREAK = re.compile(r"\[br\]", re.IGNORECASE)


def timing(line: str, placed: bool) -> Timing | None:
    """The times of a line; where times are expected, what looks like them is said if none."""
    bare = line.strip()
    left, comma, right = bare.partition(",")
    start, end = clock.milliseconds(left), clock.milliseconds(right)
    if not comma or "," in right:
        return None
    if start is not None and end is not None:
        return Timing(start, end)
    if placed and len(bare) < LONGEST and LIKE.fullmatch(bare):
        return Timing(start, end, notes=(clock.unread(line),))
    return None


def _recognises(given: Given) -> bool:
    lines = first_lines(given)
    while lines and FIELD.match(lines[0]):
        lines = lines[1:]
    found = timing(lines[0], placed=False) if lines else None
    return found is not None


def _read(given: Given) -> Iterator[Row]:
    passed: list[tuple[str, str]] = []
    runs = Reader(timing, numbered=False).read(_body(lines_of(given), passed))
    viewer = bool(passed)
    numbered = [
        Numbered(entry.cue(BREAK.sub("\n", entry.text) if viewer else entry.text))
        for entry in runs.entries
    ]
    found = bilingual.joined(numbered, given.wishes)
    cues, said = labelled(found.cues)
    given.remarks += [*found.said, *filter(None, [said])]
    refused: list[tuple[str, object, str]] = [
        (f"line {n}", line, "stands before the first cue and has no times")
        for n, line in runs.before
    ]
    transcript = Transcript(
        cues,
        language=found.language,
        translation_language=found.translation_language,
        refused=refused,
    )
    yield from delivered(given, transcript, passed)


def _body(lines: Iterator[Line], passed: list[tuple[str, str]]) -> Iterator[Line]:
    """The lines without SubViewer's head and its last line, which are passed over."""
    head = True
    for n, line in lines:
        bare = line.strip()
        head = head and (not bare or FIELD.match(bare) is not None)
        if (head and bare) or bare == LAST:
            passed.append((f"line {n}", line))
        else:
            yield n, line


FORMAT = Format("sbv", "SBV of YouTube, SubViewer (.sbv, .sub)", _recognises, _read)
