"""On what kind of file system a case lies: whether its locks and logs can be relied on there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reviewer.structs import Struct
from reviewer.text.patterns import compiled

MOUNTS = Path("/proc/self/mountinfo")
LOCAL = frozenset(
    {
        *("apfs", "bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "hfs", "jfs", "ntfs"),
        *("ntfs3", "overlay", "ramfs", "reiserfs", "tmpfs", "ufs", "xfs", "zfs"),
    }
)
"""Where a write-ahead log works. It does not over a network (https://sqlite.org/wal.html), nor
where a host's folder is shown to its guest."""
ESCAPED = r"\\([0-7]{3})"
LITTLE = 100_000_000
"""Bytes free; with fewer a reader is warned."""
MAC_KIND_AT = slice(72, 88)
"""Where `f_fstypename` stands in macOS's `struct statfs` (sys/mount.h)."""


class Disk(Struct):
    """A file system: its kind, whether it is known to be this machine's own, bytes free."""

    kind: str
    local: bool
    free: int


def disk_of(path: Path) -> Disk:
    """The file system that holds a file, or will hold it.

    Raises:
        OSError: there is no such folder.
    """
    kind = kind_of(path)
    room = os.statvfs(path.resolve().parent)
    return Disk(kind, kind in LOCAL, room.f_bavail * room.f_frsize)


def kind_of(path: Path) -> str:
    """The kind of file system as the system calls it, or `unknown`."""
    folder = path.resolve().parent
    if sys.platform == "darwin":
        return _kind_on_a_mac(folder)
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return "unknown"
    found = [(mount, kind) for mount, kind in map(_mount, lines) if folder.is_relative_to(mount)]
    # Of two at one place the later one hides the other.
    return max(reversed(found), key=lambda one: len(one[0]), default=("", "unknown"))[1]


def _mount(line: str) -> tuple[str, str]:
    """Where something is mounted and of which kind it is (proc_pid_mountinfo(5))."""
    before, _, after = line.partition(" - ")
    place = compiled(ESCAPED).sub(lambda code: chr(int(code[1], 8)), before.split(" ")[4])
    return place, after.split(" ")[0]


def _kind_on_a_mac(folder: Path) -> str:
    import ctypes

    said = ctypes.create_string_buffer(4096)
    if ctypes.CDLL(None).statfs(os.fsencode(folder), said) != 0:
        return "unknown"
    return said.raw[MAC_KIND_AT].partition(b"\0")[0].decode("ascii", "replace")
