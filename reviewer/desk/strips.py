"""Runs of text as Textual takes them."""

from functools import lru_cache

from rich import style as rich
from rich.color import Color
from rich.segment import Segment
from textual.strip import Strip

from reviewer.desk.driver.styles import Style
from reviewer.desk.paint import Run, fitted


def strip_of(runs: list[Run], width: int) -> Strip:
    """A row of exactly `width` cells from runs of safe text."""
    return Strip([Segment(text, _rich(style)) for text, style in fitted(runs, width)], width)


@lru_cache(256)
def _rich(style: Style) -> rich.Style:
    on = style.attributes
    return rich.Style(
        color=Color.from_ansi(int(style.colour) - 30) if style.colour else None,
        bold=1 in on or None,
        italic=3 in on or None,
        underline=4 in on or None,
        reverse=7 in on or None,
    )
