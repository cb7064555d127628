"""Looking for the next claim beside the screen, where a filter makes that take long.

Whatever the filter, the claim that is found is the right one: it is the queue itself that is
asked, claim by claim, and not what has been found of the filter so far.
"""

from __future__ import annotations

from collections.abc import Callable

from reviewer.model.claims import QueueRow, State
from reviewer.service.looking import Looking
from reviewer.service.lookup import LookUp
from reviewer.service.session import Filter, Order
from reviewer.structs import Struct

WAITING = (State.NEW, State.IN_REVIEW, State.REOPENED, State.SET_ASIDE, State.NEEDS_SECOND)

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Literal, Self

    Which = Literal["next", "previous", "undecided", "first", "last"]
else:
    Which = str


class Find(Struct):
    """Which claim is looked for: from a claim on, in a filter and an order of the queue."""

    which: Which
    filter: Filter
    order: Order
    claim: str
    holder: str
    """The sitting that looks: claims that others have before them are passed over."""

    def __call__(self, case: Looking) -> QueueRow | None:
        """The claim; None where there is none. The case has to be in the same order."""
        if self.which == "undecided":
            return case.next_free(self.filter, after=self.claim, holder=self.holder)
        if self.which == "last":
            return case.last(self.filter)
        if self.which == "first":
            found = case.rows(self.filter, limit=1)
        elif self.which == "next":
            found = case.rows(self.filter, after=self.claim, limit=1)
        else:
            found = case.rows(self.filter, before=self.claim, limit=1)
        return found[0] if found else None

    def still(self, case: Looking, row: QueueRow) -> bool:
        """Whether a claim that was found is one of those that are looked for even now."""
        now = case.row(row.id)
        if now is None or (self.which == "undecided" and now.state not in WAITING):
            return False
        return case.matches(row.id, self.filter)


class Ahead(LookUp):
    """One claim that is looked for."""

    def __init__(self, desk: Looking, find: Find, tell: Callable[[Self], None]) -> None:
        super().__init__("ahead", tell)
        self.find = find
        self.row: QueueRow | None = None
        self._desk = desk

    def look(self) -> None:
        """Look until it is found, or stopped."""
        with self._desk.case.again() as case:
            looking = Looking(case, self._desk.reader)
            looking.order = self.find.order
            with case.until(lambda: self.stopped), case.snapshot():
                self.row = self.find(looking)
