"""The lines of a bundle as they come from a file: within bounds, and the same when read again.

A bundle comes from a stranger at worst: a small file may unpack to a large one, a line may have
no end. What is read a second time is compared with what was read first before it is used.
"""

import gzip
import hashlib
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Self

from reviewer.model.bundles import BundleError, Manifest
from reviewer.model.errors import CaseError

GZIP = b"\x1f\x8b"
LONGEST_LINE = 160 << 20
"""A text of 64 MB, which is the longest that is imported, with its translation, in JSON."""
RATIO = 200
FREE = 64 << 20
"""So many bytes, and so many times its own, a file may unpack to."""
BLOCK = 10_000
BLOCK_BYTES = 16 << 20

NO_BUNDLE = "it is neither a bundle nor a case file; make a bundle with: reviewer bundle CASE OUT"
NO_LINE = "a line of it is not one of a bundle; get it once more"

Said = dict[str, Any]


class Packed:
    """An open bundle, or lines that were told by a case file. A context manager."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name = name
        self._file = file
        self.size = os.fstat(file.fileno()).st_size
        self._packed = file.read(len(GZIP)) == GZIP
        self._most = FREE + RATIO * self.size if self._packed else self.size

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a bundle.

        Raises:
            CaseError: no such file, not an ordinary one, or it cannot be read.
        """
        try:
            # A FIFO would wait for its writer for ever.
            handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise CaseError(f"{path} cannot be read ({error.strerror}).") from error
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise CaseError(f"{path} is not an ordinary file; name a bundle or a case file.")
        return cls(str(path), os.fdopen(handle, "rb"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def lines(self) -> Iterator[bytes]:
        """Each line with its end, from the first.

        Raises:
            BundleError: it is damaged or cut off, or unpacks to more than a bundle does.
        """
        self._file.seek(0)
        source = gzip.GzipFile(fileobj=self._file) if self._packed else self._file
        left = self._most
        try:
            while line := source.readline(LONGEST_LINE):
                left -= len(line)
                if left < 0 or len(line) == LONGEST_LINE:
                    raise BundleError("it unpacks to more than a bundle holds")
                yield line
        except (EOFError, OSError, zlib.error) as error:
            raise BundleError("it is cut off or damaged; get it once more") from error


class Lines:
    """One reading of a bundle from its beginning; `marks` has a digest after each block.

    `ended`: nothing comes after the block that was given last.
    """

    def __init__(self, packed: Packed) -> None:
        self._lines = packed.lines()
        self._digest = hashlib.sha256()
        self.ended = False
        self.marks: list[bytes] = []
        self.manifest = Manifest.read(self._next(NO_BUNDLE))

    def blocks(self) -> Iterator[list[Said]]:
        """What it says after the manifest, in blocks of at most 10,000 lines.

        Raises:
            BundleError: it is damaged, cut off, or has been changed since it was made.
        """
        block: list[Said] = []
        size = 0
        while not self.ended:
            said, length = self._whole()
            if not self.ended:
                block.append(said)
                size += length
            if block and (self.ended or len(block) >= BLOCK or size >= BLOCK_BYTES):
                self.marks.append(self._digest.digest())
                yield block
                block, size = [], 0
        if next(self._lines, None) is not None:
            raise BundleError("something stands behind its end")

    def _whole(self) -> tuple[Said, int]:
        """A line with those that go on with it; and its length."""
        said = self._next()
        length = self._length
        part = said
        while part.get("more"):
            part = self._next()
            if not isinstance(part.get("parts"), list) or not isinstance(said.get("parts"), list):
                raise BundleError("a record in it is cut off")
            said["parts"] += part["parts"]
            length += self._length
            if length > LONGEST_LINE:
                raise BundleError("it unpacks to more than a bundle holds")
        return said, length

    def _next(self, else_: str = NO_LINE) -> Said:
        import orjson

        line = next(self._lines, None)
        if line is None:
            raise BundleError("its end is missing; get it once more")
        try:
            said = orjson.loads(line)
        except ValueError as error:
            raise BundleError(else_) from error
        if not isinstance(said, dict):
            raise BundleError(else_)
        self._length = len(line)
        if "end" in said:
            self.ended = True
            if said["end"] != self._digest.hexdigest():
                raise BundleError("it was changed after it was made; get it once more")
        else:
            self._digest.update(line)
        return said
