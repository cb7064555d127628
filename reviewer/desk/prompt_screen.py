"""Screens over the desk with a line that is there only while something is written in it."""

from pathlib import PurePath
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.screen import ModalScreen

from reviewer.desk.bars import Bar
from reviewer.desk.paint import KEY
from reviewer.desk.prompts import PromptInput
from reviewer.text.cells import cell_width

Result = TypeVar("Result")
LEAST_WRITTEN = 20
"""Cells that a long label leaves for what is written."""


class PromptScreen(ModalScreen[Result], Generic[Result], inherit_bindings=False):
    """Its line, which `compose` places with `prompt_line`, and the row of its keys."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["lists.tcss"]
    prompt = query_one("#narrow", PromptInput)
    narrow_row = query_one("#narrow-row", Horizontal)
    hint = query_one("#hint", Bar)

    def prompt_line(self) -> ComposeResult:
        """The line, behind its label."""
        with Horizontal(id="narrow-row"):
            yield Bar(id="narrow-label")
            yield PromptInput(id="narrow")

    def label_prompt(self, label: str) -> None:
        """Say before the line what it is for."""
        bar = self.query_one("#narrow-label", Bar)
        bar.styles.width = min(cell_width(label) + 1, max(10, self.size.width - LEAST_WRITTEN))
        bar.show([(label, KEY)])

    def open_prompt(self, label: str, text: str = "") -> None:
        """Let the reader write a line, `text` to begin with."""
        self.label_prompt(label)
        self.prompt.value = text
        self.prompt.cursor_position = len(text)
        self.narrow_row.display = True
        self.set_focus(self.prompt)

    def close_prompt(self) -> None:
        """Put the line away."""
        self.set_focus(None)
        self.narrow_row.display = False
