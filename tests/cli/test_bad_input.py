"""Bad input gives one sentence with the remedy, and leaves nothing half-written."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.casefile.schema import APPLICATION_ID
from tests.cli.conftest import Program, Reviewer
from tests.data import real

CAPBSET_DROP, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2
COMMANDS = [
    ["queue", "CASE"],
    ["show", "CASE", "c-01"],
    ["decide", "CASE", "c-01", "false"],
    ["undo", "CASE"],
    ["log", "CASE"],
    ["status", "CASE"],
    ["review", "CASE"],
    ["doctor", "CASE"],
    ["backup", "CASE", "OUT"],
    ["export", "CASE", "OUT", "--format", "csv"],
    ["import", "CASE", "OUT"],
]


def filled(command: list[str], case: Path, out: Path) -> list[str]:
    places = {"CASE": str(case), "OUT": str(out)}
    return [places.get(arg, arg) for arg in command]


def refused(reviewer: Reviewer, case: Path, out: Path, *, said: str) -> None:
    for command in COMMANDS:
        done = reviewer(*filled(command, case, out))
        assert done.code == 1, command
        assert said in done.sentence, command
        assert str(case) in done.sentence, command
        assert not out.exists()


def test_a_missing_file(reviewer: Reviewer, tmp_path: Path) -> None:
    case = tmp_path / "no.case"
    refused(reviewer, case, tmp_path / "out", said=f"Make one with: reviewer new {case}")
    assert list(tmp_path.iterdir()) == []


def test_a_folder(reviewer: Reviewer, tmp_path: Path) -> None:
    refused(reviewer, tmp_path, tmp_path / "out", said="is a folder; name the case file in it")


def test_a_file_that_is_no_database(reviewer: Reviewer, tmp_path: Path) -> None:
    case = tmp_path / "notes.case"
    case.write_text("SQLite is what this is not.\n" * 100)
    refused(reviewer, case, tmp_path / "out", said="is not a case file")
    case.write_bytes(b"")
    refused(reviewer, case, tmp_path / "out", said="is not a case file")


def test_another_programs_database(reviewer: Reviewer, tmp_path: Path) -> None:
    case = tmp_path / "other.case"
    with sqlite3.connect(case) as con:
        con.execute("CREATE TABLE claim (id TEXT)")
    con.close()
    before = case.read_bytes()
    refused(reviewer, case, tmp_path / "out", said="another program's database")
    assert case.read_bytes() == before


def test_a_newer_schema(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    with sqlite3.connect(case) as con:
        con.execute("PRAGMA user_version = 99")
    con.close()
    refused(reviewer, case, tmp_path / "out", said="written by a newer reviewer (schema 99")


def test_a_schema_that_somebody_changed(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    with sqlite3.connect(case) as con:
        con.execute("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM queue; END")
    con.close()
    refused(reviewer, case, tmp_path / "out", said="changed by another program")


def test_a_database_that_only_claims_to_be_ours(reviewer: Reviewer, tmp_path: Path) -> None:
    case = tmp_path / "claims.case"
    with sqlite3.connect(case) as con:
        con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        con.execute("PRAGMA user_version = 1")
        con.execute("CREATE VIEW queue AS SELECT 1")
    con.close()
    refused(reviewer, case, tmp_path / "out", said="changed by another program")


def test_damaged_pages(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    data = bytearray(case.read_bytes())
    whole = case.read_bytes()
    for at in range(8192, len(data), 4096):
        data[at : at + 600] = os.urandom(600)
    case.write_bytes(data)
    for command in COMMANDS:
        done = reviewer(*filled(command, case, tmp_path / "out"))
        assert done.code == 1, command
        assert "Traceback" not in done.err
        assert "has a fault" not in done.err, command
        (tmp_path / "out").unlink(missing_ok=True)
    case.write_bytes(whole[: len(whole) // 2])
    for command in COMMANDS:
        done = reviewer(*filled(command, case, tmp_path / "out"))
        assert done.code == 1, command
        assert "Traceback" not in done.err
        assert "has a fault" not in done.err, command
        (tmp_path / "out").unlink(missing_ok=True)


def test_every_odd_sqlite_file_of_others(reviewer: Reviewer, tmp_path: Path) -> None:
    folder = real("hostile", "sqlite")
    names = [path.name for path in folder.iterdir() if path.suffix in (".db", ".sqlite")]
    assert len(names) > 15
    for name in names:
        shutil.copytree(folder, tmp_path / "copy", dirs_exist_ok=True)
        case, out = tmp_path / "copy" / name, tmp_path / "out"
        before = case.read_bytes()
        for command in COMMANDS:
            done = reviewer(*filled(command, case, out))
            assert done.code == 1, (name, command)
            assert str(case) in done.sentence, (name, command)
            assert not out.exists()
        assert case.read_bytes() == before, name


def test_two_stories_of_one_file(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("new", case)
    assert done.code == 1
    assert done.sentence.endswith(f"exists already; open it with: reviewer review {case}")
    done = reviewer("new", case.parent / "no" / "such.case")
    assert done.sentence == f"There is no folder {case.parent / 'no'}; make it first."


def obey_permissions() -> None:
    """Root is refused nothing: take from a program that is to start what makes it so."""
    if os.getuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
            assert libc.prctl(CAPBSET_DROP, capability, 0, 0, 0) == 0


@pytest.fixture
def locked_folder(made_once: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder with the founding case that its reader may not write."""
    folder = tmp_path / "locked"
    folder.mkdir()
    case = Path(shutil.copy(made_once, folder))
    case.chmod(0o400)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


@pytest.mark.skipif(
    os.getuid() == 0 and sys.platform != "linux", reason="root is refused nothing here"
)
def test_a_folder_that_cannot_be_written_can_be_read(program: Program, locked_folder: Path) -> None:
    case = locked_folder / "gerasimov.case"
    for command in (["queue", case], ["show", case, "c-01"], ["log", case], ["doctor", case]):
        done = program(*command, preexec_fn=obey_permissions)
        assert (done.code, done.err) == (0, ""), command
        assert done.out
    done = program("decide", case, "c-01", "false", preexec_fn=obey_permissions)
    assert done.code == 1
    assert "open for reading only; nothing was recorded. Copy it" in done.sentence
    new = program("new", locked_folder / "new.case", preexec_fn=obey_permissions)
    assert (new.code, "name a folder of your own" in new.sentence) == (1, True)
    out = locked_folder / "out.csv"
    done = program("export", case, out, "--format", "csv", preexec_fn=obey_permissions)
    assert (done.code, "folder of your own" in done.sentence) == (1, True)
    done = program("backup", case, out, preexec_fn=obey_permissions)
    assert (done.code, "folder of your own" in done.sentence) == (1, True)
    done = program("demo", "--dir", locked_folder / "demo", preexec_fn=obey_permissions)
    assert (done.code, "--dir" in done.sentence) == (1, True)
    assert [path.name for path in locked_folder.iterdir()] == ["gerasimov.case"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.getuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk can be mounted by root alone")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this machine mounts no disk for a test")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)


@pytest.mark.parametrize("room", [0, 80_000], ids=["no byte is left", "a little is left"])
def test_a_full_disk(
    reviewer: Reviewer, program: Program, case: Path, small_disk: Path, room: int
) -> None:
    here = Path(shutil.copy(case, small_disk / "here.case"))
    assert reviewer("decide", here, "c-02", "false").code == 0
    filler = small_disk / "filler"
    fill(filler)
    os.truncate(filler, filler.stat().st_size - room)
    for command in (
        ["note", here, "c-01", "x" * 100_000],
        ["export", here, small_disk / "out.jsonl", "--format", "jsonl"],
        ["backup", here, small_disk / "copy.case"],
        ["demo", "--dir", small_disk / "demo"],
        ["new", small_disk / "new.case"],
    ):
        done = program(*command)
        assert done.code == 1, command
        assert "is full; " in done.sentence, command
        assert "ree some space and try again." in done.sentence, command
    left = {path.name for path in small_disk.rglob("*")}
    assert left - {"here.case-wal", "here.case-shm", "demo"} == {
        *("here.case", "here.case.lock", "filler")
    }
    filler.unlink()
    assert reviewer("show", here, "c-01", "--json").json["notes"] == []
    assert reviewer("note", here, "c-01", "now there is room").code == 0
    assert reviewer("doctor", here).code == 0


def test_wrong_usage_is_a_sentence_and_ends_with_2(reviewer: Reviewer, case: Path) -> None:
    for command, said in {
        ("foo",): "No such command 'foo'.",
        ("queue",): "Missing argument 'CASE'.",
        ("queue", str(case), "--limt", "3"): "Did you mean '--limit'?",
        ("queue", str(case), "--limit", "0"): "0 is not in the range x>=1.",
        ("export", str(case), "out", "--format", "pdf"): "'pdf' is not one of",
        ("import", str(case)): "Missing argument 'FILE...'.",
        ("link", str(case), "c-01", "call-1", "--quote", "x"): (
            "Missing option '--stance'. Choose from: supports, refutes, context."
        ),
        ("export", str(case), "out"): "Choose from: csv, jsonl, markdown, html,",
    }.items():
        done = reviewer(*command)
        assert done.code == 2, command
        assert said in done.sentence, command
        assert "--help" in done.sentence, command
