"""The cases that ship with the program, made by the very import that anybody's files take."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path

from reviewer.casefile.case import CaseFile
from reviewer.files import give_name
from reviewer.model.errors import CaseError
from reviewer.service import known
from reviewer.service.config import data_dir
from reviewer.shipped import shipped

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.service.import_report import ImportReport

LATER = "fixtures/gerasimov/later"
"""What was published after the founding case was judged first; see `bring_later`."""


def ensure_demo(folder: Path | None, name: str) -> tuple[Path, bool]:
    """The path of a shipped case's file; it is made whole, or not at all.

    Args:
        folder: where it lies; else in the reader's data folder.
        name: a folder of fixtures: `gerasimov` or `exercise`.

    Returns:
        The path, and whether the file was made now.

    Raises:
        ReviewerError: it cannot be made.
    """
    path = (folder or data_dir()) / f"{name}.case"
    if os.path.lexists(path):
        return path, False
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".making-", dir=path.parent))
    except OSError as error:
        raise _cannot_make(path, error) from error
    try:
        _make(beside / path.name, name)
        give_name(beside / path.name, path)
    except FileExistsError:
        return path, False
    except OSError as error:
        raise _cannot_make(path, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return path, True


def _cannot_make(path: Path, error: OSError) -> CaseError:
    if error.errno == errno.ENOSPC:
        return CaseError(f"The disk that holds {path} is full; free some space and try again.")
    return CaseError(
        f"{path} cannot be made ({error.strerror}); name a folder of your own with --dir."
    )


def _make(path: Path, name: str) -> None:
    from reviewer.readers.wishes import Wishes
    from reviewer.service.importing import import_files

    folder = shipped(f"fixtures/{name}")
    # A folder within holds what came later, and is brought in when a reader asks for it.
    files = sorted(folder.glob("*.toml"))
    with CaseFile.create(path, title=name) as case:
        report = import_files(case, files, Wishes(folder=name))
        known.remember(case)
    _whole(report)


def bring_later(path: Path) -> ImportReport:
    """Import what was published later into the founding case; a second time changes nothing.

    Raises:
        ReviewerError: the case cannot be opened or written.
    """
    from reviewer.service.importing import import_files

    with CaseFile.open(path) as case:
        report = import_files(case, [shipped(LATER)])
    _whole(report)
    return report


def _whole(report: ImportReport) -> None:
    if report.refused:
        first = report.refused[0]
        raise CaseError(
            f"The case that ships with the program is damaged ({first.file}, {first.place}:"
            f" {first.reason}); install the program anew."
        )
