"""A verdict value is found by what people and scripts call it."""

from __future__ import annotations

import pytest

from reviewer.model.errors import NotFoundError
from reviewer.model.scale import HOUSE, Scale, scale_of

TEAMS_OWN = scale_of([("Mostly-True", "Mostly true", ""), ("not checkable", "Can't say", "")])


@pytest.mark.parametrize("name", ["partly_verified", "Partly Verified", " partly-verified "])
def test_a_value_is_found_however_it_is_spelled(name: str) -> None:
    assert HOUSE.named(name).value == "partly_verified"


@pytest.mark.parametrize("scale", [HOUSE, TEAMS_OWN], ids=["house", "a team's own"])
def test_every_value_of_any_scale_is_found_by_its_own_value_and_label(scale: Scale) -> None:
    for value in scale.values:
        assert scale.named(value.value) == value
        assert scale.named(value.label) == value


def test_a_value_that_there_is_not_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(NotFoundError, match="'true' is not a verdict of this case; it has: verif"):
        HOUSE.named("true")


def test_a_key_without_a_value_gives_none() -> None:
    assert HOUSE.by_key(7) is HOUSE.values[6]
    assert HOUSE.by_key(8) is None


def test_a_value_from_another_scale_is_shown_as_it_stands() -> None:
    assert HOUSE.label("partly_verified") == "partly verified"
    assert HOUSE.label("pants_on_fire") == "pants on fire"
