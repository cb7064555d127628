"""A statement or a recording laid out in lines of a pane.

Pure: no widget, no screen. A document is made of blocks (a paragraph, a segment, its
translation, a remark of ours); a block is wrapped into lines. What is marked on it, by
excerpts, hits or a selection, is laid over when a line is drawn, so that stepping through
excerpts lays nothing out again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from reviewer.desk.blocks import Block, Lines
from reviewer.model.evidence import Excerpt, Held, Recording, Segment, Statement, Target
from reviewer.structs import many
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import shown

LONGEST_SPEAKER = 12
LONGEST_NAME = 48
MOST_SPEAKERS = 256


class Document:
    """A target laid out for a width."""

    def __init__(self, blocks: list[Block], width: int) -> None:
        self.blocks = blocks
        self.width = width
        self.lines = Lines(blocks, width)
        self._bases = array("q")
        self._based = array("q")
        """The places at which blocks begin in the target's text, and which blocks those are."""
        for n, block in enumerate(self.blocks):
            if block.base is not None:
                self._bases.append(block.base)
                self._based.append(n)

    def block_at(self, position: int) -> int | None:
        """The block that holds this place of the target's text, if it is shown."""
        at = bisect_right(self._bases, position) - 1
        if at < 0:
            return None
        n = self._based[at]
        return n if position <= self.blocks[n].end else None

    def line_at(self, position: int) -> int | None:
        """The line that holds this place of the target's text, if it is shown."""
        n = self.block_at(position)
        if n is None:
            return None
        block = self.blocks[n]
        return self.line_of(n, block.shown.at(position - (block.base or 0)))

    def line_of(self, block: int, offset: int) -> int:
        """The line that holds this place of a block's shown text."""
        first, lines = self.lines.first[block], self.lines.of(block)
        for n, line in enumerate(lines):
            if offset < line.end:
                return first + n
        return first + len(lines) - 1

    def position_of(self, line: int) -> int | None:
        """The place in the target's text at which a line begins, or the next that has one."""
        for n in range(line, len(self.lines)):
            candidate = self.lines[n]
            block = self.blocks[candidate.block]
            if block.base is not None:
                return block.base + block.shown.source(candidate.start)
        return None

    def place(self, line: int) -> int:
        """The place in the target's text of a line on top; 0 is the very top.

        A translation has no place of its own: it begins where what it translates ends.
        """
        if not 0 < line < len(self.lines):
            return 0
        n = self.lines[line].block
        if self.blocks[n].base is None and n and self.blocks[n - 1].base is not None:
            return self.blocks[n - 1].end
        return self.position_of(line) or 0

    def line_of_place(self, place: int) -> int:
        """The line of such a place."""
        n = self.block_at(place) if place else None
        if n is None:
            return 0
        block = self.blocks[n]
        return (self.line_at(place) or 0) + (block.length > 0 and place == block.end)

    def counterpart(self, other: Document, line: int) -> int:
        """The line that shows what a line of another layout of the same text shows."""
        if not 0 < line < len(other.lines):
            return 0
        n = other.lines[line].block
        segment = other.blocks[n].segment
        beside = [block for block in other.blocks[max(0, n - 1) : n + 1] if block.base is not None]
        if beside and beside[-1].segment == segment:
            place = other.place(line)
            if self.block_at(place) is not None:
                return self.line_of_place(place)
        for number, block in enumerate(self.blocks):
            if block.segment == segment >= 0:
                return self.lines.first[number]
        return line * len(self.lines) // len(other.lines)

    def translations(self, segments: range) -> Iterator[int]:
        """The blocks that hold the translation of these segments."""
        for n, block in enumerate(self.blocks):
            if block.role == "translation" and block.segment in segments:
                yield n

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The parts of the shown text from `start` to `end`: block, start, end in it."""
        for at in range(max(0, bisect_right(self._bases, start) - 1), len(self._bases)):
            base, n = self._bases[at], self._based[at]
            if base >= end:
                break
            block = self.blocks[n]
            begin, stop = max(start, base), min(end, block.end)
            if begin < stop:
                yield n, block.shown.at(begin - base), block.shown.at(stop - base)


def lay_out(
    target: Target,
    width: int,
    language: str,
    around: tuple[int, int] | None = None,
    orphans: tuple[Excerpt, ...] = (),
) -> Document:
    """Lay a statement or a recording out.

    Args:
        target: what to show.
        width: of the pane, in cells.
        language: `both`, `original` or `translation`.
        around: for a recording, the first and last segment to show; None is all of them.
        orphans: excerpts whose words no longer stand in the target.
    """
    with many():
        if isinstance(target, Statement):
            blocks = list(_statement(target, language))
        else:
            blocks = list(_recording(target, language, around))
        return Document([*map(_orphan, orphans), *blocks], width)


def remark(text: str) -> Block:
    """A line of our own among the evidence, which no outside text in it can break."""
    return Block(text, None, "remark")


def _orphan(excerpt: Excerpt) -> Block:
    return remark(f'ORPHAN ({excerpt.stance}): "{excerpt.exact}" no longer stands in this text.')


def _name(text: str) -> str:
    return fit(shown(text, newlines=False).text, LONGEST_NAME)


def _notice(target: Target) -> Iterator[Block]:
    if target.origin not in (target.source.id, target.source.name):
        yield remark(
            f"ORIGIN {_name(target.first_held_by)}: {_name(target.source.name)} passes it on."
        )
    if target.held is Held.PARAPHRASE:
        whose = "what was published" if isinstance(target, Statement) else "what was said"
        yield remark(f"PARAPHRASE: about {whose}, not its words.")
    elif target.held is Held.TRANSLATION:
        yield remark("TRANSLATION: the original words are not held.")


def _statement(target: Statement, language: str) -> Iterator[Block]:
    yield from _notice(target)
    originals = list(_paragraphs(target.text))
    translations = [part for _, part in _paragraphs(target.translation)]
    if not target.translation or language == "original":
        for base, part in originals:
            yield Block(part, base, "text")
    elif language == "translation":
        yield remark(
            f"Translation ({target.translation_language}); the linked words are marked in the"
            " original: L."
        )
        for part in translations:
            yield Block(part, None, "translation")
    elif len(originals) == len(translations):
        for (base, part), translation in zip(originals, translations, strict=True):
            yield Block(part, base, "text")
            if translation.strip():
                yield Block(translation, None, "translation", "  ", indent=2)
    else:
        for base, part in originals:
            yield Block(part, base, "text")
        yield remark(f"Translation ({target.translation_language}):")
        for part in translations:
            yield Block(part, None, "translation")


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for part in text.rstrip("\n").split("\n"):
        yield at, part.removesuffix("\r")
        at += len(part) + 1


def _recording(target: Recording, language: str, around: tuple[int, int] | None) -> Iterator[Block]:
    yield from _notice(target)
    first, last = around or (0, len(target.segments) - 1)
    first, last = max(0, first), min(last, len(target.segments) - 1)
    if first > 0:
        yield remark(f"({first} earlier segments not shown; + shows more)")
    long = any((s.end_ms or s.start_ms or 0) >= 3_600_000 for s in target.segments[-1:])
    base = sum(len(s.text) + 1 for s in target.segments[:first])
    for segment in target.segments[first : last + 1]:
        yield from _segment(segment, base, language, long=long)
        base += len(segment.text) + 1
    if last < len(target.segments) - 1:
        left = len(target.segments) - 1 - last
        yield remark(f"({left} later segments not shown; + shows more)")


def _segment(segment: Segment, base: int, language: str, *, long: bool) -> Iterator[Block]:
    prefix, indent = _prefix(segment, long=long)
    if segment.note:
        yield remark(f"({segment.note})")
    translated = bool(segment.translation) and language != "original"
    if language != "translation" or not segment.translation:
        yield Block(segment.text, base, "text", prefix, segment.n, indent)
        prefix = " " * indent if translated else ""
    if translated:
        yield Block(segment.translation, None, "translation", prefix, segment.n, indent)


def _prefix(segment: Segment, *, long: bool) -> tuple[str, int]:
    """The time and the speaker in front of a segment, as far as they are held; and their cells."""
    time = "" if segment.start_ms is None else clock(segment.start_ms, long=long)
    speaker, width = _speaker(segment.speaker)
    gap = " " if time and speaker else ""
    prefix = f"{time}{gap}{speaker}  " if time or speaker else ""
    return prefix, len(prefix) - len(speaker) + width


@lru_cache(MOST_SPEAKERS)
def _speaker(label: str) -> tuple[str, int]:
    name = fit(shown(label, newlines=False).text, LONGEST_SPEAKER)
    return name, cell_width(name)


def clock(ms: int, *, long: bool = False) -> str:
    """A time in a recording: `01:02`, or `1:01:02` where it is an hour or more."""
    seconds = abs(ms) // 1000
    sign = "-" if ms < 0 else ""
    if long or seconds >= 3600:
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{sign}{seconds // 60:02}:{seconds % 60:02}"
