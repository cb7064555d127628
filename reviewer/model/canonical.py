"""Canonical JSON and the hashes over it (RFC 8785, SHA-256)."""

import hashlib
from collections.abc import Mapping

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def canonical(value: Mapping[str, object]) -> bytes:
    """A record of evidence as canonical JSON.

    Evidence holds strings, whole numbers, booleans, lists and tables with ASCII keys only;
    for these orjson and RFC 8785 agree byte for byte, at a hundredth of the time (a test
    compares the two). Entries of the ledger go through `rfc8785`.

    Raises:
        TypeError: for a lone surrogate.
    """
    # Only an import and a check hash evidence: what merely reads starts without it.
    import orjson

    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def content_hash(value: Mapping[str, object]) -> bytes:
    """The 32 bytes by which a record of evidence is known."""
    return hashlib.sha256(canonical(value)).digest()


def text_hash(text: str) -> bytes:
    """The 32 bytes by which a name or a text is known."""
    return hashlib.sha256(text.encode()).digest()
