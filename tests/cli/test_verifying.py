"""`verify`, as it is typed: what it says of a case that is whole, and of one that is not."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

import pytest

from reviewer.casefile import acts, derive, erasing, ledger
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import sqlite3
from reviewer.model.entry import Draft, Kind
from reviewer.service.session import Session
from tests.casefile.making import Ticking, at_work, new_case
from tests.casefile.tampering import a_case, in_his_hands, key
from tests.cli.conftest import ROOT, Reviewer
from tests.terminal import Terminal


def test_a_new_case_and_a_worked_on_one_are_whole(reviewer: Reviewer, tmp_path: Path) -> None:
    case = new_case(tmp_path)
    done = reviewer("verify", case)
    assert done.code == 0
    assert done.lines[-2:] == ["Nobody has recorded anything yet.", f"{case} is whole."]
    with at_work(case, "ada", "bob") as (ada, bob):
        ada.decide(ada.view("c-1"), "false", "no body was shown")
        bob.decide(bob.view("c-1"), "verified")
    done = reviewer("verify", case)
    assert (done.code, done.err) == (0, "")
    assert done.lines == [
        "Checked: 4 entries of 2 chains, 4 signatures of devices (all checked), 0 seals,"
        " 10 versions of evidence, the derived rows of 1 claim.",
        "Unsealed: ada (2 entries), bob (2 entries). Their devices vouch for them, no key of"
        " theirs.",
        f"{case} is whole.",
    ]


def test_a_changed_note_is_named_with_what_rests_on_it(reviewer: Reviewer, tmp_path: Path) -> None:
    case = new_case(tmp_path)
    with at_work(case, "ada") as (ada,):
        ada.decide(ada.view("c-1"), "false", "no body was shown")
        ada.decide(ada.view("c-2"), "false")
    # As with a hex editor: one letter of the note.
    data = case.read_bytes()
    assert data.count(b"no body was shown") >= 1
    case.write_bytes(data.replace(b"no body was shown", b"no body was shewn"))
    done = reviewer("verify", case)
    assert done.code == 1
    assert done.lines[0].startswith("First: Entry ")
    assert done.lines[0].endswith(
        "(ada, 2022-03-07 00:00 UTC, verdict on c-1): its words were changed: they are not those"
        " that it was made with."
    )
    assert done.lines[1] == (
        "Resting on it: 1 entry after it in its chain, 2 verdicts that stand, on c-1, c-2."
    )
    assert done.lines[-1] == f"{case} is NOT whole."
    told = reviewer("verify", case, "--json")
    assert told.code == 1
    assert told.json["first"]["claim"] == "c-1"
    assert told.json["rests_on_it"]["claims"] == ["c-1", "c-2"]


def test_many_breaks_are_counted_and_all_of_them_are_in_json(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    case = new_case(tmp_path)
    with at_work(case, "ada") as (ada,):
        for n in range(40):
            ada.mark(ada.view("c-1"), on=not n % 2)
    with in_his_hands(case) as con:
        con.execute("UPDATE entry SET lamport = lamport + 1000 WHERE seq > 1")
    done = reviewer("verify", case)
    assert sum(line.startswith("broken: ") for line in done.lines) == 20
    assert any(line.startswith("and ") and line.endswith("with --json") for line in done.lines)
    assert len(reviewer("verify", case, "--json").json["findings"]) > 40


def test_words_that_were_erased_on_purpose_are_no_break(reviewer: Reviewer, tmp_path: Path) -> None:
    case = a_case(tmp_path)
    erased(case)
    done = reviewer("verify", case)
    assert done.code == 0, done.out
    (line,) = [line for line in done.lines if line.startswith("erased on purpose: ")]
    assert "verdict on c-1): its words were erased on purpose by bob." in line
    # Put back from an older copy they are one.
    with in_his_hands(case) as con:
        con.execute("INSERT INTO payload SELECT lsn, CAST('{}' AS BLOB) FROM entry WHERE lsn = 2")
    assert "words were changed" in reviewer("verify", case).lines[0]


def erased(case: Path) -> None:
    """Bob erases the words of the second entry, on the device that he writes on."""
    with CaseFile.open(case) as opened:
        opened.device = key("bob")
        with opened.read() as con:
            target = con.execute("SELECT id FROM entry WHERE lsn = 2").fetchone()[0]
        erasing.redact(opened, "bob", target.hex())


def test_what_only_is_derived_is_made_anew_by_a_merge_into_a_new_case(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    path, anew = new_case(tmp_path), tmp_path / "anew.case"
    with at_work(path, "ada") as (ada,):
        ada.note(ada.view("c-1"), "call the ministry")
    with in_his_hands(path) as con:
        con.execute("UPDATE note SET text = 'leave it'")
    done = reviewer("verify", path)
    assert done.code == 1
    assert done.lines[0] == "First: The row of c-1 in note is not what ledger and evidence give."
    assert done.lines[1].startswith("Ledger and evidence are whole; ")
    assert done.lines[1].endswith(f"reviewer merge NEW.case {path}")
    assert reviewer("merge", anew, path).code == 0
    assert reviewer("verify", anew).code == 0
    assert "call the ministry" in reviewer("show", anew, "c-1").out


def test_a_text_that_a_verdict_names_and_nobody_holds_is_missing_and_not_broken(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    path = new_case(tmp_path)
    with at_work(path, "eve") as (eve,):
        view = eve.view("c-1")
        saw = {"gur-7-march": "ab" * 32}
        draft = Draft(
            Kind.VERDICT, "c-1", subject=view.claim.hash, data={"value": "false", "saw": saw}
        )
        acts.record(eve.case, "eve", draft)
    done = reviewer("verify", path)
    assert done.code == 1
    assert "what its reader saw of gur-7-march (ababababab) is not in this file: " in done.lines[0]
    assert "it was taken out, or never came; merge a copy that has it." in done.lines[0]
    assert done.lines[-1].endswith("is NOT whole.")
    counts = reviewer("verify", path, "--json").json["counts"]
    assert counts["missing"] == 1
    assert "broken" not in counts


def test_a_seal_of_another_entry_does_not_hold(reviewer: Reviewer, tmp_path: Path) -> None:
    case = a_case(tmp_path)
    assert reviewer("verify", case, "--json").json["seals"] == 3
    with in_his_hands(case) as con:
        before = con.execute("SELECT id FROM entry WHERE lsn = 2").fetchone()[0]
        con.execute("UPDATE attest SET target = ? WHERE what = 'seal' AND target ="
                    " (SELECT target FROM attest JOIN entry ON entry.id = target"
                    " WHERE what = 'seal' AND entry.chain = 1)", (before,))  # fmt: skip
    assert "the seal over it does not hold" in reviewer("verify", case).lines[0]


def test_a_second_laptop_that_was_never_sealed_is_told_what_to_do(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    case = a_case(tmp_path)
    with Session.open(case, "ada", clock=Ticking()) as session:
        session.mark(session.view("c-1"), on=not session.view("c-1").row.marked)
    done = reviewer("verify", case)
    assert done.code == 1
    assert "entries are in ada's name by device" in done.lines[0]
    assert "if it is ada's, seal there; if not, somebody else wrote them" in done.lines[0]


def test_a_fork_is_told_and_breaks_nothing(
    reviewer: Reviewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = new_case(tmp_path)
    with Session.open(case, "ada") as session:
        session.case.device = key("ada")
        session.mark(session.view("c-1"))
    before = case.read_bytes()
    with Session.open(case, "ada") as session:
        session.case.device = key("ada")
        session.mark(session.view("c-2"))
    with CaseFile.open(case) as held:
        lost = held.con.execute("SELECT id, chain, seq, lamport, kind, subject, author, body"
                                " FROM entry ORDER BY lsn DESC LIMIT 1").fetchone()  # fmt: skip
        signed = held.con.execute("SELECT * FROM attest WHERE target = ?", (lost["id"],)).fetchone()
    # The older copy is written to by a device that remembers nothing, and then both are merged.
    case.write_bytes(before)
    with Session.open(case, "ada") as session:
        session.case.device = key("ada")
        session.mark(session.view("c-3"))
    with CaseFile.open(case) as held, held.write() as con:
        con.execute(
            "INSERT INTO entry (id, chain, seq, lamport, kind, subject, author, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            tuple(lost),
        )
        con.execute("INSERT INTO attest VALUES (?, ?, ?, ?)", tuple(signed))
        derive.everything(con)
    done = reviewer("verify", case)
    assert done.code == 0, done.out
    assert "forked: Ada's chain" in done.out
    assert "has 2 entries of number 3" in done.out
    # A branch that its device did not sign is no fork of its own making.
    with in_his_hands(case) as con:
        con.execute("DELETE FROM attest WHERE target = ?", (lost["id"],))
    assert "its device did not sign it" in reviewer("verify", case).lines[0]


def test_entries_that_this_device_wrote_are_missed_here(reviewer: Reviewer, tmp_path: Path) -> None:
    case = new_case(tmp_path)
    with Session.open(case, "ada") as session:
        session.mark(session.view("c-1"))
    before = case.read_bytes()
    with Session.open(case, "ada") as session:
        session.mark(session.view("c-2"))
    case.write_bytes(before)
    done = reviewer("verify", case)
    assert done.code == 1
    assert done.lines[0].startswith("First: 1 of your own entries, that were written on this")


def test_a_chain_from_another_case_and_an_older_unsigned_one(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    case = new_case(tmp_path)
    with CaseFile.open(case) as held, held.write() as con:
        ledger.append(con, case, "ada", Draft(Kind.NOTE), Ticking(), None)
    done = reviewer("verify", case)
    assert done.code == 0, done.out
    assert "unsigned: Ada's chain" in done.out
    with in_his_hands(case) as con:
        con.execute("UPDATE about SET value = 'another' WHERE key = 'id'")
    assert "written for another case" in reviewer("verify", case).lines[0]


def test_it_reads_where_nothing_can_be_written(reviewer: Reviewer, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    case = a_case(folder)
    before = case.read_bytes()
    case.chmod(0o400)
    folder.chmod(0o500)
    try:
        assert reviewer("verify", case).code == 0
    finally:
        folder.chmod(0o700)
    assert case.read_bytes() == before


def test_what_is_no_case_gives_one_sentence(reviewer: Reviewer, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no case")
    done = reviewer("verify", other)
    assert (done.code, done.out) == (1, "")
    assert "is not a case file" in done.sentence


def test_a_page_that_cannot_be_read_gives_one_sentence(reviewer: Reviewer, tmp_path: Path) -> None:
    case = new_case(tmp_path)
    with contextlib.closing(sqlite3.connect(case)) as con:
        (root,) = con.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entry'").fetchone()
        (size,) = con.execute("PRAGMA page_size").fetchone()
    with case.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 8)
    done = reviewer("verify", case)
    assert (done.code, done.out) == (1, "")
    assert done.sentence.startswith(f"{case} is damaged (")
    assert "reviewer rescue" in done.sentence


def test_progress_stands_on_a_terminal_and_ctrl_c_leaves_with_one_sentence(tmp_path: Path) -> None:
    case = a_case(tmp_path)
    # Where the check is at its signatures it waits, as a long one would.
    slow = (
        "import sys, threading; from reviewer.casefile.verify import signatures;"
        "held = signatures.devices\n"
        "def waits(con, found, **more):\n"
        "    found.tick('signatures', 1, 2)\n"
        "    threading.Event().wait(0.2)\n"
        "    while True: found.tick('signatures', 1, 2)\n"
        "signatures.devices = waits\n"
        "from reviewer.cli.main import main; main()"
    )
    command = [sys.executable, "-c", slow, "verify", str(case)]
    with Terminal(command, 80, 24, env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path) as terminal:
        terminal.wait_for("Checking signatures... 1 of 2")
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert "reviewer: Stopped; the check did not come to its end." in terminal.text
        assert "Traceback" not in terminal.text


def test_hostile_names_and_ids_are_harmless_where_they_are_told(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    case = new_case(tmp_path)
    name = "\x1b]52;c;aGk=\x07[bold]eve"
    with CaseFile.open(case) as held, held.write() as con:
        ledger.append(con, case, name, Draft(Kind.NOTE, claim="c-1"), Ticking(), key("eve"))
    with in_his_hands(case) as con:
        con.execute("UPDATE entry SET lamport = 77 WHERE seq = 2")
    done = reviewer("verify", case)
    assert done.code == 1
    assert "\x1b" not in done.out + done.err
    assert "[bold]eve" in done.out
    assert json.dumps(name)[1:5] in reviewer("verify", case, "--json").out
