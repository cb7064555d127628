"""Two readers on one case: nobody writes over what he has not seen, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.casefile import acts, evidence
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.model.entry import Entry
from reviewer.model.errors import ClaimChangedError
from reviewer.model.evidence import Claim, Stance
from tests.casefile.making import (
    CALL,
    at_work,
    ledger_of,
    new_case,
    rebuilt,
    recording,
    state_of,
    take_in,
)

SCRIBE = Path(__file__).with_name("scribe.py")
ROOT = SCRIBE.parents[2]


def test_a_key_on_a_claim_that_another_changed_records_nothing_and_says_who_and_when(
    tmp_path: Path,
) -> None:
    with at_work(new_case(tmp_path), "ann", "Борис") as (ann, borys):
        seen = ann.view("c-1")
        borys.decide(borys.view("c-1"), "false")
        before = ledger_of(ann.case.con)
        for act in (
            lambda: ann.decide(seen, "verified"),
            lambda: ann.note(seen, "words"),
            lambda: ann.set_aside(seen),
            lambda: ann.link(seen, seen.statements[0], 0, 5, Stance.CONTEXT),
        ):
            with pytest.raises(ClaimChangedError) as caught:
                act()
            assert caught.value.sentence == (
                "Not recorded: Борис changed c-1 at 00:00:02 while you read; look again."
            )
        assert ledger_of(ann.case.con) == before
        assert ann.decide(ann.view("c-1"), "verified") is not None


def test_an_undo_of_another_counts_as_a_change_too(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        borys.decide(borys.view("c-1"), "false")
        seen = ann.view("c-1")
        borys.undo()
        with pytest.raises(ClaimChangedError, match="borys changed c-1"):
            ann.decide(seen, "verified")


def test_work_on_another_claim_is_no_reason_to_look_again(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        seen = ann.view("c-1")
        borys.decide(borys.view("c-2"), "false")
        assert ann.decide(seen, "verified") is not None


def test_a_reader_may_go_on_from_what_he_himself_recorded(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        seen = ann.view("c-1")
        ann.note(seen, "words")
        ann.decide(seen, "false")
        assert [v.value for v in ann.view("c-1").verdicts if v.standing] == ["false"]


def test_what_is_recorded_while_a_claim_is_being_read_counts_as_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = evidence.shown_with
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):

        def slowly(con: Connection, of: Claim) -> list[str]:
            if con is ann.case.con and not borys.view("c-1").verdicts:
                borys.decide(borys.view("c-1"), "false")
            return reading(con, of)

        view = borys.view("c-1")
        assert view.verdicts == ()
        monkeypatch.setattr(evidence, "shown_with", slowly)
        seen = ann.view("c-1")
        monkeypatch.undo()
        with pytest.raises(ClaimChangedError):
            ann.decide(seen, "verified")


def test_one_readers_two_windows_leave_one_verdict(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann", "ann") as (one, other):
        seen = one.view("c-1")
        other.decide(other.view("c-1"), "false")
        one.decide(seen, "verified")
        verdicts = [(v.value, v.standing) for v in other.view("c-1").verdicts]
        assert verdicts == [("false", False), ("verified", True)]


@pytest.mark.parametrize("act", ["a verdict", "a withdrawal"])
def test_what_a_verdict_replaces_is_what_stands_when_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    recording = acts.record
    with at_work(new_case(tmp_path), "ann", "ann") as (one, other):
        one.decide(one.view("c-1"), "contested")

        def late(case: CaseFile, *given: object, **named: object) -> Entry:
            if case is one.case:
                other.decide(other.view("c-1"), "false")
            return recording(case, *given, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(acts, "record", late)
        if act == "a verdict":
            one.decide(one.view("c-1"), "verified")
        else:
            one.withdraw(one.view("c-1"))
        standing = [v.value for v in one.view("c-1").verdicts if v.standing]
        assert standing == (["verified"] if act == "a verdict" else [])


def written_by(path: Path, *readers: str, each: int) -> list[list[str]]:
    """The ids that processes of these readers say they recorded, all writing at once."""
    processes = [
        subprocess.Popen(
            [sys.executable, SCRIBE, "write", path, reader, str(each)],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for reader in readers
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return said


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    said = written_by(path, "ann", "borys", each=150)
    with CaseFile.open(path) as case:
        held = {row[0].hex(): row[1] for row in case.con.execute("SELECT id, body FROM entry")}
        assert [len(ids) for ids in said] == [150, 150]
        assert {id_ for ids in said for id_ in ids} <= set(held)
        verdicts = [body for body in map(json.loads, held.values()) if body["k"] == "verdict"]
        assert len(verdicts) == 300
        assert rebuilt(case.con) == state_of(case.con)
        assert case.con.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_two_processes_of_one_reader_never_leave_him_in_conflict_with_himself(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    written_by(path, "ann", "ann", each=150)
    with CaseFile.open(path) as case:
        standing = case.con.execute(
            "SELECT claim, count(*) FROM verdict WHERE standing GROUP BY claim"
        ).fetchall()
        assert {row[0]: row[1] for row in standing} == dict.fromkeys(
            ("c-1", "c-2", "c-3", "c-4"), 1
        )
        chains = case.con.execute("SELECT count(*), count(DISTINCT seq) FROM entry").fetchone()
        assert chains[0] == chains[1] == 301


def test_a_mark_of_another_is_no_change_of_the_claim(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        seen = ann.view("c-1")
        borys.mark(borys.view("c-1"))
        assert ann.decide(seen, "verified") is not None


def test_a_key_on_texts_that_changed_meanwhile_records_nothing_and_says_which(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,):
        seen = ann.view("c-1")
        take_in(path, recording(lines=CALL[:2]))
        before = ledger_of(ann.case.con)
        with pytest.raises(ClaimChangedError, match="call-1 changed while you read"):
            ann.decide(seen, "verified")
        assert ledger_of(ann.case.con) == before
        assert ann.decide(ann.view("c-1"), "verified") is not None
