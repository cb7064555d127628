"""What a reader did of late, and what waits in the case: for the summary of a sitting."""

from collections import Counter

from reviewer.casefile import ranks, tally, views
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
COUNTED = (
    "SELECT day, sum(n) FROM tally WHERE author = :me AND day > :after AND day <= :today"
    " GROUP BY day"
)
# Those that wait for a second reading are counted for nobody but their writer.
BLIND = (
    f"SELECT CAST(json_extract(CAST(entry.body AS TEXT), '$.t') AS INTEGER) / {tally.DAY_MS}"
    " FROM waiting CROSS JOIN verdict ON verdict.claim = waiting.claim"
    " AND verdict.author = waiting.author AND verdict.standing"
    " CROSS JOIN entry ON entry.lsn = verdict.lsn WHERE waiting.author = :me"
)


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


def left(con: Connection, reader: str, now_ms: int) -> Left:
    """What waits, as this reader may know it: added up from what is counted already."""
    status = views.status(con, reader, now_ms)
    (stale,) = con.execute(
        "SELECT coalesce(sum(n), 0) FROM tally WHERE author = ? AND stale", (author_of(reader),)
    ).fetchone()
    return Left(
        undecided=status.undecided,
        states=status.states,
        waiting=status.waiting,
        once=ranks.before(con, ranks.PRIORITY, ranks.PRIORITY.end)["once"],
        stale=stale,
        orphans=status.orphans,
    )


def by_day(con: Connection, reader: str, now_ms: int, days: int) -> tuple[tuple[int, int], ...]:
    """How many of a reader's verdicts that stand were given on each of the last days."""
    today = tally.day_of(now_ms)
    given = {"me": author_of(reader), "after": today - days, "today": today}
    found = Counter(dict(map(tuple, con.execute(COUNTED, given).fetchall())))
    found.update(row[0] for row in con.execute(BLIND, given).fetchall())
    return tuple((day, found[day]) for day in range(today - days + 1, today + 1))
