"""The name of a key, as the keymap writes it."""

from textual import events


def key_of(event: events.Key) -> str:
    """`j`, `J`, `+`, `space`, `ctrl+l`: a printable key by its character, any other by name."""
    character = event.character
    if character is not None and character.isprintable() and character != " ":
        return character
    return {"ctrl+i": "tab", "ctrl+m": "enter"}.get(event.key, event.key)
