"""Screens over the desk with a list, what is chosen in it, and a line to write where asked."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import PurePath
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one

from reviewer.desk.bars import Bar, key_rows
from reviewer.desk.cards import Rows
from reviewer.desk.keys import key_of
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import ALERT, BOLD, PLAIN
from reviewer.desk.prompt_screen import PromptScreen
from reviewer.desk.prompts import LEAVING, PromptInput
from reviewer.model.claims import ClaimView
from reviewer.model.entry import Entry
from reviewer.model.errors import ClaimChangedError, ReviewerError
from reviewer.service.keymap import aliases_of
from reviewer.service.places import Places
from reviewer.service.session import Session
from reviewer.text.display import display
from reviewer.text.wrap import wrap

Shown = TypeVar("Shown")


class AskingScreen(PromptScreen[str], Generic[Shown]):
    """What such screens share: layout, keys, the line that is written, what was recorded.

    Its result is a claim to go to, or nothing.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["lists.tcss", "against.tcss"]
    TITLE_WORDS = ""
    above = query_one("#above", Bar)
    words = query_one("#words", Bar)

    def __init__(self, session: Session, view: ClaimView, rows: ChoiceRows[Shown]) -> None:
        super().__init__()
        self.session = session
        self.view = view
        self.rows = rows
        self.writing = ""
        """What the line is for, while one is written."""
        self.said = ""
        self._places = Places(session.about.id, session.reader)
        self._draft = ""
        """Under what the line that is written is kept, in case the connection drops."""
        self._began = ""
        """What stands recorded of it, and would be no draft."""
        self._shown: str | None = None
        """What stood in the line before anything was typed; None once something was."""
        self._drafts: list[str] = []
        """Where drafts were kept since something was recorded last."""

    def compose(self) -> ComposeResult:
        """A title, what stands above the list, the line, the list, the chosen one, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            yield Bar(id="above")
            yield from self.prompt_line()
            yield self.rows
            yield Bar(id="words")
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show what there is."""
        self.narrow_row.display = False
        claim = display(self.view.claim.id, newlines=False)
        title = [(f" {self.TITLE_WORDS} ", ALERT), (f"  {claim}", PLAIN)]
        self.query_one("#title", Bar).show(title)
        self.load()
        self.tell()

    def on_resize(self) -> None:
        """Lay everything out for another width."""
        if self.is_mounted:
            self.tell()

    # Keys

    def take_key(self, event: events.Key) -> bool:
        """Write, or do what the key says."""
        if self.writing:
            return self._written(event.key)
        self.said = ""
        try:
            self.run_key(_latin(key_of(event)))
        except ClaimChangedError as error:
            self.look_again(error.sentence)
        except ReviewerError as error:
            self.said = error.sentence
        if self.is_current:
            self.tell()
        return True

    def _written(self, key: str) -> bool:
        if key in LEAVING:
            kept = any(map(self._places.has_draft, self._drafts))
            self.end_writing()
            draft = " What you wrote is kept, and is there again when you go on." if kept else ""
            self.said = f"Nothing was recorded.{draft}"
        elif key in ("up", "down"):
            self.rows.move(-1 if key == "up" else 1)
        elif key == "enter":
            what, text = self.writing, self.prompt.value
            try:
                self.take_written(what, text)
                self.end_writing()
            except ClaimChangedError as error:
                self.look_again(error.sentence)
            except ReviewerError as error:
                self.said = error.sentence
        else:
            return False
        self.tell()
        return True

    def write(self, what: str, text: str = "", about: str = "") -> None:
        """Let the reader write a line, as far as it was written before.

        Args:
            what: says for what.
            text: what stands in it at first.
            about: what it is about; without it no draft is kept of it.
        """
        self.writing = what
        self._began = text
        self._draft = "\n".join((about, type(self).__name__, what)) if about else ""
        if self._draft and (draft := self._places.draft(self._draft)):
            self.said, text = "Your draft is back, not recorded yet.", draft
            self._drafts.append(self._draft)
        self._shown = text
        self.open_prompt(f"{what}:", text)

    def end_writing(self) -> None:
        """Put the line away."""
        self.writing = ""
        self.prompt.value = ""
        self.close_prompt()
        self.load()

    @on(PromptInput.Changed)
    def _typed(self) -> None:
        if self.writing and self.prompt.value != self._shown:
            self.said, self._shown = "", None
            self._keep(self.prompt.value)
            self.typed(self.prompt.value)
            self.tell()

    def _keep(self, text: str) -> None:
        """Keep what is written so far: nothing runs when a line drops."""
        if not self._draft:
            return
        try:
            self._places.keep_draft(self._draft, "" if text == self._began else text)
        except OSError as error:
            self.said = f"No draft of this can be kept ({error.strerror}); enter records it."
            return
        if self._draft not in self._drafts:
            self._drafts.append(self._draft)

    # What was recorded

    def recorded(self, entry: Entry | None) -> None:
        """Say what was recorded, and show what stands now."""
        for draft in self._drafts:
            self._places.forget_draft(draft)
        self._drafts.clear()
        if entry is None:
            self.said = "It is so already; nothing changed."
            return
        self.look_again(self.session.tell(entry).recorded("u"))

    def undo(self) -> None:
        """Undo the reader's last act."""
        self.look_again(f"{self.session.undo().alone}.")

    def look_again(self, said: str) -> None:
        """Read the claim anew, and say why."""
        self.said = said
        self.view = self.session.view(self.view.claim.id)
        self.load()

    # What a screen of this kind does itself

    @abstractmethod
    def load(self) -> None:
        """Read what the list shows."""

    @abstractmethod
    def run_key(self, key: str) -> None:
        """Do what a key says."""

    @abstractmethod
    def take_written(self, what: str, text: str) -> None:
        """Take what was written."""

    def typed(self, text: str) -> None:
        """Something was typed."""

    @abstractmethod
    def tell(self) -> None:
        """Show what stands above and below the list."""

    # Drawing

    def show_keys(self, keys: str) -> None:
        """What was said last, and the keys that are valid here."""
        said = display(self.said, newlines=False)
        width = max(10, self.size.width - 2)
        rows: Rows = [[(said[start:end], BOLD)] for start, end in wrap(said, width) if said]
        self.hint.show(*rows, *key_rows(keys, width, helped=not self.writing))

    def show_below(self, rows: Rows, height: int) -> None:
        """What is told of the chosen one: always as many rows, so that the list does not jump."""
        cut = rows[:height]
        if len(rows) > height:
            cut[-1] = [("…", PLAIN)]
        self.words.show(*[*cut, *[[]] * height][:height])


LATIN_KEYS = "acdehijklmnqrsuxHOQ"
LATIN = {alias: key for key in LATIN_KEYS for alias in aliases_of(key)}


def _latin(key: str) -> str:
    """The key of these screens that lies where this one does, on another alphabet's keyboard."""
    return LATIN.get(key, key)
