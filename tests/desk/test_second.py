"""Two readers at the desk: one asks for another, both judge, the difference is settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.claims import State
from reviewer.model.entry import Kind
from reviewer.model.method import HIDE_NAMES
from reviewer.service import adjudicating, second_reading
from tests.casefile.making import new_case
from tests.desk.reader import Case, at_desk


def differing(folder: Path) -> Path:
    """A case of which the first claim was read twice, blind, and judged in two ways."""
    path = new_case(folder)
    with Case(path, "ann").session() as ann, Case(path, "borys").session() as borys:
        second_reading.set_rule(ann, 2)
        ann.decide(ann.view("c-1"), "verified", "the call names him")
        borys.decide(borys.view("c-1"), "false", "seen alive")
    return path


async def test_a_reader_asks_for_another_and_his_own_reading_is_hidden(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    async with at_desk(path, "ann") as ann:
        await ann.press("1", "k", "R")
        ann.says("asked for a second reading of c-1")
        ann.sees("[1 verified]")
        await ann.press("R")
        ann.says("asked for a second reading of c-1 already")
    async with at_desk(path, "borys") as borys:
        borys.is_on("c-1")
        assert "ann" not in borys.text
        assert "[1 verified]" not in borys.text
        await borys.press("6")
        borys.says("Now both readings are in; D shows them.")


async def test_nothing_of_what_others_judge_blind_reaches_the_screen(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with Case(path, "ann").session() as ann:
        second_reading.set_rule(ann, 2)
    async with at_desk(path, "borys") as borys:
        before = borys.text
        with Case(path, "ann").session() as ann:
            ann.decide(ann.view("c-1"), "verified", "the call names him")
            ann.note(ann.view("c-2"), "a zebra")
        await borys.look_up()
        assert borys.text == before
        await borys.press("6")
        assert borys.case.verdict_of("c-1") == "false"


async def test_the_two_stand_side_by_side_and_a_third_settles_them(tmp_path: Path) -> None:
    path = differing(tmp_path)
    async with at_desk(path, "chen") as chen:
        await chen.press("D")
        chen.sees("Readings of c-1, 1 of 1", "The readers differ.", "What c-1 says.")
        chen.sees("the call names him", "seen alive", "read blind", "rests on 1 excerpt  +1")
        chen.sees('+ supports (gur-7-march): "was killed near Kharkiv"')
        await chen.press("4")
        chen.sees("why contested:")
        await chen.press("enter")
        chen.sees("Nothing is written; esc leaves.")
        await chen.type("one origin against another")
        await chen.press("enter")
        chen.sees("Recorded: c-1 adjudicated: contested, with a reason; u undoes. j goes on.")
        chen.sees("SETTLED by chen", "contested: one origin against another")
        with chen.case.session() as session:
            view = session.view("c-1")
            assert view.row.state is State.ADJUDICATED
            assert {v.value for v in view.verdicts if v.standing} == {"verified", "false"}
        await chen.press("u")
        chen.sees("The readers differ.")
        await chen.press("q")
        chen.says("Back at c-2")


async def test_one_key_agrees_with_either_and_names_may_be_hidden(tmp_path: Path) -> None:
    path = differing(tmp_path)
    with Case(path, "ann").session() as ann:
        ann.find(Kind.METHOD, "", HIDE_NAMES, value=True)
    async with at_desk(path, "chen") as chen:
        await chen.press("D")
        chen.sees("Reading A", "Reading B")
        assert "ann" not in chen.text
        assert "borys" not in chen.text
        await chen.press("b")
        chen.sees("SETTLED by chen", "A, ", "B, ")
        with chen.case.session() as session:
            second = adjudicating.readings(session.view("c-1"))[1]
            assert session.view("c-1").row.verdict == second.value


async def test_each_reading_says_as_of_when_it_holds_and_what_the_keys_do(tmp_path: Path) -> None:
    path = differing(tmp_path)
    with Case(path, "ann").session() as ann:
        ann.decide(ann.view("c-1"), "contested", more={"as_of": "2022-03-08"})
    async with at_desk(path, "chen") as chen:
        await chen.press("D")
        chen.sees("contested as of 8 March 2022", "a/b agree")
        await chen.press("?")
        chen.sees("a b ...         agree with that reading")
        await chen.press("?", "a")
        chen.sees("SETTLED by chen")


async def test_what_is_sent_back_waits_for_its_readers_again(tmp_path: Path) -> None:
    path = differing(tmp_path)
    async with at_desk(path, "chen") as chen:
        await chen.press("D", "s")
        await chen.type("which call?")
        await chen.press("enter", "q")
        with chen.case.session() as session:
            row = session.row("c-1")
            assert row is not None
            assert row.state is State.REOPENED
    async with at_desk(path, "ann") as ann:
        ann.is_on("c-1")
        ann.sees("which call?")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_it_fits_every_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_desk(differing(tmp_path), "chen", size=size) as chen:
        await chen.press("D")
        chen.sees("q close", "the call names him", "Evidence")


async def test_a_note_with_a_full_stop_is_followed_by_no_other_sign(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with Case(path, "ann").session() as ann, Case(path, "borys").session() as borys:
        ann.decide(ann.view("c-1"), "false", "Seen alive.")
        borys.decide(borys.view("c-1"), "false", "So it is.")
    async with at_desk(path, "chen") as chen:
        await chen.press("g")
        chen.sees("others: ann: false, Seen alive; borys: false, So it is.")
