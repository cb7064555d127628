"""The screen of a terminal for tests: pyte's, made to show what xterm would show."""

import codecs
import re
from collections.abc import Callable
from copy import copy
from itertools import count, groupby
from typing import Any

import pyte
from pyte.modes import IRM
from pyte.screens import Cursor, wcwidth

SEVEN_BIT = {c1: f"\x1b{chr(c1 - 0x40)}" for c1 in range(0x80, 0xA0)}
TOKEN = re.compile(
    r"(?P<plain>[^\x1b]+|\x1b[0-OQ-WYZ\\`-~])|\x1b[ -/]+[0-~]"
    r"|\x1b\[(?P<numbers>[0-?]*)(?P<code>[ -/]*[@-~])"
    r"|\x1b\][^\x07\x18\x1a\x1b]*(?:[\x07\x18\x1a]|\x1b\\)"  # OSC; then DCS, SOS, PM, APC
    r"|\x1b[PX^_][^\x18\x1a\x1b]*(?:[\x18\x1a]|\x1b\\)"
    r"|(?P<broken>\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x18\x1a\x1b]*|[PX^_][^\x18\x1a\x1b]*|[ -/]*))"
)


class Cells(dict[Any, Any]):
    """What a function makes of a key, made once."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        made = self[key] = self._make(key)
        return made


CELLS = Cells(lambda style: Cells(lambda char: style._replace(data=char)))


class Screen(pyte.Screen):
    """Both screens of a terminal, fed with bytes: pyte 0.8, and what xterm does differently."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self.main: tuple[dict[int, Any], Cursor] | None = None  # while the alternate one shows
        self.not_drawn: set[str] = set()
        self._stream, self._rest = pyte.Stream(self), ""
        self._shown: list[str] = []  # as long as nothing new came
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def feed(self, data: bytes) -> str:
        """Draw what came; return what the terminal replies to the queries in it."""
        self._shown = []
        text, at, replies = self._rest + self._decode(data).translate(SEVEN_BIT), 0, ""
        while found := TOKEN.match(text, at):
            if found["broken"] and text[found.end() :] in ("", "\x1b"):
                break  # not broken: its end is still to come
            at = found.end()
            if found["code"]:
                replies += self._reply(found["numbers"] + found["code"])
                self._control(found[0], found["numbers"], found["code"])
            elif found[0].isprintable():
                self.draw(found[0])  # as the stream does, which takes twice the time
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
        charset, usual = (self.g0_charset, self.g1_charset)[self.charset], IRM not in self.mode
        for narrow, run in groupby(data, lambda char: usual and wcwidth(char) == 1):
            text = "".join(run)
            if narrow and text.translate(charset) == text:
                self._draw_narrow(text)
            else:
                self._draw_each(text)

    def _draw_narrow(self, text: str) -> None:
        """Draw what takes a cell each and stays as it is: pyte would take ten times as long."""
        cursor, cells = self.cursor, CELLS[self.cursor.attrs]
        while text:
            if cursor.x == self.columns:
                super().draw(text[0])  # it knows when to wrap
                text = text[1:]
            part, text = text[: self.columns - cursor.x], text[self.columns - cursor.x :]
            self.buffer[cursor.y].update(zip(count(cursor.x), map(cells.__getitem__, part)))
            self.dirty.add(cursor.y)
            cursor.x += len(part)

    def _draw_each(self, data: str) -> None:
        for text in data:
            width = wcwidth(text)
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

    def shown(self) -> list[str]:
        """All lines."""
        self._shown = self._shown or [self.line(y) for y in range(self.lines)]
        return self._shown

    def line(self, y: int) -> str:
        """Join the cells: a wide character has an empty one after it, or else it is blank."""
        row, blank = self.buffer[y], self.default_char
        cells = [(row.get(x) or blank).data for x in range(self.columns)]
        if len(text := "".join(cells)) == self.columns and {*map(wcwidth, text)} == {1}:
            return text.rstrip()
        cells = [" ", *cells, " "]
        for x in range(self.columns + 1):
            if (wcwidth(cells[x][:1]) == 2) != (cells[x + 1] == ""):
                cells[x + (cells[x + 1] == "")] = " "
        return "".join(cells[1:]).rstrip()
