"""What is sent to the terminal: bytes are exact, and stand as tests too (tests/desk)."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.bench import Bench
from tests.bench.table import Budget, Row
from tests.bench.timed import SIZES, Timed, review, told
from tests.desk.cases import exercise

NEXT = 69
STEPS = 6
MOST = {SIZES[0]: 1500, SIZES[1]: 3500}
STEP, TYPED = 400, 100


def rows(bench: Bench) -> Iterator[Row]:
    """Every line of the budget at both sizes, on the exercise."""
    for size in SIZES:
        with TemporaryDirectory() as folder, Timed(review(exercise(Path(folder))), size) as desk:
            desk.until("READ")
            desk.settle()
            yield from _of_keys(desk, size)
            yield _idle(desk, size, bench)


def _of_keys(desk: Timed, size: tuple[int, int]) -> Iterator[Row]:
    claims = [desk.key("j").bytes for _ in range(NEXT)]
    median = statistics.median(claims)
    yield Row(
        f"next claim, median of {NEXT}, {told(size)}", median, "bytes", Budget(most=MOST[size])
    )
    yield Row(f"next claim, worst of {NEXT}, {told(size)}", max(claims), "bytes")
    desk.key("g")
    scrolled = [desk.key(key).bytes for _ in "ab" for key in ("J", "J", "K", "K", "\t")]
    yield Row(f"scroll by a line, {told(size)}", max(scrolled), "bytes", Budget(most=STEP))
    desk.key("a")
    stepped = max(desk.key("j").bytes for _ in range(40))
    yield Row(f"cursor by a line, {told(size)}", stepped, "bytes", Budget(most=STEP))
    desk.key("q")
    desk.key("c")
    typed = max(desk.key(letter).bytes for letter in "a note of it")
    yield Row(f"a character typed, {told(size)}", typed, "bytes", Budget(most=TYPED))


def _idle(desk: Timed, size: tuple[int, int], bench: Bench) -> Row:
    before = len(desk.raw)
    desk.wait(2.0 if bench.quick else 60.0)
    return Row(f"an idle minute, {told(size)}", len(desk.raw) - before, "bytes", Budget(most=0))
