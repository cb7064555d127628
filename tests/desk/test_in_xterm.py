"""What the driver writes with left and right margins, shown by xterm itself.

A real xterm runs under Xvfb and prints its screen (MC) when a picture has been drawn. Where
either is not installed the emulated screen of `tests.margins` is all that is asked.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reviewer.desk.driver.answers import MARGINS, question
from reviewer.desk.driver.cells import Picture
from tests.desk.test_driver_difference import WORDS, frame, sent, unknown
from tests.margins import MarginScreen

SIZE = (80, 24)
SCRIPT = """
import os, sys, termios, tty
tty.setraw(0)
os.write(1, {ask!r})
said = b""
while not said.endswith(b"y"):
    said += os.read(0, 1)
open({answer!r}, "wb").write(said)
os.write(1, open({drawing!r}, "rb").read() + b"\\x1b[i\\x1b[5n")
os.read(0, 4)
"""


def drawing() -> tuple[bytes, MarginScreen]:
    """Pictures in which parts move up and down by some rows, drawn one after the other."""
    picture, shown, screen = Picture(*SIZE), unknown(*SIZE), MarginScreen(*SIZE)
    said, place = "\x1b[?7l\x1b[m\x1b[2J", (-1, -1)
    for left, right in ((0, 38), (38, 80), (17, 61)):
        for top in (3, 4, 6, 3, 2):
            for y in range(19):
                still, words = WORDS[29 - y], WORDS[top + y]
                words = still[:left] + words[left:right] + still[right:80]
                picture.read(frame([(y + 2, 0, "", words)]))
            text, place = sent(picture, shown, place, margins=True)
            said += text
    screen.feed(said.encode())
    return said.encode(), screen


def test_xterm_moves_the_parts_that_the_emulated_screen_moves(tmp_path: Path) -> None:
    xterm, server = shutil.which("xterm"), shutil.which("xvfb-run")
    if xterm is None or server is None:
        pytest.skip("needs xterm and xvfb-run")
    said, screen = drawing()
    assert screen.moved_parts >= 9
    answer, printed, script = tmp_path / "answer", tmp_path / "printed", tmp_path / "draw.py"
    (tmp_path / "drawing").write_bytes(said)
    drawn = str(tmp_path / "drawing")
    ask = question(MARGINS).encode()
    script.write_text(SCRIPT.format(ask=ask, answer=str(answer), drawing=drawn))
    options = ["-u8", "-geometry", f"{SIZE[0]}x{SIZE[1]}", "-xrm"]
    options += [f"XTerm*printerCommand: cat > {printed}", "-xrm", "XTerm*printAttributes: 0"]
    subprocess.run(
        [server, "-a", xterm, *options, "-e", "python3", str(script)], check=True, timeout=60
    )
    assert answer.read_bytes() in (b"\x1b[?69;1$y", b"\x1b[?69;2$y")
    shown = [line.rstrip() for line in printed.read_text().splitlines()]
    wanted = [line.rstrip() for line in screen.shown()]
    while wanted and not wanted[-1]:
        wanted.pop()
    assert [*shown, *[""] * len(wanted)][: len(wanted)] == wanted
