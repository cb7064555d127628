"""A command that only looks starts without what only the desk or an import needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program

HEAVY = ("textual", "rich", "pydantic", "sqlite_utils")
LOADED = f"""
import sys
from reviewer.cli.main import run
code = run(sys.argv[1:])
loaded = [name for name in {HEAVY} if name in sys.modules]
print(*loaded, sep=",", file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["queue", "CASE"],
        ["queue", "CASE", "--json", "--filter", "tag:casualties"],
        ["show", "CASE", "c-01"],
        ["decide", "CASE", "c-01", "verified", "--reason", "A letter that cannot be shown."],
        ["status", "CASE"],
        ["log", "CASE"],
        ["doctor", "CASE"],
    ],
    ids=lambda command: " ".join(command[:1]),
)
def test_it_imports_nothing_heavy(program: Program, case: Path, command: list[str]) -> None:
    done = program(*(str(case) if arg == "CASE" else arg for arg in command), python=LOADED)
    assert done.code == 0, done.err
    assert done.err.strip() == ""


def test_the_commands_are_loaded_one_by_one(program: Program, case: Path) -> None:
    listed = LOADED.replace(str(HEAVY), "('reviewer.cli.reading', 'reviewer.cli.exporting')")
    assert program("queue", case, python=listed).err.strip() == "reviewer.cli.reading"


def test_help_names_every_command_in_the_order_a_case_meets_them(program: Program) -> None:
    done = program("--help")
    listed = done.out.partition("Commands:")[2]
    names = [line.split()[0] for line in listed.splitlines() if line.strip()]
    assert names[:4] == ["demo", "new", "import", "review"]
    assert {"decide", "link", "note", "set-aside", "undo", "redo", "withdraw", "log"} < set(names)
    assert {"queue", "show", "status", "backup", "doctor", "export"} < set(names)
    assert "..." not in listed, "a help sentence is cut at 80 columns"


def test_every_command_has_help(program: Program) -> None:
    from reviewer.cli.program import COMMANDS

    script = (
        "from reviewer.cli.main import run\n"
        f"for name in {list(COMMANDS)}: assert run([name, '--help']) == 0, name"
    )
    done = program(python=script)
    assert done.code == 0, done.err
    assert done.out.count("Usage: reviewer ") == len(COMMANDS)


SLOW = ("dataclasses", "inspect", "typing", "subprocess", "secrets", "click", *HEAVY)
OPENING = f"""
import sys
import reviewer.cli.opening, reviewer.cli.quick, reviewer.desk.opening
import reviewer.service.known, reviewer.service.session
print(*[name for name in {SLOW} if name in sys.modules])
"""


def test_what_comes_before_the_first_frame_imports_nothing_slow(program: Program) -> None:
    assert program(python=OPENING).out.split() == []
