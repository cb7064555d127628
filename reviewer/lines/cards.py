"""What is held for a claim, the card of a source, the citation of an excerpt: in words."""

from collections.abc import Iterator

from reviewer.lines.parts import name_of, one_line
from reviewer.lines.texts import file_lines
from reviewer.model import cards
from reviewer.model.words import ClaimView, Excerpt, Provenance, Stance, Target

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


def card(target: Target, file: Provenance | None = None) -> Iterator[str]:
    """The source card of a statement, or the intercept card of a recording."""
    yield name_of(target)
    for label, value in cards.fields(target):
        yield f"{one_line(label)}: {one_line(value) or 'unknown'}"
    yield from file_lines(file)
