"""Cues that stand one after another under a line of times: what SRT and SBV have in common.

Blank lines part cues where people kept to it. Where they did not, the line of times decides,
and what was unusual is said in the cue's note. No line is lost: it is in a cue, is a number,
or stands before the first cue (`before`), or is `alone`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from reviewer.readers.subtitles.common import Entry, Line

BLANK_INSIDE = "a blank line stands inside it"
MOST_BLANKS = 1000
"""As many blank lines in a row are kept."""


@dataclass(frozen=True, slots=True)
class Timing:
    """A line of times: what could be read of it, words that stood behind it, what is odd."""

    start: int | None
    end: int | None
    rest: str = ""
    notes: tuple[str, ...] = ()


Reads = Callable[[str, bool], Timing | None]
"""A line, and whether it stands where times are expected, to its times or None."""


@dataclass(slots=True)
class Runs:
    """What was found, in the order of the file."""

    entries: list[Entry] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    alone: list[Line] = field(default_factory=list)
    """Numbers under which nothing stands."""


def is_number(line: str) -> bool:
    """Whether a line is what numbers a cue."""
    bare = line.strip()
    return bare.isascii() and bare.isdigit() and len(bare) <= 9


class Reader:
    """Puts cues together line by line, looking one line ahead."""

    def __init__(self, reads: Reads, *, numbered: bool) -> None:
        self.found = Runs()
        self._reads = reads
        self._numbered = numbered
        self._blanks: list[str] | None = []
        self._number: str | None = None
        self._parted = True

    def read(self, lines: Iterable[Line]) -> Runs:
        """All cues of these lines."""
        for (n, line), (_, following) in _ahead(lines):
            if not line.strip():
                self._blank(line)
                continue
            placed = self._blanks is not None or self._number is not None
            timing = self._reads(line, placed)
            if timing:
                self._begin(n, timing)
            elif self._numbered and self._is_next(line, following):
                self._number, self._parted = line.strip(), self._blanks is not None
            else:
                self._text(n, line, following)
            self._blanks = None
        return self.found

    def _blank(self, line: str) -> None:
        self._blanks = [] if self._blanks is None else self._blanks
        if len(self._blanks) < MOST_BLANKS:
            self._blanks.append(line)

    def _is_next(self, line: str, following: str) -> bool:
        """Whether this is the number of a cue, and not a text that is a number."""
        if not is_number(line) or self._reads(following, True) is None:
            return False
        last = self.found.entries[-1].number if self.found.entries else ""
        return self._blanks is not None or (bool(last) and int(line) == int(last) + 1)

    def _begin(self, n: int, timing: Timing) -> None:
        parted = self._parted if self._number is not None else self._blanks is not None
        notes = list(timing.notes)
        if not parted and self.found.entries:
            notes.append("no blank line stood before it")
        number, line = (self._number, n - 1) if self._number is not None else ("", n)
        entry = Entry(line, number, timing.start, timing.end, notes=notes)
        if timing.rest:
            entry.lines.append(timing.rest)
            entry.notes.append("its text began on the line of its times")
        self.found.entries.append(entry)
        self._number, self._parted = None, True

    def _text(self, n: int, line: str, following: str) -> None:
        if self._numbered and self._blanks is not None and is_number(line):
            if following.strip():
                self._untimed(n, line.strip())
            else:
                self.found.alone.append((n, line))
        elif not self.found.entries:
            self.found.before.append((n, line))
        else:
            self._go_on(self.found.entries[-1], line)

    def _untimed(self, n: int, number: str) -> None:
        note = "no line of times stands above its text"
        self.found.entries.append(Entry(n, number, notes=[note]))

    def _go_on(self, entry: Entry, line: str) -> None:
        blanks = self._blanks or []
        if "" in blanks and BLANK_INSIDE not in entry.notes:
            entry.notes.append(BLANK_INSIDE)
        entry.lines += [*(blanks if entry.lines else []), line]


def _ahead(lines: Iterable[Line]) -> Iterator[tuple[Line, Line]]:
    before: Line | None = None
    for line in lines:
        if before is not None:
            yield before, line
        before = line
    if before is not None:
        yield before, (0, "")
