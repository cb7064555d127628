"""A disk that is full, a file that cannot be written, a case that others write or take away.

Each time: one sentence with what to do, nothing half-written, nothing acknowledged lost.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewer.casefile import engine
from reviewer.model.scale import HOUSE
from reviewer.service.identity import DeviceKey
from tests.casefile.making import copied, new_case
from tests.safety.nursery import Nursery
from tests.safety.test_nothing_lost import (
    READER,
    act_of,
    many_claims,
    opened,
    own_home,
    places,
)
from tests.safety.whole import whole
from tests.terminal import Terminal

LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"
OBEY = """
import ctypes, os, sys
if os.getuid() == 0:
    assert sys.platform == "linux"
    none = (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), none) == 0
"""
NO_WATCH = "import reviewer.desk.review as review; review.WATCH_S = 3600"
as_anybody = pytest.mark.skipif(
    os.getuid() == 0 and sys.platform != "linux", reason="root is refused nothing here"
)


def acts(path: Path) -> list[tuple[str, str, str]]:
    return [act_of(body) for body in whole(path) if body["k"] != "enrol"]


def status(term: Terminal) -> str:
    """What stands in the status line, its rows joined."""
    rows = term.screen
    at = next(n for n, row in enumerate(rows) if row.startswith((" READ ", " NOTE ")))
    return " ".join(" ".join(rows[at:-1]).split())


def hear(term: Terminal, words: str) -> str:
    """Wait until the status line says this; gives all it says."""
    term.wait_for(lambda term: words in status(term), why=f"waited in vain for {words!r}")
    return status(term)


def give(term: Terminal, key: int) -> bool:
    """Give a verdict; whether the desk said that it is recorded."""
    label = HOUSE.by_key(key)
    assert label is not None
    before = status(term)
    term.press(str(key))
    over = (".", "reviewer backup")  # what is to be typed has no full stop behind it
    term.wait_for(lambda term: status(term) != before and status(term).endswith(over))
    return f"Recorded: verdict {label.label} on" in status(term)


@pytest.mark.parametrize("limit", [60_000, 150_000, 400_000])
def test_a_file_that_may_not_grow_any_more(nursery: Nursery, tmp_path: Path, limit: int) -> None:
    path = new_case(tmp_path, many_claims)
    limit += path.stat().st_size
    recorded = 0
    with opened(nursery, path, env=own_home(), before=LIMIT.format(limit)) as term:
        term.wait_for("? keys")
        while give(term, 1 + recorded % 7):
            recorded += 1
            assert recorded < 40
        said = status(term)
        assert "nothing was recorded" in said
        assert str(path.name) in said.replace(" ", "")
        term.press("c", *"a note", "enter")
        # There may be room for a note where there was none for a verdict.
        term.wait_for(
            lambda term: "draft is kept" in status(term) or "Recorded: note" in status(term)
        )
        noted = "Recorded: note" in status(term)
        term.press("q")
        assert term.wait_exit() == 0
    assert [act[0] for act in acts(path)] == ["verdict"] * recorded + ["note"] * noted
    assert places(path).draft(f"c-{recorded + 1:02}") == ("" if noted else "a note")


@pytest.mark.parametrize("command", ["import", "new", "backup", "export", "note", "demo"])
def test_a_command_whose_file_may_not_grow_leaves_nothing_behind(
    nursery: Nursery, tmp_path: Path, command: str
) -> None:
    path = new_case(tmp_path, many_claims)
    more = tmp_path / "more.jsonl"
    row = '{{"kind": "claim", "id": "m-{}", "text": "{}"}}\n'
    more.write_text("".join(row.format(n, "x" * 1000) for n in range(200)))
    arguments = {
        "import": [path, more],
        "new": [tmp_path / "new.case"],
        "backup": [path, tmp_path / "copy.case"],
        "export": [path, tmp_path / "out.csv", "--format", "csv"],
        "note": [path, "c-01", "x" * 100_000],
        "demo": ["--dir", tmp_path / "demo"],
    }[command]
    before = {file for file in tmp_path.rglob("*") if file.is_file()}
    limit = 2_000 if command == "export" else 60_000
    with nursery.terminal(
        [command, *map(str, arguments)], 200, env=own_home(), before=LIMIT.format(limit)
    ) as term:
        assert term.wait_exit() == 1
        said = term.raw.decode()
    assert said.count("reviewer: ") == 1
    assert "nothing was" in said
    left = {file for file in tmp_path.rglob("*") if file.is_file()} - before
    assert {file.suffix for file in left} <= {".case-wal", ".case-shm", ".lock"}
    assert whole(path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1000k", "tmpfs", str(disk)]
    if os.getuid() != 0 or shutil.which("mount") is None or subprocess.call(mount):
        pytest.skip("a small disk can be mounted by root alone, where that is allowed at all")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 512)
    return filler


def test_a_disk_that_fills_while_the_desk_is_open(nursery: Nursery, small_disk: Path) -> None:
    path = new_case(small_disk, many_claims)
    with opened(nursery, path, env=own_home()) as term:
        term.wait_for("? keys")
        assert give(term, 1)
        filler = fill(small_disk)
        done = 0
        while give(term, 2 + done % 6):
            done += 1
            assert done < 40
        said = status(term)
        assert "is full; nothing was recorded. Free some space and try again." in said
        term.press("c", *"kept", "enter")
        hear(term, "Your draft is kept; c opens it.")
        filler.unlink()
        term.press("c", "enter")
        hear(term, "Recorded: note on")
        assert give(term, 1)
        term.press("q")
        assert term.wait_exit() == 0
    assert [act[0] for act in acts(path)] == ["verdict"] * (done + 1) + ["note", "verdict"]


def test_a_full_disk_for_drafts_loses_no_work(
    nursery: Nursery, tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_case(tmp_path, many_claims)
    monkeypatch.setenv("XDG_STATE_HOME", str(small_disk))
    assert DeviceKey().public  # it was made at an earlier act
    env = {**own_home(), "XDG_STATE_HOME": str(small_disk)}
    with opened(nursery, path, env=env) as term:
        term.wait_for("? keys")
        term.press("c", "k", "e")
        term.wait_for("ke")
        filler = fill(small_disk)
        term.press("p")
        said = hear(term, "No draft of the note can be kept (No space left on device)")
        assert "enter saves the note" in said
        term.press("t", "enter")
        hear(term, "Recorded: note on c-01: kept")
        term.press("j", "j", "k")
        hear(term, "Claim 2 of")
        term.press("m", "q")
        assert term.wait_exit() == 0
        filler.unlink()
    assert acts(path) == [("note", "c-01", "kept"), ("mark", "c-02", "on")]
    assert list(small_disk.rglob("*.new")) == []


@as_anybody
def test_a_folder_that_cannot_be_written(nursery: Nursery, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = new_case(folder, many_claims)
    with locked(folder), opened(nursery, path, env=own_home(), before=OBEY) as term:
        term.wait_for("READ-ONLY")
        for key in ("3", "c", "s", "m", "u"):
            term.press(key)
            hear(term, "the case is open for reading only.")
        term.press("j")
        hear(term, "Claim 2 of")
        term.press("q")
        assert term.wait_exit() == 0
    assert [file.name for file in folder.iterdir()] == [path.name]
    assert acts(path) == []


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Within, nothing in the folder can be written."""
    modes = {file: file.stat().st_mode for file in [folder, *folder.iterdir()]}
    for file in modes:
        file.chmod(0o555 if file == folder else 0o400)
    try:
        yield
    finally:
        for file, mode in modes.items():
            file.chmod(mode)


@as_anybody
def test_a_file_made_read_only_under_the_desk(nursery: Nursery, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = new_case(folder, many_claims)
    with opened(nursery, path, env=own_home(), before=OBEY) as term:
        term.wait_for("? keys")
        assert give(term, 1)
        with locked(folder):
            assert not give(term, 2)
            said = status(term)
            assert "cannot be written (Permission denied); copy it to a folder of your own" in said
            term.press("c", *"kept", "enter")
            hear(term, "Your draft is kept")
        assert give(term, 2)
        term.press("q")
        assert term.wait_exit() == 0
    assert [act[0] for act in acts(path)] == ["verdict", "verdict"]


@as_anybody
@pytest.mark.parametrize("options", [[], ["--plain"]], ids=["desk", "plain lines"])
def test_nowhere_to_keep_drafts(nursery: Nursery, tmp_path: Path, options: list[str]) -> None:
    path = new_case(tmp_path, many_claims)
    state = tmp_path / "state"
    (state / "reviewer").mkdir(parents=True)
    env = {**own_home(), "XDG_STATE_HOME": str(state)}
    with (
        locked(state / "reviewer"),
        opened(nursery, path, *options, columns=200, env=env, before=OBEY) as term,
    ):
        assert term.wait_exit() in (1, 2)
        said = term.raw.decode()
    assert said.startswith("reviewer: ")
    assert said.count("\n") == 1
    assert "XDG_STATE_HOME" in said


def gone(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def replaced(path: Path) -> None:
    copied(path).replace(path)


def moved(path: Path) -> None:
    path.rename(path.with_name("moved.case"))


@pytest.mark.parametrize("taken", [gone, Path.unlink, replaced, moved])
def test_a_case_that_is_taken_away_under_the_desk(
    nursery: Nursery, tmp_path: Path, taken: Any
) -> None:
    path = new_case(tmp_path, many_claims)
    new_home = tmp_path / "spare" / path.name
    new_home.parent.mkdir()
    shutil.copy(path, new_home)
    with opened(nursery, path, env=own_home(), before=NO_WATCH) as term:
        term.wait_for("? keys")
        taken(path)
        assert not give(term, 3)
        said = status(term)
        assert "nothing was recorded" in said
        assert "Put it back, or leave and open it again." in said
        term.press("c", *"kept", "enter")
        hear(term, "Your draft is kept")
        term.press("j", "q")
        assert term.wait_exit() == 0
    for left in tmp_path.glob("*.case"):
        assert acts(left) == []
    assert places(new_home).draft("c-01") == "kept"


def test_two_desks_on_one_case(nursery: Nursery, tmp_path: Path) -> None:
    path = new_case(tmp_path, many_claims)
    other = ["review", str(path), "--as", "borys"]
    with contextlib.ExitStack() as both:
        mine = both.enter_context(opened(nursery, path, env=own_home(), before=NO_WATCH))
        mine.wait_for("? keys")
        theirs = both.enter_context(nursery.terminal(other, env=own_home(), before=NO_WATCH))
        theirs.wait_for("? keys")
        theirs.wait_for("c-02", why="the claim that nobody reads")
        theirs.press("g")
        hear(theirs, "Another reader is reading this.")
        assert give(mine, 1)
        assert not give(theirs, 2)
        assert f"Not recorded: {READER} changed c-01 at" in status(theirs)
        assert "look again" in status(theirs)
        assert give(theirs, 2)
        for key in (3, 4, 5, 6):
            assert give(theirs, key)
        for term in (mine, theirs):
            term.press("q")
            assert term.wait_exit() == 0
    assert [act[1:] for act in acts(path)] == [
        ("c-01", "verified"),
        ("c-01", "partly_verified"),
        ("c-02", "unverified"),
        ("c-04", "contested"),
        ("c-05", "misleading"),
        ("c-06", "false"),
    ]


def test_a_case_that_another_program_holds(nursery: Nursery, tmp_path: Path) -> None:
    path = new_case(tmp_path, many_claims)
    impatient = "import reviewer.casefile.engine as engine; engine.PATIENCE_S = 0.2"
    with opened(nursery, path, env=own_home(), before=impatient) as term:
        term.wait_for("? keys")
        with engine.lock(path):
            assert not give(term, 1)
            assert "Another program is writing" in status(term)
            assert "nothing was recorded, try again." in status(term)
        assert give(term, 2)
        term.press("q")
        assert term.wait_exit() == 0
    assert acts(path) == [("verdict", "c-01", "partly_verified")]
