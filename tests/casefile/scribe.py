"""A process that records verdicts, for tests of what several processes do to one case.

`scribe.py write CASE READER N` records N verdicts and says the id of each.
`scribe.py nursery CASE READER` forks a writer whenever it is told to by a line, says its
process id, and when it is dead says so; a writer records verdicts until it is killed.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from reviewer.model.errors import ClaimChangedError
from reviewer.service.session import Session

VALUES = ("verified", "false", "contested")


def say(text: str) -> None:
    """One line in one write: it is in the pipe whole, or not at all."""
    os.write(1, f"{text}\n".encode())


def record(session: Session, claims: list[str], turn: int) -> bool:
    """A verdict other than the one that stands; whether it was recorded."""
    view = session.view(claims[turn % len(claims)])
    mine = view.mine(session.reader)
    value = VALUES[(VALUES.index(mine.value) + 1) % 3] if mine else VALUES[turn % 3]
    try:
        entry = session.decide(view, value, f"turn {turn}")
    except ClaimChangedError:
        return False
    if entry is not None:
        say(entry.id)
    return entry is not None


def write(path: Path, reader: str, times: int) -> None:
    """Record so many verdicts, as quickly as the case lets it."""
    with Session.open(path, reader) as session:
        claims = [row.id for row in session.rows()]
        say("ready")
        sys.stdin.readline()
        done = 0
        for turn in count():
            done += record(session, claims, turn)
            if done == times:
                return


def write_until_killed(path: Path, reader: str) -> None:
    """Record verdicts without end."""
    with Session.open(path, reader) as session:
        claims = [row.id for row in session.rows()]
        for turn in count():
            record(session, claims, turn)


def nursery(path: Path, reader: str) -> None:
    """Fork writers that have nothing left to import."""
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            try:
                write_until_killed(path, reader)
            finally:
                os._exit(70)
        say(f"born {child}")
        _, status = os.waitpid(child, 0)
        say(f"dead {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    if verb == "write":
        write(Path(rest[0]), rest[1], int(rest[2]))
    else:
        nursery(Path(rest[0]), rest[1])
