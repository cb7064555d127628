"""The history: told, narrowed, one's own acts undone from it, words erased after a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.errors import UsageError
from reviewer.service.config import Config
from reviewer.service.keymap import keymap
from tests.desk.cases import founding
from tests.desk.reader import at_desk

SECRET = "Halyna Petrenko"


async def test_the_history_tells_what_stands_and_narrows_by_words(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        claim = reader.claim
        await reader.press("4", "k", "c")
        await reader.write("call the ministry of health")
        with reader.case.session("borys") as borys:
            borys.decide(borys.view(claim), "false")
            borys.mark(borys.view("c-02"))
        await reader.press("t")
        reader.sees(f"History of {claim}", "borys: verdict false", "in force")
        assert "c-02 marked" not in reader.text
        await reader.press("/")
        await reader.type("note health")
        reader.sees("note on", "call the ministry of health")
        assert "verdict false" not in reader.text
        await reader.press("enter", "esc")
        reader.sees("verdict false")
        await reader.press("tab")
        reader.sees("History of the case", "borys: c-02 marked", "joined the case")
        await reader.press("/")
        await reader.type("borys mark")
        await reader.press("enter", "o")
        reader.is_on("c-02")


async def test_an_act_that_is_ones_own_and_in_force_is_undone_from_there(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        claim = reader.claim
        await reader.press("4", "k", "m")
        with reader.case.session("borys") as borys:
            borys.decide(borys.view(claim), "false")
        await reader.press("t", "u")
        reader.sees("This act is another reader's; only your own can be undone.")
        await reader.press("j", "j", "u")
        reader.sees(f"Undid: verdict contested on {claim}.", "undone")
        assert reader.case.verdict_of(claim) == ""
        assert reader.case.is_marked(claim)
        await reader.press("/")
        await reader.type("verdict contested undone")
        await reader.press("enter", "j", "u")
        reader.sees(f"This is undone already: verdict contested on {claim}.")
        await reader.press("esc", "q")
        reader.is_on(claim)
        await reader.press("U")
        assert reader.case.verdict_of(claim) == "contested"


async def test_words_are_erased_after_a_yes_and_after_nothing_else(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        claim = reader.claim
        await reader.press("c")
        await reader.write(f"{SECRET} told us")
        await reader.press("t", "E")
        reader.sees("Erase its words for good, for everybody? y goes on, any other key does not.")
        for key in ("enter", "n", "esc"):
            await reader.press(key)
            reader.sees("Nothing was erased.")
            assert reader.case.note_of(claim) == f"{SECRET} told us"
            await reader.press("E")
        await reader.press("y")
        reader.sees("because:", "name nobody. enter erases, esc does not.")
        await reader.type("a mistake")
        await reader.press("esc")
        reader.sees("Nothing was erased.")
        assert reader.case.note_of(claim) == f"{SECRET} told us"
        await reader.press("E", "y")
        await reader.type("she asked for it")
        await reader.press("enter")
        reader.sees("Erased for good. Copies, backups and exports keep the words.")
        assert SECRET not in reader.text
        await reader.press("enter")
        reader.sees(f"erased the note of ada on {claim} for good, because: she asked for it")
        await reader.press("q", "j", "enter")
        reader.sees("[erased by ada, ", "she asked for it]")
        await reader.press("q")
        await reader.press("q")
        assert SECRET not in reader.text
        assert reader.case.view(claim).notes[0].erased
        await reader.press("c")
        assert reader.app.desk.note_area.text == ""
    assert SECRET.encode() not in path.read_bytes()


async def test_an_erasure_needs_no_reason_and_leaves_what_is_searched_for(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("4", "k", "c")
        await reader.write(f"{SECRET} told us")
        await reader.press("t", "/")
        await reader.type("note")
        await reader.press("enter", "E", "y", "enter")
        reader.sees("Erased for good.", "search:", "[erased by")
        assert "verdict contested" not in reader.text
        assert next((line.kind, line.words) for line in reader.case.log()) == ("redact", "")
        await reader.press("esc")
        reader.sees("verdict contested", "for good ")


async def test_the_keys_of_the_history_are_the_readers_own(tmp_path: Path) -> None:
    own = {"history.erase": ["ctrl+e"], "history.undo": ["z", "U"], "history.go": []}
    async with at_desk(founding(tmp_path), config=Config(keys=own)) as reader:
        claim = reader.claim
        await reader.press("4", "k", "t")
        reader.sees("z undo  ctrl+e erase  q close")
        assert "o claim" not in reader.text
        for key in ("u", "E", "o"):
            await reader.press(key)
            reader.sees(f"{key} does nothing here.")
        await reader.press("ctrl+e", "n")
        reader.sees("Nothing was erased.")
        await reader.press("z")
        reader.sees(f"Undid: verdict contested on {claim}.")
        await reader.press("е")  # Russian and Ukrainian t
        reader.is_on(claim)
    with pytest.raises(UsageError, match=r"both history\.go and history\.erase"):
        keymap({"history.erase": ["o"]})


async def test_the_question_stands_whole_on_a_narrow_screen(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(60, 18)) as reader:
        await reader.press("4", "k", "t", "E")
        reader.sees("any other key does not.")
        await reader.press("y")
        reader.sees("enter erases, esc does not.")
