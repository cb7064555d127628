"""Structs are what dataclasses are, but for the time they take to be made."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from reviewer.structs import Struct, field, replace


class Point(Struct):
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list)


class Named(Point):
    name: str = "origin"

    @property
    def shown(self) -> str:
        return f"{self.name} {self.x},{self.y}"


class Open(Struct, frozen=False):
    seen: int = 0


def test_fields_are_given_by_place_and_by_name() -> None:
    assert Point(1) == Point(x=1, y=2, tags=[])
    assert Point(1) != Point(1, 3)
    assert Point(1) != (1, 2, [])
    assert repr(Point(1, 3)) == "Point(x=1, y=3, tags=[])"
    assert Named(1, name="a").shown == "a 1,2"
    assert Named(1) != Point(1)


@pytest.mark.parametrize(("args", "named"), [((), {}), ((1, 2, [], 4), {}), ((1,), {"z": 1})])
def test_what_is_no_field_is_refused(args: tuple[int, ...], named: dict[str, int]) -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            Point(*args, **named)  # type: ignore[arg-type]


def test_a_default_is_made_anew_for_each() -> None:
    one, other = Point(1), Point(1)
    one.tags.append("mine")
    assert other.tags == []


def test_it_cannot_be_changed_unless_it_is_made_so() -> None:
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 3  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del point.x  # type: ignore[misc]
    with pytest.raises(AttributeError):
        point.other = 3  # type: ignore[attr-defined]
    walk = Open()
    walk.seen += 1
    assert walk == Open(1)
    with pytest.raises(TypeError):
        hash(walk)


def test_what_dataclasses_offers_takes_structs() -> None:
    named = Named(1, tags=["a"])
    assert dataclasses.is_dataclass(named)
    assert dataclasses.asdict(named) == {"x": 1, "y": 2, "tags": ["a"], "name": "origin"}
    assert dataclasses.replace(named, y=5) == replace(named, y=5) == Named(1, 5, ["a"])
    assert [one.name for one in dataclasses.fields(Named)] == ["x", "y", "tags", "name"]


def test_it_is_copied_and_pickled() -> None:
    point = Point(1, tags=["a"])
    assert copy.copy(point) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point
    assert hash(replace(point, tags=())) == hash(Point(1, 2, ()))  # type: ignore[arg-type]
