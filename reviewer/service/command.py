"""What a command is: its id, its words, its keys, and when it can be given."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.scale import Scale
from reviewer.service.situation import Disabled
from reviewer.structs import Struct


class Mode(StrEnum):
    """What keys mean now. In the other modes of the desk they are text."""

    READ = "READ"
    SELECT = "SELECT"
    LIKELY = "LIKELY"
    HISTORY = "HISTORY"


class Group(StrEnum):
    """Under which heading a command is listed."""

    CLAIMS = "Claims"
    EVIDENCE = "Evidence"
    VERDICT = "Verdict and note"
    FIND = "Find and filter"
    EXCERPTS = "Excerpts"
    SHOW = "Look closer"
    METHOD = "Method"
    PROGRAM = "Program"
    SELECTING = "While selecting (after v)"
    OFFERED = "In the likely passages (after p)"
    RECORDED = "In the history (after t)"


class Command(Struct):
    """One command.

    `disabled` gives the reason why it cannot be given now, or nothing.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    group: Group
    disabled: Disabled
    mode: Mode = Mode.READ

    def titled(self, scale: Scale) -> str:
        """Its title, with the word of the case's scale where it is a verdict."""
        key = self.id.removeprefix("verdict.")
        value = scale.by_key(int(key)) if key.isdigit() else None
        return f"Verdict: {value.label}" if value else self.title


Footer = tuple[tuple[tuple[str, ...], str], ...]
"""What the line of keys says: commands by their ids, each with its word, the most needed first."""
