"""The pages of a damaged database, and the rows that can still be made out on them.

SQLite stops where a page contradicts another. Here each page stands for itself: whatever cell
on it can be read is read, wherever the page belongs, and damage takes no more than the cells
it lies in (https://sqlite.org/fileformat.html, sections 1.6, 2 and 4).
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Self

Value = int | str | bytes | float | None

HEADER_SIZE = 100
PAGE_SIZES = tuple(2**n for n in range(9, 17))
USUAL_SIZE = 4096
WAL_MAGIC = (0x377F0682, 0x377F0683)
WAL_HEADER, FRAME_HEADER = 32, 24
TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR = 0x0D, 0x0A, 0x02
HEADER_OF = {TABLE_LEAF: 8, INDEX_LEAF: 8, INDEX_INTERIOR: 12}
INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
FEWEST = 4
"""Each record is at least so many bytes long where it lies, whatever it says of itself."""
LONGEST = 64 << 20
"""No row of a case is longer: what says it is says so out of damage."""
FOLLOWED = 8
"""So many times the file's size is read at most, wherever its pages point."""

BODY = re.compile(
    rb'\{"a":"[0-9a-f]{64}","c":"[0-9a-f]{32}".{1,60000}?,"x":(?:null|"[0-9a-f]{64}")\}', re.DOTALL
)
WORDS = re.compile(rb'\{"[a-z]{1,20}":".{0,60000}?"salt":"[0-9a-f]{32}"\}', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Record:
    """A row as it lies on a page: of a table with numbered rows, or one sorted by its key."""

    values: tuple[Value, ...]
    number: int | None

    @property
    def by_key(self) -> bool:
        """Whether its table or index is sorted by what stands in it."""
        return self.number is None


@dataclass(slots=True)
class Pages:
    """A database file and the log beside it, as pages. Nothing is written to either.

    What it gives comes in this order: each page as it stands now, then what it was before.
    """

    file: BinaryIO
    log: BinaryIO | None
    size: int
    page: int
    newest: dict[int, int] = field(default_factory=dict)
    """Where in the log the newest state of a page stands, of those that have one."""
    older: list[int] = field(default_factory=list)
    _left: int = 0

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a file, whatever it is.

        Raises:
            OSError: it cannot be read.
        """
        beside = path.with_name(path.name + "-wal")
        file = path.open("rb")
        log = beside.open("rb") if beside.is_file() else None
        size = path.stat().st_size
        pages = cls(file, log, size, _page_size(file, log))
        pages._left = FOLLOWED * (size + (beside.stat().st_size if log else 0))
        pages._read_log()
        return pages

    def close(self) -> None:
        """Close both."""
        self.file.close()
        if self.log is not None:
            self.log.close()

    def _read_log(self) -> None:
        if self.log is None:
            return
        end = self.log.seek(0, 2)
        self.log.seek(16)
        turn = self.log.read(8)
        for at in range(WAL_HEADER, end - FRAME_HEADER - self.page + 1, FRAME_HEADER + self.page):
            self.log.seek(at)
            head = self.log.read(FRAME_HEADER)
            number = int.from_bytes(head[:4], "big")
            # What an earlier turn of the log has left stands behind this one's (section 4.1).
            if head[8:16] != turn:
                self.older.append(at + FRAME_HEADER)
                continue
            if number in self.newest:
                self.older.append(self.newest[number])
            self.newest[number] = at + FRAME_HEADER

    @property
    def count(self) -> int:
        """How many pages there are to look through."""
        return -(-self.size // self.page) + len(self.newest) + len(self.older)

    def current(self, number: int) -> bytes:
        """A page by its number, from 1 on, as it stands now."""
        if number in self.newest and self.log is not None:
            self.log.seek(self.newest[number])
            return self.log.read(self.page)
        return self._in_file(number)

    def _in_file(self, number: int) -> bytes:
        self.file.seek((number - 1) * self.page)
        return self.file.read(self.page)

    def each(self) -> Iterator[tuple[int, bytes]]:
        """Every page with its number; what a page was before has the number 0."""
        last = max(-(-self.size // self.page), *self.newest, 0)
        beyond = self.size // self.page + 1
        for number in range(1, last + 1):
            if number <= beyond or number in self.newest:
                yield number, self.current(number)
        for number in self.newest:
            if number <= beyond:
                yield 0, self._in_file(number)
        for at in self.older:
            if self.log is not None:
                self.log.seek(at)
                yield 0, self.log.read(self.page)

    def records(self, number: int, data: bytes) -> Iterator[Record]:
        """Every row that can be made out on a page."""
        # The file's own header stands before that of its first page.
        at = HEADER_SIZE if number == 1 else 0
        kind = data[at] if at < len(data) else 0
        if kind not in HEADER_OF:
            return
        cells = int.from_bytes(data[at + 3 : at + 5], "big")
        begin = at + HEADER_OF[kind]
        for n in range(min(cells, self.page // FEWEST)):
            where = int.from_bytes(data[begin + 2 * n : begin + 2 * n + 2], "big")
            try:
                yield self._record(data, where, kind)
            except (IndexError, ValueError):
                continue

    def _record(self, data: bytes, at: int, kind: int) -> Record:
        number = None
        if kind == INDEX_INTERIOR:
            at += 4
        size, at = _varint(data, at)
        if kind == TABLE_LEAF:
            number, at = _varint(data, at)
        return Record(tuple(_values(self._payload(data, at, size, kind))), number)

    def _payload(self, data: bytes, at: int, size: int, kind: int) -> bytes:
        if size > min(LONGEST, self.size):
            raise ValueError("longer than it can be")
        here = self._local(size, kind)
        found = data[at : at + here]
        if here == size:
            return found
        parts = [found]
        following = int.from_bytes(data[at + here : at + here + 4], "big")
        missing = size - here
        while missing > 0:
            self._left -= self.page
            page = self.current(following) if following and self._left > 0 else b""
            if len(page) < FEWEST:
                raise ValueError("it goes on nowhere")
            parts.append(page[4 : 4 + missing])
            missing -= len(parts[-1])
            following = int.from_bytes(page[:4], "big")
        return b"".join(parts)

    def _local(self, size: int, kind: int) -> int:
        """How much of a row lies on its own page (section 1.6)."""
        most = self.page - 35 if kind == TABLE_LEAF else (self.page - 12) * 64 // 255 - 23
        if size <= most:
            return size
        least = (self.page - 12) * 32 // 255 - 23
        some = least + (size - least) % (self.page - 4)
        return some if some <= most else least


def _page_size(file: BinaryIO, log: BinaryIO | None) -> int:
    file.seek(16)
    size = int.from_bytes(file.read(2), "big")
    size = 65536 if size == 1 else size
    if size in PAGE_SIZES:
        return size
    head = log.read(WAL_HEADER) if log is not None else b""
    size = int.from_bytes(head[8:12], "big")
    right = int.from_bytes(head[:4], "big") in WAL_MAGIC and size in PAGE_SIZES
    return size if right else USUAL_SIZE


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9


def _values(record: bytes) -> Iterator[Value]:
    """What stands in a record (section 2.1).

    Raises:
        ValueError: it is none, or ends too early.
    """
    head, at = _varint(record, 0)
    kinds = []
    while at < head:
        kind, at = _varint(record, at)
        kinds.append(kind)
    sizes = [INTEGERS.get(kind, 8 if kind == 7 else max(0, kind - 12) // 2) for kind in kinds]
    if at != head or head + sum(sizes) != len(record):
        raise ValueError("no record")
    ends = itertools.accumulate(sizes, initial=head)
    for kind, size, begin in zip(kinds, sizes, ends, strict=False):
        yield _value(kind, record[begin : begin + size])


def _value(kind: int, data: bytes) -> Value:
    if kind == 0:
        return None
    if kind in INTEGERS:
        return int.from_bytes(data, "big", signed=True)
    if kind in (8, 9):
        return kind - 8
    if kind < 12:
        raise ValueError("no value that a case holds")
    return data if kind % 2 == 0 else data.decode()


def carved(data: bytes) -> Iterator[bytes]:
    """What looks like an entry's body, or its words, wherever it stands in these bytes."""
    for pattern in (BODY, WORDS):
        yield from (found[0] for found in pattern.finditer(data))
