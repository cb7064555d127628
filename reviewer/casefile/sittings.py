"""What a reader did of late, and what waits in the case: for the summary of a sitting."""

from reviewer.casefile import ranks, tally
from reviewer.casefile.engine import Connection
from reviewer.model.naming import author_of
from reviewer.model.summary import Done, Left

MOST = 20_000
"""So many acts of a sitting are looked at."""
ACTS = """
SELECT entry.kind, act.claim, coalesce(verdict.value, '') AS value,
       CAST(json_extract(CAST(entry.body AS TEXT), '$.t') AS INTEGER) AS at
FROM act JOIN entry ON entry.lsn = act.lsn
LEFT JOIN verdict ON verdict.lsn = act.lsn AND verdict.standing
WHERE act.author = :me AND act.undone = 0 AND act.lsn > :behind
ORDER BY act.lsn DESC LIMIT :most
"""


def acts(con: Connection, reader: str, behind: int = 0) -> list[Done]:
    """The acts of a reader that are in force, oldest first; the newest where they are too many.

    Args:
        con: the connection.
        reader: whose.
        behind: only what was recorded in this file behind the entry of this number.
    """
    given = {"me": author_of(reader), "behind": behind, "most": MOST}
    rows = con.execute(ACTS, given).fetchall()
    return [Done(row["kind"], row["claim"], row["value"], row["at"]) for row in reversed(rows)]


def left(con: Connection, reader: str) -> Left:
    """What waits: added up from what is counted already."""
    classes = ranks.before(con, ranks.PRIORITY, ranks.PRIORITY.end)
    (orphans,) = con.execute(
        "SELECT coalesce(sum(orphans), 0) FROM queue WHERE orphans > 0"
    ).fetchone()
    (stale,) = con.execute(
        "SELECT coalesce(sum(n), 0) FROM tally WHERE author = ? AND stale", (author_of(reader),)
    ).fetchone()
    states = {name: n for name, n in classes.items() if name not in ("once", "several")}
    return Left(states, once=classes["once"], stale=stale, orphans=orphans)


def by_day(con: Connection, reader: str, now_ms: int, days: int) -> tuple[tuple[int, int], ...]:
    """How many of a reader's verdicts that stand were given on each of the last days."""
    today = tally.day_of(now_ms)
    rows = con.execute(
        "SELECT day, sum(n) FROM tally WHERE author = ? AND day > ? AND day <= ? GROUP BY day",
        (author_of(reader), today - days, today),
    ).fetchall()
    found = {row[0]: row[1] for row in rows}
    return tuple((day, found.get(day, 0)) for day in range(today - days + 1, today + 1))
