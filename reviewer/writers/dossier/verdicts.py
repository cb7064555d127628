"""What readers decided, each with a name and a date; what others published; what was before."""

from collections.abc import Iterator

from reviewer.model.claims import ClaimView
from reviewer.model.clock import minute
from reviewer.model.evidence import Rating
from reviewer.model.judgements import Note, Verdict
from reviewer.model.scale import Scale
from reviewer.writers.dossier.markup import Html, address, bdi, block, el, facts, noted, start
from reviewer.writers.dossier.said import (
    beside,
    count_of,
    dated,
    grade,
    heading,
    meaning,
    past,
    settlement,
    standing,
)


def verdicts(view: ClaimView, scale: Scale) -> Iterator[Html]:
    """Every standing verdict, and the notes of readers who have not judged."""
    stands = standing(view)
    yield start("section", class_="verdicts")
    yield el("h3", bdi(heading(view, scale)))
    if stands:
        yield el("p", f"By {count_of(view)}.", class_="small")
    settled, reason = settlement(view, scale)
    if settled:
        yield el("p", bdi(settled), class_="settled")
    if reason:
        yield block("blockquote", reason, "note")
    for verdict in stands:
        yield _verdict(view, verdict, scale)
    for note in view.notes:
        if view.mine(note.reader) is None:
            yield _note(note)
    yield Html("</section>")


def ratings(view: ClaimView) -> Iterator[Html]:
    """What others published on the claim, in their words."""
    if not view.ratings:
        yield el("p", "No rating published by others is held.", class_="small")
        return
    yield start("section", class_="ratings")
    yield el("h3", "Ratings published by others")
    yield el("p", "Their words, word for word. None is a verdict of this case.", class_="small")
    for rating in view.ratings:
        yield from _rating(rating, view)
    yield Html("</section>")


def history(view: ClaimView, scale: Scale) -> Iterator[Html]:
    """The verdicts that no longer stand."""
    gone = past(view)
    if not gone:
        return
    yield start("section", class_="history")
    yield el("h3", "Earlier verdicts, withdrawn or replaced: none of these stands")
    for verdict in gone:
        yield _verdict(view, verdict, scale)
    yield Html("</section>")


def _verdict(view: ClaimView, verdict: Verdict, scale: Scale) -> Html:
    help_ = meaning(verdict.value, scale)
    who = bdi(verdict.reader) if verdict.reader else "an unknown reader"
    rows: list[str] = [
        el(
            "p",
            *(el("strong", bdi(scale.label(verdict.value)), class_="value"), " "),
            el("span", "by ", who, f", {dated(verdict)}", class_="by"),
        )
    ]
    if help_:
        rows.append(el("p", "On this case's scale: ", bdi(help_), class_="small"))
    if verdict.stale:
        gave = "; the verdict was given before that."
        rows.append(el("p", "STALE: ", bdi(verdict.why_stale), gave, class_="loud"))
    rows += [el("p", bdi(said)) for said in beside(view, verdict)]
    if verdict.note:
        rows.append(block("blockquote", verdict.note, "note"))
    elif verdict.standing and not verdict.words.get("reason"):
        rows.append(el("p", "No reason is noted.", class_="small"))
    return el("div", *rows, class_="verdict" if verdict.standing else "verdict past")


def _note(note: Note) -> Html:
    return el(
        "div",
        el("p", "Note without a verdict, by ", bdi(note.reader), f", {minute(note.at)}"),
        block("blockquote", note.text, "note"),
        class_="verdict noted",
    )


def _rating(rating: Rating, view: ClaimView) -> Iterator[Html]:
    yield start("div", class_="rating")
    yield el("p", bdi(rating.source.name), ": ", el("q", bdi(rating.rating)), class_="rated")
    yield from facts(
        [
            ("Published", rating.date),
            ("Title", rating.title),
            *([("On their scale", rating.value)] if rating.value else []),
            ("Address", address(rating.url) if rating.url else ""),
            ("Grade of the source", grade(rating.source, view)),
        ]
    )
    if rating.text:
        yield block("blockquote", rating.text, "quote")
    if rating.note:
        yield noted(rating.note)
    yield Html("</div>")
