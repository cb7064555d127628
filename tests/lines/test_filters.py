"""The filter and the order of the queue in the plain front end."""

from __future__ import annotations

from pathlib import Path

from tests.casefile.making import at_work, new_case
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
