"""Entries of the ledger: what a body says, how it is written and how it is read back.

An entry is immutable. Its body is canonical JSON (RFC 8785), kept byte for byte, and its id
is the SHA-256 of that. A body of a kind or format that this program does not know is kept
and passed on all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import NoneType

from reviewer.model.canonical import Json
from reviewer.structs import Struct, field

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Any

FORMAT = 1
SALT_BYTES = 16


class Kind(StrEnum):
    """What an entry records."""

    ENROL = "enrol"
    VERDICT = "verdict"
    WITHDRAW = "withdraw"
    NOTE = "note"
    SET_ASIDE = "set_aside"
    MARK = "mark"
    LINK = "link"
    UNLINK = "unlink"
    DISMISS = "dismiss"
    METHOD = "method"
    READINGS = "readings"
    ADJUDICATE = "adjudicate"
    ORIGIN = "origin"
    GRADE = "grade"
    RIVAL = "rival"
    HYPOTHESIS = "hypothesis"
    WEIGH = "weigh"
    CARD = "card"
    QUESTION = "question"
    RECHECK = "recheck"
    REOPEN = "reopen"
    UNDO = "undo"
    REDO = "redo"
    REDACT = "redact"


ACTS = frozenset(Kind) - {Kind.ENROL, Kind.UNDO, Kind.REDO, Kind.REDACT}
"""The kinds that can be undone."""
FINDINGS = frozenset(
    (
        *(Kind.METHOD, Kind.READINGS, Kind.ORIGIN, Kind.GRADE, Kind.RIVAL, Kind.HYPOTHESIS),
        *(Kind.WEIGH, Kind.CARD, Kind.QUESTION, Kind.RECHECK),
    )
)
"""What is found beside a verdict: the `value` of a `key` about a claim, a source, a text or the
whole case. A reader's later one takes the place of his earlier one; a value of null takes it
back."""
OF_THE_CASE = FINDINGS | {Kind.UNDO, Kind.REDO}
"""The kinds that, without a claim, are about the whole case."""


Kinds = type | tuple[type, ...]
MAYBE = (str, NoneType)
BODY: Mapping[str, Kinds] = {
    "c": str,
    "n": int,
    "p": MAYBE,
    "w": MAYBE,
    "l": int,
    "t": int,
    "a": str,
    "k": str,
    "s": MAYBE,
    "o": list,
    "x": MAYBE,
    "d": dict,
}
DATA: Mapping[str, Mapping[str, Kinds]] = {
    Kind.VERDICT: {"value": str},
    Kind.LINK: {
        "target": str,
        "target_hash": str,
        "stance": str,
        "exact": str,
        "prefix": str,
        "suffix": str,
        "start": int,
        "end": int,
    },
    Kind.UNLINK: {"exact": str},
    Kind.DISMISS: {"what": str, "target": str, "exact": str, "prefix": str, "suffix": str},
    Kind.ADJUDICATE: {"value": str, "readings": list},
    Kind.REDACT: {"erased": str},
    **{kind: {"about": str, "key": str} for kind in sorted(FINDINGS)},
}
HEX = "0123456789abcdef"


class Entry(Struct):
    """An entry as read back. Ids are hex; `at` is the writer's clock in milliseconds UTC.

    `erased` is no part of what was written: it tells who erased the words since, and when.
    """

    id: str
    chain: str
    seq: int
    previous: str | None
    witness: str | None
    lamport: int
    at: int
    author: str
    kind: str
    subject: str | None
    supersedes: tuple[str, ...]
    payload_hash: str | None
    data: dict[str, Json]
    words: dict[str, str] = field(default_factory=dict)
    erased: str = ""

    @property
    def has_lost_its_words(self) -> bool:
        """Whether it was written with words that are not held here: erased, or not yet here."""
        return self.payload_hash is not None and not self.words

    @property
    def claim(self) -> str:
        """The id of the claim that the entry is about, or nothing."""
        return str(self.data.get("claim", ""))

    @property
    def touches(self) -> bool:
        """Whether the state of a claim, or of the whole case, follows from it."""
        return bool(self.claim) or self.kind in OF_THE_CASE

    @property
    def order(self) -> tuple[int, str]:
        """The order in which entries take effect, the same on every machine."""
        return (self.lamport, self.id)


class Draft(Struct):
    """What an act wants recorded, before it has a place in a chain."""

    kind: Kind
    claim: str = ""
    subject: str | None = None
    supersedes: Sequence[str] = ()
    data: Mapping[str, Json] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def payload_of(words: Mapping[str, str]) -> bytes | None:
    """The erasable words of an entry as bytes, salted so that short words cannot be guessed.

    Raises:
        UnicodeEncodeError: for a lone surrogate.
    """
    if not words:
        return None
    import secrets

    import rfc8785

    "".join(words.values()).encode()

    return rfc8785.dumps({**words, "salt": secrets.token_hex(SALT_BYTES)})


def body_of(
    draft: Draft,
    *,
    chain: str,
    seq: int,
    previous: str | None,
    witness: str | None,
    lamport: int,
    at: int,
    author: str,
    payload: bytes | None,
) -> bytes:
    """The body that records `draft` at this place of a chain."""
    import rfc8785

    data = {"claim": draft.claim, **draft.data} if draft.claim else dict(draft.data)
    return rfc8785.dumps(
        {
            "v": FORMAT,
            "c": chain,
            "n": seq,
            "p": previous,
            "w": witness,
            "l": lamport,
            "t": at,
            "a": author,
            "k": draft.kind.value,
            "s": draft.subject,
            "o": list(draft.supersedes),
            "x": hashlib.sha256(payload).hexdigest() if payload is not None else None,
            "d": data,
        }
    )


def entry_id(body: bytes) -> bytes:
    """The 32 bytes by which an entry is known."""
    return hashlib.sha256(body).digest()


def _is_entry(raw: object) -> bool:
    if not isinstance(raw, dict) or not holds(raw, BODY):
        return False
    hashes = (raw["a"], raw["s"] or "", raw["d"].get("target_hash", ""))
    return (
        (not raw["o"] or all(isinstance(old, str) for old in raw["o"]))
        and holds(raw["d"], DATA.get(kind_of(raw), {}))
        and _is_hex(hashes[0])
        and _is_hex(hashes[1])
        and _is_hex(hashes[2])
    )


def _is_hex(text: object) -> bool:
    return isinstance(text, str) and len(text) % 2 == 0 and not text.strip(HEX)


def kind_of(raw: dict[str, Any]) -> str:
    """What a body says that it records, as the column beside it has it."""
    # What a later format means by a kind is not known here, and so it is another kind.
    kind, format_ = str(raw["k"]), raw.get("v")
    return kind if format_ == FORMAT else f"{kind} of format {format_}"


def holds(raw: object, parts: Mapping[str, Kinds]) -> bool:
    """Whether an object has all of these parts, each of its kind; none is a truth value."""
    if not isinstance(raw, dict):
        return False
    # A loop, since a merge looks at millions of them.
    for key, kinds in parts.items():
        value = raw.get(key, ...)
        # To Python a truth value is a number.
        if not isinstance(value, kinds) or value is True or value is False:
            return False
    return True


def read_entry(body: bytes, payload: bytes | None = None) -> Entry:
    """An entry from its stored bytes.

    Raises:
        ValueError: the bytes are not an entry's, or its words are not words.
    """
    import json

    try:
        raw = json.loads(body)
        words = json.loads(payload) if payload is not None else {}
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not an entry: {error}") from error
    return checked(entry_id(body).hex(), raw, words)


def checked(id_: str, raw: Any, words: Any) -> Entry:
    """The entry that a parsed body is, with the words of its payload.

    Raises:
        ValueError: it is none, or its words are not words.
    """
    if not _is_entry(raw) or not holds(words, dict.fromkeys(words, str)):
        raise ValueError("not an entry: a part of it is missing or of another kind")
    return entry_from(raw, id_, words)


def entry_from(raw: dict[str, Any], id_: str, words: dict[str, str]) -> Entry:
    """The entry that a parsed body is known to be, with its payload's words."""
    words.pop("salt", None)
    return Entry(
        id=id_,
        chain=raw["c"],
        seq=raw["n"],
        previous=raw["p"],
        witness=raw["w"],
        lamport=raw["l"],
        at=raw["t"],
        author=raw["a"],
        kind=kind_of(raw),
        subject=raw["s"],
        supersedes=tuple(raw["o"]),
        payload_hash=raw["x"],
        data=raw["d"],
        words=words,
    )
