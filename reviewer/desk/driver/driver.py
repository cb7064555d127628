"""The driver that sends only changed cells, and waits for the terminal to keep up."""

import asyncio
import contextlib
import os
import select
import signal
import time
from codecs import getincrementaldecoder
from types import FrameType
from typing import Any

from textual import constants, messages
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.screen import Screen

from reviewer.desk.driver.answers import MARGINS, QUESTION, WHOLE_FRAMES, Answers, question
from reviewer.desk.driver.cells import Picture, is_frame
from reviewer.desk.driver.choice import asks_for_margins
from reviewer.desk.driver.difference import AFRESH, Sent
from reviewer.desk.driver.output import OutputDriver
from reviewer.desk.driver.pacing import Pace
from reviewer.desk.driver.passing import passes
from reviewer.desk.driver.scrolling import best_writing
from reviewer.desk.first import Shown

OTHER_SCREEN = "\x1b[?1049h"
"""Asked for again, some terminals would clear it."""
WHOLE = 200
"""A longer frame is shown at once, where the terminal can."""
TURNS = 16
"""Turns of the event loop that a frame waits for another one that follows from the same key."""
NEXT_S = 1.2 / constants.MAX_FPS
"""By then Textual has drawn what it had still to draw."""
LULL_S = 0.1
QUIET_S = 1.0


class CellDriver(OutputDriver):
    """Keeps a picture of what the terminal shows, and writes the differences to it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._picture = Picture(0, 0)
        self._sent: list[Sent] = []
        self._place = (-1, -1)
        self._pace = Pace(time.monotonic)
        self._timer: asyncio.TimerHandle | None = None
        self._turns = 0
        self._has_margins = self._asks_margins = False
        self._first: Shown | None = None
        """What the terminal shows before the desk has drawn for the first time."""

    def begin_with(self, first: Shown) -> None:
        """Take over a terminal that shows this, and leave it so until the desk `has_drawn`."""
        self._picture = Picture(len(first.rows[0]), len(first.rows))
        self._picture.rows = [[*row] for row in first.rows]
        self._sent = [[*row] for row in first.rows]
        self._place = first.place
        self._first = first
        self._ask_again()

    def has_drawn(self) -> None:
        """Take the frames that Textual writes from now on for what is to be shown."""
        if self._first is not None:
            self._first = None
            # Nothing has to be drawn by which it could be asked.
            if self._asks_margins:
                self._asks_margins = False
                super().write(question(MARGINS))
            self._draw_soon()

    # The terminal taken and given back

    def start_application_mode(self) -> None:
        """Take the terminal. What it shows is not known."""
        self._pace = Pace(time.monotonic)
        known = self._first is not None
        if not known:
            self.forget()
        super().start_application_mode()
        usual = signal.getsignal(signal.SIGWINCH)

        def on_resize(number: int, frame: FrameType | None) -> None:
            # A terminal cuts and moves its text as it likes, even where it gets its size back.
            self._loop.call_soon_threadsafe(self._draw_anew)
            if callable(usual):
                usual(number, frame)

        if callable(usual):
            signal.signal(signal.SIGWINCH, on_resize)
        if not known:
            # It may be a signal that woke the desk, in the midst of anything.
            self._loop.call_soon_threadsafe(self._draw_anew)

    def disable_input(self) -> None:
        """Listen no more. Answers that are on their way would go to the shell: they are awaited."""
        self._no_timer()
        while self._pace.pending and self._key_thread and self._key_thread.is_alive():
            time.sleep(0.005)
        super().disable_input()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        super().stop_application_mode()
        self._no_timer()

    # Drawing

    def forget(self) -> None:
        """Draw everything anew with the next frame: the terminal may show something else.

        It may be another one by now, too: it is asked again what it can do.
        """
        self._ask_again()
        self._sent = [[None] * self._picture.width for _ in self._picture.rows]
        self._picture.changed = set(range(self._picture.height))
        self._place = (-1, -1)

    def _ask_again(self) -> None:
        self._has_margins = False
        self._asks_margins = asks_for_margins(os.environ)

    def _draw_anew(self) -> None:
        self.forget()
        self._draw_in(LULL_S)

    def write(self, data: str) -> None:
        """Take in a frame, or pass on one of the few other things that may be written."""
        if is_frame(data):
            self._fit()
            self._picture.read(data)
            self._draw_soon()
        elif passes(data) and not (self._first is not None and data == OTHER_SCREEN):
            super().write(data)

    def _fit(self) -> None:
        size = self._app.size
        if (size.width, size.height) != (self._picture.width, self._picture.height):
            self._picture = Picture(size.width, size.height)
            self.forget()

    def _draw_soon(self) -> None:
        """Draw when the desk has done what it has to do: a new layout comes in several frames."""
        if not self._turns:
            self._loop.call_soon(self._turn)
        self._turns = TURNS

    def _turn(self) -> None:
        self._turns -= 1
        if self._turns:
            self._loop.call_soon(self._turn)
        elif screen := self._unfinished():
            # Textual would do it at the next beat of a clock of its own.
            screen.call_next(screen._on_timer_update)
            self._draw_in(NEXT_S)
        else:
            self._draw()

    def _unfinished(self) -> Screen[Any] | None:
        """The screen, where Textual has not put all of it together yet."""
        screens = self._app._screen_stacks and self._app.screen_stack
        if screens and (screens[-1]._dirty_widgets or screens[-1]._layout_required):
            return screens[-1]
        return None

    def _draw(self) -> None:
        """Send what has changed, or see to it that it is sent when its time comes."""
        writer = self._writer_thread
        if not self.has_terminal or writer is None or not writer.is_alive():
            return
        if self._first is not None:
            return
        self._no_timer()
        wait = self._pace.wait()
        if wait > 0:
            self._draw_in(wait)
            return
        body = self._differences()
        if body:
            self._send(body)

    def _differences(self) -> str:
        """What brings the terminal to the newest picture, which it is then taken to show."""
        picture, sent = self._picture, self._sent
        rows = sorted(picture.changed)
        picture.changed = set()
        new = [y for y in rows if picture.rows[y] != sent[y]]
        afresh = AFRESH if any(None in sent[y] for y in new) else ""
        shown = (picture.rows, sent, new)
        pen = best_writing(*shown, picture.cursor, self._place, margins=self._has_margins)
        for y in new:
            sent[y] = [*picture.rows[y]]
        self._place = (pen.x, pen.y)
        return f"{afresh}{pen.text}"

    def _send(self, body: str) -> None:
        if len(body) > WHOLE and self._app._sync_available:
            body = f"{SYNC_START}{body}{SYNC_END}"
        if self._asks_margins:
            body += question(MARGINS)
            self._asks_margins = False
        asks = self._pace.asks
        if asks:
            body += QUESTION
        self._pace.sent(len(body.encode()), asked=asks)
        super().write(body)

    def _draw_in(self, seconds: float) -> None:
        self._no_timer()
        self._timer = self._loop.call_later(seconds, self._draw)

    def _no_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_answer(self) -> None:
        if self._timer is not None:
            self._draw()

    # Listening

    def run_input_thread(self) -> None:
        """Read keys, and the answers between them."""
        parser, answers = XTermParser(self._debug), Answers()
        decode = getincrementaldecoder("utf-8")("replace").decode
        poll = select.poll()
        poll.register(self.fileno, select.POLLIN)
        heard = time.monotonic()
        while not self.exit_event.is_set():
            typed = ""
            if poll.poll(LULL_S * 1000):
                data = os.read(self.fileno, 4096)
                if not data:
                    # The line is gone: whoever watches it will end this.
                    self.exit_event.wait(LULL_S)
                typed, count = answers.take(decode(data))
                heard = time.monotonic()
                self._answered(count)
                self._told(answers.modes)
            elif time.monotonic() - heard > QUIET_S:
                typed = answers.rest()
            for event in [*(parser.feed(typed) if typed else ()), *parser.tick()]:
                self.process_message(event)

    def _answered(self, count: int) -> None:
        for _ in range(count):
            self._pace.answered()
        if count:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._on_answer)

    def _told(self, modes: set[int]) -> None:
        if MARGINS in modes:
            self._has_margins = True
        if WHOLE_FRAMES in modes:
            self.process_message(messages.TerminalSupportsSynchronizedOutput())
        modes.clear()


def forget_screen(app: App[Any]) -> None:
    """Have everything drawn anew, whatever another program wrote over it."""
    if isinstance(app._driver, CellDriver):
        app._driver.forget()
