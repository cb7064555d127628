"""Having a file survive a power cut, and giving it its name without writing over another."""

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
    sync(path.parent)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, be on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
