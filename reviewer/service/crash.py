"""A log of a crash: what whoever mends it needs, and nothing that a reader was reading."""

import contextlib
import os
import platform
import secrets
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

import reviewer
from reviewer.model.errors import UsageError
from reviewer.service.config import state_dir
from reviewer.text.display import display


def missing_library(error: BaseException | None) -> str:
    """What to say where an error is that a library cannot be loaded; nothing for any other."""
    name = (error.name or "").partition(".")[0] if isinstance(error, ImportError) else ""
    if not name or name == reviewer.__name__:
        return ""
    return (
        f"The program needs {name}, which this Python cannot load; nothing that was recorded is"
        " lost. Install the program anew, with all that it needs: pip install evidence-reviewer"
    )


def write_crash_log(error: BaseException) -> Path:
    """Write where an error came from into a file that its owner alone can read.

    Local variables are not in it: they hold evidence and notes.

    Returns:
        The file.

    Raises:
        OSError: no file could be written anywhere.
    """
    now = datetime.now(UTC)
    head = (
        f"reviewer {reviewer.__version__}, Python {platform.python_version()},"
        f" {platform.platform()}, {now:%Y-%m-%dT%H:%M:%SZ}\n\n"
    )
    trace = "".join(traceback.format_exception(error))
    path = _folder() / f"{now:%Y%m%dT%H%M%SZ}-{os.getpid()}-{secrets.token_hex(2)}.log"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(head + display(trace))
    return path


def _folder() -> Path:
    with contextlib.suppress(OSError, UsageError):
        folder = state_dir() / "crashes"
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.gettempdir())
