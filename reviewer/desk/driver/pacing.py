"""How fast frames may follow each other, so that a slow line never holds old ones.

Each frame ends with a question that the terminal answers when it has drawn it. While two
frames, or many bytes, are unanswered, the next one waits; it is then made of the newest
state. An answer that does not come in `PATIENCE_S` is taken for lost. A terminal that has not
answered yet, or no longer does, is written to no faster than the slowest line there is.
"""

from collections import deque
from collections.abc import Callable

MOST_FRAMES = 2
MOST_BYTES = 2000
PATIENCE_S = 0.9
"""Over a line of 300 ms and 56 kbit/s the answer to a frame of 4 kB takes a little less."""
DEAF_AFTER = 3
"""A terminal that so many times did not answer in time is one that does not answer."""
SLOWEST = 7000
"""Bytes in a second: a line of 56 kbit/s."""


class Pace:
    """Says when the next frame may go.

    `answered` may be called in another thread than the rest.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._unanswered: deque[int] = deque()
        """The bytes of each frame that was asked about; adding and taking are atomic."""
        self._since = 0.0
        self._free_at = 0.0
        self._lost = 0
        self.answers = False
        """Whether the terminal answers."""

    @property
    def unanswered(self) -> int:
        """How many questions are open."""
        return len(self._unanswered)

    @property
    def pending(self) -> bool:
        """Whether an answer may still come."""
        return bool(self._unanswered) and self._clock() < self._since + PATIENCE_S

    @property
    def asks(self) -> bool:
        """Whether the next frame is to end with a question."""
        return self.answers or self.unanswered < MOST_FRAMES

    def wait(self) -> float:
        """Seconds that the next frame must wait; it may go sooner after an answer."""
        now = self._clock()
        if not self.answers:
            return max(0.0, self._free_at - now)
        if self.unanswered < MOST_FRAMES and sum([*self._unanswered]) < MOST_BYTES:
            return 0.0
        left = self._since + PATIENCE_S - now
        if left > 0:
            return left
        self._unanswered.clear()
        self._lost += 1
        if self._lost >= DEAF_AFTER:
            self.answers = False
        return 0.0

    def sent(self, size: int, *, asked: bool) -> None:
        """Take note of a frame that was sent."""
        now = self._clock()
        self._free_at = max(now, self._free_at) + size / SLOWEST
        if asked:
            self._since = now
            self._unanswered.append(size)

    def answered(self) -> None:
        """Take note of an answer."""
        if self._unanswered:
            self._unanswered.popleft()
        self._since = self._clock()
        self._lost = 0
        self.answers = True
