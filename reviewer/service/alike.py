"""Looking for the claims like one beside the screen: in a thread, over a connection of its own.

What the index of the search lacks is taken in first, piece by piece.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from reviewer.casefile.listed import MOST, order_like
from reviewer.model.errors import ReviewerError, StoppedError
from reviewer.model.words import ClaimView
from reviewer.service.search_beside import PATIENCE_S, PIECE_S
from reviewer.service.searching import Indexing
from reviewer.service.session import Order, Session
from reviewer.service.suggesting import Suggesting

TELL_EVERY_S = 0.5


def look_for_alike(session: Session, view: ClaimView) -> Order:
    """The order in which the claims like this one come first, as far as the index has come."""
    found = Suggesting(session).similar(view, MOST)
    return order_like(view.claim.id, [row.id for row in found.claims])


class Alike(threading.Thread):
    """One look-up. `tell` is called in its thread, the last time when it is over."""

    def __init__(self, desk: Session, view: ClaimView, tell: Callable[[Alike], None]) -> None:
        super().__init__(daemon=True, name="alike")
        self.view = view
        self.order: Order | None = None
        self.failed = ""
        self.stopped = False
        self.looked_through = (0, 0)
        """So many records of so many are in the index."""
        self._desk = desk
        self._tell = tell

    def run(self) -> None:
        """Take in what the index lacks, and look; until it is known, or stopped."""
        try:
            with self._desk.case.again(readonly=self._desk.readonly) as case:
                self._look(Session(case, self._desk.reader))
        except StoppedError:
            return
        except ReviewerError as error:
            self.failed = error.sentence
        if not self.stopped:
            self._tell(self)

    def _look(self, session: Session) -> None:
        indexing = Indexing(session)
        told = time.monotonic()
        while indexing.needed and indexing.go_on(PIECE_S):
            if self.stopped:
                return
            self.looked_through = indexing.progress()
            if time.monotonic() - told > TELL_EVERY_S:
                self._tell(self)
                told = time.monotonic()
        with session.case.until(lambda: self.stopped):
            self.order = look_for_alike(session, self.view)

    def stop(self) -> None:
        """Stop; what was taken into the index stays."""
        self.stopped = True

    def close(self) -> None:
        """Stop, and wait for the end: what was taken into the index is whole."""
        self.stop()
        self.join(PATIENCE_S)
