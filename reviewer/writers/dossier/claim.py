"""One claim with everything that it is judged by."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from reviewer.insight.ageing import Change
from reviewer.model.claims import ClaimView
from reviewer.model.scale import Scale
from reviewer.model.sections import Section
from reviewer.writers.dossier.aged import aged
from reviewer.writers.dossier.markup import Html, bdi, block, el, facts, join, start
from reviewer.writers.dossier.said import ONE_WITNESS, grade, hashes, origins, support, witnesses
from reviewer.writers.dossier.sections import sections
from reviewer.writers.dossier.texts import texts
from reviewer.writers.dossier.timeline import timeline
from reviewer.writers.dossier.verdicts import history, ratings, verdicts


def anchor(claim: str) -> str:
    """Where a claim stands in the page, whatever characters its id is made of."""
    return f"claim-{hashlib.sha256(claim.encode(errors='surrogatepass')).hexdigest()[:12]}"


def article(
    view: ClaimView,
    scale: Scale,
    *,
    exercise: bool,
    changes: Sequence[Change] = (),
    beside: Iterable[Section] = (),
) -> Iterator[Html]:
    """The claim, what was decided, what it rests on, what is beside it, and the proof of it."""
    yield start("article", id=anchor(view.claim.id), class_="claim")
    yield from _claim(view, exercise=exercise)
    yield from verdicts(view, scale)
    if view.claim.context.strip():
        yield el("h3", "Context")
        yield block("p", view.claim.context.strip("\n"), "background")
    yield from ratings(view)
    yield from _sources(view)
    yield el("h3", "Timeline")
    yield from timeline(view, scale)
    yield el("h3", "Evidence" if view.targets else "Evidence: no text is held")
    if not view.excerpts:
        yield el("p", "No excerpt is linked to this claim.")
    yield from texts(view)
    yield from sections(beside)
    yield from history(view, scale)
    yield from aged(changes, scale)
    yield _proof(view)
    yield Html("</article>")


def _claim(view: ClaimView, *, exercise: bool) -> Iterator[Html]:
    claim = view.claim
    invented = [el("strong", " EXERCISE", class_="invented")] if exercise else []
    yield start("header")
    yield el("p", "Claim ", bdi(claim.id), *invented, class_="kicker")
    yield block("h2", claim.text, "wording")
    yield from facts(
        [
            ("Claimant", claim.claimant),
            ("Date of the claim", claim.date),
            *([("Part of", claim.parent)] if claim.parent else []),
            *([("Tags", join(map(bdi, claim.tags), ", "))] if claim.tags else []),
            ("Work", view.row.state.label),
        ]
    )
    yield Html("</header>")


def _sources(view: ClaimView) -> Iterator[Html]:
    found = origins(view)
    if not found:
        return
    yield el("h3", f"Sources: {witnesses(found)}")
    if sum(len(origin.sources) for origin in found) > len(found):
        yield el("p", ONE_WITNESS)
    for sentence in support(view):
        yield el("p", bdi(sentence))
    yield start("table", class_="sources")
    heads = ("Origin: who first held it", "Published by", "Texts")
    yield el("thead", el("tr", *(el("th", head, scope="col") for head in heads)))
    yield start("tbody")
    for origin in found:
        sources = (
            el("li", bdi(source.name), " (", bdi(source.kind), "; ", bdi(grade(source, view)), ")")
            for source in origin.sources
        )
        ids = join([bdi(text.id) for text in origin.texts], ", ")
        yield el(
            "tr",
            *(el("td", bdi(origin.name)), el("td", el("ul", *sources)), el("td", ids)),
        )
    yield Html("</tbody></table>")


def _proof(view: ClaimView) -> Html:
    rows = (
        el(
            "tr",
            *(el("td", what), el("td", bdi(name))),
            el("td", el("code", hash_) if hash_ else "not held"),
        )
        for what, name, hash_ in hashes(view)
    )
    heads = ("What", "Name", "SHA-256, or id in the case's ledger")
    return el(
        "section",
        el("h3", "What this rests on, to the letter"),
        el(
            "table",
            el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
            el("tbody", *rows),
        ),
        class_="proof",
    )
