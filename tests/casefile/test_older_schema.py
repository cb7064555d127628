"""A case that an older program made opens, is brought up to date, and loses nothing."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.casefile import schema
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection, sqlite3
from reviewer.model.errors import CaseError
from reviewer.model.evidence import Stance
from reviewer.service.importing import import_files
from tests.casefile.making import (
    GUR,
    at_work,
    ledger_of,
    left_beside,
    new_case,
    rebuilt,
    state_of,
    statement,
    take_in,
)
from tests.cli.conftest import *  # noqa: F403 - the fixture `reviewer`
from tests.cli.conftest import Reviewer

SINCE = {
    2: """
DROP TRIGGER oddity_unchanged; DROP TRIGGER oddity_kept;
DROP TRIGGER rating_unchanged; DROP TRIGGER rating_kept;
DROP TABLE search_text; DROP TABLE search_part; DROP TABLE search_passage;
DROP TABLE search_word; DROP TABLE search_mark;
DROP TABLE judged; DROP TABLE fence; DROP INDEX queue_newest;
DROP TABLE brought; DROP TABLE file; DROP TABLE rating; DROP TABLE oddity;
DELETE FROM _sqlite_migrations WHERE name = 'm002_ratings_and_files';
PRAGMA user_version = 1;
""",
    3: """
DROP TRIGGER attest_unchanged; DROP TRIGGER attest_kept; DROP TABLE lease;
DROP TABLE tally; DROP INDEX queue_orphans;
DELETE FROM _sqlite_migrations WHERE name = 'm003_versions_and_leases';
PRAGMA user_version = 2;
""",
    4: """
DROP TABLE finding; DROP TABLE blind; DROP TABLE waiting;
ALTER TABLE fence DROP COLUMN needs_second; ALTER TABLE fence DROP COLUMN adjudicated;
DELETE FROM _sqlite_migrations WHERE name = 'm004_findings_and_second_readings';
PRAGMA user_version = 3;
""",
}
"""What takes a case back to the version before, but for the numbers of versions."""
NUMBERED = {
    *("source", "statement", "recording", "claim", "rating", "quotation"),
    *("segment", "oddity", "shown_with", "queue"),
}
OF_1 = {
    *("about", "scale", "source", "statement", "recording", "segment", "claim", "shown_with"),
    *("quotation", "chain", "entry", "payload", "attest", "writer", "reader", "act", "verdict"),
    *("note", "flag", "excerpt", "queue"),
}
"""The tables of version 1."""


def made_older(path: Path, to: int) -> Path:
    """Take a case back to an older version."""
    con = sqlite3.connect(path)
    triggers = con.execute(
        r"SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%\_unchanged'"
        r" ESCAPE '\' AND tbl_name NOT IN ('entry', 'payload', 'chain', 'attest')"
    ).fetchall()
    for name, _ in triggers:
        con.execute(f"DROP TRIGGER {name}")
    for table in NUMBERED if to < 3 else ():
        con.execute(f"UPDATE {table} SET version = version >> 40")
    for _, sql in triggers:
        con.execute(sql)
    con.commit()
    for version in range(schema.VERSION, to, -1):
        con.executescript(SINCE[version])
    con.execute("VACUUM")
    con.close()
    return path


def tables(con: Connection) -> set[str]:
    rows = con.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {row[0] for row in rows} - {"_sqlite_migrations", "sqlite_stat1", "sqlite_stat4"}


def shape(path: Path) -> set[tuple[object, ...]]:
    con = sqlite3.connect(path)
    try:
        rows = con.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
        (version,) = con.execute("PRAGMA user_version").fetchone()
        (application,) = con.execute("PRAGMA application_id").fetchone()
        steps = con.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall()
    finally:
        con.close()
    kept = {tuple(row) for row in rows if row[2] != "_sqlite_migrations"}
    return {*kept, (version, application), *map(tuple, steps)}


def editions(row: sqlite3.Row) -> tuple[object, ...]:
    """A row with the edition for the number of a version."""
    return tuple(
        row[key] >> 40 or row[key] if key == "version" else row[key]
        for key in row.keys()  # noqa: SIM118 - no mapping
    )


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables of version 1."""
    con = sqlite3.connect(path)
    con.row_factory = sqlite3.Row
    try:
        return {
            table: sorted(map(editions, con.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
            for table in OF_1
        }
    finally:
        con.close()


@pytest.fixture(params=[1, 2])
def older(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A case of an older version with work of two readers in it."""
    path = new_case(tmp_path)
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "contested", "Rival accounts.")
        ann.decide(ann.view("c-2"), "verified")
        borys.decide(borys.view("c-2"), "false")
        target = ann.text("call-1")
        ann.link(ann.view("c-3"), target, 0, 16, Stance.SUPPORTS)
        ann.note(ann.view("c-4"), "Ask again.")
        ann.mark(ann.view("c-4"))
        ann.undo()
    take_in(path, statement(text=f"Kyiv. {GUR}"))
    return made_older(path, int(request.param))


def test_it_is_an_older_one(older: Path) -> None:
    con = sqlite3.connect(older)
    (version,) = con.execute("PRAGMA user_version").fetchone()
    assert tables(con) == OF_1 if version == 1 else tables(con) > OF_1
    assert "lease" not in tables(con)
    con.close()


def test_it_opens_and_every_row_of_it_is_kept(older: Path) -> None:
    before = content(older)
    with CaseFile.open(older) as case:
        assert rebuilt(case.con) == state_of(case.con)
        assert len(ledger_of(case.con)) > 8
    assert content(older) == before
    with at_work(older, "ann") as (ann,):
        (mine,) = ann.view("c-1").verdicts
        assert (mine.value, mine.note, mine.stale) == (
            "contested",
            "Rival accounts.",
            "gur-7-march changed",
        )
        assert ann.view("c-4").note_of("ann") == "Ask again."
        assert [e.exact for e in ann.view("c-3").excerpts] == ["Виталий Герасимов"[:16]]
        assert ann.redo().kind == "redo"


def test_its_shape_is_that_of_a_new_case(older: Path, tmp_path: Path) -> None:
    CaseFile.create(tmp_path / "new.case", title="T").close()
    CaseFile.open(older).close()
    assert shape(older) == shape(tmp_path / "new.case")
    assert left_beside(older) == [f"{older.name}.lock", "new.case", "new.case.lock"]


def test_opening_it_twice_or_by_two_at_once_changes_it_once(older: Path) -> None:
    with CaseFile.open(older) as one, CaseFile.open(older) as other:
        assert tables(one.con) == tables(other.con)
    after = older.read_bytes()
    CaseFile.open(older).close()
    assert older.read_bytes() == after


def test_what_version_2_brought_works_in_it(older: Path) -> None:
    file = older.with_name("rated.jsonl")
    file.write_text(
        '{"kind": "rating", "claim": "c-1", "source": "ria", "rating": "Fake"}', encoding="utf-8"
    )
    with CaseFile.open(older) as case:
        assert import_files(case, [file]).refused == []
    with at_work(older, "ann") as (ann,):
        (rating,) = ann.view("c-1").ratings
        assert rating.rating == "Fake"
        assert ann.provenance("rating", rating.id) is not None
        # What came in before anybody kept count of files has no known file.
        assert ann.provenance("claim", "c-1") is None


def test_opened_for_reading_it_says_in_a_sentence_what_to_do(
    older: Path, reviewer: Reviewer
) -> None:
    before = older.read_bytes()
    with pytest.raises(CaseError) as refused:
        CaseFile.open(older, readonly=True)
    said = refused.value.sentence
    assert said.startswith(f"{older} was made by an older reviewer")
    assert "open it once where it can be written" in said
    assert older.read_bytes() == before
    done = reviewer("review", older, "--readonly", "--plain")
    assert (done.code, done.sentence) == (1, said)
    assert reviewer("queue", older).lines[0].startswith("c-1 [reopened]")


@contextlib.contextmanager
def locked_away(folder: Path) -> Iterator[None]:
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_in_a_folder_that_cannot_be_written_it_says_the_same(older: Path) -> None:
    with locked_away(older.parent), pytest.raises(CaseError, match="older reviewer"):
        CaseFile.open(older)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TRIGGER spy AFTER INSERT ON entry BEGIN DELETE FROM note; END;",
        "CREATE TABLE lease (claim TEXT);",
        "CREATE TABLE lease (n INTEGER PRIMARY KEY);",
        "CREATE VIEW lease AS SELECT 1;",
        "CREATE TRIGGER attest_kept BEFORE DELETE ON claim BEGIN SELECT 1; END;",
        "CREATE INDEX lease_holder ON claim (id);",
        "DROP TRIGGER entry_unchanged;",
        "ALTER TABLE claim ADD COLUMN extra TEXT;",
        "PRAGMA user_version = 3;",
        "PRAGMA user_version = 0;",
        "CREATE TRIGGER spy AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM note; END;",
    ],
)
def test_one_that_was_tampered_with_is_refused_and_left_as_it_is(older: Path, script: str) -> None:
    con = sqlite3.connect(older)
    con.executescript(script)
    con.close()
    before = older.read_bytes()
    for readonly in (False, True):
        with pytest.raises(CaseError, match="changed by another program"):
            CaseFile.open(older, readonly=readonly)
    assert older.read_bytes() == before


def test_the_bookkeeping_may_say_what_it_likes(older: Path) -> None:
    """A file that says the last step was taken, and has none of it, is no case of ours."""
    con = sqlite3.connect(older)
    con.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('reviewer', 'm003_versions_and_leases', '2022-03-07')"
    )
    con.commit()
    con.close()
    with pytest.raises(CaseError):
        CaseFile.open(older)


def test_a_migration_that_fails_halfway_leaves_the_case_as_it_was(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(older)
    whole = schema.statements

    def broken(script: str) -> list[str]:
        found = whole(script)
        at = next(n for n, one in enumerate(found) if "CREATE TABLE lease" in one)
        return [*found[: at + 1], "CREATE TABLE attest_kept (broken", *found[at + 1 :]]

    monkeypatch.setattr(schema, "statements", broken)
    schema.migrations.cache_clear()
    try:
        with pytest.raises(CaseError):
            CaseFile.open(older)
    finally:
        monkeypatch.undo()
        schema.migrations.cache_clear()
    con = sqlite3.connect(older)
    assert "lease" not in tables(con)
    con.close()
    assert content(older) == before
    CaseFile.open(older).close()
