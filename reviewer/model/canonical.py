"""Canonical JSON and the hashes over it (RFC 8785, SHA-256)."""

import hashlib
import json
from collections.abc import Mapping

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def canonical(value: Mapping[str, Json]) -> bytes:
    """A record of evidence as canonical JSON.

    Evidence holds strings, whole numbers, booleans, lists and tables with ASCII keys only;
    for these the standard library's encoder and RFC 8785 agree byte for byte, at a quarter
    of the time (a test compares the two). Entries of the ledger go through `rfc8785`.

    Raises:
        UnicodeEncodeError: for a lone surrogate.
    """
    return _encode(value).encode()


def content_hash(value: Mapping[str, Json]) -> bytes:
    """The 32 bytes by which a record of evidence is known."""
    return hashlib.sha256(canonical(value)).digest()


def text_hash(text: str) -> bytes:
    """The 32 bytes by which a name or a text is known."""
    return hashlib.sha256(text.encode()).digest()
