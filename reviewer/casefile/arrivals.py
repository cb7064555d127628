"""What comes to be taken in - records, their bundles and files - and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from reviewer.casefile.evidence import Parts, Value
from reviewer.model.records import Record


class Outcome(StrEnum):
    """What became of a record. One that has come in with this import already is repeated."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a bundle was not taken in. One that is `waiting` may be once more has come in."""

    reason: str
    waiting: bool = False


Fate = tuple[Outcome, ...] | Refused
"""What became of each record of a bundle, or why none of them was taken."""


class RefusedError(Exception):
    """A record that cannot stand in this case; the reason is for a person."""

    def __init__(self, reason: str, *, waiting: bool = False) -> None:
        super().__init__(reason)
        self.waiting = waiting


@dataclass(slots=True, eq=False)
class FileFacts:
    """A file that is imported, as it will be remembered. `n` is its row, once it has one.

    One that `adds` is no newer export of its collection: it holds what was refused of one.
    """

    collection: str
    name: str
    hash: str
    size: int
    format: str
    encoding: str
    doubt: str
    at: int
    adds: bool = False
    n: int = 0


@dataclass(slots=True, eq=False)
class Bundle:
    """Records that stand together, and where they stand; `tag` is its maker's own."""

    records: tuple[Record, ...]
    file: FileFacts | None = None
    place: str = ""
    tag: object = None


class Ready(NamedTuple):
    """A record that will be written, and what it will be known by."""

    record: Record
    table: str
    id: str
    columns: Mapping[str, Value]
    parts: Parts
    hash: bytes
    outcome: Outcome
    version: int
