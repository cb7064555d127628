"""Claims that stand against each other: linked by readers, both ways, and setting nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.insight.rivals import Rivalry
from reviewer.model.entry import Kind
from reviewer.model.errors import ClaimChangedError, NotFoundError, NothingToDoError, UsageError
from reviewer.service.rivals import after_verdict, oppose, part, rivals, told
from reviewer.service.second_reading import set_rule
from reviewer.service.session import Session
from tests.casefile.making import new_case, rebuilt, state_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_case(tmp_path)


def against(session: Session, claim: str) -> list[tuple[str, str, str, bool]]:
    return [(r.claim, r.kind.value, r.reader, r.own) for r in rivals(session, claim)]


def test_a_link_goes_both_ways_and_is_kept_once(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        oppose(ann, ann.view("c-2"), "c-1", Rivalry.EXCLUDE)
        assert against(ann, "c-1") == [("c-2", "exclude", "ann", True)]
        assert against(ann, "c-2") == [("c-1", "exclude", "ann", True)]
        assert oppose(ann, ann.view("c-1"), "c-2", Rivalry.EXCLUDE) is None
        (found,) = ann.findings(Kind.RIVAL)
        assert (found.about, found.key) == ("c-1", "c-2")
        assert rebuilt(ann.case.con) == state_of(ann.case.con)


def test_rivals_are_counted_from_both_sides_and_once_each(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        assert ann.count_rivals("c-1") == 0
        oppose(ann, ann.view("c-2"), "c-1", Rivalry.EXCLUDE)
        oppose(borys, borys.view("c-1"), "c-2", Rivalry.EITHER)
        oppose(borys, borys.view("c-3"), "c-2", Rivalry.EITHER)
        assert [ann.count_rivals(claim) for claim in ("c-1", "c-2", "c-3")] == [1, 2, 1]
        for one in (ann, borys):
            part(one, one.view("c-1"), "c-2")
        assert [ann.count_rivals(claim) for claim in ("c-1", "c-2", "c-3")] == [0, 1, 1]


def test_the_newest_says_how_and_each_takes_back_his_own(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        oppose(ann, ann.view("c-1"), "c-2", Rivalry.EXCLUDE)
        with pytest.raises(NothingToDoError, match="ann did, and can take it back"):
            part(borys, borys.view("c-1"), "c-2")
        oppose(borys, borys.view("c-2"), "c-1", Rivalry.EITHER)
        assert against(ann, "c-1") == [("c-2", "either", "borys", True)]
        part(borys, borys.view("c-2"), "c-1")
        assert against(borys, "c-1") == [("c-2", "exclude", "ann", False)]
        part(ann, ann.view("c-1"), "c-2")
        assert against(ann, "c-1") == against(ann, "c-2") == []
        assert ann.undo().sentence == "undid: c-1 and c-2 no longer set against each other"
        assert against(borys, "c-2") == [("c-1", "exclude", "ann", False)]


def test_what_cannot_be_linked_is_said(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        view = ann.view("c-1")
        with pytest.raises(UsageError, match="c-1 cannot stand against itself"):
            oppose(ann, view, "c-1", Rivalry.COMPETE)
        with pytest.raises(NotFoundError, match="no claim 'c-99'"):
            oppose(ann, view, "c-99", Rivalry.COMPETE)
        with pytest.raises(NothingToDoError, match=r"You have not set c-2 against c-1\."):
            part(ann, view, "c-2")
        assert ann.findings(Kind.RIVAL) == []


def test_a_link_on_a_claim_that_another_has_changed_is_refused(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        view = ann.view("c-1")
        borys.decide(borys.view("c-1"), "verified")
        with pytest.raises(ClaimChangedError):
            oppose(ann, view, "c-2", Rivalry.COMPETE)


def test_a_verdict_says_what_follows_and_sets_nothing(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        oppose(ann, ann.view("c-1"), "c-2", Rivalry.EXCLUDE)
        ann.decide(ann.view("c-1"), "verified")
        assert after_verdict(ann, "c-1", "verified") == (
            " Then c-2 cannot be verified: the two exclude each other."
        )
        assert after_verdict(ann, "c-1", "false") == ""
        assert after_verdict(ann, "c-3", "verified") == ""
        assert ann.view("c-2").verdicts == ()
        assert ann.view("c-2").row.verdict == ""
        (rival,) = rivals(ann, "c-2")
        one, other = ann.view("c-2"), ann.view("c-1")
        assert told(rival, one, other, "ann") == [
            "If c-1 is verified, c-2 cannot be: the two exclude each other."
        ]
        ann.decide(ann.view("c-2"), "verified")
        said = told(rival, ann.view("c-2"), ann.view("c-1"), "ann")
        assert said[-1] == "Verified and verified cannot both stand; look at both again."
        assert after_verdict(ann, "c-2", "verified") == (
            " Then c-1 cannot be verified, and stands as verified; look at both again:"
            " the two exclude each other."
        )


def test_what_another_found_on_a_claim_to_be_read_blind_is_not_seen(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        oppose(ann, ann.view("c-1"), "c-2", Rivalry.EXCLUDE)
        set_rule(ann, 2)
        assert against(borys, "c-1") == against(borys, "c-2") == []
        assert against(ann, "c-2") == [("c-1", "exclude", "ann", True)]
        oppose(borys, borys.view("c-1"), "c-2", Rivalry.COMPETE)
        assert against(borys, "c-2") == [("c-1", "compete", "borys", True)]
        assert against(ann, "c-2") == [("c-1", "exclude", "ann", True)]
