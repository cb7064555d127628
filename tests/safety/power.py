"""A disk whose power can be cut: it remembers what was written and what was made to last.

The program writes through SQLite to files that are whole, as a system that runs keeps them.
Beside that every write, shortening, deletion and sync is put into a book. From the book the
disk is made as it may be found after a cut at any place in it: what was synced stands; of what
was not, each sector of 512 bytes may be new, old, or torn in two, in whatever order. That
`fsync` itself is honest, and makes the name of a new file last, is taken for granted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

from reviewer.casefile import engine

SECTOR = 512
NAME = "a disk that loses power"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a file: written, shortened, synced, deleted; or was said."""

    what: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass(slots=True)
class Book:
    """Everything that happened to the files of a folder, and what was acknowledged when."""

    folder: Path
    events: list[Event] = field(default_factory=list)
    failing: bool = False
    """Whether the disk says that it cannot sync."""

    def acknowledge(self, id_: str) -> None:
        """The program has said that this is recorded."""
        self.events.append(Event("said", id_))

    def note(self, what: str, path: str, at: int = 0, data: bytes = b"") -> None:
        """Put down what happens to a file of the folder."""
        name = Path(path)
        if name.parent == self.folder:
            self.events.append(Event(what, name.name, at, data))


class _File(apsw.VFSFile):  # type: ignore[misc]
    def __init__(self, book: Book, name: Any, flags: list[int]) -> None:
        self.book = book
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's word
        self.book.note("write", self.name, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's word
        self.book.note("shorten", self.name, newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's word
        if self.book.failing:
            raise apsw.IOError
        super().xSync(flags)
        self.book.note("sync", self.name)


class _Disk(apsw.VFS):  # type: ignore[misc]
    def __init__(self, book: Book) -> None:
        self.book = book
        super().__init__(NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:  # noqa: N802 - SQLite's word
        return _File(self.book, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's word
        super().xDelete(name, syncdir)
        self.book.note("delete for good" if syncdir else "delete", name)


class _Row(tuple[Any, ...]):
    """A row by number and by name, as `sqlite3.Row` is."""

    names: tuple[str, ...]

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.names.index(key) if isinstance(key, str) else key)

    def keys(self) -> list[str]:
        return list(self.names)


class _Connection:
    """As much of a connection as the program uses, over the disk that loses power."""

    def __init__(self, uri: str) -> None:
        flags = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE
        self.con = apsw.Connection(uri, flags=flags, vfs=NAME)
        self.row_factory: object = None

    def execute(self, sql: str, given: Any = ()) -> Any:
        return _Cursor(self.con, sql, given)

    def executemany(self, sql: str, given: Any) -> None:
        self.con.executemany(sql, given)

    def create_function(self, name: str, n: int, of: Callable[..., Any], **more: bool) -> None:
        self.con.create_scalar_function(name, of, n, **more)

    @property
    def in_transaction(self) -> bool:
        return bool(self.con.in_transaction)

    def close(self) -> None:
        self.con.close()


class _Cursor:
    def __init__(self, con: apsw.Connection, sql: str, given: Any) -> None:
        cursor = con.cursor()
        cursor.row_trace = self._row
        try:
            self.rows = iter(list(cursor.execute(sql, given)))
        except apsw.IOError as error:
            raise engine.sqlite3.OperationalError("disk I/O error") from error
        self.lastrowid = con.last_insert_rowid()

    @staticmethod
    def _row(cursor: Any, values: tuple[Any, ...]) -> _Row:
        row = _Row(values)
        row.names = tuple(column[0] for column in cursor.get_description())
        return row

    def __iter__(self) -> Iterator[_Row]:
        return self.rows

    def fetchone(self) -> _Row | None:
        return next(self.rows, None)

    def fetchall(self) -> list[_Row]:
        return list(self.rows)


@contextmanager
def watched(folder: Path) -> Iterator[Book]:
    """Within, whatever the program opens is written to through the book of this folder."""
    book = Book(folder)
    disk = _Disk(book)
    with patch.object(engine.sqlite3, "connect", lambda name, **_: _Connection(name)):
        try:
            yield book
        finally:
            disk.unregister()


@dataclass(slots=True)
class Held:
    """A file as it stands for good, and what has happened to it since."""

    for_good: bytearray | None
    since: list[Event] = field(default_factory=list)


def play(events: list[Event], before: dict[str, bytes], cuts: set[int]) -> Iterator[Any]:
    """The disk after so many events, for each of these numbers: what lasts, and what may."""
    disk = {name: Held(bytearray(data)) for name, data in before.items()}
    said: list[str] = []
    for n, event in enumerate([*events, Event("end")]):
        if n in cuts:
            yield disk, said
        _happen(disk, said, event)


def _happen(disk: dict[str, Held], said: list[str], event: Event) -> None:
    held = disk.setdefault(event.file, Held(None))
    if event.what == "said":
        del disk[event.file]
        said.append(event.file)
    elif event.what == "sync":
        data = held.for_good
        for one in held.since:
            data = _done(data, one)
        disk[event.file] = Held(data if data is not None else bytearray())
    elif event.what == "delete for good":
        disk[event.file] = Held(None)
    elif event.what != "end":
        held.since.append(event)


def _done(data: bytearray | None, event: Event) -> bytearray | None:
    """A file after something has happened to it in full."""
    if event.what == "delete":
        return None
    data = bytearray() if data is None else data
    if event.what == "shorten":
        del data[event.at :]
    else:
        data.extend(bytes(max(0, event.at - len(data))))
        data[event.at : event.at + len(event.data)] = event.data
    return data


def cut(disk: dict[str, Held], chance: random.Random) -> dict[str, bytes]:
    """The files as they may be found: of what was not synced, whatever chance leaves."""
    kept = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    torn = chance.choice((0.0, 0.2))
    found = {}
    for name, held in disk.items():
        data = None if held.for_good is None else bytearray(held.for_good)
        for event in held.since:
            for piece in _pieces(event):
                if chance.random() < kept:
                    whole = chance.random() >= torn
                    data = _done(data, piece if whole else _torn(piece, chance))
        if data is not None:
            found[name] = bytes(data)
    return found


def _pieces(event: Event) -> list[Event]:
    """A write as its sectors; anything else as it is."""
    if event.what != "write":
        return [event]
    pieces = []
    at, end = event.at, event.at + len(event.data)
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        piece = event.data[at - event.at : until - event.at]
        pieces.append(Event("write", event.file, at, piece))
        at = until
    return pieces


def _torn(piece: Event, chance: random.Random) -> Event:
    if piece.what != "write":
        return piece
    return Event("write", piece.file, piece.at, piece.data[: chance.randrange(len(piece.data))])
