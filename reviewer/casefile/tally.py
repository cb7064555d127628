"""How many verdicts stand, of which value, whose, of which day: kept count of, not walked.

What must hold: the counts follow from the verdicts alone; a count of nothing has no row.
"""

import json
from collections import Counter
from collections.abc import Sequence

from reviewer.casefile.engine import Connection

DAY_MS = 86_400_000
KEY = ("author", "value", "day", "stale")
STANDING = (
    "SELECT v.author, v.value,"
    f" CAST(json_extract(CAST(entry.body AS TEXT), '$.t') AS INTEGER) / {DAY_MS} AS day,"
    " v.stale <> '' AS stale FROM verdict AS v JOIN entry ON entry.lsn = v.lsn WHERE v.standing"
    " AND NOT EXISTS (SELECT 1 FROM blind WHERE blind.claim = v.claim)"
)
"""The verdicts in force, as they are counted: none that is read blind; the day is UTC's."""

Counted = Counter[tuple[object, ...]]


def day_of(at: int) -> int:
    """The day of a time in ms UTC, in days since 1970."""
    return at // DAY_MS


def standing(con: Connection, claims: Sequence[str]) -> Counted:
    """The verdicts in force on claims, as they are counted."""
    rows = con.execute(
        f"{STANDING} AND v.claim IN (SELECT value FROM json_each(?))", (json.dumps(claims),)
    ).fetchall()
    return Counter(tuple(row[name] for name in KEY) for row in rows)


def change(con: Connection, was: Counted, now: Counted) -> None:
    """Count verdicts that stand `now` instead of those that did."""
    steps = {key: now[key] - was[key] for key in was.keys() | now.keys() if now[key] != was[key]}
    con.executemany(
        "INSERT INTO tally (author, value, day, stale, n) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET n = n + excluded.n",
        [(*key, step) for key, step in steps.items()],
    )
    con.executemany(
        "DELETE FROM tally WHERE author = ? AND value = ? AND day = ? AND stale = ? AND n = 0",
        [key for key, step in steps.items() if step < 0],
    )


def rebuild(con: Connection) -> None:
    """Count every verdict anew."""
    con.execute("DELETE FROM tally")
    con.execute(
        "INSERT INTO tally (author, value, day, stale, n)"
        f" SELECT author, value, day, stale, count(*) FROM ({STANDING}) GROUP BY 1, 2, 3, 4"
    )
