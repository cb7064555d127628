"""A case is made whole, opened by its own, and never by mistake."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reviewer.casefile import engine, schema
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import sqlite3, wal_is_safe
from reviewer.model.errors import CaseBusyError, CaseError, ReadOnlyError
from reviewer.model.evidence import Stance
from reviewer.model.scale import HOUSE, scale_of
from reviewer.service.session import Session
from tests.casefile.making import (
    at_work,
    claim,
    copied,
    left_beside,
    new_case,
    state_of,
    take_in,
)

NOBODY = 65534


def test_a_new_case_has_a_name_a_scale_and_nothing_in_it(tmp_path: Path) -> None:
    with CaseFile.create(tmp_path / "a.case", title="Kharkiv") as case:
        about = case.about()
        assert (about.title, about.about, about.exercise) == ("Kharkiv", "", False)
        assert len(bytes.fromhex(about.id)) == 16
        assert case.scale() == HOUSE
        assert all(rows == [] for rows in state_of(case.con).values())


def test_no_two_cases_have_one_id(tmp_path: Path) -> None:
    with (
        CaseFile.create(tmp_path / "a.case", title="T") as one,
        CaseFile.create(tmp_path / "b.case", title="T") as other,
    ):
        assert one.about().id != other.about().id


def test_a_case_keeps_the_scale_it_was_made_with(tmp_path: Path) -> None:
    scale = scale_of([("true", "true", ""), ("half_true", "half true", "")])
    CaseFile.create(tmp_path / "a.case", title="T", scale=scale).close()
    with CaseFile.open(tmp_path / "a.case") as case:
        assert case.scale() == scale


def test_a_case_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "a.case"
        CaseFile.create(path, title="T").close()
        with CaseFile.open(path) as case:
            with case.write() as con:
                con.execute("UPDATE about SET value = 'U' WHERE key = 'title'")
            case.backup(tmp_path / "b.case")
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert set(modes) >= {"a.case", "a.case.lock", "b.case"}
    assert set(modes.values()) == {0o600}


def test_nothing_is_left_beside_a_closed_case_but_its_lock(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann", "borys") as (ann, _):
        ann.decide(ann.view("c-1"), "false")
    assert left_beside(path) == [f"{path.name}.lock"]
    assert not path.with_name(f"{path.name}-wal").exists()


def test_a_case_is_not_made_over_another_file(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    before = path.read_bytes()
    with pytest.raises(CaseError, match="exists already; open it with"):
        CaseFile.create(path, title="T")
    assert path.read_bytes() == before


def test_a_case_is_not_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"no folder .*; make it first"):
        CaseFile.create(tmp_path / "no" / "a.case", title="T")


def test_a_case_that_could_not_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    too_many = scale_of([(f"v{n}", f"v{n}", "") for n in range(10)])
    with pytest.raises(CaseError):
        CaseFile.create(tmp_path / "a.case", title="T", scale=too_many)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.case", None, "There is no case at"),
        ("empty.case", b"", "is not a case file"),
        ("page.html", b"<html>", "is not a case file"),
        ("short.case", b"SQLite format 3\x00", "damaged|not a case file"),
    ],
)
def test_what_is_no_database_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CaseError, match=said):
        CaseFile.open(path)
    assert (path.read_bytes() if content is not None else None) == content


def test_a_folder_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="is a folder; name the case file in it"):
        CaseFile.open(tmp_path)


def test_a_case_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with sqlite3.connect(path) as con:
        con.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(CaseError, match=r"written by a newer reviewer .*; update the program"):
        CaseFile.open(path)


def test_a_case_opened_for_reading_alone_can_be_read_and_not_written(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    before = path.read_bytes()
    with Session.open(path, "ann", readonly=True) as session:
        view = session.view("c-1")
        for act in (
            lambda: session.decide(view, "false"),
            lambda: session.note(view, "words"),
            lambda: session.mark(view),
            lambda: session.set_aside(view),
            lambda: session.link(view, view.statements[0], 0, 5, Stance.CONTEXT),
            session.undo,
            session.redo,
        ):
            with pytest.raises(ReadOnlyError, match="open for reading only; nothing was recorded"):
                act()
    assert path.read_bytes() == before
    assert left_beside(path) == []


def test_a_case_that_somebody_writes_can_be_read_at_the_same_time(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,), Session.open(path, "borys", readonly=True) as borys:
        ann.decide(ann.view("c-1"), "false")
        assert borys.view("c-1").row.verdict == "false"


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Within, nothing in `folder` can be written."""
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        for parent in (*folder.parents, folder):
            if parent.stat().st_mode & 0o055 != 0o055:
                parent.chmod(parent.stat().st_mode | 0o055)
        for file in folder.iterdir():
            file.chmod(0o400)
            os.chown(file, NOBODY, -1)
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)
        folder.chmod(0o755)


def test_a_case_in_a_folder_that_cannot_be_written_opens_for_reading(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with without_rights(tmp_path), Session.open(path, "ann") as session:
        assert session.readonly
        assert [row.id for row in session.rows()] == ["c-1", "c-2", "c-3", "c-4"]
        with pytest.raises(ReadOnlyError):
            session.decide(session.view("c-1"), "false")


def test_a_name_that_only_points_to_a_case_opens_it_under_the_same_lock(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    name = tmp_path / "elsewhere" / "link.case"
    name.symlink_to(path)
    with at_work(name, "ann") as (ann,):
        ann.decide(ann.view("c-1"), "false")
    assert [p.name for p in (tmp_path / "elsewhere").iterdir()] == ["link.case"]
    assert path.with_name(path.name + ".lock").exists()


def test_a_writer_that_waits_in_vain_is_told_so_and_has_recorded_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE_S", 0.0)
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,):
        view = ann.view("c-1")
        with (
            engine.lock(path),
            pytest.raises(CaseBusyError, match="nothing was recorded, try again"),
        ):
            ann.decide(view, "false")
        assert ann.view("c-1").verdicts == ()
        assert ann.decide(view, "false") is not None


def test_an_error_within_a_transaction_leaves_no_trace_of_it(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with CaseFile.open(path) as case:
        before = state_of(case.con)
        with pytest.raises(RuntimeError), case.write() as con:  # noqa: PT012
            con.execute("DELETE FROM queue")
            raise RuntimeError
        assert state_of(case.con) == before
        assert not case.con.in_transaction


def test_a_mistake_in_the_program_is_not_called_a_damaged_file(tmp_path: Path) -> None:
    with (
        CaseFile.open(new_case(tmp_path)) as case,
        pytest.raises(sqlite3.ProgrammingError),
        case.read() as con,
    ):
        con.execute("SELECT * FROM claim WHERE id = :id", {})


def test_closing_twice_does_no_harm(tmp_path: Path) -> None:
    case = CaseFile.open(new_case(tmp_path))
    case.close()
    case.close()


def test_a_commit_of_another_is_noticed_and_ones_own_is_not(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false")
        assert (ann.changed_by_others(), borys.changed_by_others()) == (False, True)
        assert borys.changed_by_others() is False


def test_a_backup_is_a_whole_case_with_the_same_id_and_ledger(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false", "they deny it")
        ann.case.backup(tmp_path / "backup.case")
        borys.decide(borys.view("c-2"), "verified")
        with Session.open(tmp_path / "backup.case", "ann") as kept:
            assert kept.case.about() == ann.about
            assert kept.view("c-1").verdicts == ann.view("c-1").verdicts
            assert kept.view("c-2").verdicts == ()


def test_a_backup_is_not_written_over_another_file(tmp_path: Path) -> None:
    with CaseFile.open(new_case(tmp_path)) as case:
        (tmp_path / "b.case").write_text("mine")
        with pytest.raises(CaseError, match="exists already"):
            case.backup(tmp_path / "b.case")
        assert (tmp_path / "b.case").read_text() == "mine"
        with pytest.raises(CaseError, match="no folder"):
            case.backup(tmp_path / "no" / "b.case")


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_a_write_ahead_log_is_used_only_by_a_sqlite_that_cannot_corrupt_it(
    version: tuple[int, int, int], safe: bool
) -> None:
    assert wal_is_safe(version) is safe


def test_saved_means_written_to_the_disk_in_either_journal_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for safe, journal, synchronous in ((True, "wal", 2), (False, "truncate", 3)):
        monkeypatch.setattr(engine, "wal_is_safe", lambda safe=safe: safe)
        with CaseFile.open(new_case(tmp_path)) as case:
            assert case.con.execute("PRAGMA journal_mode").fetchone()[0] == journal
            assert case.con.execute("PRAGMA synchronous").fetchone()[0] == synchronous


def test_without_a_safe_log_the_same_work_gives_the_same_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "wal_is_safe", lambda: False)
    path = new_case(tmp_path)
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false")
        borys.decide(borys.view("c-1"), "verified")
        borys.undo()
    assert take_in(path, claim("c-9")) == ["new"]
    with CaseFile.open(copied(path)) as case:
        assert case.con.execute("SELECT count(*) FROM entry").fetchone()[0] == 5


def test_a_case_on_a_disk_that_cannot_be_written_opens_beside_the_log_a_reader_left(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    Session.open(path, "ann", readonly=True).close()
    path.with_name(path.name + "-wal").touch()
    with without_rights(tmp_path), Session.open(path, "ann") as session:
        assert session.count() == 4


@pytest.mark.skipif(not wal_is_safe(), reason="this SQLite writes no log beside the file")
def test_a_case_with_unwritten_work_beside_it_says_how_to_open_it(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,):
        ann.decide(ann.view("c-1"), "false")
        left = tmp_path / "left"
        left.mkdir()
        for beside in ("", "-wal"):
            (left / f"a.case{beside}").write_bytes(Path(f"{path}{beside}").read_bytes())
    with (
        without_rights(left),
        pytest.raises(ReadOnlyError, match="left in the middle of a write; open it once where"),
    ):
        Session.open(left / "a.case", "ann")
    with Session.open(left / "a.case", "ann") as session:
        assert session.view("c-1").row.verdict == "false"
