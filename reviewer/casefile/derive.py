"""Deriving the state tables from evidence and ledger.

What must hold: dropping every state table and calling `everything` gives the same rows as
the acts did one by one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reviewer.casefile import evidence, ledger, ranks, search_index, tally
from reviewer.casefile.engine import Connection
from reviewer.casefile.evidence import Value
from reviewer.model.entry import ACTS, Entry, Kind
from reviewer.model.fold import Folded, fold, state_of
from reviewer.model.words import Claim, Recording, State, Target
from reviewer.text import anchors
from reviewer.text.anchors import Anchor

STATE_TABLES = (
    *("reader", "act", "verdict", "note", "flag", "excerpt", "queue", "judged", "fence", "tally"),
)
JUDGED = ("claimant", "date", "context")
"""What of a claim a verdict rests on, beside its wording. Tags and priority order the work."""
OPEN_STATES = ("new", "in_review", "set_aside", "reopened")

Place = tuple[int | None, int | None, int | None, int | None]
NOWHERE: Place = (None, None, None, None)


def claims_on(con: Connection, targets: Iterable[str], *, judged: bool = True) -> set[str]:
    """The claims whose evidence is among these statements and recordings.

    What a reader saw when he gave a verdict belongs to it, though it be shown no longer:
    where nothing of it was held before (not `judged`), nobody can have seen it.
    """
    targets = list(targets)
    found = _judged_on(con, targets) if judged else set()
    for target in targets:
        rows = con.execute(
            "SELECT claim FROM shown_with WHERE target = :id"
            " UNION SELECT claim FROM quotation WHERE target = :id"
            " UNION SELECT claim FROM excerpt WHERE target = :id",
            {"id": target},
        ).fetchall()
        found.update(row["claim"] for row in rows)
    return found


def _judged_on(con: Connection, targets: list[str]) -> set[str]:
    rows = con.execute(
        "SELECT DISTINCT verdict.claim FROM verdict JOIN entry ON entry.lsn = verdict.lsn"
        " WHERE verdict.standing AND EXISTS (SELECT 1"
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
    ranks.add(con, fresh, "new")
    return set(simple)


def everything(con: Connection) -> None:
    """Drop the state and derive it anew, within a transaction."""
    for table in STATE_TABLES:
        con.execute(f"DELETE FROM {table}")
    search_index.forget(con)
    rows = con.execute(
        f"SELECT entry.lsn, {ledger.ENTRY} FROM entry"
        " LEFT JOIN payload ON payload.lsn = entry.lsn ORDER BY entry.lsn"
    ).fetchall()
    for row in rows:
        _take(con, row["lsn"], ledger.entry_of(row))
    claims = con.execute("SELECT DISTINCT id FROM claim UNION SELECT claim FROM act").fetchall()
    for (id_,) in claims:
        claim(con, id_, texts_changed=True, counted=False)
    ranks.rebuild(con)
    tally.rebuild(con)


def _take(con: Connection, lsn: int, entry: Entry) -> None:
    author = bytes.fromhex(entry.author)
    if entry.kind == Kind.ENROL and "name" in entry.words:
        con.execute(
            "INSERT OR IGNORE INTO reader (author, name) VALUES (?, ?)",
            (author, entry.words["name"]),
        )
    if entry.claim:
        con.execute(
            "INSERT INTO act (lsn, author, claim, undone) VALUES (?, ?, ?, ?)",
            (lsn, author, entry.claim, 0 if entry.kind in ACTS else -1),
        )


def claim(con: Connection, id_: str, *, texts_changed: bool = False, counted: bool = True) -> None:
    """Derive everything about one claim.

    Args:
        con: within a transaction.
        id_: the claim's id.
        texts_changed: look anew for every excerpt, rather than for those not yet placed.
        counted: count it in the queue, and its verdicts; who does not will count all afterwards.
    """
    folded = fold(ledger.about_claim(con, id_))
    lsn_of = _acts(con, id_, folded)
    _notes_and_flags(con, id_, folded, lsn_of)
    _excerpts(con, id_, folded, lsn_of, texts_changed=texts_changed)
    current = evidence.claim(con, id_)
    reasons = _stale(con, current, folded)
    stood = tally.standing(con, id_) if counted else None
    _verdicts(con, id_, folded, lsn_of, reasons)
    if stood is not None:
        tally.change(con, stood, tally.standing(con, id_))
    if current is not None:
        was = ranks.class_of(con, id_)
        _queue(con, current, folded, set(reasons))
        if counted:
            ranks.follow(con, id_, was)


def _acts(con: Connection, id_: str, folded: Folded) -> dict[str, int]:
    rows = con.execute(
        "SELECT act.lsn, act.undone, entry.id FROM act JOIN entry ON entry.lsn = act.lsn"
        " WHERE act.claim = ?",
        (id_,),
    ).fetchall()
    lsn_of = {row["id"].hex(): int(row["lsn"]) for row in rows}
    for row in rows:
        undo = folded.undone.get(row["id"].hex())
        now = row["undone"] if row["undone"] < 0 else (lsn_of[undo.id] if undo else 0)
        if now != row["undone"]:
            con.execute("UPDATE act SET undone = ? WHERE lsn = ?", (now, row["lsn"]))
    return lsn_of


def _notes_and_flags(con: Connection, id_: str, folded: Folded, lsn_of: dict[str, int]) -> None:
    con.execute("DELETE FROM note WHERE claim = ?", (id_,))
    con.executemany(
        "INSERT INTO note (claim, author, lsn, text) VALUES (?, ?, ?, ?)",
        [
            (id_, bytes.fromhex(author), lsn_of[entry.id], entry.words.get("note", ""))
            for author, entry in folded.notes.items()
        ],
    )
    con.execute("DELETE FROM flag WHERE claim = ?", (id_,))
    con.executemany(
        "INSERT INTO flag (author, flag, claim, lsn) VALUES (?, ?, ?, ?)",
        [
            (bytes.fromhex(author), flag, id_, lsn_of[entry.id])
            for flag, flags in (("mark", folded.marks), ("aside", folded.aside))
            for author, entry in flags.items()
        ],
    )


@dataclass(frozen=True, slots=True)
class _Linked:
    """An excerpt in force, before it is placed in the current text."""

    id: str
    target: str
    stance: str
    anchor: Anchor
    made_on: str
    author: bytes | None
    lsn: int | None
    note: str


def _excerpts(
    con: Connection, id_: str, folded: Folded, lsn_of: dict[str, int], *, texts_changed: bool
) -> None:
    placed: dict[str, Place] = {}
    if not texts_changed:
        rows = con.execute(
            'SELECT id, start, "end", start_ms, end_ms FROM excerpt WHERE claim = ?', (id_,)
        ).fetchall()
        placed = {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}
    linked = [*_quotations(con, id_), *_links(folded, lsn_of)]
    wanted = {one.target for one in linked if one.id not in placed}
    targets = {target: evidence.target(con, target) for target in wanted}
    con.execute("DELETE FROM excerpt WHERE claim = ?", (id_,))
    for one in linked:
        at = placed[one.id] if one.id in placed else _place(con, targets[one.target], one)
        # One that moved here from another claim may still stand there.
        con.execute(
            "INSERT OR REPLACE INTO excerpt (id, claim, target, stance, exact, prefix, suffix,"
            ' start, "end", start_ms, end_ms, author, lsn, note)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                one.id,
                id_,
                one.target,
                one.stance,
                one.anchor.exact,
                one.anchor.prefix,
                one.anchor.suffix,
                *at,
                one.author,
                one.lsn,
                one.note,
            ),
        )


def _quotations(con: Connection, id_: str) -> list[_Linked]:
    return [
        _Linked(
            row["id"],
            row["target"],
            row["stance"],
            Anchor(row["exact"], row["prefix"], row["suffix"], row["start"], row["end"]),
            row["target_hash"].hex(),
            None,
            None,
            row["note"],
        )
        for row in evidence.quotations(con, id_)
    ]


def _links(folded: Folded, lsn_of: dict[str, int]) -> list[_Linked]:
    return [
        _Linked(
            link.id,
            str(link.data["target"]),
            str(link.data["stance"]),
            Anchor(
                str(link.data["exact"]),
                str(link.data["prefix"]),
                str(link.data["suffix"]),
                int(str(link.data["start"])),
                int(str(link.data["end"])),
            ),
            str(link.data["target_hash"]),
            bytes.fromhex(link.author),
            lsn_of[link.id],
            "",
        )
        for link in folded.links
    ]


def _place(con: Connection, target: Target | None, one: _Linked) -> Place:
    if target is None:
        return NOWHERE
    where: tuple[int, int] | None = (one.anchor.start, one.anchor.end)
    if target.hash != one.made_on:
        before = evidence.text_of_version(con, target.id, one.made_on)
        where = anchors.resolve(target.text, one.anchor, before=before)
    if where is None:
        return NOWHERE
    if isinstance(target, Recording):
        return (*where, *evidence.times_of(target, *where))
    return (*where, None, None)


def evidence_of(con: Connection, current: Claim) -> dict[str, str]:
    """The hash of each text that stands with a claim now, by id."""
    hashes = {id_: evidence.target_hash(con, id_) for id_ in evidence.shown_with(con, current)}
    return {id_: hash_ for id_, hash_ in hashes.items() if hash_ is not None}


def _stale(con: Connection, current: Claim | None, folded: Folded) -> dict[str, str]:
    """Why each standing verdict no longer rests on what its reader saw."""
    if current is None or not folded.standing:
        return {}
    now = evidence_of(con, current)
    reasons = {}
    for entry in folded.standing:
        saw = entry.data.get("saw")
        changed = list(_of_claim(con, current, entry)) if entry.subject != current.hash else []
        if isinstance(saw, dict):
            for id_ in sorted(set(saw) | set(now)):
                new = now.get(id_) or evidence.target_hash(con, id_)
                if saw.get(id_) is None:
                    changed.append(f"{id_} is new")
                elif new != saw[id_]:
                    changed.append(f"{id_} changed")
        if changed:
            reasons[entry.id] = "; ".join(changed)
    return reasons


def _of_claim(con: Connection, current: Claim, verdict: Entry) -> Iterator[str]:
    """What of the claim is not as it was when a verdict was given on it."""
    row = con.execute(
        "SELECT * FROM claim WHERE id = ? AND hash = ? LIMIT 1",
        (current.id, bytes.fromhex(verdict.subject or "")),
    ).fetchone()
    was = evidence.claim_of(row) if row else None
    if was is None or was.text != current.text:
        yield "the claim's wording changed"
        return
    for part in JUDGED:
        if getattr(was, part) != getattr(current, part):
            yield f"the claim's {part} changed"


def _verdicts(
    con: Connection, id_: str, folded: Folded, lsn_of: dict[str, int], stale: dict[str, str]
) -> None:
    con.execute("DELETE FROM verdict WHERE claim = ?", (id_,))
    con.executemany(
        "INSERT INTO verdict (lsn, claim, author, value, standing, stale)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                lsn_of[entry.id],
                id_,
                bytes.fromhex(entry.author),
                str(entry.data["value"]),
                int(stands),
                stale.get(entry.id, ""),
            )
            for entry, stands in folded.verdicts
        ],
    )


def _queue(con: Connection, current: Claim, folded: Folded, stale: set[str]) -> None:
    state, value = state_of(folded, stale)
    excerpts, orphans = con.execute(
        "SELECT count(*), coalesce(sum(start IS NULL), 0) FROM excerpt WHERE claim = ?",
        (current.id,),
    ).fetchone()
    con.execute(
        "INSERT OR REPLACE INTO queue (claim, version, priority, date, state, undecided, verdict,"
        " excerpts, orphans) VALUES"
        " (?1, (SELECT max(version) FROM claim WHERE id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            current.id,
            current.priority,
            current.date,
            state,
            int(state in OPEN_STATES),
            value,
            excerpts,
            orphans,
        ),
    )
    fresh = {e.author for e in folded.standing if e.id not in stale}
    key = (current.priority, current.date, current.id)
    ranks.judge(con, current.id, key, len(fresh) if state is State.DECIDED else 0)
