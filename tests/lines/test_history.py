"""The history in plain lines: narrowed, one's own act undone from it, words erased with a why."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.service.session import Session
from tests.lines.at_work import reading, shipped_case

SECRET = "Halyna Petrenko"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return shipped_case(tmp_path)


def test_an_act_that_is_ones_own_is_undone_by_its_number(case: Path) -> None:
    with reading(case) as (reader, _):
        reader.press("4", "k", "m")
        with Session.open(case, "borys") as borys:
            borys.decide(borys.view("c-01"), "false")
        heard = reader.press(
            "t", *"u1", "enter", *"u3", "enter", *"u3", "enter", *"9", "enter", "q"
        )
        assert "1 " in heard
        assert "This act is another reader's; only your own can be undone.\n" in heard
        assert "Undid: verdict contested on c-01.\n" in heard
        assert "This is undone already: verdict contested on c-01.\n" in heard
        assert "There is no entry '9' in this list.\n" in heard
        assert reader.front.shown.mine("ada") is None
        assert reader.front.shown.row.marked


def test_the_whole_case_is_told_narrowed_and_left_for_another_claim(case: Path) -> None:
    with reading(case) as (reader, _):
        reader.press("c", *"call the ministry of health", "enter")
        with Session.open(case, "borys") as borys:
            borys.mark(borys.view("c-02"))
        heard = reader.press("t", "escape")
        assert "call the ministry" in heard
        assert "c-02" not in heard
        heard = reader.press("t", "enter", *"/borys mark", "enter", *"1", "enter", *"o1", "enter")
        _, _, whole = heard.partition("what was recorded in the case, newest last.\n")
        assert ": joined the case\n" in whole
        assert "by borys, entry " in heard
        assert "None of it has the words 'zebra'" in reader.press("t", *"/zebra", "enter", "escape")
        assert reader.front.claim == "c-02"


def test_words_are_erased_after_a_yes_and_a_why_and_after_nothing_else(case: Path) -> None:
    with reading(case) as (reader, _):
        reader.press("c", *f"{SECRET} told us", "enter")
        for answers in (["enter"], ["n", "enter"], ["escape"], ["y", "enter", "escape"]):
            heard = reader.press("t", *"E1", "enter", *answers, "escape")
            assert "Nothing was erased.\n" in heard
        assert reader.front.shown.note_of("ada") == f"{SECRET} told us"
        why = "she asked for it"
        heard = reader.press("t", *"E1", "enter", "y", "enter", *why, "enter", "escape")
        assert "Erased for good. Copies, backups and exports keep the words.\n" in heard
        heard = reader.press("t", "escape", "ctrl+l")
        assert f"ada: erased the note of ada on c-01 for good, because: {why}\n" in heard
        assert f": {why}]" in heard
        assert SECRET not in heard
    assert SECRET.encode() not in case.read_bytes()
