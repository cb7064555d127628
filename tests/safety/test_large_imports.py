"""Imports of many rows that are interrupted, killed, repeated, doubled, or run out of disk.

What was committed stays, nothing is half-written, and the same command again goes on to the
end that an undisturbed import has. The real program each time; `tests/bench/imports.py` has
the sizes that are too large to be tests.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from tests.casefile.making import new_case
from tests.safety.whole import whole

ROOT = Path(__file__).resolve().parents[2]
ROWS = 12_000
TABLES = ("source", "statement", "recording", "claim", "rating", "quotation", "brought", "queue")
Rows = dict[str, list[tuple[object, ...]]]


def start(
    case: Path, *files: Path, before: Callable[[], None] | None = None
) -> subprocess.Popen[bytes]:
    """The real program, importing."""
    return subprocess.Popen(
        [sys.executable, "-m", "reviewer", "import", "--json", str(case), *map(str, files)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=before,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def done(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    """Its exit code and what it said."""
    out, err = process.communicate(timeout=120)
    return process.returncode, out.decode(), err.decode()


def held(case: Path) -> Rows:
    """Every row of evidence, with where it came from, and of the queue."""
    with closing(sqlite3.connect(f"file:{case}?mode=ro", uri=True)) as con:
        return {
            table: con.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in TABLES
        }


def claims_in(case: Path) -> int:
    with closing(sqlite3.connect(f"file:{case}?mode=ro", uri=True)) as con:
        (count,) = con.execute("SELECT count(*) FROM claim").fetchone()
    return int(count)


def once_begun(process: subprocess.Popen[bytes], case: Path) -> None:
    """Wait until the first batch is on the disk and more is to come."""
    until = monotonic() + 60
    while not claims_in(case):
        assert process.poll() is None, "it ended before it could be disturbed"
        assert monotonic() < until


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Claims with a claimant, a date and a rating."""
    path = tmp_path_factory.mktemp("large") / "claims.csv"
    with path.open("w") as file:
        file.write("id,claim,claimant,date,rating\n")
        for n in range(ROWS):
            rating = ("True", "False", "Mixture")[n % 3]
            file.write(
                f"{n},They lost {n} men.,Speaker {n % 50},2022-03-{n % 28 + 1:02},{rating}\n"
            )
    return path


@pytest.fixture(scope="module")
def undisturbed(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What an import of the table leaves behind when nothing happens to it."""
    case = new_case(tmp_path_factory.mktemp("undisturbed"), list)
    code, out, err = done(start(case, table))
    assert (code, err) == (0, "")
    assert json.loads(out)["new"] == 2 * ROWS + 1
    return held(case)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path, list)


def test_ctrl_c_stops_between_two_batches_and_the_same_command_goes_on(
    case: Path, table: Path, undisturbed: Rows
) -> None:
    process = start(case, table)
    once_begun(process, case)
    process.send_signal(signal.SIGINT)
    code, out, err = done(process)
    assert (code, err) == (1, "")
    assert json.loads(out)["stopped"]
    assert 0 < claims_in(case) < ROWS
    assert whole(case) == []
    code, out, _ = done(start(case, table))
    again = json.loads(out)
    assert code == 0
    assert 0 < again["unchanged"] < 2 * ROWS
    assert again["new"] + again["unchanged"] == 2 * ROWS + 1
    assert held(case) == undisturbed


def test_a_killed_import_goes_on_when_it_is_given_again(
    case: Path, table: Path, undisturbed: Rows
) -> None:
    process = start(case, table)
    once_begun(process, case)
    process.kill()
    assert done(process)[0] == -signal.SIGKILL
    assert whole(case) == []
    assert 0 < claims_in(case) < ROWS
    assert done(start(case, table))[0] == 0
    assert held(case) == undisturbed
    assert whole(case) == []


def test_a_second_import_changes_nothing(case: Path, table: Path, undisturbed: Rows) -> None:
    for new in (2 * ROWS + 1, 0):
        code, out, _ = done(start(case, table))
        assert (code, json.loads(out)["new"]) == (0, new)
        assert held(case) == undisturbed


def test_two_imports_into_one_case_take_turns(case: Path, table: Path, undisturbed: Rows) -> None:
    both = [start(case, table), start(case, table)]
    reports = [json.loads(out) for code, out, _ in map(done, both) if code == 0]
    assert sum(report["new"] for report in reports) == 2 * ROWS + 1
    assert held(case) == undisturbed
    assert whole(case) == []


def test_a_disk_that_fills_keeps_what_was_committed(
    case: Path, table: Path, undisturbed: Rows
) -> None:
    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))

    code, _, err = done(start(case, table, before=small))
    assert code == 1
    assert err.count("\n") == 1
    assert str(case) in err
    assert "What was imported before stays; the same command goes on." in err
    assert claims_in(case) < ROWS
    assert whole(case) == []
    assert done(start(case, table))[0] == 0
    assert held(case) == undisturbed


def test_a_row_that_comes_again_in_another_batch_is_known(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "again.jsonl"
    row = '{{"kind": "claim", "id": "c-{}", "text": "{}"}}\n'
    path.write_text(
        "".join(row.format(n, "First.") for n in range(6_000))
        + row.format(0, "First.")
        + row.format(1, "Second.")
    )
    code, out, _ = done(start(case, path))
    report = json.loads(out)
    assert code == 0
    assert (report["new"], report["doubled"], report["refused"]) == (6_000, 1, 1)
    (refused,) = report["refused_rows"]
    assert refused["reason"] == "the id 'c-1' stands twice; first at again.jsonl, line 2"


def test_what_an_import_has_brought_is_held_by_eight_bytes_and_told_apart() -> None:
    from reviewer.casefile.brought import Brought

    brought = Brought()
    keys = [("claim", f"c-{n}") for n in range(20_000)]
    for n, key in enumerate(keys):
        assert brought.get(key) is None
        brought.add(key, n.to_bytes(32, "big"))
        brought.add(key, n.to_bytes(8, "big") + bytes(24))
    assert [brought.get(key) for key in keys] == [n.to_bytes(8, "big") for n in range(20_000)]
    assert brought.get(("rating", "c-1")) is None
