"""Grades by two keys, the card of a call, questions: what stands, and who is seen to say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.casefile import batch
from reviewer.casefile.case import CaseFile
from reviewer.model import grades
from reviewer.model.entry import Kind
from reviewer.model.errors import NotFoundError, UsageError
from reviewer.model.evidence import Recording
from reviewer.model.gaps import details, headline
from reviewer.model.intercepts import card_of, is_unknown
from reviewer.model.questions import questions_of
from reviewer.service import asking, grading
from reviewer.service.session import Session
from tests.casefile.making import Ticking, new_case, recording


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_case(tmp_path)


def call_of(session: Session, id_: str = "call-1") -> Recording:
    call = session.text(id_)
    assert isinstance(call, Recording)
    return call


def unknowns(session: Session, claim: str = "c-1") -> list[str]:
    found = asking.gaps_of(session, session.view(claim))
    return [gap.key for gap in found if gap.kind == "call"]


# Grades


def test_the_two_keys_are_given_apart_and_neither_follows_from_the_other(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        view = ann.view("c-1")
        text = view.statements[0]
        assert grades.told(grades.grade_of(text, "c-1", ())) == "F6 (not given)"
        grading.grade_source(ann, text.source, "B")
        grade = grades.grade_of(text, "c-1", asking.findings_for(ann, view))
        assert grades.told(grade) == (
            "B6: source B usually reliable (ann); information 6 (not given)"
        )
        grading.grade_information(ann, view, text, "4", "hearsay")
        grade = grades.grade_of(text, "c-1", asking.findings_for(ann, view))
        assert grades.told(grade) == (
            "B4: source B usually reliable (ann); information 4 doubtful (ann: hearsay)"
        )


def test_a_sources_grade_is_the_same_on_every_claim_and_a_texts_is_its_claims(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        text = ann.text("gur-7-march")
        grading.grade_source(ann, text.source, "C")
        grading.grade_information(ann, ann.view("c-1"), text, "2")
        grading.grade_information(ann, ann.view("c-3").beside(text), text, "5")
        assert [grading.code_of(ann, claim, text) for claim in ("c-1", "c-2", "c-3")] == [
            *("C2", "C6", "C5")
        ]
        assert grading.claims_of(ann, "gur-7-march") == ["c-1"]
        assert grading.claims_of(ann, "call-1") == ["c-1"]


def test_readers_who_differ_stand_beside_each_other_the_newest_first(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        gur = ann.text("gur-7-march").source
        grading.grade_source(ann, gur, "B")
        grading.grade_source(borys, gur, "D", "a belligerent")
        found = grades.source_grades("gur", ann.findings(Kind.GRADE))
        assert grades.in_words("source", found) == (
            "D not usually reliable (borys: a belligerent);"
            " readers differ: B usually reliable (ann)"
        )
        borys.undo()
        found = grades.source_grades("gur", ann.findings(Kind.GRADE))
        assert grades.in_words("source", found) == "B usually reliable (ann)"


def test_a_grade_that_stands_already_records_nothing(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        gur = ann.text("gur-7-march").source
        assert grading.grade_source(ann, gur, None) is None
        assert grading.grade_source(ann, gur, "A") is not None
        assert grading.grade_source(ann, gur, "A") is None
        assert grading.grade_source(ann, gur, None) is not None
        assert len(ann.log(kind="grade")) == 2


def test_a_value_that_is_none_of_the_code_is_no_grade(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        for value in ("G", "7", 3, ["B"], {"B": "B"}, True):
            ann.find(Kind.GRADE, "gur", "source", value)
            text = ann.text("gur-7-march")
            assert grading.code_of(ann, "c-1", text) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("b", {"source": "B"}),
        ("3", {"information": "3"}),
        ("f6", {"source": "F", "information": "6"}),
        (" none ", {"source": None, "information": None}),
    ],
)
def test_a_grade_is_typed_by_one_key_or_both(typed: str, meant: dict[str, str | None]) -> None:
    assert grading.parsed(typed) == meant


@pytest.mark.parametrize("typed", ["", "G", "7", "B33", "AB", "B 3", "0"])
def test_what_is_no_grade_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is no grade; give A to F"):
        grading.parsed(typed)


def test_sources_without_a_grade_are_debt_only_where_grades_are_used(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        view = ann.view("c-1")
        assert grading.debt(ann) is None
        assert not [gap for gap in asking.gaps_of(ann, view) if gap.kind == "grade"]
        ann.find(Kind.METHOD, "", "grades", "on")
        assert grading.debt(ann) == (2, 2)
        grading.grade_source(ann, view.statements[0].source, "B")
        assert grading.debt(ann) == (1, 2)
        ungraded = [gap.about for gap in asking.gaps_of_case(ann) if gap.kind == "grade"]
        assert ungraded == ["ria"]


def test_what_a_text_says_is_graded_unseen_by_who_is_to_read_the_claim_blind(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        view = ann.view("c-1")
        text = view.statements[0]
        grading.grade_source(ann, text.source, "B")
        grading.grade_information(ann, view, text, "1")
        asking.ask(ann, ann.view("c-1"), "Who saw it?")
        ann.case.con.execute("INSERT INTO blind VALUES ('c-1')")
        assert grading.code_of(ann, "c-1", text) == "B1"
        assert grading.code_of(borys, "c-1", text) == "B6"
        assert questions_of(asking.findings_for(ann, view)) != []
        assert questions_of(asking.findings_for(borys, view)) == []
        assert not [gap for gap in asking.gaps_of_case(borys) if gap.kind == "question"]


# The card of a call


def test_what_the_evidence_does_not_say_is_unknown_and_listed(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        assert unknowns(ann) == [
            *("speakers", "speakers_known_by", "number", "number_known_by", "day", "time"),
            *("cuts", "continuity", "released", "release", "transcribed_by", "translated_by"),
            "second_translator",
        ]


def test_what_a_reader_knows_stands_beside_the_evidence_with_the_readers_name(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        before = call_of(ann)
        asking.say_of_call(ann, before, "number", "a mobile of Tula")
        asking.say_of_call(borys, before, "number", "unknown: not in any account")
        assert call_of(ann) == before
        number = card_of(before, ann.findings(Kind.CARD))[2]
        assert number.text == (
            "unknown, says borys: not in any account; a mobile of Tula (says ann)"
        )
        assert number.unknown, "the newest word decides"
        assert "number" in unknowns(ann)
        borys.undo()
        assert "number" not in unknowns(ann)
        assert asking.say_of_call(ann, before, "number", "a mobile of Tula ") is None
        assert asking.say_of_call(ann, before, "number", "") is not None
        assert "number" in unknowns(ann)


def test_a_part_that_the_card_does_not_have_is_refused(path: Path) -> None:
    with Session.open(path, "ann") as ann, pytest.raises(UsageError, match="it has: speakers,"):
        asking.say_of_call(ann, call_of(ann), "colour", "red")


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        *(("", True), ("unknown", True), ("Unknown. Nobody says so.", True), ("(unknown)", True)),
        *(("none", False), ("two cuts", False), ("not unknown", False)),
    ],
)
def test_a_text_that_begins_with_unknown_says_so(text: str, unknown: bool) -> None:
    assert is_unknown(text) is unknown


def test_the_evidence_of_an_import_fills_the_card(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    given = recording(
        "call-9",
        date="2022-03-01T14:05:00Z",
        released="2022-03-07",
        release="part",
        cuts="none heard",
        transcribed_by="Unknown. The text came with the call.",
        speakers=[
            {"label": "A", "name": "an officer", "known_by": "his call sign"},
            {"label": "B", "name": "", "known_by": "unknown"},
        ],
    )
    with CaseFile.open(path) as case:
        batch.take_in(case, [given])
    with Session.open(path, "ann") as ann:
        parts = {part.key: part for part in card_of(call_of(ann, "call-9"))}
        known = {key for key, part in parts.items() if not part.unknown}
        assert known == {"day", "time", "cuts", "released", "release"}
        assert parts["day"].text == "2022-03-01"
        assert parts["time"].text == "14:05:00Z"
        assert parts["speakers"].text == "A: an officer; B: unknown"
        assert parts["transcribed_by"].text == "Unknown. The text came with the call."


# Questions


def test_a_question_is_asked_answered_closed_and_opened_again(path: Path) -> None:
    with Session.open(path, "ann", clock=Ticking()) as ann:
        asking.ask(ann, ann.view("c-1"), " Who saw the body? ", "a named witness")
        (gap,) = [one for one in asking.gaps_of(ann, ann.view("c-1")) if one.question]
        assert headline(gap) == f"{gap.key}  open: Who saw the body?"
        asking.asked(ann, ann.view("c-1"), gap.key[:4], "the press office")
        asking.asked(ann, ann.view("c-1"), gap.key, "the ministry", "2022-03-09")
        (gap,) = [one for one in asking.gaps_of(ann, ann.view("c-1")) if one.question]
        assert list(details(gap)) == [
            "Asked: the press office on 2022-03-07 (says ann)",
            "Asked: the ministry on 2022-03-09 (says ann)",
            "Answer: none recorded",
            "Would change the verdict: a named witness",
        ]
        asking.answer(ann, ann.view("c-1"), gap.key, "Nobody.")
        assert not [one for one in asking.gaps_of(ann, ann.view("c-1")) if one.question]
        held = asking.gaps_of(ann, ann.view("c-1"), settled=True)
        assert "Answer: Nobody. (says ann)" in list(details(held[0]))
        asking.settle(ann, ann.view("c-1"), gap.key, is_open=True)
        assert asking.question(ann, ann.view("c-1"), gap.key).state == "open"
        ann.undo()
        ann.undo()
        now = asking.question(ann, ann.view("c-1"), gap.key)
        assert (now.state, now.answer, len(now.asked)) == ("asked", "", 2)


def test_what_two_readers_add_to_one_question_is_put_together(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        asking.ask(ann, ann.view("c-1"), "Who saw the body?")
        key = questions_of(ann.findings_of("c-1"))[0].key
        asking.answer(borys, borys.view("c-1"), key, "A colonel.")
        asking.asked(ann, ann.view("c-1"), key, "the ministry")
        one = asking.question(ann, ann.view("c-1"), key)
        assert (one.text, one.answer, one.answer_by) == (
            "Who saw the body?",
            "A colonel.",
            "borys",
        )
        assert one.state == "asked", "what was recorded last"
        assert [(asked.whom, asked.reader) for asked in one.asked] == [("the ministry", "ann")]


def test_erased_words_of_a_question_are_said_to_be_erased(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        entry = asking.ask(ann, ann.view("c-1"), "What does the widow say?", "her word")
        ann.redact(entry.id)
        (one,) = questions_of(ann.findings_of("c-1"))
        assert one.text.startswith("[erased by ann")
        assert one.would_change == ""
        assert "widow" not in " ".join(line.sentence + line.words for line in ann.log())


def test_what_cannot_be_recorded_is_said(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        view = ann.view("c-1")
        with pytest.raises(UsageError, match="The question has no words"):
            asking.ask(ann, view, "  ")
        with pytest.raises(NotFoundError, match="c-1 has no question 'abc'; its questions: there"):
            asking.answer(ann, view, "abc", "yes")
        asking.ask(ann, view, "Who?")
        key = questions_of(ann.findings_of("c-1"))[0].key
        with pytest.raises(UsageError, match="'yesterday' is no day; write it as 2022-03-09"):
            asking.asked(ann, ann.view("c-1"), key, "them", "yesterday")
        with pytest.raises(NotFoundError, match="no question ''"):
            asking.answer(ann, ann.view("c-1"), "", "yes")


def test_the_log_tells_each_in_a_sentence(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        view = ann.view("c-1")
        text = view.statements[0]
        grading.grade_information(ann, view, text, "3")
        grading.grade_information(ann, ann.view("c-1"), text, None)
        asking.say_of_call(ann, call_of(ann), "cuts", "unknown")
        asking.say_of_call(ann, call_of(ann), "cuts", "two, at the end")
        asking.ask(ann, ann.view("c-1"), "Who saw it?", "a witness")
        key = questions_of(ann.findings_of("c-1"))[0].key
        asking.asked(ann, ann.view("c-1"), key, "the ministry", "2022-03-09")
        asking.settle(ann, ann.view("c-1"), key)
        told = [line.sentence for line in reversed(ann.log()) if line.kind != "enrol"]
        assert told == [
            "what gur-7-march says on c-1 graded 3, possibly true",
            "grade of what gur-7-march says on c-1 taken back",
            "card of call-1, cuts: unknown",
            "card of call-1, cuts: two, at the end",
            f"question {key} on c-1: Who saw it?",
            'question "Who saw it?" on c-1 asked of the ministry, 2022-03-09',
            'question "Who saw it?" on c-1: closed',
        ]
