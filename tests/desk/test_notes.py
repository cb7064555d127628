"""The note: written in place or in the reader's editor, and never lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.cases import founding
from tests.desk.reader import at_desk


async def test_c_writes_a_note_and_enter_saves_it(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        assert reader.mode == "NOTE"
        reader.says("Your note on c-01.")
        reader.sees("enter save", "esc keep as a draft", "ctrl+j new line")
        await reader.write("One origin; see [inaudible], [/x] and j.")
        assert reader.mode == "READ"
        reader.is_on("c-01")
        reader.sees("note: One origin; see [inaudible], [/x] and j.")
        reader.says("Recorded: note on c-01:")
        assert reader.case.note_of("c-01") == "One origin; see [inaudible], [/x] and j."
        assert len(reader.case.acts) == 1


async def test_while_a_note_is_written_keys_are_letters(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        reader.misses("q leave", "j/k claim")
        await reader.write("j3q?0u:/v")
        reader.is_on("c-01")
        assert reader.case.note_of("c-01") == "j3q?0u:/v"
        assert len(reader.case.acts) == 1


async def test_a_note_goes_with_the_verdict_that_follows(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.write("No independent confirmation.")
        reader.says("Recorded: note on c-01: No independent confirmation; u undoes.")
        await reader.press("u")
        reader.says("Undid: note on c-01: No independent confirmation; U redoes.")
        await reader.press("U", "3")
        reader.says("Recorded: verdict unverified on c-01, with a note")
        mine = reader.case.view("c-01").mine("ada")
        assert mine is not None
        assert (mine.value, mine.note) == ("unverified", "No independent confirmation.")


async def test_ctrl_j_makes_a_new_line(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.type("first")
        await reader.press("ctrl+j")
        await reader.write("second")
        assert reader.case.note_of("c-01") == "first\nsecond"
        reader.sees("note: first second")


async def test_a_note_is_changed_and_removed_and_each_is_undone(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.write("first")
        await reader.press("c")
        await reader.write(" and more")
        assert reader.case.note_of("c-01") == "first and more"
        await reader.press("c", "ctrl+u")
        await reader.press("enter")
        reader.says("Recorded: note on c-01 removed; u undoes.")
        reader.sees("note: -")
        assert reader.case.note_of("c-01") == ""
        await reader.press("u")
        reader.sees("note: first and more")
        await reader.press("u")
        reader.sees("note: first")
        assert reader.case.note_of("c-01") == "first"


async def test_the_same_note_again_records_nothing(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.write("first")
        before = reader.case.log()
        await reader.press("c", "enter")
        reader.says("The note stands as it was.")
        await reader.press("c", "esc")
        reader.says("The note stands as it was.")
        assert reader.case.log() == before


@pytest.mark.parametrize("leaving", ["esc", "ctrl+c"])
async def test_esc_keeps_a_draft_that_comes_back(tmp_path: Path, leaving: str) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("c")
        await reader.type("half a though")
        await reader.press(leaving)
        assert reader.mode == "READ"
        reader.says("Your draft is kept, not saved; c goes on with it.")
        reader.sees("DRAFT", "not saved, c goes on: half a though")
        assert reader.case.acts == []
        await reader.press("j")
        reader.misses("DRAFT")
        await reader.press("k")
        reader.sees("DRAFT")
    async with at_desk(path) as reader:
        reader.sees("half a though")
        await reader.press("c")
        reader.says("Your draft is back, not saved yet.")
        await reader.write("t")
        assert reader.case.note_of("c-01") == "half a thought"
        reader.misses("DRAFT")


async def test_leaving_an_empty_note_leaves_nothing(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c", "esc")
        reader.says("No note.")
        reader.sees("note: -")
        await reader.press("c", "x", "backspace", "esc")
        reader.misses("DRAFT")
        assert reader.case.acts == []


async def test_a_draft_longer_than_its_row_is_cut_with_a_sign(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.write("word " * 40, end="esc")
        row = reader.screen[reader.row_of("DRAFT")]
        assert row.endswith("…")


async def test_a_draft_is_another_readers_business(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path, "ada") as ada:
        await ada.press("c")
        await ada.write("mine alone", end="esc")
    async with at_desk(path, "ben") as ben:
        ben.misses("mine alone", "DRAFT")


async def test_text_is_edited_with_the_keys_of_an_editor(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.type("acd")
        await reader.press("left", "left", "b", "end", "e", "backspace", "home", "delete")
        await reader.press("enter")
        assert reader.case.note_of("c-01") == "bcd"


async def test_a_note_in_any_script_is_kept_letter_for_letter(tmp_path: Path) -> None:
    words = "Підтверджень немає. 没有独立证实。 لا تأكيد"
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.paste(words)
        await reader.press("enter")
        assert reader.case.note_of("c-01") == words
        reader.sees(f"note: {words}")


async def test_pasted_lines_stay_lines_and_save_nothing_by_themselves(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.paste("one\ntwo\n3\n")
        assert reader.mode == "NOTE"
        assert reader.case.acts == []
        await reader.press("enter")
        assert reader.case.note_of("c-01") == "one\ntwo\n3"


async def test_somebody_else_changed_the_claim_meanwhile_and_the_draft_stays(
    tmp_path: Path,
) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.type("my view")
        with reader.case.session("ben") as ben:
            ben.decide(ben.view("c-01"), "false")
        await reader.press("enter")
        reader.says("ben", "c-01", "Your draft is kept; c opens it.")
        assert reader.case.note_of("c-01") == ""
        reader.sees("DRAFT", "my view", "others: ben: false")
        await reader.press("c", "enter")
        assert reader.case.note_of("c-01") == "my view"


async def test_e_without_an_editor_says_what_to_do(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("e")
        reader.says("Neither $VISUAL nor $EDITOR is set; c writes the note here.")
        assert reader.mode == "READ"


async def test_e_where_no_editor_can_have_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("e")
        reader.says("c writes the note")
        reader.is_on("c-01")


async def test_an_editor_that_is_no_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "vi 'unclosed")
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("e")
        reader.says("The editor 'vi 'unclosed' is not a command")


async def test_a_claim_with_an_unsaved_note_has_a_sign_in_the_queue(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.write("ask the hospital", "esc")
        await reader.press("a")
        reader.sees(">   c-01   DRAFT ")
        await reader.press("q", "c", "enter", "a")
        reader.sees("> . c-01")
        reader.misses(" DRAFT ")
        assert reader.case.note_of("c-01") == "ask the hospital"


async def test_a_note_that_was_saved_and_is_written_again_is_kept_again(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c", "x", "esc", "u")
        places = reader.desk.reading.places
        assert places.draft("c-01") == "x"
        places.forget_draft("c-01")
        await reader.press("c", "x")
        assert places.draft("c-01") == "x"
