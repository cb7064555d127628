"""Looking a filter up beside the screen: in a thread and over a connection of its own.

The reader goes on meanwhile, sees how far it is, and can stop it.
"""

from __future__ import annotations

from collections.abc import Callable

from reviewer.casefile import walks
from reviewer.casefile.case import CaseFile
from reviewer.casefile.queue import Filter
from reviewer.casefile.walks import Walk
from reviewer.service.looking import Looking
from reviewer.service.lookup import LookUp

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Self

CACHE_KIB = 16 * 1024
"""Of a case held in memory meanwhile: a queue lies in another order than its claims."""
TELL_EVERY = 32
"""Steps between one word on how far it is and the next."""


class Beside(LookUp):
    """A filter that is looked up."""

    def __init__(self, desk: Looking, filter_: Filter, tell: Callable[[Self], None]) -> None:
        super().__init__("filter", tell)
        self.case = desk.case
        self.acts = desk.acts
        """As many acts of the desk are surely in what it sees."""
        self.filter = filter_
        self.order = desk.order.behind
        self.walk: Walk | None = None

    def look(self) -> None:
        """Look at some claims after others until all is seen, or it is stopped."""
        with self.case.again() as case:
            self._walk(case)

    def _walk(self, case: CaseFile) -> None:
        with (
            case.until(lambda: self.stopped),
            case.cached(CACHE_KIB),
            case.snapshot(),
            case.read() as con,
        ):
            self.walk = walks.begun(con, self.filter, self.order)
            for n, _ in enumerate(self.walk.steps(con), start=1):
                if self.stopped:
                    return
                if n % TELL_EVERY == 0:
                    self._tell()

    @property
    def part(self) -> float:
        """How much of the queue has been looked at, from 0 to 1."""
        walk = self.walk
        return min(1.0, walk.seen / max(1, walk.rows)) if walk else 0.0

    @property
    def found(self) -> int:
        """How many claims were found so far."""
        return self.walk.found if self.walk else 0

    @property
    def over(self) -> bool:
        """Whether all was looked at."""
        return self.walk is not None and self.walk.done
