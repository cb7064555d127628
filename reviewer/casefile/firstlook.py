"""The first look at a case file that this device does not know, by a process with limits.

What it finds wrong is said before the file is opened as any other. It looks at the schema, the
pages, and the size of what lies in them; nothing that the file defines is run.
"""

import contextlib
import threading
from collections.abc import Sequence
from pathlib import Path

from reviewer.casefile import engine, limited, schema
from reviewer.casefile.engine import Connection, sqlite3
from reviewer.casefile.opening import look_at_header
from reviewer.model.errors import CaseError, ReadOnlyError

LIMITS = limited.Limits(written=16 << 20, cpu_s=30, wall_s=30)
"""It writes nothing but SQLite's index of a log that it reads, where there is one."""
LARGEST = 64 << 20
"""No value of a case is larger, in bytes; no file to import is."""
SECONDS = 3.0
"""A large case is looked through for so long; what was not seen by then is seen as it is read."""
HELD = (
    *("source", "statement", "recording", "segment", "claim", "rating", "quotation"),
    *("entry", "payload", "attest", "note", "excerpt"),
)


def look(path: Path) -> None:
    """Have a case file looked at from afar.

    Raises:
        CaseError: it is no case, is damaged, or holds what no case does.
    """
    look_at_header(path)
    # Only a slow disk, and a SQLite that cannot be interrupted, take longer than `SECONDS`.
    with contextlib.suppress(limited.TooLongError):
        limited.run(__name__, path, limits=LIMITS)


def main(arguments: Sequence[str]) -> None:
    """Look at the file that is named; within the process with limits.

    Raises:
        CaseError: what is wrong with it.
    """
    path = Path(arguments[0])
    log = path.with_name(path.name + "-wal")
    beside = log.is_file() and log.stat().st_size > 0
    try:
        with engine.sentences(path):
            # Without a log nothing need be made beside the file to read it.
            con = engine.connect(path, readonly=True, immutable=not beside)
            con.execute("PRAGMA query_only = ON")
            schema.refuse_foreign(con, path)
            _look_through(con, path)
    except ReadOnlyError:
        # A write that was broken off must be taken back before anybody can read the file, and
        # here nothing may be written: it is looked at as it is opened.
        return


def _look_through(con: Connection, path: Path) -> None:
    timer = threading.Timer(SECONDS, con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        (said,) = con.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(said)
        here = {row[0] for row in con.execute("SELECT name FROM sqlite_schema").fetchall()}
        for table in HELD:
            if table in here:
                _refuse_large(con, path, table)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
    finally:
        timer.cancel()


def _refuse_large(con: Connection, path: Path, table: str) -> None:
    names = [row[1] for row in con.execute(f"PRAGMA table_info({table})").fetchall()]
    # The size stands at a row's beginning: what it holds is not read, where SQLite can do that.
    newer = sqlite3.sqlite_version_info >= (3, 43)
    size = "octet_length({0})" if newer else "length(CAST({0} AS BLOB))"
    sizes = ", ".join(f"coalesce({size.format(_quoted(name))}, 0)" for name in names)
    row = con.execute(
        f"SELECT max({sizes}) AS size FROM {table} WHERE size > ? LIMIT 1", (LARGEST,)
    ).fetchone()
    if row is not None:
        raise CaseError(
            f"{path} holds a value of {row['size'] >> 20} MB where none of a case is larger than"
            f" {LARGEST >> 20} MB: it is damaged, or made to harm. Nothing in it was opened."
        )


def _quoted(name: str) -> str:
    return f'"{name}"'
