"""The desk in one process with our driver, and two emulated screens under it.

Textual draws once; one screen is given what it writes as it is, the other what our driver
makes of it. The line between is the test's: nothing waits, nothing is threaded.
"""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reviewer.desk.app import ReviewApp
from reviewer.desk.driver.answers import MARGINS, QUESTION, question
from reviewer.desk.driver.driver import CellDriver
from tests.desk.reader import Reader, at_desk
from tests.margins import MarginScreen
from tests.screen import Screen

Look = tuple[object, ...]
SEEN_ON_BLANKS = ("bg", "underscore", "strikethrough", "reverse")
GARBAGE = "\x1b[41;4m\x1b[H" + "#\x1b[B\x1b[D" * 70


def look(screen: Screen) -> list[list[Look]]:
    """Every cell as it is seen: of a blank, only what shows on one."""
    return [
        [_look(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)
    ]


def _look(cell: Any) -> Look:
    if cell.data != " ":
        return tuple(cell)
    shown = tuple(getattr(cell, name) for name in SEEN_ON_BLANKS)
    return (" ", *shown, cell.fg if any(shown[1:]) else "")


def differing(one: Screen, other: Screen) -> list[tuple[int, int, Look, Look]]:
    """The first few cells that two screens show differently: row, column, both."""
    rows = zip(look(one), look(other), strict=True)
    return [
        (y, x, here, there)
        for y, (mine, its) in enumerate(rows)
        for x, (here, there) in enumerate(zip(mine, its, strict=True))
        if here != there
    ][:5]


class Wire:
    """In place of the thread that writes: what was written, and an answer at once."""

    def __init__(self, driver: EmulatedDriver) -> None:
        self.driver = driver

    def write(self, data: str) -> None:
        """Take what the driver sends."""
        self.driver.sent += data
        if self.driver.draws:
            self.driver.screen.feed(data.encode())
        assert not self.driver.screen.not_drawn
        if question(MARGINS) in data and self.driver.kind is MarginScreen:
            self.driver._told({MARGINS})
        self.driver._answered(data.count(QUESTION))

    def is_alive(self) -> bool:
        """It is up."""
        return True


class EmulatedDriver(CellDriver):
    """Our driver without a terminal of its own."""

    def __init__(self, *args: Any, **more: Any) -> None:
        handlers = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGCONT)}
        super().__init__(*args, **more)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        self.sent = self.stock = ""
        self.frames: list[str] = []
        self.draws = True
        self.kind: type[Screen] = Screen
        self.screen = self.stock_screen = Screen(1, 1)

    def bring(self, width: int, height: int) -> None:
        """Put it on two terminals of this size that show something else."""
        self.screen, self.stock_screen = self.kind(width, height), Screen(width, height)
        for screen in (self.screen, self.stock_screen):
            screen.feed(f"\x1b[?7l{GARBAGE}\x1b[m".encode())

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self.has_terminal = True
        self._writer_thread: Any = Wire(self)
        self.bring(*self._app.size)

    def disable_input(self) -> None:
        """There is none."""

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.has_terminal = False
        self._no_timer()

    def close(self) -> None:
        """Nothing is open."""

    def write(self, data: str) -> None:
        """Take what Textual writes, to both screens."""
        self.stock += data
        self.frames.append(data)
        if self.draws:
            self.stock_screen.feed(data.encode())
        super().write(data)


class Watched(Reader):
    """A reader whose two screens can be compared, and whose bytes are counted."""

    @property
    def driver(self) -> EmulatedDriver:
        """The driver of the desk."""
        driver: EmulatedDriver = self._driver
        return driver

    async def cost(self, *keys: str) -> int:
        """Press keys; the bytes that were sent for them, the question after each frame too."""
        before = len(self.driver.sent.encode())
        await self.press(*keys)
        return len(self.driver.sent.encode()) - before

    async def bring(self, width: int, height: int) -> None:
        """Go to another terminal, of this size."""
        self.driver.bring(width, height)
        await self.resize(width, height)

    def same(self, what: object) -> None:
        """Both screens show the same."""
        found = differing(self.driver.stock_screen, self.driver.screen)
        assert not found, self.picture(f"after {what}: {found}")


@asynccontextmanager
async def watched(
    path: Path, size: tuple[int, int] = (80, 24), kind: type[Screen] = Screen, **how: Any
) -> AsyncIterator[Watched]:
    """A reader at the desk, as `at_desk` has it, with our driver and such a screen under it."""

    def build(app: ReviewApp, **_: Any) -> EmulatedDriver:
        driver = app._driver = EmulatedDriver(app, mouse=False, size=size)
        driver.kind = kind
        return driver

    with patch.object(ReviewApp, "_build_driver", build):
        async with at_desk(path, size=size, **how) as reader:
            reader.__class__ = Watched
            assert isinstance(reader, Watched)
            yield reader
