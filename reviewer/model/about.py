"""What a case is, and how far its review has come."""

from __future__ import annotations

from reviewer.structs import Struct


class About(Struct):
    """What a case is: its title and whether it is a fictional exercise."""

    id: str
    title: str
    about: str
    exercise: bool
    origins: int = 0
    """How many independent origins the case itself asks a strong verdict to rest on; 0: none."""


def origins_of(text: str) -> int:
    """How many origins a case asks for, from what it says of itself; 0 where it says nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 1 else 0


class Status(Struct):
    """Progress of a case."""

    claims: int
    decided: int
    undecided: int
    verdicts: dict[str, int]
    states: dict[str, int]
    readers: dict[str, int]
    stale: int
    orphans: int
    today: int
    waiting: int = 0
    """How many of the asking reader's verdicts wait for a second reading."""
