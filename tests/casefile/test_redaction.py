"""Erased words are gone from every byte, and the record says for ever that they stood there."""

from __future__ import annotations

import hashlib
import json
import random
import re
from pathlib import Path

import pytest

from reviewer.casefile import engine, history, redaction
from reviewer.casefile.case import CaseFile
from reviewer.model.errors import CaseBusyError, NothingToDoError
from reviewer.model.naming import author_of, shown_name
from reviewer.model.records import Record
from reviewer.model.searching import Search
from reviewer.service import second_reading
from reviewer.service.config import state_dir
from reviewer.service.places import Places
from reviewer.service.searching import Indexing, find
from reviewer.service.session import Session
from tests.casefile.making import at_work, claim, new_case, rebuilt, state_of

SECRET = "Halyna-Petrenko-of-Izium"
WORDS = f"She is {SECRET}, call her sister."


def newest(session: Session, kind: str, reader: str = "") -> str:
    return session.log(kind=kind, reader=reader, limit=1)[0].id


def left_of(path: Path, *wanted: str) -> list[str]:
    """The files that still hold one of these words, in any case of letters."""
    folders = [path.parent, state_dir()]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert path in files
    words = [word.casefold().encode() for word in wanted]
    return [f.name for f in files if any(word in f.read_bytes().lower() for word in words)]


def found(session: Session, words: str) -> int:
    indexing = Indexing(session)
    while indexing.needed:
        indexing.go_on(1)
    return len(find(session, Search(words)).hits)


def in_the_index(session: Session) -> bool:
    rows = session.case.con.execute("SELECT key FROM search_word").fetchall()
    return any("petrenko" in row["key"] for row in rows)


@pytest.mark.parametrize("ahead", [True, False])
def test_a_note_that_is_erased_is_in_no_byte_of_the_case_nor_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    monkeypatch.setattr(engine, "wal_is_safe", lambda: ahead)
    path = new_case(tmp_path)
    with at_work(path, "ada", "ben") as (ada, ben):
        ada.note(ada.view("c-1"), WORDS)
        ada.decide(ada.view("c-1"), "contested")
        drafts = Places(ada.about.id, "ada")
        drafts.keep_draft("c-1", f"{WORDS} And her son.")
        assert found(ada, "petrenko") == 1
        assert in_the_index(ada)
        assert left_of(path, SECRET, "petrenko")

        erasure = ben.redact(newest(ben, "note"), "she asked for it")

        assert erasure.wiped
        assert len(erasure.redactions) == 2, "the verdict carried the note too"
        assert left_of(path, SECRET, "petrenko", "izium") == []
        assert not drafts.has_draft("c-1")
        assert found(ada, "petrenko") == 0
        assert found(ada, "Gerasimov")
        assert not in_the_index(ada)
        assert state_of(ben.case.con) == rebuilt(ben.case.con)
    assert left_of(path, SECRET, "petrenko", "izium") == []


def sixty_claims() -> list[Record]:
    return [claim(f"c-{n}") for n in range(60)]


def test_moved_rows_leave_no_copies_of_erased_words(tmp_path: Path) -> None:
    """With `secure_delete` alone two of these notes stay in gaps of pages."""
    path, draw = new_case(tmp_path, sixty_claims), random.Random(4)
    with at_work(path, "ada") as (ada,):
        for n in range(60):
            view = ada.view(f"c-{draw.randrange(60)}")
            ada.note(view, f"SECRET{n:03} " * draw.choice((1, 10, 60)))
        for line in ada.log(kind="note", limit=100)[::2]:
            ada.redact(line.id)
        kept = {word for line in ada.log(kind="note", limit=100) for word in line.words.split()}
    left = set(re.findall(rb"SECRET\d{3}", path.read_bytes()))
    assert left == {word.encode() for word in kept}
    assert len(left) == 30


def test_the_record_says_who_erased_what_and_the_chain_stays_whole(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ada", "ben") as (ada, ben):
        ada.note(ada.view("c-1"), WORDS)
        ada.decide(ada.view("c-1"), "contested")
        before = {row["id"] for row in ada.case.con.execute("SELECT id FROM entry").fetchall()}
        ben.redact(newest(ben, "note"), "she asked for it")

        said = "[erased by ben, 2022-03-07: she asked for it]"
        sentences = [(line.reader, line.sentence, line.words) for line in ben.log()]
        why = "she asked for it"
        assert ("ben", f"erased the note of ada on c-1 for good, because: {why}", why) in sentences
        assert ("ada", f"note on c-1: {said}", "") in sentences
        assert ("ada", f"verdict contested on c-1, with a note {said}", "") in sentences
        view = ada.view("c-1")
        assert [(note.reader, note.text, note.erased) for note in view.notes] == [
            ("ada", said, True)
        ]
        assert [(v.value, v.note, v.standing) for v in view.verdicts] == [("contested", said, True)]
        assert view.note_of("ada") == "", "a note that is opened begins empty"

        con = ada.case.con
        rows = con.execute("SELECT id, body FROM entry ORDER BY lsn").fetchall()
        assert before < {row["id"] for row in rows}
        assert all(hashlib.sha256(row["body"]).digest() == row["id"] for row in rows)
        held = {row["id"].hex() for row in rows}
        bodies = [json.loads(row["body"]) for row in rows]
        assert all(body["p"] in held or body["n"] == 1 for body in bodies)
        assert SECRET not in json.dumps(bodies)


def test_an_erasure_is_not_undone_and_the_same_again_only_wipes(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ada") as (ada,):
        ada.mark(ada.view("c-2"))
        ada.note(ada.view("c-1"), WORDS)
        note = newest(ada, "note")
        ada.redact(note)
        again = ada.redact(note)
        assert again.redactions == ()
        assert again.target.erased == "[erased by ada, 2022-03-07]"
        assert ada.undo().sentence == "undid: note on c-1: [erased by ada, 2022-03-07]"
        assert ada.undo().sentence == "undid: c-2 marked"
        assert ada.view("c-1").notes == ()
        ada.redo()
        ada.redo()
        assert ada.view("c-1").notes[0].erased
        with pytest.raises(NothingToDoError, match="has no words"):
            ada.redact(newest(ada, "mark"))
        with pytest.raises(NothingToDoError, match="cannot be undone"):
            ada.undo_act(newest(ada, "redact"))


@pytest.mark.parametrize("ahead", [True, False])
def test_where_another_program_is_reading_the_reader_is_told_to_erase_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    monkeypatch.setattr(engine, "wal_is_safe", lambda: ahead)
    monkeypatch.setattr(engine, "PATIENCE_S", 0.05)
    path = new_case(tmp_path)
    with at_work(path, "ada", "ben") as (ada, ben):
        ada.note(ada.view("c-1"), WORDS)
        note = newest(ada, "note")
        with ben.case.snapshot():
            held = ben.view("c-1")
            if ahead:
                assert not ada.redact(note).wiped
                assert ben.view("c-1") == held
            else:
                with pytest.raises(CaseBusyError):
                    ada.redact(note)
        if not ahead:
            assert ada.view("c-1").note_of("ada") == WORDS, "nothing was half done"
        assert ada.redact(note).wiped
    assert left_of(path, SECRET) == []


def test_the_reason_of_an_erasure_can_be_erased_too(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ada") as (ada,):
        ada.note(ada.view("c-1"), "a first note")
        ada.redact(newest(ada, "note"), f"it named {SECRET}")
        ada.redact(newest(ada, "redact"))
        assert ada.log(kind="note")[0].sentence == "note on c-1: [erased by ada, 2022-03-07]"
    assert left_of(path, SECRET) == []


def test_while_a_claim_is_read_blind_a_reason_tells_nobody_what_another_thinks(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ada", "ben") as (ada, ben):
        ada.note(ada.view("c-1"), WORDS)
        ben.redact(newest(ben, "note"), "it is false anyway")
        second_reading.ask(ada, ada.view("c-1"))
        assert ada.view("c-1").notes[0].text == "[erased by ben, 2022-03-07]"
        for reader in (ada, ben):
            reader.decide(reader.view("c-1"), "false")
        said = "[erased by ben, 2022-03-07: it is false anyway]"
        assert ada.view("c-1").notes[0].text == said


def test_a_name_is_erased_from_every_chain_of_its_reader(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    name = "Halyna Petrenko"
    with at_work(path, name, "ben") as (halyna, ben):
        halyna.note(halyna.view("c-1"), "call the ministry")
        halyna.decide(halyna.view("c-1"), "contested")
        copy = path.with_name("a copy.case")
        ben.case.backup(copy)
    path.unlink()
    copy.rename(path)  # another file: both begin a chain, and the name stands twice
    shown = shown_name(author_of(name), "")
    with at_work(path, name, "ben") as (halyna, ben):
        halyna.mark(halyna.view("c-2"))
        assert len(ben.log(kind="enrol", reader=name)) == 2
        erasure = ben.redact(newest(ben, "enrol", name))
        assert len(erasure.redactions) == 2
        assert {line.reader for line in ben.log()} == {"ben", shown}
        assert [note.reader for note in ben.view("c-1").notes] == [shown]
        assert ben.status().readers == {"ben": 0, shown: 1}
        assert ben.log(reader=shown), "and the log can be asked for what is shown"
        assert state_of(ben.case.con) == rebuilt(ben.case.con)
        # Whoever it is goes on under the name that nobody else sees.
        assert halyna.view("c-1").mine(name) is not None
        halyna.withdraw(halyna.view("c-1"))
        assert halyna.view("c-1").mine(name) is None
    assert left_of(path, "Petrenko") == []


def test_whoever_takes_entries_in_can_ask_what_was_erased(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ada") as (ada,):
        ada.note(ada.view("c-1"), WORDS)
        note = newest(ada, "note")
        with ada.case.read() as con:
            assert redaction.erased(con, note) is None
        ada.redact(note)
        with ada.case.read() as con:
            by = redaction.erased(con, note)
        assert by is not None
        assert by.subject == note
        assert by.data == {"claim": "c-1", "erased": "note"}


NEWEST = "SEARCH entry USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"
OF_CLAIM = "SEARCH act USING COVERING INDEX act_claim (claim=? AND lsn>? AND lsn<?)"
OF_KIND = "SCAN entry USING COVERING INDEX entry_subject"


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, [NEWEST]),
        ({"claim": "c-1"}, [OF_CLAIM]),
        ({"claim": "c-1", "kind": "note", "reader": "ada"}, [OF_CLAIM]),
        ({"reader": "ada"}, [NEWEST, "SEARCH entry USING COVERING INDEX entry_chain (chain=?)"]),
        ({"kind": "note"}, [NEWEST, OF_KIND]),
        ({"kind": "note", "reader": "ada"}, [NEWEST, OF_KIND]),
    ],
)
def test_each_way_to_ask_the_log_uses_an_index(
    tmp_path: Path, asked: dict[str, str], wanted: list[str]
) -> None:
    given = {"claim": "", "reader": "", "kind": "", **asked}
    values = {"low": 0, "top": 9, "page": 50, "chains": "[1]", **given}
    with CaseFile.open(new_case(tmp_path)) as case:
        plans = [
            case.con.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
            for query, _ in history._ways(**given)
        ]
    assert [plan[0]["detail"] for plan in plans] == wanted


def test_a_log_goes_on_into_what_is_older_without_a_gap_or_a_double(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked, page by page it tells the same as all of it at once."""
    monkeypatch.setattr(history, "RECENT", 5)
    monkeypatch.setattr(history, "PAGE", 2)
    with at_work(new_case(tmp_path), "ada", "ben") as (ada, ben):
        for n in range(12):
            reader = (ada, ben)[n % 3 == 0]
            view = reader.view(f"c-{n % 4 + 1}")
            if n % 2:
                reader.note(view, f"note {n}")
            else:
                reader.decide(view, ("contested", "false")[n % 4 == 0])
        everything = ben.log(limit=100)
        assert len(everything) >= 12
        for asked in ({}, {"reader": "ada"}, {"kind": "note"}, {"kind": "note", "reader": "ben"}):
            wanted = [
                line.id
                for line in everything
                if asked.get("reader", line.reader) == line.reader
                and asked.get("kind", line.kind) == line.kind
            ]
            assert [line.id for line in ben.log(limit=100, **asked)] == wanted
            told, before = [], ""
            while some := ben.log(limit=3, before=before, **asked):
                told += [line.id for line in some]
                before = told[-1]
            assert told == wanted
