"""Long texts within the same budgets: a call of 100,000 segments, a statement of 200 kB.

Each is opened, scrolled, searched, laid out for another width, and gone through by its
excerpts, which stand at both ends and in the middle. The floor is the same key on a claim of
the same case whose texts just fill their panes.
"""

import statistics
from collections.abc import Iterator

from tests.bench.bench import Bench
from tests.bench.cases import LONG, RARE, STAGED
from tests.bench.table import Budget, Row
from tests.bench.timed import LAID_OUT_S, SIZES, Timed, review, told

NAMES = ("call of 100,000 segments", "statement of 200 kB", "200 kB in one line")
USUAL = STAGED - 2
TIMES = 6
SAME = Budget(2)
MOST_MB, STEP_BYTES = 40, 400
LINE = "scroll by a line"


def rows(bench: Bench) -> Iterator[Row]:
    """Each long text beside a usual one, at both sizes."""
    for size in SIZES:
        usual = _costs(bench, USUAL, size)
        for n, name in enumerate(NAMES[: len(LONG)]):
            costs = _costs(bench, STAGED + n, size)
            for what, (figure, unit) in costs.items():
                budget = {"MB": Budget(above=MOST_MB), "bytes": Budget(most=STEP_BYTES)}
                told_ = f"{name}: {what}, {told(size)}"
                yield Row(told_, figure, unit, budget.get(unit, SAME), usual[what][0])


def _costs(bench: Bench, n: int, size: tuple[int, int]) -> dict[str, tuple[float, str]]:
    """What each key costs on a claim, and its unit; it is opened from a usual one."""
    filter_ = f'claimant:"Speaker {USUAL - 1}" or claimant:"Speaker {n}"'
    with Timed([*review(bench.small), "--filter", filter_], size) as desk:
        desk.until("READ")
        # The first frame stands before the desk is there; it is when it says that there is
        # nothing to redo.
        desk.key("U", LAID_OUT_S)
        # A frame may stand before the call has been read.
        opened = desk.key("j", LAID_OUT_S).ms
        steps = [desk.key(key) for key in "JK" * TIMES]
        costs = {
            "open": (opened, "ms"),
            LINE: (statistics.median(step.ms for step in steps), "ms"),
            f"{LINE}, sent": (max(step.bytes for step in steps), "bytes"),
            "scroll by a page": (_median(desk, " b" * TIMES), "ms"),
            "next excerpt": (_median(desk, "lh" * TIMES), "ms"),
        }
        desk.key("/")
        costs["find, a letter typed"] = (_median(desk, RARE[:TIMES]), "ms")
        desk.type("\x1b")
        desk.settle()
        wider = (size[0] + 10, size[1])
        widths = [desk.resized(now) for now in (wider, size, wider, size)]
        costs["another width"] = (statistics.median(widths), "ms")
        costs["memory"] = (desk.memory(), "MB")
    return costs


def _median(desk: Timed, keys: str) -> float:
    return statistics.median(desk.key(key).ms for key in keys)
