"""Keys: their names, and who gets them.

A screen that takes keys as commands takes each one at once, before the next is looked at: a
key typed ahead must find the screen as the key before it left it, or a digit meant for a
search would be a verdict.
"""

from typing import Any, Protocol, runtime_checkable

from textual import events
from textual.screen import Screen


@runtime_checkable
class TakesKeys(Protocol):
    """A screen on which keys are commands, but for when text is being written."""

    writing: str

    def take_key(self, event: events.Key) -> None:
        """Do what the key says."""


def key_of(event: events.Key) -> str:
    """`j`, `J`, `+`, `space`, `ctrl+l`: a printable key by its character, any other by name."""
    character = event.character
    if character is not None and character.isprintable() and character != " ":
        return character
    return {"ctrl+i": "tab", "ctrl+m": "enter"}.get(event.key, event.key)


def give_key(screen: Screen[Any], event: events.Key) -> None:
    """Give a key to whatever takes keys now: the front screen, or what is written on it."""
    front = screen.app.screen
    if isinstance(front, TakesKeys) and not front.writing:
        front.take_key(event)
    elif front.focused is not None:
        front.focused.post_message(events.Key(event.key, event.character))
