"""Searching a case, and bringing its index up to date piece by piece."""

import time

from reviewer.casefile import search, search_index
from reviewer.model.naming import author_of
from reviewer.model.searching import Found, Search
from reviewer.service.session import Session

FIRST_PIECE = 200
LARGEST_PIECE = 5_000


def find(session: Session, wanted: Search) -> Found:
    """A page of what a reader's search finds, as far as the index has come.

    Raises:
        UsageError: `after` is not the `next` of a page.
    """
    with session.case.read() as con:
        return search.search(con, author_of(session.reader), wanted)


class Indexing:
    """Brings the index of a case up to date; may be left at any point and gone on with later.

    A case that cannot be written gets an index beside it, for as long as it is open.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._piece = FIRST_PIECE

    @property
    def needed(self) -> bool:
        """Whether there is something to take in."""
        with self.session.case.read() as con:
            return search_index.is_behind(con)

    def progress(self) -> tuple[int, int]:
        """How many records are in the index, and how many the case has."""
        with self.session.case.read() as con:
            return search_index.progress(con)

    def go_on(self, seconds: float) -> bool:
        """Take in a piece that takes about so long; False where nothing is left.

        Raises:
            CaseBusyError: another program writes the case.
            CaseError: the disk is full, or failed.
        """
        began = time.perf_counter()
        more = self._take()
        took = time.perf_counter() - began
        wanted = self._piece * seconds / max(took, 1e-4)
        # No more than double: the next records may be longer ones.
        self._piece = int(max(50, min(wanted, 2 * self._piece, LARGEST_PIECE)))
        return more

    def _take(self) -> bool:
        case = self.session.case
        if not case.readonly:
            with case.write() as con:
                return search_index.bring_on(con, self._piece)
        with case.read() as con:
            if not search_index.is_behind(con):
                return False
            search_index.beside(con)
            return search_index.bring_on(con, self._piece)
