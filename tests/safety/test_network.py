"""The program talks to nobody: an ear in each process hears whatever it asks of a network.

Python tells an audit hook of every socket before it is made, whichever library makes it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.shipped import shipped
from tests.safety.nursery import ROOT
from tests.terminal import Terminal

EAR = """
import os, socket, sys

def hear(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "ssl.")):
        family = arguments[1] if event == "socket.__new__" else None
        if family != socket.AF_UNIX:
            write(f"network {event} {arguments!r}")
    elif event in ("subprocess.Popen", "os.system", "os.posix_spawn", "os.exec"):
        write(f"program {arguments[0]}")

def write(line):
    handle = os.open(os.environ["EAR"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, f"{line}\\n".encode())
    os.close(handle)

write("listening")
sys.addaudithook(hear)
"""


class Ear:
    """Processes that are listened to."""

    def __init__(self, folder: Path) -> None:
        (folder / "sitecustomize.py").write_text(EAR)
        self.heard = folder / "heard"
        self.env = {"PYTHONPATH": f"{folder}:{ROOT}", "EAR": str(self.heard)}

    def lines(self) -> list[str]:
        return self.heard.read_text().splitlines()

    def asked(self) -> list[str]:
        """What was asked of a network, by a process that was certainly listened to."""
        lines = self.lines()
        assert "listening" in lines
        return [line for line in lines if line.startswith("network ")]

    def programs(self) -> set[str]:
        """The other programs that were started."""
        return {line.split()[1] for line in self.lines() if line.startswith("program ")}

    def run(
        self, *arguments: object, python: str = "-m reviewer"
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *python.split(), *map(str, arguments)],
            env={**os.environ, **self.env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )

    def terminal(self, *arguments: object, **env: str) -> Terminal:
        command = [sys.executable, "-m", "reviewer", *map(str, arguments)]
        return Terminal(command, env={**os.environ, **self.env, "TERM": "xterm-256color", **env})


@pytest.fixture
def ear(tmp_path: Path) -> Ear:
    folder = tmp_path / "ear"
    folder.mkdir()
    return Ear(folder)


ASKING = {
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "a name": "import socket; socket.gethostbyname('localhost')",
    "a page": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    "a datagram": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "asyncio": "import asyncio; asyncio.run(asyncio.open_connection('127.0.0.1', 9))",
}


@pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING)
def test_the_ear_hears_whoever_asks(ear: Ear, asking: str) -> None:
    ear.run(asking, python="-c")
    assert ear.asked() != []


def test_an_event_loop_alone_asks_for_nothing(ear: Ear) -> None:
    assert ear.run("import asyncio; asyncio.run(asyncio.sleep(0))", python="-c").returncode == 0
    assert ear.asked() == []


def test_no_command_asks_anything_of_a_network(ear: Ear, tmp_path: Path) -> None:
    case = tmp_path / "a.case"
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"kind": "claim", "url": "http://evil.example/"}\n')
    for code, *arguments in (
        (0, "--version"),
        (0, "demo", "--dir", tmp_path / "demo"),
        (0, "new", case, "--title", "http://evil.example/"),
        (0, "import", case, shipped("fixtures/gerasimov")),
        (1, "import", case, bad),
        (0, "queue", case, "--filter", "kharkiv"),
        (0, "show", case, "c-01"),
        (0, "decide", case, "c-01", "false", "--note", "http://evil.example/"),
        (0, "note", case, "c-02", "x"),
        (0, "undo", case),
        (0, "redo", case),
        (0, "log", case, "--json"),
        (0, "status", case),
        (0, "doctor", case),
        (0, "backup", case, tmp_path / "copy.case"),
        (0, "rescue", case, tmp_path / "rescued.case"),
        *((0, "export", case, tmp_path / f, "--format", f) for f in ("csv", "jsonl", "markdown")),
        (1, "review", case),
        (1, "show", tmp_path / "none.case", "c-01"),
    ):
        done = ear.run(*arguments)
        assert done.returncode == code, (arguments, done.stderr)
    assert ear.lines().count("listening") == 21
    assert ear.asked() == []
    assert ear.programs() <= {"uname"}  # of which Python asks what system this is


def test_the_desk_asks_nothing_of_a_network(ear: Ear, tmp_path: Path) -> None:
    with ear.terminal("demo", "--dir", tmp_path, EDITOR="true") as term:
        term.wait_for("Your name")
        term.press("enter")
        term.wait_for("? keys")
        for key in "jklh itayvzz?:fe":
            term.press(key)
            term.settle(0.03)
            if key in "itayv":
                term.press("q")
            elif key in "?:f":
                term.press("ctrl+c")
        term.wait_for("The note stands as it was.")  # back from the editor
        term.press("3", "c", *"http://evil.example/", "enter", "u", "q")
        assert term.wait_exit() == 0, term.picture("it did not leave")
    assert ear.asked() == []
    assert ear.programs() == {"/usr/bin/env", "true"}  # git is asked for the name, and the editor


def test_the_plain_lines_ask_nothing_of_a_network(ear: Ear, tmp_path: Path) -> None:
    assert ear.run("demo", "--dir", tmp_path).returncode == 0
    with ear.terminal("review", tmp_path / "gerasimov.case", "--as", "ada", "--plain") as term:
        term.wait_for("Verdict?")
        for key in "  lhjkit3uq":
            term.press(key)
            term.settle(0.03)
        assert term.wait_exit() == 0, term.picture("it did not leave")
    assert ear.asked() == []
    assert ear.programs() == set()
