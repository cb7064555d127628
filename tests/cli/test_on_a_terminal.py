"""What the program does alone, on a terminal of either kind, and off it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Program
from tests.terminal import Terminal


@contextmanager
def typed(*args: object, cwd: Path, **env: str) -> Iterator[Terminal]:
    command = [sys.executable, "-m", "reviewer", *map(str, args)]
    with Terminal(command, env={"PYTHONPATH": str(ROOT), **env}, cwd=cwd) as terminal:
        yield terminal


def test_alone_and_off_a_terminal_it_prints_its_help(program: Program, tmp_path: Path) -> None:
    done = program(cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Usage: reviewer ")
    assert program("--help").out == done.out


def test_alone_it_lists_the_cases_of_this_folder(tmp_path: Path) -> None:
    for name in ("b.case", "a long name.case", "evil\x1b[2J.case", "other.txt"):
        (tmp_path / name).touch()
    with typed(cwd=tmp_path) as terminal:
        assert terminal.wait_exit() == 0
        assert "  reviewer review 'a long name.case'" in terminal.text
        assert "  reviewer review b.case" in terminal.text
        assert "evil‹1B›[2J.case" in terminal.text
        assert "other.txt" not in terminal.text
        assert b"\x1b" not in terminal.raw


def test_in_an_empty_place_it_offers_the_exercise(tmp_path: Path) -> None:
    with typed(cwd=tmp_path) as terminal:
        terminal.wait_for("Open the exercise now? [y/N]")
        assert "a fictional case, with public" in " ".join(terminal.text.split())
        assert "60" not in terminal.text
        terminal.press("enter")
        assert terminal.wait_exit() == 0
        assert "reviewer demo --exercise" in terminal.text
        assert "reviewer new my.case" in terminal.text
    assert list(tmp_path.iterdir()) == []


def test_the_offer_is_wrapped_at_words(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "reviewer"]
    with Terminal(command, 34, 24, env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path) as terminal:
        terminal.wait_for("[y/N]")
        terminal.press("enter")
        assert terminal.wait_exit() == 0
        lines = terminal.raw.decode().split("\r\n")
    assert all(len(line) <= 34 for line in lines), lines
    assert "There is no case in this folder" in lines


@pytest.mark.parametrize("key", ["ctrl+d", "n"])
def test_the_exercise_is_opened_only_for_a_yes(tmp_path: Path, key: str) -> None:
    with typed(cwd=tmp_path) as terminal:
        terminal.wait_for("[y/N]")
        terminal.press(key, *([] if key == "ctrl+d" else ["enter"]))
        assert terminal.wait_exit() == 0
        assert not terminal.on_alternate_screen


def test_ctrl_c_leaves_the_offer(tmp_path: Path) -> None:
    with typed(cwd=tmp_path) as terminal:
        terminal.wait_for("[y/N]")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert "Traceback" not in terminal.text


@pytest.mark.parametrize("term", ["dumb", "", None])
def test_a_dumb_terminal_gets_one_sentence_with_the_remedy(
    case: Path, tmp_path: Path, term: str | None
) -> None:
    made = tmp_path / "demo" / "gerasimov.case"
    as_dora = f"reviewer review {case} --as dora --filter 'tag:x y' --readonly --plain"
    for arguments, remedy in (
        (["review", case], f"reviewer review {case} --plain"),
        (["review", case, "--as", "dora", "--filter", "tag:x y", "--readonly"], as_dora),
        (["demo", "--dir", made.parent], f"reviewer review {made} --plain"),
    ):
        command = [sys.executable, "-m", "reviewer", *map(str, arguments)]
        env = {"PYTHONPATH": str(ROOT), "TERM": term}
        with Terminal(command, 400, 60, env=env, cwd=tmp_path) as terminal:
            assert terminal.wait_exit() == 1
            assert terminal.raw.decode() == (
                f"reviewer: This terminal cannot show the desk (TERM is {term or 'not set'});"
                f" to work here: {remedy}\r\n"
            )


def test_what_is_wrong_with_the_case_is_said_on_a_dumb_terminal_too(tmp_path: Path) -> None:
    with typed("review", "no.case", cwd=tmp_path, TERM="dumb") as terminal:
        assert terminal.wait_exit() == 1
        assert "There is no case at no.case." in terminal.text


def test_review_off_a_terminal_is_a_sentence_with_the_remedy(program: Program, case: Path) -> None:
    done = program("review", case, "--filter", "tag:casualties")
    assert (done.code, done.out) == (1, "")
    assert f"reviewer queue {case} or reviewer show {case} CLAIM" in done.sentence
    assert done.sentence.endswith(f"reviewer review {case} --filter tag:casualties --plain")
    assert program("review", case, "--filter", "x:y").code == 2


def test_json_of_a_review_or_a_demo_is_its_queue_and_first_claim(
    program: Program, case: Path, an_empty_home: Path
) -> None:
    found = program("review", case, "--json", "--filter", "tag:casualties").json
    assert (found["file"], found["more"]) == (str(case), 0)
    assert [row["id"] for row in found["queue"]] == ["c-13", "c-14"]
    assert found["first"]["claim"]["id"] == "c-13"
    assert program("review", case, "--json", "--filter", "state:decided").json["first"] is None
    made = program("demo", "--json").json
    assert Path(made["file"]).is_relative_to(an_empty_home)
    assert len(made["queue"]) == 15


def test_plain_lines_are_worked_in_through_a_pipe(program: Program, case: Path) -> None:
    done = program("review", case, "--plain", "--as", "anna", stdin=None, input=b"3q")
    assert done.code == 0, done.err
    assert program("queue", case, "--json", "--limit", "1").json["verdict"] == "unverified"


def test_the_doctor_knows_its_terminal(case: Path, tmp_path: Path) -> None:
    with typed("doctor", cwd=tmp_path, TMUX="/tmp/x", COLORTERM="truecolor") as terminal:
        assert terminal.wait_exit() == 0
        assert "  term: xterm-256color" in terminal.text
        assert "  size: 80x24" in terminal.text
        assert "  colours: 16 million" in terminal.text
        assert "  inside: tmux" in terminal.text
        assert "  output is terminal: yes" in terminal.text
    with typed("doctor", cwd=tmp_path, NO_COLOR="1") as terminal:
        assert terminal.wait_exit() == 0
        assert "  colours: none" in terminal.text


def test_the_doctor_looks_a_case_over(program: Program, case: Path) -> None:
    done = program("doctor", case, "--json")
    assert done.code == 0
    assert set(done.json) == {"versions", "database", "terminal", "places", "case", "keeping"}
    assert done.json["keeping"]["last_seal"] == "none"
    assert done.json["case"]["file_system"].partition(", ")[0]
    assert done.json["case"]["claims"] == 16
    assert done.json["case"]["problems"] == []
    assert done.json["case"]["schema"] == 4
    assert done.json["database"]["journal"] in ("WAL", "TRUNCATE")
    assert done.json["terminal"]["output_is_terminal"] is False
    assert set(done.json["places"]) == {"settings", "state", "demo_cases", "demo_later"}
    case.chmod(0o644)
    assert program("doctor", case, "--json").json["case"]["private"] is False
    assert "  private: no" in program("doctor", case).lines


def test_the_doctor_says_what_it_runs_on_even_where_the_case_is_none(
    program: Program, tmp_path: Path
) -> None:
    done = program("doctor", tmp_path / "no.case")
    assert done.code == 1
    assert "Versions" in done.lines
    assert "There is no case" in done.sentence


def test_on_a_terminal_the_demo_opens_the_desk(tmp_path: Path) -> None:
    with typed("demo", "--dir", tmp_path / "demo", cwd=tmp_path) as terminal:
        terminal.wait_for("Your name, as it will stand beside your verdicts")
        terminal.press(*"Ada", "enter")
        terminal.wait_for(lambda t: t.on_alternate_screen and "Gerasimov" in t.text)
        terminal.settle()
        assert "reader Ada" in terminal.text
        terminal.press("q")
        assert terminal.wait_exit() == 0


def test_a_yes_opens_the_exercise(tmp_path: Path) -> None:
    with typed(cwd=tmp_path) as terminal:
        terminal.wait_for("[y/N]")
        terminal.press("y", "enter")
        terminal.wait_for("Your name")
        terminal.press("enter")
        terminal.wait_for(lambda t: t.on_alternate_screen and "xercise" in t.text)
        terminal.settle()
        terminal.press("q")
        assert terminal.wait_exit() == 0
