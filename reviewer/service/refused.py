"""Side files: the rows that an import refused, each with its file, its place and the reason."""

import contextlib
import errno
import os
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from reviewer.model.errors import CaseError
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
    """The side files of one import, made when the first row is refused; a context manager.

    Rows of a table go to a table with the same columns, and three more before them; rows of
    every other format to JSON Lines.
    """

    case: Path
    keep: bool
    _open: dict[str, tuple[Path, TextIO]] = field(default_factory=dict)

    def add(self, row: RefusedRow) -> None:
        """Write a refused row.

        Raises:
            CaseError: it cannot be written.
        """
        if not self.keep:
            return
        try:
            self._file().write(_line(row))
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

    def _file(self) -> TextIO:
        if "" not in self._open:
            path, handle = _new_beside(self.case)
            file = os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace")
            self._open[""] = (path, file)
        return self._open[""][1]


def _line(row: RefusedRow) -> str:
    said = {"file": row.file, "place": row.place, "reason": row.reason, "record": row.raw}
    return f"{as_json(said)}\n"


def _new_beside(case: Path) -> tuple[Path, int]:
    for n in range(1, MOST):
        path = case.with_name(f"{case.stem}.refused{'' if n == 1 else f'-{n}'}.jsonl")
        with contextlib.suppress(FileExistsError):
            return path, os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    raise FileExistsError(errno.EEXIST, "there are a thousand such files already")


def _cannot(case: Path, error: OSError) -> CaseError:
    return CaseError(
        f"Rows that were refused could not be written into a file beside {case}"
        f" ({error.strerror}); the good rows so far were imported. Import again with --dry-run to"
        " see what is refused."
    )
