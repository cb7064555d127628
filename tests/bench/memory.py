"""What the desk holds in memory, above the bare Textual app that shows one line."""

from collections.abc import Iterator

from tests.bench import floors
from tests.bench.bench import Bench
from tests.bench.table import Budget, Row
from tests.bench.timed import Timed, review

WORK = ["j"] * 40 + [
    "G",
    "g",
    ".",
    "a",
    "G",
    "g",
    "q",
    "J",
    " ",
    "b",
    "\t",
    "i",
    "q",
    "t",
    "q",
    "?",
    "q",
]
MOST = 40


def rows(bench: Bench) -> Iterator[Row]:
    """With a small case and a large one, after some work; and with the long call open."""
    with Timed(floors.line()) as bare:
        bare.until(floors.READY)
        bare.settle()
        floor = bare.memory()
    for claims in sorted({bench.few, bench.claims}):
        with Timed(review(bench.case(claims))) as desk:
            desk.until("READ")
            for key in WORK:
                desk.type(key)
                desk.settle()
            held = desk.memory()
        yield Row(f"memory of the desk, {claims:,} claims", held, "MB", Budget(above=MOST), floor)
