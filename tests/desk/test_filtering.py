"""The filter as it is typed: counted, looked up beside the screen, stopped, kept under a name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from unittest.mock import patch

from reviewer.casefile.walks import Walk
from reviewer.service import looking
from reviewer.service.saved import SavedFilters
from tests.desk.cases import founding
from tests.desk.reader import Reader, at_desk


@contextmanager
def slow() -> Iterator[Event]:
    """Whatever no index serves is looked up beside, and waits until it may go on."""
    go_on = Event()
    steps = Walk.steps

    def waiting(walk: Walk, con: object) -> Iterator[None]:
        assert go_on.wait(10)
        yield from steps(walk, con)  # type: ignore[arg-type]

    with patch.object(looking, "QUICK", 0), patch.object(Walk, "steps", waiting):
        yield go_on
        go_on.set()


async def looked_up(reader: Reader) -> None:
    """Let what is looked up beside come to its end."""
    beside = reader.desk.filters.beside
    if beside is not None:
        beside.join()
    await reader.rest()


async def test_the_count_follows_each_character(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("f")
        await reader.type("tag:casualties")
        reader.says("2 of 16 claims")
        await reader.type(" or tag:death")
        reader.says(" of 16 claims")
        await reader.type(" state:new priority:1..9 -(tag:nothing or id:c-13)")
        await reader.press("enter")
        assert reader.mode == "READ"
        reader.misses("c-13 [")


async def test_a_mistake_is_pointed_at(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("f")
        await reader.type("tag:death stat:new")
        reader.says("no 'stat' to filter by. Did you mean state: ? (character 11)")
        row = reader.row_of("filter: tag:death stat:new")
        above = reader.screen[row - 1]
        assert above.strip() == "v"
        assert above.index("v") == reader.screen[row].index("stat:new")


async def test_what_takes_long_is_looked_up_beside_and_the_desk_goes_on(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        with slow() as go_on:
            await reader.press("f")
            await reader.type("tag:casualties")
            reader.says("0 found, 0 of 16 claims looked at; esc stops")
            await reader.press("enter")
            assert reader.mode == "FILTER"
            go_on.set()
            await looked_up(reader)
            assert reader.mode == "READ"
            reader.is_on("c-13")
            reader.says("2 claims; went to c-13")
            reader.sees("filter tag:casualties: 2")
            await reader.press("j")
            reader.is_on("c-14")
            reader.says("Claim 2 of 2")
            await reader.press("j")
            reader.says("This is the last claim of the filter.")


async def test_esc_stops_it_and_then_leaves(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        with slow():
            await reader.press("f")
            await reader.type("kharkiv")
            beside = reader.desk.filters.beside
            assert beside is not None
            await reader.press("enter", "esc")
            assert reader.mode == "FILTER"
            reader.says("Stopped: 0 found, 0 of 16 claims looked at.")
            assert beside.stopped
            await reader.press("esc")
            assert reader.mode == "READ"
            reader.is_on("c-01")
            reader.misses("filter kharkiv")


async def test_typing_on_stops_what_was_looked_up_before(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        with slow() as go_on:
            await reader.press("f")
            await reader.type("kharki")
            first = reader.desk.filters.beside
            assert first is not None
            await reader.type("v")
            assert first.stopped
            go_on.set()
            first.join()
            await looked_up(reader)
            reader.says(" of 16 claims")
            reader.misses("esc stops")


async def test_a_verdict_is_counted_in_what_was_looked_up(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        with slow() as go_on:
            go_on.set()
            await reader.press("f")
            await reader.write("state:undecided tag:casualties")
            await looked_up(reader)
            reader.sees("filter state:undecided tag:casualties: 2")
            await reader.press("4")
            reader.sees("filter state:undecided tag:casualties: 1")
            await reader.press("u")
            reader.sees("filter state:undecided tag:casualties: 2")


async def test_the_filter_that_was_left_is_looked_up_when_the_reader_is_back(
    tmp_path: Path,
) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("f")
        await reader.write("tag:casualties")
        await reader.press("q")
    with slow() as go_on:
        async with at_desk(path) as reader:
            reader.is_on("c-13")
            reader.sees("filter tag:casualties: ...")
            go_on.set()
            await looked_up(reader)
            reader.sees("filter tag:casualties: 2")


async def test_a_filter_is_kept_under_a_name_and_offered_by_tab(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("f", "tab")
        reader.says("No filter is kept yet")
        await reader.write("losses = tag:casualties")
        reader.says("The filter 'losses' is kept")
        reader.sees("filter tag:casualties: 2")
        await reader.press("f")
        await reader.write("dead = tag:death")
        await reader.press("f", "tab")
        reader.sees("filter: tag:casualties")
        reader.says("losses (1 of 2): 2 of 16 claims")
        await reader.press("tab")
        reader.says("dead (2 of 2): ")
        await reader.press("tab", "enter")
        reader.sees("filter tag:casualties: 2")
        await reader.press("f")
        await reader.write("=dead")
        reader.sees("filter tag:death: ")
        await reader.press("f")
        await reader.write("=lost")
        reader.says("No filter is kept as 'lost'. There is: losses, dead.")
        await reader.press("esc", "f")
        await reader.write("losses =")
        reader.says("The filter 'losses' is forgotten.")
        assert SavedFilters("ada").all() == {"dead": "tag:death"}


async def test_a_mistake_is_not_kept(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("f")
        await reader.write("losses = tagg:x")
        reader.says("no 'tagg' to filter by", "(character 10)")
        assert reader.mode == "FILTER"
        assert SavedFilters("ada").all() == {}


async def test_a_spoilt_file_of_kept_filters_is_named_and_left_alone(tmp_path: Path) -> None:
    path = SavedFilters("ada").path
    path.write_text("[1]")
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("f")
        await reader.write("x = tag:death")
        reader.says("does not hold filters by their names; mend it or take it away")
    assert path.read_text() == "[1]"


async def test_the_order_is_chosen_with_a_key_and_stays(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("A", "A", "A")
        reader.says("The queue is newest first; A again: by priority, then date.")
        reader.sees("newest first")
        await reader.press("g")
        newest = reader.claim
        await reader.press("a")
        reader.sees("Queue: 16 claims, newest first")
        await reader.press("q", "q")
    async with at_desk(path) as reader:
        reader.is_on(newest)
        reader.sees("newest first")
        await reader.press("k")
        reader.says("This is the first claim")
        await reader.press("A")
        reader.misses("newest first ")
        await reader.press("g")
        reader.is_on("c-01")
