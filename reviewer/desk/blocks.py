"""Blocks of text and their lines: counted for a whole document, wrapped where one looks.

What must hold: a call of 100,000 segments costs what is on the screen, and a number a block.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reviewer.structs import Struct
from reviewer.text.cells import cell_width, is_single
from reviewer.text.display import Shown, shown
from reviewer.text.wrap import wrap

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import overload

GUTTER = 2
NARROWEST = 8
KEPT_BLOCKS = 1_000
"""So many blocks are kept wrapped: more than any screen shows."""


class Block(Struct, frozen=False):
    """Text that stands together.

    `source` is its text as it is stored, `base` where that begins in the target's text; None
    for a translation or a remark.
    """

    source: str
    base: int | None
    role: str
    prefix: str = ""
    segment: int = -1
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
        self.first.extend(accumulate(map(self._count, blocks)))
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
        indent = " " * cell_width(made.prefix)
        spans = wrap(made.text, self._room(made))
        return [
            Line(block, start, end, indent if number else made.prefix)
            for number, (start, end) in enumerate(spans)
        ]

    def _count(self, block: Block) -> int:
        text, room = block.text, self._room(block)
        # As most segments of a long call.
        short = len(text) <= room and text.isprintable() and is_single(text)
        return 1 if short else len(wrap(text, room))

    def _room(self, block: Block) -> int:
        prefix = cell_width(block.prefix) if block.prefix else 0
        return max(NARROWEST, self.width - GUTTER - prefix)
