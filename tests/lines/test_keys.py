"""Keys as they come from a terminal, and as lines of a pipe."""

from __future__ import annotations

import io
import os

import pytest

from reviewer.lines.typing_in import Keyboard, Lines


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        ("jK", ["j", "K"]),
        (" \t\r\n\x7f\x08", ["space", "tab", "enter", "enter", "backspace", "backspace"]),
        ("\x0c\x1a\x03", ["ctrl+l", "ctrl+z", "ctrl+c"]),
        ("\x1b[A\x1bOB\x1b[C\x1b[D", ["up", "down", "right", "left"]),
        ("\x1b[5~\x1b[6~\x1b[H\x1b[F\x1b[1~\x1bOP", [
            "pageup", "pagedown", "home", "end", "home", "f1"]),
        ("\x1b[[A\x1b[11~", ["f1", "f1"]),
        ("Ж中", ["Ж", "中"]),
        ("\x1b", ["escape"]),
        ("\x1bj", ["alt+j"]),
        ("\x1b[200~3", ["esc-200~", "3"]),
        ("\x1b[1;5Aj", ["esc-1;5A", "j"]),
        ("\udcff", ["\ufffd"]),
    ],
)  # fmt: skip
def test_the_bytes_of_a_terminal_are_keys(data: str, keys: list[str]) -> None:
    out, into = os.pipe()
    os.write(into, data.encode("utf-8", "surrogateescape"))
    os.close(into)
    keyboard = Keyboard(out)
    try:
        assert [keyboard() for _ in keys] == keys
        assert keyboard() == ""
    finally:
        os.close(out)


def test_a_character_that_comes_in_pieces_is_one_key() -> None:
    out, into = os.pipe()
    keyboard = Keyboard(out)
    os.write(into, "Ж".encode()[:1])
    os.write(into, "Ж".encode()[1:])
    assert keyboard() == "Ж"
    os.close(into)
    os.close(out)


def test_lines_of_a_pipe_are_keys_and_answers() -> None:
    said: list[str] = []
    kept: list[str] = []
    text = "j\n\n \nspace\nctrl+l\nquit\r\nmy note\n\nrest"
    lines = Lines(io.StringIO(text, newline=""), said.append)
    assert [lines.key() for _ in range(5)] == ["j", "space", "space", "ctrl+l", "q"]
    assert lines.ask("Note", "old", kept.append) == "my note"
    assert lines.ask("Note", "old", kept.append) == "old"
    assert lines.ask("Note", "old", kept.append) is None
    assert lines.key() == ""
    assert kept == ["my note", "rest"]
    assert said == ["Note: old"] * 3
