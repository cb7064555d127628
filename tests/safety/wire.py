"""What may reach a terminal, byte by byte: an oracle that shares no code with the program.

Four nets, each finer than the one before:

- the bytes are UTF-8, and every character of text is one that cannot act or hide;
- every control sequence is one that Textual itself sends, parameters and all: only the
  numbers of a cursor position and the words of an OSC 52 are free, and these are read;
- they stand in the order in which Textual's driver writes them: a style, its text, the
  reset; a line break, and then the next position. A driver that writes them in another
  order needs another net here;
- what looks like Textual's own and stands in the hostile texts too (a colour, a cursor
  position) is looked for together with what follows it in those texts.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable, Iterator

import pyte

# Joiners, the marks that only say in which direction a neighbour runs, signs over Arabic
# numbers: scripts need them, and none of them reverses or hides a text.
NEEDED = set("\u200c\u200d\u200e\u200f\u061c")
NEEDED |= {*map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD))}
SPACES = set(" \xa0")
ACTING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}

SEQUENCE = re.compile(
    r"\x1b(?:"
    r"\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\](?P<osc>[^\x07\x18\x1a\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<other>[^\[\]])"
    r")"
)
# What Textual 8.2 writes when it takes and leaves the terminal, and around each frame.
FIXED = {
    *(f"?{mode}{to}" for mode in (7, 25, 1004, 1049, 2004, 2026) for to in "hl"),
    *("?1000l", "?1003l", "?1006l", "?1015l"),  # the mouse is never taken, but given back
    *("?2026$p", "?2048$p", ">25u", "<u"),
}
POINTER = "22;default"
COPY = re.compile(r"52;c;([A-Za-z0-9+/]*={0,2})")
POSITION = re.compile(r"([0-9]+);([0-9]+)H")
# Bold, italic, underline, reverse; the terminal's own colours and the default ones.
STYLES = {"0", "1", "2", "3", "4", "7", "39", "49"}
STYLES |= {f"{tens}{colour}" for tens in (3, 4, 9, 10) for colour in range(8)}


def unfit(text: str) -> set[str]:
    """The characters of a text that no terminal should be sent as they are."""
    return {
        char
        for char in set(text)
        if char not in NEEDED
        and char not in SPACES
        and (unicodedata.category(char) in ACTING or _is_noncharacter(char))
    }


def _is_noncharacter(char: str) -> bool:
    code = ord(char)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def text_of(raw: bytes) -> tuple[str, list[str]]:
    """The bytes as text, and what is wrong with them."""
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        around = raw[max(0, error.start - 20) : error.start + 20]
        return raw.decode("utf-8", "replace"), [f"no UTF-8: {around!r}"]


class Wire:
    """What a terminal was sent, read as strictly as a stranger's bytes deserve."""

    def __init__(self, raw: bytes, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.text, self.faults = text_of(raw)
        self.styled = False
        self.copies: list[str] = []
        self.plain: list[str] = []
        at = 0
        for match in SEQUENCE.finditer(self.text):
            self._plain(self.text[at : match.start()])
            self._sequence(match)
            at = match.end()
        # What is said on leaving, when the screen is the shell's again, has lines.
        for line in self.text[at:].split("\r\n"):
            self._plain(line)

    def _plain(self, text: str) -> None:
        self.plain.append(text)
        # The line turns a newline of the program into CR LF; neither stands alone. Nothing
        # comes behind one but the position of the next row.
        wrong = unfit(text.removesuffix("\r\n"))
        if wrong:
            at = min(text.index(char) for char in wrong)
            self.faults.append(f"{sorted(wrong)!a} in {text[max(0, at - 20) : at + 20]!a}")

    def _sequence(self, match: re.Match[str]) -> None:
        if match["csi"] is not None:
            fine = self._control(match["csi"])
        elif match["osc"] is not None:
            fine = self._command(match["osc"])
        else:
            fine = False
        if not fine:
            here = self.text[max(0, match.start() - 20) : match.end() + 20]
            self.faults.append(f"{match[0]!a} in {here!a}")

    def _control(self, control: str) -> bool:
        if control in FIXED:
            return True
        if position := POSITION.fullmatch(control):
            row, column = map(int, position.groups())
            # One past the last column is where a full row leaves the cursor.
            return 1 <= row <= self.rows and 1 <= column <= self.columns + 1
        before, self.styled = self.styled, control != "0m"
        return (
            control.endswith("m")
            and set(control[:-1].split(";")) <= STYLES
            and before != self.styled
        )

    def _command(self, command: str) -> bool:
        if command == POINTER:
            return True
        copied = COPY.fullmatch(command)
        if copied is None:
            return False
        self.copies.append(base64.b64decode(copied[1], validate=True).decode("utf-8"))
        return True

    @property
    def said(self) -> str:
        """The text alone."""
        return "".join(self.plain)


def needles(texts: Iterable[str]) -> set[str]:
    """The control sequences of hostile texts, each with what follows it there."""
    found: set[str] = set()
    for text in texts:
        for match in re.finditer(r"\x1b\[[0-?]*[ -/]*[@-~]", text):
            after = text[match.end() : match.end() + 3]
            if len(after) == 3 and after.isprintable() and after.strip() == after:
                found.add(match[0] + after)
    return found


def survivors(raw: bytes, texts: Iterable[str]) -> Iterator[str]:
    """The sequences of the texts that came through with what follows them."""
    sent = raw.decode("utf-8", "replace")
    return (needle for needle in needles(texts) if needle in sent)


def plain_faults(raw: bytes) -> list[str]:
    """What is wrong with the output of a command, which sends text and line breaks alone."""
    text, faults = text_of(raw)
    text = text.replace("\r\n", "\n")
    for char in sorted(unfit(text) - {"\n"}):
        at = text.index(char)
        faults.append(f"{char!a} in {text[max(0, at - 20) : at + 20]!a}")
    return faults


class Blind(pyte.Screen):
    """A screen that draws nothing: its title is all that is asked for."""

    def draw(self, data: str) -> None:
        """Draw nothing."""


def titles(raw: bytes, columns: int, rows: int) -> tuple[str, str]:
    """The window's title and its icon's name, as another emulator has them afterwards."""
    screen = Blind(columns, rows)
    # pyte takes the 22 of a pointer's shape for the 2 of a title.
    pyte.ByteStream(screen).feed(raw.replace(b"\x1b]22;default\x07", b""))
    return screen.title, screen.icon_name
