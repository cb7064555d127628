"""Keys and lines of text from a terminal, or from whatever else stdin is."""

import codecs
import os
import select
from collections.abc import Callable
from typing import TextIO

from reviewer.service.keymap import NAMED_KEYS
from reviewer.text.cells import cell_width, is_boundary
from reviewer.text.display import display

ESCAPE, DELETE = "\x1b", ("\x7f", "\x08")
SEQUENCES = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "P": "f1",
    "1~": "home", "2~": "insert", "3~": "delete", "4~": "end", "5~": "pageup", "6~": "pagedown",
    "7~": "home", "8~": "end", "11~": "f1", "[A": "f1",
}  # fmt: skip
NAMES = {" ": "space", "\t": "tab", "\r": "enter", "\n": "enter", ESCAPE: "escape"}
NAMES |= dict.fromkeys(DELETE, "backspace")
LONGEST_SEQUENCE = 16
PATIENCE = 0.1
PATIENCE_OVER_SSH = 0.5
"""Seconds: what comes later than this after an esc is a key of its own."""


class Keyboard:
    """Gives the names of the keys pressed on a terminal; nothing when it is gone."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._waiting = ""
        self._patience = PATIENCE_OVER_SSH if "SSH_CONNECTION" in os.environ else PATIENCE

    def __call__(self) -> str:
        """The name of the next key; waits for it."""
        char = self._char()
        if char == ESCAPE:
            return self._sequence()
        return name_of(char)

    def _char(self, patience: float | None = None) -> str:
        while not self._waiting:
            if patience is not None and not select.select([self._handle], [], [], patience)[0]:
                return ""
            try:
                data = os.read(self._handle, 4096)
            except OSError:
                return ""  # Linux has an error for a line that was dropped
            if not data:
                return ""
            self._waiting = self._decode(data)
        char, self._waiting = self._waiting[0], self._waiting[1:]
        return char

    def _sequence(self) -> str:
        char = self._char(self._patience)
        if not char:
            return "escape"
        if char not in "[O":
            return f"alt+{name_of(char)}"
        body = ""
        while len(body) < LONGEST_SEQUENCE and (char := self._char(self._patience)):
            body += char
            if "@" <= char <= "~" and body != "[":
                break
        return SEQUENCES.get(body, f"esc-{display(body, newlines=False)}")


def name_of(char: str) -> str:
    """A character as a key is called: `j`, `space`, `ctrl+l`."""
    if char in NAMES:
        return NAMES[char]
    if char and char < " ":
        return f"ctrl+{chr(ord(char) | 0x60)}"
    return char


class Typing:
    """Reads a line of text key by key, so that none of it is lost when the line drops.

    What is typed is shown as a teletype does it: only ever added to, and taken back with
    backspaces.
    """

    def __init__(
        self, keys: Callable[[], str], echo: Callable[[str], None], width: int = 0
    ) -> None:
        self._keys = keys
        self._echo = echo
        self._width = width

    def __call__(
        self, prompt: str, text: str = "", changed: Callable[[str], None] | None = None
    ) -> str | None:
        """Ask, with `text` to go on with; None where the reader leaves, or the line drops."""
        self._again(prompt, text)
        while key := self._keys():
            if key in ("enter", "escape", "ctrl+c"):
                self._echo("\n")
                return text if key == "enter" else None
            before, text = text, edited(text, key)
            if text != before:
                # Kept first: what can be seen is safe.
                if changed:
                    changed(text)
                self._show(prompt, before, text)
        return None

    def _show(self, prompt: str, before: str, text: str) -> None:
        if text.startswith(before):
            self._echo(shown(text[len(before) :]))
            return
        gone = cell_width(shown(before[len(text) :]))
        column = cell_width(f"{prompt}: {shown(before)}")
        # A backspace does not go up a line: where the line may have been broken, ask anew.
        if self._width and column % (self._width + 1) <= gone:
            self._echo("\n")
            self._again(prompt, text)
        else:
            self._echo("\b" * gone + " " * gone + "\b" * gone)

    def _again(self, prompt: str, text: str) -> None:
        self._echo(f"{display(prompt, newlines=False)}: {shown(text)}")


def shown(text: str) -> str:
    """Text that is being typed, as it may be shown."""
    return display(text, newlines=False)


def edited(text: str, key: str) -> str:
    """A text after a key: one character more, one less, a word less, or nothing left."""
    if key == "space":
        return f"{text} "
    if len(key) == 1:
        return text + key
    if key == "backspace":
        cut = max(0, len(text) - 1)
        while not is_boundary(text, cut):
            cut -= 1
        return text[:cut]
    if key == "ctrl+w":
        return text[: len(text.rstrip()) - len((text.split() or [""])[-1])]
    return "" if key == "ctrl+u" else text


class Lines:
    """Keys and answers as lines of a stream: the name of a key, or a line's first key."""

    def __init__(self, stream: TextIO, say: Callable[[str], None]) -> None:
        self._stream = stream
        self._say = say

    def key(self) -> str:
        """The next key; empty lines are none."""
        while line := self._stream.readline():
            said = line.rstrip("\r\n")
            if said.strip() in NAMED_KEYS or said.startswith("ctrl+"):
                return said.strip()
            if said:
                return name_of(said[0])
        return ""

    def ask(
        self, prompt: str, text: str = "", changed: Callable[[str], None] | None = None
    ) -> str | None:
        """The next line; an empty one stands for `text`. Half a line is no answer."""
        self._say(f"{prompt}: {text}")
        line = self._stream.readline()
        said = line.rstrip("\r\n")
        if changed and said:
            changed(said)
        return (said or text) if line.endswith("\n") else None
