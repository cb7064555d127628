"""Widths in terminal cells, never `len`; cutting to a width.

The rule is rich's (15): Textual paints by it, so where a terminal or the Unicode tables
say otherwise, this agrees with rich. Most code points are one cell; East Asian wide ones
and emoji are two; combining marks and format characters are none; U+FE0F makes some
symbols two; and the character after a zero-width joiner is none (see `display`, which
pairs the joiners of a hostile text, for why that matters).

A *cluster* is a code point with a width and those without that follow it. Nothing here
cuts inside one.
"""

from __future__ import annotations

from bisect import bisect_right

from reviewer.text._widths import STARTS, WIDENED, WIDTHS

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_JOINER = "\u200d"
_WIDENER = "\ufe0f"

# An expression is ten times faster than looking at each distinct character, but `re` and
# compiling it take too long before the first paint: only a text as long as this pays.
_LONG = 4096

# A hostile text may hold every code point there is: start again before that is memory.
_MOST_KNOWN = 16384


class _Known(dict[str, int]):
    """The width of a code point, remembered."""

    def __missing__(self, char: str) -> int:
        width = int(WIDTHS[bisect_right(STARTS, ord(char)) - 1])
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[char] = width
        return width


_known = _Known()
_width = _known.__getitem__
_not_single: list[re.Pattern[str]] = []


def cell_width(text: str) -> int:
    """Count the terminal cells of a text of one line: `rich.cells.cell_len`, sooner."""
    if is_single(text):
        return len(text)
    if _JOINER in text or _WIDENER in text:
        return sum(width for _, _, width in clusters(text))
    return sum(map(_width, text))


def crop(text: str, width: int) -> str:
    """Cut a text to at most `width` cells.

    Args:
        text: A text of one line.
        width: The cells there are; with less than one, nothing fits.

    Returns:
        The longest start of `text` that fits and splits no cluster. It is one cell short
        where a wide character would stand on the edge: nothing is padded.
    """
    return text[: _cut(text, width)]


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """Cut a text to at most `width` cells, and say so with an ellipsis.

    Args:
        text: A text of one line.
        width: The cells there are.
        ellipsis: What follows a text that was cut; it counts, and is cut itself where
            there is no room for it.

    Returns:
        `text` itself if it fits, else as much of it as fits before the ellipsis.
    """
    if _cut(text, width) == len(text):
        return text
    room = width - cell_width(ellipsis)
    return crop(text, room) + ellipsis if room >= 0 else crop(ellipsis, width)


def clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """Give the start, end and cells of each cluster, in order and without gaps."""
    start = at = width = 0
    measured = ""
    while at < len(text):
        char = text[at]
        if char == _JOINER:
            at += 1
        elif char == _WIDENER:
            width += measured in WIDENED
            measured = ""
        elif cells := _width(char):
            if at > start:
                yield start, at, width
            start, width, measured = at, cells, char
        at += 1
    if text:
        yield start, len(text), width


def widths(text: str) -> list[int]:
    """Give for each code point the cells of the cluster that it opens, else 0."""
    if _JOINER not in text and _WIDENER not in text:
        return list(map(_width, text))
    cells = [0] * len(text)
    for start, _, width in clusters(text):
        cells[start] = width
    return cells


def is_single(text: str) -> bool:
    """Tell quickly whether every code point of a text is exactly one cell wide."""
    if text.isascii():
        return text.isprintable()
    if len(text) >= _LONG and not _not_single:
        _not_single.append(_compile_not_single())
    if _not_single:
        found = _not_single[0].search(text)
        if found is None or _width(found[0]) != 1:
            return found is None
    return set(map(_width, set(text))) == {1}


def is_boundary(text: str, position: int) -> bool:
    """Tell whether a text may be cut at a position without splitting a cluster.

    It looks at the two neighbours alone, and so says no after any joiner.
    """
    if 0 < position < len(text):
        return text[position - 1] != _JOINER and _width(text[position]) > 0
    return True


def _cut(text: str, width: int) -> int:
    """Give the length of the longest start of whole clusters that fits."""
    if width <= 0:
        return 0
    head = text[:width]
    if is_single(head) and is_boundary(text, len(head)):
        return len(head)
    for start, _, cells in clusters(text):
        width -= cells
        if width < 0:
            return start
    return len(text)


def _compile_not_single() -> re.Pattern[str]:
    """Make the expression that finds the first code point that may not be one cell wide.

    It covers the scripts that are worth the hurry, up to the end of the symbols, and finds
    whatever lies beyond.
    """
    import re

    beyond = 0x2E80
    runs = zip(STARTS, (*STARTS[1:], 0x110000), WIDTHS, strict=True)
    ranges = [
        f"{chr(start)}-{chr(end - 1)}"
        for start, end, width in runs
        if width != "1" and start < beyond
    ]
    return re.compile(f"[{''.join(ranges)}{chr(beyond)}-{chr(0x10FFFF)}]")
