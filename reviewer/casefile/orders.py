"""The orders of the queue, each walked through indexes alone.

An order is a way to line claims up (`ranks.Base`) and groups of classes, one behind the other,
each lined up so. What a filter leaves of it are stretches: of one group, from one key to
another. A page, a count and a position are put together from stretches.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.casefile import ranks
from reviewer.casefile.conditions import ALL, ANY, EVERY_PRIORITY, UNDECIDED, Filter
from reviewer.casefile.engine import Connection
from reviewer.casefile.ranks import CLASSES, NEWEST, PRIORITY, Base, Key
from reviewer.structs import Struct

Place = tuple[int, int, str, str]
"""Where a claim stands in an order: its group, then its key in it."""
LISTED = -1
"""The group of the claims that an order names one by one; their key is where they are named."""


class Order(Struct):
    """An order of the queue: `title` says it to people. `back`: each group is walked backwards.

    The few claims named `first` stand before all others, which come by priority (`listed`).
    """

    id: str
    title: str
    base: Base
    groups: tuple[frozenset[str], ...]
    back: bool = False
    first: tuple[str, ...] = ()

    @property
    def behind(self) -> Order:
        """The order of the claims that are not named."""
        return DEFAULT if self.first else self


EVERY_CLASS = frozenset(CLASSES)
ORDERS = {
    order.id: order
    for order in (
        Order("priority", "by priority, then date", PRIORITY, (EVERY_CLASS,)),
        Order(
            "contested",
            "contested first",
            PRIORITY,
            (frozenset(("in_conflict",)), EVERY_CLASS - {"in_conflict"}),
        ),
        Order(
            "second",
            "read once first",
            PRIORITY,
            (
                frozenset(("once", "needs_second")),
                UNDECIDED - {"needs_second"},
                frozenset(("several", "in_conflict", "adjudicated")),
            ),
        ),
        Order("newest", "newest first", NEWEST, (EVERY_CLASS,), back=True),
    )
}
DEFAULT = ORDERS["priority"]


class Stretch(Struct):
    """The claims of some classes from the key `begin` to before `end`."""

    group: int
    classes: frozenset[str]
    begin: Key
    end: Key


def stretches(order: Order, filter_: Filter) -> Iterator[Stretch]:
    """What a filter's served part leaves of an order, from the first to the last."""
    spans = list(_spans(order.base, filter_))
    for n, group in enumerate(order.groups):
        classes = group & classes_of(filter_)
        if classes:
            for begin, end in spans[::-1] if order.back else spans:
                yield Stretch(n, classes, begin, end)


def classes_of(filter_: Filter) -> frozenset[str]:
    """The classes of the states that a filter asks for."""
    decided = {"once", "several"} if "decided" in filter_.states else set()
    return (filter_.states - {"decided"}) | decided


def _spans(base: Base, filter_: Filter) -> Iterator[tuple[Key, Key]]:
    low, high = filter_.dates
    if low >= high or not filter_.priorities:
        return
    if base is NEWEST:
        yield (0, low, ""), (0, high, "")
        return
    if filter_.dates != ALL.dates:
        for priority in sorted(filter_.priorities):
            yield (priority, low, ""), (priority, high, "")
        return
    for priority in sorted(filter_.priorities):
        if priority - 1 not in filter_.priorities:
            last = priority
            while last + 1 in filter_.priorities:
                last += 1
            yield (priority, "", ""), (last + 1, "", "")


def rest(order: Order, filter_: Filter) -> str:
    """What has to be tried row by row of those in the stretches."""
    if order.base is NEWEST and filter_.priorities != EVERY_PRIORITY:
        names = ", ".join(map(str, sorted(filter_.priorities)))
        asked = f"q.priority IN ({names})"
        return asked if filter_.served else f"({filter_.where}) AND {asked}"
    return filter_.where


def arms(order: Order, stretch: Stretch) -> Iterator[tuple[str, str]]:
    """Queries which together give a stretch: what each selects from, and on which condition.

    Each goes by one index, which has the key behind the condition.
    """
    classes = stretch.classes
    if order.base is PRIORITY and classes in (EVERY_CLASS, UNDECIDED):
        yield "queue AS q", ANY if classes == EVERY_CLASS else "q.undecided = 1"
        return
    states = set(classes)
    if {"once", "several"} <= classes:
        states = {*classes, "decided"} - {"once", "several"}
    for state in sorted(states):
        if state in ("once", "several"):
            several = f"k.several = {int(state == 'several')}"
            yield "judged AS k CROSS JOIN queue AS q", f"{several} AND q.claim = k.claim"
        else:
            yield "queue AS q", f"q.state = '{state}'"


def place_of(con: Connection, order: Order, claim: str) -> Place | None:
    """Where a claim stands in an order."""
    if claim in order.first:
        return (LISTED, order.first.index(claim), "", claim)
    found = ranks.class_of(con, claim)
    if found is None:
        return None
    key, class_ = found
    group = next(n for n, classes in enumerate(order.groups) if class_ in classes)
    return (group, *order.base.of(*key))
