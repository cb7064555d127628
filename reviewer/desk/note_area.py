"""Where the note is written. Imported when the first one is: the desk opens sooner without."""

from textual import events
from textual.widgets import TextArea


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
