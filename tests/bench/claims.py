"""The next claim: both panes replaced, beside the same text drawn from memory."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import floors
from tests.bench.bench import Bench
from tests.bench.table import Budget, Row
from tests.bench.timed import SIZES, Timed, by_turns, review, told

CLAIMS = 30


def rows(bench: Bench) -> Iterator[Row]:
    """At both sizes, in the large case."""
    for size in SIZES:
        with TemporaryDirectory() as folder:
            yield from _next_claim(bench, size, Path(folder) / "screens.json")


def _next_claim(bench: Bench, size: tuple[int, int], kept: Path) -> Iterator[Row]:
    with Timed(review(bench.large), size) as desk:
        desk.until(bench.first_word)
        desk.settle()
        screens = [desk.screen]
        for _ in range(CLAIMS):
            desk.key("j")
            screens.append(desk.screen)
        desk.key("g")
        kept.write_text(json.dumps(screens), encoding="utf-8")
        with Timed(floors.panes(kept, side=size[0] > SIZES[0][0]), size) as floor:
            floor.until(bench.first_word)
            floor.settle()
            before = desk.cpu_seconds(), floor.cpu_seconds()
            took, least = by_turns(CLAIMS, lambda: desk.key("j").ms, lambda: floor.key("j").ms)
            used = desk.cpu_seconds() - before[0], floor.cpu_seconds() - before[1]
    name = f"next claim, {bench.claims:,} claims, {told(size)}"
    yield Row(name, took, "ms", Budget(2), least)
    # What other programs on the machine hold up least.
    worked, floor_worked = (seconds * 1e3 / CLAIMS for seconds in used)
    yield Row(f"{name}: processor time", worked, "ms", floor=floor_worked)
