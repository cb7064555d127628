"""Leases: which sitting has which undecided claim before it, so that two do not read the same.

A lease is no judgement. It is given back on leaving and runs out by itself; anybody may work
on the claim all the same, and so it need not outlive a power cut. Times are the host's clock,
ms UTC: all who share a file share it.
"""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.model.naming import author_of
from reviewer.structs import Struct

LEASE_MS = 10 * 60_000
MOST = 1000
"""So many leases are looked at: more than that no team takes, only a stranger's file holds."""
VALID = (
    "holder <> :holder AND lease.author <> :me AND until > :now AND until <= :now + 2 * :longest"
)
"""Another reader's, not run out. Of one's own an earlier sitting may have ended with its line, and
its claim is where one goes on. One that ends too far ahead is of a clock since set back. It may
end a little later than one that is taken now: `now` is read before the lock is waited for."""


class Lease(Struct):
    """A claim that this sitting holds, and until when, ms UTC."""

    claim: str
    until: int

    def due(self, now: int) -> bool:
        """Whether it is to be renewed: half of it is over, or the clock was set back."""
        return not 0 <= self.until - now - LEASE_MS // 2 <= LEASE_MS // 2


def of_others(con: Connection, reader: str, holder: str, now: int) -> set[str]:
    """The claims that other readers hold. As many as there are sittings: no index is needed."""
    rows = con.execute(
        f"SELECT claim FROM lease WHERE {VALID} LIMIT {MOST}", _given(reader, holder, now)
    ).fetchall()
    return {row["claim"] for row in rows}


def reader_of(con: Connection, claim: str, reader: str, holder: str, now: int) -> str | None:
    """Which other reader has a claim before him: a name, or None where nobody has."""
    row = con.execute(
        "SELECT coalesce(reader.name, '') AS name, lease.author FROM lease"
        f" LEFT JOIN reader ON reader.author = lease.author WHERE claim = :claim AND {VALID}",
        {**_given(reader, holder, now), "claim": claim},
    ).fetchone()
    return str(row["name"]) if row else None


def is_free(con: Connection, claim: str, reader: str, holder: str, now: int) -> bool:
    """Whether a claim waits for a verdict and no other reader holds it."""
    row = con.execute(
        "SELECT 1 FROM queue WHERE claim = :claim AND undecided AND NOT EXISTS"
        f" (SELECT 1 FROM lease WHERE lease.claim = queue.claim AND {VALID})",
        {**_given(reader, holder, now), "claim": claim},
    ).fetchone()
    return row is not None


def take(
    case: CaseFile,
    reader: str,
    claims: Sequence[str],
    holder: str,
    now: int,
    *,
    patience: float | None = None,
) -> Lease | None:
    """Take or renew the lease of the first claim that is free, and give back any other.

    Args:
        case: the open case.
        reader: who reads.
        claims: what he would read, the dearest first.
        holder: his sitting.
        now: ms UTC.
        patience: how long to wait for other writers, in seconds; as is usual, without one.

    Returns:
        The lease; None where others hold all of them, or they wait for a verdict no longer.

    Raises:
        CaseError: nothing can be written.
    """
    given = _given(reader, holder, now)
    with case.write(patience, lasting=False) as con:
        claim = next((claim for claim in claims if is_free(con, claim, reader, holder, now)), None)
        if claim is None:
            return None
        # Of those that ended with their lines somebody has to clear away.
        con.execute(f"DELETE FROM lease WHERE NOT ({VALID})", given)
        con.execute(
            "INSERT INTO lease (claim, author, holder, until)"
            " VALUES (:claim, :me, :holder, :now + :longest)",
            {**given, "claim": claim},
        )
    return Lease(claim, now + LEASE_MS)


def give_back(case: CaseFile, holder: str) -> None:
    """Give back what this sitting holds.

    Raises:
        CaseError: nothing can be written; it runs out by itself.
    """
    with case.write(lasting=False) as con:
        con.execute("DELETE FROM lease WHERE holder = ?", (holder,))


def _given(reader: str, holder: str, now: int) -> dict[str, object]:
    return {"me": author_of(reader), "holder": holder, "now": now, "longest": LEASE_MS}
