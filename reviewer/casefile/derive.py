"""Deriving the state tables from evidence and ledger.

What must hold: dropping every state table and calling `everything` gives the same rows as
the acts did one by one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from reviewer.casefile import (
    blind,
    gathered,
    ledger,
    rank_counts,
    redaction,
    search_index,
    state_rows,
    tally,
)
from reviewer.casefile.engine import Connection, Row
from reviewer.casefile.evidence import Value
from reviewer.casefile.gathered import Claims, Gathered
from reviewer.model.entry import ACTS, Entry, Kind
from reviewer.model.fold import reopened_since
from reviewer.model.naming import author_of

STATE_TABLES = (
    *("reader", "act", "verdict", "note", "flag", "finding", "excerpt", "queue", "judged"),
    *("fence", "tally", "blind", "waiting"),
)
CHUNK = 2000
"""So many claims are derived at a time: what belongs to them is held in memory."""


def claims_on(con: Connection, targets: Iterable[str], *, judged: bool = True) -> set[str]:
    """The claims whose evidence is among these statements and recordings.

    What a reader saw when he gave a verdict belongs to it, though it be shown no longer. Where
    nothing of it was held before (not `judged`), only verdicts can be meant that came before
    the texts that they rest on, and these are stale.
    """
    targets = list(targets)
    found = _judged_on(con, targets, stale=not judged)
    for target in targets:
        rows = con.execute(
            "SELECT claim FROM shown_with WHERE target = :id"
            " UNION SELECT claim FROM quotation WHERE target = :id"
            " UNION SELECT claim FROM excerpt WHERE target = :id",
            {"id": target},
        ).fetchall()
        found.update(row["claim"] for row in rows)
    return found


def _judged_on(con: Connection, targets: list[str], *, stale: bool) -> set[str]:
    only = "AND verdict.stale <> ''" if stale else ""
    rows = con.execute(
        "SELECT DISTINCT verdict.claim FROM verdict JOIN entry ON entry.lsn = verdict.lsn"
        f" WHERE verdict.standing {only} AND EXISTS (SELECT 1"
        " FROM json_each(CAST(entry.body AS TEXT), '$.d.saw') AS saw"
        " WHERE saw.key IN (SELECT value FROM json_each(?)))",
        (json.dumps(targets),),
    ).fetchall()
    return {row["claim"] for row in rows}


def fresh_claims(con: Connection, new: Mapping[str, tuple[int, Value, Value]]) -> set[str]:
    """Derive claims that are new and that nobody has touched yet, all with one statement.

    Args:
        con: within a transaction.
        new: the version, the priority and the date of each.

    Returns:
        Those that were derived; the others have a history or excerpts.
    """
    touched = con.execute(
        "SELECT value FROM json_each(?)"
        " WHERE EXISTS (SELECT 1 FROM act WHERE act.claim = value)"
        " OR EXISTS (SELECT 1 FROM quotation WHERE quotation.claim = value)",
        (json.dumps(list(new)),),
    ).fetchall()
    simple = new.keys() - {row[0] for row in touched}
    con.executemany(
        "INSERT INTO queue (claim, version, priority, date, state, undecided, verdict, excerpts,"
        " orphans) VALUES (?, ?, ?, ?, 'new', 1, '', 0, 0)",
        [(id_, *about) for id_, about in new.items() if id_ in simple],
    )
    fresh = {id_: (int(of[1]), str(of[2])) for id_, of in new.items() if id_ in simple}
    rank_counts.add(con, fresh, "new")
    return set(simple)


def everything(con: Connection) -> None:
    """Drop the state and derive it anew, within a transaction."""
    for table in STATE_TABLES:
        con.execute(f"DELETE FROM {table}")
    search_index.forget(con)
    rows = con.execute(
        f"SELECT entry.lsn, {ledger.ENTRY} FROM entry"
        " LEFT JOIN payload ON payload.lsn = entry.lsn ORDER BY entry.lsn"
    )
    while some := rows.fetchmany(CHUNK):
        take(con, [(row["lsn"], ledger.entry_of(row)) for row in some])
    found = con.execute("SELECT DISTINCT id FROM claim UNION SELECT claim FROM act").fetchall()
    claims(con, [row[0] for row in found], texts_changed=True, counted=False)
    rank_counts.rebuild(con)
    tally.rebuild(con)


def take(con: Connection, entries: Sequence[tuple[int, Entry]]) -> None:
    """Derive what follows from entries themselves, whatever else is held, by their numbers.

    A name is a reader's where the author of its entry is made of it.
    """
    _name(con, [entry for _, entry in entries if entry.kind == Kind.ENROL])
    con.executemany(
        "INSERT INTO act (lsn, author, claim, undone) VALUES (?, ?, ?, ?)",
        [
            (lsn, bytes.fromhex(entry.author), entry.claim, 0 if entry.kind in ACTS else -1)
            for lsn, entry in entries
            if entry.touches
        ],
    )


def readers(con: Connection, authors: Iterable[str]) -> None:
    """Derive the names of readers anew from what is left of their first entries."""
    wanted = set(authors)
    con.executemany("DELETE FROM reader WHERE author = ?", [(bytes.fromhex(a),) for a in wanted])
    rows = con.execute(
        f"SELECT entry.lsn, {ledger.ENTRY} FROM entry LEFT JOIN payload ON payload.lsn = entry.lsn"
        " WHERE entry.subject IS NULL AND entry.kind = ?",
        (Kind.ENROL,),
    ).fetchall()
    enrols = [ledger.entry_of(row) for row in rows]
    _name(con, [entry for entry in enrols if entry.author in wanted])


def _name(con: Connection, enrols: Iterable[Entry]) -> None:
    # One whose name was erased is a reader all the same, in every chain of his.
    enrols = list(enrols)
    nameless = redaction.nameless(con) if enrols else set()
    con.executemany(
        "INSERT INTO reader (author, name) VALUES (?, ?)"
        " ON CONFLICT (author) DO UPDATE SET name = excluded.name WHERE name = ''",
        [
            (author, "" if author in nameless else _own_name(entry))
            for entry in enrols
            for author in (bytes.fromhex(entry.author),)
        ],
    )


def _own_name(enrol: Entry) -> str:
    name = enrol.words.get("name", "")
    return name if author_of(name).hex() == enrol.author else ""


def claim(con: Connection, id_: str, *, texts_changed: bool = False) -> None:
    """Derive everything about one claim, as `claims` does."""
    claims(con, [id_], texts_changed=texts_changed)


def claims(
    con: Connection,
    ids: Iterable[str],
    *,
    texts_changed: bool = False,
    counted: bool = True,
    new: Mapping[int, Entry] | None = None,
) -> None:
    """Derive everything about claims.

    Args:
        con: within a transaction.
        ids: of the claims.
        texts_changed: look anew for every excerpt, rather than for those not yet placed.
        counted: count them in the queue, and their verdicts; who does not will count all
            afterwards.
        new: entries that have come since these claims were derived, by their numbers, if they
            need not be read again.
    """
    ids = dict.fromkeys(ids)
    ruled = blind.rule_derived(con) if "" in ids and not texts_changed else 0
    left = iter(ids)
    while some := list(islice(left, CHUNK)):
        found = gathered.gather(con, some, placed=not texts_changed, new=new or {})
        stale = {one.id: _stale(found, one) for one in found.of.values()}
        stood = tally.standing(con, some) if counted else None
        counted_as = state_rows.write(con, found, stale)
        if stood is not None:
            tally.change(con, stood, tally.standing(con, some))
        if counted:
            rank_counts.follow_all(con, counted_as)
    if ruled and ruled != blind.rule(con):
        claims(con, blind.acted_on(con), counted=counted)


def _stale(found: Claims, one: Gathered) -> dict[str, str]:
    """Why each standing verdict no longer rests on what its reader saw."""
    if one.current is None or not one.folded.standing:
        return {}
    now = [id_ for id_ in one.shown if id_ in found.hashes]
    reasons = {}
    for entry in (*one.folded.standing, *one.folded.adjudications):
        changed: list[str] = []
        if entry.subject != one.current["hash"].hex():
            changed += _of_claim(found.worded.get((one.id, entry.subject or "")), one.current)
        if isinstance(entry.data.get("saw"), dict):
            saw = gathered.saw_of(entry)
            for id_ in sorted({*saw, *now}):
                if saw.get(id_) is None:
                    changed.append(f"{id_} is new")
                elif found.hashes.get(id_) != saw[id_]:
                    changed.append(f"{id_} changed")
        changed += reopened_since(one.folded.reopened, entry)
        if changed:
            reasons[entry.id] = "; ".join(changed)
    return reasons


def _of_claim(was: Row | None, current: Row) -> Iterator[str]:
    """What of a claim is not as it was when a verdict was given on it."""
    if was is None or was["text"] != current["text"]:
        yield "the claim's wording changed"
        return
    for part in gathered.JUDGED:
        if was[part] != current[part]:
            yield f"the claim's {part} changed"
