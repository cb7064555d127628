"""Recording acts: each one transaction that appends to the ledger and derives the state."""

from collections.abc import Callable, Sequence
from datetime import datetime

from reviewer.casefile import blind, derive, history, ledger, redaction
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.ledger import Clock, wall_clock
from reviewer.model.blind import of_a_reading
from reviewer.model.entry import ACTS, Draft, Entry, Kind
from reviewer.model.errors import ClaimChangedError, NotFoundError, NothingToDoError
from reviewer.model.fold import cites, took_the_place, undone_acts
from reviewer.model.naming import author_of
from reviewer.structs import replace

REPLACING = (Kind.VERDICT, Kind.WITHDRAW)


def record(
    case: CaseFile,
    reader: str,
    draft: Draft,
    *,
    seen: int | None = None,
    clock: Clock = wall_clock,
) -> Entry:
    """Record one act about a claim, or about the reader who joins.

    A verdict or its withdrawal takes the place of what stands of the reader's at the moment
    of writing, whichever window or program of his gave it.

    Args:
        case: the open case.
        reader: whose act it is.
        draft: what is recorded.
        seen: the state of the claim that the reader had on the screen.
        clock: milliseconds UTC.

    Raises:
        ClaimChangedError: somebody else changed the claim after `seen`.
        CaseError: it could not be written; nothing was recorded.
    """
    with case.write() as con:
        if seen is not None:
            _unchanged(con, reader, draft.claim, seen)
        if draft.kind in REPLACING:
            draft = replace(draft, supersedes=_standing(con, reader, draft.claim))
        if draft.kind == Kind.VERDICT:
            about = ledger.about_claim(con, draft.claim)
            reading = of_a_reading(about, blind.rule(con))
            draft = replace(draft, data={**draft.data, **reading})
        entry = ledger.append(con, case.path, reader, draft, clock, case.device)
        if entry.touches:
            derive.claim(con, draft.claim)
        if seen is not None and draft.kind == Kind.VERDICT:
            _rests_on_what_stands(con, entry)
    case.remember(entry)
    return entry


def record_all(
    case: CaseFile, reader: str, drafts: Sequence[Draft], *, clock: Clock = wall_clock
) -> None:
    """Record many acts in one transaction, none of which takes the place of another.

    Raises:
        CaseError: it could not be written; none was recorded.
    """
    with case.write() as con:
        entries = [
            ledger.append(con, case.path, reader, draft, clock, case.device) for draft in drafts
        ]
        derive.claims(con, {entry.claim for entry in entries})
    if entries:
        case.remember(entries[-1])


def undo(case: CaseFile, reader: str, *, clock: Clock = wall_clock) -> tuple[Entry, Entry]:
    """Undo this reader's newest act. Returns the undo entry and the act it undid.

    Raises:
        NothingToDoError: nothing of this reader's is left to undo.
    """
    with case.write() as con:
        act = ledger.to_undo(con, reader)
        if act is None:
            raise NothingToDoError(f"{reader} has nothing left to undo.")
        entry, act = _answer(con, case, reader, Kind.UNDO, act, clock)
    case.remember(entry)
    return entry, act


def undo_act(
    case: CaseFile,
    reader: str,
    id_: str,
    tell: Callable[[Entry], str],
    *,
    clock: Clock = wall_clock,
) -> tuple[Entry, Entry, list[Entry]]:
    """Undo one act of this reader's that is in force, whichever came after it.

    Args:
        case: the open case.
        reader: whose act it is.
        id_: the act's.
        tell: what an act did, in words.
        clock: milliseconds UTC.

    Returns:
        The undo entry, the act, and the verdicts in force that rest on it.

    Raises:
        NotFoundError: there is no such entry.
        NothingToDoError: it is another's, is no act, was undone, or later ones took its place.
    """
    with case.write() as con:
        act = ledger.by_id(con, id_)
        if act is None:
            raise NotFoundError(f"There is no entry {id_[:12]} in this case.")
        act = redaction.told(con, act)
        if bytes.fromhex(act.author) != author_of(reader):
            raise NothingToDoError("This act is another reader's; only your own can be undone.")
        if act.kind not in ACTS:
            raise NothingToDoError(f"This cannot be undone: {tell(act)}.")
        about = ledger.about_claim(con, act.claim)
        undone = undone_acts(about)
        if act.id in undone:
            raise NothingToDoError(f"This is undone already: {tell(act)}.")
        later = [
            one
            for one in sorted(about, key=lambda entry: entry.order)
            if one.order > act.order
            and one.author == act.author
            and one.kind in ACTS
            and one.id not in undone
        ]
        instead = [one for one in later if took_the_place(one, act)]
        if instead:
            raise NothingToDoError(
                f"This is in force no more: {tell(act)}. In its place stands:"
                f" {tell(instead[-1])}; undo that first."
            )
        entry, act = _answer(con, case, reader, Kind.UNDO, act, clock)
    case.remember(entry)
    return entry, act, [one for one in later if cites(one, act)]


def redo(case: CaseFile, reader: str, *, clock: Clock = wall_clock) -> tuple[Entry, Entry]:
    """Bring back what this reader undid last. Returns the redo entry and the act.

    Raises:
        NothingToDoError: nothing was undone, or the reader has acted anew since.
    """
    with case.write() as con:
        act = ledger.to_redo(con, reader)
        if act is None:
            raise NothingToDoError(f"{reader} has nothing to redo.")
        entry, act = _answer(con, case, reader, Kind.REDO, act, clock)
    case.remember(entry)
    return entry, act


def _answer(
    con: Connection, case: CaseFile, reader: str, kind: Kind, act: Entry, clock: Clock
) -> tuple[Entry, Entry]:
    draft = Draft(kind, claim=act.claim, subject=act.id)
    entry = ledger.append(con, case.path, reader, draft, clock, case.device)
    derive.claim(con, act.claim)
    return entry, redaction.told(con, act)


def _standing(con: Connection, reader: str, claim: str) -> list[str]:
    rows = con.execute(
        "SELECT entry.id FROM verdict JOIN entry ON entry.lsn = verdict.lsn"
        " WHERE verdict.claim = ? AND verdict.author = ? AND verdict.standing ORDER BY verdict.lsn",
        (claim, author_of(reader)),
    ).fetchall()
    return [row["id"].hex() for row in rows]


def _unchanged(con: Connection, reader: str, claim: str, seen: int) -> None:
    told = f" AND entry.kind IN ({blind.TOLD_KINDS})" if blind.is_blind(con, claim) else ""
    row = con.execute(
        f"SELECT {ledger.ENTRY} FROM act JOIN entry ON entry.lsn = act.lsn"
        " LEFT JOIN payload ON payload.lsn = act.lsn"
        " WHERE act.claim = ? AND act.lsn > ? AND act.author <> ?"
        f" AND entry.kind NOT IN ('mark', 'dismiss'){told} ORDER BY act.lsn DESC LIMIT 1",
        (claim, seen, author_of(reader)),
    ).fetchone()
    if row is None:
        return
    entry = ledger.entry_of(row)
    name = history.name_of(con, entry.author)
    at = datetime.fromtimestamp(entry.at / 1000).astimezone()
    raise ClaimChangedError(
        f"Not recorded: {name} changed {claim} at {at:%H:%M:%S} while you read; look again."
    )


def _rests_on_what_stands(con: Connection, verdict: Entry) -> None:
    (stale,) = con.execute(
        "SELECT verdict.stale FROM verdict JOIN entry ON entry.lsn = verdict.lsn"
        " WHERE entry.id = ?",
        (bytes.fromhex(verdict.id),),
    ).fetchone()
    if stale:
        raise ClaimChangedError(f"Not recorded: {stale} while you read; look again.")


def rebuild(case: CaseFile) -> None:
    """Derive the whole state anew from evidence and ledger."""
    with case.write() as con:
        derive.everything(con)
