"""A terminal for tests: a real pseudo-terminal under the program, an emulated screen above it.

What must hold: `raw` is every byte the program wrote; the screen shows what xterm would show
for them; nothing of the developer's environment reaches the program; and no test sleeps.
"""

import codecs
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
from copy import copy
from pathlib import Path
from time import monotonic
from typing import Any, Self

import pyte
from pyte.screens import Char, Cursor, wcwidth

TIMEOUT = 15.0
HANG_UP = signal.SIGHUP, signal.SIG_DFL  # even with a nohup somewhere above the tests
Wanted = str | Callable[["Terminal"], bool]
SEVEN_BIT = {c1: f"\x1b{chr(c1 - 0x40)}" for c1 in range(0x80, 0xA0)}
TOKEN = re.compile(
    r"(?P<plain>[^\x1b]+|\x1b[0-OQ-WYZ\\`-~])|\x1b[ -/]+[0-~]"
    r"|\x1b\[(?P<numbers>[0-?]*)(?P<code>[ -/]*[@-~])"
    r"|\x1b\][^\x07\x18\x1a\x1b]*(?:[\x07\x18\x1a]|\x1b\\)"  # OSC; then DCS, SOS, PM, APC
    r"|\x1b[PX^_][^\x18\x1a\x1b]*(?:[\x18\x1a]|\x1b\\)"
    r"|(?P<broken>\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x18\x1a\x1b]*|[PX^_][^\x18\x1a\x1b]*|[ -/]*))"
)
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


class Screen(pyte.Screen):
    """Both screens of a terminal, fed with bytes: pyte 0.8, and what xterm does differently."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self.main: tuple[dict[int, Any], Cursor] | None = None  # while the alternate one shows
        self.not_drawn: set[str] = set()
        self._stream, self._rest = pyte.Stream(self), ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def feed(self, data: bytes) -> str:
        """Draw what came; return what the terminal replies to the queries in it."""
        text, at, replies = self._rest + self._decode(data).translate(SEVEN_BIT), 0, ""
        while found := TOKEN.match(text, at):
            if found["broken"] and text[found.end() :] in ("", "\x1b"):
                break  # not broken: its end is still to come
            at = found.end()
            if found["code"]:
                replies += self._reply(found["numbers"] + found["code"])
                self._control(found[0], found["numbers"], found["code"])
            elif found["plain"]:
                self._stream.feed(found[0])
        self._rest = text[at:]
        return replies

    def _reply(self, query: str) -> str:
        answers = {"6n": f"{self.cursor.y + 1};{min(self.cursor.x + 1, self.columns)}R"}
        answers |= {"c": "?62;22c", "5n": "0n", "?u": "?0u", "?2026$p": "?2026;2$y"}
        answer = answers.get(query, f"{query[:-2]};0$y" if query.endswith("$p") else "")
        return answer and f"\x1b[{answer}"

    def _control(self, sequence: str, numbers: str, code: str) -> None:
        if numbers[:1] == "?" and code in ("h", "l"):
            for mode in numbers[1:].split(";"):
                if mode in ("47", "1047", "1049"):
                    self._switch(code == "h")
                elif mode.isdigit() and mode != "3":  # 132 columns: xterm ignores it too
                    self._stream.feed(f"\x1b[?{mode}{code}")
        attributes = self.cursor.attrs
        if code in "JKX":  # erased to the background alone, from the last column at the latest
            self.cursor.attrs = self.default_char._replace(bg=attributes.bg)
            self.ensure_hbounds()
        try:
            if not re.search("[<-?]", numbers):
                getattr(self, pyte.Stream.csi[code])(*(int(n or 0) for n in numbers.split(";")))
        except Exception:  # noqa: BLE001 - pyte raises any kind for what it does not know
            self.not_drawn.add(sequence)
        if code in "JKX":
            self.cursor.attrs = attributes
        elif code == "r" and numbers[:1] != "?":
            self.cursor_position()  # pyte forgets to, when the margins are taken off

    def _switch(self, alternate: bool) -> None:
        if alternate:  # entering clears, even a second time
            self.main = self.main or (self.buffer, copy(self.cursor))
            self.buffer = pyte.Screen(self.columns, self.lines).buffer
        elif self.main:
            (self.buffer, self.cursor), self.main = self.main, None
            self.cursor_position(self.cursor.y + 1, self.cursor.x + 1)  # it may be smaller now

    def draw(self, data: str) -> None:
        for text in [data] if data.isascii() and data.isprintable() else data:
            width = wcwidth(text[0])
            if width == 2 and self.cursor.x == self.columns - 1:
                self.cursor.x = self.columns  # half a character does not fit: wrap first
            if width > 0:
                super().draw(text)
            elif width == 0 and self.cursor.x:  # pyte drops the text after a joiner
                row, x = self.buffer[self.cursor.y], self.cursor.x - 1
                x -= row[x].data == "" and x > 0
                row[x] = row[x]._replace(data=row[x].data + text)

    def delete_lines(self, count: int | None = None) -> None:
        self.buffer |= {y: self.buffer[y] for y in range(self.lines)}  # pyte skips bare rows
        super().delete_lines(count)

    def line(self, y: int) -> str:
        """Join the cells: a wide character has an empty one after it, or else it is blank."""
        cells = [" ", *(self.buffer[y][x].data for x in range(self.columns)), " "]
        for x in range(self.columns + 1):
            if (wcwidth(cells[x][:1]) == 2) != (cells[x + 1] == ""):
                cells[x + (cells[x + 1] == "")] = " "
        return "".join(cells[1:]).rstrip()


class Terminal:
    """A program in a terminal, as its reader sees and drives it. Use it in a `with` block."""

    def __init__(
        self, command: Sequence[str], columns: int = 80, rows: int = 24, *, answers: bool = True,
        env: Mapping[str, str | None] | None = None, cwd: str | Path | None = None,
    ) -> None:  # fmt: skip
        """Lay `env` over a clean environment: None takes a name out, HOME is an empty directory
        unless given. With `answers=False` the terminal leaves every query unanswered."""
        self._home = tempfile.TemporaryDirectory(prefix="terminal-home-")
        clean = {"PATH": os.environ.get("PATH", os.defpath), "HOME": self._home.name, "TZ": "UTC"}
        merged = {**clean, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})}
        self.raw, self._outbox, self._answers = b"", b"", answers
        self._screen, self._owed = Screen(columns, rows), False
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
    def screen(self) -> list[str]:
        return [self._screen.line(y) for y in range(self._screen.lines)]

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
            self._turn(min(0.05, end - monotonic()))  # a predicate may look elsewhere too

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
            self._outbox += self._screen.feed(data).encode() * self._answers
        with suppress(OSError, ValueError):  # the line may be down, or closed by now
            self._outbox = self._outbox[self._line.write(self._outbox) or 0 :]
        return bool(data)
