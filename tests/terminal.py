"""A terminal for tests: a real pseudo-terminal under the program, an emulated screen above it.

What must hold: `raw` is every byte the program wrote; the screen shows what xterm would show
for them; nothing of the developer's environment reaches the program; and no test sleeps.
"""

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import tempfile
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Self

from pyte.screens import Char, wcwidth

from tests.screen import Screen

TIMEOUT = 15.0
HANG_UP = signal.SIGHUP, signal.SIG_DFL  # even with a nohup somewhere above the tests
Wanted = str | Callable[["Terminal"], bool]
ASKING = re.compile(rb"(\x1b\[|\xc2\x9b)[0-?]*[ -/]*([cnup]|\Z)|(\x1b|\xc2)\Z")
KEYS = {"space": " ", "enter": "\r", "tab": "\t", "esc": "\x1b", "backspace": "\x7f"}
KEYS |= {"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H"}
KEYS |= {"end": "\x1b[F", "delete": "\x1b[3~", "pageup": "\x1b[5~", "pagedown": "\x1b[6~"}
KEYS |= {"shift+tab": "\x1b[Z", "ctrl+space": "\0", "f1": "\x1bOP", "f2": "\x1bOQ"}


def key_bytes(name: str) -> bytes:
    """What xterm sends for a key: "j", "Ж", "ctrl+l", "alt+x", "pagedown", "shift+tab"."""
    if name.startswith("alt+"):
        return b"\x1b" + key_bytes(name.removeprefix("alt+"))
    if re.fullmatch(r"ctrl\+[@-_a-z]", name):
        return bytes([ord(name[-1]) & 0x1F])
    return (name if len(name) == 1 else KEYS[name]).encode()


class Terminal:
    """A program in a terminal, as its reader sees and drives it. Use it in a `with` block."""

    def __init__(
        self, command: Sequence[str], columns: int = 80, rows: int = 24, *, answers: bool = True,
        env: Mapping[str, str | None] | None = None, cwd: str | Path | None = None,
        kind: type[Screen] = Screen,
    ) -> None:  # fmt: skip
        """Lay `env` over a clean environment: None takes a name out, HOME is an empty directory
        unless given. With `answers=False` the terminal leaves every query unanswered."""
        self._home = tempfile.TemporaryDirectory(prefix="terminal-home-")
        clean = {"PATH": os.environ.get("PATH", os.defpath), "HOME": self._home.name, "TZ": "UTC"}
        merged = {**clean, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})}
        self.raw, self._outbox, self._answers = b"", b"", answers
        self._emulated, self._undrawn, self._owed = kind(columns, rows), b"", False
        master, line = pty.openpty()
        os.set_blocking(master, False)
        termios.tcsetwinsize(line, (rows, columns))
        self._program = subprocess.Popen(
            command, env={name: value for name, value in merged.items() if value is not None},
            cwd=cwd, stdin=line, stdout=line, stderr=line, start_new_session=True,
            preexec_fn=lambda: (fcntl.ioctl(0, termios.TIOCSCTTY, 0), signal.signal(*HANG_UP)),
        )  # fmt: skip
        os.close(line)
        self.pid, self._line, self._up = self._program.pid, os.fdopen(master, "r+b", 0), True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None and "┌" not in str(error):
            error.add_note(self.picture("the terminal at that moment"))
        if self.alive():
            os.killpg(self.pid, signal.SIGKILL)
        self._program.wait()
        self.hang_up()
        self._home.cleanup()

    @property
    def _screen(self) -> Screen:
        """The screen with all that came drawn on it: until somebody looks, nothing need be."""
        if self._undrawn:
            data, self._undrawn = self._undrawn, b""
            self._outbox += self._emulated.feed(data).encode() * self._answers
        return self._emulated

    @property
    def screen(self) -> list[str]:
        return [*self._screen.shown()]

    @property
    def text(self) -> str:
        return "\n".join(self.screen)

    @property
    def on_alternate_screen(self) -> bool:
        return self._screen.main is not None

    def is_set(self, mode: int) -> bool:
        """Whether a private mode is on: 25 cursor shown, 1000 mouse, 1004 focus, 2004 paste."""
        return mode << 5 in self._screen.mode  # pyte's way to mark a private mode

    def find(self, text: str) -> tuple[int, int]:
        """Row and column, in cells from 0, of the first place where the text stands."""
        for row, line in enumerate(self.screen):
            if text in line:
                return row, sum(max(0, wcwidth(char)) for char in line[: line.index(text)])
        raise AssertionError(self.picture(f"not on the screen: {text!r}"))

    def row_of(self, text: str) -> int:
        return self.find(text)[0]

    def style_at(self, row: int, column: int) -> Char:
        """pyte's word for a cell: bold, italics, underscore, reverse, fg, bg (yellow: "brown")."""
        return self._screen.buffer[row][column]

    def picture(self, heading: str) -> str:
        about = f"exit status {self._program.poll()}, not drawn: {sorted(self._screen.not_drawn)}"
        lines = [f"{row:3}│{line}" for row, line in enumerate(self.screen)]
        return "\n".join([heading, about, "   ┌" + "─" * self._screen.columns, *lines])

    def wait_for(self, wanted: Wanted, timeout: float = TIMEOUT, why: str = "") -> None:
        """Return when the text stands on the screen, or the predicate holds."""
        seen = wanted if callable(wanted) else lambda term: wanted in term.text
        end = monotonic() + timeout
        # Between ?2026h and ?2026l a picture is half drawn, and a reader does not see it yet.
        while (self._up and self.is_set(2026)) or not seen(self):
            if not self._up or monotonic() > end:
                raise AssertionError(self.picture(why or f"waited in vain for {wanted!r}"))
            self._turn(min(0.01, end - monotonic()))  # a predicate may look elsewhere too

    def wait_gone(self, text: str, timeout: float = TIMEOUT) -> None:
        self.wait_for(lambda term: text not in term.text, timeout, f"did not go: {text!r}")

    def settle(self, gap: float = 0.1, timeout: float = TIMEOUT) -> None:
        """Return when the program has been silent for `gap`; after a key it has 1 s to begin."""
        end, since = monotonic() + timeout, monotonic()
        while (left := since + max(gap, 1.0 * self._owed) - monotonic()) > 0 and self._up:
            since = monotonic() if self._turn(left) else since
            if monotonic() > end:
                raise AssertionError(self.picture(f"never silent for {gap:g} s"))
        self._owed = False

    def mark(self) -> int:
        return len(self.raw)

    def since(self, mark: int) -> bytes:
        return self.raw[mark:]

    def press(self, *keys: str) -> None:
        for key in keys:
            self._send(key_bytes(key))
            if key == "esc":
                self.settle(0.15)  # a key sent within 0.1 s would make alt+key of it

    def type(self, text: str) -> None:
        self._send(text.replace("\n", "\r").encode())

    def resize(self, columns: int, rows: int) -> None:
        while self._turn(0):
            pass  # what was written for the old size is drawn at the old size
        screen, y = self._screen, self._screen.cursor.y
        # xterm cuts rows below the cursor first, pyte only at the top.
        screen.margins, screen.lines = None, min(screen.lines, max(rows, y + 1))
        screen.resize(rows, columns)
        screen.cursor_position(y + 1, screen.cursor.x + 1)
        screen.feed(b"")
        termios.tcsetwinsize(self._line, (rows, columns))
        self._owed = True

    def hang_up(self) -> None:
        """Drop the line: the program gets SIGHUP, and end of file from then on."""
        self._line.close()
        self._up = False

    def kill(self, number: int = signal.SIGKILL) -> None:
        self._program.send_signal(number)

    def alive(self) -> bool:
        return self._program.poll() is None

    def wait_exit(self, timeout: float = TIMEOUT) -> int:
        """Return the exit status; minus the signal's number if a signal ended the program."""
        end = monotonic() + timeout
        while self.alive() or self._turn(0):
            if monotonic() > end:
                raise AssertionError(self.picture("still running"))
            self._turn(0.01)
        return self._program.wait()

    def cpu_seconds(self) -> float:
        """Processor time of the living program, to 0.01 s (Linux)."""
        used = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(int(ticks) for ticks in used) / float(os.sysconf("SC_CLK_TCK"))

    def _send(self, data: bytes) -> None:
        self._outbox += data
        self._turn(0)  # what does not go through at once goes with the waits that follow
        self._owed = True

    def _turn(self, seconds: float) -> bool:
        """Wait for the line, read what came, write what waits; whether anything came."""
        line, data = [self._line] if self._up else [], b""
        readable, _, _ = select.select(line, line if self._outbox else [], [], max(0, seconds))
        if readable:
            with suppress(OSError):  # Linux has an error for the end of the line
                data = self._line.read(65536) or b""
            self._up, self._owed, self.raw = bool(data), False, self.raw + data
            self._undrawn, new = self._undrawn + data, max(0, len(self._undrawn) - 64)
            if ASKING.search(self._undrawn, new):
                _ = self._screen  # to answer
        with suppress(OSError, ValueError):  # the line may be down, or closed by now
            self._outbox = self._outbox[self._line.write(self._outbox) or 0 :]
        return bool(data)
