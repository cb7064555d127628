"""The shortest writing of a picture, with moves of what the terminal shows or without."""

from collections.abc import Sequence

from reviewer.desk.driver.cells import Row
from reviewer.desk.driver.difference import Pen, Sent, draw
from reviewer.desk.driver.moving import PART_WORTH, WORTH, Move, part_moved, rows_moved, weight_of
from reviewer.desk.driver.styles import PLAIN

MOST = 3
"""As many blocks may move in one frame."""
SURE = 200
"""Moves that save so many cells are shorter without a doubt."""


def best_writing(
    wanted: Sequence[Row],
    sent: Sequence[Sent],
    rows: Sequence[int],
    cursor: tuple[int, int],
    place: tuple[int, int] = (-1, -1),
    *,
    margins: bool = False,
) -> Pen:
    """Give the shortest writing there is, with moves or without.

    Args:
        wanted: What is to be shown.
        sent: What is shown.
        rows: The rows in which these differ.
        cursor: Where the cursor is to stand at the end; in the first corner it is of no use.
        place: Where it stands.
        margins: Whether the terminal has left and right margins.
    """
    moves, shown = _moves(wanted, sent, margins=margins)
    end = (wanted, shown, range(len(wanted)) if moves else rows)
    best = _written(Pen(*place), moves, end, cursor)
    if moves and weight_of(wanted, sent) - weight_of(wanted, shown) < SURE:
        other = _written(Pen(*place), [], (wanted, sent, rows), cursor)
        best = min(best, other, key=lambda pen: pen.size)
    return best


def _moves(
    wanted: Sequence[Row], sent: Sequence[Sent], *, margins: bool
) -> tuple[list[Move], list[Sent]]:
    """The moves that seem to be worth it, and what the terminal shows after them."""
    moves, shown = list[Move](), list(sent)
    left = weight_of(wanted, shown)
    for find, worth in [(rows_moved, WORTH), (part_moved, PART_WORTH)][: 1 + margins]:
        while len(moves) < MOST and (move := find(wanted, shown)):
            after = move.apply(shown)
            rest = weight_of(wanted, after)
            if rest + worth > left:
                break
            moves.append(move)
            shown, left = after, rest
    return moves, shown


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
