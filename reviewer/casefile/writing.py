"""Writing evidence that was made ready, by an import or a merge, and deriving what rests on it."""

import json
from collections.abc import Sequence

from reviewer.casefile import derive, evidence
from reviewer.casefile.arrivals import Outcome, Ready
from reviewer.casefile.engine import Connection
from reviewer.casefile.rows import TABLES
from reviewer.model.records import ClaimRecord, RecordingRecord


def write_rows(con: Connection, written: Sequence[Ready]) -> None:
    """Write what is new, a statement a table, each table before those that refer to it."""
    for kind, table in TABLES.items():
        rows = [one for one in written if type(one.record) is kind]
        if not rows:
            continue
        names = ["version", "hash", *rows[0].columns]
        con.executemany(
            f"INSERT INTO {table} ({', '.join(map(_quoted, names))})"
            f" VALUES ({', '.join('?' * len(names))})",
            [(one.version, one.hash, *one.columns.values()) for one in rows],
        )
        if kind is RecordingRecord:
            _write_segments(con, rows)
        elif kind is ClaimRecord:
            con.executemany(
                "INSERT INTO shown_with (claim, version, n, target) VALUES (?, ?, ?, ?)",
                [(o.id, o.version, n, *part) for o in rows for n, part in enumerate(o.parts)],
            )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _write_segments(con: Connection, rows: Sequence[Ready]) -> None:
    con.executemany(
        "INSERT INTO segment (recording, version, n, start_ms, end_ms, speaker, text, translation)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((o.id, o.version, n, *part[:5]) for o in rows for n, part in enumerate(o.parts)),
    )
    con.executemany(
        "INSERT INTO oddity (recording, version, n, note) VALUES (?, ?, ?, ?)",
        (
            (o.id, o.version, n, *part[5:])
            for o in rows
            for n, part in enumerate(o.parts)
            if len(part) > evidence.SEGMENT_PARTS
        ),
    )


def derive_from(con: Connection, written: Sequence[Ready]) -> set[str]:
    """Derive the state of every claim that new evidence touches.

    Returns:
        Those of them that had a history.
    """
    claims = [one for one in written if one.table == "claim"]
    touched = {one.id for one in claims}
    fresh = {
        one.id: (one.version, one.columns["priority"], one.columns["date"])
        for one in claims
        if one.outcome is Outcome.NEW
    }
    moved = [one.id for one in written if one.table == "quotation"]
    if moved:
        # An excerpt may have stood on another claim before.
        rows = con.execute(
            "SELECT DISTINCT claim FROM quotation WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(moved),),
        ).fetchall()
        touched.update(row[0] for row in rows)
        for row in rows:
            fresh.pop(row[0], None)
    targets = [one for one in written if one.table in ("statement", "recording")]
    on = derive.claims_on(
        con, [t.id for t in targets], judged=any(t.outcome is not Outcome.NEW for t in targets)
    )
    simple = derive.fresh_claims(con, fresh)
    known = (touched | on) - simple
    derive.claims(con, sorted(known), texts_changed=True)
    return known
