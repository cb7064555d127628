"""Which readings are compared: those in force, of several readers, that one may know of."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.casefile import readings
from reviewer.model.agreement import Reading
from reviewer.model.entry import Kind
from reviewer.model.evidence import Stance
from reviewer.service.agreeing import agreement, read_twice
from reviewer.service.merging import merge
from reviewer.service.second_reading import ask
from reviewer.service.session import Session
from tests.casefile.making import at_work, claim, new_case, statement, take_in
from tests.casefile.test_costs import FEW, LOOKED_AT, MANY, made, scans, statements_of, steps_of

__all__ = ["made"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_case(tmp_path)


def both(path: Path, **verdicts: tuple[str, str]) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        for id_, (one, other) in verdicts.items():
            ann.decide(ann.view(id_.replace("_", "-")), one)
            borys.decide(borys.view(id_.replace("_", "-")), other)


def counts(path: Path, reader: str = "ann") -> tuple[int, int]:
    with Session.open(path, reader) as session:
        found = agreement(session)
        assert read_twice(session) >= found.claims
        return found.claims, found.all.agreed


def test_agreed_and_differing_claims_are_compared_and_those_of_one_reader_are_not(
    path: Path,
) -> None:
    both(path, c_1=("false", "false"), c_2=("false", "verified"))
    with Session.open(path, "ann") as ann:
        ann.decide(ann.view("c-3"), "false")
    assert counts(path) == (2, 1)


def test_what_is_withdrawn_changed_or_stale_is_compared_no_more(path: Path) -> None:
    both(path, c_1=("false", "false"), c_2=("false", "verified"), c_3=("false", "verified"))
    with Session.open(path, "borys") as borys:
        borys.withdraw(borys.view("c-3"))
        borys.decide(borys.view("c-2"), "false")
    assert counts(path) == (2, 2)
    take_in(path, claim("c-2", text="What it says now."), statement(text="Another text."))
    assert counts(path) == (0, 0)


def test_a_blind_reading_is_compared_when_both_are_in_and_not_before(path: Path) -> None:
    with at_work(path, "ann", "borys", "dora") as (ann, borys, dora):
        ask(dora, dora.view("c-1"))
        ann.decide(ann.view("c-1"), "false")
        with ann.case.read() as con:
            assert readings.readings(con, "borys") == readings.readings(con, "dora") == []
        assert (agreement(borys).claims, read_twice(borys)) == (0, 0)
        borys.decide(borys.view("c-1"), "verified")
        found = agreement(dora)
        assert (found.claims, found.all.agreed, found.blind) == (1, 0, 1)


def test_of_a_claim_that_goes_blind_again_nobody_is_told_another_reading(path: Path) -> None:
    both(path, c_1=("false", "false"), c_2=("false", "verified"))
    with at_work(path, "dora", "ann", "borys") as (dora, ann, borys):
        ask(dora, dora.view("c-2"))
        borys.withdraw(borys.view("c-2"))
        assert agreement(dora).claims == agreement(borys).claims == 1
        assert agreement(ann).claims == 1


def test_a_verdict_that_was_changed_after_both_were_seen_is_blind_no_more(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        for id_ in ("c-1", "c-2"):
            ask(ann, ann.view(id_))
            ann.decide(ann.view(id_), "false")
            borys.decide(borys.view(id_), "verified")
        borys.decide(borys.view("c-2"), "false")
        found = agreement(ann)
        assert (found.claims, found.all.agreed, found.blind) == (2, 1, 1)
        assert agreement(ann, blind=True).all.agreed == 0


@pytest.mark.parametrize(
    ("key", "value", "minimum", "line"),
    [
        ("agreement_minimum", 2, 2, 4),
        ("agreement_minimum", -7, 2, 4),
        ("agreement_minimum", "many", 30, 4),
        ("agreement_minimum", True, 30, 4),
        ("agreement_line", ["false", "contested", "verified"], 30, 3),
        ("agreement_line", ["false", "unheard of"], 30, 4),
        ("agreement_line", ["false", "false"], 30, 4),
        ("agreement_line", [], 30, 0),
        ("agreement_line", 3, 30, 4),
    ],
)
def test_a_rule_of_the_case_sets_the_minimum_and_the_line_where_it_makes_sense(
    path: Path, key: str, value: object, minimum: int, line: int
) -> None:
    with Session.open(path, "ann") as ann:
        ann.find(Kind.METHOD, "", key, value)  # type: ignore[arg-type]
        found = agreement(ann)
    assert (found.minimum, len(found.line)) == (minimum, line)


def test_two_devices_of_one_reader_are_one_reader(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.case"
    other.write_bytes(path.read_bytes())
    for file, value in ((path, "false"), (other, "verified")):
        with Session.open(file, "ann") as ann:
            ann.decide(ann.view("c-1"), value)
    merge(path, [other], progress=lambda _: True)
    with Session.open(path, "dora") as dora:
        assert len(dora.view("c-1").verdicts) == 2
    assert counts(path) == (0, 0)


def read(session: Session) -> list[Reading]:
    with session.case.read() as con:
        return readings.readings(con, session.reader)


def test_where_nobody_read_twice_nothing_is_walked_through(made: dict[int, Path]) -> None:
    steps_in = {}
    for size in (FEW, MANY):
        with Session.open(made[size], "ann") as session:
            con = session.case.con
            with statements_of(con) as said, steps_of(con) as steps:
                assert len(read(session)) == 2
                assert read_twice(session) == 1
            steps_in[size] = steps[0]
            assert said
            assert steps[0] <= LOOKED_AT
            assert [one for one in said if scans(con, one)] == []
    assert steps_in[MANY] <= steps_in[FEW] * 1.5 + 30


def test_an_excerpt_does_not_make_a_reading(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        ann.decide(ann.view("c-1"), "false")
        borys.link(borys.view("c-1"), borys.text("call-1"), 0, 8, Stance.CONTEXT)
    assert counts(path) == (0, 0)
