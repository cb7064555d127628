"""A key held for three seconds on a slow line: how long until the screen stands still.

The line is simulated around a real pseudo-terminal: 56 kbit/s, 150 ms each way, with room for
any number of bytes, as a modem behind ssh has it. What the program writes is taken at once and
put behind what is still on its way; the terminal's answers take their time back. Textual's own
driver, which asks for none, is the floor that ours is measured against.
"""

import heapq
from collections.abc import Iterator
from time import monotonic

from tests.bench.bench import Bench
from tests.bench.cases import STAGED
from tests.bench.table import Budget, Row
from tests.bench.timed import ANSWERS, ASKED, SIZES, Timed, review, told

BYTES_PER_S, ONE_WAY_S = 7000, 0.15
HELD_S, REPEATS_PER_S = 3.0, 30
STILL_S = 2.0
"""A program that was silent for so long, with nothing on its way to it, has written all."""
LONG_STATEMENT = f'claimant:"Speaker {STAGED + 1}"'
"""Of the claims that it finds, the first shows a statement of 200 kB."""
STOCK = {"REVIEWER_DRIVER": "stock"}


class SlowLine(Timed):
    """A terminal behind a slow line, once it is `slow`; `last` is when it last drew."""

    slow = False
    free_at = last = 0.0

    def _reply(self) -> None:
        if not self.slow:
            super()._reply()

    def hold(self, key: str) -> tuple[float, int]:
        """Hold a key: seconds from its release to the last thing drawn, and the bytes."""
        self.slow, before, start = True, len(self.raw), monotonic()
        presses = int(HELD_S * REPEATS_PER_S)
        due = [(start + n / REPEATS_PER_S + ONE_WAY_S, key.encode()) for n in range(presses)]
        until = start + HELD_S + STILL_S
        while (left := (due[0][0] if due else until) - monotonic()) > 0 or due:
            if left > 0 and self._turn(left):
                self._arrives(due)
                until = max(until, monotonic() + STILL_S)
            while due and due[0][0] <= monotonic():
                self._send(heapq.heappop(due)[1])
                until = max(until, monotonic() + STILL_S)
        return self.last - (start + HELD_S), len(self.raw) - before

    def _arrives(self, due: list[tuple[float, bytes]]) -> None:
        """What came goes through the line; what the terminal answers is due some time later."""
        came, size = self.came[-1]
        new = size - (self.came[-2][1] if len(self.came) > 1 else 0)
        self.free_at = max(came, self.free_at) + new / BYTES_PER_S
        self.last = self.free_at + ONE_WAY_S
        for asked in ASKED.finditer(self.raw, self._looked):
            self._looked = asked.end()
            heapq.heappush(due, (self.last + ONE_WAY_S, ANSWERS[asked[0]]))


def rows(bench: Bench) -> Iterator[Row]:
    """Both drivers at both sizes, with two keys that people hold."""
    for size in SIZES:
        # The first claims of the case have texts that fill their panes: more of them than the
        # key repeats. And nothing but a long text is scrolled for three seconds.
        yield from _beside(f"next claim held 3 s, {told(size)}", review(bench.small), "j", size)
        text = [*review(bench.small), "--filter", LONG_STATEMENT]
        yield from _beside(f"scroll by a line held 3 s, {told(size)}", text, "J", size)


def _beside(name: str, command: list[str], key: str, size: tuple[int, int]) -> Iterator[Row]:
    (tail, sent), (floor, stock) = (_held(command, key, size, env) for env in ({}, STOCK))
    yield Row(f"{name}: still after", tail, "s", Budget(most=1.5), floor)
    yield Row(f"{name}: sent", sent, "bytes", floor=stock)


def _held(
    command: list[str], key: str, size: tuple[int, int], env: dict[str, str]
) -> tuple[float, int]:
    with SlowLine(command, size, env=env) as desk:
        desk.until("READ")
        desk.settle()
        return desk.hold(key)
