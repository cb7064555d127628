"""Which case files this device has opened: any other is first looked at from afar."""

import contextlib
from pathlib import Path

from reviewer.casefile.case import CaseFile
from reviewer.service.config import state_path

FOLDER = "known"


def meet(path: Path) -> None:
    """Have a file looked at by a process with limits, unless it is known here.

    Raises:
        CaseError: it is no case of ours, is damaged, or made to harm.
    """
    # Whatever is no file at all is refused in better words as it is opened.
    if path.is_file() and not _known_as(path):
        _look(path)


def remember(case: CaseFile) -> None:
    """Remember an open case as one of this device; one that took another's place is looked at.

    Raises:
        CaseError: as `meet`.
    """
    case_id = case.about().id
    known = _known_as(case.path)
    if known == case_id:
        return
    if known:
        _look(case.path)
    keep(case.path, case_id)


def keep(path: Path, case_id: str) -> None:
    """Know from now on that this file is the case of this id."""
    # Where it cannot be kept, the file is looked at again the next time.
    with contextlib.suppress(OSError):
        place = _place(path, state_path())
        state_path().mkdir(mode=0o700, parents=True, exist_ok=True)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.write_text(case_id, encoding="utf-8")


def _known_as(path: Path) -> str:
    """The id of the case that this file was when it was opened last, or nothing."""
    try:
        return _place(path, state_path()).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _place(path: Path, folder: Path) -> Path:
    file = path.stat()
    return folder / FOLDER / f"{file.st_dev}-{file.st_ino}"


def _look(path: Path) -> None:
    # A case that is known, as nearly every one is, is opened without it.
    from reviewer.casefile import firstlook

    firstlook.look(path)
