"""The texts of a claim as parts to be read one after another, and its stops.

Pure: strings out. A part is a heading, a paragraph of a statement or a segment of a call;
it is put into words when it is wanted, since a call may have 100,000 of them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from reviewer.model.cards import is_translated, stops
from reviewer.model.claims import ClaimView
from reviewer.model.clock import media
from reviewer.model.evidence import Excerpt, Held, Recording, Segment, Statement, Target
from reviewer.text.display import display
from reviewer.text.units import counted

BOTH, ORIGINAL, TRANSLATION = LANGUAGES = ("both", "original", "translation")
HELD = {
    Held.VERBATIM: "held word for word",
    Held.TRANSLATION: "held as a translation",
    Held.PARAPHRASE: "held as a paraphrase",
}
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


def one_line(text: str) -> str:
    """An outside text in a place of one line: its line breaks cannot pass for ours."""
    return display(text, newlines=False)


@dataclass(frozen=True, slots=True)
class Part:
    """What is read at once.

    `start` is where `text` begins in the target's text; None for a heading and for the
    translation of a statement.
    """

    label: str
    text: str
    start: int | None = None
    translation: str = ""

    @property
    def end(self) -> int:
        """Where it ends in the target's text."""
        return (self.start or 0) + len(self.text)

    def lines(self, language: str = BOTH) -> list[str]:
        """The part in words, without the excerpts on it."""
        label = f"{self.label}: " if self.label else ""
        if self.translation and language == TRANSLATION:
            return [f"{label}{one_line(self.translation)} (translated)"]
        lines = [f"{label}{one_line(self.text)}"]
        if self.translation and language == BOTH:
            lines.append(f"Translation: {one_line(self.translation)}")
        return lines

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Whether the words looked for stand in it."""
        return bool(pattern.search(self.text) or pattern.search(self.translation))


class StatementText:
    """The paragraphs of a statement."""

    def __init__(self, statement: Statement) -> None:
        self.target = statement
        self.begins = [match.start() for match in PARAGRAPH.finditer(statement.text)]
        self._paragraphs = PARAGRAPH.findall(statement.text)
        self._translated = PARAGRAPH.findall(statement.translation)

    @property
    def originals(self) -> int:
        """How many paragraphs the text has."""
        return len(self._paragraphs)

    def original(self, n: int) -> Part:
        """A paragraph."""
        label = f"Statement {one_line(self.target.id)}, paragraph {n + 1}"
        return Part(label, self._paragraphs[n], self.begins[n])

    def reads_original(self, language: str) -> bool:
        """Whether the original is read in this language."""
        return language != TRANSLATION or not self._translated

    def size(self, language: str) -> int:
        """How many parts are read in this language, the heading among them."""
        translated = len(self._translated) if language != ORIGINAL else 0
        return 1 + translated + (self.originals if self.reads_original(language) else 0)

    def part(self, n: int, language: str) -> Part:
        """A part, by its number in this language."""
        if n == 0:
            return Part("", _statement_heading(self.target))
        n -= 1
        if self.reads_original(language):
            if n < self.originals:
                return self.original(n)
            n -= self.originals
        into = one_line(self.target.translation_language)
        label = f"Statement {one_line(self.target.id)}, paragraph {n + 1}, translated into {into}"
        return Part(label, self._translated[n])


class CallText:
    """The segments of a recording."""

    def __init__(self, recording: Recording) -> None:
        self.target = recording
        sizes = (len(segment.text) + 1 for segment in recording.segments)
        self.begins = list(accumulate(sizes, initial=0))[:-1]

    @property
    def originals(self) -> int:
        """How many segments it has."""
        return len(self.begins)

    def original(self, n: int) -> Part:
        """A segment."""
        segment = self.target.segments[n]
        label = _segment_label(self.target, segment, n)
        return Part(label, segment.text, self.begins[n], segment.translation)

    def reads_original(self, _language: str) -> bool:
        """Segments are always read: one without a translation stands in its original."""
        return True

    def size(self, _language: str) -> int:
        """How many parts there are, the heading among them."""
        return 1 + self.originals

    def part(self, n: int, _language: str) -> Part:
        """A part, by its number."""
        return self.original(n - 1) if n else Part("", _call_heading(self.target))


Text = StatementText | CallText


class Evidence:
    """Every text of a claim, one after another."""

    def __init__(self, view: ClaimView, language: str = BOTH) -> None:
        self.view = view
        self.language = language
        self.texts: list[Text] = [
            StatementText(t) if isinstance(t, Statement) else CallText(t) for t in view.targets
        ]
        sizes = (text.size(language) for text in self.texts)
        self._firsts = list(accumulate(sizes, initial=0))
        self._placed: dict[str, list[tuple[int, Excerpt]]] = {}
        for n, excerpt in enumerate((stop.excerpt for stop in stops(view)), start=1):
            if excerpt and not excerpt.orphan:
                self._placed.setdefault(excerpt.target, []).append((n, excerpt))

    def __len__(self) -> int:
        return self._firsts[-1]

    def text(self, target: str) -> Text | None:
        """The text of a statement or recording."""
        return next((text for text in self.texts if text.target.id == target), None)

    def text_at(self, n: int) -> Text:
        """The text that holds a part."""
        return self.texts[bisect_right(self._firsts, n) - 1]

    def part(self, n: int) -> Part:
        """A part, by its number among all."""
        at = bisect_right(self._firsts, n) - 1
        return self.texts[at].part(n - self._firsts[at], self.language)

    def lines(self, n: int) -> list[str]:
        """A part in words, with the excerpts on it."""
        part = self.part(n)
        return [*part.lines(self.language), *self.marks(self.text_at(n).target, part)]

    def marks(self, target: Target, part: Part) -> Iterator[str]:
        """The excerpts that lie on a part, each with the words that are linked."""
        if part.start is None:
            return
        for n, excerpt in self._placed.get(target.id, ()):
            start, end = max(excerpt.start or 0, part.start), min(excerpt.end or 0, part.end)
            if start < end:
                words = part.text[start - part.start : end - part.start]
                whole = words.strip() == part.text.strip()
                quoted = "all of this" if whole else f'"{one_line(words)}"'
                yield f"Linked, excerpt {n}, {says(excerpt)}: {quoted}"

    def place(self, text: Text, position: int) -> int:
        """The number of the paragraph or segment that holds a place of a target's text."""
        return max(0, bisect_right(text.begins, position) - 1)

    def beginning(self, text: Text) -> int:
        """The number of a text's heading."""
        return self._firsts[self.texts.index(text)]

    def number(self, text: Text, n: int) -> int:
        """The number among all parts of a paragraph or segment; the heading's if not read."""
        first = self.beginning(text)
        return first + 1 + n if text.reads_original(self.language) else first


def translated(view: ClaimView) -> bool:
    """Whether any text of a claim has a translation."""
    return any(map(is_translated, view.targets))


def says(excerpt: Excerpt) -> str:
    """The stance of an excerpt, and that it is an orphan."""
    return excerpt.stance.value + (", orphan" if excerpt.orphan else "")


def name_of(target: Target) -> str:
    """A text as its lines name it: `Statement gur-2022-03-07`."""
    kind = "Statement" if isinstance(target, Statement) else "Call"
    return f"{kind} {one_line(target.id)}"


def _statement_heading(statement: Statement) -> str:
    said = [_title(statement), one_line(statement.source.name), one_line(statement.date)]
    return (
        f"{name_of(statement)}, {HELD[statement.held]}: {', '.join(filter(None, said))}."
        f"{_origin(statement)} Language: {one_line(statement.language)}."
    )


def _call_heading(recording: Recording) -> str:
    n = len(recording.segments)
    timed = any(segment.start_ms is not None for segment in recording.segments)
    said = [_title(recording), f"released by {one_line(recording.source.name)}"]
    if recording.released:
        said.append(one_line(recording.released))
    return (
        f"{name_of(recording)}, {HELD[recording.held]}: {', '.join(filter(None, said))}."
        f"{_origin(recording)} Language: {one_line(recording.language)}."
        f" {counted(n, 'segment')}{'' if timed else ', without times'}."
    )


def _title(target: Target) -> str:
    return f'"{one_line(target.title)}"' if target.title else "no title"


def _origin(target: Target) -> str:
    return (
        f" Origin: {one_line(target.first_held_by)}." if target.origin != target.source.id else ""
    )


def _segment_label(recording: Recording, segment: Segment, n: int) -> str:
    said = [name_of(recording), f"segment {n + 1}"]
    if segment.start_ms is not None:
        said.append(media(segment.start_ms))
    if segment.speaker:
        said.append(f"speaker {one_line(segment.speaker)}")
    return ", ".join(said)
