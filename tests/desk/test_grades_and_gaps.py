"""Grading on the card, what is known of a call, and what is not known, from the keyboard."""

from __future__ import annotations

from pathlib import Path

from reviewer.model.entry import Kind
from reviewer.service import asking
from tests.casefile.making import claim
from tests.desk.cases import founding, made_of
from tests.desk.reader import Reader, at_desk


def values(reader: Reader, kind: Kind) -> list[tuple[str, str, object]]:
    with reader.case.session() as session:
        return [(one.about, one.key, one.value) for one in session.findings(kind)]


# The card


async def test_a_letter_grades_the_source_and_a_digit_what_the_text_says(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(80, 60)) as reader:
        await reader.press("i")
        reader.sees("Grade           F6 (not given)", "grading gur-2022-03-07")
        await reader.press("B")
        reader.sees("Recorded: source gur graded B, usually reliable; u undoes.")
        reader.sees("B6: source B usually reliable (ada); information 6 (not given)")
        await reader.press("3")
        reader.sees("Recorded: what gur-2022-03-07 says on c-01 graded 3, possibly true")
        reader.sees("B3: source B usually reliable (ada); information 3 possibly true (ada)")
        assert values(reader, Kind.GRADE) == [
            ("gur", "source", "B"),
            ("gur-2022-03-07", "information/c-01", "3"),
        ]
        await reader.press("3")
        reader.sees("Your grade is 3 already; nothing changed.")
        await reader.press("u", "u")
        reader.sees("Grade           F6 (not given)", "Undid: source gur graded B")
        assert values(reader, Kind.GRADE) == []
        assert reader.case.verdict_of("c-01") == ""
        await reader.press("q")
        reader.is_on("c-01")


async def test_tab_grades_the_other_text_and_brings_its_card_up(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("i", "tab")
        reader.sees("grading call-2")
        assert reader.screen[1].split() == ["Recording", "call-2"]
        await reader.press("4")
        assert values(reader, Kind.GRADE) == [("call-2", "information/c-01", "4")]
        await reader.press("tab")
        assert reader.screen[1].split() == ["Statement", "gur-2022-03-07"]


async def test_the_title_of_a_text_has_its_grade_where_one_was_given(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(80, 24)) as reader:
        before = reader.pane("statement")[0]
        await reader.press("i", "C", "q")
        after = reader.pane("statement")[0]
        assert "gur-2022-03-07 C6  excerpt 1/1" in after
        assert "C6" not in before
        await reader.press("u")
        assert reader.pane("statement")[0] == before


async def test_a_verdict_goes_on_after_a_grade(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("i", "2", "q", "3")
        assert reader.case.verdict_of("c-01") == "unverified"


async def test_somebody_else_who_grades_is_shown_beside(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(120, 60)) as reader:
        with reader.case.session("borys") as session:
            session.find(Kind.GRADE, "gur", "source", "D", words={"why": "a [b]party[/b]"})
        await reader.press("i", "B")
        reader.sees(
            "B6: source B usually reliable (ada); readers differ: D not usually reliable"
            " (borys: a [b]party[/b])"
        )


async def test_in_a_case_for_reading_only_no_grade_is_recorded(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), readonly=True) as reader:
        await reader.press("i", "B")
        reader.sees("reading only")
        assert values(reader, Kind.GRADE) == []


# What is known of a call


async def test_what_a_reader_knows_of_a_call_stands_on_its_card(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(80, 90)) as reader:
        await reader.press("i", "e")
        reader.sees("What is known of call-2", ">Who speaks")
        await reader.press("j", "j", "enter")
        await reader.write("published by GUR, of Tula")
        reader.sees("Recorded: card of call-2, number: published by GUR, of Tula; u undoes.")
        await reader.press("q")
        reader.sees("Number          published by GUR, of Tula (says ada)")
        reader.sees("Number known by unknown", "Continuity      unknown", "2nd translator  unknown")
        reader.sees("Held as         a PARAPHRASE")
        await reader.press("e", "j", "j", "e")
        await reader.write(", by one account", "esc")
        reader.sees("Nothing was recorded.")
        await reader.press("u")
        reader.misses("of Tula (says ada)")
        assert values(reader, Kind.CARD) == []


async def test_a_claim_without_a_call_has_no_facts_to_add(tmp_path: Path) -> None:
    async with at_desk(made_of(tmp_path / "bare.case", claim("c-1"))) as reader:
        await reader.press("i", "e")
        reader.sees("No call is held for this claim.")
        await reader.press("B")
        reader.sees("No text is on the desk that could be graded.")
        await reader.press("q", ":")
        await reader.write("card.facts")
        reader.says("No call is held for this claim.")


# What is not known


async def test_a_question_is_added_asked_answered_and_closed(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("Q", "a")
        await reader.write("Who saw the body?")
        await reader.write("a named witness")
        reader.sees("Not known of c-01: 1 question, 22 unknowns of calls")
        reader.sees("Would change the verdict: a named witness")
        await reader.press("m")
        await reader.write("the press office")
        await reader.write("yesterday")
        reader.sees(
            "'yesterday' is no day; write it as 2022-03-09.", "on (empty: today): yesterday"
        )
        await reader.press(*["backspace"] * len("yesterday"))
        await reader.write("2022-03-09")
        reader.sees("Asked: the press office on 2022-03-09 (says ada)", "Answer: none recorded")
        await reader.press("r")
        await reader.write("Nobody did.")
        reader.sees("Not known of c-01: 22 unknowns of calls", "answered: Who saw the body?")
        await reader.press("u", "x")
        reader.sees("closed: Who saw the body?")
        await reader.press("x")
        reader.sees("open: Who saw the body?")
        await reader.press("Q")
        reader.is_on("c-01")
        with reader.case.session() as session:
            (gap,) = [g for g in asking.gaps_of(session, session.view("c-01")) if g.question]
            assert gap.question
            assert gap.question.asked[0].on == "2022-03-09"


async def test_what_is_typed_and_not_recorded_is_there_again(tmp_path: Path) -> None:
    path = founding(tmp_path)
    # The line drops while the second part is written: nothing more is run.
    async with at_desk(path) as reader:
        await reader.press("Q", "a")
        await reader.write("Who saw the body?")
        await reader.type("a named wit")
    async with at_desk(path) as reader:
        await reader.press("Q", "a")
        reader.sees("question: Who saw the body?", "Your draft is back, not recorded yet.")
        await reader.type(" And when?")
        reader.misses("Your draft is back")
        await reader.press("esc")
        reader.sees("Nothing was recorded. What you wrote is kept, and is there again when you go")
        assert values(reader, Kind.QUESTION) == []
        await reader.press("a", "enter")
        reader.sees("nothing: a named wit")
        await reader.write("ness")
        assert reader.case.acts == [
            one for one in reader.case.acts if one.endswith("Who saw the body? And when?")
        ]
        await reader.press("a")
        reader.sees("question: ")
        reader.misses("question: Who saw")
        # What is cleared is no draft.
        await reader.type("x")
        await reader.press("backspace", "esc")
        reader.misses("What you wrote is kept")


async def test_a_question_that_was_added_is_the_one_to_go_on_with(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("Q")
        for text in ("Who saw the body?", "Who took the photographs?"):
            await reader.press("a")
            await reader.write(text)
            await reader.write("")
        await reader.press("m")
        await reader.write("the agency")
        await reader.write("")
        reader.sees("open: Who saw the body?", "asked: Who took the photographs?")


async def test_tab_lists_the_gaps_of_the_whole_case_and_ungraded_sources_can_be_graded(
    tmp_path: Path,
) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        with reader.case.session("borys") as session:
            asking.ask(session, session.view("c-15"), "How many [b]were[/b] \x1b[31m counted?")
            session.find(Kind.METHOD, "", "grades", "on")
        await reader.press("Q", "tab")
        reader.sees("Not known in the case: 1 question, 22 unknowns of calls, 14 ungraded sources")
        reader.sees("c-15", "How many [b]were[/b]")
        assert "\x1b" not in reader.text
        await reader.press("G")
        reader.sees(">Source without a grade: ua-genstab", "A-F grade it")
        await reader.press("C")
        reader.sees("13 ungraded sources")
        assert values(reader, Kind.GRADE) == [("ua-genstab", "source", "C")]
        await reader.press("g", "enter")
        reader.sees("open: How many")
        await reader.press("q", "tab", "e")
        await reader.write("a field officer")
        reader.misses(">call-2, who speaks")
        assert values(reader, Kind.CARD) == [("call-2", "speakers", "known")]


async def test_a_claim_of_which_nothing_is_missing_says_so(tmp_path: Path) -> None:
    async with at_desk(made_of(tmp_path / "bare.case", claim("c-1"))) as reader:
        await reader.press("Q")
        reader.sees("Not known of c-1: none recorded", "a adds a question")
        await reader.press("m", "r", "x", "e", "enter", "B", "7")
        assert reader.case.acts == []
        await reader.press("a")
        await reader.write("")
        reader.sees("A question needs words.")
        await reader.press("esc", "q")
        reader.is_on("c-1")
