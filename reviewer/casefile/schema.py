"""Making a case file's schema, bringing an older one up to date, refusing a foreign one."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from reviewer.casefile import rank_counts, search_index, tally
from reviewer.casefile.engine import Connection, sqlite3
from reviewer.model.errors import CaseError
from reviewer.model.versions import numbered
from reviewer.shipped import shipped
from reviewer.text.patterns import compiled

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x0FB1EDED
VERSION = 4
SINCE = {
    2: r"(?:oddity|rating|file|brought|judged|fence|queue_newest|search)(?:_.*)?",
    3: r"lease(?:_holder)?|attest_unchanged|attest_kept|tally|queue_orphans",
    4: r"(?:finding|blind|waiting)(?:_.*)?",
}
"""The names of what came into the schema with each version."""
COLUMNS_SINCE = {4: (("fence", "needs_second"), ("fence", "adjudicated"))}
"""The columns that came into a table with a version."""
VERSIONED = ("source", "statement", "recording", "claim", "rating", "quotation")
PARTS = (("segment", "recording"), ("oddity", "recording"), ("shown_with", "claim"))
"""The tables of parts, and the table of what each is a part of."""
BOOKKEEPING = "_sqlite_migrations"
STATISTICS = {
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
# A quoted part, which stays as it is, or what stands between the words of a statement.
QUOTED_OR_GAP = (
    r"""(?s)('(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\])"""
    r"|(?:--[^\n]*|/\*.*?\*/|[ \t\n\f\r])+"
)


MADE = r"(?m)^CREATE (?:VIRTUAL )?(?:TABLE|INDEX|TRIGGER) (\w+)"


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
        _make_missing(db.conn, 2)
        _without_later_columns(db.conn, 2)
        rank_counts.judge_all(db.conn)
        db.execute("PRAGMA user_version = 2")

    @steps()
    def m003_versions_and_leases(db: "Database") -> None:
        _make_missing(db.conn, 3)
        _number_versions(db.conn)
        db.execute("PRAGMA user_version = 3")

    @steps()
    def m004_findings_and_second_readings(db: "Database") -> None:
        db.execute("DROP TABLE fence")
        _make_missing(db.conn, 2)
        _make_missing(db.conn, 4)
        rank_counts.rebuild(db.conn)
        tally.rebuild(db.conn)
        db.execute("PRAGMA user_version = 4")

    return steps


def _made() -> list[tuple[str, str]]:
    """The name of what each statement of the schema makes, and the statement."""
    script = shipped("schema.sql").read_text(encoding="utf-8")
    made = [(compiled(MADE).search(statement), statement) for statement in statements(script)]
    return [(found[1], statement) for found, statement in made if found]


def made_of(tables: Iterable[str]) -> list[tuple[str, str]]:
    """The statements that make these tables and their indexes, with the name of each."""
    wanted = compiled(rf"(?:{'|'.join(tables)})(?:_\w+)?")
    return [
        (name, statement)
        for name, statement in _made()
        if wanted.fullmatch(name) and "TRIGGER" not in statement.partition("(")[0]
    ]


def _make_missing(con: Connection, version: int) -> None:
    # A new file has them from the first step already.
    held = {row[0] for row in con.execute("SELECT name FROM sqlite_schema").fetchall()}
    for name, statement in _made():
        if compiled(SINCE[version]).fullmatch(name) and name not in held:
            con.execute(statement)


def _without_later_columns(con: Connection, version: int) -> None:
    for since, columns in COLUMNS_SINCE.items():
        for table, column in columns if since > version else ():
            con.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def _number_versions(con: Connection) -> None:
    """Give the versions 1, 2, ... of an older case the numbers that are alike everywhere."""
    if con.execute("SELECT 1 FROM about LIMIT 1").fetchone() is None:
        return
    con.execute("PRAGMA defer_foreign_keys = ON")
    con.create_function("numbered", 2, numbered, deterministic=True)
    tables = (*VERSIONED, *(part for part, _ in PARTS))
    for table in tables:
        con.execute(f"DROP TRIGGER IF EXISTS {table}_unchanged")
    for part, whole in PARTS:
        con.execute(
            f"UPDATE {part} SET version = (SELECT numbered(version, hash) FROM {whole} AS whole"
            f" WHERE whole.id = {part}.{whole} AND whole.version = {part}.version)"
        )
    for table in VERSIONED:
        con.execute(f"UPDATE {table} SET version = numbered(version, hash)")
    con.execute(
        "UPDATE queue SET version = (SELECT max(version) FROM claim WHERE id = queue.claim)"
    )
    search_index.forget(con)
    for name, statement in _made():
        if name in {f"{table}_unchanged" for table in tables}:
            con.execute(statement)


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
    if not 1 <= version <= VERSION or not _is_ours(con, version):
        raise _changed(path)


def _changed(path: Path) -> CaseError:
    return CaseError(
        f"{path} has been changed by another program: its tables are not a case's."
        " Nothing in it was run; go back to a backup of it."
    )


def _is_ours(con: Connection, version: int) -> bool:
    held, ours = _held(con), _ours(version)
    # Most of a case are the very words of our schema: what is not is looked at closely.
    return _shape(held - ours) == _shape(ours - held)


def _held(con: Connection) -> frozenset[tuple[str, str, str]]:
    """What stands in a case: kind, name and statement of each thing, our bookkeeping left out."""
    rows = con.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"
    ).fetchall()
    return frozenset(
        (kind, name, sql)
        for kind, name, table, sql in rows
        if not (table == BOOKKEEPING and kind in ("table", "index")) and sql not in STATISTICS
    )


@cache
def _ours(version: int) -> frozenset[tuple[str, str, str]]:
    """What stands in a case of a version of the schema."""
    con = sqlite3.connect(":memory:")
    con.executescript(shipped("schema.sql").read_text(encoding="utf-8"))
    _without_later_columns(con, version)
    held = _held(con)
    con.close()
    if version == VERSION:
        return held
    later = [rf"(?:sqlite_autoindex_)?(?:{SINCE[n]})" for n in SINCE if n > version]
    return frozenset(
        one for one in held if not any(compiled(name).fullmatch(one[1]) for name in later)
    )


def _shape(held: frozenset[tuple[str, str, str]]) -> frozenset[tuple[str, str, str]]:
    """The same, however the statements are spaced and commented."""
    words = compiled(QUOTED_OR_GAP)
    return frozenset(
        (kind, name, words.sub(lambda found: found[1] or " ", sql).strip())
        for kind, name, sql in held
    )
