"""How things look. By sign and by attribute first, so that nothing depends on colour."""

from __future__ import annotations

from itertools import pairwise

from reviewer.desk.driver.styles import PLAIN as PLAIN
from reviewer.desk.driver.styles import Style
from reviewer.model.evidence import Stance
from reviewer.text.cells import cell_width, crop

# By their SGR numbers: 1 bold, 3 italic, 4 underlined, 7 reverse; 31 to 36 the colours.
BOLD = Style((1,))
CURRENT = Style((1, 7))
QUOTED = Style((4,))
HIT = Style((4, 7))
SELECTED = Style((7,))
TRANSLATION = Style((3,))
REMARK = Style((1, 3))
TITLE = BOLD
ALERT = Style((1, 7))
KEY = BOLD
UNSEEN = Style((7,))

SIGNS = {Stance.SUPPORTS: "+", Stance.REFUTES: "-", Stance.CONTEXT: "~", Stance.UNTOLD: "o"}
STANCE_STYLES = {
    Stance.SUPPORTS: Style((1,), "32"),
    Stance.REFUTES: Style((1,), "31"),
    Stance.CONTEXT: Style((1,), "36"),
    Stance.UNTOLD: Style((1,), "35"),
}

Run = tuple[str, Style]


def over(style: Style, other: Style) -> Style:
    """A style with another laid over it."""
    attributes = tuple(sorted({*style.attributes, *other.attributes}))
    return Style(attributes, other.colour or style.colour, other.ground or style.ground)


def fitted(runs: list[Run], width: int) -> list[Run]:
    """Runs of safe text, cut or filled up with blanks to exactly `width` cells.

    The width is counted here, in terminal cells, and never left to the terminal.
    """
    row: list[Run] = []
    left = width
    for text, style in runs:
        if left <= 0:
            break
        cut = crop(text, left)
        if cut:
            row.append((cut, style))
            left -= cell_width(cut)
    if left > 0:
        row.append((" " * left, PLAIN))
    return row


def ended(runs: list[Run], width: int) -> list[Run]:
    """The runs, where they are wider than `width` cells cut there with a sign that they go on."""
    if sum(cell_width(text) for text, _ in runs) <= width:
        return runs
    return [*fitted(runs, max(0, width - 1)), ("…", PLAIN)]


def overlaid(text: str, start: int, end: int, marks: list[tuple[int, int, Style]]) -> list[Run]:
    """The part of a text from `start` to `end` in runs, the later marks over the earlier."""
    cuts = {start, end}
    for begin, stop, _ in marks:
        cuts.update(place for place in (begin, stop) if start < place < end)
    edges = sorted(cuts)
    runs: list[Run] = []
    for begin, stop in pairwise(edges):
        style = PLAIN
        for mark_begin, mark_stop, mark in marks:
            if mark_begin <= begin and stop <= mark_stop:
                style = over(style, mark)
        runs.append((text[begin:stop], style))
    return runs
