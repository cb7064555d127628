"""What the reader writes on the desk: a line in place of the line of keys, or the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.screen import Screen

from reviewer.desk.bars import Bar
from reviewer.desk.paint import KEY
from reviewer.desk.painter import Painter
from reviewer.desk.prompts import PromptInput
from reviewer.desk.view import DeskArea

if TYPE_CHECKING:
    from reviewer.desk.note_area import NoteArea


class WritingScreen(Screen[int], inherit_bindings=False):
    """The desk as far as it is written on. Whose the text is the screen above it knows."""

    desk = query_one("#desk", DeskArea)
    prompt_row = query_one("#prompt", Horizontal)
    prompt_label = query_one("#prompt-label", Bar)
    prompt = query_one("#prompt-input", PromptInput)

    def __init__(self, painter: Painter) -> None:
        super().__init__()
        self.painter = painter
        self._note_area: NoteArea | None = None

    def prompt_line(self) -> ComposeResult:
        """The line, behind its label."""
        with Horizontal(id="prompt"):
            yield Bar(id="prompt-label")
            yield PromptInput(id="prompt-input")

    @property
    def writing(self) -> str:
        """What is written: see the painter."""
        return self.painter.writing

    @writing.setter
    def writing(self, word: str) -> None:
        self.painter.writing = word

    def draw(self) -> None:
        """Draw everything from where the reader is."""
        self.painter.draw()

    def open_prompt(self, word: str, value: str) -> None:
        """Let the reader write a line instead of the line of keys; `word` is the mode's."""
        self.writing = word
        label = f"{word.lower()}:"
        self.prompt_label.styles.width = len(label) + 1
        self.prompt_label.show([(label, KEY)])
        self.prompt_row.display = True
        self.draw()
        self.prompt.value = value
        self.set_focus(self.prompt)
        # Typing replaces what stood there; an arrow key goes on from it.
        self.prompt.action_select_all()

    def open_note(self, text: str) -> None:
        """Let the reader write the note."""
        self.writing = "NOTE"
        self.note_area.load_text(text)
        self.note_area.move_cursor(self.note_area.document.end)
        self.note_area.display = True
        self.set_focus(self.note_area)
        self.draw()

    def close_writing(self) -> None:
        """Back to reading."""
        self.writing = ""
        self.prompt_row.display = False
        if self._note_area is not None:
            self._note_area.display = False
        self.set_focus(None)
        self.draw()

    def go_on_writing(self) -> None:
        """Give what is written the keys again, which what is hidden has lost."""
        if self.writing and self.focused is None:
            self.set_focus(self.note_area if self.writing == "NOTE" else self.prompt)

    @property
    def note_area(self) -> NoteArea:
        """Where the note is written; made for the first one."""
        if self._note_area is None:
            from reviewer.desk.note_area import NoteArea

            self._note_area = NoteArea(id="note-area")
            self.desk.mount(self._note_area)
        return self._note_area
