"""The writing of differences: from what the terminal shows to what it is to show.

A cluster is repainted whole when either of its halves changed; nothing is written over the
edge; and where it is not certain how far the cursor went, its next place is given outright.
Erasing takes the ground of the terminal: it is used for plain blanks alone, so that it does
not matter what ground a terminal erases with.
"""

from __future__ import annotations

import re
from itertools import repeat
from operator import and_, eq, ne

from reviewer.desk.driver.cells import BLANK, Cell, Row
from reviewer.desk.driver.styles import PLAIN, Style, change, on_blank
from reviewer.desk.driver.widths import is_agreed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AFRESH = "\x1b[?69l\x1b[r\x1b(B\x1b[m\x1b[?7l\x1b[?25l"
"""No margins, usual letters, no style, no wrapping, no cursor: whatever another program left."""

Sent = list[Cell | None]
"""A row as the terminal shows it; None where that is not known."""

FEW = 3
"""As many blanks are as short as erasing to the end of the line."""
MANY = 9
"""From more blanks than this erasing them and stepping over them is shorter."""
STEP = 4
"""The bytes of a step over some cells."""
_GAP = re.compile(b"(?<=\x01)\x00{1,4}(?=\x01)")


EMPTY: Row = []


class Pen:
    """Where the cursor is and what it writes in, and all that was written with it."""

    def __init__(self, x: int = -1, y: int = -1, style: Style = PLAIN) -> None:
        self.written: list[str] = []
        self.x, self.y = x, y
        """Where the cursor is; -1 where that is not certain."""
        self.style = style

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self.written)

    @property
    def size(self) -> int:
        """The bytes of it."""
        return len(self.text.encode())

    def add(self, sequence: str) -> None:
        """Write a sequence that moves nothing."""
        self.written.append(sequence)

    def take(self, other: Pen) -> None:
        """Go on where another one ended that began where this one is."""
        self.written += other.written
        self.x, self.y, self.style = other.x, other.y, other.style

    def erase(self, cells: int = 0) -> None:
        """Make plain blanks of so many cells, or of the rest of the row."""
        if on_blank(self.style) != PLAIN:
            # Terminals differ in what of a style they erase with.
            self.wear(PLAIN)
        self.add(f"\x1b[{cells}X" if cells else "\x1b[K")

    def wear(self, style: Style) -> None:
        """Write in a style from now on."""
        if style != self.style:
            self.written.append(change(self.style, style))
            self.style = style

    def write(self, text: str, style: Style, cells: int, *, sure: bool) -> None:
        """Write a text where the cursor is; `sure` where it is certain how far that goes."""
        if not text.isspace() or on_blank(self.style) != style:
            self.wear(style)
        self.written.append(text)
        self.x += cells
        if not sure:
            self.x = -1

    def go(self, x: int, y: int, row: Row = EMPTY, style: Style | None = None) -> None:
        """Move the cursor; over text of `row` that stands there already, by writing it again.

        `style` is that of what is written next, where it is known.
        """
        if (x, y) == (self.x, self.y):
            return
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        if y == self.y:
            ways += self._along(self.x, x, row)
        elif y == self.y + 1 and self.y >= 0:
            # The line in front of a terminal makes two bytes of a newline.
            ways += ["\x1b[B"] if x == self.x else []
            ways += ["\r\n" + way for way in self._along(0, x, row)]
        best = min(ways, key=_size)
        if style and style != self.style and y == self.y:
            self._wear_between(x, row, style, best)
        else:
            self.written.append(best)
        self.x, self.y = x, y

    def _wear_between(self, x: int, row: Row, style: Style, best: str) -> None:
        """Step with a change of style where it lets the cells before it be written again."""
        gap = row[self.x : x] if 0 <= self.x < x <= self.x + STEP else EMPTY
        text = "".join(letters for letters, _ in gap)
        if text and _size(text) < _size(best) and _can_write(gap, style):
            self.wear(style)
            best = text
        self.written.append(best)

    def _along(self, start: int, x: int, row: Row) -> Iterable[str]:
        if x == 0:
            yield "\r" if start else ""
        if start < 0:
            return
        if x < start:
            yield "\b" * (start - x)
            return
        if x > start:
            yield _right(x - start)
        if row and x - start <= 2 * FEW and _can_write(row[start:x], self.style):
            yield "".join(text for text, _ in row[start:x])


def draw(pen: Pen, wanted: Sequence[Row], sent: Sequence[Sent], rows: Iterable[int]) -> None:
    """Write what makes these rows of what is shown into what is wanted."""
    for y in rows:
        if wanted[y] != sent[y]:
            _draw_row(pen, y, wanted[y], sent[y])


def _draw_row(pen: Pen, y: int, row: Row, old: Sent) -> None:
    changed = _joined(row, bytearray(map(ne, row, old)))
    early = _early(row, changed)
    if early < 0:
        _draw_cells(pen, y, row, changed, -1)
        return
    ways = [Pen(pen.x, pen.y, pen.style) for _ in range(2)]
    _draw_cells(ways[0], y, row, changed[:], -1)
    _draw_cells(ways[1], y, row, changed, early)
    pen.take(min(ways, key=lambda way: way.size))


def _draw_cells(pen: Pen, y: int, row: Row, changed: bytearray, early: int) -> None:
    """Write the changed cells; at the column `early` everything after it is erased first."""
    width = len(row)
    x = changed.find(1)
    while 0 <= x < width:
        if early >= 0 and x >= early:
            pen.go(early, y, row)
            pen.erase()
            changed[early:] = map(ne, row[early:], repeat(BLANK))
            early = -1
        elif row[x] == BLANK:
            x = _blank(pen, x, y, row, changed)
        else:
            if row[x][0] == "":
                x -= 1
            pen.go(x, y, row, row[x][1])
            x = _text(pen, x, row, changed)
        x = changed.find(1, x)


def _joined(row: Row, changed: bytearray) -> bytearray:
    """Take unchanged cells between changed ones with them where that is as short as a step."""
    for gap in _GAP.finditer(bytes(changed)):
        start, end = gap.span()
        left, right = row[start - 1][1], row[end][1]
        if all(_fits(cell, left, right) for cell in row[start:end]):
            text = "".join([letters for letters, _ in row[start:end]])
            if text.isascii() or len(text.encode()) <= STEP:
                changed[start:end] = b"\1" * (end - start)
    return changed


def _fits(cell: Cell, left: Style, right: Style) -> bool:
    text, style = cell
    if text == " ":
        return style in (on_blank(left), on_blank(right))
    return style in (left, right) and text != "" and _is_letter(text)


def _early(row: Row, changed: bytearray) -> int:
    """The column from where erasing the whole rest of the row may be shorter, or -1."""
    bare = bytes(map(eq, row, repeat(BLANK)))
    start = bytes(map(and_, bare, changed)).find(b"\1" * (FEW + 1))
    # At the end of a row that is what is done anyway.
    return start if start >= 0 and bare.find(0, start) >= 0 else -1


def _text(pen: Pen, x: int, row: Row, changed: bytearray) -> int:
    """Write the text that begins here, in one style; return the column after it."""
    width = len(row)
    end = _letters(x, row, changed)
    if end == x:
        return _cluster(pen, x, row, changed)
    # Behind the last column the cursor hangs, in each terminal in its own way.
    text = "".join([letter for letter, _ in row[x:end]])
    pen.write(text, row[x][1], end - x, sure=end < width)
    return end


def _cluster(pen: Pen, x: int, row: Row, changed: bytearray) -> int:
    """Write one cluster; where its width is disputed, so that it comes out right with any."""
    text, style = row[x]
    end = x + 2 if x + 1 < len(row) and row[x + 1][0] == "" else x + 1
    sure = is_agreed(text)
    if not sure:
        # Drawn narrower it would leave something of what was there, drawn wider it covers
        # something of what comes after it.
        y = pen.y
        pen.write(" " * (end - x), on_blank(style), end - x, sure=end < len(row))
        pen.go(x, y)
        most = x + 2 * len(text)
        changed[end:most] = b"\1" * len(changed[end:most])
    pen.write(text, style, end - x, sure=sure and end < len(row))
    return end


def _letters(x: int, row: Row, changed: bytearray) -> int:
    """The end of the changed letters from here on that are of one style, and a cell wide.

    Single blanks between them, where they look the same, are some of them.
    """
    style = row[x][1]
    blank = (" ", on_blank(style))
    stop = changed.find(0, x)
    part = row[x : stop if stop >= 0 else len(row)]
    after = [*part[1:], row[stop] if stop >= 0 else BLANK]
    for at, (cell, following) in enumerate(zip(part, after, strict=True), x):
        text, look = cell
        if text == " ":
            if cell != blank or following[0] == " " or at == x:
                return at
        elif look != style or not following[0] or not _is_letter(text):
            return at
    return x + len(part)


def _is_letter(text: str) -> bool:
    return text.isascii() or (len(text) == 1 and is_agreed(text))


def _blank(pen: Pen, x: int, y: int, row: Row, changed: bytearray) -> int:
    """Blank the cells from here on that must be; return the column where to go on."""
    width = len(row)
    run = x
    while run < width and row[run] == BLANK:
        run += 1
    last = changed.rfind(1, x, run) + 1
    many = last - x
    pen.go(x, y, row)
    if run == width and many > FEW:
        pen.erase()
        return width
    if many > MANY:
        pen.erase(many)
        return last
    pen.write(" " * many, PLAIN, many, sure=last < width)
    return last


def _can_write(cells: Row, style: Style) -> bool:
    blank = on_blank(style)
    return all(
        is_agreed(text) and look == (blank if text == " " else style) for text, look in cells
    )


def _right(cells: int) -> str:
    return f"\x1b[{cells}C" if cells > 1 else "\x1b[C"


def _size(text: str) -> int:
    return len(text.encode()) + text.count("\n")
