"""Opening, making, writing and closing one case file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from reviewer.casefile import engine, opening, sharing
from reviewer.casefile.engine import Connection, DamagedError
from reviewer.closing import Closing
from reviewer.model.about import About, origins_of
from reviewer.model.errors import CaseBusyError, CaseError, ReadOnlyError
from reviewer.model.scale import HOUSE, Scale, ScaleValue

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Self

    from reviewer.model.entry import Entry
    from reviewer.model.signing import Device

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
        opening.look_at_header(path)
        with engine.sentences(path):
            mended = sharing.keep_from_others(path)
        readonly = readonly or not opening.can_be_written(path)
        case = cls(path, opening.connected(path, readonly=readonly), readonly=readonly)
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
        return type(self)(
            self.path, opening.another(self.path, readonly=readonly), readonly=readonly
        )

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
        # Neither a new case nor a backup is made on the way to the first frame.
        from reviewer.casefile import whole

        whole.make(path, scale, like or whole.new_about(title, origins))
        return cls.open(path)

    @contextlib.contextmanager
    def write(self, patience: float | None = None, *, lasting: bool = True) -> Iterator[Connection]:
        """One transaction under the lock: all of it is on the disk afterwards, or nothing.

        Args:
            patience: how long to wait for other writers, in seconds; as is usual, without one.
            lasting: whether it must outlive a power cut; see `engine.passing`.

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
            with contextlib.nullcontext() if lasting else engine.passing(self.con):
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
    def cached(self, kib: int) -> Iterator[None]:
        """Up to so much of the file, in KiB, is held in memory within."""
        with self.read() as con:
            (before,) = con.execute("PRAGMA cache_size").fetchone()
            con.execute(f"PRAGMA cache_size = -{kib}")
        try:
            yield
        finally:
            self.con.execute(f"PRAGMA cache_size = {before}")

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
        from reviewer.casefile import whole

        whole.copy(self.con, self.path, out)

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
        opening.close(self.con, self.path, readonly=self.readonly)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is, whatever it is called; None where there is none."""
    try:
        file = path.stat()
    except OSError:
        return None
    return file.st_dev, file.st_ino
