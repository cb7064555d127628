"""Side files: the rows that an import refused, each with its file, its place and the reason.

They can be mended and imported again: rows of a table stand in a table with the same columns,
objects of somebody else's JSON as JSON Lines, both in files called after the one that they are
from, so that they are of its collection; all others as JSON Lines in one file called after the
case. A reader passes over what is added here.
"""

import contextlib
import errno
import os
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from reviewer.model.errors import CaseError
from reviewer.readers.given import SIDE, Given
from reviewer.readers.row import ADDED
from reviewer.readers.tables.shape import Shape
from reviewer.readers.tables.table import side_shape_of
from reviewer.writers.jsonl_file import as_json

MOST = 1000


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row, or a file as a whole, that was not taken in, with its place and the reason."""

    file: str
    place: str
    reason: str
    raw: object


@dataclass(slots=True)
class SideFiles:
    """The side files of one import, made when the first row is refused; a context manager."""

    case: Path
    keep: bool
    _open: dict[str, tuple[Path, TextIO]] = field(default_factory=dict)
    _shapes: dict[str, Shape] = field(default_factory=dict)
    _objects: set[str] = field(default_factory=set)
    """The files whose rows are objects of somebody else's JSON."""

    def of_file(self, name: str, format_name: str, given: Given) -> None:
        """Remember what the rows of a file are, and what heads them where it is a table."""
        if not self.keep:
            return
        shape = side_shape_of(given) if format_name == "table" else None
        if shape is not None:
            self._shapes[name] = shape
        if format_name == "json":
            self._objects.add(name)

    def add(self, row: RefusedRow) -> None:
        """Write a refused row.

        Raises:
            CaseError: it cannot be written.
        """
        if not self.keep:
            return
        shape = self._shapes.get(row.file)
        try:
            if shape is not None and isinstance(row.raw, list | str) and row.raw:
                # A line that could not be cut is one cell, for a person to part.
                cells = [row.raw] if isinstance(row.raw, str) else _cells(row.raw, shape)
                said = [row.file, row.place, row.reason]
                self._table(row.file, shape).write(f"{shape.line([*said, *cells])}\n")
            elif row.file in self._objects and isinstance(row.raw, dict):
                stem = f"{SIDE.sub('', Path(row.file).stem)}.refused"
                self._file(row.file, stem, ".jsonl").write(_line(row))
            else:
                self._file("", f"{self.case.stem}.refused", ".jsonl").write(_line(row))
        except OSError as error:
            raise _cannot(self.case, error) from error

    def paths(self) -> tuple[Path, ...]:
        """The files that were made."""
        return tuple(path for path, _ in self._open.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for _, file in self._open.values():
            try:
                file.close()
            except OSError as wrong:
                if error is None:
                    raise _cannot(self.case, wrong) from wrong

    def _table(self, name: str, shape: Shape) -> TextIO:
        new = name not in self._open
        file = self._file(name, f"{SIDE.sub('', Path(name).stem)}.refused", ".csv")
        if new:
            file.write(f"{shape.line([*ADDED, *_headings(shape)])}\n")
        return file

    def _file(self, name: str, stem: str, ending: str) -> TextIO:
        if name not in self._open:
            path, handle = _new_beside(self.case, stem, ending)
            file = os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="")
            self._open[name] = (path, file)
        return self._open[name][1]


def _headings(shape: Shape) -> list[str]:
    """What heads a table, without what stood there as in a side file that was mended."""
    return [name for name in shape.header if name not in ADDED]


def _cells(raw: list[str], shape: Shape) -> list[str]:
    """The cells of a row under these headings."""
    added = {at for at, name in enumerate(shape.header) if name in ADDED}
    return [cell for at, cell in enumerate(raw) if at not in added]


def _line(row: RefusedRow) -> str:
    said: dict[str, object] = dict(zip(ADDED, (row.file, row.place, row.reason), strict=True))
    raw = row.raw if isinstance(row.raw, dict) else {"refused_text": row.raw}
    said |= {key: value for key, value in raw.items() if key not in ADDED}
    return f"{as_json(said)}\n"


def _new_beside(case: Path, stem: str, ending: str) -> tuple[Path, int]:
    for n in range(1, MOST):
        path = case.with_name(f"{stem}{'' if n == 1 else f'-{n}'}{ending}")
        with contextlib.suppress(FileExistsError):
            return path, os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    raise FileExistsError(errno.EEXIST, "there are a thousand such files already")


def _cannot(case: Path, error: OSError) -> CaseError:
    return CaseError(
        f"Rows that were refused could not be written into a file beside {case}"
        f" ({error.strerror}); the good rows so far were imported. Import again with --dry-run to"
        " see what is refused."
    )
