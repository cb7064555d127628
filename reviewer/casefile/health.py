"""What is to know of SQLite here and of a case file's condition."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.casefile import engine
from reviewer.casefile.case import CaseFile
from reviewer.casefile.disk import LITTLE, Disk, disk_of

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
    """A case file's condition. `problems` are the first that SQLite finds, if any.

    `why` is the reason for the journal mode; `free` and `size` are bytes.
    """

    title: str
    schema: int
    journal: str
    why: str
    file_system: str
    free: int
    permissions: str
    private: bool
    readonly: bool
    size: int
    claims: int
    entries: int
    warnings: tuple[str, ...]
    problems: tuple[str, ...]


def _why(disk: Disk | None = None) -> str:
    """Why a journal mode is used."""
    if not engine.wal_is_safe():
        return (
            "write-ahead logs of a SQLite before 3.51.3 can be corrupted by two writers;"
            " install pysqlite3 for a newer one"
        )
    if disk is not None and not disk.local:
        return (
            f"write-ahead logs work on a machine's own file systems alone, and this is {disk.kind}"
        )
    return "this SQLite may write-ahead while several programs write"


def _warnings(disk: Disk, mode: int) -> Iterator[str]:
    if not disk.local:
        yield (
            f"the case lies on {disk.kind}: let no two hosts write it; give each its own copy, or"
            " move it to a disk of this machine"
        )
    if disk.free < LITTLE:
        yield f"only {disk.free // 1_000_000} MB are free on its disk; make room before you go on"
    if mode & 0o007:
        yield "everybody on this machine may reach it; say: chmod o= CASE"


def engine_report() -> EngineReport:
    """Which SQLite is used and which journal mode that allows."""
    journal, synchronous = engine.journal_mode()
    return EngineReport(
        module=engine.sqlite3.__name__,
        version=engine.sqlite3.sqlite_version,
        journal=journal,
        synchronous=synchronous,
        why=_why(),
    )


def case_report(case: CaseFile) -> CaseReport:
    """Look a case file over, page by page.

    Raises:
        CaseError: it is too damaged for that.
    """
    disk = disk_of(case.path)
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
        why=_why(disk),
        file_system=f"{disk.kind}, {'local' if disk.local else 'perhaps a network'}",
        free=disk.free,
        permissions=f"{mode:04o}",
        private=not mode & 0o077,
        readonly=case.readonly,
        size=status.st_size,
        claims=claims,
        entries=entries,
        warnings=tuple(_warnings(disk, mode)),
        problems=tuple(str(problem) for problem in found if problem != "ok"),
    )
