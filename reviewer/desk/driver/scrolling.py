"""Rows that have moved: the terminal moves them itself, where that is shorter.

Whole rows only, between margins, with a line feed at the bottom or a reverse one at the
top: every terminal since the VT100 knows that.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import ne
from typing import NamedTuple

from reviewer.desk.driver.cells import BLANK, Row
from reviewer.desk.driver.difference import Pen, Sent, draw
from reviewer.desk.driver.styles import PLAIN

WORTH = 40
"""A move that saves fewer cells than this is not tried."""
MOST = 3
"""As many blocks of rows may move in one frame."""


class Move(NamedTuple):
    """The rows from `top` to `bottom` go up by `by` rows, or down where it is negative."""

    top: int
    bottom: int
    by: int

    def apply(self, sent: Sequence[Sent]) -> list[Sent]:
        """What the terminal shows after the move."""
        rows, part = list(sent), list(sent[self.top : self.bottom + 1])
        bare: list[Sent] = [[BLANK] * len(part[0]) for _ in range(abs(self.by))]
        moved = [*part[self.by :], *bare] if self.by > 0 else [*bare, *part[: self.by]]
        rows[self.top : self.bottom + 1] = moved
        return rows

    def write(self, pen: Pen) -> None:
        """Have the terminal do it; it puts the cursor into the first corner at the end."""
        pen.add(f"\x1b[{self.top + 1};{self.bottom + 1}r")
        if self.by > 0:
            pen.add(f"\x1b[{self.bottom + 1}H" + "\x1bD" * self.by)
        else:
            pen.add((f"\x1b[{self.top + 1}H" if self.top else "") + "\x1bM" * -self.by)
        pen.add("\x1b[r")
        pen.x = pen.y = 0


def best_writing(
    wanted: Sequence[Row],
    sent: Sequence[Sent],
    rows: Sequence[int],
    cursor: tuple[int, int],
    place: tuple[int, int] = (-1, -1),
) -> Pen:
    """Give the shortest writing there is, with moves or without.

    Args:
        wanted: What is to be shown.
        sent: What is shown.
        rows: The rows in which these differ.
        cursor: Where the cursor is to stand at the end; in the first corner it is of no use.
        place: Where it stands.
    """
    best = _written(Pen(*place), [], (wanted, sent, rows), cursor)
    moves = list[Move]()
    shown = list(sent)
    while len(moves) < MOST and (move := _likely(wanted, shown)) is not None:
        before, shown = _weight_of(wanted, shown), move.apply(shown)
        if _weight_of(wanted, shown) + WORTH > before:
            break
        moves.append(move)
        other = _written(Pen(*place), moves, (wanted, shown, range(len(wanted))), cursor)
        if other.size >= best.size:
            break
        best = other
    return best


def _written(
    pen: Pen,
    moves: Sequence[Move],
    what: tuple[Sequence[Row], Sequence[Sent], Sequence[int]],
    cursor: tuple[int, int],
) -> Pen:
    for move in moves:
        move.write(pen)
    draw(pen, *what)
    pen.wear(PLAIN)
    if cursor != (0, 0):
        pen.go(*cursor)
    return pen


def _likely(wanted: Sequence[Row], sent: Sequence[Sent]) -> Move | None:
    """The block of rows whose move saves most cells."""
    height = len(wanted)
    changed = [y for y in range(height) if wanted[y] != sent[y]]
    if len(changed) < 2:
        return None
    keys, shown = [hash(tuple(row)) for row in wanted], [hash(tuple(row)) for row in sent]
    weights = [_weight(new, old) for new, old in zip(wanted, sent, strict=True)]
    reach = range(1, changed[-1] - changed[0] + 1)
    found: list[tuple[int, Move]] = []
    for by in (step for size in reach for step in (size, -size)):
        first, last = max(0, -by), min(height, height - by)
        runs = groupby(range(first, last), lambda y, by=by: keys[y] == shown[y + by])  # type: ignore[misc]
        for same, run in runs:
            if not same:
                continue
            block = list(run)
            top, bottom = block[0], block[-1]
            saved = sum(weights[top : bottom + 1])
            if saved >= WORTH:
                found.append((saved, Move(min(top, top + by), max(bottom, bottom + by), by)))
    return max(found)[1] if found else None


def _weight_of(wanted: Sequence[Row], sent: Sequence[Sent]) -> int:
    return sum(_weight(*rows) for rows in zip(wanted, sent, strict=True) if rows[0] != rows[1])


def _weight(new: Row, old: Sent) -> int:
    """About how many bytes it takes to draw a row."""
    return sum(map(ne, new, old))
