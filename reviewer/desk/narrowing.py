"""Lists that typing narrows: the commands, the texts of a case, the hits of a search."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget

from reviewer.desk.bars import Bar
from reviewer.desk.keys import step_of
from reviewer.desk.paint import ALERT, PLAIN, Run
from reviewer.desk.prompt_screen import PromptScreen
from reviewer.desk.prompts import LEAVING
from reviewer.desk.strips import strip_of

Shown = TypeVar("Shown")
Result = TypeVar("Result")


class ChoiceRows(Widget, Generic[Shown]):
    """Things of a kind, `EACH` rows of the screen for one, one of them chosen."""

    EACH = 1

    def __init__(self, *, id: str, empty: str = "") -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.found: list[Shown] = []
        self.at = 0
        self.empty = empty

    def show(self, found: Sequence[Shown], *, keep: bool = False) -> None:
        """Show these, the first chosen; `keep` leaves the place of the chosen one."""
        self.found = list(found)
        self.at = min(self.at, max(0, len(self.found) - 1)) if keep else 0
        self.refresh()

    def move(self, step: int) -> None:
        """Choose the one so many on."""
        self.at = max(0, min(self.at + step, len(self.found) - 1))
        self.refresh()

    @property
    def chosen(self) -> Shown | None:
        """The chosen one."""
        return self.found[self.at] if self.found else None

    @property
    def fitting(self) -> int:
        """How many there is room for."""
        return max(1, self.size.height // self.EACH)

    def step_of(self, key: str) -> int:
        """How many on a key goes; 0 where it moves nothing."""
        return step_of(key, max(1, self.fitting - 1))

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        width = self.size.width
        if not self.found:
            return strip_of([(self.empty, PLAIN)] * (y == 0), width)
        n = max(0, self.at - self.fitting + 1) + y // self.EACH
        if n >= len(self.found) or y >= self.fitting * self.EACH:
            return Strip.blank(width)
        return strip_of(self.row(self.found[n], y % self.EACH, chosen=n == self.at), width)

    @abstractmethod
    def row(self, one: Shown, part: int, *, chosen: bool) -> list[Run]:
        """What stands in a row of one of them; `part` counts its rows from 0."""


class NarrowingScreen(PromptScreen[Result], Generic[Result, Shown]):
    """A title, what is typed, the rows, the keys. Typing narrows; `enter` takes the chosen one."""

    def __init__(self, heading: str, rows: ChoiceRows[Shown]) -> None:
        super().__init__()
        self.heading = heading
        self.rows = rows

    def compose(self) -> ComposeResult:
        """A title, what is typed, the rows, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            yield from self.prompt_line()
            yield self.rows
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show what there is, ready to type."""
        self.query_one("#title", Bar).show([(f" {self.heading} ", ALERT)])
        self.open_prompt("search:")
        self.begin()

    def take_key(self, event: events.Key) -> bool:
        """Move in the list, take what is chosen, or close; everything else is typed."""
        page = max(1, self.rows.fitting - (self.rows.EACH == 1))
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if event.key in LEAVING:
            self.leave()
        elif event.key == "enter":
            self.take()
        elif event.key in steps:
            self.move(steps[event.key])
        else:
            return False
        return True

    def begin(self) -> None:
        """Show what there is before anything is typed."""

    def leave(self) -> None:
        """`esc`."""
        self.dismiss(None)

    def move(self, step: int) -> None:
        """Choose the one so many on."""
        self.rows.move(step)

    @abstractmethod
    def take(self) -> None:
        """`enter`."""
