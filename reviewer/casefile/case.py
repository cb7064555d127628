"""Opening, making, writing and closing one case file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from reviewer.casefile import engine, schema, sharing
from reviewer.casefile.engine import Connection, DamagedError
from reviewer.closing import Closing
from reviewer.files import give_name, sync
from reviewer.model.errors import CaseBusyError, CaseError, ReadOnlyError
from reviewer.model.scale import HOUSE, Scale, ScaleValue
from reviewer.model.words import About, origins_of

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Self

    from reviewer.model.entry import Entry
    from reviewer.model.signing import Device

SQLITE_MAGIC = b"SQLite format 3\x00"
HEADER_SIZE = 100  # https://sqlite.org/fileformat.html#the_database_header
APPLICATION_ID_AT = slice(68, 72)
LOOK_EVERY = 1000
"""So many steps of SQLite's own machine, some microseconds, between two looks whether to stop."""


class CaseFile(Closing):
    """One open case. Used by one thread; every read fetches at once, every write commits.

    Use `CaseFile.open` or `CaseFile.create`; close it, or use it as a context manager.
    """

    def __init__(self, path: Path, con: Connection, *, readonly: bool) -> None:
        self.path = path
        self.con = con
        self.readonly = readonly
        self.mended = ""
        """What was mended as the file was opened, as a sentence for the reader, or nothing."""
        self.device: Device | None = None
        """What signs the entries that are written here."""
        self._file = _identity(path)
        self._newest = ""
        self._doubtful = False

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Self:
        """Open a case for reading and writing, or for reading alone where it must be.

        Raises:
            CaseError: no such file, not a case, another program's, newer, damaged.
        """
        look_at_header(path)
        with engine.sentences(path):
            mended = sharing.keep_from_others(path)
        folder = path.resolve().parent
        readonly = readonly or not os.access(path, os.W_OK) or not os.access(folder, os.W_OK)
        try:
            with engine.sentences(path):
                con = engine.connect(path, readonly=readonly, immutable=_immutable(path, readonly))
                try:
                    _check(con, path, readonly=readonly)
                except BaseException:
                    # Beside a stranger's file there is no lock, and none is left there.
                    _close(con, path, readonly=readonly or not sharing.lock_of(path).exists())
                    raise
        except ReadOnlyError as error:
            if not readonly:
                raise
            raise ReadOnlyError(
                f"{path} was left in the middle of a write; open it once where it can be written,"
                " or copy it with the files beside it to a folder of your own."
            ) from error
        case = cls(path, con, readonly=readonly)
        case.mended = mended
        return case

    def again(self, *, readonly: bool = True) -> Self:
        """The same case over another connection, for the thread that asks for it.

        Its file is not opened in any other way: closing it would end the locks which SQLite
        holds for all connections of this program (https://sqlite.org/howtocorrupt.html, 2.2).

        Raises:
            CaseError: the file was moved, deleted or replaced, or cannot be read.
        """
        self._is_still_there()
        readonly = readonly or self.readonly
        with engine.sentences(self.path):
            immutable = _immutable(self.path, readonly)
            con = engine.connect(self.path, readonly=readonly, immutable=immutable)
            if not readonly:
                with engine.lock(self.path):
                    engine.prepare_to_write(con, self.path)
        return type(self)(self.path, con, readonly=readonly)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        title: str,
        scale: Scale = HOUSE,
        like: About | None = None,
        origins: int = 0,
    ) -> Self:
        """Make an empty case and open it. It is whole from the moment it has its name.

        Args:
            path: where.
            title: what it is called.
            scale: its verdict values.
            like: what the same case says of itself elsewhere; without it, it is a new case.
            origins: how many independent origins a new case asks a strong verdict to rest on.

        Raises:
            CaseError: the file exists already, or its folder cannot be written.
        """
        if os.path.lexists(path):
            raise CaseError(f"{path} exists already; open it with: reviewer review {path}")
        _can_hold(path)
        unborn = path.with_name(f".{path.name}.{os.getpid()}.new")
        with engine.sentences(path):
            try:
                import secrets

                _make(
                    unborn, scale, like or About(secrets.token_hex(16), title, "", False, origins)
                )
                give_name(unborn, path)
            except FileExistsError:
                raise CaseError(f"{path} exists already.") from None
            finally:
                unborn.unlink(missing_ok=True)
        return cls.open(path)

    @contextlib.contextmanager
    def write(self, patience: float = engine.PATIENCE_S) -> Iterator[Connection]:
        """One transaction under the lock: all of it is on the disk afterwards, or nothing.

        Args:
            patience: how long to wait for other writers, in seconds.

        Raises:
            ReadOnlyError: the case is open for reading only.
            CaseError: the disk is full or failed, or another program holds the file.
        """
        if self.readonly:
            raise ReadOnlyError(
                f"{self.path} is open for reading only; nothing was recorded. Copy it to a"
                " folder of your own, or open it without --readonly."
            )
        self._is_still_there()
        with engine.sentences(self.path), self._sound(), engine.lock(self.path, patience):
            self._is_still_there()
            if self._doubtful:
                self._renew()
            engine.begin(self.con, patience)
            try:
                yield self.con
                self.con.execute("COMMIT")
            except BaseException as error:
                with contextlib.suppress(engine.sqlite3.Error):
                    if self.con.in_transaction:
                        self.con.execute("ROLLBACK")
                self._doubtful = self._doubtful or engine.is_disk_fault(error)
                raise

    def _renew(self) -> None:
        """Go on over a new connection after the disk has failed, once it proves to hold.

        A disk says once that it failed, and what was on its way is then taken for written
        (https://www.usenix.org/conference/atc20/presentation/rebello). So nothing that failed is
        tried again, and the newest entry that was acknowledged must still be there.
        """
        from reviewer.model.entry import entry_id

        con = engine.connect(self.path, readonly=False)
        try:
            engine.prepare_to_write(con, self.path)
            if self._newest:
                row = con.execute(
                    "SELECT body FROM entry WHERE id = ?", (bytes.fromhex(self._newest),)
                ).fetchone()
                if row is None or entry_id(row["body"]).hex() != self._newest:
                    raise DamagedError(f"entry {self._newest} is gone")
        except BaseException:
            con.close()
            raise
        self.con.close()
        self.con = con
        self._doubtful = False

    def _is_still_there(self) -> None:
        # An open file can be written after it has lost its name, and then is gone for good.
        if _identity(self.path) != self._file:
            raise CaseError(
                f"{self.path} was moved, deleted or replaced since it was opened; nothing was"
                " recorded. Put it back, or leave and open it again."
            )

    def remember(self, entry: Entry) -> None:
        """Let the device remember an entry that is on the disk now."""
        self._newest = entry.id
        if self.device is not None:
            self.device.wrote(self.about().id, entry.chain, entry.seq, entry.id)

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """The connection, for queries that fetch at once."""
        with engine.sentences(self.path), self._sound():
            yield self.con

    @contextlib.contextmanager
    def _sound(self) -> Iterator[None]:
        # A damaged page may hold anything where text was; a mistake in the program is one
        # only if the file is whole.
        try:
            yield
        except UnicodeEncodeError:
            raise
        except (TypeError, ValueError, AttributeError, LookupError) as error:
            (said,) = self.con.execute("PRAGMA quick_check(1)").fetchone()
            if said == "ok":
                raise
            raise DamagedError(said) from error

    @contextlib.contextmanager
    def until(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Every read within ends with a `StoppedError` once it is to be stopped."""
        self.con.set_progress_handler(lambda: int(stopped()), LOOK_EVERY)
        try:
            yield
        finally:
            self.con.set_progress_handler(None, LOOK_EVERY)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Every read within sees the case as it is now, whatever others write meanwhile."""
        with self.read() as con:
            con.execute("BEGIN")
        try:
            yield
        finally:
            if self.con.in_transaction:
                self.con.execute("ROLLBACK")

    def data_version(self) -> int:
        """A number that changes when another connection has committed."""
        with self.read() as con:
            (version,) = con.execute("PRAGMA data_version").fetchone()
        return int(version)

    def about(self) -> About:
        """What the case says of itself."""
        with self.read() as con:
            rows = dict(con.execute("SELECT key, value FROM about").fetchall())
        return About(
            id=rows.get("id", ""),
            title=rows.get("title", ""),
            about=rows.get("about", ""),
            exercise=rows.get("exercise") == "yes",
            origins=origins_of(rows.get("origins", "")),
        )

    def scale(self) -> Scale:
        """The verdict values of this case."""
        with self.read() as con:
            rows = con.execute("SELECT key, value, label, help FROM scale ORDER BY key").fetchall()
        return Scale(tuple(ScaleValue(*row) for row in rows))

    def backup(self, out: Path) -> None:
        """A whole and checked copy of the case, while others may write.

        Raises:
            CaseError: `out` exists, or its folder cannot be written.
        """
        if os.path.lexists(out):
            raise CaseError(f"{out} exists already; name another file for the backup.")
        _can_hold(out)
        unborn = out.with_name(f".{out.name}.{os.getpid()}.new")
        with engine.sentences(out):
            try:
                os.close(os.open(unborn, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
                self.con.execute("VACUUM INTO ?", (str(unborn),))
                said = _wrong_in(unborn)
                if said:
                    raise CaseError(
                        f"The copy of {self.path} is damaged ({said}) and was not kept; ask: "
                        f"reviewer doctor {self.path}"
                    )
                sync(unborn)
                give_name(unborn, out)
            except FileExistsError:
                raise CaseError(f"{out} exists already.") from None
            finally:
                unborn.unlink(missing_ok=True)

    def wipe(self) -> bool:
        """Take away what deleted rows left in pages of the file and in its log.

        SQLite zeroes what it deletes (`secure_delete`), but not the copies that it made when it
        moved rows between pages: only a new set of pages has none.

        Returns:
            Whether that was done; else another program was in the middle of reading the file.

        Raises:
            CaseError: the disk is full or failed.
        """
        try:
            with engine.sentences(self.path), engine.lock(self.path):
                self.con.execute("VACUUM")
                (busy, *_) = self.con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except CaseBusyError:
            return False
        return not busy

    def close(self) -> None:
        """Close the file. The last to close it writes its log back, under the lock."""
        _close(self.con, self.path, readonly=self.readonly)


def _close(con: Connection, path: Path, *, readonly: bool) -> None:
    # The last to close a file writes its log back into it, but not who may only read.
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


def _wrong_in(copy: Path) -> str:
    """What is wrong in a copy: a page, or an entry whose id is not the hash of its body."""
    from reviewer.model.entry import entry_id

    con = engine.connect(copy, readonly=True)
    try:
        (said,) = con.execute("PRAGMA quick_check").fetchone()
        if said != "ok":
            return str(said)
        for id_, body in con.execute("SELECT id, body FROM entry"):
            if entry_id(body) != id_:
                return f"entry {id_.hex()[:12]} was changed"
        return ""
    finally:
        con.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is, whatever it is called; None where there is none."""
    try:
        file = path.stat()
    except OSError:
        return None
    return file.st_dev, file.st_ino


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


def _can_hold(path: Path) -> None:
    if not path.parent.is_dir():
        raise CaseError(f"There is no folder {path.parent}; make it first.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise CaseError(f"No file can be made in {path.parent}; name a folder of your own.")


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


def _make(path: Path, scale: Scale, about: About) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    con = engine.connect(path, readonly=False)
    try:
        con.execute("PRAGMA synchronous = EXTRA")
        schema.bring_up_to_date(con, path)
        con.execute("BEGIN")
        con.executemany(
            "INSERT INTO about (key, value) VALUES (?, ?)",
            [
                ("id", about.id),
                ("title", about.title),
                ("about", about.about),
                ("exercise", "yes" if about.exercise else "no"),
                *([("origins", str(about.origins))] if about.origins else []),
            ],
        )
        con.executemany(
            "INSERT INTO scale (key, value, label, help) VALUES (?, ?, ?, ?)",
            [(v.key, v.value, v.label, v.help) for v in scale.values],
        )
        con.execute("COMMIT")
    finally:
        con.close()
    sync(path)
