"""A case on a file system that is not this machine's own is written without a write-ahead log."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.casefile import disk, engine
from reviewer.casefile.case import CaseFile
from reviewer.casefile.health import case_report
from tests.casefile.making import at_work, new_case

NETWORKS = ("nfs4", "cifs", "fuse.sshfs", "9p", "virtiofs", "vfat", "a-new-one")


def mounts(folder: Path, *at: tuple[str, str]) -> Path:
    """A list of mounts as Linux keeps it."""
    escaped = [(place.replace(" ", "\\040"), kind) for place, kind in at]
    lines = [
        f"{n} 1 0:{n} / {place} rw,relatime shared:{n} - {kind} somewhere rw\n"
        for n, (place, kind) in enumerate(escaped, 20)
    ]
    listed = folder / "mountinfo"
    listed.write_text("".join(lines), encoding="utf-8")
    return listed


@pytest.fixture(autouse=True)
def a_safe_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "wal_is_safe", lambda: True)


def mode_of(path: Path) -> tuple[str, int]:
    with CaseFile.open(path) as case:
        con = case.con
        journal = con.execute("PRAGMA journal_mode").fetchone()[0]
        return journal, con.execute("PRAGMA synchronous").fetchone()[0]


@pytest.mark.parametrize("kind", NETWORKS)
def test_on_a_network_a_case_has_no_write_ahead_log_and_the_doctor_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = new_case(tmp_path)
    here = tmp_path / "list"
    here.mkdir()
    monkeypatch.setattr(disk, "MOUNTS", mounts(here, ("/", "ext4"), (str(tmp_path), kind)))
    assert mode_of(path) == ("truncate", 3)
    with at_work(path, "ann", "ben") as (ann, ben):
        ann.decide(ann.view("c-1"), "false")
        ben.decide(ben.view("c-2"), "verified")
        report = case_report(ann.case)
        assert ann.foreign_disk == kind
    assert report.journal == "TRUNCATE"
    assert report.why.endswith(f"this is {kind}")
    assert report.warnings[0].startswith(f"the case lies on {kind}: let no two hosts write it")
    # Back on a disk of this machine's own it is written ahead again, and nothing is lost.
    monkeypatch.setattr(disk, "MOUNTS", mounts(here, ("/", "ext4")))
    assert mode_of(path) == ("wal", 2)
    with at_work(path, "ann") as (ann,):
        assert ann.status().decided == 2


def test_the_nearest_mount_counts_and_of_two_at_one_place_the_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a case of ours"
    folder.mkdir()
    path = folder / "calls.case"
    table = [("/", "overlay"), (str(tmp_path), "autofs"), (str(tmp_path), "xfs")]
    monkeypatch.setattr(disk, "MOUNTS", mounts(tmp_path, *table))
    assert disk.kind_of(path) == "xfs"
    monkeypatch.setattr(disk, "MOUNTS", mounts(tmp_path, *table, (str(folder), "nfs")))
    assert disk.kind_of(path) == "nfs"
    link = tmp_path / "link.case"
    link.symlink_to(path)
    assert disk.kind_of(link) == "nfs"
    monkeypatch.setattr(disk, "MOUNTS", tmp_path / "none")
    assert disk.kind_of(path) == "unknown"


def test_little_room_and_open_doors_are_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_case(tmp_path)
    monkeypatch.setattr("reviewer.casefile.health.LITTLE", 1 << 80)
    with CaseFile.open(path) as case:
        # As it is opened, a case is closed to everybody else; this was done since.
        path.chmod(0o644)
        report = case_report(case)
    assert [warning.split()[0] for warning in report.warnings] == ["only", "everybody"]
    assert report.free > 0
    assert report.permissions == "0644"
