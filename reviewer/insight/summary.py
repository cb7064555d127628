"""What follows from the acts of a sitting: how many claims are decided, and in what time each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reviewer.model.entry import Kind
from reviewer.model.summary import Done

PAUSE_MS = 3_600_000
"""Who records nothing for an hour has left his sitting."""


def verdicts(acts: Sequence[Done]) -> Counter[str]:
    """How many claims were decided, by value; one that was decided twice counts once."""
    last = {act.claim: act.value for act in acts if act.value}
    return Counter(last.values())


def recorded(acts: Sequence[Done]) -> Counter[str]:
    """How many other acts there are of each kind."""
    return Counter(act.kind for act in acts if act.kind != Kind.VERDICT)


def pace(acts: Sequence[Done], began: int) -> int | None:
    """The median time from one verdict to the next, in milliseconds; a pause weighs as nothing.

    Args:
        acts: in their order.
        began: when the first claim was seen.
    """
    times = [act.at for act in acts if act.kind == Kind.VERDICT]
    gaps = sorted(max(0, at - before) for before, at in zip([began, *times], times, strict=False))
    middle = len(gaps) // 2
    return (gaps[middle] + gaps[~middle]) // 2 if gaps else None


def newest_sitting(acts: Sequence[Done]) -> list[Done]:
    """Of acts in their order those since the last pause."""
    found: list[Done] = []
    for act in reversed(acts):
        if found and abs(found[-1].at - act.at) > PAUSE_MS:
            break
        found.append(act)
    return found[::-1]
