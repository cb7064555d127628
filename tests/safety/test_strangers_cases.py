"""A case file from a stranger, damaged or made to harm: one sentence, whatever is asked of it.

It is first looked at by a process of its own that may do little. With `REVIEWER_LONG=1` the
largest value in one of them has 900 MB.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.casefile import firstlook, limited
from reviewer.casefile.engine import sqlite3
from reviewer.cli.main import run
from reviewer.model.errors import CaseError
from reviewer.service import known
from reviewer.service.session import Session
from tests.casefile.making import at_work, left_beside, new_case
from tests.data import SHARED, real
from tests.everyday import times

ROOT = Path(__file__).resolve().parents[2]
ADDRESS_SPACE = 1_200_000_000
MOST_MB = 512
COMMANDS = (["queue"], ["review", "--plain"], ["doctor"], ["verify"], ["merge", "a.bundle"])
BLOB_MB = times(100, 900)


def script(path: Path, sql: str) -> None:
    con = sqlite3.connect(path, isolation_level=None)
    con.executescript(sql)
    con.close()


def a_huge_value(path: Path) -> None:
    script(path, f"INSERT INTO payload (lsn, data) VALUES (9, zeroblob({BLOB_MB} << 20))")


def an_endless_view(path: Path) -> None:
    script(
        path,
        """DROP TABLE entry; CREATE VIEW entry AS WITH RECURSIVE n(lsn) AS (
             SELECT 1 UNION ALL SELECT lsn + 1 FROM n) SELECT lsn, 'x' AS body FROM n;""",
    )


def a_view_that_calls(path: Path) -> None:
    script(path, "CREATE VIEW spy AS SELECT load_extension('/tmp/x'), fold(text) FROM claim;")


def flipped_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    chance = random.Random(1)
    for _ in range(2_000):
        data[chance.randrange(4096, len(data))] ^= chance.randrange(1, 256)
    path.write_bytes(data)


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def a_web_page(path: Path) -> None:
    path.write_text("<!DOCTYPE html><title>404</title><p>Not found, and that for long." * 9)


def wrong_types(path: Path) -> None:
    script(
        path,
        """PRAGMA writable_schema = ON;
           UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'entry';""",
    )
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("DROP TRIGGER entry_unchanged")
    con.execute("UPDATE entry SET body = 7.5, lamport = 'late'")
    con.execute(
        "CREATE TRIGGER entry_unchanged BEFORE UPDATE ON entry"
        " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )
    con.execute("PRAGMA writable_schema = ON")
    con.execute(
        "UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'entry' AND type = 'table'"
    )
    con.close()


def one_trigger_more(path: Path) -> None:
    script(path, "CREATE TRIGGER spy AFTER INSERT ON entry BEGIN DELETE FROM note; END;")


def a_newer_schema(path: Path) -> None:
    script(path, "PRAGMA user_version = 99;")


KINDS: dict[Callable[[Path], None], str] = {
    a_huge_value: f"holds a value of {BLOB_MB} MB",
    an_endless_view: "changed by another program",
    a_view_that_calls: "changed by another program",
    flipped_pages: "is damaged",
    truncated: "is damaged",
    a_web_page: "is not a case file",
    wrong_types: "is damaged",
    one_trigger_more: "changed by another program",
    a_newer_schema: "update the program to open it",
}


def refused(path: Path, command: list[str]) -> str:
    """The one sentence with which the program, as it is installed, refuses a case."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))

    verb, *options = command
    process = subprocess.Popen(
        [sys.executable, "-m", "reviewer", verb, str(path), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=bounded,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        process.stdout.read()
        said = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    scale = 1024 if sys.platform == "darwin" else 1
    peak = used.ru_maxrss // scale // 1024
    print(f"{path.name}, {' '.join(command)}: {said.strip()} ({peak} MB)")
    assert process.returncode == 1
    assert said.startswith("reviewer: ")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert "fault" not in said
    assert peak < MOST_MB
    return said


@pytest.mark.parametrize("made", KINDS, ids=lambda made: made.__name__)
def test_a_case_that_is_made_to_harm_is_refused_in_a_sentence(
    tmp_path: Path, made: Callable[[Path], None]
) -> None:
    ours = new_case(tmp_path)
    with at_work(ours, "ann") as (ann,):
        ann.decide(ann.view("c-1"), "false", "they deny it")
    # From elsewhere: a file that this device has not opened.
    path = tmp_path / "theirs" / "a.case"
    path.parent.mkdir()
    shutil.copy(ours, path)
    made(path)
    before = path.stat().st_mtime_ns
    for command in COMMANDS:
        assert KINDS[made] in refused(path, command)
    assert path.stat().st_mtime_ns == before
    assert left_beside(path) == []


REAL = sorted(
    file.name
    for file in SHARED.glob("hostile/sqlite/*")
    if file.name != "README.md" and not file.name.endswith("-journal")
)


@pytest.mark.parametrize("name", REAL or ["chef-corrupt.db"])
def test_a_real_damaged_or_odd_database_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    for file in real("hostile", "sqlite", name).parent.glob(f"{name}*"):
        shutil.copy(file, tmp_path)
    for command in COMMANDS:
        assert " a case" in refused(tmp_path / name, command)


def test_a_case_is_looked_at_once_and_not_where_it_was_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []
    monkeypatch.setattr(firstlook, "look", looked.append)
    theirs = tmp_path / "theirs.case"
    shutil.copy(new_case(tmp_path), theirs)
    for _ in range(2):
        assert run(["queue", str(theirs)]) == 0
    assert looked == [theirs]
    ours = tmp_path / "ours.case"
    assert run(["new", str(ours)]) == 0
    assert run(["queue", str(ours)]) == 0
    assert run(["demo", "--dir", str(tmp_path / "demo")]) == 0
    assert looked == [theirs]
    # Another case in the place of one that is known, under its very number.
    with Session.open(theirs, "ann") as session:
        with session.case.write() as con:
            con.execute("UPDATE about SET value = 'another' WHERE key = 'id'")
        known.remember(session.case)
    assert looked == [theirs, theirs]


def test_a_whole_case_with_a_log_beside_it_passes_the_first_look(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,):
        ann.decide(ann.view("c-1"), "false")
        firstlook.look(path)
    firstlook.look(path)


def test_values_of_other_types_end_a_check_in_a_sentence_even_where_no_look_saw_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A large file is not looked through to its end before it is opened."""
    monkeypatch.setattr(firstlook, "look", lambda path: None)
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,):
        ann.decide(ann.view("c-1"), "false")
    wrong_types(path)
    assert run(["verify", str(path)]) == 1
    said = capsys.readouterr().err
    assert "is damaged (non-" in said
    assert said.count("\n") == 1


def test_a_process_with_limits_that_dies_is_a_sentence_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_case(tmp_path)
    with pytest.raises(CaseError, match="is damaged: who looked at it ended"):
        limited.run("reviewer.casefile.nothing", path, limits=limited.Limits())
    with pytest.raises(limited.TooLongError):
        limited.run(firstlook.__name__, path, limits=limited.Limits(wall_s=0.001))
