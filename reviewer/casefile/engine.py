"""Which SQLite is used, how it is told to write, and what its errors mean to a person.

Saved means committed to the disk: `synchronous=FULL` in WAL, `EXTRA` in TRUNCATE, never
less (https://sqlite.org/pragma.html#pragma_synchronous). WAL only where SQLite has the fix
for the WAL-reset bug (https://sqlite.org/wal.html): older ones can corrupt a file that two
processes write and checkpoint; and only on a file system that is this machine's own.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from reviewer.casefile.disk import LOCAL, kind_of
from reviewer.casefile.sharing import open_lock
from reviewer.model.errors import (
    CaseBusyError,
    CaseError,
    ReadOnlyError,
    ReviewerError,
    StoppedError,
    UsageError,
)

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import pysqlite3 as sqlite3
    except ImportError:
        import sqlite3

__all__ = [
    "PATIENCE_S",
    "Connection",
    "DamagedError",
    "Row",
    "begin",
    "connect",
    "journal_mode",
    "lock",
    "rung",
    "sentences",
    "sqlite3",
]

Connection = sqlite3.Connection
Row = sqlite3.Row


class DamagedError(sqlite3.DatabaseError):
    """A row that SQLite finds sound and no reviewer wrote: damage, or a stranger's doing."""


WAL_FIXED = (3, 51, 3)
WAL_FIXED_BRANCHES = {(3, 50): 7, (3, 44): 6}
PATIENCE_S = 5.0
RETRY_S = 0.02
ASK_AGAIN_S = 0.002
"""Short beside what a write takes: who waits must not be passed by who comes later."""
SHARED_INDEX_SIZE = 32768
SAID = 160
"""As much of SQLite's own words as a sentence holds: it may quote what lies in the file."""


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite has the fix for the WAL-reset bug."""
    branch = WAL_FIXED_BRANCHES.get((version[0], version[1]))
    return version >= WAL_FIXED or (branch is not None and version[2] >= branch)


def journal_mode(path: Path | None = None) -> tuple[str, str]:
    """The journal mode and the synchronous level to use for a file, as SQLite calls them."""
    local = path is None or kind_of(path) in LOCAL
    return ("WAL", "FULL") if wal_is_safe() and local else ("TRUNCATE", "EXTRA")


def connect(path: Path, *, readonly: bool, immutable: bool = False) -> Connection:
    """A connection that trusts nothing in the file and begins no transaction by itself."""
    mode = "ro" if readonly else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"
    con = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE_S)
    con.row_factory = sqlite3.Row
    con.execute("PRAGMA trusted_schema = OFF")
    con.execute("PRAGMA cell_size_check = ON")
    con.execute("PRAGMA mmap_size = 0")
    con.execute("PRAGMA foreign_keys = ON")
    # Without it INSERT OR REPLACE deletes a row past the triggers that forbid it.
    con.execute("PRAGMA recursive_triggers = ON")
    # SQLite's own lower() knows ASCII alone.
    con.create_function("fold", 1, _fold, deterministic=True)
    # Which claims are fences of the queue (see `ranks`): a hash that SQLite does not have.
    con.create_function("rung", 1, rung, deterministic=True)
    return con


def _fold(text: object) -> str:
    return str(text).casefold()


FENCES = {1: 256, 2: 8192}
"""Of so many claims one or so is a fence of each level."""


def rung(id_: object) -> int:
    """The highest level on which a claim is a fence of the queue, or 0."""
    # Checksums of ids that count up fall into rows, and fences far apart.
    digest = hashlib.blake2b(str(id_).encode("utf-8", "surrogatepass"), digest_size=4).digest()
    hashed = int.from_bytes(digest, "big")
    return max((level for level, every in FENCES.items() if hashed % every == 0), default=0)


def prepare_to_write(con: Connection, path: Path) -> None:
    """Set the journal mode, and make an acknowledged commit one that survives a power cut."""
    journal, synchronous = journal_mode(path)
    con.execute(f"PRAGMA journal_mode = {journal}")
    con.execute(f"PRAGMA synchronous = {synchronous}")
    con.execute("PRAGMA secure_delete = ON")


@contextlib.contextmanager
def passing(con: Connection) -> Iterator[None]:
    """What is committed within need not outlive a power cut, and waits for no disk.

    In the write-ahead log such a commit is as whole as any other, and the next lasting one takes
    it to the disk (https://www.sqlite.org/pragma.html#pragma_synchronous); in another journal
    it is like every other.
    """
    (journal,) = con.execute("PRAGMA journal_mode").fetchone()
    if journal != "wal":
        yield
        return
    (lasting,) = con.execute("PRAGMA synchronous").fetchone()
    con.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        con.execute(f"PRAGMA synchronous = {lasting}")


def begin(con: Connection, patience: float | None = None) -> None:
    """Begin to write. Another program than ours may hold the file without our lock.

    Asked again and again here, since no signal is heard while SQLite itself waits.
    """
    until = _until(patience)
    con.execute(f"PRAGMA busy_timeout = {RETRY_S * 1000:.0f}")
    try:
        while True:
            try:
                con.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
            else:
                return
    finally:
        con.execute(f"PRAGMA busy_timeout = {PATIENCE_S * 1000:.0f}")


@contextlib.contextmanager
def lock(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock beside a case file, so that writers and checkpoints take turns.

    Raises:
        CaseBusyError: where another program holds it for longer than `patience`, in seconds;
            without one, than is usual.
        ReadOnlyError: where the lock file cannot be made.
    """
    try:
        handle = open_lock(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        _wait_for(handle, path, patience)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, path: Path, patience: float | None) -> None:
    until = _until(patience)
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise CaseBusyError(
                    f"Another program is writing {path}; nothing was recorded, try again."
                ) from None
            time.sleep(ASK_AGAIN_S)
        else:
            return


def _until(patience: float | None) -> float:
    return time.monotonic() + (PATIENCE_S if patience is None else patience)


def cannot_write(path: Path, error: OSError) -> CaseError:
    """What to say where a file beside or under `path` cannot be written."""
    if error.errno == errno.ENOSPC:
        return CaseError(
            f"The disk that holds {path} is full; nothing was recorded."
            " Free some space and try again."
        )
    return ReadOnlyError(
        f"{path} cannot be written ({error.strerror}); copy it to a folder of your own,"
        " or open it with --readonly."
    )


@contextlib.contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors about `path` into sentences with a remedy.

    Raises:
        CaseError: or one of its kinds.
        StoppedError: it was interrupted.
        UsageError: for text that has no bytes.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except UnicodeEncodeError as error:
        raise UsageError(
            "Half a character (a lone surrogate) can be neither looked for nor recorded;"
            " type the text again."
        ) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _sentence(path, error) from error
    except OSError as error:
        raise cannot_write(path, error) from error


def free_space(path: Path) -> int | None:
    """The bytes that are free on the disk that holds a file, where that can be told."""
    try:
        disk = os.statvfs(path.resolve().parent)
    except OSError:
        return None
    return disk.f_bavail * disk.f_frsize


def _no_room(path: Path) -> bool:
    # Where there is no room for its own index SQLite speaks of a failure, not of a full disk.
    free = free_space(path)
    return free is not None and free < SHARED_INDEX_SIZE


def is_disk_fault(error: BaseException) -> bool:
    """Whether the disk failed to read or write; where it is full SQLite knows what stands."""
    return isinstance(error, sqlite3.OperationalError) and "I/O" in str(error)


def _sentence(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> ReviewerError:
    said = " ".join(str(error).split())
    if isinstance(error, sqlite3.OperationalError) and said == "interrupted":
        return StoppedError("It was stopped before its end.")
    failed = isinstance(error, sqlite3.OperationalError) and "I/O" in said
    if "disk is full" in said or "disk full" in said or (failed and _no_room(path)):
        return cannot_write(path, OSError(errno.ENOSPC, "no space left"))
    if "readonly" in said or "unable to open" in said:
        return cannot_write(path, OSError(errno.EACCES, "read-only"))
    if "locked" in said or "busy" in said:
        return CaseBusyError(f"Another program is writing {path}; try again.")
    if "not a database" in said or "encrypted" in said:
        return CaseError(f"{path} is not a case file. Make one with: reviewer new CASE")
    if failed:
        return CaseError(
            f"The disk that holds {path} failed ({said}); nothing was recorded."
            " Save a copy elsewhere with: reviewer backup"
        )
    return CaseError(
        f"{path} is damaged ({said[:SAID]}). Go back to a backup of it, or bring back what is"
        " whole in it with: reviewer rescue"
    )
