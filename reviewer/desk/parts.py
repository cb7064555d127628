"""The parts of the desk without a screen: each knows what stands in its rows.

What draws them (`view` for Textual, `first` for the first frame) asks for the rows, and says
in `on_change` what to do when they are others.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from reviewer.desk.geometry import Region

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.desk.paint import Run


def nothing() -> None:
    """Do nothing."""


class Part(ABC):
    """Something that stands in a rectangle of the desk."""

    def __init__(self) -> None:
        self.region = Region(0, 0, 0, 0)
        self.on_change: Callable[[], None] = nothing

    @abstractmethod
    def row(self, y: int, width: int) -> list[Run]:
        """What stands in a row, `y` from the top of the part; `width` is that of the part."""


class Lines(Part):
    """Some rows of safe text. They are drawn again only when the words change."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[Run]] = [[]]
        self.on_height: Callable[[], None] = nothing
        """What to do when there are more or fewer rows than before."""

    def show(self, *lines: list[Run]) -> None:
        """Show these rows."""
        if list(lines) == self.lines:
            return
        other_height = len(lines) != len(self.lines)
        self.lines = list(lines)
        self.on_change()
        if other_height:
            self.on_height()

    def row(self, y: int, width: int) -> list[Run]:  # noqa: ARG002 - they are cut by who draws
        """What stands in a row."""
        return self.lines[y] if y < len(self.lines) else []
