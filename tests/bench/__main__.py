"""Every budget of the program, measured beside its floor in the same run: one table.

    python -m tests.bench [--quick] [--markdown] [--write] [--dir FOLDER] [NAME ...]

The cases are made on the first run, which takes some minutes, and kept in FOLDER: without it,
in `bench` in the cache folder of the account. NAME is a part, or some letters of it; without
any all are measured. Nothing is asserted: what is exact, bytes and idle writes, stands in the
tests too.
"""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from reviewer.casefile.engine import sqlite3
from tests.bench import table
from tests.bench.bench import Bench, usual_folder
from tests.bench.table import Row

PARTS = (
    *("start", "claims", "sent", "slow", "long"),
    *("moves", "queue", "search", "imports", "memory"),
)
"""The modules, each with `rows`; in the order of the table."""
PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- bench -->\n", "<!-- /bench -->"


def main() -> None:
    """Measure what was asked for, and print it."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="a case of 1,000 claims, few runs")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--write", action="store_true", help=f"put it into {PAGE.name}")
    parser.add_argument("--dir", type=Path, default=usual_folder(), help="where the cases are kept")
    given = parser.parse_args()
    wanted = [part for part in PARTS if not given.parts or any(w in part for w in given.parts)]
    if not wanted:
        parser.error(f"no such part; there are {', '.join(PARTS)}")
    bench = Bench(given.dir, given.quick)
    before = os.getloadavg()[0]
    rows = [row for part in wanted for row in measured(part, bench)]
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(written(page, rows, machine(before)), encoding="utf-8")
    print((table.markdown if given.markdown else table.plain)(rows))
    print(machine(before))


def measured(part: str, bench: Bench) -> Iterator[Row]:
    """The rows of a part, each told on the way."""
    rows: Callable[[Bench], Iterator[Row]] = import_module(f"tests.bench.{part}").rows
    for row in rows(bench):
        print("  ".join(row.cells), file=sys.stderr, flush=True)
        yield row


def machine(load: float) -> str:
    """What it was measured on, and how busy that was before and after."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f} before"
        f" and {os.getloadavg()[0]:.1f} after, Python {platform.python_version()}, Textual"
        f" {version('textual')}, SQLite {sqlite3.sqlite_version}."
    )


def written(page: str, rows: list[Row], told: str) -> str:
    """The page with these rows in the place of those of the same names; others stay.

    What is `told` of the machine stands for all rows only where all were measured.
    """
    head, _, rest = page.partition(BEGIN)
    old, _, tail = rest.partition(END)
    heading, rule, *lines = table.markdown(rows).splitlines()
    before = [line for line in f"{old}\n".splitlines(keepends=True) if line.startswith("| ")][2:]
    now = {_name(line): line.rstrip() for line in [*before, *lines]}
    if now.keys() > {row.name for row in rows}:
        told = old.partition("\n\n")[0]
    text = "\n".join([told, "", heading, rule, *now.values()])
    return f"{head}{BEGIN}{text}\n{END}{tail}"


def _name(line: str) -> str:
    return line.split(" | ")[0].removeprefix("| ")


if __name__ == "__main__":
    main()
