"""Searching beside the screen: in a thread and over a connection of its own.

The reader types on meanwhile. The newest search wins: what was asked before it is left at once
and never answered. The index is brought up to date in between, piece by piece.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.model.errors import ReviewerError, StoppedError
from reviewer.model.searching import Found, Search
from reviewer.service.searching import Indexing, find
from reviewer.service.session import Session

PIECE_S = 0.02
"""So long a piece of the index takes; a search that comes meanwhile waits for its end."""
PATIENCE_S = 2.0
"""At the end of the desk a thread that writes a piece of the index is waited for so long."""

NOTHING = Found(())


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a search; `failed` is why there is no page of it."""

    wanted: Search
    found: Found = NOTHING
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many records of how many are in the index, and whether more of them follow."""

    done: int
    records: int
    more: bool
    failed: str = ""


Tell = Callable[[Answer | Progress], None]


class Searcher(threading.Thread):
    """Searches a case for one reader until it is closed. `tell` is called in its thread.

    It begins with a `Progress`, tells one after each piece of the index that it takes in, and
    one `Answer` to each search, but to those that were overtaken or dropped.
    """

    def __init__(self, session: Session, tell: Tell) -> None:
        super().__init__(daemon=True, name="search")
        self._desk = session
        self.tell = tell
        self._changed = threading.Condition()
        self._wanted: Search | None = None
        self._looking: Search | None = None
        self._indexing = True
        self._closed = False
        self._failed = ""

    def look(self, wanted: Search) -> None:
        """Look for this, and no longer for what was asked before."""
        with self._changed:
            self._looking = None
            self._wanted = None if self._failed else wanted
            self._changed.notify_all()
        if self._failed:
            self.tell(Answer(wanted, failed=self._failed))

    def drop(self) -> None:
        """Look for nothing any more."""
        with self._changed:
            self._wanted = self._looking = None

    def index(self, *, on: bool) -> None:
        """Bring the index up to date, or leave it where it is."""
        with self._changed:
            self._indexing = on
            self._changed.notify_all()

    def close(self) -> None:
        """End, and wait for the end: what was taken into the index is whole."""
        with self._changed:
            self._closed = True
            self._looking = None
            self._changed.notify_all()
        if self.is_alive():
            self.join(PATIENCE_S)

    @property
    def indexing(self) -> bool:
        """Whether it writes the index, or is about to."""
        return self._indexing and self.is_alive()

    @property
    def busy(self) -> bool:
        """Whether something is still to be told."""
        with self._changed:
            asked = self._wanted is not None or self._looking is not None or self._indexing
            return asked and self.is_alive()

    def run(self) -> None:
        """Answer and take in until it is closed."""
        try:
            with self._desk.case.again(readonly=self._desk.readonly) as case:
                self._serve(Session(case, self._desk.reader))
        except ReviewerError as error:
            self._tell_failed(error.sentence)

    def _serve(self, session: Session) -> None:
        indexing = Indexing(session)
        while True:
            with self._changed:
                while not (self._closed or self._wanted or self._indexing):
                    self._changed.wait()
                if self._closed:
                    return
                self._looking, self._wanted = self._wanted, None
                wanted = self._looking
            if wanted is not None:
                self._answer(session, wanted)
            else:
                self._take_in(indexing)

    def _answer(self, session: Session, wanted: Search) -> None:
        try:
            with session.case.until(lambda: self._looking is not wanted):
                answer = Answer(wanted, find(session, wanted))
        except StoppedError:
            return
        except ReviewerError as error:
            answer = Answer(wanted, failed=error.sentence)
        with self._changed:
            if self._looking is wanted:
                self.tell(answer)
                self._looking = None
            self._changed.notify_all()

    def _take_in(self, indexing: Indexing) -> None:
        failed = ""
        try:
            more = indexing.go_on(PIECE_S) if indexing.needed else False
        except ReviewerError as error:
            more, failed = False, error.sentence
        progress = Progress(*indexing.progress(), more, failed)
        with self._changed:
            self.tell(progress)
            self._indexing = self._indexing and more
            self._changed.notify_all()

    def _tell_failed(self, sentence: str) -> None:
        with self._changed:
            wanted = self._wanted or self._looking
            self._wanted = self._looking = None
            self._indexing, self._failed = False, sentence
            if wanted is not None:
                self.tell(Answer(wanted, failed=sentence))
            self._changed.notify_all()
