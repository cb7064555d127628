"""What is to know of SQLite here and of a case file's condition."""

import stat
from dataclasses import dataclass

from reviewer.casefile import engine
from reviewer.casefile.case import CaseFile

PROBLEMS = 10


@dataclass(frozen=True, slots=True)
class EngineReport:
    """Which SQLite writes cases here, how, and why so."""

    module: str
    version: str
    journal: str
    synchronous: str
    why: str


@dataclass(frozen=True, slots=True)
class CaseReport:
    """A case file's condition. `problems` are the first that SQLite finds, if any."""

    title: str
    schema: int
    journal: str
    permissions: str
    private: bool
    readonly: bool
    size: int
    claims: int
    entries: int
    problems: tuple[str, ...]


def engine_report() -> EngineReport:
    """Which SQLite is used and which journal mode that allows."""
    journal, synchronous = engine.journal_mode()
    why = (
        "this SQLite may write-ahead while several programs write"
        if engine.wal_is_safe()
        else "write-ahead logs of a SQLite before 3.51.3 can be corrupted by two writers;"
        " install pysqlite3 for a newer one"
    )
    return EngineReport(
        module=engine.sqlite3.__name__,
        version=engine.sqlite3.sqlite_version,
        journal=journal,
        synchronous=synchronous,
        why=why,
    )


def case_report(case: CaseFile) -> CaseReport:
    """Look a case file over, page by page.

    Raises:
        CaseError: it is too damaged for that.
    """
    with case.read() as con:
        (schema,) = con.execute("PRAGMA user_version").fetchone()
        (journal,) = con.execute("PRAGMA journal_mode").fetchone()
        # Walked, as the pages below are: what is kept count of may itself be what is damaged.
        (claims,) = con.execute("SELECT count(*) FROM queue").fetchone()
        (entries,) = con.execute("SELECT count(*) FROM entry").fetchone()
        found = [row[0] for row in con.execute(f"PRAGMA quick_check({PROBLEMS})").fetchall()]
        status = case.path.stat()
        mode = stat.S_IMODE(status.st_mode)

    return CaseReport(
        title=case.about().title,
        schema=schema,
        journal=journal.upper(),
        permissions=f"{mode:04o}",
        private=not mode & 0o077,
        readonly=case.readonly,
        size=status.st_size,
        claims=claims,
        entries=entries,
        problems=tuple(str(problem) for problem in found if problem != "ok"),
    )
