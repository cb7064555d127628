"""The terminal taken before anything is drawn, and given back whatever happens.

It is made silent at once, so that what is typed while the program starts is neither echoed
nor lost: the desk reads it as its first keys.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

# First of all an end to whatever sequence was being written.
RESTORE = (
    b"\x18\x1b[<u\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    b"\x1b[?2004l\x1b[?1004l\x1b[?7h\x1b[?25h\x1b[0m\x1b[?69l\x1b[r\x1b[?1049l"
)
PATIENCE_S = 0.2
RETRY_S = 0.005

_LINES = 3  # where `tcgetattr` has the flags of lines, and those of input
_INPUT = 0
_SILENT = termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG
_AS_TYPED = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR


class Terminal:
    """The reader's terminal, from before the first frame until the desk has ended.

    Use it as a context manager: it takes the terminal, ends the program well on SIGHUP and
    SIGTERM, and gives the terminal back where the desk did not come to do so.
    """

    def __init__(self) -> None:
        self.attributes: list[Any] | None = None
        """What was set on it before; None where it is none."""
        self.held = False
        """Whether it is to be given back by this, and not by the desk's driver."""
        self.drawn = False
        """Whether something stands on its other screen."""
        self.driver_has_it: Callable[[], bool] = bool

    def __enter__(self) -> Terminal:
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, lambda n, _frame: self.end(n))
        try:
            self.attributes = termios.tcgetattr(0)
            silent = termios.tcgetattr(0)
            silent[_LINES] &= ~_SILENT
            silent[_INPUT] &= ~_AS_TYPED
            silent[-1][termios.VMIN] = 1
            self.held = True
            termios.tcsetattr(0, termios.TCSANOW, silent)
        except (termios.error, OSError):
            self.attributes, self.held = None, False
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self.held:
            return
        self.held = False
        # A line that is gone has nothing to be given back.
        with contextlib.suppress(OSError, termios.error):
            if self.drawn:
                self.write(RESTORE)
            if self.attributes is not None:
                termios.tcsetattr(0, termios.TCSANOW, self.attributes)

    def write(self, data: bytes) -> None:
        """Write all of this to the terminal.

        Raises:
            OSError: the line is gone.
        """
        sys.stdout.flush()
        while data:
            data = data[os.write(1, data) :]

    def end(self, number: int) -> None:
        """End at once with a signal: all is saved already, and the terminal may be gone."""
        try:
            # In the background the terminal is somebody else's.
            if (self.held or self.driver_has_it()) and os.tcgetpgrp(0) == os.getpgrp():
                self._give_back()
        except (OSError, termios.error):
            pass
        finally:
            os._exit(128 + number)

    def _give_back(self) -> None:
        from time import monotonic, sleep

        if self.drawn or not self.held:
            # A file of our own on the line: what is set on the one we were given, the shell
            # has too.
            line = os.open(os.ttyname(1), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
            # What the thread that draws has still to write goes nowhere; what it is writing
            # now ends before ours begins. A line that takes nothing is not waited for.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            until = monotonic() + PATIENCE_S
            while monotonic() < until:
                try:
                    os.write(line, RESTORE)
                    break
                except BlockingIOError:
                    sleep(RETRY_S)
        # Keys that were meant for the desk are no commands for the shell.
        termios.tcflush(0, termios.TCIFLUSH)
        if self.attributes is not None:
            termios.tcsetattr(0, termios.TCSANOW, self.attributes)

    def watch(self) -> None:
        """End the program when the line is hung up, even where SIGHUP is ignored.

        It would otherwise read the dead line for ever.
        """
        import select
        import threading

        def wait() -> None:
            # A poll for nothing still reports a line that was hung up, and costs nothing.
            poll = select.poll()
            poll.register(0, 0)
            poll.poll()
            self.end(signal.SIGHUP)

        threading.Thread(target=wait, daemon=True).start()
