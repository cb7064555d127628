"""Reading an entry's body, a million of them: quickly where it is plain, and strictly always."""

import json
from operator import itemgetter
from typing import Any

import orjson

from reviewer.model.entry import DATA, FORMAT, holds, read_entry

PARTS = itemgetter("v", "c", "n", "p", "w", "l", "t", "a", "k", "s", "o", "x", "d")

Raw = dict[str, Any]


class NoEntryError(ValueError):
    """Bytes that are no entry's; the sentence says why."""


def raw_of(body: bytes) -> Raw:
    """What a body says.

    Raises:
        NoEntryError: it is no entry's, or says something twice.
    """
    try:
        raw = orjson.loads(body)
        same = orjson.dumps(raw, option=orjson.OPT_SORT_KEYS) == body
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        raw, same = None, False
    if not same:
        # Whole numbers beyond 64 bits, and keys that UTF-16 orders in another way.
        raw = _read_slowly(body)
    if not _is_plain(raw):
        try:
            read_entry(body)
        except ValueError as error:
            raise NoEntryError(str(error)) from error
    return dict(raw)


def _read_slowly(body: bytes) -> Raw:
    def once(pairs: list[tuple[str, Any]]) -> Raw:
        if len({key for key, _ in pairs}) < len(pairs):
            raise NoEntryError("it says something twice")
        return dict(pairs)

    try:
        raw = json.loads(body, object_pairs_hook=once)
    except NoEntryError:
        raise
    except (ValueError, RecursionError) as error:
        raise NoEntryError(f"not an entry: {error}") from error
    if not isinstance(raw, dict):
        raise NoEntryError("not an entry: no object")
    return raw


def _is_plain(raw: Raw) -> bool:
    """Whether a body is plainly an entry's; where it is not, `read_entry` says."""
    try:
        v, c, n, p, w, lamport, t, a, k, s, o, x, d = PARTS(raw)
    except KeyError:
        return False
    # Written out, since it is asked of every entry.
    return (
        v == FORMAT
        and type(n) is type(lamport) is type(t) is int
        and type(c) is type(a) is type(k) is str
        and (p is None or type(p) is str)
        and (w is None or type(w) is str)
        and (s is None or type(s) is str)
        and (x is None or type(x) is str)
        and type(d) is dict
        and type(o) is list
        and (not o or all(type(old) is str for old in o))
        and are_hex(c, a, s)
        and (k not in DATA or (holds(d, DATA[k]) and are_hex(d.get("target_hash"))))
    )


def are_hex(*texts: str | None) -> bool:
    """Whether these are bytes in hex, or nothing."""
    try:
        bytes.fromhex("".join(filter(None, texts)))
    except ValueError:
        return False
    return True
