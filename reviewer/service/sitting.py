"""A reader's sitting at a case among others: which claim is his to read now.

Each session is a sitting. The line of an earlier one of the same reader may have dropped, and so
it keeps him from nothing. What cannot be written, as
where the case is read-only, is no error here: the reader reads on without a lease.
"""

import contextlib
import os

from reviewer.casefile import leases
from reviewer.casefile.case import CaseFile
from reviewer.casefile.leases import Lease
from reviewer.casefile.ledger import Clock, wall_clock
from reviewer.casefile.queue import Filter
from reviewer.model.claims import ClaimView, QueueRow
from reviewer.model.errors import CaseError
from reviewer.service.looking import Looking
from reviewer.service.queueing import ALL

TRIES = 20
"""So often another may be quicker before two readers are let onto one claim."""
IN_PASSING_S = 0.05
"""Nobody asked for the lease of a claim that he merely is on, and need not wait for it."""
NAMELESS = "Another reader"


class Sitting(Looking):
    """Looking, with a lease on the undecided claim that the reader has before him."""

    def __init__(self, case: CaseFile, reader: str, *, clock: Clock = wall_clock) -> None:
        super().__init__(case, reader, clock=clock)
        self.holder = os.urandom(8).hex()
        self._lease: Lease | None = None
        self.seen: set[str] = set()
        self.began = self.behind = 0
        """When the first claim was seen, and the number of the newest entry there was then."""

    def see(self, view: ClaimView) -> None:
        """Note that the reader has a claim before him: it belongs to the sitting."""
        if not self.seen:
            self.began, self.behind = self.clock(), view.seen
        self.seen.add(view.claim.id)

    def close(self) -> None:
        """Give the lease back and close the case."""
        self.release()
        super().close()

    def take_next(self, filter_: Filter = ALL, *, after: str = "") -> QueueRow | None:
        """The next claim that waits for a verdict and nobody else reads, with its lease.

        Where others read all that wait it is one of theirs, without a lease.
        """
        for _ in range(TRIES):
            with self.case.read() as con:
                taken = leases.of_others(con, self.reader, self.holder, self.clock())
            # Others look for the same at the same moment, and are given some of these.
            most = 2 * len(taken) + 1
            found = {
                row.id: row for row in self.upcoming(filter_, after=after, taken=taken, most=most)
            }
            if found.keys() <= taken:
                self.release()
                return next(iter(found.values()), None)
            try:
                self._lease = self._take([*found])
            except CaseError:
                return next(iter(found.values()))
            if self._lease is not None:
                return found[self._lease.claim]
        return self.next_undecided(filter_, after=after)

    def hold(self, claim: str) -> bool:
        """Take the lease of a claim that was found free; False where another was quicker.

        What cannot be written keeps nobody from reading.
        """
        try:
            lease = self._take([claim])
        except CaseError:
            return True
        self._lease = lease or self._lease
        return lease is not None

    def stay(self, claim: str) -> None:
        """Hold the claim that the reader is on, if it waits and nobody else holds it.

        Nothing is written but where a lease begins, has passed its half, or ends.
        """
        lease, now = self._lease, self.clock()
        if self.readonly or (lease and lease.claim == claim and not lease.due(now)):
            return
        with self.case.read() as con:
            free = leases.is_free(con, claim, self.reader, self.holder, now)
        if free:
            with contextlib.suppress(CaseError):
                self._lease = self._take([claim], IN_PASSING_S)
        elif lease and lease.claim != claim:
            self.release()

    def release(self) -> None:
        """Give the lease back; one that cannot be given back runs out by itself."""
        if self._lease is not None:
            self._lease = None
            with contextlib.suppress(CaseError):
                leases.give_back(self.case, self.holder)

    def read_by(self, claim: str) -> str:
        """Which other reader has a claim before him, as a sentence begins; or nothing."""
        with self.case.read() as con:
            name = leases.reader_of(con, claim, self.reader, self.holder, self.clock())
        return "" if name is None else name or NAMELESS

    def _take(self, claims: list[str], patience: float | None = None) -> Lease | None:
        now = self.clock()
        return leases.take(self.case, self.reader, claims, self.holder, now, patience=patience)
