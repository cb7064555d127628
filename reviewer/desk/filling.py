"""Lists in which keys ask for one line after another: what is known of a call, what is not."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TypeVar

from reviewer.desk.asking import AskingScreen
from reviewer.desk.bars import Bar
from reviewer.desk.cards import Rows
from reviewer.desk.keys import CLOSE
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import ALERT
from reviewer.model.claims import ClaimView
from reviewer.service.session import Session
from reviewer.text.cells import fit
from reviewer.text.display import display

Shown = TypeVar("Shown")
Then = Callable[[str], None]
WORDS_ROWS = 5


class FillingScreen(AskingScreen[Shown]):
    """Such a list. `changed` says whether anything was recorded."""

    CLOSES_TOO: tuple[str, ...] = ()

    def __init__(self, session: Session, view: ClaimView, rows: ChoiceRows[Shown]) -> None:
        super().__init__(session, view, rows)
        self.changed = False
        self._then: Then | None = None
        self._next: tuple[str, str, Then, str] | None = None

    def on_mount(self) -> None:
        """Show what there is."""
        self.above.display = False
        super().on_mount()

    def run_key(self, key: str) -> None:
        """Move, close, undo, or do what the key says here."""
        if key in (*CLOSE, *self.CLOSES_TOO):
            self.dismiss("")
        elif step := self.rows.step_of(key):
            self.rows.move(step)
        elif key == "u":
            self.undo()
        else:
            self.act(key)

    def look_again(self, said: str) -> None:
        """Read everything anew, and say why."""
        self.changed = True
        super().look_again(said)

    # One line after another

    def ask(self, label: str, text: str, then: Then, about: str = "") -> None:
        """Let the reader write a line and go on with it; a line that follows another waits.

        `about` is what the line is about, if that is not the claim.
        """
        if self.writing:
            self._next = (label, text, then, about)
        else:
            self._then = then
            self.write(label, text, about or self.view.claim.id)

    def take_written(self, what: str, text: str) -> None:  # noqa: ARG002
        """Go on with what was written."""
        if self._then is not None:
            self._then(text)

    def end_writing(self) -> None:
        """Put the line away, or ask for the next."""
        super().end_writing()
        following, self._next = self._next, None
        if following is not None:
            self.ask(*following)

    # What a list of this kind says

    @abstractmethod
    def act(self, key: str) -> None:
        """Do what a key says."""

    @abstractmethod
    def heading(self) -> str:
        """The title."""

    @abstractmethod
    def whole(self, width: int) -> Rows:
        """The chosen one whole."""

    @abstractmethod
    def keys(self) -> str:
        """The keys that do something here."""

    def tell(self) -> None:
        """Show the title, the chosen one whole, and the keys."""
        width = max(10, self.size.width - 3)
        heading = fit(display(self.heading(), newlines=False), width)
        self.query_one("#title", Bar).show([(f" {heading} ", ALERT)])
        self.show_below(self.whole(width) if self.rows.chosen is not None else [], WORDS_ROWS)
        self.show_keys("enter records  esc leaves it" if self.writing else self.keys())
