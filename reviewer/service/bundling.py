"""Bundles: what one laptop carries to another, written whole or not at all."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from reviewer.casefile import apart, engine, holding, telling, whole
from reviewer.casefile.case import CaseFile
from reviewer.casefile.opening import SQLITE_MAGIC
from reviewer.casefile.packed import Lines, Packed
from reviewer.model.bundles import BundleError, Held, Manifest
from reviewer.model.errors import CaseError
from reviewer.service.session import Session

EVERY = 1000
"""Between so many lines it is asked whether to go on."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundle that was written; None in place of it where the reader stopped it."""

    path: Path
    entries: int
    evidence: int
    unsigned: int
    size: int


class _StoppedError(Exception):
    """The reader stopped it: the file is not made."""


def bundle(
    session: Session, out: Path, *, lacking: Path | None = None, progress: Callable[[int], bool]
) -> Bundled | None:
    """Write what another side may lack as one file.

    Args:
        session: on the case.
        out: the file to make; its owner alone reads it.
        lacking: a bundle or a case file that came from there: what that side held then is left
            out. Without it, everything is written.
        progress: called with how many lines are written; says whether to go on.

    Raises:
        CaseError: `out` exists or cannot be written, `lacking` is of another case, or an entry
            of the case was changed.
    """
    other = _held_there(session.case, lacking) if lacking else None
    instead = "name another file for the bundle."
    try:
        with whole.making(out, instead) as unborn, unborn.open("wb") as file:
            manifest = _pack(session, file, other, progress)
    except _StoppedError:
        return None
    size = out.stat().st_size
    return Bundled(out, manifest.entries, manifest.evidence, manifest.unsigned, size)


def _pack(
    session: Session, file: IO[bytes], other: Held | None, progress: Callable[[int], bool]
) -> Manifest:
    case = session.case
    # Without a name or a time in it: the same content makes the same file.
    with (
        gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
        engine.sentences(case.path),
        case.snapshot(),
    ):
        lines = telling.lines(case.con, session.clock(), other)
        first = b""
        for n, line in enumerate(lines):
            first = first or line
            packed.write(line)
            if n % EVERY == 0 and not progress(n):
                raise _StoppedError
    return Manifest.read_line(first)


def _held_there(case: CaseFile, path: Path) -> Held:
    with opened(path, case) as packed:
        try:
            manifest = Lines(packed).manifest
        except BundleError as error:
            raise refused(path, error) from error
    if manifest.case != case.about().id:
        raise CaseError(f"{path} belongs to another case, '{manifest.title}'.")
    return manifest.held


def opened(path: Path, case: CaseFile | None = None) -> Packed:
    """A bundle, or a case file told as one by a process of its own; to be closed.

    Args:
        path: either of them.
        case: where it goes to: what is held here is not told.

    Raises:
        CaseError: it is neither, or is damaged.
    """
    if not is_case(path):
        return Packed.open(path)
    held = None
    if case is not None:
        with case.read() as con:
            held = holding.held(con)
    folder = (case.path if case is not None else path).resolve().parent
    with engine.sentences(path):
        return Packed(str(path), apart.told(path, folder, held))


def is_case(path: Path) -> bool:
    """Whether a file is a database, and no bundle."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError as error:
        raise CaseError(f"{path} cannot be read ({error.strerror}).") from error


def refused(path: Path, error: BundleError) -> CaseError:
    """What to say where something in a bundle does not hold."""
    return CaseError(f"Nothing was taken from {path}: {error}.")
