"""Checking derived rows: each claim's are derived anew and compared with those in the file.

Nothing is written to the file. Most claims are plain: what must stand in their rows follows
from their entries alone, with the evidence as it was when they were judged; that is seen from
rows fetched for many claims at once. The others are derived anew: see `shadows`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

import orjson

from reviewer.casefile import blind, rank_counts, state_rows, tally
from reviewer.casefile.engine import Connection, Row
from reviewer.casefile.verify import evidence_rows
from reviewer.casefile.verify.bodies import NoEntryError, Raw, raw_of
from reviewer.casefile.verify.findings import Found, Nature
from reviewer.casefile.verify.shadows import OF_A_CLAIM, Shadows, apart, compare, differs
from reviewer.model.blind import READERS
from reviewer.model.claims import State
from reviewer.model.entry import FINDINGS, Entry, Kind, entry_from
from reviewer.model.fold import Folded, fold, state_of

AT_ONCE = 500
CLOSER = FINDINGS | {Kind.LINK, Kind.ADJUDICATE}
"""The kinds of entries whose claims need a closer look."""
COUNTED = ("judged", "fence", "tally")
ENTRIES = """
    SELECT act.claim, act.lsn, act.undone, entry.id, entry.chain, entry.body, payload.data,
           verdict.claim, verdict.author, verdict.value, verdict.standing, verdict.stale
    FROM main.act JOIN entry ON entry.lsn = act.lsn
    LEFT JOIN payload ON payload.lsn = act.lsn
    LEFT JOIN main.verdict ON verdict.lsn = act.lsn
    ORDER BY act.claim, act.lsn"""
UNTOUCHED = """
    SELECT claim.id FROM claim LEFT JOIN queue ON queue.claim = claim.id
    WHERE claim.version = (SELECT max(version) FROM claim AS newest WHERE newest.id = claim.id)
      AND NOT EXISTS (SELECT 1 FROM act WHERE act.claim = claim.id)
      AND NOT EXISTS (SELECT 1 FROM quotation WHERE quotation.claim = claim.id)
      AND (queue.version, queue.priority, queue.date, queue.state, queue.undecided, queue.verdict,
           queue.excerpts, queue.orphans)
          IS NOT (claim.version, claim.priority, claim.date, 'new', 1, '', 0, 0)"""
STRAYS = {
    "queue": "NOT EXISTS (SELECT 1 FROM claim WHERE claim.id = t.claim)",
    "judged": "NOT EXISTS (SELECT 1 FROM queue WHERE queue.claim = t.claim)",
    "verdict": "NOT EXISTS (SELECT 1 FROM act WHERE act.lsn = t.lsn)",
    "note": "NOT EXISTS (SELECT 1 FROM act WHERE act.lsn = t.lsn AND act.claim = t.claim)",
    "flag": "NOT EXISTS (SELECT 1 FROM act WHERE act.lsn = t.lsn AND act.claim = t.claim)",
    "finding": "NOT EXISTS (SELECT 1 FROM act WHERE act.lsn = t.lsn AND act.claim = t.claim)",
    "blind": "NOT EXISTS (SELECT 1 FROM act WHERE act.claim = t.claim)",
    "waiting": "NOT EXISTS (SELECT 1 FROM act WHERE act.claim = t.claim)",
    "excerpt": "t.lsn IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM quotation WHERE quotation.claim = t.claim)"
    " OR t.lsn IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM act WHERE act.lsn = t.lsn AND act.claim = t.claim)",
}
"""What makes a row one of nothing: it is of no claim that is derived one by one."""


@dataclass(slots=True)
class _Claim:
    """A claim with its entries, and its rows as they lie in the file."""

    id: str
    entries: list[Entry] = field(default_factory=list)
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    of: Row | None = None
    known: dict[str, str] = field(default_factory=dict)
    """The hash of each text that its author put beside it."""


def claims(con: Connection, found: Found) -> int:
    """Check the rows of every claim that anybody has touched.

    Returns:
        How many there are.
    """
    (total,) = con.execute(
        "SELECT count(*) FROM (SELECT claim FROM act UNION SELECT claim FROM quotation)"
    ).fetchone()
    # Where the walk found every body to be an entry's, none is asked again.
    read: Callable[[bytes], Raw] = raw_of if found.counts[Nature.BROKEN] else orjson.loads
    # Where every claim is to be read twice, what is derived of it is not seen at one glance.
    ruled = blind.rule(con) >= READERS
    done = 0
    shadows = Shadows(con, OF_A_CLAIM)
    shadows.make()
    for some in _batches(_touched(con, read)):
        _about(con, some)
        slow = [claim.id for claim in some if ruled or not _is_plain(claim)]
        for claim in some:
            _rests_on_evidence(con, found, claim)
        if slow:
            compare(con, found, shadows, slow)
        done += len(some)
        found.tick("derived rows", done, total)
    quoted = con.execute(
        "SELECT DISTINCT claim FROM quotation"
        " WHERE NOT EXISTS (SELECT 1 FROM main.act WHERE act.claim = quotation.claim)"
    )
    while ids := [row[0] for row in quoted.fetchmany(AT_ONCE)]:
        compare(con, found, shadows, ids)
        done += len(ids)
        found.tick("derived rows", done, total)
    shadows.drop()
    return done


def rest(con: Connection, found: Found) -> None:
    """Check the rows of claims that nobody has touched, rows of nothing, and the counts."""
    for (id_,) in con.execute(UNTOUCHED):
        differs(found, "queue", id_)
    for table, condition in STRAYS.items():
        for (id_,) in con.execute(f"SELECT t.claim FROM {table} AS t WHERE {condition}"):
            differs(found, table, id_)
    shadows = Shadows(con, COUNTED)
    shadows.make()
    rank_counts.judge_all(con)
    try:
        rank_counts.rebuild(con)
    except KeyError as error:
        found.broken("derived", f"a claim is in a state that there is not: {error}", table="queue")
    # Days are read out of the bodies, which the walk has found to be whole, or named.
    if not found.counts[Nature.BROKEN]:
        tally.rebuild(con)
        if list(apart(con, "tally", "1")):
            found.broken(
                "derived", "the counts of verdicts are not what the verdicts give", table="tally"
            )
    for table in ("judged", "fence"):
        for row in apart(con, table, "1"):
            differs(found, table, str(row["claim"]))
    shadows.drop()


def _batches(claims_: Iterator[_Claim]) -> Iterator[list[_Claim]]:
    while some := list(islice(claims_, AT_ONCE)):
        yield some


def _touched(con: Connection, read: Callable[[bytes], Raw]) -> Iterator[_Claim]:
    cursor = con.cursor()
    cursor.row_factory = None
    for id_, rows in groupby(cursor.execute(ENTRIES), key=lambda row: row[0]):
        claim = _Claim(id_)
        for row in rows:
            _, _, _, entry_id, _, body, data, *_ = row
            try:
                words = orjson.loads(data) if data is not None else {}
                claim.entries.append(entry_from(read(body), entry_id.hex(), words))
            except (NoEntryError, orjson.JSONDecodeError):
                # The walk has named it; nothing can be derived with it.
                claim.entries.clear()
                break
            claim.rows.append(row)
        for _ in rows:
            pass
        if claim.entries:
            yield claim


def _about(con: Connection, some: list[_Claim]) -> None:
    """Fetch what the file holds about claims, all with one statement."""
    rows = con.execute(
        "SELECT given.value AS id, claim.hash AS claim_hash, claim.version AS claim_version,"
        " claim.priority AS claim_priority, claim.date AS claim_date, queue.*, judged.several,"
        " (SELECT json_group_object(target, lower(hex(coalesce("
        "   (SELECT hash FROM statement WHERE id = target ORDER BY version DESC LIMIT 1),"
        "   (SELECT hash FROM recording WHERE id = target ORDER BY version DESC LIMIT 1)))))"
        "  FROM shown_with WHERE claim = claim.id AND version = claim.version) AS shown,"
        " (SELECT json_group_array(json_array(lower(hex(author)), lsn, text)) FROM main.note"
        "  WHERE note.claim = given.value) AS notes,"
        " (SELECT json_group_array(json_array(lower(hex(author)), flag, lsn)) FROM main.flag"
        "  WHERE flag.claim = given.value) AS flags,"
        " EXISTS (SELECT 1 FROM quotation WHERE claim = given.value)"
        " OR EXISTS (SELECT 1 FROM main.excerpt WHERE claim = given.value) AS quoted,"
        " EXISTS (SELECT 1 FROM main.blind WHERE claim = given.value)"
        " OR EXISTS (SELECT 1 FROM main.waiting WHERE claim = given.value) AS hidden"
        " FROM json_each(?) AS given"
        " JOIN claim ON claim.id = given.value AND claim.version ="
        "  (SELECT max(version) FROM claim AS newest WHERE newest.id = given.value)"
        " LEFT JOIN main.queue ON queue.claim = given.value"
        " LEFT JOIN main.judged ON judged.claim = given.value",
        (orjson.dumps([claim.id for claim in some]).decode(),),
    ).fetchall()
    of = {row["id"]: row for row in rows}
    for claim in some:
        claim.of = of.get(claim.id)
        if claim.of is not None:
            claim.known = orjson.loads(claim.of["shown"])


def _is_plain(claim: _Claim) -> bool:
    """Whether a claim's rows are certainly as they must be: nothing in it needs a closer look."""
    of = claim.of
    if of is None or of["quoted"] or of["hidden"] or any(e.kind in CLOSER for e in claim.entries):
        return False
    hash_ = of["claim_hash"].hex()
    folded = fold(claim.entries)
    if any(
        e.subject != hash_ or e.data.get("saw", claim.known) != claim.known or "readings" in e.data
        for e in folded.standing
    ):
        return False
    lsn_of = {entry.id: row[1] for entry, row in zip(claim.entries, claim.rows, strict=True)}
    return (
        _acts_fit(claim, folded, lsn_of)
        and _notes_fit(of, folded, lsn_of)
        and _queue_fits(of, folded)
    )


def _acts_fit(claim: _Claim, folded: Folded, lsn_of: dict[str, int]) -> bool:
    stands = {entry.id: standing for entry, standing in folded.verdicts}
    for entry, row in zip(claim.entries, claim.rows, strict=True):
        undo = folded.undone.get(entry.id)
        undone = lsn_of[undo.id] if undo else 0
        if row[2] >= 0 and row[2] != undone:
            return False
        wanted: tuple[object, ...] = (None,) * 5
        if entry.id in stands:
            author = bytes.fromhex(entry.author)
            wanted = (claim.id, author, entry.data["value"], int(stands[entry.id]), "")
        if row[7:] != wanted:
            return False
    return True


def _notes_fit(of: Row, folded: Folded, lsn_of: dict[str, int]) -> bool:
    notes = [
        [author, lsn_of[entry.id], entry.words.get("note", "")]
        for author, entry in folded.notes.items()
    ]
    flags = [
        [author, flag, lsn_of[entry.id]]
        for flag, held in (("mark", folded.marks), ("aside", folded.aside))
        for author, entry in held.items()
    ]
    return sorted(orjson.loads(of["notes"])) == sorted(notes) and sorted(
        orjson.loads(of["flags"])
    ) == sorted(flags)


def _queue_fits(of: Row, folded: Folded) -> bool:
    state, value = state_of(folded, set())
    readers = {entry.author for entry in folded.standing} if state is State.DECIDED else set()
    several = int(len(readers) > 1) if readers else None
    wanted = (
        of["claim_version"],
        of["claim_priority"],
        of["claim_date"],
        state,
        int(state in state_rows.OPEN_STATES),
        value,
        0,
        0,
    )
    names = ("version", "priority", "date", "state", "undecided", "verdict", "excerpts", "orphans")
    return tuple(of[name] for name in names) == wanted and of["several"] == several


def _rests_on_evidence(con: Connection, found: Found, claim: _Claim) -> None:
    """Check that what was judged and quoted is held, where that is not as it is now."""
    hash_ = claim.of["claim_hash"].hex() if claim.of is not None else ""
    for entry, row in zip(claim.entries, claim.rows, strict=True):
        if entry.kind == Kind.LINK:
            evidence_rows.link(con, found, entry, row[4])
        elif entry.kind == Kind.VERDICT:
            saw = entry.data.get("saw") or {}
            now = isinstance(saw, dict) and saw.items() <= claim.known.items()
            if entry.subject != hash_ or not now:
                evidence_rows.seen(con, found, entry, row[4])
