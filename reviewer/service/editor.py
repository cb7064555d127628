"""A note in the reader's own editor."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from reviewer.model.errors import ReviewerError, UsageError
from reviewer.service.config import state_dir

LOOKED_AT_EVERY = 0.5
"""Seconds: so often the note is looked at while it is edited."""


class EditorError(ReviewerError):
    """The editor did not do what an editor does."""


def editor() -> list[str]:
    """The command in $VISUAL, or in $EDITOR; empty where there is none.

    Raises:
        UsageError: it is no command.
    """
    said = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(said)
    except ValueError as error:
        raise UsageError(f"The editor '{said}' is not a command: {error}.") from error


def edit(
    command: list[str],
    text: str,
    changed: Callable[[str], None],
    outside: Callable[[], AbstractContextManager[None]],
) -> str:
    """Have a text edited; gives the text as it was left.

    Args:
        command: the editor's.
        text: the text to begin with.
        changed: is told now and then what the reader has saved so far.
        outside: the terminal as an editor needs it.

    Raises:
        EditorError: it could not be started, ended badly, or left no file.
    """
    # The folder and what is in it are made for their owner alone.
    with tempfile.TemporaryDirectory(prefix="note-", dir=state_dir()) as folder:
        file = Path(folder) / "note.txt"
        file.write_text(text, encoding="utf-8")
        try:
            with outside():
                code = _run([*command, str(file)], file, changed)
        except OSError as error:
            raise EditorError(
                f"The editor '{command[0]}' cannot be started ({error.strerror})."
            ) from error
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise EditorError("The editor left no file.") from error
        if code:
            changed(text)
            raise EditorError(f"The editor ended with {code}.")
        return text


def _run(command: list[str], file: Path, changed: Callable[[str], None]) -> int:
    with subprocess.Popen(command) as process:  # noqa: S603 - the reader's own choice
        while True:
            try:
                return process.wait(LOOKED_AT_EVERY)
            except subprocess.TimeoutExpired:
                with suppress(OSError):
                    changed(file.read_text(encoding="utf-8", errors="replace"))
