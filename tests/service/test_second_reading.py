"""Two readers judge a claim, neither knowing what the other says, until both have."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.claims import State
from reviewer.model.entry import Kind
from reviewer.model.errors import NothingToDoError, UsageError
from reviewer.model.evidence import Stance
from reviewer.model.method import HIDE_NAMES
from reviewer.model.naming import ANOTHER
from reviewer.service import adjudicating, second_reading
from reviewer.service.session import ALL, Session
from tests.casefile.making import at_work, new_case, rebuilt, state_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_case(tmp_path)


def values(session: Session, claim: str) -> dict[str, str]:
    return {v.reader: v.value for v in session.view(claim).verdicts if v.standing}


def undecided(session: Session) -> list[str]:
    return [row.id for row in session.rows(session.filter("state:undecided"))]


def test_neither_sees_the_others_reading_until_both_are_in(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        second_reading.set_rule(ann, 2)
        ann.decide(ann.view("c-1"), "verified", "the call names him")
        assert values(ann, "c-1") == {"ann": "verified"}
        assert values(borys, "c-1") == {}
        assert borys.view("c-1").notes == ()
        assert borys.view("c-1").row.state is State.NEW
        assert [line.sentence for line in borys.log(claim="c-1")] == []

        entry = borys.decide(borys.view("c-1"), "false")
        assert entry is not None
        assert second_reading.now_seen(borys, entry)
        assert values(ann, "c-1") == values(borys, "c-1") == {"ann": "verified", "borys": "false"}
        assert borys.view("c-1").verdicts[0].note == "the call names him"
        assert borys.view("c-1").row.state is State.IN_CONFLICT
        assert [v.data["blind"] for v in borys.view("c-1").verdicts] == [True, True]
        assert rebuilt(ann.case.con) == state_of(ann.case.con)


def test_the_first_reader_goes_on_and_finds_his_claim_waiting(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        second_reading.set_rule(ann, 2)
        ann.decide(ann.view("c-1"), "verified")
        row = ann.row("c-1")
        assert row is not None
        assert (row.state, row.verdict) == (State.NEEDS_SECOND, "verified")
        assert "c-1" not in undecided(ann)
        assert "c-1" in undecided(borys)
        assert [r.id for r in ann.rows(ann.filter("state:needs_second"))] == ["c-1"]
        assert borys.rows(borys.filter("state:needs_second")) == []
        after = ann.next_undecided(after="c-4")
        assert after is not None
        assert after.id != "c-1"
        status = ann.status()
        assert (status.waiting, status.decided, status.verdicts) == (1, 1, {"verified": 1})
        others = borys.status()
        assert (others.waiting, others.decided, others.verdicts) == (0, 0, {})


def test_an_excerpt_is_seen_without_its_stance_and_without_its_reader(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        second_reading.set_rule(ann, 2)
        ann.link(ann.view("c-2"), ann.text("ria-2-march"), 0, 9, Stance.REFUTES)
        (mine,) = ann.view("c-2").excerpts
        (seen,) = borys.view("c-2").excerpts
        assert (mine.stance, mine.reader) == (Stance.REFUTES, "ann")
        assert (seen.stance, seen.reader) == (Stance.UNTOLD, ANOTHER)
        assert (seen.exact, seen.start) == (mine.exact, mine.start)
        ann.decide(ann.view("c-2"), "verified")
        borys.decide(borys.view("c-2"), "verified")
        (seen,) = borys.view("c-2").excerpts
        assert (seen.stance, seen.reader) == (Stance.REFUTES, "ann")


def test_whoever_has_judged_a_claim_may_ask_for_another_reader(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "verified")
        assert values(borys, "c-1") == {"ann": "verified"}
        assert second_reading.ask(ann, ann.view("c-1")) is not None
        assert second_reading.ask(ann, ann.view("c-1")) is None
        assert values(borys, "c-1") == {}
        row = borys.row("c-1")
        assert row is not None
        assert row.state is State.NEEDS_SECOND
        assert [r.id for r in borys.rows(borys.filter("state:needs_second"))] == ["c-1"]
        borys.decide(borys.view("c-1"), "verified")
        row = ann.row("c-1")
        assert row is not None
        assert (row.state, row.verdict) == (State.DECIDED, "verified")


def test_another_who_judged_blind_is_not_shown_because_a_request_is_taken_back(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        second_reading.ask(borys, borys.view("c-1"))
        ann.decide(ann.view("c-1"), "verified")
        borys.undo()
        assert values(borys, "c-1") == {}
        assert borys.findings(Kind.READINGS) == []


def test_a_verdict_given_after_both_were_seen_says_so(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        second_reading.set_rule(ann, 2)
        ann.decide(ann.view("c-1"), "verified")
        borys.decide(borys.view("c-1"), "false")
        borys.undo()
        assert values(borys, "c-1") == {}
        borys.decide(borys.view("c-1"), "verified")
        assert [v.data["blind"] for v in borys.view("c-1").verdicts if v.standing] == [True, False]


def test_a_claim_is_not_refused_because_of_what_its_reader_may_not_see(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        second_reading.set_rule(ann, 2)
        before = borys.view("c-1")
        ann.note(ann.view("c-1"), "a thought")
        ann.decide(ann.view("c-1"), "verified")
        assert borys.decide(before, "false") is not None


def test_the_rule_of_the_case_hides_what_was_open_and_shows_it_again(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "verified")
        second_reading.set_rule(borys, 2)
        assert values(borys, "c-1") == {}
        assert rebuilt(ann.case.con) == state_of(ann.case.con)
        second_reading.set_rule(borys, 1)
        assert values(borys, "c-1") == {"ann": "verified"}
        assert rebuilt(ann.case.con) == state_of(ann.case.con)


def test_every_claim_of_a_filter_is_asked_for_once(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        assert second_reading.ask_for_all(ann, ann.filter("priority:2")) == 2
        assert second_reading.ask_for_all(borys, ALL) == 2
        ann.decide(ann.view("c-3"), "false")
        assert values(borys, "c-3") == {}
        assert rebuilt(ann.case.con) == state_of(ann.case.con)


def test_two_that_differ_are_settled_and_both_stay(path: Path) -> None:
    with at_work(path, "ann", "borys", "chen") as (ann, borys, chen):
        with pytest.raises(NothingToDoError, match="do not differ"):
            adjudicating.settle(chen, chen.view("c-1"), "false", "because")
        ann.decide(ann.view("c-1"), "verified", "the call")
        borys.decide(borys.view("c-1"), "false", "seen alive")
        view = chen.view("c-1")
        assert not adjudicating.names_hidden(chen, view)
        chen.find(Kind.METHOD, "", HIDE_NAMES, value=True)
        assert adjudicating.names_hidden(chen, view)
        assert {adjudicating.named(chen, view, n) for n in (0, 1)} == {"Reading A", "Reading B"}
        with pytest.raises(UsageError, match="reason"):
            adjudicating.settle(chen, view, "contested", " ")
        adjudicating.settle(chen, view, "contested", "one origin against another")
        view = chen.view("c-1")
        assert (view.row.state, view.row.verdict) == (State.ADJUDICATED, "contested")
        assert view.adjudication is not None
        assert view.adjudication.reason == "one origin against another"
        assert values(chen, "c-1") == {"ann": "verified", "borys": "false"}
        assert not adjudicating.names_hidden(chen, view)
        assert chen.log()[0].sentence == "c-1 adjudicated: contested, with a reason"
        assert rebuilt(ann.case.con) == state_of(ann.case.con)

        borys.decide(borys.view("c-1"), "misleading")
        assert borys.view("c-1").row.state is State.IN_CONFLICT
        borys.undo()
        assert borys.view("c-1").row.state is State.ADJUDICATED
        chen.undo()
        assert chen.view("c-1").row.state is State.IN_CONFLICT


def test_agreeing_with_one_names_it(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "verified")
        borys.decide(borys.view("c-1"), "false")
        second = next(v for v in adjudicating.readings(ann.view("c-1")) if v.reader == "borys")
        adjudicating.agree(ann, ann.view("c-1"), second)
        view = ann.view("c-1")
        assert (view.row.state, view.row.verdict) == (State.ADJUDICATED, "false")
        assert view.adjudication is not None
        assert view.adjudication.agrees == second.id


def test_the_claims_furthest_apart_are_settled_first(path: Path) -> None:
    with at_work(path, "ann", "borys") as (ann, borys):
        for claim, one, other in (
            ("c-1", "verified", "partly_verified"),
            ("c-2", "verified", "false"),
            ("c-3", "unverified", "contested"),
        ):
            ann.decide(ann.view(claim), one)
            borys.decide(borys.view(claim), other)
        assert [one.claim for one in ann.disagreements()] == ["c-2", "c-1", "c-3"]
