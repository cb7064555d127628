"""The writing of differences: from what the terminal shows to what it is to show.

A cluster is repainted whole when either of its halves changed; nothing is written over the
edge; and where it is not certain how far the cursor went, its next place is given outright.
Erasing takes the ground of the terminal: it is used for plain blanks alone, so that it does
not matter what ground a terminal erases with.
"""

from collections.abc import Iterable, Sequence
from operator import ne

from reviewer.desk.driver.cells import BLANK, Cell, Row
from reviewer.desk.driver.styles import PLAIN, Style, change, on_blank
from reviewer.desk.driver.widths import is_agreed

Sent = list[Cell | None]
"""A row as the terminal shows it; None where that is not known."""

FEW = 3
"""As many blanks are as short as erasing to the end of the line."""
MANY = 9
"""From more blanks than this erasing them and stepping over them is shorter."""


class Pen:
    """Where the cursor is and what it writes in, and all that was written with it."""

    def __init__(self, x: int = -1, y: int = -1) -> None:
        self.written: list[str] = []
        self.x, self.y = x, y
        """Where the cursor is; -1 where that is not certain."""
        self.style = PLAIN

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

    def go(self, x: int, y: int, row: Row | None = None) -> None:
        """Move the cursor; over text of `row` that stands there already, by writing it again."""
        if (x, y) == (self.x, self.y):
            return
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        if y == self.y:
            ways += self._along(x, row)
        elif y == self.y + 1 and self.y >= 0:
            # The line in front of a terminal makes two bytes of a newline.
            ways += ["\x1b[B"] if x == self.x else []
            ways += ["\r\n"] if x == 0 else [f"\r\n{_right(x)}"]
        self.written.append(min(ways, key=_size))
        self.x, self.y = x, y

    def _along(self, x: int, row: Row | None) -> Iterable[str]:
        if x == 0:
            yield "\r"
        if self.x < 0:
            return
        if x < self.x:
            yield "\b" * (self.x - x)
            return
        yield _right(x - self.x)
        if row is not None and x - self.x <= 2 * FEW and self._can_write(row[self.x : x]):
            yield "".join(text for text, _ in row[self.x : x])

    def _can_write(self, cells: Row) -> bool:
        blank = on_blank(self.style)
        return all(
            is_agreed(text) and style == (blank if text == " " else self.style)
            for text, style in cells
        )


def draw(pen: Pen, wanted: Sequence[Row], sent: Sequence[Sent], rows: Iterable[int]) -> None:
    """Write what makes these rows of what is shown into what is wanted."""
    for y in rows:
        if wanted[y] != sent[y]:
            _draw_row(pen, y, wanted[y], sent[y])


def _draw_row(pen: Pen, y: int, row: Row, old: Sent) -> None:
    width = len(row)
    changed = bytearray(map(ne, row, old))
    x = changed.find(1)
    while 0 <= x < width:
        if row[x] == BLANK:
            x = _blank(pen, x, y, row, changed)
        else:
            if row[x][0] == "":
                x -= 1
            pen.go(x, y, row)
            x = _text(pen, x, row, changed)
        x = changed.find(1, x)


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
        pen.wear(PLAIN)
        pen.add("\x1b[K")
        return width
    if many > MANY:
        pen.wear(PLAIN)
        pen.add(f"\x1b[{many}X")
        return last
    pen.write(" " * many, PLAIN, many, sure=last < width)
    return last


def _right(cells: int) -> str:
    return f"\x1b[{cells}C" if cells > 1 else "\x1b[C"


def _size(text: str) -> int:
    return len(text.encode()) + text.count("\n")
