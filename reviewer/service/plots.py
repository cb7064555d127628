"""Plots for a terminal, of ASCII alone: rows of text without an escape code or a colour.

Names are put beside a plot by ourselves: what draws it counts characters, not cells, and a name
from outside may be wider than it has characters.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType

from reviewer.text.cells import cell_width, fit
from reviewer.text.display import display

NARROWEST = 40
NAMES = 24
"""As many cells of a row go to the names at most."""
HIGH = 8
SHOWN = 5
"""So many cells a day's label needs, with the blank behind it for the next."""
NO_PLOT = "No plot: plotext is not installed."
ASCII = str.maketrans("┌┐└┘├┤┬┴┼│─", "+++++++++|-")


def are_wanted(env: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal, and who sits before it, can make something of a plot."""
    return env.get("TERM", "") not in ("", "dumb", "unknown") and not env.get("ACCESSIBLE")


def by_day(days: Sequence[tuple[str, int]], width: int) -> list[str]:
    """A bar a day, as `("03-07", 12)`, the oldest first; nothing where there is no room."""
    most = max((n for _, n in days), default=0)
    if not most or width < NARROWEST:
        return []
    plotext = _plotext()
    if plotext is None:
        return [NO_PLOT]
    _begin(plotext, width, HIGH + 3)
    places = list(range(len(days)))
    plotext.bar(places, [n for _, n in days], marker="#", width=0.6, minimum=0)
    plotext.ylim(0, most)
    plotext.yticks(sorted({0, most // 2, most}))
    step = -(-len(days) * (SHOWN + 1) // (width - SHOWN))
    marked = places[::-1][::step]
    plotext.xticks(marked, [days[place][0] for place in marked])
    return _rows(plotext)


def by_pair(pairs: Sequence[tuple[str, float, float, float]], width: int) -> list[str]:
    """A row a pair: its share of agreement, from 0 to 1, within the ends of its interval."""
    if not pairs or width < NARROWEST:
        return []
    plotext = _plotext()
    if plotext is None:
        return [NO_PLOT]
    names = [fit(display(name, newlines=False), NAMES) for name, *_ in pairs]
    beside = max(map(cell_width, names)) + 2
    _begin(plotext, width - beside, len(pairs) + 2)
    for n, (_, _, low, high) in enumerate(pairs):
        plotext.plot([100 * low, 100 * high], [-n, -n], marker="-")
    for n, (_, share, *_) in enumerate(pairs):
        plotext.scatter([100 * share], [-n], marker="o")
    plotext.xlim(0, 100)
    plotext.ylim(-len(pairs) + 0.5, 0.5)
    plotext.xticks([0, 25, 50, 75, 100])
    plotext.yfrequency(0)
    plotext.xaxes(True, False)
    plotext.yaxes(False, False)
    found = _rows(plotext)
    blank = [""] * (len(found) - len(names))
    return [
        f"{name}{' ' * (beside - cell_width(name))}{row}".rstrip()
        for name, row in zip([*names, *blank], found, strict=True)
    ]


def _plotext() -> ModuleType | None:
    """What draws, where it is installed: the figures are told without it, too."""
    try:
        return import_module("plotext")
    except ImportError:
        return None


def _begin(plotext: ModuleType, width: int, height: int) -> None:
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.theme("clear")
    plotext.plotsize(width, height)


def _rows(plotext: ModuleType) -> list[str]:
    drawn = str(plotext.uncolorize(plotext.build())).translate(ASCII)
    return [display(row.rstrip()) for row in drawn.splitlines()]
