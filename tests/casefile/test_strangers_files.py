"""A case file from a stranger: nothing in it runs, and damage is one sentence."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.casefile import acts, history
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import sqlite3
from reviewer.model.errors import CaseError, ReviewerError
from reviewer.model.evidence import Stance
from reviewer.service.session import Session
from tests.casefile.making import at_work, copied, left_beside, new_case
from tests.data import real

FOREIGN = {
    "a trigger more": """
        CREATE TRIGGER spy AFTER INSERT ON entry BEGIN DELETE FROM note; END;""",
    "a trigger named like the bookkeeping": """
        CREATE TRIGGER spy_sqlite_migrations AFTER INSERT ON entry BEGIN DELETE FROM note; END;""",
    "a trigger on the bookkeeping": """
        CREATE TRIGGER spy AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM note; END;""",
    "a view more": "CREATE VIEW all_claims AS SELECT * FROM claim;",
    "a view named like the bookkeeping": "CREATE VIEW my_sqlite_migrations AS SELECT 1;",
    "a view in the place of the bookkeeping": """
        DROP TABLE _sqlite_migrations;
        CREATE VIEW _sqlite_migrations AS SELECT 'reviewer' AS migration_set;""",
    "a view in the place of a table": """
        DROP TABLE note;
        CREATE VIEW note AS WITH RECURSIVE n(claim) AS (SELECT 1 UNION ALL SELECT claim FROM n)
          SELECT claim, claim AS author, claim AS lsn, claim AS text FROM n;""",
    "a table more": "CREATE TABLE extra (x);",
    "a table less": "DROP TABLE attest;",
    "a column more": "ALTER TABLE about ADD COLUMN extra TEXT;",
    "an index more": "CREATE INDEX extra ON claim (lower(text));",
    "a trigger less": "DROP TRIGGER entry_unchanged;",
    "a virtual table": "CREATE VIRTUAL TABLE extra USING fts5(words);",
    "a trigger that says something else": """
        DROP TRIGGER entry_kept;
        CREATE TRIGGER entry_kept BEFORE DELETE ON entry
          BEGIN SELECT RAISE(IGNORE); END;""",
    "a trigger with a name that SQLite keeps for itself": """
        CREATE TRIGGER spy AFTER INSERT ON entry BEGIN DELETE FROM note; END;
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET name = 'sqlite_spy',
          sql = replace(sql, 'TRIGGER spy', 'TRIGGER sqlite_spy') WHERE name = 'spy';""",
    "a trigger that hides in what looks like a comment": """
        DROP TRIGGER entry_unchanged;
        CREATE TRIGGER entry_unchanged BEFORE UPDATE ON entry
          BEGIN SELECT RAISE(ABORT, 'the ledger --') WHERE 0; DELETE FROM note; SELECT ('
is append-only'); END;""",
    "an older version than there ever was": "PRAGMA user_version = 0;",
    "an older version, and a trigger": """
        PRAGMA user_version = 0;
        CREATE TRIGGER spy AFTER INSERT ON entry BEGIN DELETE FROM note; END;""",
    "a version below nothing": "PRAGMA user_version = -1;",
    "another program's mark": "PRAGMA application_id = 7;",
}


@pytest.mark.parametrize("script", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("readonly", [False, True], ids=["to write", "to read"])
def test_a_schema_that_is_not_ours_is_refused_before_anything_in_it_runs(
    tmp_path: Path, script: str, readonly: bool
) -> None:
    path = new_case(tmp_path)
    con = sqlite3.connect(path)
    con.executescript(script)
    con.close()
    before = path.read_bytes()
    with pytest.raises(CaseError, match=r"not a case|changed by another program"):
        CaseFile.open(path, readonly=readonly)
    assert path.read_bytes() == before
    assert left_beside(path) == []


def test_a_case_that_another_program_only_looked_at_or_tidied_still_opens(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    con = sqlite3.connect(path)
    con.executescript("ANALYZE; VACUUM;")
    con.close()
    with Session.open(path, "ann") as session:
        assert session.decide(session.view("c-1"), "false") is not None


def test_comments_and_line_breaks_of_the_schema_may_change(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    con = sqlite3.connect(path)
    con.execute("PRAGMA writable_schema = ON")
    con.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, ' PRIMARY KEY', ' -- why\n  PRIMARY  KEY')"
        " WHERE name = 'about'"
    )
    con.commit()
    con.close()
    with CaseFile.open(path) as case:
        assert case.about().title == "Losses of March 2022"


def use(path: Path) -> None:
    """Everything that a reader may look at, and an act."""
    with Session.open(path, "ann") as session:
        rows = session.rows()
        session.rows(session.filter('-tag:x kharkiv "was" reader:me has:note date:2022'))
        session.status()
        session.log(limit=1000)
        session.next_undecided()
        for row in rows:
            view = session.view(row.id)
            session.log(claim=row.id)
            session.decide(view, "false", "a note")
            session.note(session.view(row.id), "another")
        session.undo()
        session.redo()
        acts.rebuild(session.case)


def worked_on(folder: Path) -> Path:
    path = new_case(folder)
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false", "they deny it")
        borys.decide(borys.view("c-1"), "verified")
        view = borys.view("c-2")
        borys.link(view, view.statements[0], 0, 6, Stance.REFUTES)
        borys.mark(borys.view("c-3"))
        borys.undo()
    return path


def judged(path: Path, look: Callable[[Path], None]) -> str:
    """How it went: fine, or refused in a sentence. Anything else is a crash, and fails."""
    refusal = refused(path, look)
    if refusal is None:
        return "fine"
    assert "\n" not in refusal.sentence
    assert len(refusal.sentence) < 600
    return type(refusal).__name__


def refused(path: Path, look: Callable[[Path], None]) -> ReviewerError | None:
    try:
        look(path)
    except ReviewerError as error:
        return error
    return None


def test_flipped_bytes_are_a_sentence_and_never_a_crash(tmp_path: Path) -> None:
    whole = bytearray(worked_on(tmp_path).read_bytes())
    chance = random.Random(41)
    outcomes = set()
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.choice([1, 3, 30, 300])):
            damaged[chance.randrange(100, len(damaged))] = chance.randrange(256)
        path = tmp_path / "damaged.case"
        path.write_bytes(damaged)
        outcomes.add(judged(path, use))
        for beside in tmp_path.glob("damaged.case-*"):
            beside.unlink()
    assert {"fine", "CaseError"} <= outcomes


def test_a_file_that_breaks_off_is_a_sentence_and_never_a_crash(tmp_path: Path) -> None:
    whole = worked_on(tmp_path).read_bytes()
    chance = random.Random(42)
    for _ in range(25):
        path = tmp_path / "short.case"
        path.write_bytes(whole[: chance.randrange(16, len(whole))])
        assert judged(path, use) == "CaseError"
        for beside in tmp_path.glob("short.case-*"):
            beside.unlink()


HOSTILE_ROWS = {
    "a state of work there is not": "UPDATE queue SET state = 'x'",
    "a verdict of no scale": "UPDATE verdict SET value = 'x'",
    "a stance there is not": "UPDATE excerpt SET stance = 'x'",
    "an excerpt that ends before it starts": 'UPDATE excerpt SET start = 9, "end" = -9',
    "tags that are no list": "UPDATE claim SET tags = '{'",
    "tags that are no words": "UPDATE claim SET tags = '[[1], null]'",
    "speakers that are no list": "UPDATE recording SET speakers = '[{\"x\": 1}]'",
    "a recording without segments": "DELETE FROM segment",
    "an entry that is no JSON": "UPDATE entry SET body = x'7b'",
    "an entry that says nothing": "UPDATE entry SET body = x'7b7d'",
    "an entry of nothing but brackets": (
        "UPDATE entry SET body = CAST(replace(hex(zeroblob(99999)), '0', '[') AS BLOB)"
    ),
    "words that are no JSON": "UPDATE payload SET data = x'ff'",
    "a clock that runs in the year 9999999": (
        "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '\"t\":1646',"
        " '\"t\":99999991646') AS BLOB)"
    ),
    "a verdict without a value": (
        "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '\"value\"', '\"v\"') AS BLOB)"
    ),
    "a queue of claims there are not": "UPDATE queue SET version = 99",
    "acts of claims there are not": "UPDATE act SET claim = 'x'",
    "no readers": "DELETE FROM reader",
    "no label": "DELETE FROM about",
    "no scale": "DELETE FROM scale",
    "a claim of a billion letters": "UPDATE claim SET text = hex(zeroblob(2000000))",
    "bytes that are no text": "UPDATE claim SET text = CAST(x'ff' AS TEXT)",
    "half a character": "UPDATE claim SET text = CAST(x'eda080' AS TEXT)",
    "a name that is no text": "UPDATE reader SET name = CAST(x'ff1b' AS TEXT)",
}


@pytest.mark.parametrize("statement", HOSTILE_ROWS.values(), ids=HOSTILE_ROWS)
def test_rows_that_no_reviewer_writes_are_a_sentence_and_never_a_crash(
    tmp_path: Path, statement: str
) -> None:
    path = worked_on(tmp_path)
    tampered_with(path, statement)
    judged(path, use)


def tampered_with(path: Path, statement: str) -> None:
    con = sqlite3.connect(path, isolation_level=None)
    triggers = con.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        con.execute(f"DROP TRIGGER {name}")
    con.execute(statement)
    for _, sql in triggers:
        con.execute(sql)
    con.close()


def test_a_file_that_was_tampered_with_still_has_our_schema(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    tampered_with(path, "UPDATE about SET value = 'x' WHERE key = 'title'")
    with CaseFile.open(path) as case:
        assert case.about().title == "x"


def test_no_real_broken_database_is_taken_for_a_case_or_changed(tmp_path: Path) -> None:
    folder = real("hostile", "sqlite")
    found = sorted(p for p in folder.iterdir() if p.suffix in (".db", ".sqlite"))
    assert len(found) >= 15
    for file in found:
        path = tmp_path / file.name
        shutil.copyfile(file, path)
        for readonly in (True, False):
            with pytest.raises(CaseError) as caught:
                CaseFile.open(path, readonly=readonly)
            assert str(path) in caught.value.sentence
        assert path.read_bytes() == file.read_bytes()


def test_a_journal_that_a_crash_left_beside_another_programs_file_is_not_lost(
    tmp_path: Path,
) -> None:
    folder = real("hostile", "sqlite")
    for name in ("journal_hot.sqlite", "journal_hot.sqlite-journal"):
        shutil.copyfile(folder / name, tmp_path / name)
    for readonly in (True, False):
        with pytest.raises(CaseError, match="another program's database"):
            CaseFile.open(tmp_path / "journal_hot.sqlite", readonly=readonly)
    for name in ("journal_hot.sqlite", "journal_hot.sqlite-journal"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_a_case_is_never_left_in_a_transaction_by_a_refusal(tmp_path: Path) -> None:
    path = copied(worked_on(tmp_path))
    tampered_with(path, "UPDATE entry SET body = x'7b'")
    with Session.open(path, "ann") as session:
        with pytest.raises(CaseError):
            session.undo()
        assert not session.case.con.in_transaction


def test_a_page_that_holds_nothing_where_an_entry_was_is_damage(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    con = sqlite3.connect(path)
    con.execute("PRAGMA writable_schema = ON")
    sql = con.execute("SELECT sql FROM sqlite_schema WHERE name = 'entry'").fetchone()[0]
    loose = sql.replace("body    BLOB NOT NULL", "body    BLOB")
    assert loose != sql
    con.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'entry'", (loose,))
    con.commit()
    con.close()
    tampered_with(path, "UPDATE entry SET body = NULL")
    con = sqlite3.connect(path)
    con.execute("PRAGMA writable_schema = ON")
    con.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'entry'", (sql,))
    con.commit()
    con.close()
    with Session.open(path, "ann") as session:
        for act in (session.log, session.undo, lambda: session.view("c-1")):
            with pytest.raises(CaseError, match=r"is damaged \(NULL value in entry\.body\)"):
                act()


def test_a_mistake_in_the_program_is_not_taken_for_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_: object, **__: object) -> None:
        raise TypeError("a mistake")

    with Session.open(new_case(tmp_path), "ann") as session:
        monkeypatch.setattr(history, "entries", mistaken)
        with pytest.raises(TypeError, match="a mistake"):
            session.log()
