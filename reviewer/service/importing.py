"""Bringing files into a case, and saying exactly what was done."""

import contextlib
import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.casefile import batch
from reviewer.casefile.case import CaseFile
from reviewer.casefile.intake import Outcome
from reviewer.model.errors import CaseError, UnreadableError
from reviewer.model.records import Record
from reviewer.readers import files_under, read_file
from reviewer.readers.row import Row
from reviewer.writers.jsonl_file import as_json


@dataclass(frozen=True, slots=True)
class Refused:
    """A row, or a file as a whole, that was not taken in, with its place and the reason."""

    file: str
    place: str
    reason: str
    raw: object


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `side_file` holds the refused rows, if there are any.

    `passed_over` counts the judgements of an export, which are no evidence.
    """

    files: tuple[str, ...]
    new: int
    unchanged: int
    changed: int
    refused: tuple[Refused, ...]
    side_file: Path | None
    dry_run: bool
    passed_over: int


def import_files(
    case: CaseFile,
    paths: Sequence[Path],
    *,
    format_name: str | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Import files and folders, all good rows in one transaction or none.

    A file that cannot be read at all is one that is refused; the others are taken in.

    Raises:
        UnreadableError: no file could be read; nothing was imported.
        CaseError: the case could not be written; nothing was imported, or all was and the
            refused rows could not be kept, which it says.
    """
    files, rows, refused = _read_all(paths, format_name)
    refused += [
        Refused(str(file), row.place, row.reason, row.raw)
        for file, row in rows
        if row.record is None and not row.passed_over
    ]
    good: list[tuple[Path, Row, Record]] = []
    seen: dict[tuple[str, str], str] = {}
    for file, row in rows:
        if row.record is None:
            continue
        twice = _twice(seen, file, row, row.record)
        if twice:
            refused.append(Refused(str(file), row.place, twice, row.raw))
        else:
            good.append((file, row, row.record))
    fates, counts = batch.take_in(case, (record for *_, record in good), dry_run=dry_run)
    for (file, row, _), fate in zip(good, fates, strict=True):
        if not isinstance(fate, Outcome):
            refused.append(Refused(str(file), row.place, fate, row.raw))
    return ImportReport(
        files=tuple(map(str, files)),
        new=counts["new"],
        unchanged=counts["unchanged"],
        changed=counts["changed"],
        refused=tuple(refused),
        side_file=_write_refused(case.path, refused) if refused and not dry_run else None,
        dry_run=dry_run,
        passed_over=sum(row.passed_over for _, row in rows),
    )


def _read_all(
    paths: Sequence[Path], format_name: str | None
) -> tuple[list[Path], list[tuple[Path, Row]], list[Refused]]:
    """The files, their rows, and those that cannot be read."""
    files: list[Path] = []
    rows: list[tuple[Path, Row]] = []
    unreadable: list[tuple[Path, UnreadableError]] = []
    for path in paths:
        try:
            found = files_under(path)
        except UnreadableError as error:
            files.append(path)
            unreadable.append((path, error))
            continue
        files += found
        for file in found:
            try:
                rows += [(file, row) for row in read_file(file, format_name)]
            except UnreadableError as error:
                unreadable.append((file, error))
    if unreadable and len(unreadable) == len(files):
        raise unreadable[0][1]
    return files, rows, [_unreadable(file, error) for file, error in unreadable]


def _unreadable(file: Path, error: UnreadableError) -> Refused:
    reason = error.sentence.removeprefix(f"{file}: ").rstrip(".")
    return Refused(str(file), "the whole file", reason, None)


def _twice(seen: dict[tuple[str, str], str], file: Path, row: Row, record: Record) -> str:
    id_ = getattr(record, "id", record.kind_name)
    key = (record.kind_name, id_)
    if not id_:
        return ""
    if key in seen:
        what = f"the id '{id_}'" if record.kind_name != "case" else "what the case says of itself"
        return f"{what} stands twice; first at {seen[key]}"
    seen[key] = f"{file.name}, {row.place}"
    return ""


def _write_refused(case: Path, refused: Sequence[Refused]) -> Path:
    try:
        path, handle = _new_beside(case)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(map(_line, refused))
    except OSError as error:
        raise CaseError(
            f"The good rows were imported, but the {len(refused)} that were refused could not be"
            f" written into a file beside {case} ({error.strerror}); import again with --dry-run"
            " to see them."
        ) from error
    return path


def _new_beside(case: Path) -> tuple[Path, int]:
    for n in range(1, 1000):
        path = case.with_name(f"{case.stem}.refused{'' if n == 1 else f'-{n}'}.jsonl")
        with contextlib.suppress(FileExistsError):
            return path, os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    raise FileExistsError(errno.EEXIST, "there are a thousand such files already")


def _line(row: Refused) -> str:
    said = {"file": row.file, "place": row.place, "reason": row.reason, "record": row.raw}
    return f"{as_json(said)}\n"
