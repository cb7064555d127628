"""Keys: their names, and who gets them.

The front screen gets each key at once, and it is dealt with to its end before the next one is
looked at: a key typed ahead must find the desk as the key before left it, or what is meant
as text would be commands, and a digit in a note would be a verdict.
"""

from typing import Protocol, runtime_checkable

from textual import events


@runtime_checkable
class TakesKeys(Protocol):
    """A screen that knows what to do with a key."""

    def take_key(self, event: events.Key) -> bool:
        """Do what the key says; False where it is for the text that is being written."""


def key_of(event: events.Key) -> str:
    """`j`, `J`, `+`, `space`, `ctrl+l`: a printable key by its character, any other by name."""
    character = event.character
    if character is not None and character.isprintable() and character != " ":
        return character
    return {"ctrl+i": "tab", "ctrl+m": "enter"}.get(event.key, event.key)
