"""What is read for people: a claim with everything on it, the log, the status."""

import hashlib
from collections import Counter

from reviewer.casefile import blind, evidence, findings, ledger, queue, ranks, redaction, tally
from reviewer.casefile.conditions import UNDECIDED
from reviewer.casefile.engine import Connection, DamagedError, Row
from reviewer.model.about import Status
from reviewer.model.claims import ClaimView
from reviewer.model.entry import Kind
from reviewer.model.errors import NotFoundError
from reviewer.model.evidence import Excerpt, Recording, Stance, Statement, Target
from reviewer.model.judgements import Adjudication, Note, Verdict
from reviewer.model.naming import ANOTHER, author_of, shown_name
from reviewer.structs import replace

MOST_KNOWN = 256


def claim_view(
    con: Connection,
    reader: str,
    id_: str,
    known: dict[str, Target | None] | None = None,
    held: evidence.Segments | None = None,
) -> ClaimView:
    """A claim with all that a reader sees of it.

    Args:
        con: the connection.
        reader: whose marks and notes are his own.
        id_: the claim's id.
        known: texts that were read already and cannot have changed, within one snapshot; what
            is read now is added.
        held: segments that were read already.

    Raises:
        NotFoundError: the case has no such claim.
    """
    # First of all: what is recorded while the rest is read then counts as not yet seen.
    (seen,) = con.execute("SELECT coalesce(max(lsn), 0) FROM entry").fetchone()
    claim = evidence.claim(con, id_)
    row = queue.row(con, reader, id_)
    if claim is None or row is None:
        raise NotFoundError(f"There is no claim '{id_}' in this case.")
    excerpts = _excerpts(con, reader, id_)
    wanted = [*evidence.shown_with(con, claim), *(excerpt.target for excerpt in excerpts)]
    known = {} if known is None else known
    if len(known) > MOST_KNOWN:
        known.clear()
    for text in wanted:
        if text not in known:
            known[text] = evidence.target(con, text, held)
    targets = {t: known[t] for t in dict.fromkeys(wanted)}
    return ClaimView(
        claim=claim,
        row=row,
        statements=tuple(t for t in targets.values() if isinstance(t, Statement)),
        recordings=tuple(t for t in targets.values() if isinstance(t, Recording)),
        excerpts=_in_reading_order(excerpts, list(targets)),
        verdicts=verdicts(con, reader, id_),
        notes=_notes(con, reader, id_),
        missing=tuple(t for t, target in targets.items() if target is None),
        seen=seen,
        ratings=evidence.ratings(con, id_),
        authored=tuple(evidence.authored(con, claim)),
        blind=blind.is_blind(con, id_),
        adjudication=_adjudication(con, reader, id_),
    )


def _excerpts(con: Connection, reader: str, claim: str) -> list[Excerpt]:
    is_blind, me = blind.is_blind(con, claim), author_of(reader)
    rows = con.execute(
        'SELECT id, target, stance, exact, prefix, suffix, start, "end", start_ms, end_ms, note,'
        " excerpt.author, reader.name"
        " FROM excerpt LEFT JOIN reader ON reader.author = excerpt.author WHERE claim = ?",
        (claim,),
    ).fetchall()
    found = [
        Excerpt(
            id=row["id"],
            claim=claim,
            target=row["target"],
            stance=_stance(row["stance"]),
            exact=row["exact"],
            prefix=row["prefix"],
            suffix=row["suffix"],
            start=row["start"],
            end=row["end"],
            start_ms=row["start_ms"],
            end_ms=row["end_ms"],
            reader=shown_name(row["author"], row["name"]) if row["author"] is not None else "",
            note=row["note"],
        )
        for row in rows
        if reader or not is_blind or row["author"] is None
    ]
    if not is_blind:
        return found
    mine = {row["id"] for row in rows if row["author"] in (None, me)}
    return [excerpt if excerpt.id in mine else _unsaid(excerpt) for excerpt in found]


def _unsaid(excerpt: Excerpt) -> Excerpt:
    """An excerpt of another's, without his name and his stance: its id would tell them too."""
    place = f"{excerpt.claim}\n{excerpt.target}\n{excerpt.start}\n{excerpt.end}\n{excerpt.exact}"
    return replace(
        excerpt,
        id=hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest(),
        stance=Stance.UNTOLD,
        reader=ANOTHER,
        note="",
    )


def _stance(name: str) -> Stance:
    try:
        return Stance(name)
    except ValueError as error:
        raise DamagedError(str(error)) from error


def _in_reading_order(excerpts: list[Excerpt], targets: list[str]) -> tuple[Excerpt, ...]:
    def place(excerpt: Excerpt) -> tuple[int, bool, int, str]:
        at = targets.index(excerpt.target)
        return (at, excerpt.orphan, excerpt.start or 0, excerpt.id)

    return tuple(sorted(excerpts, key=place))


def verdicts(con: Connection, reader: str, claim: str) -> tuple[Verdict, ...]:
    """Every verdict on a claim that this reader may see, in the order in which they take effect.

    Who is no reader, and has no name, sees none of a claim that is read blind.
    """
    rows = con.execute(
        f"SELECT verdict.value, verdict.standing, verdict.stale, verdict.author, reader.name,"
        f" {ledger.ENTRY} FROM verdict JOIN entry ON entry.lsn = verdict.lsn"
        " LEFT JOIN payload ON payload.lsn = verdict.lsn"
        " LEFT JOIN reader ON reader.author = verdict.author"
        f" WHERE verdict.claim = :claim AND {blind.open_to('verdict')}"
        " ORDER BY entry.lamport, entry.id",
        {"claim": claim, "me": author_of(reader)},
    ).fetchall()
    notes = {note.reader: note for note in _notes(con, reader, claim)}
    return tuple(_verdict(con, row, claim, notes) for row in rows)


def _verdict(con: Connection, row: Row, claim: str, notes: dict[str, Note]) -> Verdict:
    entry = redaction.told(con, ledger.entry_of(row))
    reader = shown_name(row["author"], row["name"])
    note, erased = entry.erased or entry.words.get("note", ""), bool(entry.erased)
    if row["standing"]:
        # A verdict in force goes with its reader's note in force, one of the past with its own.
        held = notes.get(reader)
        note, erased = (held.text, held.erased) if held else ("", False)
    return Verdict(
        id=entry.id,
        claim=claim,
        reader=reader,
        value=row["value"],
        note=note,
        at=entry.at,
        standing=bool(row["standing"]),
        stale=row["stale"],
        erased=erased,
        data=entry.data,
        words=entry.words,
    )


def _notes(con: Connection, reader: str, claim: str) -> tuple[Note, ...]:
    rows = con.execute(
        f"SELECT note.author, reader.name, {ledger.ENTRY} FROM note"
        " JOIN entry ON entry.lsn = note.lsn LEFT JOIN payload ON payload.lsn = note.lsn"
        " LEFT JOIN reader ON reader.author = note.author"
        f" WHERE note.claim = :claim AND {blind.open_to('note')} ORDER BY entry.lamport, entry.id",
        {"claim": claim, "me": author_of(reader)},
    ).fetchall()
    return tuple(_note(con, row) for row in rows)


def _note(con: Connection, row: Row) -> Note:
    entry = redaction.told(con, ledger.entry_of(row))
    text = entry.erased or entry.words.get("note", "")
    name = shown_name(row["author"], row["name"])
    return Note(name, text, entry.at, entry.id, erased=bool(entry.erased))


def _adjudication(con: Connection, reader: str, claim: str) -> Adjudication | None:
    found = [one for one in findings.of_claim(con, reader, claim, Kind.ADJUDICATE) if one.data]
    if not found:
        return None
    last = found[-1]
    named, asked = last.data.get("readings"), last.data.get("origins_asked")
    origins = last.data.get("origins")
    few = isinstance(asked, int) and isinstance(origins, list)
    return Adjudication(
        id=last.id,
        claim=claim,
        reader=last.reader,
        value=str(last.value),
        reason=last.erased or last.words.get("reason", ""),
        at=last.at,
        readings=tuple(map(str, named)) if isinstance(named, list) else (),
        agrees=str(last.data.get("agrees", "")),
        erased=bool(last.erased),
        origins=tuple(map(str, origins)) if few and isinstance(origins, list) else (),
        origins_asked=asked if few and isinstance(asked, int) else 0,
    )


def status(con: Connection, reader: str, now_ms: int) -> Status:
    """Progress as this reader may know it: counts of claims, verdicts, states; today is UTC.

    Added up from what is counted already (`ranks`, `tally`), whatever the length of the queue.
    """
    classes = ranks.before(con, ranks.PRIORITY, ranks.PRIORITY.end)
    states = {state: classes[state] for state in ranks.STATES if state != "decided"}
    states["decided"] = classes["once"] + classes["several"]
    own = blind.waiting(con, reader)
    waiting = sum(own.values())
    undecided = sum(states[state] for state in UNDECIDED) - waiting
    (orphans,) = con.execute(
        "SELECT coalesce(sum(orphans), 0) FROM queue WHERE orphans > 0"
    ).fetchone()
    by_value = con.execute(
        "SELECT value, sum(n) FROM tally GROUP BY value ORDER BY value"
    ).fetchall()
    by_reader = con.execute(
        "SELECT reader.author, reader.name, coalesce(sum(tally.n), 0) FROM reader LEFT JOIN tally"
        " ON tally.author = reader.author GROUP BY reader.author ORDER BY reader.name"
    ).fetchall()
    me = author_of(reader)
    stale, today = con.execute(
        "SELECT coalesce(sum(n * stale), 0), coalesce(sum(n * (day >= ?)), 0) FROM tally",
        (tally.day_of(now_ms),),
    ).fetchone()
    return Status(
        claims=sum(states.values()),
        decided=sum(states.values()) - undecided,
        undecided=undecided,
        verdicts=dict(sorted((Counter(own) + Counter(dict(map(tuple, by_value)))).items())),
        states={state: n for state, n in sorted(states.items()) if n},
        readers={
            shown_name(row[0], row[1]): row[2] + (waiting if row[0] == me else 0)
            for row in by_reader
        },
        stale=stale,
        orphans=orphans,
        today=today,
        waiting=waiting,
    )
