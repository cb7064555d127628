"""Keys typed before the screen answers: each finds the desk as the key before it left it.

Over a slow line a reader types ahead, and a paste arrives as one burst. What is meant as text
must never be taken as commands: a digit in a note would be a verdict.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.desk.cases import founding
from tests.desk.reader import at_desk


@pytest.mark.parametrize(
    ("keys", "acts", "claim"),
    [
        (["?", "3"], [], "c-01"),
        (["/", "3"], [], "c-01"),
        (["a", "3"], [], "c-01"),
        (["i", "3"], ["what gur-2022-03-07 says on c-01 graded 3, possibly true"], "c-01"),
        (["v", "3"], [], "c-01"),
        (["c", "3"], [], "c-01"),
        (["?", "3", "esc", "j"], [], "c-15"),
        (["/", "3", "enter", "j"], [], "c-15"),
        (["/", "3", "esc", "3"], ["verdict unverified on c-01"], "c-15"),
        (["i", "j", "q", "j"], [], "c-15"),
        (["a", "j", "j", "enter", "3"], ["verdict unverified on c-06"], "c-07"),
        ([":", "next claim", "enter", "j"], [], "c-06"),
        ([":", "withdraw", "enter", "3"], ["verdict unverified on c-01"], "c-15"),
        (["3", "3", "u"], ["verdict unverified on c-01", "verdict unverified on c-15",
                           "undid: verdict unverified on c-15"], "c-15"),
        (["f", "tag:casualties", "enter", "4", "4"],
         ["verdict contested on c-13", "verdict contested on c-14"], "c-14"),
        (["c", "seen 3 times", "enter", "j"], ["note on c-01: seen 3 times"], "c-15"),
        (["c", "one", "enter", "c", " 2 j", "enter", "3"],
         ["note on c-01: one", "note on c-01: one 2 j",
          "verdict unverified on c-01, with a note"], "c-15"),
        (["c", "3", "esc", "3"], ["verdict unverified on c-01, with a note"], "c-15"),
        (["c", "ab", "backspace", "c", "left", "x", "enter"], ["note on c-01: axc"], "c-01"),
        (["v", "v", "j", "esc", "esc", "3"], ["verdict unverified on c-01"], "c-15"),
    ],
    ids=lambda value: "".join(value) if isinstance(value, list) else "",
)  # fmt: skip
async def test_keys_typed_at_once(
    tmp_path: Path, keys: list[str], acts: list[str], claim: str
) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.at_once(*keys)
        assert reader.case.acts == acts
        assert reader.claim == claim


async def test_many_notes_typed_at_once_and_no_letter_of_them_is_a_command(
    tmp_path: Path,
) -> None:
    keys = [key for n in range(9) for key in ("c", f" {n} dead, a b j k 3", "enter")]
    async with at_desk(founding(tmp_path)) as reader:
        await reader.at_once(*keys, "j")
        assert [line.kind for line in reader.case.log() if line.reader == "ada"].count("note") == 9
        assert not [act for act in reader.case.acts if not act.startswith("note")]
        reader.is_on("c-15")


async def test_keys_after_leaving_are_nobodys(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.at_once("q", "3", "3")
        assert not reader.running
        assert reader.case.acts == []


async def test_a_paste_while_reading_is_ignored_and_said(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.paste("3\n3\nju0 :verdict\n")
        reader.says("Pasted text is ignored while reading; c opens the note.")
        reader.is_on("c-01")
        assert reader.case.acts == []


async def test_a_paste_over_what_is_open_records_nothing(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        for opening in ("a", "t", "i", "v"):
            await reader.press(opening)
            await reader.paste("3\n3sq\n")
            assert reader.case.acts == []
            assert reader.running
            await reader.press("esc")


async def test_a_paste_and_the_key_after_it_come_in_order(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        reader.app.post_message(events.Paste("pasted words"))
        await reader.at_once("enter", "j")
        assert reader.case.note_of("c-01") == "pasted words"
        reader.is_on("c-15")


async def test_a_paste_into_the_filter_and_the_search(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("f")
        await reader.paste("tag:casualties\nsecond line")
        await reader.press("enter")
        reader.is_on("c-13")
        await reader.press(":")
        await reader.paste("next claim")
        await reader.press("enter")
        reader.is_on("c-14")


async def test_a_mistake_in_a_filter_does_not_swallow_the_keys_after_it(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.at_once("f", "bogus:x", "enter", "j", "3")
        assert reader.mode == "FILTER"
        reader.sees("j3")
        assert reader.case.acts == []
        await reader.press("esc")
        assert reader.mode == "READ"


async def test_who_goes_on_and_leaves_at_once_is_back_there(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        await reader.at_once("j", "j", "q")
        assert not reader.running
    async with at_desk(path) as reader:
        reader.is_on("c-06")
        reader.says("Back at c-06")
