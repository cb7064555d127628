"""Looking for the claims like one beside the screen: in a thread, over a connection of its own.

What the index of the search lacks is taken in first, piece by piece.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from reviewer.casefile.listed import MOST, order_like
from reviewer.model.claims import ClaimView
from reviewer.service.lookup import LookUp
from reviewer.service.search_beside import PATIENCE_S, PIECE_S
from reviewer.service.searching import Indexing
from reviewer.service.session import Order, Session
from reviewer.service.suggesting import Suggesting

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Self

TELL_EVERY_S = 0.5


def look_for_alike(session: Session, view: ClaimView) -> Order:
    """The order in which the claims like this one come first, as far as the index has come."""
    found = Suggesting(session).similar(view, MOST)
    return order_like(view.claim.id, [row.id for row in found.claims])


class Alike(LookUp):
    """The claims like one that are looked for; what was taken into the index stays."""

    def __init__(self, desk: Session, view: ClaimView, tell: Callable[[Self], None]) -> None:
        super().__init__("alike", tell)
        self.view = view
        self.order: Order | None = None
        self.looked_through = (0, 0)
        """So many records of so many are in the index."""
        self._desk = desk

    def look(self) -> None:
        """Take in what the index lacks, and look; until it is known, or stopped."""
        with self._desk.case.again(readonly=self._desk.readonly) as case:
            self._look_for(Session(case, self._desk.reader))

    def _look_for(self, session: Session) -> None:
        indexing = Indexing(session)
        told = time.monotonic()
        while indexing.needed and indexing.go_on(PIECE_S):
            if self.stopped:
                return
            self.looked_through = indexing.progress()
            if time.monotonic() - told > TELL_EVERY_S:
                self._tell()
                told = time.monotonic()
        with session.case.until(lambda: self.stopped):
            self.order = look_for_alike(session, self.view)

    def close(self) -> None:
        """Stop, and wait for the end: what was taken into the index is whole."""
        self.stop()
        self.join(PATIENCE_S)
