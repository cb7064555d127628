"""Who may read a case file besides its owner: a group that shares it, and nobody else.

A case that a group works on lies in a folder of the group's (mode 2770) and is the group's to
read and write (0660). SQLite gives its own files beside it the same mode; so does the lock.
"""

import contextlib
import os
import stat
from pathlib import Path
from pwd import getpwuid

from reviewer.files import give_name
from reviewer.model.errors import CaseError

GROUP = stat.S_IRGRP | stat.S_IWGRP
BESIDE = ("", "-wal", "-shm", "-journal", ".lock")


def lock_of(case: Path) -> Path:
    """The lock beside a case file: there is one, under whatever name the file is opened."""
    real = case.resolve()
    return real.with_name(real.name + ".lock")


def open_lock(case: Path) -> int:
    """The lock beside a case file, open; it is made where there is none.

    Raises:
        OSError: it cannot be opened, or made.
    """
    real, beside = case.resolve(), lock_of(case)
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        _make_lock(beside, real)
        handle = os.open(beside, os.O_RDWR | os.O_CLOEXEC)
    # The group may have been let in after the lock was made.
    with contextlib.suppress(OSError):
        _like(handle, real)
    return handle


def _make_lock(beside: Path, case: Path) -> None:
    # It has its name only when the group can open it: another may look for it at once.
    unborn = beside.with_name(f".{beside.name}.{os.urandom(4).hex()}.new")
    handle = os.open(unborn, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with contextlib.suppress(OSError):
            _like(handle, case)
        with contextlib.suppress(FileExistsError):
            give_name(unborn, beside)
    finally:
        os.close(handle)
        unborn.unlink(missing_ok=True)


def _like(handle: int, case: Path) -> None:
    """Give a file of ours the group of the case file, and to it what it has there."""
    wanted, now = case.stat(), os.fstat(handle)
    mode = stat.S_IRUSR | stat.S_IWUSR | (wanted.st_mode & GROUP)
    if now.st_uid != os.geteuid():
        return
    if now.st_gid != wanted.st_gid:
        os.fchown(handle, -1, wanted.st_gid)
    if stat.S_IMODE(now.st_mode) != mode:
        os.fchmod(handle, mode)


def keep_from_others(path: Path) -> str:
    """Take away what everybody on the machine may do with a case file, and say so.

    Returns:
        A sentence for the reader, or nothing where there was nothing to mend.

    Raises:
        CaseError: the file is another's, who alone can mend it.
    """
    real = path.resolve()
    status = real.stat()
    if not status.st_mode & stat.S_IRWXO:
        return ""
    try:
        for beside in BESIDE:
            _shut(real.with_name(real.name + beside))
    except OSError as error:
        if status.st_uid != os.geteuid() and isinstance(error, PermissionError):
            raise CaseError(_not_ours(path, status.st_uid)) from error
    if real.stat().st_mode & stat.S_IRWXO:
        return (
            f"Everybody on this machine can read {path}, and its disk does not let that be"
            " changed; copy it to a folder of your own."
        )
    return (
        f"Everybody on this machine could read {path}; now only"
        f" {'its group and you' if status.st_mode & GROUP else 'you'} can."
    )


def _shut(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & stat.S_IRWXO:
            path.chmod(mode & ~stat.S_IRWXO)


def _not_ours(path: Path, owner: int) -> str:
    try:
        name = getpwuid(owner).pw_name
    except KeyError:
        name = f"user {owner}"
    return (
        f"Everybody on this machine can read {path}, so it was not opened. It belongs to {name},"
        f" who can mend that with: chmod o-rwx {path}"
    )
