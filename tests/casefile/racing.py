"""A case under the schedule that breaks write-ahead logs: one writer, many checkpoints.

An older SQLite resets the log while another process still writes it, and the file is corrupt
within seconds (https://sqlite.org/wal.html, "the WAL-reset bug"; fixed in 3.51.3). Every write
here is `CaseFile.write`, every checkpoint is under `engine.lock` or a last close, as in the
program itself, unless the flock is taken away to see the control fail.

    python -m tests.casefile.racing FOLDER SECONDS [--stdlib] [--wal] [--no-lock] [--seed N]

`--stdlib` is Python's own SQLite, `--wal` forces the write-ahead log on it. The exit code is 1
where the case is corrupt; what was seen is one line of JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from reviewer.casefile.case import CaseFile

ROOT = Path(__file__).resolve().parents[2]
CHECKPOINTERS = 6
ROWS, SINGLE = 120, 70
PAUSE_S = 0.006
LOOK_EVERY = 50 * (SINGLE + 1)
WRITTEN = "INSERT INTO lease VALUES (?, zeroblob(400), ?, 0)"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--stdlib", action="store_true")
    parser.add_argument("--wal", action="store_true")
    parser.add_argument("--no-lock", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=("write", "checkpoint"))
    return parser.parse_args()


@contextlib.contextmanager
def _engine(given: argparse.Namespace) -> Iterator[None]:
    """The program with the SQLite, the journal and the lock that are asked for."""
    if given.stdlib:
        sys.modules["pysqlite3"] = None  # type: ignore[assignment]
    from reviewer.casefile import engine

    with contextlib.ExitStack() as stack:
        if given.wal:
            mode = ("WAL", "FULL")
            stack.enter_context(patch.object(engine, "journal_mode", lambda *_: mode))
        if given.no_lock:
            nothing = contextlib.nullcontext
            stack.enter_context(patch.object(engine, "lock", lambda *_: nothing()))
        yield


def _keep_to(core: int) -> None:
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(cores) > 1:
        os.sched_setaffinity(0, {cores[core]})


def write(path: Path, seed: int, seconds: float) -> None:
    """Write leases, which are no judgement; say how many, and what is broken."""
    from reviewer.casefile.case import CaseFile
    from reviewer.model.errors import CaseError

    chance = random.Random(seed)
    until = time.monotonic() + seconds
    acknowledged: dict[str, str] = {}
    done, said, over = 0, "", False
    with CaseFile.open(path) as case:
        while not said and not over:
            over = time.monotonic() > until
            try:
                for size in (ROWS, *[1] * SINGLE):
                    rows = {f"{chance.randrange(2**64):020}": f"{done}" for _ in range(size)}
                    with case.write() as con:
                        con.executemany(WRITTEN, rows.items())
                    acknowledged |= rows
                    done += 1
                    if size == ROWS:
                        time.sleep(PAUSE_S)
                if over or done % LOOK_EVERY == 0:
                    said = _what_is_wrong(case, acknowledged)
            except CaseError as error:
                said = error.sentence
    print(json.dumps({"transactions": done, "rows": len(acknowledged), "said": said}), flush=True)


def _what_is_wrong(case: CaseFile, acknowledged: dict[str, str]) -> str:
    with case.read() as con:
        held = dict(map(tuple, con.execute("SELECT claim, holder FROM lease").fetchall()))
        (page,) = con.execute("PRAGMA quick_check(1)").fetchone()
    lost = sum(held.get(claim) != holder for claim, holder in acknowledged.items())
    if lost:
        return f"{lost} of {len(acknowledged)} rows are not as they were acknowledged"
    return "" if page == "ok" else str(page)


def checkpoint(path: Path, seed: int, *, locked: bool) -> None:
    """Write the log back again and again, now and then as the last to close would."""
    from reviewer.casefile import engine
    from reviewer.casefile.case import CaseFile
    from reviewer.model.errors import CaseError

    chance = random.Random(seed)
    write_back = "PRAGMA wal_checkpoint(PASSIVE)"
    while True:
        # What is broken, the writer tells.
        with contextlib.suppress(CaseError), CaseFile.open(path) as case:
            times = range(chance.randrange(2000, 20000))
            with engine.sentences(path):
                if not locked:
                    # The race is lost within few instructions: nothing else may take time.
                    execute = case.con.execute
                    for _ in times:
                        execute(write_back).fetchone()
                for _ in times:
                    with engine.lock(path):
                        case.con.execute(write_back).fetchone()


def race(given: argparse.Namespace) -> dict[str, object]:
    """Run the race in a new case in the folder; what was seen of it."""
    from reviewer.casefile import engine
    from reviewer.casefile.case import CaseFile
    from reviewer.model.errors import CaseError

    path = given.folder / "race.case"
    with CaseFile.create(path, title="Race") as case:
        journal = case.con.execute("PRAGMA journal_mode").fetchone()[0]
    began = time.monotonic()
    parts = [
        _part(given, "write", 0),
        *(_part(given, "checkpoint", n + 1) for n in range(CHECKPOINTERS)),
    ]
    try:
        said = parts[0].communicate()[0]
    finally:
        for part in parts:
            part.send_signal(signal.SIGKILL)
        for part in parts:
            part.wait()
    last: dict[str, object] = json.loads(said)
    seconds = round(time.monotonic() - began, 1)
    try:
        with CaseFile.open(path) as case, case.read() as con:
            found = con.execute("PRAGMA integrity_check(3)").fetchall()
            whole = "; ".join(row[0] for row in found)
    except CaseError as error:
        whole = error.sentence
    intact = last.get("said") == "" and whole == "ok"
    about = {"sqlite": engine.sqlite3.sqlite_version, "journal": journal, "seed": given.seed}
    flock = not given.no_lock
    return {**about, "flock": flock, "seconds": seconds, **last, "check": whole, "intact": intact}


def _part(given: argparse.Namespace, part: str, n: int) -> subprocess.Popen[str]:
    options = [f"--{o}" for o in ("stdlib", "wal", "no-lock") if vars(given)[o.replace("-", "_")]]
    seed = str(given.seed * 100 + n)
    folder, seconds = str(given.folder), str(given.seconds)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.casefile.racing", folder, seconds, *options,
         "--seed", seed, "--part", part],
        cwd=ROOT,
        stdout=subprocess.PIPE if part == "write" else subprocess.DEVNULL,
        text=True,
    )  # fmt: skip


def main() -> int:
    """Be the race or a part of it."""
    given = _arguments()
    os.umask(0o077)
    with _engine(given):
        path = given.folder / "race.case"
        if given.part == "write":
            _keep_to(1)
            write(path, given.seed, given.seconds)
        elif given.part == "checkpoint":
            _keep_to(0)
            checkpoint(path, given.seed, locked=not given.no_lock)
        else:
            seen = race(given)
            print(json.dumps(seen))
            return 0 if seen["intact"] else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
