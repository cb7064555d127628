"""What the subtitle formats share: lines within bounds, and rows of what was found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from reviewer.model.errors import UnreadableError
from reviewer.readers.given import WHOLE, Given
from reviewer.readers.row import Row
from reviewer.readers.transcript import Cue, Transcript, rows

SHOWN = 60
"""As much of a line as a reason or a note repeats where the line itself is kept elsewhere."""

Line = tuple[int, str]


@dataclass(slots=True)
class Entry:
    """One cue as it is put together: where it begins, its number, times, lines, what is odd."""

    line: int
    number: str = ""
    start: int | None = None
    end: int | None = None
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """For people: `line 12`."""
        return f"line {self.line}"

    @property
    def text(self) -> str:
        """Its lines as they stand in the file."""
        return "\n".join(self.lines)

    def cue(self, text: str, speaker: str = "") -> Cue:
        """The cue with this text, once the format's own marks are off it."""
        return Cue(text, self.start, self.end, speaker, note="; ".join(self.notes))


def noted(cue: Cue, *notes: str) -> Cue:
    """The cue with more said about it; what is said already or empty is not said again."""
    said = [cue.note] if cue.note else []
    said += [note for note in dict.fromkeys(notes) if note and note not in cue.note]
    return replace(cue, note="; ".join(said))


def lines_of(given: Given) -> Iterator[Line]:
    """The numbered lines of a file that is held whole; a stray second mark is taken off.

    Raises:
        UnreadableError: it is larger, or has more lines, than a transcript can have.
    """
    if given.size > WHOLE:
        raise UnreadableError(
            f"larger than {WHOLE >> 20} MB, which no transcript of one recording is; split it."
        )
    given.few_lines()
    for n, line in given.lines():
        yield n, line.removeprefix("\ufeff") if n == 1 else line


def first_lines(given: Given, count: int = 40) -> list[str]:
    """The first lines that are not blank, for recognising a format."""
    text = given.head_text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            found.append(line)
        if len(found) == count:
            break
    return found


def delivered(
    given: Given, found: Transcript, passed: Iterable[tuple[str, str]] = ()
) -> Iterator[Row]:
    """The rows of a transcript, then what was passed over on purpose: place and words.

    Raises:
        UnreadableError: there is neither a cue nor anything that should have been one.
    """
    if not found.cues and not found.refused:
        raise UnreadableError("holds no cue: nothing in it is said at any time.")
    yield from rows(given, found)
    for place, raw in passed:
        yield Row(place, raw, passed_over=True)


def shortened(text: str) -> str:
    """A piece of a file as a sentence repeats it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
