"""From the start of the program to the first claim, and to the whole desk."""

from collections.abc import Iterator

from tests.bench import floors
from tests.bench.bench import Bench
from tests.bench.table import Budget, Row
from tests.bench.timed import SIZES, Timed, by_turns, review, told

UNKNOWN = "x"
"""A key that does nothing, and says so: the desk takes keys."""
SAID = "x does nothing"


def rows(bench: Bench) -> Iterator[Row]:
    """Both at both sizes, with the large case and the small one."""
    for size in SIZES:
        yield from _first_claim(bench, size)
        yield from _whole_desk(bench, size)


def _first_claim(bench: Bench, size: tuple[int, int]) -> Iterator[Row]:
    def first() -> float:
        with Timed(review(bench.large), size) as term:
            return term.until(bench.first_word)

    def bare() -> float:
        with Timed(floors.bare(), size) as term:
            return term.ended()

    took, floor = by_turns(bench.runs, first, bare)
    yield Row(f"first claim, {bench.claims:,} claims, {told(size)}", took, "ms", Budget(5), floor)


def _whole_desk(bench: Bench, size: tuple[int, int]) -> Iterator[Row]:
    def desk(claims: int) -> float:
        with Timed(review(bench.case(claims)), size) as term:
            term.type(UNKNOWN)
            return term.until(SAID)

    def bare() -> float:
        with Timed(floors.line(), size) as term:
            term.type(UNKNOWN)
            return term.until(floors.HEARD)

    sizes = sorted({bench.claims, bench.few}, reverse=True)
    *took, floor = by_turns(bench.runs, *(lambda n=n: desk(n) for n in sizes), bare)
    for claims, ms in zip(sizes, took, strict=True):
        name = f"whole desk, key typed meanwhile heard, {claims:,} claims, {told(size)}"
        yield Row(name, ms, "ms", Budget(1.35), floor)
