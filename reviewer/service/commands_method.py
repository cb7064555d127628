"""The commands of method: second readings, origins, rivals, hypotheses, gaps, agreement."""

from __future__ import annotations

from reviewer.service.command import Command, Group
from reviewer.service.situation import (
    needs_claim,
    needs_estimates,
    needs_to_write,
    needs_verdict,
    needs_words,
    never,
)

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
    Command(
        "readings.ask", "Ask for a second reading",
        "Another reader is to judge the claim too; until then none of you sees the other's.",
        ("R",), Group.METHOD, needs_to_write,
    ),
    Command(
        "readings.open", "Readings that differ",
        "Two readings side by side; a or b agrees, 1-9 settles, s sends back with a question.",
        ("D",), Group.METHOD, never,
    ),
    Command(
        "sitting.summary", "Summary of the sitting",
        "What you decided, how fast, what waits; tab: how far the readers agree.",
        ("M",), Group.METHOD, never,
    ),
    Command(
        "rivals.open", "Rival accounts",
        "The claim beside its rivals, one by one; a there adds one, tab says how they stand.",
        ("r",), Group.METHOD, needs_claim,
    ),
    Command(
        "hypotheses.open", "Competing hypotheses",
        "Weighs explanations against the excerpts, after Heuer's ACH; a there adds one.",
        ("H",), Group.METHOD, needs_claim,
    ),
    Command(
        "gaps.open", "Gaps",
        "What is not known of this claim: questions, who was asked, what calls leave open;"
        " tab the whole case.",
        ("Q",), Group.METHOD, needs_claim,
    ),
    Command(
        "card.grade", "Grade",
        "Opens the card: A to F there grades the source, 1 to 6 what it says on this claim.",
        (), Group.METHOD, needs_words,
    ),
    Command(
        "card.facts", "Facts of the call",
        "What you know of a call that its card does not have: number, time, translators.",
        (), Group.METHOD, needs_to_write,
    ),
    Command(
        "origins.open", "Origins",
        "On whose word the claim rests, what would change that; an origin can be given there.",
        ("O",), Group.METHOD, needs_claim,
    ),
    Command(
        "estimate.open", "Likelihood and confidence",
        "The words of ICD 203 for your verdict, where the case goes by them.",
        ("P",), Group.METHOD, needs_estimates,
    ),
)  # fmt: skip
