"""The filter as it is typed: counted, looked up beside the screen, stopped, kept under a name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from unittest.mock import patch

from reviewer.casefile import case
from reviewer.casefile.walks import Walk
from reviewer.service import queueing
from reviewer.service.ahead import Ahead
from reviewer.service.saved import SavedFilters
from reviewer.service.session import Session
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

    with patch.object(queueing, "QUICK", 0), patch.object(Walk, "steps", waiting):
        yield go_on
        go_on.set()


@contextmanager
def far() -> Iterator[Event]:
    """Every other claim of the filter is far off: it is found beside, and that waits."""
    go_on = Event()
    run = Ahead.run

    def waiting(ahead: Ahead) -> None:
        assert go_on.wait(10)
        run(ahead)

    with (
        patch.object(queueing, "AT_ONCE_S", -1.0),
        patch.object(case, "LOOK_EVERY", 1),
        patch.object(Ahead, "run", waiting),
    ):
        yield go_on
        go_on.set()


async def arrived(reader: Reader, go_on: Event) -> None:
    """Let the claim be found, and the desk go there."""
    ahead = reader.desk.seeking.ahead
    assert ahead is not None
    go_on.set()
    ahead.join()
    go_on.clear()
    await reader.rest()


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


async def test_a_far_claim_is_gone_to_once_it_is_found_and_the_reader_reads_on(
    tmp_path: Path,
) -> None:
    async with at_desk(founding(tmp_path), filter_text="tag:casualties") as reader:
        reader.is_on("c-13")
        with far() as go_on:
            await reader.press("j")
            reader.is_on("c-13")
            reader.says("Still looking for the claim to go to; esc stops.")
            await reader.press("space", "z", "z", "j")
            reader.is_on("c-13")
            await arrived(reader, go_on)
            reader.is_on("c-14")
            reader.says("Claim 2 of 2")
            await reader.press("j")
            await arrived(reader, go_on)
            reader.is_on("c-14")
            reader.says("This is the last claim of the filter.")
            await reader.press("g")
            await arrived(reader, go_on)
            reader.is_on("c-13")


async def test_what_is_typed_ahead_is_not_recorded_on_the_claim_that_is_left(
    tmp_path: Path,
) -> None:
    async with at_desk(founding(tmp_path), filter_text="tag:casualties") as reader:
        with far() as go_on:
            await reader.press("4")
            assert reader.case.verdict_of("c-13")
            reader.says("Recorded:", "Still looking for the claim to go to; esc stops.")
            for key in ("3", "0", "m", "c", "v"):
                await reader.press(key)
                reader.says("another claim is still looked for; esc stops, then it is for this one")
                assert reader.mode == "READ"
            assert len(reader.case.acts) == 1
            await arrived(reader, go_on)
            reader.is_on("c-14")
            reader.says("Recorded:")
            await reader.press("k", "esc")
            reader.says("Stopped; still on c-14.")
            await reader.press("4")
            assert reader.case.verdict_of("c-14")


async def test_undo_and_another_way_end_it(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), filter_text="tag:casualties") as reader:
        with far():
            await reader.press("4", "u")
            assert reader.desk.seeking.ahead is None
            assert not reader.case.verdict_of("c-13")
            await reader.press("j", "f")
            assert reader.desk.seeking.ahead is None
            assert reader.mode == "FILTER"


async def test_a_claim_that_matches_no_longer_when_it_is_found_is_not_gone_to(
    tmp_path: Path,
) -> None:
    async with at_desk(founding(tmp_path), filter_text="state:new tag:casualties") as reader:
        reader.is_on("c-13")
        with far() as go_on:
            await reader.press("j")
            ahead = reader.desk.seeking.ahead
            assert ahead is not None
            go_on.set()
            ahead.join()
            go_on.clear()
            assert ahead.row is not None
            assert ahead.row.id == "c-14"
            with reader.case.session("borys") as borys:
                borys.decide(borys.view("c-14"), "false")
            await reader.rest()
            reader.is_on("c-13")
            assert reader.desk.seeking.ahead not in (None, ahead), "it is looked for once more"
            await arrived(reader, go_on)
            reader.is_on("c-13")
            reader.says("This is the last claim of the filter.")


async def test_what_is_done_during_a_look_up_is_counted_in_it(tmp_path: Path) -> None:
    path = founding(tmp_path)
    with slow() as go_on:
        async with at_desk(path, filter_text="state:undecided tag:casualties") as reader:
            reader.sees("filter state:undecided tag:casualties: ...")
            beside = reader.desk.filters.beside
            assert beside is not None
            await reader.press("4")
            reader.is_on("c-14")
            go_on.set()
            await looked_up(reader)
            reader.sees("filter state:undecided tag:casualties: 1")


async def test_what_others_do_during_a_look_up_is_looked_up_again(tmp_path: Path) -> None:
    path = founding(tmp_path)
    with slow() as go_on:
        async with at_desk(path, filter_text="state:new tag:casualties") as reader:
            first = reader.desk.filters.beside
            with reader.case.session("borys") as borys:
                borys.decide(borys.view("c-14"), "false")
            await reader.look_up()
            assert reader.desk.filters.beside is first
            go_on.set()
            await looked_up(reader)
            assert reader.desk.filters.beside is not first
            await looked_up(reader)
            reader.sees("filter state:new tag:casualties: 1")
            await reader.press("j")
            reader.says("This is the last claim of the filter.")


async def test_the_list_of_a_filter_that_is_looked_up_does_not_wait(tmp_path: Path) -> None:
    path = founding(tmp_path)
    with slow():
        async with at_desk(path, filter_text="tag:casualties") as reader:
            await reader.press("a", "j", "G")
            reader.sees("Queue: still looked up")
            await reader.press("q")
            reader.is_on("c-13")


async def test_where_readers_differ_is_a_command_away(tmp_path: Path) -> None:
    case = founding(tmp_path)
    async with at_desk(case) as reader:
        await reader.press(":")
        await reader.paste("where readers differ")
        await reader.press("enter")
        reader.says("Readers differ on no claim.")
    for name, value in (("borys", "false"), ("olha", "misleading")):
        with Session.open(case, name) as session:
            session.decide(session.view("c-05"), value)
    async with at_desk(case) as reader:
        await reader.press(":")
        await reader.paste("where readers differ")
        await reader.press("enter")
        reader.is_on("c-05")
        reader.says("1 claim")
        reader.sees("borys: false")
        reader.sees("olha: misleading")
        await reader.press("F")
        reader.says("The whole queue: 16 claims.")
