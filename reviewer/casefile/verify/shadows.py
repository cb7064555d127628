"""Deriving claims anew, beside the file: what then differs from the rows in it is named.

Nothing is written to the file. Tables of the same names are made in this connection's temporary
database, which stands before the file's own, so that `derive` itself writes there.
"""

import re
from collections.abc import Iterable

import orjson

from reviewer.casefile import derive, schema
from reviewer.casefile.engine import Connection, DamagedError, Row
from reviewer.casefile.verify.findings import Found

DAMAGE = (DamagedError, ValueError, LookupError, TypeError, AttributeError)
"""What deriving from rows that are not ours may come to."""
OF_A_CLAIM = (
    *("act", "verdict", "note", "flag", "finding", "excerpt", "queue", "judged", "blind"),
    *("waiting",),
)


class Shadows:
    """Empty tables of this connection's own, that stand before the file's."""

    def __init__(self, con: Connection, tables: Iterable[str]) -> None:
        self.con = con
        self.tables = tuple(tables)

    def make(self) -> None:
        """Make them."""
        for name, statement in schema.made_of(self.tables):
            # Nothing in a temporary database can refer to the file's entries.
            own = re.sub(r" REFERENCES \w+ \(\w+\)", "", statement)
            self.con.execute(re.sub(rf"(CREATE (?:TABLE|INDEX)) {name}\b", rf"\1 temp.{name}", own))

    def empty(self) -> None:
        """Empty them for the next claims."""
        for table in self.tables:
            self.con.execute(f"DELETE FROM temp.{table}")

    def drop(self) -> None:
        """Take them away: the file's own are seen again."""
        for table in self.tables:
            self.con.execute(f"DROP TABLE temp.{table}")


def compare(con: Connection, found: Found, shadows: Shadows, ids: list[str]) -> None:
    """Derive claims into tables of our own, and compare them with the file's."""
    shadows.empty()
    given = orjson.dumps(ids).decode()
    of_these = "claim IN (SELECT value FROM json_each(?1))"
    con.execute(
        "INSERT INTO temp.act SELECT lsn, author, claim, min(undone, 0) FROM main.act"
        f" WHERE {of_these}",
        (given,),
    )
    _derive(con, found, ids)
    for table in OF_A_CLAIM:
        for claim in sorted({row["claim"] for row in apart(con, table, of_these, given)}):
            differs(found, table, claim)


def _derive(con: Connection, found: Found, ids: list[str]) -> None:
    try:
        derive.claims(con, ids, texts_changed=True, counted=False)
    except DAMAGE as error:
        if len(ids) > 1:
            for id_ in ids:
                _derive(con, found, [id_])
            return
        found.broken("derived", f"nothing can be derived of {ids[0]} ({error})", claim=ids[0])


def apart(con: Connection, table: str, condition: str, *given: str) -> list[Row]:
    """The rows that stand in one of the two tables alone."""
    ours = f"SELECT * FROM temp.{table} WHERE {condition}"
    held = f"SELECT * FROM main.{table} WHERE {condition}"
    return con.execute(
        f"SELECT * FROM ({ours} EXCEPT {held}) UNION ALL SELECT * FROM ({held} EXCEPT {ours})",
        given,
    ).fetchall()


def differs(found: Found, table: str, claim: str) -> None:
    """Name a row that is not what it must be; without a claim it is that of the whole queue."""
    found.broken(
        "derived",
        f"the row of {claim or 'the whole queue'} in {table} is not what ledger and evidence give",
        table=table,
        row=claim,
        claim=claim,
    )
