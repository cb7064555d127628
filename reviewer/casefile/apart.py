"""Reading a case file of somebody else's in a process of its own, which may do nothing else.

The file may be hostile: its schema is compared with ours before anything in it is read, its
views and triggers never run, and what SQLite makes of its pages happens where nothing is held
but the file itself. What comes back are the lines of a bundle, which are checked as any others.

    python -I -c BEGIN FILE < what the other side holds > lines
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

import reviewer
from reviewer.casefile import engine, telling
from reviewer.casefile.engine import sqlite3
from reviewer.model.bundles import Held
from reviewer.model.errors import CaseError, ReviewerError

MEMORY = 2 << 30
CPU_S = 3600
FILES = 64
REFUSED = 3
"""What the process ends with where it has a sentence to say, on its standard error."""
LONGEST_SENTENCE = 2000
BEGIN = (
    "import sys; sys.path.insert(0, sys.argv[1]); from reviewer.casefile import apart; apart.main()"
)
PACKAGE = Path(reviewer.__file__).resolve().parent.parent


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
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-I", "-c", BEGIN, str(PACKAGE), str(path)],
        input=ask,
        stdout=out,
        stderr=subprocess.PIPE,
        env={},
        # Ctrl+c is for us: we stop between two batches.
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        out.close()
        raise CaseError(_sentence(path, done))
    out.seek(0)
    return out


def _sentence(path: Path, done: subprocess.CompletedProcess[bytes]) -> str:
    if done.returncode == REFUSED:
        return done.stderr[:LONGEST_SENTENCE].decode("utf-8", "replace").strip()
    return f"{path} is damaged: the process that read it ended ({done.returncode})."


def main() -> None:
    """Tell what the file that is named holds; what the other side holds comes in by a pipe."""
    _limit()
    path = Path(sys.argv[2])
    asked = json.loads(sys.stdin.buffer.read())
    try:
        with engine.sentences(path):
            _tell(path, Held.read(asked) if asked is not None else None)
    except ReviewerError as error:
        sys.stderr.buffer.write(error.sentence.encode("utf-8", "replace"))
        sys.exit(REFUSED)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # A Mac refuses some of them.
        try:
            resource.setrlimit(what, (wanted, hard))
        except (OSError, ValueError):
            continue


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
