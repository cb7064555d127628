"""Erasing the words of an entry for good: a note, a name, a reason.

What must hold: the entry and its chain stay whole, and say for ever that words stood there, who
erased them and when; the words themselves are in no page of the file, in no log beside it and
in no index, and do not come again by a merge.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.casefile import derive, holding, ledger, search_index
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.ledger import Clock, wall_clock
from reviewer.casefile.redaction import erased, told
from reviewer.model.entry import Draft, Entry, Kind
from reviewer.model.errors import NotFoundError, NothingToDoError

WITH_WORDS_ON_A_CLAIM = f"""
SELECT {ledger.ENTRY} FROM act JOIN entry ON entry.lsn = act.lsn
JOIN payload ON payload.lsn = act.lsn
WHERE act.claim = ? AND act.author = ? ORDER BY act.lsn
"""
NAMED_BY = f"""
SELECT {ledger.ENTRY} FROM entry JOIN payload ON payload.lsn = entry.lsn
WHERE entry.subject IS NULL AND entry.kind = 'enrol' AND entry.author = ? ORDER BY entry.lsn
"""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased.

    Attributes:
        target: the entry that was chosen, as it stands now.
        redactions: the entries that record it, one for each entry that lost its words.
        others: how many other notes of the same reader still stand on the claim's record.
        wiped: whether no copy is left in pages or the log; another program may be reading them.
    """

    target: Entry
    redactions: tuple[Entry, ...]
    others: int
    wiped: bool


def erase(con: Connection, targets: Iterable[bytes], touched: set[str]) -> int:
    """Take away the words of entries that redact entries in this file are about.

    For whoever records a redact entry or takes one in, within the transaction that does it;
    `CaseFile.wipe` afterwards takes the bytes away that lie in no row.

    Args:
        con: the connection.
        targets: the ids of the entries.
        touched: gets the claims whose state is to be derived anew.

    Returns:
        How many had words.
    """
    erased_now = 0
    held = holding.held_of(con, list(targets)).values()
    for row in held:
        if not row["worded"]:
            continue
        con.execute("DELETE FROM payload WHERE lsn = ?", (row["lsn"],))
        of = con.execute("SELECT claim FROM act WHERE lsn = ?", (row["lsn"],)).fetchall()
        touched.update(found["claim"] for found in of)
        erased_now += 1
    # A name that is erased in one chain is shown no more, though it lies in another yet.
    derive.readers(con, {row["author"].hex() for row in held})
    if erased_now:
        # The index has no words that could be told to be one note's alone.
        search_index.forget(con)
    return erased_now


def redact(
    case: CaseFile, reader: str, target: str, why: str = "", *, clock: Clock = wall_clock
) -> Erasure:
    """Erase the words of an entry, and the same words wherever their reader left them.

    A verdict carries the note that was in force, and every chain of a reader his name: what is
    erased in one entry would else stand in the next.

    Args:
        case: the open case.
        reader: who decides it.
        target: the entry's id.
        why: the reason, which can itself be erased.
        clock: milliseconds UTC.

    Raises:
        NotFoundError: there is no such entry.
        NothingToDoError: it has no words that could be erased.
        CaseError: it could not be written; nothing was erased.
    """
    with case.write() as con:
        entry = ledger.by_id(con, target)
        if entry is None:
            raise NotFoundError(f"There is no entry {target[:12]} in this case.")
        what = part_of(entry)
        if not what:
            raise NothingToDoError(f"Entry {target[:12]} has no words that could be erased.")
        before = erased(con, target)
        redactions = [] if before else list(_redactions(con, case, reader, entry, what, why, clock))
        others = sum(1 for one in _beside(con, entry) if one.words.get("note"))
        entry = told(con, ledger.by_id(con, target) or entry)
    for redaction in redactions:
        case.remember(redaction)
    return Erasure(entry, tuple(redactions), others, case.wipe())


def part_of(entry: Entry) -> str:
    """Which words of an entry can be erased: `note`, `name`, `reason`, or none."""
    if entry.payload_hash is None:
        return ""
    kinds: dict[str, str] = {
        Kind.NOTE: "note",
        Kind.VERDICT: "note",
        Kind.ENROL: "name",
        Kind.REDACT: "reason",
    }
    if entry.words and not any(entry.words.values()):
        return ""
    return kinds.get(entry.kind, "words")


def _redactions(
    con: Connection, case: CaseFile, reader: str, first: Entry, what: str, why: str, clock: Clock
) -> Iterator[Entry]:
    chosen: Entry | None = first
    while chosen is not None:
        draft = Draft(
            Kind.REDACT,
            claim=first.claim,
            subject=chosen.id,
            data={"erased": what},
            words={"why": why} if why else {},
        )
        yield ledger.append(con, case.path, reader, draft, clock, case.device)
        touched: set[str] = set()
        erase(con, [bytes.fromhex(chosen.id)], touched)
        derive.claims(con, touched)
        # What is recorded may begin a chain, with a name in it.
        same = (one for one in _beside(con, first) if one.words == first.words)
        chosen = next(same, None)


def _beside(con: Connection, entry: Entry) -> Iterator[Entry]:
    """The entries with words of the same reader, on the same claim or to say his name."""
    author = bytes.fromhex(entry.author)
    rows = (
        con.execute(NAMED_BY, (author,))
        if entry.kind == Kind.ENROL
        else con.execute(WITH_WORDS_ON_A_CLAIM, (entry.claim, author))
    )
    for row in rows.fetchall():
        yield ledger.entry_of(row)
