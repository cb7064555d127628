"""Grades, facts of a call and questions in plain lines."""

from __future__ import annotations

from pathlib import Path

from reviewer.model.entry import Kind
from tests.lines.at_work import Reader, reading, shipped_case


def typed(text: str) -> list[str]:
    return [*text, "enter"]


def by_name(reader: Reader, name: str, *answers: str) -> str:
    keys = [key for answer in answers for key in typed(answer)]
    return reader.press(":", *typed(name), *keys)


def test_a_question_is_added_asked_and_answered(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, _):
        said = reader.press("Q", "enter")
        assert said.startswith("Not known: 22 unknowns of calls.\n1 call-2, who speaks: unknown\n")
        said = reader.press("Q", *typed("a"), *typed("Who saw it?"), *typed("a witness"))
        assert "Recorded: question " in said
        said = reader.press("Q", *typed("m 1"), *typed("the ministry"), *typed("2022-03-09"))
        assert "Recorded: question " in said
        said = reader.press("Q", *typed("r 1"), *typed("Nobody."))
        assert "asked: Who saw it?\n  Asked: the ministry on 2022-03-09 (says ada)\n" in said
        said = reader.press("Q", *typed("x 1"))
        assert "answered: Who saw it?" in said
        said = reader.press("Q", *typed("r 9"))
        assert "'r 9' names no question of this list" in said


def test_a_grade_is_given_by_name_and_shown_on_the_card(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, _):
        reader.press("l")
        assert "Grade: F6 (not given)" in reader.press("i")
        said = by_name(reader, "card.grade", "b3")
        assert "Recorded: source gur graded B, usually reliable. u undoes." in said
        assert "Recorded: what gur-2022-03-07 says on c-01 graded 3, possibly true." in said
        said = reader.press("i")
        assert "Grade: B3: source B usually reliable (ada); information 3 possibly" in said
        assert "'H' is no grade" in by_name(reader, "card.grade", "H")
        assert "Your grade stands as it is" in by_name(reader, "card.grade", "B")


def test_what_a_reader_knows_of_a_call_is_told_with_its_card(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, _):
        said = by_name(reader, "card.facts", "3", "a mobile of Tula")
        assert "3 Number: unknown" in said
        assert "Recorded: card of call-2, number: a mobile of Tula. u undoes." in said
        assert "3 Number: a mobile of Tula (says ada)" in by_name(reader, "card.facts", "")
        assert "The card has no part '99'." in by_name(reader, "card.facts", "99")
        assert [one.key for one in reader.session.findings(Kind.CARD)] == ["number"]
