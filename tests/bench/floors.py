"""What the figures are measured against: programs that do nothing but what cannot be left out.

    python -m tests.bench.floors line
    python -m tests.bench.floors panes SCREENS SIDE

`line` is a bare Textual app that shows one line, and another after a key. `panes` is a screen
of two panes that shows what stands in a file, a screen of it for each key `j`, drawn by our
driver: what Textual takes to replace as much text as the desk does.
"""

import json
import sys
from pathlib import Path

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.strip import Strip
from textual.widget import Widget

READY, HEARD = "One line.", "Another line."


def bare() -> list[str]:
    """Python that does nothing."""
    return [sys.executable, "-c", "pass"]


def line() -> list[str]:
    """The bare Textual app."""
    return [sys.executable, "-m", "tests.bench.floors", "line"]


def panes(screens: Path, *, side: bool) -> list[str]:
    """The screen of two panes."""
    return [sys.executable, "-m", "tests.bench.floors", "panes", str(screens), "side" * side]


class Line(App[None]):
    """A bare app that shows one line."""

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Rows()

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(Rows).show([READY])

    def on_key(self) -> None:
        """Show another."""
        self.query_one(Rows).show([HEARD])


class Rows(Widget):
    """Rows of text, each drawn by itself."""

    rows: list[str] = []  # noqa: RUF012 - replaced, never changed

    def show(self, rows: list[str]) -> None:
        """Show these."""
        self.rows = rows
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of them."""
        text = self.rows[y] if y < len(self.rows) else ""
        return Strip([Segment(text)]).adjust_cell_length(self.size.width)


class Panes(App[None]):
    """Two panes that show what stands in a file."""

    CSS = """
    #both { layout: vertical; }
    Screen.-side #both { layout: horizontal; }
    Rows { width: 1fr; height: 1fr; }
    """

    def __init__(self, screens: Path, *, side: bool) -> None:
        # Here, since the bare app must not wait for it.
        from reviewer.desk.driver.driver import CellDriver

        super().__init__(driver_class=CellDriver, ansi_color=True)
        self.theme = "ansi-dark"
        self.animation_level = "none"
        self.screens: list[list[str]] = json.loads(screens.read_text(encoding="utf-8"))
        self.side = side
        self.at = 0

    def compose(self) -> ComposeResult:
        """The two panes."""
        with Container(id="both"):
            yield Rows()
            yield Rows()

    def on_mount(self) -> None:
        """Show the first screen."""
        self.screen.set_class(self.side, "-side")
        self.show()

    def on_key(self, event: events.Key) -> None:
        """Show the next one."""
        if event.key == "j":
            self.at = (self.at + 1) % len(self.screens)
            self.show()

    def show(self) -> None:
        """Show a screen, half in each pane."""
        lines = self.screens[self.at]
        one, other = self.query(Rows)
        if self.side:
            half = self.size.width // 2
            one.show([text[:half] for text in lines])
            other.show([text[half:] for text in lines])
        else:
            half = len(lines) // 2
            one.show(lines[:half])
            other.show(lines[half:])


if __name__ == "__main__":
    app = Line() if sys.argv[1] == "line" else Panes(Path(sys.argv[2]), side=sys.argv[3] == "side")
    app.run(mouse=False)
