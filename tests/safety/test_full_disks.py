"""A disk of each size fills up while notes are recorded: none that was acknowledged is lost.

Every day for two sizes, with `REVIEWER_LONG=1` for each from 1 to 8 MB; in both journal modes;
once where files may not grow any more, and once on a disk that is full, where one can be made.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from tests.casefile.making import new_case
from tests.everyday import LONG
from tests.safety.test_nothing_lost import many_claims
from tests.safety.whole import whole

ROOT = Path(__file__).resolve().parents[2]
SIZES = range(1, 9) if LONG else (1, 3)
MB = 1 << 20
RECORD = """
import os, sys
from itertools import count
from pathlib import Path
from reviewer.casefile import engine
from reviewer.model.errors import CaseError
from reviewer.service.session import Session

if sys.argv[2] == "TRUNCATE":
    engine.wal_is_safe = lambda *_: False
with Session.open(Path(sys.argv[1]), "ann") as ann:
    refused = 0
    for turn in count():
        try:
            entry = ann.note(ann.view(f"c-{turn % 40 + 1:02}"), f"{turn} " + "words " * 3000)
            os.write(1, f"{entry.id}\\n".encode())
        except CaseError as error:
            os.write(2, f"{error.sentence}\\n".encode())
            refused += 1
            if refused == 3:
                break
"""


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of so many megabytes."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(disk)]
    if os.getuid() != 0 or shutil.which("mount") is None or subprocess.call(mount):
        pytest.skip("a small disk can be mounted by root alone, where that is allowed at all")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def recorded(path: Path, journal: str, largest: int | None) -> list[str]:
    """What a process acknowledged until it was refused three times over."""

    def bounded() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    done = subprocess.run(
        [sys.executable, "-c", RECORD, str(path), journal],
        capture_output=True,
        text=True,
        preexec_fn=bounded,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    refusals = done.stderr.splitlines()
    assert len(refusals) == 3
    assert all("nothing was recorded" in refusal for refusal in refusals), refusals
    return done.stdout.split()


def held(path: Path) -> list[str]:
    whole(path)
    with CaseFile.open(path) as case:
        rows = case.con.execute("SELECT id FROM entry WHERE kind = 'note' ORDER BY lsn").fetchall()
    return [row[0].hex() for row in rows]


@pytest.mark.parametrize("journal", ["WAL", "TRUNCATE"])
@pytest.mark.parametrize("megabytes", SIZES)
def test_files_that_may_not_grow(tmp_path: Path, megabytes: int, journal: str) -> None:
    path = new_case(tmp_path, many_claims)
    said = recorded(path, journal, megabytes * MB)
    print(f"files of {megabytes} MB, {journal}: {len(said)} acknowledged, none lost")
    assert said
    assert held(path) == said


@pytest.mark.parametrize("journal", ["WAL", "TRUNCATE"])
@pytest.mark.parametrize("megabytes", SIZES)
def test_a_disk_that_is_full(tmp_path: Path, megabytes: int, journal: str) -> None:
    with small_disk(tmp_path, megabytes) as disk:
        path = new_case(disk, many_claims)
        said = recorded(path, journal, None)
        print(f"a disk of {megabytes} MB, {journal}: {len(said)} acknowledged, none lost")
        assert said
        # What is looked at is a copy, where there is room to look.
        for file in disk.iterdir():
            shutil.copy(file, tmp_path)
        assert held(tmp_path / path.name) == said
