"""Where each part of the desk stands on the screen, in cells. Pure arithmetic.

There are three layouts of the same parts. Low: the claim over the statement over the call.
From 36 rows: the queue on top, and from 110 columns the texts side by side. From 180
columns as well: the queue in a column of its own, and the record under the texts.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NamedTuple

    class _Rectangle(NamedTuple):
        x: int
        y: int
        width: int
        height: int
else:
    from collections import namedtuple

    _Rectangle = namedtuple("_Rectangle", "x y width height")


class Region(_Rectangle):
    """A rectangle of cells."""

    __slots__ = ()

    @property
    def right(self) -> int:
        """The first column behind it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row under it."""
        return self.y + self.height


SMALLEST = (60, 18)
TALL = 36
HUGE = 180
SIDE_FROM = 110

QUEUE_ROWS = 8
QUEUE_COLUMNS = 56
NOTE_ROWS = 5
EMPTY_ROWS = 3
EMPTY_COLUMNS = 30


class Layout:
    """Which layout a size and what the reader asked for make."""

    def __init__(
        self, width: int, height: int, *, side: bool, zoomed: str, empty: tuple[bool, bool]
    ) -> None:
        """Take what decides.

        Args:
            width: of the screen.
            height: of the screen.
            side: whether the texts stand side by side.
            zoomed: which of `statement` and `recording` stands alone; empty for none.
            empty: whether the statement, and the recording, has nothing to show.
        """
        self.width, self.height = width, height
        self.side = side and not zoomed
        self.zoomed = zoomed
        self.empty = empty
        self.tall = height >= TALL
        self.huge = self.tall and width >= HUGE
        self.queue = self.tall and not zoomed
        self.record = self.huge and not zoomed

    @property
    def tiny(self) -> bool:
        """Whether the terminal is too small to show the desk."""
        return self.width < SMALLEST[0] or self.height < SMALLEST[1]

    @property
    def work_width(self) -> int:
        """How wide the claim and its texts are together."""
        return self.width - QUEUE_COLUMNS - 2 if self.huge and self.queue else self.width

    def regions(self, rows: Mapping[str, int], writing: str = "") -> dict[str, Region]:
        """The region of each part that is seen.

        Args:
            rows: how many rows `claim`, `record`, `note`, `verdicts` and `status` take.
            writing: what is written: `NOTE`, another word for a prompt, or nothing.
        """
        width, found = self.width, {"head": Region(0, 0, self.width, 1)}
        y = self.height
        for name, height in (
            ("prompt" if writing and writing != "NOTE" else "keys", 1),
            ("status", rows["status"]),
            ("verdicts", rows["verdicts"]),
            ("note-area", NOTE_ROWS) if writing == "NOTE" else ("note", rows["note"]),
        ):
            y -= height
            found[name] = Region(0, y, width, height)
        return found | self._body(1, max(1, y), rows)

    def _body(self, top: int, bottom: int, rows: Mapping[str, int]) -> dict[str, Region]:
        x, found = 0, {}
        if self.queue and self.huge:
            found["queue"] = Region(0, top, QUEUE_COLUMNS, bottom - top)
            x = QUEUE_COLUMNS + 2
        elif self.queue:
            found["queue"] = Region(0, top, self.width, QUEUE_ROWS)
            top += QUEUE_ROWS + 1
        found["claim"] = Region(x, top, self.work_width, rows["claim"])
        top += rows["claim"] + self.tall
        if self.record:
            record = min(rows["record"], max(0, bottom - top))
            bottom -= record
            found["record"] = Region(x, bottom, self.work_width, record)
            bottom -= 1
        return found | self._evidence(Region(x, top, self.work_width, max(0, bottom - top)))

    def _evidence(self, all_of_it: Region) -> dict[str, Region]:
        x, y, width, height = all_of_it
        lower = min(EMPTY_ROWS, height)
        if self.zoomed:
            alone = self.empty[self.zoomed == "recording"]
            return {self.zoomed: Region(x, y, width, lower if alone else height)}
        if self.side:
            first = (width - 1) // 2
            if self.empty[0]:
                first = EMPTY_COLUMNS
            elif self.empty[1]:
                first = width - 1 - EMPTY_COLUMNS
            second = EMPTY_COLUMNS if self.empty[1] else width - 1 - first
            return {
                "statement": Region(x, y, first, height),
                "recording": Region(x + first + 1, y, second, height),
            }
        first = height * 2 // 5
        if self.empty[0]:
            first = lower
        elif self.empty[1]:
            first = height - lower
        second = min(EMPTY_ROWS, height - first) if self.empty[1] else height - first
        return {
            "statement": Region(x, y, width, first),
            "recording": Region(x, y + first, width, second),
        }
