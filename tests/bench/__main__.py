"""Every budget of the program, measured beside its floor in the same run: one table.

    python -m tests.bench [--quick] [--markdown] [--dir FOLDER] [NAME ...]

The cases are made on the first run, which takes some minutes, and kept in FOLDER: without it,
in `bench` in the cache folder of the account. NAME is a part, or some words of it; without any
all are measured. Nothing is asserted: what is exact, bytes and idle writes, stands in the tests
too.
"""

import argparse
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from tests.bench import table
from tests.bench.bench import Bench, usual_folder
from tests.bench.table import Row

PARTS = ("start", "claims", "sent", "slow", "long", "moves", "queue", "search", "imports", "memory")
"""The modules, each with `rows`; in the order of the table."""


def main() -> None:
    """Measure what was asked for, and print it."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="a case of 1,000 claims, few runs")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--dir", type=Path, default=usual_folder(), help="where the cases are kept")
    given = parser.parse_args()
    wanted = [part for part in PARTS if not given.parts or any(w in part for w in given.parts)]
    if not wanted:
        parser.error(f"no such part; there are {', '.join(PARTS)}")
    bench = Bench(given.dir, given.quick)
    rows = [row for part in wanted for row in measured(part, bench)]
    print((table.markdown if given.markdown else table.plain)(rows))


def measured(part: str, bench: Bench) -> Iterator[Row]:
    """The rows of a part, each told on the way."""
    rows: Callable[[Bench], Iterator[Row]] = import_module(f"tests.bench.{part}").rows
    for row in rows(bench):
        print("  ".join(row.cells), flush=True)
        yield row


if __name__ == "__main__":
    main()
