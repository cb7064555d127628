"""The order of the queue: chosen with a key, kept, and by likeness to the claim on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from unittest.mock import patch

from reviewer.service import queueing
from reviewer.service.alike import Alike
from reviewer.service.suggesting import Suggesting
from tests.casefile.making import claim, take_in
from tests.desk.cases import founding, made_of
from tests.desk.reader import Reader, at_desk


def generals(tmp_path: Path) -> Path:
    """Six claims; c-5, then c-3 are like c-1, and come last by priority."""
    return made_of(
        tmp_path / "a.case",
        claim("c-1", text="Vitaly Gerasimov was killed near Kharkiv.", priority=1),
        claim("c-2", text="Bread has become dearer in Riga.", priority=2),
        claim("c-3", text="The general Gerasimov is alive.", priority=9),
        claim("c-4", text="Two bridges collapsed.", priority=3),
        claim("c-5", text="Vitaly Gerasimov was not killed near Kharkiv.", priority=8),
        claim("c-6", text="Five hundred soldiers are missing.", priority=4),
    )


LIKE_C_1 = ["c-1", "c-5", "c-3", "c-2", "c-4", "c-6"]


async def in_order(reader: Reader, beginning: str) -> None:
    """Press A until the queue is in an order whose name begins so."""
    for _ in range(8):
        await reader.press("A")
        await known(reader)
        if f"The queue is {beginning}" in reader.text:
            return
    raise AssertionError(reader.text)


async def known(reader: Reader) -> None:
    """Let what is looked for beside the screen be found."""
    alike = reader.desk.ordering.alike
    if alike is not None:
        alike.join()
    await reader.rest()


async def walked(reader: Reader) -> list[str]:
    """The claims of the queue, by its keys from its beginning to its end."""
    await reader.press("g")
    found = [reader.claim]
    while True:
        await reader.press("j")
        if reader.claim == found[-1]:
            return found
        found.append(reader.claim)


@contextmanager
def slow() -> Iterator[Event]:
    """What looks for claims that are alike waits until it may go on."""
    go_on = Event()
    run = Alike.run

    def waiting(alike: Alike) -> None:
        assert go_on.wait(10)
        run(alike)

    with patch.object(Alike, "run", waiting):
        yield go_on
        go_on.set()


async def test_the_order_is_chosen_with_a_key_and_stays(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("A", "A", "A")
        reader.says("The queue is newest first; A again: like this claim first.")
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
        await in_order(reader, "like")
        await reader.press("A")
        reader.says("The queue is by priority, then date; A again: contested first.")
        reader.misses("newest first")
        await reader.press("g")
        reader.is_on("c-01")


async def test_the_claims_like_this_one_come_first_and_stay_so(tmp_path: Path) -> None:
    path = generals(tmp_path)
    async with at_desk(path) as reader:
        await in_order(reader, "newest")
        await reader.press("A")
        await known(reader)
        reader.says("The queue is like c-1 first: 2 claims.")
        reader.sees("like c-1 first")
        assert await walked(reader) == LIKE_C_1
        with reader.case.session() as session:
            listed = Suggesting(session).similar(session.view("c-1"), 40).claims
            assert [row.id for row in listed] == LIKE_C_1[1:3]
        await reader.press("a")
        reader.sees("Queue: 6 claims, like c-1 first")
        await reader.press("q", "g", "j", "q")
    async with at_desk(path) as reader:
        reader.is_on("c-5")
        reader.sees("like c-1 first")
        assert await walked(reader) == LIKE_C_1


async def test_a_verdict_and_the_next_undecided_go_on_through_those_that_are_alike(
    tmp_path: Path,
) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await in_order(reader, "like")
        await reader.press("6")
        reader.is_on("c-5")
        await reader.press(".")
        reader.is_on("c-3")
        await reader.press("1")
        reader.is_on("c-2")
        await reader.press("f")
        await reader.type("state:undecided gerasimov or soldiers")
        await reader.press("enter")
        reader.is_on("c-5")
        await reader.press("j")
        reader.is_on("c-6")
        reader.says("Claim 2 of 2")


async def test_a_filter_that_is_looked_up_beside_holds_in_this_order_too(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await in_order(reader, "like")
        with patch.object(queueing, "QUICK", 0):
            await reader.press("f")
            await reader.type("gerasimov or soldiers")
            await reader.press("enter")
            beside = reader.desk.filters.beside
            if beside is not None:
                beside.join()
            await reader.rest()
            assert await walked(reader) == ["c-1", "c-5", "c-3", "c-6"]
            reader.says("This is the last claim of the filter.")
            await reader.press("k")
            reader.says("Claim 3 of 4")


async def test_what_others_do_and_what_is_imported_leaves_the_order_as_it_is(
    tmp_path: Path,
) -> None:
    path = generals(tmp_path)
    async with at_desk(path) as reader:
        await in_order(reader, "like")
        with reader.case.session("borys") as borys:
            borys.decide(borys.view("c-5"), "false")
        take_in(
            path,
            claim("c-5", text="Gerasimov was not killed.", priority=1),
            claim("c-7", text="Vitaly Gerasimov was killed near Kharkiv, they say.", priority=3),
        )
        reader.desk.watching.look()
        assert await walked(reader) == ["c-1", "c-5", "c-3", "c-2", "c-4", "c-7", "c-6"]
        await reader.press("g", ":")
        await reader.write("queue.alike")
        await known(reader)
        reader.says("The queue is like c-1 first: 3 claims")
        found = await walked(reader)
        assert sorted(found[:4]) == ["c-1", "c-3", "c-5", "c-7"]
        assert found[4:] == ["c-2", "c-4", "c-6"]


async def test_what_takes_long_is_looked_for_beside_and_esc_stops_it(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await in_order(reader, "newest")
        with slow() as go_on:
            await reader.press("A")
            reader.says("Looking for claims like c-1; esc stops.")
            await reader.press("esc")
            reader.says("Stopped; the queue is newest first.")
            await reader.press("A")
            reader.says("Looking for claims like c-1; esc stops.")
            await reader.press("A")
            reader.says("The queue is by priority, then date; A again: contested first.")
            await in_order_beside(reader, go_on)
            reader.is_on("c-2")
            reader.says("The queue is like c-1 first: 2 claims")
            await reader.press("k")
            reader.is_on("c-3")


async def in_order_beside(reader: Reader, go_on: Event) -> None:
    """Ask for the order by likeness, go on to the next claim, and only then let it be found."""
    await reader.press(":")
    await reader.write("queue.alike")
    await reader.press("j")
    go_on.set()
    await known(reader)


async def test_a_claim_that_none_is_like_leaves_the_queue_by_priority(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("j")
        await in_order(reader, "newest")
        await reader.press("A")
        await known(reader)
        reader.says("No other claim is like c-2. The queue is by priority, then date")


async def test_a_case_that_cannot_be_written_has_the_order_too(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path), readonly=True) as reader:
        await in_order(reader, "like")
        assert await walked(reader) == LIKE_C_1
