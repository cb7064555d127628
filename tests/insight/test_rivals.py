"""What a verdict on one of two rival claims implies for the other, in words."""

from __future__ import annotations

import pytest

from reviewer.insight.rivals import Rivalry, clash, follows, implied, rivalry
from reviewer.model.scale import HOUSE


@pytest.mark.parametrize(
    ("kind", "value", "left"),
    [
        (Rivalry.EXCLUDE, "verified", "false"),
        (Rivalry.EXCLUDE, "false", ""),
        (Rivalry.EITHER, "verified", "false"),
        (Rivalry.EITHER, "false", "verified"),
        (Rivalry.COMPETE, "verified", ""),
        (Rivalry.COMPETE, "false", ""),
    ],
)
def test_the_square_of_opposition(kind: Rivalry, value: str, left: str) -> None:
    assert implied(kind, value) == left


def test_nothing_follows_from_any_other_value() -> None:
    others = {value.value for value in HOUSE.values} - {"verified", "false"}
    assert len(others) == 5
    for kind in Rivalry:
        for value in (*others, "supported", ""):
            assert implied(kind, value) == ""
            assert follows(kind, "c-1", value, "c-2") == "nothing follows for c-2"


def test_it_is_said_in_words() -> None:
    said = follows(Rivalry.EXCLUDE, "c-1", "verified", "c-2")
    assert said == "if c-1 is verified, c-2 cannot be: the two exclude each other"
    said = follows(Rivalry.EITHER, "c-1", "false", "c-2")
    assert said == "if c-1 is false, c-2 must be true: exactly one of the two is true"


def test_two_verdicts_that_cannot_both_stand_clash() -> None:
    assert clash(Rivalry.EXCLUDE, "verified", "verified")
    assert not clash(Rivalry.EXCLUDE, "false", "false")
    assert clash(Rivalry.EITHER, "false", "false")
    assert not clash(Rivalry.EITHER, "verified", "false")
    assert not clash(Rivalry.EITHER, "verified", "contested")
    assert not clash(Rivalry.COMPETE, "verified", "verified")


def test_a_kind_of_a_later_program_implies_nothing() -> None:
    assert rivalry("rhymes with") is Rivalry.COMPETE
    assert rivalry(None) is Rivalry.COMPETE
