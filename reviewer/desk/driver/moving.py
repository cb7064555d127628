"""Rows that have moved: the terminal can move them itself.

Whole rows go between top and bottom margins, with a line feed at the bottom or a reverse one
at the top: every terminal since the VT100 knows that. A pane beside another one goes between
left and right margins too (DECLRMM and DECSLRM of the VT420), where the terminal has said
that it knows them. IND and RI at the margin move what lies between all four and nothing else
(DEC STD 070; xterm's ctlseqs). The margins are off again before anything is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import eq, ne, sub
from typing import NamedTuple

from reviewer.desk.driver.cells import BLANK, Row
from reviewer.desk.driver.difference import Pen, Sent
from reviewer.desk.driver.widths import is_agreed

WORTH = 40
"""A move of whole rows that saves fewer cells than this is not tried."""
PART_WORTH = 90
"""The same for a part of the rows: setting its margins takes some forty bytes."""
STRIP = 8
"""So many cells that moved together are a trace of a rectangle that did."""


class Move(NamedTuple):
    """The rows from `top` to `bottom` go up by `by` rows, or down where it is negative.

    Of whole rows `columns` is nothing; else the first column that moves and the last one.
    """

    top: int
    bottom: int
    by: int
    columns: tuple[int, int] | None = None

    def apply(self, sent: Sequence[Sent]) -> list[Sent]:
        """What the terminal shows after the move."""
        rows = list(sent)
        left, right = self.columns or (0, len(sent[0]) - 1)
        for y in range(self.top, self.bottom + 1):
            comes = y + self.by
            bare: Sent = [BLANK] * (right + 1 - left)
            inner = sent[comes][left : right + 1] if self.top <= comes <= self.bottom else bare
            rows[y] = [*sent[y][:left], *inner, *sent[y][right + 1 :]]
        return rows

    def write(self, pen: Pen) -> None:
        """Have the terminal do it; it puts the cursor into the first corner at the end."""
        column = ""
        if self.columns:
            left, right = self.columns
            pen.add(f"\x1b[?69h\x1b[{left + 1};{right + 1}s")
            column = f";{left + 1}" if left else ""
        pen.add(f"\x1b[{self.top + 1};{self.bottom + 1}r")
        if self.by > 0:
            pen.add(f"\x1b[{self.bottom + 1}{column}H" + "\x1bD" * self.by)
        else:
            place = f"\x1b[{self.top + 1}{column}H" if self.top or column else ""
            pen.add(place + "\x1bM" * -self.by)
        # The last one goes to the first corner in any terminal; the one before in most.
        pen.add("\x1b[?69l\x1b[r" if self.columns else "\x1b[r")
        pen.x = pen.y = 0


def rows_moved(wanted: Sequence[Row], sent: Sequence[Sent]) -> Move | None:
    """Give the block of whole rows whose move saves most cells."""
    changed = [y for y, row in enumerate(wanted) if row != sent[y]]
    stood = defaultdict[int, list[int]](list)
    shown = [hash(tuple(row)) for row in sent]
    for y, key in enumerate(shown):
        stood[key].append(y)
    keys = {y: hash(tuple(wanted[y])) for y in changed}
    found: list[tuple[int, int, int, int]] = []
    for by in {at - y for y in changed for at in stood.get(keys[y], ())}:
        # Rows that show the right thing already are not moved: a block ends at them.
        for top, bottom in _runs(y for y in changed if _at(shown, y + by) == keys[y]):
            saved = sum(_weight(wanted[y], sent[y]) for y in range(top, bottom + 1))
            if saved >= WORTH:
                found.append((saved, by, top, bottom))
    if not found:
        return None
    _, by, top, bottom = max(found)
    while _comes_nearer(wanted, sent, top - 1, by):
        top -= 1
    while _comes_nearer(wanted, sent, bottom + 1, by):
        bottom += 1
    return Move(min(top, top + by), max(bottom, bottom + by), by)


def part_moved(wanted: Sequence[Row], sent: Sequence[Sent]) -> Move | None:
    """Give the rectangle that has moved most clearly, though what stands beside it has not.

    None where a wide letter lies over its edge, or where one in it may be of another width
    than it has here: such rows are drawn.
    """
    by, rows = _trace(wanted, sent)
    if len(rows) < 2:
        return None
    top, bottom = min(rows), max(rows)
    left, right = _columns(wanted, sent, top, bottom, by)
    part = slice(left, right + 1)
    while top > max(0, -by) and wanted[top - 1][part] == sent[top - 1 + by][part]:
        top -= 1
    last = len(wanted) - 1 - max(0, by)
    while bottom < last and wanted[bottom + 1][part] == sent[bottom + 1 + by][part]:
        bottom += 1
    move = Move(min(top, top + by), max(bottom, bottom + by), by, (left, right))
    whole = all(_can_cut(row, left, right) for row in sent[move.top : move.bottom + 1])
    return move if whole and right > left else None


def weight_of(wanted: Sequence[Row], sent: Sequence[Sent]) -> int:
    """About how many bytes it takes to draw some rows."""
    return sum(_weight(*rows) for rows in zip(wanted, sent, strict=True) if rows[0] != rows[1])


def _weight(new: Row, old: Sent) -> int:
    return sum(map(ne, new, old))


def _comes_nearer(wanted: Sequence[Row], sent: Sequence[Sent], y: int, by: int) -> bool:
    """Whether little is left to draw of a row if the one so far from it is moved there."""
    if min(y, y + by) < 0 or max(y, y + by) >= len(wanted):
        return False
    return 2 * _weight(wanted[y], sent[y + by]) < _weight(wanted[y], sent[y])


def _at(keys: Sequence[int], y: int) -> int | None:
    return keys[y] if 0 <= y < len(keys) else None


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of rows that follow each other."""
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        block = [y for _, y in run]
        yield block[0], block[-1]


def _trace(wanted: Sequence[Row], sent: Sequence[Sent]) -> tuple[int, set[int]]:
    """How far most strips of cells have moved, and the rows in which they stand now."""
    starts = range(0, len(wanted[0]) - STRIP + 1, STRIP)
    stood = defaultdict[tuple[object, ...], list[int]](list)
    changed = [y for y, row in enumerate(wanted) if row != sent[y]]
    for y in changed:
        for x in starts:
            stood[x, *sent[y][x : x + STRIP]].append(y)
    traces = defaultdict[int, list[int]](list)
    bare = [BLANK] * STRIP
    for y in changed:
        new, old = wanted[y], sent[y]
        for x in starts:
            strip = new[x : x + STRIP]
            if strip not in (bare, old[x : x + STRIP]):
                for at in stood.get((x, *strip), ()):
                    traces[at - y].append(y)
    by = max(traces, key=lambda by: (len(traces[by]), by), default=0)
    return by, set(traces[by])


def _columns(
    wanted: Sequence[Row], sent: Sequence[Sent], top: int, bottom: int, by: int
) -> tuple[int, int]:
    """The columns in which a move of these rows makes most cells right: the richest run."""
    rows = range(top, bottom + 1)
    right = map(sum, zip(*(map(eq, wanted[y], sent[y + by]) for y in rows), strict=True))
    before = map(sum, zip(*(map(eq, wanted[y], sent[y]) for y in rows), strict=True))
    sums = [0, *accumulate(map(sub, right, before))]
    best = (0, 0, 0)
    lowest = 0
    for end in range(1, len(sums)):
        if sums[end - 1] <= sums[lowest]:
            lowest = end - 1
        best = max(best, (sums[end] - sums[lowest], lowest, end - 1))
    return best[1], best[2]


def _can_cut(row: Sent, left: int, right: int) -> bool:
    """Whether each cluster of a row is known, lies on one side, and is as wide everywhere."""
    edges = [row[left], *row[right + 1 : right + 2]]
    known = all(cell is not None and (not cell[0] or is_agreed(cell[0])) for cell in row)
    return known and all(cell is not None and cell[0] != "" for cell in edges)
