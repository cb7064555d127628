"""Moves in a long queue at the desk, from the key to the last byte drawn for it."""

from collections.abc import Iterator

from tests.bench.bench import Bench
from tests.bench.table import Budget, Row
from tests.bench.timed import Timed, by_turns, review

TIMES = 15
LIKE = 1.5
"""Independent of the queue's length: no more than a shared machine wavers."""
Keys = dict[str, str]
DESK: tuple[Keys, ...] = (
    {"next claim": "j"},
    {"next undecided": "."},
    {"last claim": "G", "first claim": "g"},
)
LIST: tuple[Keys, ...] = (
    {"page of the list": " "},
    {"end of the list": "G", "beginning of the list": "g"},
)


def rows(bench: Bench) -> Iterator[Row]:
    """Each in the large case, beside the same one in the small case."""
    with Timed(review(bench.large)) as large, Timed(review(bench.small)) as small:
        for desk in (large, small):
            desk.until("READ")
            desk.settle()
        for keys in DESK:
            yield from _pressed(keys, bench, large, small)
        for desk in (large, small):
            desk.key("a")
        for keys in LIST:
            yield from _pressed(keys, bench, large, small)


def _pressed(keys: Keys, bench: Bench, large: Timed, small: Timed) -> Iterator[Row]:
    presses = [
        lambda desk=desk, key=key: desk.key(key).ms
        for key in keys.values()
        for desk in (large, small)
    ]
    medians = by_turns(TIMES, *presses)
    for name, took, floor in zip(keys, medians[::2], medians[1::2], strict=True):
        told = f"{name}, {bench.claims:,} claims beside {bench.few:,}"
        yield Row(told, took, "ms", Budget(LIKE), floor)
