"""The queue as a reader asks it: rows, counts, positions, the next claim. Nothing here records."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from reviewer.casefile import blind, leases, queue
from reviewer.casefile.case import CaseFile
from reviewer.casefile.ledger import Clock, wall_clock
from reviewer.casefile.queue import Filter
from reviewer.casefile.walks import Stretch, Walk
from reviewer.closing import Closing
from reviewer.model.claims import QueueRow
from reviewer.model.clock import day
from reviewer.model.errors import FilterError, NotFoundError
from reviewer.model.filters import Term, mapped, parse_filter
from reviewer.model.scale import Scale
from reviewer.structs import replace

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Self, TypeVar

    Found = TypeVar("Found")

ALL = queue.ALL
QUICK = 5000
"""As many claims are looked at while the reader waits, and more of them beside."""
AT_ONCE_S = 0.03
"""So long is looked for a claim to go to before that is done beside."""


class Queueing(Closing):
    """A reader's hold on the queue of an open case, in the order that he has chosen.

    What no index serves is looked up beside (`beside`) and kept here for as long as it holds.
    """

    def __init__(self, case: CaseFile, reader: str, *, clock: Clock = wall_clock) -> None:
        self.case = case
        self.reader = reader
        self.clock = clock
        self.scale = case.scale()
        self.order = queue.DEFAULT
        self._walk: Walk | None = None
        self._outdated = self._strict = False
        self._acted: list[str] = []
        self._version = case.data_version()

    def filter(self, text: str) -> Filter:
        """A filter from what a reader typed.

        Raises:
            FilterError: names the mistake and its place.
        """
        parts = mapped(parse_filter(text), lambda term: _of_scale(term, self.scale))
        today = day(self.clock())
        with self.case.read() as con:
            return queue.compile_filter(parts, self.reader, today, blind=blind.asked(con))

    def rows(
        self,
        filter_: Filter = ALL,
        *,
        after: str = "",
        before: str = "",
        limit: int | None = None,
        whole: bool = False,
    ) -> list[QueueRow]:
        """Rows of the queue in order, behind the claim `after` or up to `before`.

        Long texts are cut unless they are wanted `whole`.
        """
        with self.case.read() as con:
            return queue.page(
                con,
                self.reader,
                filter_,
                order=self.order,
                after=queue.key_of(con, after, self.order) if after else None,
                before=queue.key_of(con, before, self.order) if before else None,
                limit=limit,
                whole=whole,
                pieces=self._pieces(filter_),
            )

    def row(self, claim: str) -> QueueRow | None:
        """One claim as the queue lists it."""
        with self.case.read() as con:
            return queue.row(con, self.reader, claim)

    def last(self, filter_: Filter = ALL) -> QueueRow | None:
        """The last claim of the queue."""
        with self.case.read() as con:
            return queue.last(
                con, self.reader, filter_, order=self.order, pieces=self._pieces(filter_)
            )

    def next_undecided(self, filter_: Filter = ALL, *, after: str = "") -> QueueRow | None:
        """The next claim that waits for a verdict, from the top again at the end."""
        return next(iter(self.upcoming(filter_, after=after)), None)

    def next_free(self, filter_: Filter, *, after: str, holder: str) -> QueueRow | None:
        """The next claim that waits and no other sitting than `holder` has before it.

        Where others have all that wait before them, it is the next of theirs.
        """
        with self.case.read() as con:
            taken = leases.of_others(con, self.reader, holder, self.clock())
        return next(iter(self.upcoming(filter_, after=after, taken=taken)), None)

    def upcoming(
        self, filter_: Filter, *, after: str, taken: Collection[str] = (), most: int = 1
    ) -> list[QueueRow]:
        """The next claims that wait for a verdict; those that are `taken` where all are."""
        with self.case.read() as con:
            return queue.upcoming(
                con,
                self.reader,
                filter_,
                order=self.order,
                after=queue.key_of(con, after, self.order) if after else None,
                pieces=self._pieces(filter_),
                taken=taken,
                most=most,
            )

    def count(self, filter_: Filter = ALL) -> int:
        """How many claims the filter holds."""
        walk = self._walk_of(filter_)
        if walk is not None:
            return walk.found
        with self.case.read() as con:
            return queue.count(con, filter_)

    def position(self, claim: str, filter_: Filter = ALL) -> int:
        """How many claims of the filter stand before this one."""
        walk = self._walk_of(filter_)
        with self.case.read() as con:
            known = walk.before if walk is not None else None
            return queue.position(con, claim, filter_, order=self.order, before=known)

    def quickly(self, find: Callable[[Self], Found]) -> Found:
        """What a look-up finds, if that takes no longer than a reader notices.

        Raises:
            StoppedError: it takes longer; nothing is known of its end.
        """
        until = time.monotonic() + AT_ONCE_S
        self._strict = True
        try:
            with self.case.until(lambda: time.monotonic() > until):
                return find(self)
        finally:
            self._strict = False

    def ready(self, filter_: Filter) -> bool:
        """Whether counts and pages of a filter are there at once, or it is looked up beside."""
        if filter_.served or self._walk_of(filter_) is not None:
            return True
        return self.to_look_at(filter_) <= QUICK

    def to_look_at(self, filter_: Filter) -> int:
        """How many claims have to be looked at to know what a filter holds."""
        with self.case.read() as con:
            return queue.count(con, replace(filter_, where=queue.ALL.where))

    def use(self, walk: Walk, since: int) -> None:
        """Take what was found beside for as long as its filter and order are those in force.

        Args:
            walk: what was found.
            since: how many acts of this session it has seen (`acts`); later ones are added.
        """
        self._walk, self._outdated = walk, False
        with self.case.read() as con:
            for claim in dict.fromkeys(self._acted[since:]):
                walk.touched(con, claim)

    @property
    def acts(self) -> int:
        """How many acts were done in this session."""
        return len(self._acted)

    def matches(self, claim: str, filter_: Filter) -> bool:
        """Whether the filter holds this claim."""
        with self.case.read() as con:
            return queue.matches(con, claim, filter_)

    def changed_by_others(self) -> bool:
        """Whether another connection has committed since this was asked last."""
        version = self.case.data_version()
        changed, self._version = version != self._version, version
        self._outdated = self._outdated or changed
        return changed

    def _walk_of(self, filter_: Filter) -> Walk | None:
        walk = self._walk
        if walk is None or walk.order is not self.order.behind or walk.filter != filter_:
            return None
        return walk

    def _pieces(self, filter_: Filter) -> list[Stretch] | None:
        # What others have done since may stand where nothing was found: a list may be late, a
        # move may not.
        walk = None if self._outdated and self._strict else self._walk_of(filter_)
        return walk.holding() if walk is not None else None

    def _touched(self, claim: str) -> None:
        if not claim:
            return
        self._acted.append(claim)
        if self._walk is not None:
            with self.case.read() as con:
                self._walk.touched(con, claim)


def _of_scale(term: Term, scale: Scale) -> Term:
    """A condition on the verdict with the value as the scale spells it."""
    if term.field != "verdict":
        return term
    if term.value.casefold() == "none":
        return replace(term, value="none")
    try:
        return replace(term, value=scale.named(term.value).value)
    except NotFoundError as error:
        raise FilterError(error.sentence, term.at) from error
