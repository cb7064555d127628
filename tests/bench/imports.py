"""How fast a table is imported, against the floor that the machine sets.

    python -m tests.bench.imports [ROWS ...]

The floor is the bare writing: every row that the import of a CSV left behind, put by
`executemany` into the same tables with the same indexes and triggers, in one transaction of a
connection that is set up as that of an import is. The budget of an import is half of that rate.
"""

import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewer.casefile.batch import CACHE_KIB
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.service.importing import import_files
from tests.bench.bench import Bench
from tests.bench.table import Budget, Row

PARENTS_FIRST = ("source", "claim", "rating", "file", "brought", "queue")
"""Where rows of a table of rated claims end up."""
WORDS = [
    "the",
    "minister",
    "said",
    "that",
    "losses",
    "of",
    "our",
    "forces",
    "in",
    "region",
    "rose",
    "fell",
    "by",
    "percent",
    "since",
    "spring",
    "over",
    "agency",
    "confirmed",
    "report",
    "denied",
    "officials",
    "wounded",
    "killed",
    "bridge",
    "river",
    "village",
    "power",
]


def rows(bench: Bench) -> Iterator[Row]:
    """The time that an import takes, beside the bare writing of its rows."""
    size, times = (20_000, 1) if bench.quick else (100_000, 3)
    pairs = []
    for _ in range(times):
        with TemporaryDirectory() as folder:
            pairs.append(measured(size, Path(folder)))
    took, floor = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    yield Row(f"import of {size:,} rated claims", took, "s", Budget(2), floor)


def main(sizes: list[int]) -> None:
    """Measure each size and print a line of it."""
    for size in sizes:
        with TemporaryDirectory() as folder:
            took, floor = measured(size, Path(folder))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{size:,} rows: import {size / took:,.0f} rows/s in {took:.1f} s, peak {peak} MB;"
            f" floor {size / floor:,.0f} rows/s in {floor:.1f} s;"
            f" the import reaches {floor / took:.0%} of it",
            flush=True,
        )


def measured(size: int, folder: Path) -> tuple[float, float]:
    """Seconds to import a table of so many rows, and to write the same rows bare."""
    given = table(folder / "claims.csv", size)
    imported = empty(folder / "imported.case")
    began = time.perf_counter()
    with CaseFile.open(imported) as case:
        report = import_files(case, [given])
    took = time.perf_counter() - began
    assert report.refused_count == 0
    return took, written_bare(imported, empty(folder / "bare.case"))


def table(path: Path, rows: int) -> Path:
    """A CSV of rated claims: each with an id, a claimant, a date and a rating."""
    chance = random.Random(rows)
    with path.open("w", encoding="utf-8") as file:
        file.write("id,claim,claimant,date,rating\n")
        for n in range(rows):
            claim = " ".join(chance.choices(WORDS, k=14))
            date = f"20{n % 23 + 1:02}-{n % 12 + 1:02}-{n % 28 + 1:02}"
            verdict = ("True", "False", "Mixture", "Unproven")[n % 4]
            file.write(f"{n},{claim} {n},Speaker {n % 5000},{date},{verdict}\n")
    return path


def empty(path: Path) -> Path:
    """A case with nothing in it."""
    CaseFile.create(path, title="Import").close()
    return path


def written_bare(full: Path, into: Path) -> float:
    """Seconds that it takes to write the rows of one case into another."""
    with CaseFile.open(full, readonly=True) as case:
        rows = {name: all_of(case.con, name) for name in PARENTS_FIRST}
    with CaseFile.open(into) as case, case.write() as con:
        con.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        began = time.perf_counter()
        for name, held in rows.items():
            marks = ", ".join("?" * len(held[0]))
            con.executemany(f"INSERT INTO {name} VALUES ({marks})", held)
        con.execute("COMMIT")
        took = time.perf_counter() - began
        con.execute("BEGIN")
    return took


def all_of(con: Connection, table_: str) -> list[tuple[object, ...]]:
    """Every row of a table, in the order in which it was imported."""
    order = "" if table_ in ("brought", "queue") else " ORDER BY rowid"
    order = "" if table_ == "source" else order
    return [tuple(row) for row in con.execute(f"SELECT * FROM {table_}{order}")]


if __name__ == "__main__":
    main(list(map(int, sys.argv[1:])) or [200_000, 1_000_000])
