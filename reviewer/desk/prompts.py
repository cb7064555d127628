"""The line of a find or a filter.

What ends the writing is no text: the screen takes those keys before they come here.
"""

from textual.widgets import Input

LEAVING = ("escape", "ctrl+c")


class PromptInput(Input):
    """One line of text."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
