"""Findings: recorded beside a verdict, taken back, undone, merged, and derived anew alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.entry import Kind
from reviewer.model.findings import newest
from reviewer.service.session import Session
from tests.casefile.making import new_case, rebuilt, state_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_case(tmp_path)


def grades(session: Session) -> dict[str, object]:
    return {f"{one.reader} {one.key}": one.value for one in session.findings(Kind.GRADE, "gur")}


def test_a_later_finding_of_the_same_reader_takes_the_place_of_the_earlier_one(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        view = ann.view("c-1")
        ann.find(Kind.GRADE, "gur", "source", "B", view=view)
        ann.find(Kind.GRADE, "gur", "source", "C")
        borys.find(Kind.GRADE, "gur", "source", "D", words={"why": "a belligerent"})
        borys.find(Kind.GRADE, "gur", "information", "3")
        assert grades(ann) == {"ann source": "C", "borys source": "D", "borys information": "3"}
        found = newest(ann.findings(Kind.GRADE))
        assert found["gur", "source"].value == "D"
        assert found["gur", "source"].words == {"why": "a belligerent"}
        assert [one.value for one in ann.findings_of("c-1")] == ["B"]


def test_one_that_is_taken_back_or_undone_is_in_force_no_more(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        ann.find(Kind.GRADE, "gur", "source", "B")
        ann.find(Kind.GRADE, "gur", "source", None)
        assert grades(ann) == {}
        ann.undo()
        assert grades(ann) == {"ann source": "B"}
        line = ann.undo()
        assert line.sentence == "undid: source gur graded B, usually reliable"
        assert grades(ann) == {}
        ann.redo()
        assert grades(ann) == {"ann source": "B"}


def test_the_findings_of_a_case_are_derived_anew_as_they_stood(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        ann.find(Kind.METHOD, "", "origins", 2)
        ann.find(Kind.QUESTION, "c-1", "q-1", "open", view=ann.view("c-1"))
        ann.find(Kind.GRADE, "gur", "source", "B", view=ann.view("c-2"))
        before = state_of(ann.case.con)
        assert len(before["finding"]) == 3
        assert rebuilt(ann.case.con) == before
