"""Lines of a text, as spans of it: greedy, by words, in terminal cells.

A line breaks at a space (U+0020; no other breaks, so a no-break space holds) and between
any two wide characters. The spaces at a break belong to no line, nor do those at the end
of a paragraph; those at its start stay, unless the first word needs the whole width. A
word longer than the width starts on a line of its own and is cut between clusters.

A text whose characters are all one cell wide is wrapped with `str.rfind`, which is fifty
times faster than `textwrap`; every other paragraph by prefix sums of its widths.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from reviewer.text.cells import is_single, widths

Span = tuple[int, int]


NEVER_FIRST = frozenset("、。，．：；！？）」』】〕〉》”’")
"""Wide signs that no line begins with (JIS X 4051, GB/T 15834)."""


def wrap(text: str, width: int, *, single: bool = False) -> list[Span]:
    """Give the lines of a text.

    Args:
        text: A text as it is shown: what `display` returned.
        width: The cells of a line.
        single: Each of its characters is known to be one cell wide.

    Returns:
        A (start, end) for each line, in order; together they cover everything but spaces
        and newlines. An empty paragraph is an empty span, so there is always one. No line
        is wider than `width`, but for a character that is wider by itself: it stands
        alone.

    Raises:
        ValueError: The width is less than 1.
    """
    if width < 1:
        raise ValueError(f"a line cannot be {width} cells wide")
    lines: list[Span] = []
    single = single or is_single(text.replace("\n", ""))
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        stop = end
        while stop > start and text[stop - 1] == " ":
            stop -= 1
        if stop == start:
            lines.append((start, start))
        elif single or is_single(text[start:stop]):
            _wrap_single(text, start, stop, width, lines)
        else:
            paragraph = text[start:stop]
            lines += [(start + a, start + b) for a, b in _wrap_mixed(paragraph, width)]
        start = end + 1
    return lines


def _wrap_single(text: str, start: int, stop: int, width: int, lines: list[Span]) -> None:
    """Wrap a paragraph that ends in no space and whose characters take one cell each."""
    while stop - start > width:
        gap = text.rfind(" ", start, start + width + 1)
        if gap < 0:
            lines.append((start, start + width))
            start += width
            continue
        end = _before_spaces(text, start, gap)
        if end > start:
            lines.append((start, end))
        start = gap + 1
        while text[start] == " ":
            start += 1
    lines.append((start, stop))


def _wrap_mixed(text: str, width: int) -> list[Span]:
    """Wrap a paragraph that ends in no space, whatever the widths of its characters."""
    cells = widths(text)
    reach = list(accumulate(cells, initial=0))
    lines: list[Span] = []
    start = 0
    while reach[-1] - reach[start] > width:
        # As far as the cells go. Never inside a cluster: what has no cells always fits.
        furthest = bisect_right(reach, reach[start] + width) - 1
        gap = _last_gap(text, cells, start, furthest)
        end = _last_seam(text, cells, max(start, gap + 1), furthest)
        if end > 0:
            lines.append((start, end))
            start = end
        elif gap >= 0:
            end = _before_spaces(text, start, gap)
            if end > start:
                lines.append((start, end))
            start = gap + 1
            while text[start] == " " and cells[start + 1]:
                start += 1
        else:
            end = max(furthest, start + 1)
            while end < len(text) and not cells[end]:
                end += 1
            lines.append((start, end))
            start = end
    if start < len(text):
        lines.append((start, len(text)))
    return lines


def _before_spaces(text: str, start: int, gap: int) -> int:
    """Give where the words end before the spaces of a break."""
    while gap > start and text[gap - 1] == " ":
        gap -= 1
    return gap


def _last_gap(text: str, cells: list[int], start: int, furthest: int) -> int:
    """Find the last space to break at, or -1: a space with a mark on it is none."""
    gap = text.rfind(" ", start, furthest + 1)
    while gap >= 0 and not (cells[gap] and cells[gap + 1]):
        gap = text.rfind(" ", start, gap)
    return gap


def _last_seam(text: str, cells: list[int], start: int, furthest: int) -> int:
    """Find the last place between two wide clusters after `start`, or 0."""
    for seam in range(furthest, start, -1):
        if cells[seam] == 2 and text[seam] not in NEVER_FIRST:
            before = seam - 1
            while before > start and not cells[before]:
                before -= 1
            if cells[before] == 2:
                return seam
    return 0
