"""A fault inside the desk: a log for its owner alone, one sentence, the terminal given back."""

from __future__ import annotations

import re
import stat
import sys
import termios
from pathlib import Path

import pytest

from tests.casefile.making import new_case
from tests.safety.nursery import ROOT, Nursery
from tests.safety.test_nothing_lost import READER, assert_restored, own_home
from tests.safety.whole import whole
from tests.terminal import Terminal

SECRET = "the name of the witness"
FAULT = f"""
import reviewer.desk.app, reviewer.desk.review as review, reviewer.desk.queue_list as queue_list
import reviewer.desk.lists as lists, reviewer.desk.judge as judge, reviewer.desk.prompts as prompts
import reviewer.service.session as session, reviewer.service.places as places
import reviewer.desk.driver.answers as answers

class Broken:
    left = None
    def __init__(self, before, calls):
        self.before, Broken.left = before, calls
    def __get__(self, one, kind):
        return lambda *given, **more: self(one, *given, **more)
    def __call__(self, one, *given, **more):
        witness = {SECRET!r}
        Broken.left -= 1
        if Broken.left < 0:
            raise RuntimeError("a fault was put here")
        return self.before(one, *given, **more)

def put(kind, name, calls=0):
    setattr(kind, name, Broken(getattr(kind, name), calls))
"""
FAULTS = {
    "when a claim is read": ("put(session.Session, 'view', 1)", "j"),
    "when a verdict is recorded": ("put(session.Session, 'decide')", "3"),
    "when it looks for what others did": ("put(session.Session, 'changed_by_others')", ""),
    "when a key is looked up": ("put(review.ReviewScreen, 'take_key')", "j"),
    "when the list of claims is drawn": ("put(queue_list.QueueList, 'row')", "a"),
    "when a list is opened": ("put(lists.CommandList, 'on_mount')", "?"),
    "when a draft is kept": ("put(places.Places, 'keep_draft')", "cx"),
    "when the desk is opened": ("put(review.ReviewScreen, 'on_mount')", ""),
    "when the terminal says something": ("put(answers.Answers, 'take')", ""),
}
ALL_FAULTS = pytest.mark.parametrize(("fault", "keys"), FAULTS.values(), ids=FAULTS)


def logs(home: Path) -> list[Path]:
    return sorted(home.rglob("crashes/*.log"))


def check_told(term: Terminal, log: Path | None) -> str:
    """One sentence on the shell's own screen, and nothing of what was being read."""
    assert_restored_before_the_sentence(term)
    (sentence,) = re.findall(r"reviewer: .+", " ".join(line for line in term.screen if line))
    assert "othing that was recorded is lost" in sentence
    assert log is None or str(log) in sentence.replace(" ", "")
    shown = term.raw.decode().rpartition("\x1b[?1049l")[2]
    for word in (SECRET, "witness", "Traceback", "Kharkiv", "c-1", "│", "╭"):
        assert word not in shown
    return sentence


def assert_restored_before_the_sentence(term: Terminal) -> None:
    _, named, behind = term.raw.decode().rpartition("reviewer: ")
    assert_restored(term, typed=(named + behind).replace("\r\n", "\r"))


def check_log(log: Path) -> None:
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    text = log.read_text(encoding="utf-8")
    assert "RuntimeError: a fault was put here" in text
    assert "Traceback" in text
    for word in (SECRET, "Kharkiv", "What c-1 says"):
        assert word not in text


@ALL_FAULTS
def test_a_fault_of_the_desk_is_told_in_one_sentence(
    nursery: Nursery, tmp_path: Path, an_empty_home: Path, fault: str, keys: str
) -> None:
    path = new_case(tmp_path)
    before = FAULT + fault
    arguments = ["review", str(path), "--as", READER]
    with nursery.terminal(arguments, 200, 30, env=own_home(), before=before) as term:
        if keys:
            term.wait_for("? keys")
            term.press(*keys)
        assert term.wait_exit() == 1, term.picture("it goes on")
        (log,) = logs(an_empty_home)
        check_told(term, log)
    check_log(log)
    assert whole(path) == []


def test_a_fault_is_told_where_no_log_can_be_written(nursery: Nursery, tmp_path: Path) -> None:
    path = new_case(tmp_path)
    nowhere = "import reviewer.service.crash as c; c._folder = lambda: c.Path('/no/such/folder')\n"
    before = FAULT + nowhere + FAULTS["when a claim is read"][0]
    with nursery.terminal(
        ["review", str(path), "--as", READER], 200, 30, env=own_home(), before=before
    ) as term:
        term.wait_for("? keys")
        term.press("j")
        assert term.wait_exit() == 1
        assert "No log of it could be written" in check_told(term, None)


def test_a_fault_of_the_plain_lines_is_told_in_one_sentence(
    nursery: Nursery, tmp_path: Path, an_empty_home: Path
) -> None:
    path = new_case(tmp_path)
    before = FAULT + FAULTS["when a claim is read"][0]
    arguments = ["review", str(path), "--as", READER, "--plain"]
    with nursery.terminal(arguments, 200, 30, env=own_home(), before=before) as term:
        term.wait_for("Verdict?")
        said = term.mark()
        term.press("j")
        assert term.wait_exit() == 1
        (log,) = logs(an_empty_home)
        told = term.since(said).decode()
        assert told.count("\n") == 1
        assert str(log) in told
        assert SECRET not in told
        flags = termios.tcgetattr(term._line)[3]
        assert flags & termios.ICANON
        assert flags & termios.ECHO
    check_log(log)


@pytest.mark.parametrize("command", ["show", "queue", "decide", "note", "log"])
def test_a_fault_of_a_command_is_told_in_one_sentence(
    nursery: Nursery, tmp_path: Path, an_empty_home: Path, command: str
) -> None:
    path = new_case(tmp_path)
    more = {"show": ["c-1"], "decide": ["c-1", "false"], "note": ["c-1", "x"]}.get(command, [])
    name = {"queue": "rows", "log": "log"}.get(command, "view")
    before = f"{FAULT}put(session.Session, {name!r})"
    arguments = [command, str(path), *more]
    with nursery.terminal(arguments, 200, 30, env=own_home(), before=before) as term:
        assert term.wait_exit() == 1
        said = term.raw.decode()
    (log,) = logs(an_empty_home)
    assert said.startswith("reviewer: ")
    assert said.count("\n") == 1
    assert str(log) in said
    assert SECRET not in said
    check_log(log)


def test_the_standard_error_may_go_to_a_file(tmp_path: Path) -> None:
    """The desk is drawn on the terminal, and what went wrong is said in the file."""
    path = new_case(tmp_path)
    said = tmp_path / "said"
    script = f"exec {sys.executable} -c '{FAULT_IN_A_PROGRAM}' review {path} --as ada 2>{said}"
    env = {**own_home(), "PYTHONPATH": str(ROOT)}
    with Terminal(["sh", "-c", script], env=env) as term:
        term.wait_for("? keys")
        term.press("j")
        assert term.wait_exit() == 1
        assert_restored(term)
        assert "reviewer: The desk failed (RuntimeError)." in said.read_text(encoding="utf-8")
        assert "\x1b" not in said.read_text(encoding="utf-8")


FAULT_IN_A_PROGRAM = """
import reviewer.desk.moves as moves
def broken(*_):
    raise RuntimeError
moves.Moving.claim_next = broken
from reviewer.cli.main import main
main()
"""
