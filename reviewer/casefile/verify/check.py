"""The whole check of a case, in one snapshot of it, without writing to it."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.casefile import derive, engine
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection, sqlite3
from reviewer.casefile.ledger import missing
from reviewer.casefile.verify import derived, evidence_rows, signatures
from reviewer.casefile.verify import seals as of_readers
from reviewer.casefile.verify.findings import FAULTS, Chain, Finding, Found, Nature, Tick
from reviewer.casefile.verify.seals import CheckSeal
from reviewer.casefile.verify.signatures import Checked
from reviewer.casefile.verify.walk import Walk
from reviewer.model.errors import ReviewerError
from reviewer.model.signing import Device

CACHE_KIB = 64 * 1024
STEPS = 200_000
"""After so many of SQLite's own steps it is asked whether to go on."""
PROBLEMS = 20
ORDER = ("file", "ledger", "signature", "evidence", "derived")
"""Of what is broken in several parts, the first of these is named first."""


class StoppedError(ReviewerError):
    """The reader stopped the check."""

    exit_code = 130


@dataclass(frozen=True, slots=True)
class Rests:
    """What rests on the first break: what was written after it, and what came of that."""

    entries: int
    verdicts: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a whole case found.

    `findings` are the first ten thousand; `counts` count all of them by nature. `first` is the
    first fault, and `rests` what rests on it.
    """

    path: Path
    entries: int
    versions: int
    claims: int
    signatures: Checked
    seals: int
    chains: tuple[Chain, ...]
    names: dict[str, str]
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    first: Finding | None
    rests: Rests | None

    @property
    def whole(self) -> bool:
        """Whether nothing is broken, missing, or in another's name."""
        return not any(self.counts.get(nature) for nature in FAULTS)


def verify(
    path: Path,
    *,
    tick: Tick,
    stop: "Stop",
    check_seal: CheckSeal | None,
    device: Device | None = None,
    all_signatures: bool = False,
) -> Report:
    """Check a case from its first page to its last derived row.

    Args:
        path: the case file; it is only read.
        tick: is told how far it is.
        stop: where it says so, the check ends.
        check_seal: asks ssh-keygen; nothing where there is none.
        device: what remembers which entries were written here, if that is to be compared.
        all_signatures: check every signature, however many there are.

    Raises:
        StoppedError: `stop` said so.
        CaseError: it is no case, or so damaged that it cannot be read.
    """
    found = Found(tick)
    with (
        CaseFile.open(path, readonly=True) as case,
        engine.sentences(path),
        _interruptible(case.con, stop),
    ):
        # What the temporary tables refer to lies in the file.
        case.con.execute("PRAGMA foreign_keys = OFF")
        with case.cached(CACHE_KIB), case.snapshot():
            con = case.con
            _pages(con, found)
            entries = Walk(con, found).run()
            checked = signatures.devices(con, found, every=all_signatures)
            seals = of_readers.seals(con, found, check_seal)
            if device is not None:
                _not_here(con, found, device)
            versions = evidence_rows.versions(con, found)
            evidence_rows.quotations(con, found)
            claims = derived.claims(con, found)
            derived.rest(con, found)
            first = min(
                (one for one in found.kept if one.is_fault),
                key=lambda one: ORDER.index(one.part),
                default=None,
            )
            rests = _rests(con, first) if first else None
    return Report(
        path,
        entries,
        versions,
        claims,
        checked,
        seals,
        tuple(found.chains.values()),
        found.names,
        tuple(found.kept),
        {nature.value: count for nature, count in found.counts.items()},
        first,
        rests,
    )


@dataclass(slots=True)
class Stop:
    """Whether the reader has asked to stop."""

    asked: bool = False


@contextlib.contextmanager
def _interruptible(con: Connection, stop: Stop) -> Iterator[None]:
    con.set_progress_handler(lambda: int(stop.asked), STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if stop.asked:
            raise StoppedError("Stopped; the check did not come to its end.") from error
        raise


def _pages(con: Connection, found: Found) -> None:
    """Let SQLite look its pages and references over.

    Raises:
        DatabaseError: there are values of types that no case has.
    """
    found.tick("pages", 0, 0)
    for (said,) in con.execute(f"PRAGMA quick_check({PROBLEMS})").fetchall():
        if said.startswith("non-"):
            # A value of another type than its column's: no row of it can be read on.
            raise sqlite3.DatabaseError(said)
        if said != "ok":
            found.broken("file", f"SQLite finds: {said}")
    evidence_rows.strays(con, found)


def _not_here(con: Connection, found: Found, device: Device) -> None:
    count = missing(con, device)
    if count:
        found.add(
            Finding(
                Nature.MISSING,
                "ledger",
                f"{count} of your own entries, that were written on this device, are missing: an"
                " older copy was put back, or somebody took them out; merge a copy that has them",
            )
        )


def _rests(con: Connection, first: Finding) -> Rests:
    """What came after an entry in its chain, or rests on a record of evidence."""
    if not first.k:
        touched = sorted(_claims_of(con, first))
        return Rests(0, _verdicts(con, touched), tuple(touched))
    rows = con.execute(
        "SELECT act.claim, count(*) AS entries, coalesce(sum(verdict.standing), 0) AS verdicts"
        " FROM entry LEFT JOIN act ON act.lsn = entry.lsn"
        " LEFT JOIN verdict ON verdict.lsn = entry.lsn"
        " WHERE entry.chain = ? AND entry.seq >= ? GROUP BY act.claim ORDER BY act.claim",
        (first.k, first.seq),
    ).fetchall()
    entries = sum(row["entries"] for row in rows) - 1
    verdicts = sum(row["verdicts"] for row in rows)
    return Rests(max(0, entries), verdicts, tuple(row["claim"] for row in rows if row["claim"]))


def _claims_of(con: Connection, first: Finding) -> set[str]:
    if first.table in ("statement", "recording"):
        return derive.claims_on(con, [first.row])
    return {first.claim} if first.claim else set()


def _verdicts(con: Connection, claims: list[str]) -> int:
    return sum(
        con.execute(
            "SELECT count(*) FROM verdict WHERE claim = ? AND standing", (claim,)
        ).fetchone()[0]
        for claim in claims
    )
