"""Making a case file's schema, bringing an older one up to date, refusing a foreign one."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.casefile import ranks
from reviewer.casefile.engine import Connection, sqlite3
from reviewer.model.errors import CaseError
from reviewer.shipped import shipped

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x0FB1EDED
VERSION = 2
SINCE_2 = re.compile(
    r"(?:sqlite_autoindex_)?(?:oddity|rating|file|brought|judged|fence|queue_newest|search)(?:_.*)?"
)
"""The names of what came into the schema with version 2."""
BOOKKEEPING = "_sqlite_migrations"
STATISTICS = {
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
# A quoted part, which stays as it is, or what stands between the words of a statement.
QUOTED_OR_GAP = re.compile(
    r"""('(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\])|(?:--[^\n]*|/\*.*?\*/|[ \t\n\f\r])+""",
    re.DOTALL,
)


MADE = re.compile(r"^CREATE (?:VIRTUAL )?(?:TABLE|INDEX|TRIGGER) (\w+)", re.MULTILINE)


def statements(script: str) -> list[str]:
    """The statements of an SQL script, one by one, so that they fit into a transaction."""
    parts = []
    begin = 0
    at = script.find(";")
    while at >= 0:
        part = script[begin : at + 1]
        if sqlite3.complete_statement(part):
            parts.append(part.strip())
            begin = at + 1
        at = script.find(";", at + 1)
    return parts


@cache
def migrations() -> "Migrations":
    """The numbered steps that make or update a schema; a released one is never edited."""
    from sqlite_utils import Migrations

    steps = Migrations("reviewer")

    @steps()
    def m001_first(db: "Database") -> None:
        for statement in statements(shipped("schema.sql").read_text(encoding="utf-8")):
            db.execute(statement)

    @steps()
    def m002_ratings_and_files(db: "Database") -> None:
        # A new file has them from the first step already.
        held = {row[0] for row in db.execute("SELECT name FROM sqlite_schema").fetchall()}
        for statement in statements(shipped("schema.sql").read_text(encoding="utf-8")):
            made = MADE.search(statement)
            if made and SINCE_2.fullmatch(made[1]) and made[1] not in held:
                db.execute(statement)
        ranks.judge_all(db.conn)
        ranks.rebuild(db.conn)
        db.execute("PRAGMA user_version = 2")

    return steps


def bring_up_to_date(con: Connection, path: Path) -> None:
    """Make the schema, or update an older one, in transactions that hold or leave no trace.

    Raises:
        CaseError: what the file says was done to it was not.
    """
    from sqlite_utils import Database

    migrations().apply(Database(con))
    if con.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        raise _changed(path)
    refuse_foreign(con, path)


def refuse_other_program(application: int, path: Path) -> None:
    """Check the mark in a database's header that says whose it is.

    Raises:
        CaseError: it is another program's.
    """
    if application != APPLICATION_ID:
        raise CaseError(
            f"{path} is another program's database, not a case. Make a case with: reviewer new CASE"
        )


def refuse_foreign(con: Connection, path: Path) -> None:
    """Check that this is a case file of ours before anything in it is used.

    Raises:
        CaseError: another program's database, a newer schema, or a changed one.
    """
    (application,) = con.execute("PRAGMA application_id").fetchone()
    (version,) = con.execute("PRAGMA user_version").fetchone()
    refuse_other_program(application, path)
    if version > VERSION:
        raise CaseError(
            f"{path} was written by a newer reviewer (schema {version}, this one knows"
            f" {VERSION}); update the program to open it."
        )
    if not 1 <= version <= VERSION or _shape(con) != _our_shape(version):
        raise _changed(path)


def _changed(path: Path) -> CaseError:
    return CaseError(
        f"{path} has been changed by another program: its tables are not a case's."
        " Nothing in it was run; go back to a backup of it."
    )


def _shape(con: Connection) -> frozenset[tuple[str, str, str]]:
    rows = con.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"
    ).fetchall()
    return frozenset(
        (kind, name, QUOTED_OR_GAP.sub(lambda found: found[1] or " ", sql).strip())
        for kind, name, table, sql in rows
        if not (table == BOOKKEEPING and kind in ("table", "index")) and sql not in STATISTICS
    )


@cache
def _our_shape(version: int) -> frozenset[tuple[str, str, str]]:
    """What stands in a case of a version of the schema."""
    con = sqlite3.connect(":memory:")
    con.executescript(shipped("schema.sql").read_text(encoding="utf-8"))
    shape = _shape(con)
    con.close()
    return frozenset(one for one in shape if version >= 2 or not SINCE_2.fullmatch(one[1]))
