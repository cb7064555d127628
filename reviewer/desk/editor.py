"""A note in the reader's own editor, in a file that only the reader can read."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported

from reviewer.model.errors import ReviewerError, UsageError
from reviewer.service.config import state_dir


class EditorError(ReviewerError):
    """The editor could not be run; the note is as it was."""


def edit(app: App[int], text: str) -> str:
    """Let the reader change a text in `$VISUAL` or `$EDITOR`.

    Returns:
        The text as it was left.

    Raises:
        UsageError: neither is set.
        EditorError: the editor could not be run, or ended with an error.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        raise UsageError("Neither $VISUAL nor $EDITOR is set; c writes the note here.")
    folder = Path(tempfile.mkdtemp(prefix="note-", dir=state_dir()))
    path = folder / "note.txt"
    try:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        failure = ""
        # An error inside the block would leave the terminal with neither of the two.
        with app.suspend(), app.batch_update():
            failure = _run(command, path)
        if failure:
            raise EditorError(failure)
        return path.read_text(encoding="utf-8", errors="replace")
    except SuspendNotSupported as error:
        raise EditorError("This terminal cannot run an editor; c writes the note here.") from error
    finally:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


def _run(command: str, path: Path) -> str:
    try:
        done = subprocess.run([*shlex.split(command), str(path)], check=False)  # noqa: S603 - the reader's own editor
    except (OSError, ValueError) as error:
        return f"The editor '{command}' could not be run ({error}); the note is as it was."
    if done.returncode:
        return f"The editor ended with {done.returncode}; the note is as it was."
    return ""
