"""What is held for a claim, the card of a source, the citation of an excerpt: in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reviewer.lines.parts import name_of, one_line
from reviewer.lines.texts import file_lines
from reviewer.model import cards
from reviewer.model.claims import ClaimView
from reviewer.model.evidence import Excerpt, Provenance, Stance, Target

if TYPE_CHECKING:
    from reviewer.model.findings import Finding

STANCES = {
    Stance.SUPPORTS: ("supports", "support"),
    Stance.REFUTES: ("refutes", "refute"),
    Stance.CONTEXT: ("gives context", "give context"),
    Stance.UNTOLD: ("is another reader's, its stance not told yet",) * 2,
}


def held(view: ClaimView) -> Iterator[str]:
    """What evidence a claim has, and what it lacks."""
    if not view.targets:
        yield "No text is held for this claim: neither a statement nor a recording."
    elif not view.statements:
        yield "No statement is held for this claim."
    elif not view.recordings:
        yield "No recording is held for this claim."
    for id_ in view.missing:
        yield f"Missing: {one_line(id_)} is named as evidence but is not in the case."
    excerpts = [
        f"{n} {STANCES[stance][n > 1]}"
        for stance in Stance
        if (n := sum(1 for e in view.excerpts if e.stance == stance))
    ]
    orphans = sum(1 for e in view.excerpts if e.orphan)
    if orphans:
        excerpts.append(f"{orphans} of them {'is an orphan' if orphans == 1 else 'are orphans'}")
    held = [_count(len(view.statements), "statement"), _count(len(view.recordings), "recording")]
    held.append(_count(len(view.excerpts), "excerpt"))
    yield f"Evidence: {', '.join(held)}{': ' if excerpts else ''}{', '.join(excerpts)}."


def _count(n: int, what: str) -> str:
    return f"{n or 'no'} {what}{'' if n == 1 else 's'}"


def citation(excerpt: Excerpt, target: Target | None) -> str:
    """Where the words of an excerpt come from, in one line."""
    return one_line(cards.citation(excerpt, target))


def card(
    target: Target,
    file: Provenance | None = None,
    findings: Sequence[Finding] = (),
    claim: str = "",
) -> Iterator[str]:
    """The source card of a statement, or the intercept card of a recording.

    Args:
        target: the text.
        file: the file that it came from.
        findings: what readers found on the claim, and of the text's source and call.
        claim: the claim beside which it is shown, if any: on it what it says has a grade.
    """
    from reviewer.model.grades import SOURCE, grade_of, in_words, told

    grade = grade_of(target, claim, findings)
    yield name_of(target)
    if claim:
        yield f"Grade: {one_line(told(grade))}"
    else:
        yield f"Grade of the source: {one_line(in_words(SOURCE, grade.source))}"
    for label, value in cards.fields(target, findings):
        yield f"{one_line(label)}: {one_line(value) or 'unknown'}"
    yield from file_lines(file)
