"""Backups of a case, and what this device remembers of the last one."""

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from reviewer.service.config import state_dir, state_path
from reviewer.service.looking import Looking
from reviewer.service.places import replace_file


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: when (milliseconds UTC), where, and how large in bytes."""

    at: int
    path: str
    size: int


def back_up(session: Looking, out: Path) -> Backup:
    """Copy a case, whole and checked, while others write; and remember where.

    Raises:
        CaseError: `out` exists, its folder cannot be written, or the copy is damaged.
    """
    session.case.backup(out)
    made = Backup(session.clock(), str(out.resolve()), out.stat().st_size)
    # The copy is there; a memory that cannot be kept is no reason to say otherwise.
    with contextlib.suppress(OSError):
        kept = state_dir() / "backups" / f"{session.about.id}.json"
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        replace_file(kept, json.dumps(asdict(made)))
    return made


def last_backup(session: Looking) -> Backup | None:
    """The last backup of this case that was made from here, or None where none is known."""
    try:
        kept = state_path() / "backups" / f"{session.about.id}.json"
        return Backup(**json.loads(kept.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        # It only tells; without it the doctor says that no backup is known.
        return None
