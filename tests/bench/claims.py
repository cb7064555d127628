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
            yield _next_claim(bench, size, Path(folder) / "screens.json")


def _next_claim(bench: Bench, size: tuple[int, int], kept: Path) -> Row:
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
            took, least = by_turns(CLAIMS, lambda: desk.key("j").ms, lambda: floor.key("j").ms)
    return Row(f"next claim, {bench.claims:,} claims, {told(size)}", took, "ms", Budget(2), least)
