"""Getting a connection to a case file that has proved to be one, and giving it back."""

from __future__ import annotations

import os
from pathlib import Path

from reviewer.casefile import engine, schema, sharing
from reviewer.casefile.engine import Connection
from reviewer.model.errors import CaseError, ReadOnlyError

SQLITE_MAGIC = b"SQLite format 3\x00"
HEADER_SIZE = 100  # https://sqlite.org/fileformat.html#the_database_header
APPLICATION_ID_AT = slice(68, 72)


def look_at_header(path: Path) -> None:
    """Look at a file's first bytes, without SQLite.

    Raises:
        CaseError: there is no such file, or it is none of a case.
    """
    try:
        if path.is_dir():
            raise CaseError(f"{path} is a folder; name the case file in it.")
        if not path.is_file():
            raise CaseError(f"There is no case at {path}. Make one with: reviewer new {path}")
        with path.open("rb") as file:
            head = file.read(HEADER_SIZE)
    except OSError as error:
        raise CaseError(f"{path} cannot be read ({error.strerror}).") from error
    if len(head) < HEADER_SIZE or not head.startswith(SQLITE_MAGIC):
        raise CaseError(f"{path} is not a case file. Make one with: reviewer new CASE")
    # SQLite would write a crashed program's journal back into the file it opens; the
    # header says without it whose file this is.
    schema.refuse_other_program(int.from_bytes(head[APPLICATION_ID_AT], "big"), path)


def can_be_written(path: Path) -> bool:
    """Whether this account may write a case, for which it must write in its folder too."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def connected(path: Path, *, readonly: bool) -> Connection:
    """A connection to a file that is a case of ours, brought up to date if it may be written.

    Raises:
        CaseError: not a case, another program's, newer, damaged.
        ReadOnlyError: it was left in the middle of a write, which may not be taken back here.
    """
    try:
        with engine.sentences(path):
            con = engine.connect(path, readonly=readonly, immutable=_immutable(path, readonly))
            try:
                _check(con, path, readonly=readonly)
            except BaseException:
                # Beside a stranger's file there is no lock, and none is left there.
                close(con, path, readonly=readonly or not sharing.lock_of(path).exists())
                raise
    except ReadOnlyError as error:
        if not readonly:
            raise
        raise ReadOnlyError(
            f"{path} was left in the middle of a write; open it once where it can be written,"
            " or copy it with the files beside it to a folder of your own."
        ) from error
    return con


def another(path: Path, *, readonly: bool) -> Connection:
    """One more connection to a case that this program has open, and so has looked at.

    Raises:
        CaseError: the file cannot be read.
    """
    with engine.sentences(path):
        con = engine.connect(path, readonly=readonly, immutable=_immutable(path, readonly))
        if not readonly:
            with engine.lock(path):
                engine.prepare_to_write(con, path)
    return con


def close(con: Connection, path: Path, *, readonly: bool) -> None:
    """Close a connection. The last one writes the log back, but not who may only read."""
    if readonly:
        con.close()
        return
    try:
        with engine.lock(path):
            con.close()
    except CaseError:
        # Nothing is lost by closing without the lock: all that was recorded is committed. Who
        # has held it for so long has the file open, and so this one is not the last.
        con.close()


def _immutable(path: Path, readonly: bool) -> bool:
    # In a folder that cannot be written WAL mode cannot make its side files, but then
    # nobody else writes there either, unless a log shows that somebody did.
    real = path.resolve()
    log = real.with_name(real.name + "-wal")
    nothing_in_it = not log.exists() or log.stat().st_size == 0
    return readonly and not os.access(real.parent, os.W_OK) and nothing_in_it


def _check(con: Connection, path: Path, *, readonly: bool) -> None:
    schema.refuse_foreign(con, path)
    (version,) = con.execute("PRAGMA user_version").fetchone()
    if readonly and version < schema.VERSION:
        raise CaseError(
            f"{path} was made by an older reviewer and must be brought up to date; open it once"
            " where it can be written, or copy it to a folder of your own."
        )
    if not readonly:
        with engine.lock(path):
            engine.prepare_to_write(con, path)
            if version < schema.VERSION:
                schema.bring_up_to_date(con, path)
