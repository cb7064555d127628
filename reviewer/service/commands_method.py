"""The commands of method: second readings, origins, rivals, hypotheses, gaps, agreement."""

from __future__ import annotations

from reviewer.service.command import Command, Group
from reviewer.service.situation import needs_to_write, needs_verdict

METHOD: tuple[Command, ...] = (
    Command(
        "claim.reopen", "Reopen",
        "Puts a judged claim back: its verdicts go stale, yours is there to start from.",
        ("X",), Group.METHOD, needs_verdict,
    ),
    Command(
        "claim.recheck", "Another look",
        "Sets the day on which to look at the claim again, and why; due:yes finds those due.",
        ("W",), Group.METHOD, needs_to_write,
    ),
)  # fmt: skip
