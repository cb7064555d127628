"""The rows of the state of claims: acts, notes, findings, verdicts, the queue."""

import json
from collections.abc import Mapping, Sequence

from reviewer.casefile import gathered, placing, rank_counts
from reviewer.casefile.engine import Connection
from reviewer.casefile.gathered import Claims, Counted, Gathered
from reviewer.model.blind import asks_for_another, openly
from reviewer.model.claims import State
from reviewer.model.fold import state_of

PUT_IN_QUEUE = (
    "INSERT INTO queue (claim, version, priority, date, state, undecided, verdict, excerpts,"
    " orphans) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (claim) DO UPDATE SET"
    " version = excluded.version, priority = excluded.priority, date = excluded.date,"
    " state = excluded.state, undecided = excluded.undecided, verdict = excluded.verdict,"
    " excerpts = excluded.excerpts, orphans = excluded.orphans"
)
OPEN_STATES = ("new", "in_review", "set_aside", "reopened", "needs_second")
Stale = Mapping[str, Mapping[str, str]]
"""Why verdicts are stale: of each claim, by the id of the entry."""


def write(con: Connection, found: Claims, stale: Stale) -> list[tuple[Counted | None, Counted]]:
    """Write the state of claims in place of the one that they had.

    Returns:
        How each was counted in the queue, and how it is to be.
    """
    _forget(con, [one.id for one in found.of.values() if not one.fresh])
    _write_acts(con, found)
    _write_notes_and_flags(con, found)
    _write_findings(con, found)
    _write_blind(con, found, stale)
    placing.write_excerpts(con, found)
    _write_verdicts(con, found, stale)
    return _write_queue(con, found, stale)


def _forget(con: Connection, ids: Sequence[str]) -> None:
    said = json.dumps(list(ids))
    for table in ("note", "flag", "verdict", "finding", "excerpt", "blind", "waiting"):
        con.execute(f"DELETE FROM {table} WHERE claim {gathered.GIVEN}", (said,))


def _write_acts(con: Connection, found: Claims) -> None:
    changed: list[tuple[int, int]] = []
    for one in found.of.values():
        for act in one.acts:
            undo = one.folded.undone.get(act.entry.id)
            now = act.undone if act.undone < 0 else (one.lsn_of[undo.id] if undo else 0)
            if now != act.undone:
                changed.append((now, act.lsn))
    con.executemany("UPDATE act SET undone = ? WHERE lsn = ?", changed)


def _write_notes_and_flags(con: Connection, found: Claims) -> None:
    notes, flags = [], []
    for one in found.of.values():
        for author, entry in one.folded.notes.items():
            row = (one.id, bytes.fromhex(author), one.lsn_of[entry.id], entry.words.get("note", ""))
            notes.append(row)
        for flag, entries in (("mark", one.folded.marks), ("aside", one.folded.aside)):
            for author, entry in entries.items():
                flags.append((bytes.fromhex(author), flag, one.id, one.lsn_of[entry.id]))
    con.executemany("INSERT INTO note (claim, author, lsn, text) VALUES (?, ?, ?, ?)", notes)
    con.executemany("INSERT INTO flag (author, flag, claim, lsn) VALUES (?, ?, ?, ?)", flags)


def _write_findings(con: Connection, found: Claims) -> None:
    con.executemany(
        "INSERT INTO finding (lsn, kind, about, key, claim, author) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                *(one.lsn_of[entry.id], entry.kind),
                # An adjudication is about its claim; what another's says may be no text.
                *(str(entry.data.get("about", one.id)), str(entry.data.get("key", ""))),
                *(one.id, bytes.fromhex(entry.author)),
            )
            for one in found.of.values()
            for entry in (*one.folded.findings, *one.folded.adjudications)
        ],
    )


def _write_blind(con: Connection, found: Claims, stale: Stale) -> None:
    claims_ = [one for one in found.of.values() if one.blind]
    con.executemany("INSERT INTO blind (claim) VALUES (?)", [(one.id,) for one in claims_])
    con.executemany(
        "INSERT INTO waiting (author, priority, date, claim) VALUES (?, ?, ?, ?)",
        [
            (bytes.fromhex(author), one.current["priority"], one.current["date"], one.id)
            for one in claims_
            if one.current is not None
            for author in {e.author for e in one.folded.standing if e.id not in stale[one.id]}
        ],
    )


def _write_verdicts(con: Connection, found: Claims, stale: Stale) -> None:
    con.executemany(
        "INSERT INTO verdict (lsn, claim, author, value, standing, stale)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                one.lsn_of[entry.id],
                one.id,
                bytes.fromhex(entry.author),
                str(entry.data["value"]),
                int(stands),
                stale[one.id].get(entry.id, ""),
            )
            for one in found.of.values()
            for entry, stands in one.folded.verdicts
        ],
    )


def _state(one: Gathered, stale: set[str]) -> tuple[State, str]:
    if not one.blind:
        return state_of(one.folded, stale)
    folded = openly(act.entry for act in one.acts)
    state, _ = state_of(folded, set())
    if state in (State.NEW, State.IN_REVIEW) and asks_for_another(folded):
        state = State.NEEDS_SECOND
    return state, ""


def _write_queue(
    con: Connection, found: Claims, stale: Stale
) -> list[tuple[Counted | None, Counted]]:
    held = [one for one in found.of.values() if one.current is not None]
    counts = {
        row[0]: (row[1], row[2])
        for row in con.execute(
            "SELECT claim, count(*), coalesce(sum(start IS NULL), 0) FROM excerpt"
            f" WHERE claim {gathered.GIVEN} GROUP BY claim",
            (json.dumps([one.id for one in held]),),
        ).fetchall()
    }
    rows, judged, counted = [], [], []
    for one in held:
        current = one.current
        if current is None:
            continue
        state, value = _state(one, set(stale[one.id]))
        key = (current["priority"], current["date"], one.id)
        about = (one.id, current["version"], *key[:2])
        is_open = int(state in OPEN_STATES)
        rows.append((*about, state, is_open, value, *counts.get(one.id, (0, 0))))
        fresh = {e.author for e in one.folded.standing if e.id not in stale[one.id]}
        judged.append((key, len(fresh) if state is State.DECIDED else 0))
        class_ = state.value
        if state is State.DECIDED:
            class_ = "several" if len(fresh) > 1 else "once"
        counted.append((one.counted, (key, class_)))
    con.executemany(PUT_IN_QUEUE, rows)
    rank_counts.judge(con, judged)
    return counted
