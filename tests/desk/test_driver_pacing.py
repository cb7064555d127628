"""A slow line: the newest state is on it soon, whatever key is held, whoever answers.

The line is simulated on a clock of its own: 56 kbit/s, 150 ms each way, with room for any
number of bytes, as a modem behind ssh has it. Nothing here waits.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count, pairwise
from pathlib import Path
from statistics import median
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from reviewer.desk.driver.answers import ANSWER, MARGINS, QUESTION, WHOLE_FRAMES, Answers
from reviewer.desk.driver.difference import Sent
from reviewer.desk.driver.pacing import DEAF_AFTER, MOST_FRAMES, PATIENCE_S, SLOWEST, Pace
from reviewer.desk.driver.scrolling import best_writing
from tests.desk.cases import exercise
from tests.desk.emulated import EmulatedDriver, Watched, differing, watched
from tests.screen import Screen

BYTES_PER_S, ONE_WAY_S = 7000, 0.15
Property = Callable[[str, object], None]
HELD_S, REPEATS_PER_S = 3.0, 30


class Later:
    """A callback that can be cancelled."""

    def __init__(self, callback: Callable[..., None], args: tuple[Any, ...]) -> None:
        self.callback, self.args, self.off = callback, args, False

    def cancel(self) -> None:
        """Never call it."""
        self.off = True


class Loop:
    """As much of an event loop as a driver uses, on a clock that stands still meanwhile."""

    def __init__(self) -> None:
        self.now, self._number = 0.0, count()
        self._due: list[tuple[float, int, Later]] = []

    def time(self) -> float:
        """Its clock."""
        return self.now

    def call_later(self, seconds: float, callback: Callable[..., None], *args: Any) -> Later:
        """Call in so many seconds."""
        later = Later(callback, args)
        heapq.heappush(self._due, (self.now + seconds, next(self._number), later))
        return later

    def call_soon(self, callback: Callable[..., None], *args: Any) -> Later:
        """Call in the next turn."""
        return self.call_later(0.0, callback, *args)

    call_soon_threadsafe = call_soon

    def run(self) -> None:
        """Go on until nothing is due any more."""
        while self._due:
            self.now, _, later = heapq.heappop(self._due)
            if not later.off:
                later.callback(*later.args)


class Line:
    """In place of the thread that writes: a line that takes its time, and a terminal behind it."""

    def __init__(self, loop: Loop, screen: Screen, answers: Callable[[int], bool]) -> None:
        self.loop, self.screen, self.answers = loop, screen, answers
        self.driver: Any = None
        self.free_at = self.last = 0.0
        self.bytes = self.asked = 0

    def write(self, data: str) -> None:
        """Put it at the end of what is still to go through."""
        self.free_at = max(self.loop.now, self.free_at) + len(data.encode()) / BYTES_PER_S
        self.bytes += len(data.encode())
        self.loop.call_later(self.free_at + ONE_WAY_S - self.loop.now, self._arrives, data)

    def _arrives(self, data: str) -> None:
        self.last = self.loop.now
        self.screen.feed(data.encode())
        for _ in range(data.count(QUESTION)):
            self.asked += 1
            if self.answers(self.asked):
                self.loop.call_later(ONE_WAY_S, self.driver._answered, 1)

    def is_alive(self) -> bool:
        """It is up."""
        return True


class Held:
    """A key held for three seconds at a size: what Textual writes for each time it comes."""

    def __init__(self) -> None:
        self.start: list[str] = []
        self.frames: list[list[str]] = []
        self.claims: list[str] = []

    async def record(self, reader: Watched) -> None:
        """Press `j` to the end of the queue; what comes of it is used from the start again."""
        driver = reader.driver
        driver.draws = False
        self.start = [*driver.frames]
        for _ in range(NEXT):
            driver.frames.clear()
            await reader.press("j")
            self.frames.append([*driver.frames])
            self.claims.append(reader.claim)
        self.frames += self.frames[: int(HELD_S * REPEATS_PER_S) - NEXT]


NEXT = 69
_known: dict[tuple[int, int], Held] = {}


async def held(folder: Path, size: tuple[int, int]) -> Held:
    """The exercise with the key held, worked through once."""
    if size not in _known:
        async with watched(exercise(folder), size) as reader:
            _known[size] = Held()
            await _known[size].record(reader)
    return _known[size]


class Desk:
    """What the driver asks of the app."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size, self._sync_available = Size(*size), True
        self._screen_stacks: dict[str, object] = {}


def driven(size: tuple[int, int], loop: Loop, line: Line) -> EmulatedDriver:
    """Our driver on a simulated line."""
    driver: Any = EmulatedDriver(Desk(size))
    driver._loop, driver._writer_thread, driver._pace = loop, line, Pace(loop.time)
    driver.draws, driver.has_terminal, line.driver = False, True, driver
    return cast("EmulatedDriver", driver)


TERMINALS = {
    "answering": lambda _: True,
    "deaf": lambda _: False,
    "forgetful": lambda asked: asked % 5 != 4,
    "falling silent": lambda asked: asked < 6,
}


def drawn(driver: EmulatedDriver) -> Screen:
    """The newest state, drawn at once."""
    picture, screen = driver._picture, Screen(*driver._app.size)
    bare: list[Sent] = [[None] * picture.width for _ in range(picture.height)]
    pen = best_writing(picture.rows, bare, range(picture.height), (0, 0))
    screen.feed(f"\x1b[?7l{pen.text}".encode())
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("terminal", TERMINALS)
async def test_a_held_key_on_a_slow_line(
    terminal: str, size: tuple[int, int], tmp_path: Path, record_property: Property
) -> None:
    keys = await held(tmp_path, size)
    loop, screen = Loop(), Screen(*size)
    line = Line(loop, screen, TERMINALS[terminal])
    driver = driven(size, loop, line)
    for frame in keys.start:
        driver.write(frame)
    for number, frames in enumerate(keys.frames):
        for frame in frames:
            loop.call_later(1.0 + number / REPEATS_PER_S + ONE_WAY_S, driver.write, frame)
    loop.run()
    tail = line.last - (1.0 + HELD_S)
    record_property("seconds", round(tail, 2))
    record_property("bytes", line.bytes)
    assert not differing(drawn(driver), screen), "and it stands at the newest state"
    assert tail <= 1.5, f"{tail:.2f} s, {line.bytes} bytes"
    assert line.bytes > SLOWEST, "meanwhile the reader sees where he is"


@pytest.mark.parametrize(
    ("size", "most", "worst"), [((80, 24), 1350, 1750), ((120, 40), 2900, 3700)]
)
async def test_what_the_next_claim_costs(
    size: tuple[int, int], most: int, worst: int, tmp_path: Path, record_property: Property
) -> None:
    keys = await held(tmp_path, size)
    loop = Loop()
    line = Line(loop, Screen(*size), lambda _: True)
    driver = driven(size, loop, line)
    costs: dict[str, int] = {}
    for claim, frames in zip(["", *keys.claims], [keys.start, *keys.frames], strict=False):
        before = line.bytes
        for frame in frames:
            driver.write(frame)
        loop.run()
        costs[claim] = line.bytes - before
    del costs[""]
    record_property("median", median(costs.values()))
    record_property("worst", max(costs.values()))
    assert len(costs) == NEXT, "each claim of the queue"
    assert median(costs.values()) <= most
    assert max(costs.values()) <= worst, max(costs, key=costs.__getitem__)


def test_a_frame_waits_while_two_are_unanswered_but_not_for_ever() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.sent(100, asked=True)
    pace.answered()
    for _ in range(MOST_FRAMES):
        assert pace.wait() == 0
        pace.sent(100, asked=True)
    assert pace.wait() == PATIENCE_S
    pace.answered()
    assert pace.wait() == 0
    pace.sent(100, asked=True)
    for lost in range(DEAF_AFTER):
        assert pace.answers
        assert pace.wait() > 0
        now[0] += PATIENCE_S
        assert not pace.pending
        assert pace.wait() == 0
        for _ in range(MOST_FRAMES if lost < DEAF_AFTER - 1 else 0):
            pace.sent(100, asked=True)
    assert not pace.answers
    pace.sent(SLOWEST, asked=pace.asks)
    assert 0 < pace.wait() <= 1.5
    pace.answered()
    assert pace.wait() == 0, "a late answer is one"


def test_a_terminal_that_never_answers_is_asked_twice() -> None:
    pace = Pace(lambda: 0.0)
    asked = []
    for _ in range(5):
        asked.append(pace.asks)
        pace.sent(10, asked=pace.asks)
    assert asked == [True, True, False, False, False]


KEYS = [
    "j",
    "0",
    "n",
    "[",
    "Ж",
    "\x1b[A",
    "\x1b[1;2R",
    "\x1b[12~",
    "\x1b[200~0n\x1b[201~",
    "\x1bOP",
]


HAS_MARGINS, KEEPS_FRAMES, HAS_NOT = "\x1b[?69;2$y", "\x1b[?2026;1$y", "\x1b[?69;0$y"
REPORTS = [HAS_MARGINS, KEEPS_FRAMES, HAS_NOT]


@given(st.lists(st.sampled_from([*KEYS, ANSWER, *REPORTS])), st.sets(st.integers(0, 80)))
def test_keys_and_answers_are_told_apart_however_they_are_cut(
    parts: list[str], cuts: set[int]
) -> None:
    text = "".join(parts)
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    # A cut behind an escape gives the escape key, as it does without us: see the next test.
    edges = [edge for edge in edges if text[edge - 1 : edge] != "\x1b"]
    answers, typed, heard = Answers(), "", 0
    for begin, end in pairwise(edges):
        some, more = answers.take(text[begin:end])
        typed, heard = typed + some, heard + more
    assert heard == parts.count(ANSWER)
    keys = [part for part in parts if part != ANSWER and part not in REPORTS]
    assert typed + answers.rest() == "".join(keys)
    said = {MARGINS: HAS_MARGINS, WHOLE_FRAMES: KEEPS_FRAMES}
    assert answers.modes == {mode for mode, report in said.items() if report in parts}


@pytest.mark.parametrize(
    ("pieces", "typed", "heard"),
    [
        (["\x1b", "[0n"], "\x1b", 1),
        (["\x1b", "[", "0n"], "\x1b", 1),
        (["\x1b", "[0", "nj"], "\x1bj", 1),
        (["\x1b[", "0", "nj"], "j", 1),
        (["\x1b", "[?69", ";2$yj"], "\x1bj", 0),
        (["\x1b[?2026;", "2", "$", "y"], "", 0),
        (["\x1b", "j"], "\x1bj", 0),
        (["\x1b", "[A"], "\x1b[A", 0),
        (["\x1b[", "A"], "\x1b[A", 0),
        (["j\x1b[0", "0n"], "j\x1b[00n", 0),
        (["0", "n"], "0n", 0),
    ],
)
def test_an_answer_in_pieces_is_never_a_verdict(pieces: list[str], typed: str, heard: int) -> None:
    answers = Answers()
    taken = [answers.take(piece) for piece in pieces]
    assert "".join(some for some, _ in taken) == typed
    assert sum(more for _, more in taken) == heard


def test_what_was_kept_back_for_an_answer_is_given_in_the_end() -> None:
    answers = Answers()
    assert answers.take("\x1b") == ("\x1b", 0)
    assert answers.take("[") == ("", 0)
    assert answers.rest() == "["
    assert answers.take("[") == ("[", 0)
