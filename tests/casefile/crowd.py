"""Readers in processes of their own on one case: how long each waits, and that none starves.

    python -m tests.casefile.crowd FOLDER SECONDS [--readers N] [--pace S] [--stdlib] [--seed N]

Each goes to the next undecided claim and judges it, once in `--pace` seconds, or flat out with
`--pace 0`. What was seen is one line of JSON, times in milliseconds; `write` is a verdict as
the reader waits for it, `next` the way to the next claim with its lease, and `disk` the floor: the
sync of a page of another file on the same disk, eight times a second beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = 20_000
PAGE = 4096
VALUES = ("verified", "false", "contested")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--stdlib", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", default="")
    return parser.parse_args()


def make(path: Path, claims: int) -> None:
    """A case of so many claims."""
    from reviewer.casefile import batch
    from reviewer.casefile.case import CaseFile
    from reviewer.model.records import ClaimRecord

    with CaseFile.create(path, title="A crowd") as case:
        batch.take_in(
            case, (ClaimRecord(id=f"c-{n:06}", text=f"What {n} says.") for n in range(claims))
        )


def read(path: Path, given: argparse.Namespace) -> None:
    """Be one of the readers, and say what was done and how long each act took."""
    from reviewer.model.errors import ClaimChangedError
    from reviewer.service.session import Session

    chance = random.Random(f"{given.seed} {given.reader}")
    writes: list[float] = []
    steps: list[float] = []
    done: dict[str, str] = {}
    refused = 0
    with Session.open(path, given.reader) as session:
        # As the desk does while its first screen is read.
        session.prepare()
        print("ready", flush=True)
        sys.stdin.readline()
        begun = time.monotonic()
        claim = ""
        turn = chance.random()
        while (now := time.monotonic()) - begun < given.seconds:
            wait = begun + turn * given.pace - now
            if wait > 0:
                time.sleep(wait)
            turn += 1
            began = time.perf_counter()
            row = session.take_next(after=claim)
            steps.append(time.perf_counter() - began)
            if row is None:
                break
            claim = row.id
            view = session.view(claim)
            began = time.perf_counter()
            try:
                entry = session.decide(view, chance.choice(VALUES), f"seen by {given.reader}")
            except ClaimChangedError:
                refused += 1
                continue
            writes.append(time.perf_counter() - began)
            if entry is not None:
                done[claim] = entry.id
        session.release()
    said = {"writes": writes, "steps": steps, "done": done, "refused": refused}
    print(json.dumps(said), flush=True)


def crowd(given: argparse.Namespace) -> dict[str, object]:
    """Let the readers loose in a new case in the folder; what was seen of them."""
    from reviewer.casefile import engine
    from reviewer.casefile.case import CaseFile

    path = given.folder / "crowd.case"
    make(path, given.claims)
    names = [f"reader {n}" for n in range(given.readers)]
    parts = [_part(given, name) for name in names]
    for part in parts:
        assert part.stdout is not None
        assert part.stdout.readline() == "ready\n"
    for part in parts:
        assert part.stdin is not None
        part.stdin.write("go\n")
        part.stdin.flush()
    disk = _syncs(given.folder / "beside", given.seconds)
    said = [json.loads(part.communicate()[0]) for part in parts]
    with CaseFile.open(path) as case, case.read() as con:
        held = {row[0].hex() for row in con.execute("SELECT id FROM entry").fetchall()}
        whole = con.execute("PRAGMA integrity_check(1)").fetchone()[0]
        journal = con.execute("PRAGMA journal_mode").fetchone()[0]
        leases = con.execute("SELECT count(*) FROM lease").fetchone()[0]
    claims = [claim for one in said for claim in one["done"]]
    acknowledged = {id_ for one in said for id_ in one["done"].values()}
    return {
        "sqlite": engine.sqlite3.sqlite_version,
        "journal": journal,
        "seed": given.seed,
        "write": _spread([t for one in said for t in one["writes"]]),
        "next": _spread([t for one in said for t in one["steps"]]),
        "disk": _spread(disk),
        "each": [len(one["done"]) for one in said],
        "refused": sum(one["refused"] for one in said),
        "twice": len(claims) - len(set(claims)),
        "lost": len(acknowledged - held),
        "leases left": leases,
        "check": whole,
    }


def _syncs(path: Path, seconds: float) -> list[float]:
    """How long the disk itself takes, again and again."""
    times: list[float] = []
    until = time.monotonic() + seconds
    with path.open("wb", buffering=0) as file:
        while time.monotonic() < until:
            time.sleep(1 / 8)
            file.seek(0)
            file.write(os.urandom(PAGE))
            began = time.perf_counter()
            os.fsync(file)
            times.append(time.perf_counter() - began)
    return times


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)

    def at(part: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1000, 2)

    return {"n": len(ordered), "p50": at(0.5), "p99": at(0.99), "max": at(1.0)} if ordered else {}


def _part(given: argparse.Namespace, name: str) -> subprocess.Popen[str]:
    home = given.folder / name
    options = ["--stdlib"] if given.stdlib else []
    return subprocess.Popen(
        [sys.executable, "-m", "tests.casefile.crowd", str(given.folder), str(given.seconds),
         *options, "--seed", str(given.seed), "--pace", str(given.pace), "--reader", name],
        cwd=ROOT,
        env={**os.environ, "HOME": str(home), "XDG_STATE_HOME": str(home / "state")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def main() -> int:
    """Be the crowd or one of it."""
    given = _arguments()
    os.umask(0o077)
    if given.stdlib:
        sys.modules["pysqlite3"] = None  # type: ignore[assignment]
    if given.reader:
        read(given.folder / "crowd.case", given)
        return 0
    seen = crowd(given)
    print(json.dumps(seen))
    return 0 if seen["check"] == "ok" and not seen["lost"] and not seen["twice"] else 1


if __name__ == "__main__":
    sys.exit(main())
