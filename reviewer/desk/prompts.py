"""Where text is written: the line of a find or a filter, and the note.

A reader may type ahead of the screen. What is typed after the key that ends the writing is
not text any more: it is handed on, in order, as `Ahead`.
"""

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea

LEAVING = ("escape", "ctrl+c")


class Ahead(Message):
    """A key that was typed after the writing had ended."""

    def __init__(self, key: events.Key) -> None:
        super().__init__()
        self.key = key


class PromptInput(Input):
    """One line of text. Enter takes it, esc leaves it."""

    class Taken(Message):
        """Sent when the reader takes the line."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """Sent when the reader leaves the prompt without taking it."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.ended = False

    async def _on_key(self, event: events.Key) -> None:
        if self.ended:
            _take(event)
            self.post_message(Ahead(event))
        elif event.key == "enter":
            _take(event)
            self.ended = True
            self.post_message(self.Taken(self.value))
        elif event.key in LEAVING:
            _take(event)
            self.ended = True
            self.post_message(self.Left())


class NoteArea(TextArea):
    """The note. Enter saves it, ctrl+j makes a new line, esc leaves the draft."""

    class Saved(Message):
        """Sent when the reader saves the note."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """Sent when the reader leaves the note; the draft stays."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(
            id=id, compact=True, highlight_cursor_line=False, soft_wrap=True, tab_behavior="indent"
        )
        self.cursor_blink = False
        self.ended = False

    async def _on_key(self, event: events.Key) -> None:
        if self.ended:
            _take(event)
            self.post_message(Ahead(event))
        elif event.key == "enter":
            _take(event)
            self.ended = True
            self.post_message(self.Saved(self.text))
        elif event.key in LEAVING:
            _take(event)
            self.ended = True
            self.post_message(self.Left())
        elif event.key == "ctrl+j":
            _take(event)
            self.insert("\n")


def _take(event: events.Key) -> None:
    event.stop()
    event.prevent_default()
