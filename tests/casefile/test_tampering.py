"""Whoever tampers with a case is found by verify.

With `REVIEWER_LONG=1` each way to tamper is tried 2,500 times; REVIEWER_SEED gives another seed.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.casefile.verify.walk import Walk
from tests.casefile.tampering import (
    KINDS,
    Forger,
    a_case,
    found,
    in_his_hands,
    rederived,
    sealing,
    tampered,
)
from tests.everyday import times

SEED = int(os.environ.get("REVIEWER_SEED", "20220307"))
TRIES = times(12, 2500)


def test_a_case_that_nobody_tampered_with_is_whole(tmp_path: Path) -> None:
    report = found(a_case(tmp_path))
    assert [one for one in report.findings if one.is_fault] == []
    assert report.whole
    assert report.signatures.checked == report.signatures.held == report.entries
    assert report.seals == 3


@pytest.mark.parametrize("kind", KINDS)
def test_tampering_is_found(tmp_path: Path, kind: str) -> None:
    print(f"seed {SEED}, {TRIES} times")
    for n in range(TRIES):
        path = a_case(tmp_path)
        tampered(path, kind, random.Random(f"{SEED} {kind} {n}"))
        report = found(path)
        assert not report.whole, f"not found: seed {SEED}, {kind}, number {n}"
        assert report.first is not None
        path.unlink()


def test_a_whole_reader_taken_out_is_missed_by_those_who_saw_his_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_case(tmp_path)
    with in_his_hands(path) as con:
        Forger(path, random.Random(1)).a_reader(con)
    rederived(path)
    report = found(path)
    assert not report.whole
    assert report.first is not None
    assert "that its writer had seen is missing" in report.first.said
    # Without the witness nothing is left that tells of him.
    monkeypatch.setattr(Walk, "_links", lambda *_: None)
    assert found(path).whole


def test_two_keys_of_one_reader_must_know_of_each_other(tmp_path: Path) -> None:
    path = a_case(tmp_path)
    other = {"device": "ada's laptop", "ssh_of": "ada's other ssh"}
    with CaseFile.open(path) as case, case.write() as con:
        sealing(con, "ada", path, **other)
    report = found(path)
    assert report.first is not None
    assert "ada's name is bound to keys that do not know of each other" in report.first.said
    # That the new key says it knows the first is not enough: anybody could say that.
    with CaseFile.open(path) as case, case.write() as con:
        sealing(con, "ada", path, others="ada's ssh", **other)
    assert not found(path).whole
    with CaseFile.open(path) as case, case.write() as con:
        sealing(con, "ada", path, others="ada's other ssh")
    assert found(path).whole


def test_a_state_that_there_is_not_is_named(tmp_path: Path) -> None:
    path = a_case(tmp_path)
    with in_his_hands(path) as con:
        con.execute("UPDATE queue SET state = 'decided~'")
    report = found(path)
    assert not report.whole
    assert any("a state that there is not" in one.said for one in report.findings)
