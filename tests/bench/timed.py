"""A program in a real pseudo-terminal, timed on the bytes as they arrive."""

import atexit
import re
import shutil
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = {
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
}
"""What a terminal of today answers at once."""
ASKED = re.compile(b"|".join(map(re.escape, ANSWERS)))
GAP_S = 0.15
"""What is silent for so long has drawn all it has to."""
LAID_OUT_S = 2.0
SIZES = ((80, 24), (120, 40))
LONGEST_S = 120.0


@cache
def home() -> str:
    """One home for all starts: a case that was never opened here is first looked at from afar."""
    folder = TemporaryDirectory(prefix="bench-home-")
    atexit.register(folder.cleanup)
    return folder.name


def ours(*args: object) -> list[str]:
    """The command that starts this program."""
    return [sys.executable, "-m", "reviewer", *map(str, args)]


def review(case: Path) -> list[str]:
    """The command that opens the desk on a case."""
    return ours("review", case, "--as", "bench")


class Drawn(NamedTuple):
    """What a key cost: milliseconds to the last byte drawn for it, and how many bytes."""

    ms: float
    bytes: int


class Timed(Terminal):
    """A terminal that answers without drawing, and keeps when each byte came."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = SIZES[0],
        *,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.came: list[tuple[float, int]] = []
        self._looked = 0
        # Each start begins at the first claim, and not where another left.
        shutil.rmtree(Path(home()) / ".local/state/reviewer/places", ignore_errors=True)
        self.began = monotonic()
        # As in an installation, what is imported is compiled: see PYTHONDONTWRITEBYTECODE.
        more = {"PYTHONPATH": str(ROOT), "HOME": home(), **(env or {})}
        super().__init__(command, *size, env=more, answers=False)

    def _turn(self, seconds: float) -> bool:
        came = super()._turn(seconds)
        if came:
            self.came.append((monotonic(), len(self.raw)))
            self._reply()
        return came

    def _reply(self) -> None:
        for asked in ASKED.finditer(self.raw, self._looked):
            self._looked = asked.end()
            self._outbox += ANSWERS[asked[0]]
        self._turn(0) if self._outbox else None

    def until(self, text: str) -> float:
        """Milliseconds from the start of the program to when a text stood on the screen."""
        self.wait_for(text, LONGEST_S)
        return self._since(self.began)

    def ended(self) -> float:
        """Milliseconds from the start of the program to its end."""
        while self._up:
            self._turn(1.0)
        return (monotonic() - self.began) * 1e3

    def key(self, key: str, gap: float = GAP_S) -> Drawn:
        """Press a key that draws, or several at once, and wait until nothing came for `gap`."""
        before, pressed = len(self.raw), monotonic()
        self.type(key)
        self.wait_for(lambda _: len(self.raw) > before, LONGEST_S, f"nothing drawn for {key!r}")
        self.settle(gap, LONGEST_S)
        return Drawn(self._since(pressed), len(self.raw) - before)

    def resized(self, size: tuple[int, int]) -> float:
        """Milliseconds from another size of the terminal to the last byte drawn for it."""
        before, began = len(self.raw), monotonic()
        self.resize(*size)
        self.wait_for(lambda _: len(self.raw) > before, LONGEST_S, f"nothing drawn at {size}")
        # The texts are laid out after a first frame of the new size.
        self.settle(LAID_OUT_S, LONGEST_S)
        return self._since(began)

    def wait(self, seconds: float) -> None:
        """Take what comes for so long."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            self._turn(left)

    def memory(self) -> float:
        """MB that it holds (Linux)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * 4096 / 1e6

    def _since(self, began: float) -> float:
        return (self.came[-1][0] - began) * 1e3


def told(size: tuple[int, int]) -> str:
    """A size as people write it."""
    return f"{size[0]}x{size[1]}"


Measure = Callable[[], float]


def by_turns(times: int, *measures: Measure) -> list[float]:
    """Medians of several figures, measured in turn, so that they meet the same machine."""
    taken = [[measure() for measure in measures] for _ in range(times)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]
