"""The terminal under the plain front end: one key at a time, and left as it was found."""

import contextlib
import os
import shutil
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from types import FrameType

from reviewer.lines.base import Means
from reviewer.lines.typing_in import Keyboard, Lines, Typing

ENDING = (signal.SIGHUP, signal.SIGTERM)
USUAL_SIZE = (80, 24)
Handler = Callable[[int, FrameType | None], object] | int | None


class LineGoneError(Exception):
    """Nobody is at the other end of the line any more."""


def write(text: str) -> None:
    """Write to the terminal at once.

    Raises:
        LineGoneError: the terminal is gone, or nobody reads.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Python writes what is left once more when it ends: let that go nowhere.
        with contextlib.suppress(OSError, ValueError):
            sink = os.open(os.devnull, os.O_WRONLY)
            os.dup2(sink, sys.stdout.fileno())
            os.close(sink)
        raise LineGoneError from error


def say(line: str) -> None:
    """Write a line."""
    write(f"{line}\n")


@contextlib.contextmanager
def means() -> Iterator[Means]:
    """How to speak and listen: key by key on a terminal, else line by line."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)
    width = shutil.get_terminal_size(USUAL_SIZE).columns - 1 if sys.stdout.isatty() else 0
    if not sys.stdin.isatty():
        lines = Lines(sys.stdin, say)
        yield Means(lines.key, say, lines.ask, width=width)
        return
    with KeyByKey(sys.stdin.fileno()) as mode:
        keyboard = Keyboard(sys.stdin.fileno())
        yield Means(keyboard, say, Typing(keyboard, write, width), mode.outside, width)


class KeyByKey:
    """A terminal that gives each key at once and does not show it, until the end."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._found = termios.tcgetattr(handle)
        self._handlers: dict[int, Handler] = {}
        self._ours = False

    def __enter__(self) -> "KeyByKey":
        for number in (*ENDING, signal.SIGCONT):
            if signal.getsignal(number) is not signal.SIG_IGN:
                handler = self._wake if number == signal.SIGCONT else self._end
                self._handlers[number] = signal.signal(number, handler)
        self._take()
        return self

    def __exit__(self, *_: object) -> None:
        self._restore()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    @contextlib.contextmanager
    def outside(self) -> Iterator[None]:
        """The terminal as it was found, for another program."""
        self._restore()
        try:
            yield
        finally:
            self._take()

    def _take(self) -> None:
        self._ours = True
        mode = termios.tcgetattr(self._handle)
        mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        # What was typed meanwhile is kept.
        termios.tcsetattr(self._handle, termios.TCSADRAIN, mode)

    def _restore(self) -> None:
        self._ours = False
        # A terminal that is gone needs nothing.
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(self._handle, termios.TCSANOW, self._found)

    def _end(self, number: int, _: FrameType | None) -> None:
        self._restore()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def _wake(self, _number: int, _: FrameType | None) -> None:
        # The shell may have changed the mode while the program slept.
        with contextlib.suppress(termios.error, OSError):
            if self._ours:
                self._take()
