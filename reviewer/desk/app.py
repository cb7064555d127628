"""The Textual app: it holds the terminal, and lets go of it whatever happens."""

import gc
import os
import sys
from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.color import Color
from textual.driver import Driver
from textual.filter import LineFilter
from textual.widget import Widget

from reviewer.desk.driver.choice import STOCK, chosen
from reviewer.desk.driver.driver import CellDriver
from reviewer.desk.driver.output import OutputDriver
from reviewer.desk.first import Shown
from reviewer.desk.keys import TakesKeys, key_of
from reviewer.desk.painter import Painter
from reviewer.desk.review import ReviewScreen
from reviewer.desk.terminal import Terminal
from reviewer.service.crash import missing_library, write_crash_log
from reviewer.text.display import display

PREPARE_S = 0.3
"""So long after the desk is up it gets ready to record, unless somebody records before."""


class SafeFilter(LineFilter):
    """The last guard before the terminal: whatever widget drew it, nothing in it can act."""

    def apply(self, segments: list[Segment], _background: Color) -> list[Segment]:
        """The segments with everything that could act made visible, a line break too."""
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(display(segment.text, newlines=False), segment.style)
            for segment in segments
        ]


class ReviewApp(App[int], inherit_bindings=False):
    """The desk on one case."""

    ENABLE_COMMAND_PALETTE = False
    # A line is focused while it is written, by who opens it: what is pasted at another time
    # must not go into one that is not shown.
    AUTO_FOCUS = None
    CSS_PATH = "app.tcss"

    def __init__(self, screen: ReviewScreen) -> None:
        self.begins: Callable[[Driver], None] = lambda _: None
        """What is done with the driver before it takes the terminal."""
        driver = OutputDriver if chosen(os.environ) == STOCK else CellDriver
        super().__init__(driver_class=driver, ansi_color=True)
        self.theme = "ansi-dark"
        self.animation_level = "none"
        self.desk = screen
        self.crash = ""

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        driver = super()._build_driver(headless, inline, mouse, size)
        self.begins(driver)
        return driver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and ours behind them."""
        return [*super().get_line_filters(), SafeFilter()]

    async def on_event(self, event: events.Event) -> None:
        """Deal with a key, or with pasted text, to its end: see `keys`."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        front = self.screen
        await front._mounted_event.wait()
        taken = isinstance(event, events.Key) and (
            self._helped(event) or (isinstance(front, TakesKeys) and front.take_key(event))
        )
        if front.focused is None and not taken:
            await super().on_event(event)
        elif front.focused is not None and not taken:
            await self._write(front.focused, event)

    def _helped(self, event: events.Key) -> bool:
        """`?` over the desk, where nothing is being written."""
        front = self.screen
        if front is self.desk or front.focused is not None or key_of(event) != "?":
            return False
        from reviewer.desk.helps import help_of

        told = help_of(front)
        if told is not None:
            self.push_screen(told)
        return told is not None

    async def _write(self, widget: Widget, event: events.Key | events.Paste) -> None:
        # In a queue of the widget's, it would be overtaken by what ends the writing.
        event._set_forwarded()
        event.stop()
        # Where the first note is written is made when it is opened.
        await widget._mounted_event.wait()
        with widget._context():
            await widget._dispatch_message(event)
        if isinstance(event, events.Key) and not event._no_default_action:
            await self._check_bindings(event.key)
        self.desk.keep_note()

    def on_mount(self) -> None:
        """Open the desk."""
        self.push_screen(self.desk, self._left)
        self.desk.call_after_refresh(self._has_drawn)

    def _has_drawn(self) -> None:
        if not gc.isenabled():
            # See `opening`: what is there now is never garbage.
            gc.freeze()
            gc.enable()
        self.set_timer(PREPARE_S, self.desk.session.prepare)
        if isinstance(self._driver, CellDriver):
            self._driver.has_drawn()

    def _left(self, code: int | None) -> None:
        self.exit(code or 0)

    def panic(self, *_renderables: object) -> None:
        """Tell of a fault that Textual would print in its own way as of any other."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        # Textual's own prints the local variables, and with them the evidence. Where one
        # fault brings on another, the first is told.
        if not self.crash:
            self.crash = self._told(sys.exc_info()[1] or self._exception)
        self._close_messages_no_wait()

    @staticmethod
    def _told(error: BaseException | None) -> str:
        if error is None:
            return "The desk failed. Nothing that was recorded is lost."
        if said := missing_library(error):
            return said
        try:
            log = f"What happened is in {write_crash_log(error)}"
        except OSError as failed:
            log = f"No log of it could be written ({failed.strerror})."
        return f"The desk failed ({type(error).__name__}). Nothing that was recorded is lost. {log}"


def run_app(painter: Painter, terminal: Terminal, first: Shown | None, *, mouse: bool) -> int:
    """Run the desk on a terminal that was taken, until the reader leaves.

    Args:
        painter: draws the desk, and may have drawn it.
        terminal: given over to the driver, which gives it back to the shell.
        first: what stands on it already, if anything.
        mouse: whether the mouse is the desk's.

    Returns:
        The exit code: 0, or 1 where the desk failed.
    """
    app = ReviewApp(ReviewScreen(painter))

    def begins(driver: Driver) -> None:
        if isinstance(driver, OutputDriver):
            driver.terminal = terminal
            terminal.driver_has_it = lambda: driver.has_terminal
        if isinstance(driver, CellDriver) and first is not None:
            driver.begin_with(first)

    app.begins = begins
    code = app.run(mouse=mouse)
    if app.crash:
        print(f"reviewer: {display(app.crash, newlines=False)}", file=sys.stderr)
        return 1
    return code or 0
