"""How things look. By sign and by attribute first, so that nothing depends on colour."""

from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reviewer.model.words import Stance
from reviewer.text.cells import cell_width, crop

PLAIN = Style()
BOLD = Style(bold=True)
CURRENT = Style(reverse=True, bold=True)
QUOTED = Style(underline=True)
HIT = Style(reverse=True, underline=True)
SELECTED = Style(reverse=True)
TRANSLATION = Style(italic=True)
REMARK = Style(bold=True, italic=True)
TITLE = Style(bold=True)
QUIET = Style()
ALERT = Style(bold=True, reverse=True)
KEY = Style(bold=True)
UNSEEN = Style(reverse=True)

SIGNS = {Stance.SUPPORTS: "+", Stance.REFUTES: "-", Stance.CONTEXT: "~"}
STANCE_STYLES = {
    Stance.SUPPORTS: Style(color="green", bold=True),
    Stance.REFUTES: Style(color="red", bold=True),
    Stance.CONTEXT: Style(color="cyan", bold=True),
}

Run = tuple[str, Style]


def strip_of(runs: list[Run], width: int) -> Strip:
    """A row of exactly `width` cells from runs of safe text.

    The width is counted here, in terminal cells, and never left to the terminal.
    """
    segments: list[Segment] = []
    left = width
    for text, style in runs:
        if left <= 0:
            break
        cut = crop(text, left)
        if cut:
            segments.append(Segment(cut, style))
            left -= cell_width(cut)
    if left > 0:
        segments.append(Segment(" " * left, PLAIN))
    return Strip(segments, width)


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
                style = style + mark
        runs.append((text[begin:stop], style))
    return runs
