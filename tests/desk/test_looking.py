"""Looking closer, the lists, the layout, and leaving."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.service.session import Session
from tests.casefile.making import claim
from tests.desk.cases import exercise, founding, made_of
from tests.desk.reader import at_desk


async def test_t_tells_everything_that_was_recorded(tmp_path: Path) -> None:
    path = founding(tmp_path)
    with Session.open(path, "ben") as ben:
        ben.decide(ben.view("c-01"), "contested", note="Rival accounts.")
    async with at_desk(path) as reader:
        await reader.press("g", "3", "u", "3", "g", "t")
        reader.sees(
            "History of c-01",
            "ada: verdict unverified on c-01 in force",
            "ada: undid: verdict unverified on c-01",
            "ada: verdict unverified on c-01 undone",
            "ben: verdict contested on c-01, with a note in force",
        )
        lines = [line for line in reader.screen if "verdict unverified on c-01" in line]
        assert len(lines) == 3, reader.picture("two verdicts and an undo")
        await reader.press("j", "j", "j")
        reader.sees("Rival accounts.")
        await reader.press("enter")
        reader.sees("Recorded", "By ben", "Entry", "Rival accounts.")
        await reader.press("q")
        await reader.press("q")
        assert reader.mode == "READ"
        reader.is_on("c-01")


async def test_t_where_nothing_was_recorded(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("t")
        reader.sees("Nothing is recorded here.")


async def test_i_tells_where_the_texts_come_from_and_what_is_unknown(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("i")
        card = []
        for _ in range(20):
            card += [line for line in reader.screen[1:-1] if line not in card]
            await reader.press("space")
        words = " ".join(" ".join(card).split())
        for some in (
            "Wording Major General Vitaly Gerasimov",
            "Claimant Main Intelligence Directorate",
            "Tags death, person",
            "Context The announcement and both calls come from GUR",
            "Excerpt supports",
            "Made by came with the case",
            "Statement gur-2022-03-07",
            "Held as a PARAPHRASE",
            "Address unknown",
            "Recording call-2",
            "Transcribed by unknown",
            "Cuts Unknown.",
            "SHA-256",
        ):
            assert some in words, (some, words)
        await reader.press("g")
        reader.sees("Claim and sources of c-01", "Wording")
        await reader.press("j", "K", "k")
        reader.sees("Wording")
        await reader.press("G")
        reader.sees("SHA-256")


async def test_a_card_fits_the_terminal_again_when_that_is_made_smaller(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(120, 40)) as reader:
        await reader.press("i")
        await reader.resize(80, 24)
        reader.sees("of Russia's 41st Combined Arms Army has been killed.")
        await reader.resize(120, 40)
        reader.sees("of Russia's 41st Combined Arms Army has been killed.")
        await reader.press("esc")
        reader.is_on("c-01")


async def test_keys_that_mean_nothing_on_a_card_do_nothing(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("i")
        before = reader.text
        for key in ("7", "0", "H", "m", "s", "c", "enter", "x", "d"):
            await reader.press(key)
        assert reader.text == before
        await reader.press("ctrl+c")
        assert reader.case.acts == []
        reader.is_on("c-01")


async def test_a_lists_the_queue_and_enter_goes_there(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("3", "m", "s")
        await reader.press("a")
        reader.sees("Queue: 16 claims", "1-9: verdict", "s aside", "* marked")
        assert reader.screen[1].startswith("   3 c-01")
        assert reader.screen[2].startswith("  *s c-15")
        assert reader.screen[3].startswith(" >   c-06")
        await reader.press("k", "k", "enter")
        reader.is_on("c-01")
        reader.says("c-01; o goes back.")
        await reader.press("o")
        reader.is_on("c-06")


async def test_the_queues_list_pages_and_closes(tmp_path: Path) -> None:
    async with at_desk(exercise(tmp_path)) as reader:
        await reader.press("a", "space")
        reader.misses("> x-01", ">   x-01")
        await reader.press("b")
        assert reader.screen[1].startswith(" >   x-01")
        await reader.press("G")
        assert reader.screen[21].startswith(" >   x-69")
        await reader.press("down", "g", "up")
        assert reader.screen[1].startswith(" >   x-01")
        for closing in ("q", "esc", "a"):
            await reader.press("G", closing)
            reader.is_on("x-01")
            await reader.press("a")


async def test_the_queues_list_holds_what_the_filter_holds(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), filter_text="tag:casualties") as reader:
        await reader.press("a")
        reader.sees("Queue: 2 claims", "c-13", "c-14")
        reader.misses("c-01")
        await reader.press("j", "enter")
        reader.is_on("c-14")


@pytest.mark.parametrize(("key", "title"), [("?", "  Keys"), (":", "Commands")])
async def test_the_keys_and_the_commands_are_searched_by_typing(
    tmp_path: Path, key: str, title: str
) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press(key)
        reader.sees(title, "search:", "Next claim", "type to search")
        await reader.type("withdraw")
        reader.sees("0", "Withdraw", "Not now: you have no verdict on this claim.")
        reader.misses("Next claim")
        await reader.type("zzz")
        reader.sees("No command is called so.")
        await reader.press("enter")
        assert reader.mode == "READ"
        assert reader.case.acts == []


async def test_the_verdicts_are_listed_by_their_words(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press(":")
        await reader.write("contested")
        reader.is_on("c-15")
        assert reader.case.verdict_of("c-01") == "contested"


async def test_a_command_is_chosen_with_the_arrows(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press(":", "down", "down", "up", "down", "down")
        reader.sees("To the first claim of the queue.")
        await reader.press("enter")
        reader.says("Claim 1 of 16")
        await reader.press(":", *["pagedown"] * 9, "pageup", *["pagedown"] * 9, "enter")
        reader.misses("type to search")
        reader.says("only in the history")
        assert reader.running


async def test_esc_closes_the_commands_and_gives_none(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press(":")
        await reader.type("next claim")
        await reader.press("esc")
        reader.is_on("c-01")
        assert reader.mode == "READ"


async def test_z_shows_one_pane_alone_and_tab_the_other(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        both = reader.desk.statement.rows
        await reader.press("z")
        reader.says("This pane alone; z shows both.")
        reader.sees(">> STATEMENT")
        reader.misses("CALL 1/2")
        assert reader.desk.statement.rows > both
        await reader.press("tab")
        reader.sees(">> CALL 1/2")
        reader.misses("STATEMENT 1/7")
        await reader.press("q")
        assert reader.running, "q closes the front-most thing: the zoom"
        reader.says("Both panes.")
        reader.sees("STATEMENT 1/7", "CALL 1/2")
        await reader.press("z", "esc")
        reader.says("Both panes.")
        await reader.press("z", "z")
        reader.sees("STATEMENT 1/7", "CALL 1/2")


async def test_w_puts_the_texts_side_by_side_and_back(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        stacked = reader.screen[:-2]
        await reader.press("w")
        reader.says("Side by side; w stacks.")
        row = reader.screen[reader.row_of("STATEMENT 1/7")]
        assert "CALL 1/2" in row
        await reader.press("w")
        reader.says("Stacked; w is side by side.")
        assert reader.screen[:-2] == stacked


async def test_esc_and_ctrl_c_never_leave(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("esc", "esc")
        reader.says("Nothing to step back from; q leaves.")
        await reader.press("ctrl+c", "ctrl+c")
        reader.says("q leaves; everything recorded is saved.")
        assert reader.running
        await reader.press("q")
        assert not reader.running
        assert reader.app.return_code == 0


async def test_ctrl_l_draws_the_same_again(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("J", "tab", "l")
        before = reader.text
        await reader.press("ctrl+l")
        assert reader.text == before


async def test_the_desk_comes_back_where_it_was_left(tmp_path: Path) -> None:
    path = exercise(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("f")
        await reader.write("tag:bridge")
        await reader.press("j", "tab", "space", "L", "w")
        left = reader.screen[1:17]
        claim_left = reader.claim
        await reader.press("q")
    async with at_desk(path) as reader:
        reader.is_on(claim_left)
        reader.says(f"Back at {claim_left}, where you left.")
        assert reader.screen[1:17] == left
        reader.sees("filter tag:bridge:")


async def test_it_comes_back_scrolled_to_the_top_where_that_was_left(tmp_path: Path) -> None:
    path = exercise(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("tab")
        while "beginning" not in reader.status:
            await reader.press("b", "b", "b", "b")
        top = reader.pane("recording")[1:8]
        await reader.press("q")
    async with at_desk(path) as reader:
        assert reader.pane("recording")[1:8] == top


async def test_it_comes_back_to_the_same_words_in_a_terminal_of_another_size(
    tmp_path: Path,
) -> None:
    path = exercise(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("tab", "space", "space")
        words = reader.pane("recording")[1][2:30]
        await reader.press("q")
    async with at_desk(path, size=(120, 40)) as reader:
        assert reader.pane("recording")[1][2:30] == words


async def test_a_filter_given_at_the_start_goes_before_the_place(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("G", "q")
    async with at_desk(path, filter_text="tag:casualties") as reader:
        reader.is_on("c-13")
        reader.misses("where you left")


async def test_a_place_in_a_claim_that_is_gone_is_the_beginning(tmp_path: Path) -> None:
    path = made_of(tmp_path / "a.case", claim("c-1"), claim("c-2"))
    async with at_desk(path) as reader:
        await reader.press("j", "q")
        place = next(reader.desk.reading.places._places.iterdir())
        place.write_text(place.read_text().replace("c-2", "c-9"))
    async with at_desk(path) as reader:
        reader.is_on("c-1")


async def test_the_keys_page_explains_and_gives_no_command(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("?")
        await reader.write("unverified")
        reader.says("Verdict: unverified: press 3.")
        reader.is_on("c-01")
        assert reader.case.acts == []
