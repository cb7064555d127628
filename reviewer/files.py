"""Giving a finished file its name, without ever writing over another."""

import errno
import os
from pathlib import Path

NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


def give_name(unborn: Path, path: Path) -> None:
    """Let the finished file `unborn` be found as `path`; `unborn` may remain as well.

    Raises:
        FileExistsError: there is such a file already.
        OSError: the folder cannot be written.
    """
    try:
        os.link(unborn, path)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # A file system without links, such as that of a memory stick.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        unborn.rename(path)
    # Its name, too, must survive a power cut.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
