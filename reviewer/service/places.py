"""What a reader left behind in a case: the draft of a note, the place on the desk.

Both are files of the reader's own, outside the case: nobody else's lock can delay them, and
nothing needs to run when the line drops. A draft is replaced whole at every keystroke.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from reviewer.model.errors import UsageError
from reviewer.service.config import state_dir
from reviewer.structs import Struct


class Place(Struct):
    """Where a reader left the desk."""

    claim: str = ""
    stop: int = 0
    filter: str = ""
    pane: str = "statement"
    scroll: tuple[int, int] = (0, 0)
    side: bool | None = None
    language: str = "both"
    order: str = ""
    first: tuple[str, ...] = ()
    """The claims that stand before all others in an order by likeness."""


class Places:
    """One reader's drafts and place in one case, by the case's id."""

    def __init__(self, case_id: str, reader: str) -> None:
        self._key = f"{case_id}|{reader}"
        self._drafts = _folder("drafts")
        self._places = _folder("places")

    def draft(self, claim: str) -> str:
        """The unsaved note on a claim, or nothing."""
        try:
            return self._draft(claim).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def has_draft(self, claim: str) -> bool:
        """Whether there is an unsaved note on a claim."""
        return self._draft(claim).exists()

    def keep_draft(self, claim: str, text: str) -> None:
        """Keep an unsaved note; an empty one is forgotten."""
        if text.strip():
            replace_file(self._draft(claim), text)
        else:
            self.forget_draft(claim)

    def forget_draft(self, claim: str) -> None:
        """Forget the unsaved note on a claim; one that remains is that of a note recorded."""
        with contextlib.suppress(OSError):
            self._draft(claim).unlink()

    def place(self) -> Place:
        """Where the reader left, or the beginning."""
        import json

        try:
            raw = json.loads(self._place().read_text(encoding="utf-8"))
            raw["scroll"] = tuple(raw["scroll"])
            raw["first"] = tuple(map(str, raw.get("first", ())))
            return Place(**raw)
        except (OSError, ValueError, TypeError, KeyError):
            # A place is a convenience: one that cannot be read is the beginning.
            return Place()

    def keep_place(self, place: Place) -> None:
        """Keep where the reader is."""
        import dataclasses
        import json

        replace_file(self._place(), json.dumps(dataclasses.asdict(place), ensure_ascii=False))

    def _draft(self, claim: str) -> Path:
        return self._drafts / f"{_name(f'{self._key}|{claim}')}.txt"

    def _place(self) -> Path:
        return self._places / f"{_name(self._key)}.json"


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _folder(name: str) -> Path:
    path = state_dir() / name
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"No draft can be kept in {path} ({error.strerror}); set XDG_STATE_HOME to a folder"
            " of your own."
        ) from error
    return path


def replace_file(path: Path, text: str) -> None:
    """Replace a file of the reader's own, whole or not at all."""
    unborn = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(unborn, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        # A disk that is nearly full takes a part and says so by the number alone.
        with os.fdopen(handle, "wb", buffering=0) as file:
            left = memoryview(text.encode("utf-8", "replace"))
            while left:
                left = left[file.write(left) or 0 :]
        unborn.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            unborn.unlink()
        raise
