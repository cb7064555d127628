"""Entries from elsewhere: taken at their bytes, and at nothing that is said beside them."""

from __future__ import annotations

import hashlib

from reviewer.model.entry import Entry, checked, entry_from, entry_id
from reviewer.text.patterns import compiled

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Any

HASH = "[0-9a-f]{64}"
CHAIN = "[0-9a-f]{32}"
MOST = 2**53 - 1
"""The largest number that every reader of JSON keeps (RFC 7493, section 2.2)."""
YEARS = range(-62_135_596_800_000, 253_402_300_800_000)
"""The years 1 to 9999, in milliseconds: what a calendar can show."""


def proven(body: bytes, payload: bytes | None) -> Entry:
    """An entry from elsewhere, taken at its bytes and at nothing else.

    The body must be canonical (RFC 8785), so that no key stands twice and nobody reads it
    otherwise; its numbers must be such that can be kept, counted on and shown.

    Raises:
        ValueError: the bytes are not an entry's, or the payload is not the one it binds.
    """
    import orjson

    raw = _canonical(body)
    entry = checked(entry_id(body).hex(), raw, orjson.loads(payload) if payload else {})
    numbers = type(entry.seq) is type(entry.lamport) is type(entry.at) is int
    places = 0 < entry.seq <= MOST and 0 < entry.lamport <= MOST and entry.at in YEARS
    names = compiled(CHAIN).fullmatch(entry.chain) and compiled(HASH).fullmatch(entry.author)
    links = (entry.previous, entry.witness, entry.payload_hash)
    if not (numbers and places and names and all(_is_hash(link) for link in links if link)):
        raise ValueError("not an entry: its place in its chain is none")
    if payload is not None and hashlib.sha256(payload).hexdigest() != entry.payload_hash:
        raise ValueError(f"the words of entry {entry.id} were changed")
    return entry


def again(body: bytes, payload: bytes | None) -> Entry:
    """An entry from bytes that were proven before."""
    import orjson

    words = orjson.loads(payload) if payload else {}
    return entry_from(orjson.loads(body), entry_id(body).hex(), words)


def _is_hash(text: str) -> bool:
    return compiled(HASH).fullmatch(text) is not None


def _canonical(body: bytes) -> Any:
    import orjson

    raw = orjson.loads(body)
    if orjson.dumps(raw, option=orjson.OPT_SORT_KEYS) != body:
        # The two differ for keys beyond the first 65,536 characters, and for fractions.
        import rfc8785

        try:
            said = rfc8785.dumps(raw)
        except rfc8785.CanonicalizationError as error:
            raise ValueError(f"not an entry: {error}") from error
        if said != body:
            raise ValueError("not an entry: its JSON is not canonical")
    return raw
