"""What changed between a verdict and the one that replaced it, both with their dates."""

from collections.abc import Callable, Iterator, Sequence

from reviewer.insight.ageing import Change, evidence, sentences
from reviewer.model.claims import ClaimView
from reviewer.model.scale import Scale
from reviewer.writers.dossier.markup import Html, bdi, block, el, start

Changes = Callable[[ClaimView], Sequence[Change]]


def unchanged(_: ClaimView) -> Sequence[Change]:
    """No change, for who writes a dossier without the history of its verdicts."""
    return ()


def aged(changes: Sequence[Change], scale: Scale) -> Iterator[Html]:
    """Each change in words, and the diff of the evidence."""
    if not changes:
        return
    yield start("section", class_="aged")
    yield el("h3", "What changed between verdicts")
    for one in changes:
        first, *rest = sentences(one, scale)
        who = bdi(one.new.reader) if one.new.reader else "an unknown reader"
        yield el("p", who, ": ", el("strong", bdi(first)), class_="by")
        yield el("ul", *(el("li", bdi(said)) for said in rest))
        diff = "\n".join(evidence(one))
        if diff:
            yield block("pre", diff, "diff")
    yield Html("</section>")
