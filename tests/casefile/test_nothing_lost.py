"""Whatever was acknowledged is in the case, though its writer was killed at any moment.

With `REVIEWER_LONG=1` 10,000 are killed.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewer.casefile.case import CaseFile
from reviewer.model.records import Record
from tests.casefile.making import claim, new_case, rebuilt, source, state_of, statement
from tests.everyday import times

SCRIBE = Path(__file__).with_name("scribe.py")
ROOT = SCRIBE.parents[2]
KILLS = times(80, 10_000)


def many_claims() -> list[Record]:
    claims = [claim(f"c-{n}", statements=["gur-7-march"]) for n in range(100)]
    return [source(), statement(), *claims]


class Nursery:
    """Gives birth to writers, and hears what they say they recorded."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.orders = process.stdin
        self.ear = process.stdout.fileno()
        self.heard = b""
        self.acknowledged: list[str] = []
        self.pid = 0
        self.alive = False

    def a_writer_is_born(self) -> int:
        self.orders.write(b"another\n")
        self.orders.flush()
        self.alive = True
        self.pid = 0
        while not self.pid:
            self.listen(None)
        return self.pid

    def listen(self, seconds: float | None) -> None:
        """Take in what is said within so many seconds."""
        ready, _, _ = select.select([self.ear], [], [], seconds)
        if not ready:
            return
        said = os.read(self.ear, 65_536)
        assert said, "the nursery died"
        *lines, self.heard = (self.heard + said).split(b"\n")
        for line in lines:
            self.take(line.decode())

    def listen_for(self, seconds: float) -> None:
        """Let so much time pass while listening."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.listen(left)

    def take(self, line: str) -> None:
        word, _, number = line.partition(" ")
        if word == "born":
            self.pid = int(number)
        elif word == "dead":
            assert int(number) == -signal.SIGKILL, f"a writer ended by itself: {line}"
            self.alive = False
        else:
            self.acknowledged.append(line)


@contextmanager
def nursery(path: Path) -> Iterator[Nursery]:
    process = subprocess.Popen(
        [sys.executable, SCRIBE, "nursery", path, "ann"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        yield Nursery(process)
    finally:
        process.kill()
        process.communicate()


def test_nothing_acknowledged_is_lost_when_its_writer_is_killed(tmp_path: Path) -> None:
    path = new_case(tmp_path, many_claims)
    chance = random.Random(7)
    with nursery(path) as writers:
        for n in range(KILLS):
            pid = writers.a_writer_is_born()
            # Half of them die young, while they open the case; the others at their work.
            if n % 2:
                enough = len(writers.acknowledged) + chance.randint(1, 4)
                while len(writers.acknowledged) < enough:
                    writers.listen(None)
            writers.listen_for(chance.uniform(0, 0.004 if n % 2 else 0.02))
            os.kill(pid, signal.SIGKILL)
            while writers.alive:
                writers.listen(None)
    acknowledged = writers.acknowledged
    assert len(acknowledged) >= KILLS / 2
    with CaseFile.open(path) as case:
        rows = case.con.execute("SELECT id, body FROM entry ORDER BY lsn").fetchall()
        ids = [row["id"].hex() for row in rows]
        assert set(acknowledged) <= set(ids)
        # What was committed and not yet acknowledged is one entry a kill at most.
        assert len(ids) <= len(acknowledged) + KILLS + 1
        assert [hashlib.sha256(row["body"]).hexdigest() for row in rows] == ids
        bodies = [json.loads(row["body"]) for row in rows]
        assert [body["p"] for body in bodies] == [None, *ids[:-1]]
        assert [body["w"] for body in bodies] == [None, *ids[:-1]]
        assert [body["n"] for body in bodies] == list(range(1, len(ids) + 1))
        assert [body["l"] for body in bodies] == list(range(1, len(ids) + 1))
        assert len({body["c"] for body in bodies}) == 1
        assert case.con.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert case.con.execute("PRAGMA foreign_key_check").fetchall() == []
        assert rebuilt(case.con) == state_of(case.con)
