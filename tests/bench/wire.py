"""Bytes to the terminal for a key, each claim and layout: exact, nothing asserted.

    python -m tests.bench.wire [CASE]

Without a case of your own, which is copied and left as it is, the exercise and the founding
case are stepped through. Beside a next claim stands the least there can be: the bytes of the
letters that changed, with no style, no place and no blank. The question after each frame and
the marks around a whole one are counted.
"""

import asyncio
import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.desk.cases import exercise, founding
from tests.desk.emulated import Watched, watched
from tests.margins import MarginScreen
from tests.screen import Screen

SIZES = [(80, 24), (120, 40)]
KINDS = {"without side margins": Screen, "with side margins": MarginScreen}
STEPS = ["J"] * 4 + ["K"] * 4


async def main(paths: list[Path]) -> None:
    """Measure, and print."""
    for path in paths:
        for size in SIZES:
            print(f"\n{path.stem}, {size[0]}x{size[1]}")
            for kind in KINDS:
                await measured(path, size, kind)


async def measured(path: Path, size: tuple[int, int], kind: str) -> None:
    """One case at one size on one kind of terminal."""
    print(f"  {kind}")
    with TemporaryDirectory() as home:
        # The reader begins anew each time, and nobody's own place is touched.
        os.environ |= {"HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home}
        async with watched(path, size, KINDS[kind]) as reader:
            for layout, keys in (("first layout", []), ("the other one", ["w"])):
                await reader.press(*keys)
                for pane in ("statement", "recording"):
                    told(f"a line of the {pane}, {layout}", [await reader.cost(k) for k in STEPS])
                    await reader.press("tab")
            await reader.press("w", "c")
            told("a typed letter", [await reader.cost(key) for key in "letters"])
            await reader.press("esc", "a")
            told("a row of the queue", [await reader.cost(key) for key in "jjjjkkkk"])
            await reader.press("esc", "g")
            told("nothing", [await reader.cost()])
            await next_claims(reader)


async def next_claims(reader: Watched) -> None:
    """From the first claim to the last."""
    costs, least, before = [], [], ""
    while reader.claim != before:
        before, shown = reader.claim, letters(reader)
        costs.append(await reader.cost("j"))
        changed = (new for old, new in zip(shown, letters(reader), strict=True) if new != old)
        least.append(sum(len(text.encode()) for text, _ in changed if text != " "))
    told("the next claim", costs)
    told("its letters alone", least)


def letters(reader: Watched) -> list[tuple[str, object]]:
    """What the terminal is to show, cell by cell."""
    return [cell for row in reader.driver._picture.rows for cell in row]


def told(what: str, costs: list[int]) -> None:
    """Print median and worst; Textual takes what is written to `sys.stdout`."""
    print(f"      {what:44} {median(costs):8.0f} {max(costs):8}", file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        made = [exercise(Path(folder)), founding(Path(folder))]
        if own := sys.argv[1:]:
            made = [Path(folder) / Path(own[0]).name]
            made[0].write_bytes(Path(own[0]).read_bytes())
        asyncio.run(main(made))
