"""ClaimReview: verdicts as JSON-LD of schema.org, for the pages that publish them.

The standard: https://schema.org/ClaimReview, and what search engines ask of it: one review a
claim, with `claimReviewed`, a rating in words and the address of the page. Several reviews in
one file are an `@graph`: the form JSON-LD itself has for several things under one context. A
`DataFeed` would be one thing more, a feed with an address and a date of its own, which
nobody has made; and out of a graph each review can be lifted onto its page as it is.

A verdict is published only where it is the one word of all readers and nothing changed under
it. What no reader decided is never filled in: `missing` lists it, and a draft goes without
it, under addresses that nobody can open and with the status "Draft".

Numbers are published for the house's own values alone, and of these only for those that say
how true a claim is. `LADDER` is the table to publish beside them. "unverified", "contested"
and "not checkable" say that nobody knows: they are no middle of it.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from reviewer.insight.origins import basis, settled_basis
from reviewer.model.about import About
from reviewer.model.claims import ClaimView
from reviewer.model.clock import iso
from reviewer.model.errors import ReviewerError
from reviewer.model.evidence import Recording, Target
from reviewer.model.judgements import Verdict
from reviewer.model.likelihood import sentences
from reviewer.model.scale import HOUSE, Scale
from reviewer.writers.jsonl_file import as_json

CONTEXT = "https://schema.org"
LADDER = {"verified": 5, "partly_verified": 3, "misleading": 2, "false": 1}
BEST, WORST = 5, 1
SHORT = 75
EXERCISE = "EXERCISE: everything in this case is invented."
ORGANISATIONS = ("agency", "ministry", "outlet", "court")
ENDS_A_BASE = ("/", "#", "=")
DAY = len("2022-03-07")

Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the reviews, and the address below which each has its page.

    `language` is that of the reviews (BCP 47); a case does not say it.
    """

    name: str = ""
    url: str = ""
    base_url: str = ""
    language: str = ""


def missing(view: ClaimView, publisher: Publisher, about: About) -> list[str]:
    """What keeps the verdict on a claim from being published; nothing where it can be."""
    return [*missing_for_all(publisher, about), *_missing_of_claim(view)]


def missing_for_all(publisher: Publisher, about: About) -> list[str]:
    """What keeps every verdict of a case from being published."""
    return list(_missing_for_all(publisher, about))


def warnings(view: ClaimView) -> list[str]:
    """What a publisher may want to mend, and need not."""
    said = []
    length = len(view.claim.text)
    if length > SHORT:
        said.append(f"the claim has {length} characters; search engines cut it at about {SHORT}")
    if not view.claim.claimant:
        said.append("nobody is named as the claimant")
    return said


def lines(
    views: Iterable[ClaimView],
    about: About,
    scale: Scale,
    publisher: Publisher,
    *,
    draft: bool = False,
) -> Iterator[str]:
    """The file, piece by piece: one review as it is, several as an `@graph`.

    Args:
        views: the claims; a file of none is an empty graph.
        about: their case; an exercise is never published.
        scale: its verdict values.
        publisher: who publishes. A draft needs none.
        draft: write what is missing too, as a draft.

    Raises:
        ReviewerError: a verdict cannot be published, and this is no draft.
    """
    reviews = (_review(view, about, scale, publisher, draft=draft) for view in views)
    first, second = next(reviews, None), next(reviews, None)
    if first is not None and second is None:
        yield f"{_for_a_page({'@context': CONTEXT, **first})}\n"
        return
    yield f'{{"@context": "{CONTEXT}", "@graph": ['
    before = "\n"
    for review in (first, second):
        if review is not None:
            yield f"{before}{_for_a_page(review)}"
            before = ",\n"
    for review in reviews:
        yield f"{before}{_for_a_page(review)}"
    yield "\n]}\n"


def _missing_for_all(publisher: Publisher, about: About) -> Iterator[str]:
    if about.exercise:
        yield "the case is an exercise, and nothing in it happened"
    if not publisher.name.strip():
        yield "the publisher's name"
    if not _is_address(publisher.url):
        yield "the publisher's address, beginning with https://"
    if not _is_address(publisher.base_url):
        yield "the address below which the reviews are published, beginning with https://"


def _missing_of_claim(view: ClaimView) -> Iterator[str]:
    standing = _standing(view)
    if not view.claim.text.strip():
        yield "the words of the claim"
    if view.claim.id.strip(".") == "":
        yield "an id that can be part of an address"
    if not standing:
        yield "a verdict"
    if len({verdict.value for verdict in standing}) > 1 and view.settled is None:
        yield "agreement: readers differ"
    for verdict in standing:
        if verdict.stale:
            since = f"since {_reader(verdict)} judged"
            yield f"a verdict on what is held now: {verdict.why_stale} {since}"
    if standing and not _day(standing[-1]):
        yield "the day of the verdict: the clock that it was given by was wrong"


def _review(
    view: ClaimView, about: About, scale: Scale, publisher: Publisher, *, draft: bool
) -> Node:
    gaps = missing(view, publisher, about)
    if gaps and not draft:
        raise ReviewerError(f"{view.claim.id} cannot be published; missing: {'; '.join(gaps)}.")
    review: Node = {
        "@type": "ClaimReview",
        "url": _draft_address(about, view) if draft else _address(publisher, view),
        "claimReviewed": view.claim.text,
        "inLanguage": publisher.language,
        "itemReviewed": _claim(view),
        "author": _organisation(publisher),
        "citation": [_work(text) for text in _with_address(view) if not _appears(view, text)],
    }
    if draft:
        review["creativeWorkStatus"] = "Draft"
        said = [EXERCISE] if about.exercise else []
        said += [f"Missing: {gap}" for gap in gaps]
        review["comment"] = [{"@type": "Comment", "text": text} for text in said]
    if not any(_missing_of_claim(view)):
        newest = _standing(view)[-1]
        review["datePublished"] = _day(newest)
        if newest.dated:
            # schema.org: the time that a work describes, where it is about a certain moment.
            review["contentReferenceTime"] = newest.as_of
        review["reviewRating"] = _rating(view, newest, scale)
    return _filled(review)


def _rating(view: ClaimView, verdict: Verdict, scale: Scale) -> Node:
    value = view.settled.value if view.settled else verdict.value
    label = scale.label(value)
    rating: Node = {"@type": "Rating"}
    number = _number(value, scale)
    if number is not None:
        rating |= {"ratingValue": number, "bestRating": BEST, "worstRating": WORST}
    notes = [given.note for given in _standing(view) if given.note and not given.erased]
    if view.settled and not view.settled.erased:
        notes.append(view.settled.reason)
    few = settled_basis(view) if view.settled else basis(view, verdict)
    said = [*notes[-1:], *([f"The verdict {few}"] if few else []), *sentences(verdict.data)]
    words = {"alternateName": label, "name": label, "ratingExplanation": "\n\n".join(said)}
    return _filled({**rating, **words})


def _number(value: str, scale: Scale) -> int | None:
    """The number of a value, where the case means by it what the house does."""
    own = {(v.value, v.label, v.help) for v in scale.values}
    is_ours = any(v.value == value and (v.value, v.label, v.help) in own for v in HOUSE.values)
    return LADDER.get(value) if is_ours else None


def _claim(view: ClaimView) -> Node:
    works = [text for text in _with_address(view) if _appears(view, text)]
    first = _first(works)
    return _filled(
        {
            "@type": "Claim",
            "text": view.claim.text,
            "author": _claimant(view),
            "datePublished": view.claim.date.replace(" ", "T"),
            "firstAppearance": _work(first) if first else {},
            "appearance": [_work(text) for text in works],
        }
    )


def _claimant(view: ClaimView) -> Node:
    """Who says it; of which type only where a source of this name tells."""
    sources = {text.source for text in view.targets}
    kinds = {s.kind for s in sources if _is_claimant(view, s.name) or _is_claimant(view, s.id)}
    kind: Node = {}
    if kinds == {"person"}:
        kind = {"@type": "Person"}
    elif len(kinds) == 1 and kinds <= set(ORGANISATIONS):
        kind = {"@type": "Organization"}
    return {**kind, "name": view.claim.claimant} if view.claim.claimant else {}


def _with_address(view: ClaimView) -> list[Target]:
    return [text for text in view.targets if _is_address(text.url)]


def _appears(view: ClaimView, text: Target) -> bool:
    """Whether the claim was made there: its claimant published it, or first held it.

    What others say on it, a denial for one, is cited and no appearance of the claim.
    """
    names = (text.source.id, text.source.name, text.origin)
    return any(_is_claimant(view, name) for name in names)


def _is_claimant(view: ClaimView, name: str) -> bool:
    claimant = view.claim.claimant.strip().casefold()
    return bool(claimant) and name.strip().casefold() == claimant


def _first(works: list[Target]) -> Target | None:
    """The earliest of some texts, where their dates say which that is."""
    days = [text.date[:DAY] for text in works]
    if len(works) > 1 and (min(map(len, days)) < DAY or days.count(min(days)) > 1):
        return None
    return min(works, key=lambda text: text.date[:DAY], default=None)


def _work(text: Target) -> Node:
    return _filled(
        {
            "@type": "AudioObject" if isinstance(text, Recording) else "CreativeWork",
            "url": text.url,
            "name": text.title,
            "datePublished": _released(text).replace(" ", "T"),
            "inLanguage": text.language if text.language != "und" else "",
            "publisher": _filled({"name": text.source.name}),
        }
    )


def _released(text: Target) -> str:
    return text.released if isinstance(text, Recording) else text.date


def _organisation(publisher: Publisher) -> Node:
    named = _filled({"name": publisher.name, "url": publisher.url})
    return {"@type": "Organization", **named} if named else {}


def _standing(view: ClaimView) -> list[Verdict]:
    """The verdicts in force, the newest last."""
    return sorted((v for v in view.verdicts if v.standing), key=lambda v: (v.at, v.id))


def _day(verdict: Verdict) -> str:
    day, is_time, _ = iso(verdict.at).partition("T")
    return day if is_time else ""


def _reader(verdict: Verdict) -> str:
    return verdict.reader or "an unknown reader"


def _address(publisher: Publisher, view: ClaimView) -> str:
    base = publisher.base_url
    joint = "" if base.endswith(ENDS_A_BASE) else "/"
    return f"{base}{joint}{quote(view.claim.id, safe='')}"


def _draft_address(about: About, view: ClaimView) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{about.id}/claim/{view.claim.id}").urn


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and url.isprintable() and " " not in url


def _filled(node: Node) -> Node:
    """What says something of a node."""
    return {key: value for key, value in node.items() if value not in ("", [], {}, None)}


def _for_a_page(node: Node) -> str:
    """JSON that may stand in a page's `<script>`: no text in it can end that."""
    return as_json(node).translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
