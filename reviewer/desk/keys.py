"""Keys: their names, and who gets them.

The front screen gets each key at once, and it is dealt with to its end before the next one is
looked at: a key typed ahead must find the desk as the key before left it, or what is meant
as text would be commands, and a digit in a note would be a verdict.
"""

from typing import Protocol, runtime_checkable

from textual import events

DOWN = ("j", "J", "down")
UP = ("k", "K", "up")
PAGE_DOWN = ("space", "pagedown")
PAGE_UP = ("b", "pageup")
FIRST = ("g", "home")
LAST = ("G", "end")
CLOSE = ("q", "escape", "ctrl+c")
END = 1 << 40
"""A step that goes beyond the end of every list."""
STEPS = (
    dict.fromkeys(DOWN, 1)
    | dict.fromkeys(UP, -1)
    | dict.fromkeys(FIRST, -END)
    | dict.fromkeys(LAST, END)
)
PAGES = dict.fromkeys(PAGE_DOWN, 1) | dict.fromkeys(PAGE_UP, -1)


def step_of(key: str, page: int) -> int:
    """How many rows on a key goes in a list with pages of so many; 0 where it moves nothing."""
    return STEPS.get(key, 0) or page * PAGES.get(key, 0)


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
