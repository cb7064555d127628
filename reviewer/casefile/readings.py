"""What several readers said of the same claims, as far as one reader may know it."""

from reviewer.casefile import ranks
from reviewer.casefile.engine import Connection
from reviewer.model.agreement import Reading
from reviewer.model.naming import author_of, shown_name

READINGS = """
SELECT v.claim, v.author, reader.name, v.value, entry.lamport, entry.id,
       json_extract(CAST(entry.body AS TEXT), '$.d.blind') IS 1 AS blind
FROM {several} AS s
CROSS JOIN verdict AS v ON v.claim = s.claim
CROSS JOIN entry ON entry.lsn = v.lsn
LEFT JOIN reader ON reader.author = v.author
WHERE {where} AND v.standing AND v.stale = ''
  AND (v.author = :me OR NOT EXISTS (SELECT 1 FROM blind WHERE blind.claim = v.claim))
"""
# Two indexes know the claims with several readers' verdicts; who has none walks through nothing.
QUERIES = (
    READINGS.format(several="judged", where="s.several = 1"),
    READINGS.format(several="queue", where="s.state IN ('in_conflict', 'adjudicated')"),
)


def readings(con: Connection, reader: str) -> list[Reading]:
    """The verdicts in force of several readers on one claim, oldest first.

    Those that are stale are left out: they were given on another text than the others'. So are
    those of others on a claim that is still to be read blind.

    Args:
        con: the connection.
        reader: who wants to know.
    """
    me = {"me": author_of(reader)}
    rows = [row for query in QUERIES for row in con.execute(query, me).fetchall()]
    rows.sort(key=lambda row: (row["lamport"], row["id"]))
    return [
        Reading(
            claim=row["claim"],
            reader=shown_name(row["author"], row["name"]),
            value=row["value"],
            blind=bool(row["blind"]),
        )
        for row in rows
    ]


def count(con: Connection) -> int:
    """About how many claims several readers have judged: as they are counted in the queue."""
    classes = ranks.before(con, ranks.PRIORITY, ranks.PRIORITY.end)
    return sum(classes[name] for name in ("several", "in_conflict", "adjudicated"))
