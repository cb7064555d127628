"""The Textual app: it holds the terminal, and lets go of it whatever happens."""

import contextlib
import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Sequence
from typing import Any

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter
from textual.widget import Widget

from reviewer.desk.driver.choice import STOCK, chosen
from reviewer.desk.driver.driver import CellDriver
from reviewer.desk.driver.output import OutputDriver
from reviewer.desk.keys import TakesKeys
from reviewer.desk.reading import Reading
from reviewer.desk.review import ReviewScreen
from reviewer.service.config import Config
from reviewer.service.crash import write_crash_log
from reviewer.service.keymap import keymap
from reviewer.service.places import Place, Places
from reviewer.service.session import Session
from reviewer.text.display import display

# First of all an end to whatever sequence was being written.
RESTORE = (
    b"\x18\x1b[<u\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    b"\x1b[?2004l\x1b[?1004l\x1b[?7h\x1b[?25h\x1b[0m\x1b[?69l\x1b[r\x1b[?1049l"
)
PATIENCE_S = 0.2
RETRY_S = 0.005


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
    CSS_PATH = "app.tcss"

    def __init__(self, screen: ReviewScreen) -> None:
        driver = OutputDriver if chosen(os.environ) == STOCK else CellDriver
        super().__init__(driver_class=driver, ansi_color=True)
        self.theme = "ansi-dark"
        self.animation_level = "none"
        self.desk = screen
        self.crash = ""

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
            isinstance(front, TakesKeys) and front.take_key(event)
        )
        if front.focused is None and not taken:
            await super().on_event(event)
        elif front.focused is not None and not taken:
            await self._write(front.focused, event)

    async def _write(self, widget: Widget, event: events.Key | events.Paste) -> None:
        # In a queue of the widget's, it would be overtaken by what ends the writing.
        event._set_forwarded()
        event.stop()
        with widget._context():
            await widget._dispatch_message(event)
        if isinstance(event, events.Key) and not event._no_default_action:
            await self._check_bindings(event.key)
        self.desk.keep_note()

    def on_mount(self) -> None:
        """Open the desk."""
        self.push_screen(self.desk, self._left)

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
        try:
            log = f"What happened is in {write_crash_log(error)}"
        except OSError as failed:
            log = f"No log of it could be written ({failed.strerror})."
        return f"The desk failed ({type(error).__name__}). Nothing that was recorded is lost. {log}"


def run_desk(session: Session, *, filter_text: str = "", config: Config | None = None) -> int:
    """Open the desk on the terminal until the reader leaves.

    Args:
        session: the open case; it is not closed here.
        filter_text: a filter to begin with, instead of the one left in force.
        config: the reader's settings.

    Returns:
        The exit code: 0, or 1 where the desk failed.

    Raises:
        ReviewerError: a filter or a keymap that cannot be understood.
    """
    config = config or Config()
    keys = keymap(config.keys, aliases=config.keyboard_aliases, where=config.where)
    reading = Reading(session, Places(session.about.id, session.reader))
    place = reading.resume(reading.places.place(), filter_text)
    app = ReviewApp(ReviewScreen(reading, keys, _greeting(reading, place), place))
    attributes = _terminal_attributes()
    end = _ending(app, attributes)
    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, lambda n, _frame: end(n))
    threading.Thread(target=_watch_line, args=(end,), daemon=True).start()
    code = app.run(mouse=config.mouse)
    if app.crash:
        print(f"reviewer: {display(app.crash, newlines=False)}", file=sys.stderr)
        return 1
    return code or 0


def _greeting(reading: Reading, place: Place | None) -> str:
    about = reading.session.about
    if reading.view is None:
        return "? lists the keys, q leaves."
    where = f"Back at {reading.claim}, where you left. " if place else ""
    fiction = "A fictional exercise. " if about.exercise else ""
    readonly = "Read-only: nothing can be recorded. " if reading.session.readonly else ""
    # One row at 80 columns: a second one would be taken from the evidence.
    digits = "" if fiction or readonly or where else "A digit gives a verdict, "
    return f"{fiction}{readonly}{where}{digits}? lists the keys, q leaves."


def _terminal_attributes() -> list[Any] | None:
    try:
        return termios.tcgetattr(sys.__stdin__.fileno()) if sys.__stdin__ else None
    except (termios.error, OSError, ValueError):
        return None


def _ending(app: ReviewApp, attributes: list[Any] | None) -> Any:
    def end(number: int) -> None:
        """End at once: all is saved already, and the terminal may be gone."""
        with contextlib.suppress(OSError, termios.error):
            driver = app._driver
            ours = isinstance(driver, OutputDriver) and driver.has_terminal
            # In the background the terminal is somebody else's.
            if ours and os.tcgetpgrp(0) == os.getpgrp():
                _give_back(attributes)
        os._exit(128 + number)

    return end


def _give_back(attributes: list[Any] | None) -> None:
    # A file of our own on the line: what is set on the one we were given, the shell has too.
    line = os.open(os.ttyname(1), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    # What the thread that draws has still to write goes nowhere; what it is writing now ends
    # before ours begins. A line that takes nothing is not waited for.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with contextlib.suppress(BlockingIOError):
            os.write(line, RESTORE)
            break
        time.sleep(RETRY_S)
    # Keys that were meant for the desk are no commands for the shell.
    termios.tcflush(0, termios.TCIFLUSH)
    if attributes is not None:
        termios.tcsetattr(0, termios.TCSANOW, attributes)


def _watch_line(end: Any) -> None:
    # A poll for nothing still reports a line that was hung up: it costs nothing, and ends a
    # program whose SIGHUP was ignored, which would otherwise read the dead line for ever.
    poll = select.poll()
    poll.register(0, 0)
    poll.poll()
    end(signal.SIGHUP)
