"""A strong verdict on too few origins asks for a reason, and nothing goes round that."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.entry import Kind
from reviewer.model.errors import (
    NotFoundError,
    NothingToDoError,
    ReasonNeededError,
    UsageError,
)
from reviewer.model.evidence import Stance
from reviewer.service.bundling import bundle
from reviewer.service.demo import ensure_demo
from reviewer.service.merging import merge
from reviewer.service.origins import say_origin
from reviewer.service.session import Session
from tests.casefile.making import new_case, rebuilt, state_of

WHY = "Two relatives said so, and cannot be named."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return ensure_demo(tmp_path, "gerasimov")[0]


def test_the_statement_and_the_calls_of_gur_are_one_origin(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        view = ann.view("c-01")
        with pytest.raises(ReasonNeededError) as needed:
            ann.decide(view, "verified")
        assert needed.value.sentence == (
            "verified on c-01 rests on 1 origin (2 asked) and needs a reason; nothing was recorded."
        )
        with pytest.raises(ReasonNeededError):
            ann.decide(view, "verified", words={"reason": "  "})
        assert ann.log() == []

        entry = ann.decide(view, "verified", words={"reason": f" {WHY} "})
        assert entry is not None
        mine = ann.view("c-01").mine("ann")
        assert mine is not None
        assert mine.words == {"reason": WHY}
        assert (mine.data["origins"], mine.data["origins_asked"]) == (["gur"], 2)
        assert WHY in ann.tell(entry).sentence


def test_other_values_and_well_founded_claims_ask_nothing(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        assert ann.decide(ann.view("c-01"), "partly_verified") is not None
        assert ann.decide(ann.view("c-06"), "verified") is not None
        mine = ann.view("c-06").mine("ann")
        assert mine is not None
        assert "origins_asked" not in mine.data


def test_a_case_that_lays_nothing_down_asks_nothing(tmp_path: Path) -> None:
    with Session.open(new_case(tmp_path), "ann") as ann:
        assert ann.rules().origins == 0
        assert ann.decide(ann.view("c-1"), "verified") is not None
        with pytest.raises(UsageError, match="asks no reason"):
            ann.decide(ann.view("c-2"), "verified", words={"reason": WHY})


def test_the_rule_of_the_case_is_what_was_laid_down_last(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        borys.find(Kind.METHOD, "", "origins", 1)
        assert ann.decide(ann.view("c-01"), "verified") is not None
        borys.find(Kind.METHOD, "", "origins", 3)
        borys.find(Kind.METHOD, "", "gated", ["partly_verified"])
        with pytest.raises(ReasonNeededError, match="rests on 2 origins \\(3 asked\\)"):
            ann.decide(ann.view("c-06"), "partly_verified")
        borys.undo()
        borys.find(Kind.METHOD, "", "origins", None)
        assert (ann.rules().origins, ann.rules().gated) == (2, ("verified",))
        borys.find(Kind.METHOD, "", "origins", "many")
        assert ann.rules().origins == 2


def test_the_reason_stays_while_nothing_changes_that_it_was_given_for(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        ann.decide(ann.view("c-01"), "verified", words={"reason": WHY})
        ann.decide(ann.view("c-01"), "verified", "Now with a note.")
        mine = ann.view("c-01").mine("ann")
        assert mine is not None
        assert mine.words == {"note": "Now with a note.", "reason": WHY}
        say_origin(ann, "call-2", "unknown")
        ann.decide(ann.view("c-01"), "verified", "Another note.")
        say_origin(ann, "gur-2022-03-07", "somebody else")
        with pytest.raises(ReasonNeededError):
            ann.decide(ann.view("c-01"), "verified", "A third note.")


def test_an_origin_that_a_reader_gives_is_counted_by_all_and_can_be_undone(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        say_origin(borys, "call-2", "A relay station")
        found = ann.view("c-01").target("call-2")
        assert found is not None
        assert (found.origin, found.first_held_by) == ("A relay station", "A relay station")
        assert ann.decide(ann.view("c-01"), "verified") is not None
        assert ann.text("call-2").origin == "A relay station"
        borys.undo()
        assert ann.text("call-2").origin == "gur"
        with pytest.raises(ReasonNeededError):
            ann.decide(ann.view("c-02"), "verified")


def test_the_origin_of_an_origin_is_followed(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        say_origin(ann, "grozev", "Novinite (Sofia)")
        text = ann.text("grozev-2022-03-07")
        assert text.origin == "novinite"
        say_origin(ann, "novinite", "gur")
        assert ann.text("grozev-2022-03-07").origin == "gur"
        say_origin(ann, "gur", "novinite")
        assert ann.text("grozev-2022-03-07").origin == ann.text("call-1").origin


def test_what_cannot_be_an_origin_is_refused(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        with pytest.raises(NotFoundError):
            say_origin(ann, "nobody", "gur")
        with pytest.raises(NothingToDoError):
            say_origin(ann, "grozev", "")
        with pytest.raises(UsageError):
            say_origin(ann, "grozev", "x" * 201)
        say_origin(ann, "grozev", "gur")
        with pytest.raises(NothingToDoError):
            say_origin(ann, "grozev", "gur")
        say_origin(ann, "grozev", "")
        assert ann.text("grozev-2022-03-07").origin == "grozev"


def test_a_verdict_that_loses_an_origin_says_that_no_reason_is_given(path: Path) -> None:
    from reviewer.insight.origins import basis

    with Session.open(path, "ann") as ann:
        view = ann.view("c-01")
        grozev = view.target("grozev-2022-03-07")
        assert grozev is not None
        ann.link(view, grozev, 0, 16, Stance.SUPPORTS)
        ann.decide(ann.view("c-01"), "verified")
        view = ann.view("c-01")
        mine = view.mine("ann")
        assert mine is not None
        assert basis(view, mine) == ""
        own = next(one for one in view.excerpts if one.reader == "ann")
        ann.unlink(view, own)
        view = ann.view("c-01")
        mine = view.mine("ann")
        assert mine is not None
        assert basis(view, mine) == "rests on 1 origin (2 asked): no reason is given"


def test_a_reason_can_be_erased_for_good(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        entry = ann.decide(ann.view("c-01"), "verified", words={"reason": WHY})
        assert entry is not None
        ann.redact(entry.id)
        said = ann.log(claim="c-01")
        assert not any(WHY in line.sentence for line in said)
        assert WHY.encode() not in path.read_bytes()
        before = state_of(ann.case.con)
        assert rebuilt(ann.case.con) == before


def test_likelihood_and_confidence_are_kept_with_the_verdict(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        more = {"likelihood": "probable", "confidence": "low"}
        with pytest.raises(UsageError, match="no words of likelihood"):
            ann.decide(ann.view("c-02"), "unverified", more={**more})
        ann.find(Kind.METHOD, "", "likelihood", True)
        ann.decide(ann.view("c-02"), "unverified", more={**more})
        with pytest.raises(UsageError, match="'perhaps' is no likelihood"):
            ann.decide(ann.view("c-02"), "unverified", more={"likelihood": "perhaps"})
        ann.decide(ann.view("c-02"), "contested")
        mine = ann.view("c-02").mine("ann")
        assert mine is not None
        assert (mine.data["likelihood"], mine.data["confidence"]) == ("likely", "low")
        ann.decide(ann.view("c-02"), "contested", more={"likelihood": "", "confidence": ""})
        mine = ann.view("c-02").mine("ann")
        assert mine is not None
        assert "likelihood" not in mine.data


def test_the_rule_goes_with_the_case_to_another_laptop(path: Path, tmp_path: Path) -> None:
    with Session.open(path, "ann") as ann:
        bundle(ann, tmp_path / "one.bundle", progress=lambda _: True)
    merge(tmp_path / "there.case", [tmp_path / "one.bundle"], progress=lambda *_: True)
    with Session.open(tmp_path / "there.case", "borys") as borys:
        assert borys.about.origins == 2
        with pytest.raises(ReasonNeededError):
            borys.decide(borys.view("c-01"), "verified")


def test_what_settles_two_readings_is_asked_as_a_verdict_is(path: Path) -> None:
    from reviewer.service.adjudicating import agree, readings, settle

    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        ann.decide(ann.view("c-02"), "verified", words={"reason": WHY})
        borys.decide(borys.view("c-02"), "contested")
        view = borys.view("c-02")
        entry = settle(borys, view, "verified", "The third account settles it.")
        assert (entry.data["origins"], entry.data["origins_asked"]) == (["gur"], 2)
        assert "it rests on 1 origin (2 asked): The third" in borys.tell(entry).sentence
        borys.undo()
        mine = next(one for one in readings(view) if one.value == "verified")
        assert agree(borys, borys.view("c-02"), mine).data["origins_asked"] == 2
        borys.undo()
        # A reading from before the rule gave no reason that could stand for this one.
        borys.find(Kind.METHOD, "", "gated", ["contested"])
        other = next(one for one in readings(view) if one.value == "contested")
        with pytest.raises(ReasonNeededError):
            agree(borys, borys.view("c-02"), other)
        assert agree(borys, borys.view("c-02"), other, WHY).words == {"reason": WHY}
