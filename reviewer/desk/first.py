"""The first frame: the desk as it will be, on the terminal before Textual is imported.

The painter draws it as it draws every other. Here its parts become cells and the cells are
written; the driver then takes them for what the terminal shows, and sends nothing until
something on the desk changes.
"""

from __future__ import annotations

import os

from reviewer.desk.driver.cells import BLANK, Picture
from reviewer.desk.driver.choice import STOCK, chosen
from reviewer.desk.driver.difference import AFRESH, Pen, draw
from reviewer.desk.driver.styles import PLAIN
from reviewer.desk.paint import fitted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.desk.driver.cells import Row
    from reviewer.desk.driver.difference import Sent
    from reviewer.desk.painter import Painter
    from reviewer.desk.terminal import Terminal

BEGIN = f"\x1b[?1049h\x1b[?2004h{AFRESH}\x1b[H\x1b[2J"
"""The other screen, empty; what is pasted comes in brackets, and not as keys."""


class Shown:
    """What a terminal shows: its cells, and where its cursor stands."""

    def __init__(self, rows: list[Row], place: tuple[int, int]) -> None:
        self.rows = rows
        self.place = place


def show(painter: Painter, terminal: Terminal, env: Mapping[str, str]) -> Shown | None:
    """Draw the desk for the first time, where our own driver will draw it from then on.

    Returns:
        What the terminal shows then; None where nothing was drawn.
    """
    width, height = size_of_terminal(env)
    if chosen(env) == STOCK or terminal.attributes is None:
        return None
    painter.fit(width, height)
    if painter.layout.tiny:
        return None
    shown, data = frame(painter, colour="NO_COLOR" not in env)
    terminal.drawn = True
    terminal.write(data.encode())
    return shown


def frame(painter: Painter, *, colour: bool) -> tuple[Shown, str]:
    """The cells of the desk, and what writes them on an empty terminal."""
    picture = Picture(painter.width, painter.height)
    parts = painter.parts
    for name, region in painter.regions.items():
        for y in range(region.height):
            x = region.x
            for text, style in fitted(parts[name].row(y, region.width), region.width):
                look = style if colour else style._replace(colour="", ground="")
                x = picture.write(x, region.y + y, text, look)
    blank: list[Sent] = [[BLANK] * painter.width for _ in range(painter.height)]
    pen = Pen(0, 0)
    draw(pen, picture.rows, blank, range(painter.height))
    pen.wear(PLAIN)
    return Shown(picture.rows, (pen.x, pen.y)), f"{BEGIN}{pen.text}"


def size_of_terminal(env: Mapping[str, str]) -> tuple[int, int]:
    """Columns and rows, as `shutil.get_terminal_size` has them, without its imports."""
    sizes = [env.get(name, "") for name in ("COLUMNS", "LINES")]
    given = [int(size) if size.isascii() and size.isdigit() else 0 for size in sizes]
    try:
        real = os.get_terminal_size(1)
    except OSError:
        real = os.terminal_size((0, 0))
    return given[0] or real.columns or 80, given[1] or real.lines or 24
