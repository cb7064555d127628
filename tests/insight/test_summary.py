"""What follows from the acts of a sitting."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.insight.summary import PAUSE_MS, newest_sitting, pace, recorded, verdicts
from reviewer.model.summary import Done
from tests.everyday import times

MINUTE = 60_000


def verdict(at: int, claim: str = "c-1", value: str = "false") -> Done:
    return Done("verdict", claim, value, at)


def test_a_claim_that_is_decided_twice_is_one_and_its_last_verdict_counts() -> None:
    acts = [
        verdict(1),
        verdict(2, "c-2"),
        verdict(3, "c-1", "verified"),
        Done("note", "c-1", "", 4),
    ]
    assert verdicts(acts) == {"false": 1, "verified": 1}
    assert recorded(acts) == {"note": 1}
    # One that has been replaced no longer stands, and has no value.
    assert verdicts([verdict(1, value=""), verdict(2)]) == {"false": 1}


def test_the_pace_is_a_median_so_that_a_pause_weighs_as_nothing() -> None:
    assert pace([], 0) is None
    assert pace([verdict(40_000)], 10_000) == 30_000
    acts = [verdict(n * MINUTE) for n in (1, 2, 3, 183, 184)]
    assert pace(acts, 0) == MINUTE
    assert pace([verdict(10), verdict(30)], 0) == 15
    # A clock that was put back makes no time negative.
    assert pace([verdict(10)], 50) == 0


def test_a_sitting_ends_where_nothing_was_recorded_for_an_hour() -> None:
    acts = [verdict(at) for at in (0, MINUTE, PAUSE_MS + 2 * MINUTE, PAUSE_MS + 3 * MINUTE)]
    assert newest_sitting(acts) == acts[2:]
    assert newest_sitting(acts[:1]) == acts[:1]
    assert newest_sitting([]) == []


@settings(max_examples=times(60, 500), deadline=None)
@given(st.lists(st.integers(0, 10 * PAUSE_MS)).map(sorted))
def test_the_newest_sitting_is_an_end_of_the_acts_without_a_pause(at: list[int]) -> None:
    acts = [verdict(one) for one in at]
    found = newest_sitting(acts)
    assert acts[len(acts) - len(found) :] == found
    assert bool(found) is bool(acts)
    gaps = [after.at - before.at for before, after in pairwise(found)]
    assert all(gap <= PAUSE_MS for gap in gaps)
    rest = acts[: len(acts) - len(found)]
    assert not rest or found[0].at - rest[-1].at > PAUSE_MS
