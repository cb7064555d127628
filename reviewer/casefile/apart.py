"""Reading a case file of somebody else's in a process of its own, which may do nothing else.

The file may be hostile: its schema is compared with ours before anything in it is read, its
views and triggers never run, and what SQLite makes of its pages happens where nothing is held
but the file itself. What comes back are the lines of a bundle, which are checked as any others.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from reviewer.casefile import engine, limited, telling
from reviewer.casefile.engine import sqlite3
from reviewer.model.bundles import Held
from reviewer.model.errors import CaseError

LIMITS = limited.Limits(memory=2 << 30, cpu_s=3600, files=64, written=1 << 40)
"""What it tells is as large as what a case holds."""


def told(path: Path, beside: Path, other: Held | None = None) -> BinaryIO:
    """What a case file holds, told by a process of its own as the lines of a bundle.

    Args:
        path: the case file. It is not written.
        beside: a folder with room for as much again.
        other: what is held here already and is not to be told.

    Returns:
        A file without a name, at its beginning.

    Raises:
        CaseError: it is no case, is damaged, or ours cannot read it.
    """
    out = tempfile.TemporaryFile(dir=beside)  # noqa: SIM115 - whoever asked closes it
    ask = json.dumps(other.said() if other else None).encode()
    try:
        limited.run(__name__, path, limits=LIMITS, given=ask, out=out)
    except CaseError:
        out.close()
        raise
    out.seek(0)
    return out


def main(arguments: Sequence[str]) -> None:
    """Tell what the file that is named holds; what the other side holds comes in by a pipe.

    Raises:
        CaseError: it cannot be read.
    """
    path = Path(arguments[0])
    asked = json.loads(sys.stdin.buffer.read())
    with engine.sentences(path):
        _tell(path, Held.read(asked) if asked is not None else None)


def _tell(path: Path, other: Held | None) -> None:
    from reviewer.casefile.case import CaseFile
    from reviewer.casefile.ledger import wall_clock

    with CaseFile.open(path, readonly=True) as case, case.snapshot():
        said = case.con.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise sqlite3.DatabaseError(said)
        for line in telling.lines(case.con, wall_clock(), other):
            sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
