"""Where text is written: the line of a find or a filter, and the note.

What ends the writing is no text: the screen takes those keys before they come here.
"""

from textual import events
from textual.widgets import Input, TextArea

LEAVING = ("escape", "ctrl+c")


class PromptInput(Input):
    """One line of text."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False


class NoteArea(TextArea):
    """The note. ctrl+j makes a new line."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(
            id=id, compact=True, highlight_cursor_line=False, soft_wrap=True, tab_behavior="indent"
        )
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
