"""Blocks of text and their lines: counted for a whole document, wrapped where one looks.

What must hold: a call of 100,000 segments costs what is on the screen, and a number a block.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from reviewer.structs import Struct
from reviewer.text.cells import is_single
from reviewer.text.display import Shown, shown
from reviewer.text.wrap import wrap

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import overload

GUTTER = 2
NARROWEST = 8
AT_ONCE = 256
KEPT_BLOCKS = 1_000
"""So many blocks are kept wrapped: more than any screen shows."""


class Block(Struct, frozen=False):
    """Text that stands together.

    `source` is its text as it is stored, `base` where that begins in the target's text; None
    for a translation or a remark. `indent` is the width of its prefix, in cells.
    """

    source: str
    base: int | None
    role: str
    prefix: str = ""
    segment: int = -1
    indent: int = 0
    _shown: Shown | None = None

    @property
    def shown(self) -> Shown:
        """How it is shown. Of a long text few blocks ever are."""
        if self._shown is None:
            self._shown = shown(self.source, newlines=self.role != "remark")
        return self._shown

    @property
    def text(self) -> str:
        """What is shown of it."""
        return self.source if self.source.isprintable() else self.shown.text

    @property
    def end(self) -> int:
        """Where it ends in the target's text."""
        return (self.base or 0) + self.length

    @property
    def length(self) -> int:
        """How many code points of the target's text it holds."""
        return len(self.source)


class Line(Struct):
    """A line of a block: its part of the shown text, behind a prefix."""

    block: int
    start: int
    end: int
    prefix: str


class Lines(Sequence[Line]):
    """The lines of blocks. They are counted at once, and wrapped where somebody looks."""

    def __init__(self, blocks: list[Block], width: int) -> None:
        self.blocks = blocks
        self.width = width
        self.first = array("q", [0])
        """Before how many lines each block begins; at last, how many there are."""
        self.first.extend(accumulate(self._counts()))
        self._wrapped: dict[int, list[Line]] = {}

    def __len__(self) -> int:
        return self.first[-1]

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, n: int) -> Line: ...
        @overload
        def __getitem__(self, n: slice) -> list[Line]: ...

    def __getitem__(self, n: int | slice) -> Line | list[Line]:
        if isinstance(n, slice):
            return [self[at] for at in range(*n.indices(len(self)))]
        if not -len(self) <= n < len(self):
            raise IndexError(n)
        at = n % len(self)
        block = bisect_right(self.first, at) - 1
        return self.of(block)[at - self.first[block]]

    def of(self, block: int) -> list[Line]:
        """The lines of a block."""
        if block not in self._wrapped:
            if len(self._wrapped) >= KEPT_BLOCKS:
                self._wrapped.clear()
            self._wrapped[block] = self._wrap(block)
        return self._wrapped[block]

    def _wrap(self, block: int) -> list[Line]:
        made = self.blocks[block]
        indent = " " * made.indent
        spans = wrap(made.text, self._room(made))
        return [
            Line(block, start, end, indent if number else made.prefix)
            for number, (start, end) in enumerate(spans)
        ]

    def _counts(self) -> Iterator[int]:
        """How many lines each block has. What is asked of many at once costs next to nothing."""
        for at in range(0, len(self.blocks), AT_ONCE):
            some = self.blocks[at : at + AT_ONCE]
            texts = "".join([block.source for block in some])
            plain = texts.isprintable() and is_single(texts)
            for block in some:
                text, room = block.source if plain else block.text, self._room(block)
                short = plain and len(text) <= room
                yield 1 if short else len(wrap(text, room, single=plain))

    def _room(self, block: Block) -> int:
        return max(NARROWEST, self.width - GUTTER - block.indent)
