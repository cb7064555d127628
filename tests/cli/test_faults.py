"""A fault of the program's own: a log for its owner, a sentence on the screen, nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.cli.main import CLOSED_PIPE
from reviewer.service.crash import write_crash_log
from tests.cli.conftest import ROOT, Program, Reviewer

BROKEN = """
import sys
from reviewer.service import session

def broken(*_args, **_more):
    secret_note = "what a reader wrote"
    raise {error}

session.Session.rows = broken
from reviewer.cli.main import main
main()
"""


def logs(home: Path) -> list[Path]:
    return list((home / ".local" / "state" / "reviewer" / "crashes").glob("*.log"))


def test_a_crash_writes_a_log_and_no_traceback(
    program: Program, case: Path, an_empty_home: Path
) -> None:
    done = program("queue", case, python=BROKEN.format(error='RuntimeError("gone \x1b[2J")'))
    assert done.code == 1
    assert done.out == ""
    (log,) = logs(an_empty_home)
    assert str(log) in done.sentence
    assert "nothing that was recorded is lost" in done.sentence
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    text = log.read_text()
    assert "RuntimeError: gone ‹1B›[2J" in text
    assert "in broken" in text
    assert "what a reader wrote" not in text.replace('secret_note = "what a reader wrote"', "")
    assert "secret_note" not in text
    assert "\x1b" not in text


def test_a_crash_where_no_log_can_be_written_is_told_too(
    program: Program, case: Path, an_empty_home: Path
) -> None:
    state = an_empty_home / ".local" / "state"
    shutil.rmtree(state)
    state.write_text("a file where a folder should be")
    broken = BROKEN.format(error="ValueError()")
    done = program("queue", case, python=broken, env={"TMPDIR": str(case.parent)})
    assert done.code == 1
    (log,) = case.parent.glob("*.log")
    assert str(log) in done.sentence
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    nowhere = "import tempfile; tempfile.gettempdir = lambda: '/no/such/folder'\n"
    done = program("queue", case, python=nowhere + broken)
    assert done.code == 1
    assert "no log of it could be written" in done.sentence


def test_a_library_that_is_missing_is_named_and_is_no_fault(
    program: Program, case: Path, an_empty_home: Path
) -> None:
    page = case.with_name("page.html")
    page.write_text("<!DOCTYPE html><title>A page</title><article><p>They deny it.</article>")
    lacking = "import sys\nsys.modules['lxml'] = None\nfrom reviewer.cli.main import main\nmain()"
    done = program("import", case, page, python=lacking)
    assert done.code == 1
    assert done.sentence.startswith("The program needs lxml, which this Python cannot load;")
    assert logs(an_empty_home) == []


def test_two_crashes_write_two_logs(an_empty_home: Path) -> None:
    for n in range(3):
        write_crash_log(ValueError(n))
    assert len(logs(an_empty_home)) == 3


def test_ctrl_c_ends_quietly(program: Program, case: Path, an_empty_home: Path) -> None:
    done = program("queue", case, python=BROKEN.format(error="KeyboardInterrupt"))
    assert done.code == 130
    assert done.err.strip() == ""
    assert logs(an_empty_home) == []


def test_nobody_reading_the_output_ends_it_quietly(case: Path, an_empty_home: Path) -> None:
    for command in (["queue", str(case)], ["show", str(case), "c-01"], ["--help"]):
        source, sink = os.pipe()
        os.close(source)
        done = subprocess.run(
            [sys.executable, "-m", "reviewer", *command],
            stdout=sink,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
        os.close(sink)
        assert done.stderr == b"", command
        assert done.returncode == CLOSED_PIPE, command
    assert logs(an_empty_home) == []


def test_a_closed_output_is_no_fault(program: Program, case: Path, an_empty_home: Path) -> None:
    for command in (["queue", case], ["show", case, "c-01", "--json"], ["--help"]):
        done = program(*command, preexec_fn=lambda: os.close(1))
        assert done.code == 1
        assert done.sentence == "The output cannot be written (Bad file descriptor)."
    done = program("queue", case.parent / "no.case", preexec_fn=lambda: os.close(2))
    assert done.code == 1
    assert logs(an_empty_home) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_output_is_a_sentence_and_no_fault(
    case: Path, an_empty_home: Path, unbuffered: str
) -> None:
    for command in (
        ["queue", case],
        ["queue", case, "--json"],
        ["show", case, "c-01"],
        ["export", case, "-", "--format", "csv"],
        ["demo", "--exercise"],
        *([] if unbuffered else [["--help"], ["--version"]]),
    ):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "reviewer", *map(str, command)],
                stdout=full,
                stderr=subprocess.PIPE,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "PYTHONUNBUFFERED": unbuffered,
                },
                check=False,
            )
        assert done.stderr.decode() == (
            "reviewer: The output cannot be written (No space left on device).\n"
        ), command
        assert done.returncode == 1, command
    assert logs(an_empty_home) == []


def test_a_shell_is_told_what_can_be_typed(program: Program) -> None:
    asked = {"_REVIEWER_COMPLETE": "bash_complete", "COMP_WORDS": "reviewer se", "COMP_CWORD": "1"}
    assert program(env=asked).lines == [
        "plain,search",
        "plain,set-aside",
        "plain,seal",
        "plain,second",
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_at_once(case: Path, number: signal.Signals) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "reviewer", "note", str(case), "c-01", "-"],
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    started.send_signal(number)
    assert started.wait(timeout=10) == -number
    assert started.stdin is not None
    started.stdin.close()


def test_output_is_utf8_whatever_the_locale(
    program: Program, reviewer: Reviewer, case: Path
) -> None:
    reviewer("note", case, "c-01", "Герасимов", "--as", "Ганна")
    done = program("log", case, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert done.code == 0
    assert "Ганна: note on c-01: Герасимов" in done.out


def test_files_are_made_for_their_owner_alone(program: Program, tmp_path: Path) -> None:
    program("new", tmp_path / "a.case")
    program("decide", tmp_path / "a.case", "c", "false")
    program("export", tmp_path / "a.case", tmp_path / "a.csv", "--format", "csv")
    program("backup", tmp_path / "a.case", tmp_path / "b.case")
    program("demo", "--dir", tmp_path / "demo")
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) > 4
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE((tmp_path / "demo").stat().st_mode) == 0o700
