"""The filter and the order of the queue in the plain front end."""

from __future__ import annotations

from pathlib import Path

from tests.casefile.making import at_work, claim, new_case, take_in
from tests.lines.at_work import reading


def test_a_filter_is_kept_used_and_forgotten(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with reading(path) as (reader, _):
        said = reader.press("f", *"two = priority:2 or id:c-1", "enter")
        assert "The filter 'two' is kept.\n" in said
        assert "Filter 'priority:2 or id:c-1': 3 claims.\n" in said
        assert "Kept: =two\n" in reader.press("f", "enter")
        reader.press("F")
        assert "3 claims.\n" in reader.press("f", *"=two", "enter")
        assert "No filter is kept as 'three'. There is: two." in reader.press(
            "f", *"=three", "enter"
        )
        assert "The filter 'two' is forgotten.\n" in reader.press("f", *"two =", "enter")
        assert "Kept:" not in reader.press("f", "enter")


def test_a_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    with reading(new_case(tmp_path)) as (reader, _):
        said = reader.press("f", *"id:c-1 pirority:2", "enter")
        assert "A claim has no 'pirority' to filter by. Did you mean priority: ?" in said
        assert "(character 8)" in said


def test_the_order_is_chosen_and_stays(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with reading(path) as (reader, _):
        assert reader.front.claim == "c-1"
        assert reader.press("A", "A", "A").endswith("The queue is newest first.\n")
        assert "Claim c-3" in reader.press("g")
        assert ", newest first.\n" in reader.press("a", "q", "enter")
    with reading(path) as (reader, _):
        assert reader.session.order.id == "newest"


def test_the_claims_like_this_one_come_first_and_stay_so(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    take_in(
        path,
        claim("c-8", text="Vitaly Gerasimov was killed near Kharkiv.", priority=8),
        claim("c-9", text="Vitaly Gerasimov was not killed near Kharkiv.", priority=9),
        claim("d-1", text="Bread is dearer.", priority=9),
    )
    with reading(path) as (reader, _):
        reader.press("G", "k")
        assert reader.front.claim == "c-9"
        assert "The queue is like c-9 first: 1 claim.\n" in reader.press("A", "A", "A", "A")
        assert "Claim c-8" in reader.press("j")
        assert ", like c-9 first.\n" in reader.press("a", "q", "enter")
    with reading(path) as (reader, _):
        assert "Claim c-9" in reader.press("k")
        assert "The queue is by priority, then date.\n" in reader.press("A")
        reader.press("G")
        said = reader.press(":", *"queue.alike", "enter")
        assert "No other claim of this case is like d-1.\n" in said
        assert said.endswith("The queue is by priority, then date.\n")


def test_where_readers_differ_is_a_command_away(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with reading(path) as (reader, _):
        said = reader.press(":", *"queue.differing", "enter")
        assert "Readers differ on no claim.\n" in said
    with at_work(path, "borys", "olha") as (borys, olha):
        borys.decide(borys.view("c-3"), "false")
        olha.decide(olha.view("c-3"), "verified")
    with reading(path) as (reader, _):
        said = reader.press(":", *"queue.differing", "enter")
        assert "Filter 'state:in_conflict': 1 claim; the first of them follows" in said
        assert reader.front.claim == "c-3"
