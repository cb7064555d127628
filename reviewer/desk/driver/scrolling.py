"""The shortest writing of a picture, with moves of what the terminal shows or without."""

from collections.abc import Sequence

from reviewer.desk.driver.cells import Row
from reviewer.desk.driver.difference import Pen, Sent, draw
from reviewer.desk.driver.moving import WORTH, Move, part_moved, rows_moved, weight_of
from reviewer.desk.driver.styles import PLAIN

MOST = 3
"""As many blocks of rows may move in one frame."""


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
    best = _written(Pen(*place), [], (wanted, sent, rows), cursor)
    moves = list[Move]()
    shown = list(sent)
    finders = [rows_moved, part_moved] if margins else [rows_moved]
    while finders and len(moves) < MOST:
        move = finders[0](wanted, shown)
        after = move.apply(shown) if move else shown
        if move and weight_of(wanted, after) + WORTH <= weight_of(wanted, shown):
            tried = [*moves, move]
            other = _written(Pen(*place), tried, (wanted, after, range(len(wanted))), cursor)
            if other.size < best.size:
                best, moves, shown = other, tried, after
                continue
        del finders[0]
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
