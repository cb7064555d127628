"""How a reader is known: by a hash in entries, by a name to people, and without one once erased."""

from reviewer.model.canonical import text_hash

NAMELESS = "reader "
ANOTHER = " another reader"
"""Who made what is told without a name; no reader's name begins with a space."""
SHOWN = 8
"""As many hex digits stand for a reader whose name was erased."""


def author_of(reader: str) -> bytes:
    """The 32 bytes that stand for a reader in entries; the name itself can be erased.

    Whoever guesses the name can still tell that it is this reader's.
    """
    return text_hash(f"reader:{reader}")


def shown_name(author: bytes, name: str | None) -> str:
    """A reader's name as people see it: `reader 1a2b3c4d` where it was erased."""
    return name or f"{NAMELESS}{author.hex()[:SHOWN]}"


def is_by(shown: str, reader: str) -> bool:
    """Whether what stands under this shown name is the reader's own, erased name or not."""
    if shown == reader or not shown.startswith(NAMELESS):
        return shown == reader
    return shown == shown_name(author_of(reader), "")
