"""Where text is written: the line of a find or a filter, and the note."""

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea


class PromptInput(Input):
    """One line of text. Enter takes it, esc leaves it."""

    class Left(Message):
        """Sent when the reader leaves the prompt without taking it."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+c"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Left())


class NoteArea(TextArea):
    """The note. Enter saves it, ctrl+j makes a new line, esc leaves the draft."""

    class Saved(Message):
        """Sent when the reader saves the note."""

    class Left(Message):
        """Sent when the reader leaves the note; the draft stays."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(
            id=id, compact=True, highlight_cursor_line=False, soft_wrap=True, tab_behavior="indent"
        )
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            self._take(event)
            self.post_message(self.Saved())
        elif event.key in ("escape", "ctrl+c"):
            self._take(event)
            self.post_message(self.Left())
        elif event.key == "ctrl+j":
            self._take(event)
            self.insert("\n")

    @staticmethod
    def _take(event: events.Key) -> None:
        event.stop()
        event.prevent_default()
