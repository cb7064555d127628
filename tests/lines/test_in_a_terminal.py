"""The plain front end as a program on a real line: whole stories, and a line that drops."""

from __future__ import annotations

import json
import os
import signal
import sys
import termios
from pathlib import Path

import pytest

from reviewer.service.session import Session
from tests.lines.at_work import shipped_case
from tests.lines.test_hostile_text import NASTY, can_act, corpus, made
from tests.terminal import Terminal

PROGRAM = """
import sys
from pathlib import Path
from reviewer.lines.front import run_plain
from reviewer.service.session import Session
with Session.open(Path(sys.argv[1]), "ada") as session:
    sys.exit(run_plain(session))
"""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def opened(path: Path, state: Path, *, rows: int = 24, **env: str) -> Terminal:
    return Terminal(
        [sys.executable, "-c", PROGRAM, str(path)],
        rows=rows,
        env={
            "TERM": "dumb",
            "XDG_STATE_HOME": str(state),
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            **env,
        },
    )


def said(term: Terminal) -> str:
    return term.raw.decode(errors="ignore").replace("\r\n", "\n")


def hear(term: Terminal, words: str, begin: int = 0) -> None:
    """Wait for words, however the lines are broken."""
    term.wait_for(
        lambda term: words in " ".join(said(term)[begin:].split()),
        why=f"waited in vain for {words!r}",
    )


def press(term: Terminal, keys: str, then: str) -> None:
    begin = len(said(term))
    term.type(keys)
    hear(term, then, begin)


def noted(path: Path) -> str:
    with Session.open(path, "ada", readonly=True) as session:
        return session.view("c-01").note_of("ada")


def test_the_first_claim_is_reviewed_from_its_first_word_to_the_verdict(
    tmp_path: Path, state: Path
) -> None:
    path = shipped_case(tmp_path)
    with opened(path, state) as term:
        hear(term, "Verdict? 1 verified")
        while "End of the evidence." not in said(term):
            press(term, " ", "reads on." if "call-1" not in said(term) else "ence.")
        press(term, "l", "Excerpt 1 of 10, supports:")
        press(term, "c", "Note:")
        press(term, "One origin, so fat\x7fr.\n", "Recorded: note on c-01: One origin, so far")
        press(term, "3", "Recorded: verdict unverified on c-01, with a note. u undoes. Claim c-15:")
        press(term, "u", "Undid: verdict unverified on c-01, with a note. U brings it back.")
        press(term, "3", "Recorded: verdict unverified on c-01, with a note.")
        press(term, "v", "Which text")
        press(term, "rferl-2022-03\n", "Which paragraphs")
        press(term, "1\n", "Stance?")
        press(term, "c", "Recorded: ")
        press(term, "jl", "Excerpt 1 of")
        press(term, "q", "All is saved.")
        assert term.wait_exit() == 0
        assert not term.on_alternate_screen
        # A backspace takes a letter back; nothing else moves the cursor, or is no text.
        assert {c for c in said(term) if can_act(c)} == {"\b"}
        place = json.loads(next((state / "reviewer" / "places").iterdir()).read_text())
    with opened(path, state) as term:
        hear(term, f"Back at claim {place['claim']}, where you left.")
        press(term, "q", "All is saved.")
    with Session.open(path, "ada") as session:
        verdicts = [(v.value, v.note) for v in session.view("c-01").verdicts if v.standing]
        assert verdicts == [("unverified", "One origin, so far.")]


@pytest.mark.parametrize("end", ["hang up", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_what_was_typed_of_a_note_is_there_when_the_line_drops(
    tmp_path: Path, state: Path, end: str
) -> None:
    path = shipped_case(tmp_path)
    with opened(path, state) as term:
        hear(term, "Verdict? 1 verified")
        press(term, "c", "Note:")
        press(term, "Half a note", "Half a note")
        if end == "hang up":
            term.hang_up()
        else:
            term.kill(getattr(signal, end))
        assert term.wait_exit() == -getattr(signal, "SIGHUP" if end == "hang up" else end)
    assert noted(path) == ""
    with opened(path, state) as term:
        hear(term, "It is not recorded yet; c goes on with it.")
        assert "Draft of your note: Half a note\n" in said(term)
        press(term, "c", "Note: Half a note")
        press(term, " and the rest\n", "Recorded: note on c-01: Half a note and the rest.")
    assert noted(path) == "Half a note and the rest"


def echoes(term: Terminal) -> bool:
    return bool(termios.tcgetattr(term._line)[3] & termios.ECHO)


def test_the_terminal_is_left_as_it_was_found(tmp_path: Path, state: Path) -> None:
    path = shipped_case(tmp_path)
    for ending in (lambda term: term.type("q"), lambda term: term.kill(signal.SIGTERM)):
        with opened(path, state) as term:
            assert echoes(term)
            hear(term, "Verdict? 1 verified")
            assert not echoes(term)
            ending(term)
            term.wait_exit()
            assert echoes(term)


def test_an_editor_has_the_terminal_for_itself(tmp_path: Path, state: Path) -> None:
    path = shipped_case(tmp_path)
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nread line\necho "$line" > "$1"\n')
    script.chmod(0o700)
    with opened(path, state, EDITOR=str(script)) as term:
        hear(term, "Verdict? 1 verified")
        term.type("e")
        term.wait_for(echoes)
        press(term, "from the editor\n", "Recorded: note on c-01: from the editor.")
        assert not echoes(term)
        press(term, "\x03", "q leaves; all is saved.")
        press(term, "\x1b[B", "Claim c-15:")


def test_hostile_text_prints_no_control_byte(tmp_path: Path, state: Path) -> None:
    path = made(tmp_path / "a.case", corpus())
    with opened(path, state) as term:
        hear(term, "Verdict? 1 verified")
        press(term, "lti?c", "Note:")
        for char in NASTY:
            if ord(char) > 0x7F or char.isprintable():
                term.type(char)
        press(term, "\n", "Recorded: note on c-1")
        press(term, " " * 700, "That was the end of the evidence;")
        press(term, "/", "Find:")
        press(term, "evil\n", "Hit 1 of")
        press(term, "1q", "All is saved.")
        assert {c for c in said(term) if can_act(c)} == set()
        assert not term.on_alternate_screen


def test_keys_from_a_pipe_are_lines_and_its_end_leaves(tmp_path: Path, state: Path) -> None:
    import subprocess

    path = shipped_case(tmp_path)
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        input=b"c\nNoted from a pipe\n3\nspace\ne\n" + b"\xff\n",
        capture_output=True,
        env={**os.environ, "XDG_STATE_HOME": str(state), "PYTHONPATH": root},
        check=False,
        timeout=30,
    )
    heard = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Recorded: verdict unverified on c-01, with a note. u undoes.\n" in heard
    assert "Neither $VISUAL nor $EDITOR is set; c writes the note here.\n" in heard
    assert noted(path) == "Noted from a pipe"
