"""A disk that fails to sync: nothing is acknowledged, nothing tried again, and work goes on only
over a new connection that gives back what was acknowledged last."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.casefile import engine
from reviewer.casefile.engine import sqlite3
from reviewer.model.errors import CaseError
from reviewer.service import looking
from reviewer.service.session import Session
from tests.casefile.making import Ticking, new_case
from tests.safety import power
from tests.safety.test_nothing_lost import many_claims
from tests.safety.whole import whole


@pytest.mark.parametrize("journal", ["WAL", "TRUNCATE"])
def test_a_sync_that_fails_acknowledges_nothing_and_the_next_act_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal: str
) -> None:
    monkeypatch.setattr(engine, "wal_is_safe", lambda: journal == "WAL")
    path = new_case(tmp_path, many_claims)
    with power.watched(tmp_path) as book, Session.open(path, "ann", clock=Ticking()) as ann:
        first = ann.decide(ann.view("c-01"), "false")
        before = ann.case.con
        book.failing = True
        for _ in range(2):
            with pytest.raises(CaseError, match=r"failed \(disk I/O error\); nothing was recorded"):
                ann.decide(ann.view("c-02"), "verified", "a note")
        assert ann.view("c-02").verdicts == ()
        book.failing = False
        second = ann.decide(ann.view("c-02"), "contested")
        assert ann.case.con is not before
    assert first is not None
    assert second is not None
    assert [body["id"] for body in whole(path)[1:]] == [first.id, second.id]


def test_after_a_failure_nothing_goes_on_where_what_was_acknowledged_is_gone(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path, many_claims)
    with power.watched(tmp_path) as book, Session.open(path, "ann", clock=Ticking()) as ann:
        entry = ann.decide(ann.view("c-01"), "false")
        assert entry is not None
        book.failing = True
        with pytest.raises(CaseError):
            ann.decide(ann.view("c-02"), "verified")
        book.failing = False
        # The disk gives back what it held before.
        con = ann.case.con
        con.execute("PRAGMA writable_schema = ON")
        con.execute("DROP TRIGGER entry_kept")
        con.execute("PRAGMA foreign_keys = OFF")
        con.execute("DELETE FROM entry WHERE id = ?", (bytes.fromhex(entry.id),))
        for _ in range(2):
            with pytest.raises(CaseError, match=f"is damaged .entry {entry.id} is gone"):
                ann.decide(ann.view("c-03"), "verified")


def test_a_failure_is_told_apart_from_a_mistake() -> None:
    assert engine.is_disk_fault(sqlite3.OperationalError("disk I/O error"))
    assert not engine.is_disk_fault(sqlite3.OperationalError("database or disk is full"))
    assert not engine.is_disk_fault(sqlite3.OperationalError("no such table: x"))
    assert not engine.is_disk_fault(OSError("disk I/O error"))


def test_little_room_is_said_when_a_case_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_case(tmp_path)
    monkeypatch.setattr(looking, "free_space", lambda path: 62_400_000)
    with Session.open(path, "ann") as session:
        assert session.little_room() == "Only 62 MB are free on the disk of the case."
    with Session.open(path, "ann", readonly=True) as session:
        assert session.little_room() == ""
    monkeypatch.setattr(looking, "free_space", lambda path: 100_000_000)
    with Session.open(path, "ann") as session:
        assert session.little_room() == ""
