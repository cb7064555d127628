"""The origins that a claim rests on, as labelled lines."""

from collections.abc import Iterator

from reviewer.insight.origins import (
    basis,
    grounds,
    quoted,
    settled_basis,
    supported,
    what_would_change,
)
from reviewer.lines.parts import one_line
from reviewer.model.claims import ClaimView
from reviewer.model.evidence import STANCES, Held, Stance
from reviewer.model.judgements import Verdict
from reviewer.model.likelihood import sentences

SAYS = {Stance.SUPPORTS: "Supported", Stance.REFUTES: "Refuted", Stance.CONTEXT: "Context"}


def support_line(view: ClaimView) -> str:
    """`Supported by 3 excerpts, 1 origin; 3 of them are not word for word.`"""
    said, paraphrased = supported(view), grounds(view).without_the_words
    held = f"; {paraphrased} of them not word for word" if paraphrased else ""
    return f"{said[:1].upper()}{said[1:]}{held}."


def beside_lines(view: ClaimView, verdict: Verdict) -> Iterator[str]:
    """What a verdict says beside its value: on how little it rests and why, its estimates."""
    few = basis(view, verdict)
    if few:
        yield one_line(f"It {few}")
    yield from sentences(verdict.data)


def settled_lines(view: ClaimView) -> Iterator[str]:
    """On how little rests what settled the readings, where a rule of the case asked."""
    if few := settled_basis(view):
        yield one_line(f"It {few}")


def origin_lines(view: ClaimView) -> Iterator[str]:
    """Each origin with its excerpts, then the line of what would change it."""
    yield one_line(f"Claim {view.claim.id}: {view.claim.text}")
    yield support_line(view)
    if view.rules.origins > 1 and view.rules.gated:
        values = ", ".join(view.rules.gated)
        yield one_line(
            f"Asked for: {view.rules.origins} independent origins, or a reason: {values}."
        )
    for stance in STANCES:
        for origin in grounds(view, stance).origins:
            known = "" if origin.known else "; counts as no independent origin"
            yield one_line(f"{SAYS[stance]} by origin: {origin.name}{known}")
            for excerpt in origin.excerpts:
                text = view.target(excerpt.target)
                held = "" if text is None or text.held is Held.VERBATIM else f", {text.held}"
                yield f"  {one_line(f'{quoted(excerpt)}{held}')}"
    orphans = sum(excerpt.orphan for excerpt in view.excerpts)
    if orphans:
        yield f"Not counted, because their words no longer stand: {orphans}."
    yield one_line(f"What would change it: {what_would_change(view)}")
