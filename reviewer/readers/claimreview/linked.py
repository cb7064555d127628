"""ClaimReview of schema.org, however it is nested in JSON-LD.

https://schema.org/ClaimReview, https://schema.org/Claim, https://schema.org/Rating,
https://www.w3.org/TR/json-ld11/. A rating's number and word are both kept as they are, also
where they contradict each other.
"""

import re
from collections.abc import Iterator, Mapping

from reviewer.readers.claimreview.review import Review
from reviewer.readers.claimreview.values import date_of, leaves, lines, text, texts, without
from reviewer.readers.given import WHOLE
from reviewer.readers.row import LANGUAGE
from reviewer.readers.statements.published import is_address, publisher_of

Node = Mapping[str, object]

VOCABULARY = re.compile(r"\A(?:https?://(?:www\.)?schema\.org/|schema:|sdo:)")
OF_THE_REVIEW = (
    "@context", "@type", "@id", "claimReviewed", "itemReviewed", "reviewRating", "author",
    "publisher", "url", "headline", "name", "datePublished", "reviewBody",
)  # fmt: skip
OF_THE_CLAIM = ("@type", "@id", "author", "datePublished")


def reviews(value: object, place: str) -> Iterator[Review]:
    """The ClaimReviews anywhere in a JSON-LD value, in order.

    Args:
        value: the parsed JSON.
        place: where it stands, for people; empty for a whole file.
    """
    nodes = list(_nodes(value))
    named = _Named(nodes)
    found = [node for node in nodes if is_review(node)]
    for n, node in enumerate(found, start=1):
        which = f"review {n}" if len(found) > 1 or not place else ""
        where = ", ".join(filter(None, (place, which)))
        whole = {key: named(one) for key, one in node.items()}
        item = {k: named(v) for k, v in _thing(whole.get("itemReviewed")).items()}
        yield _review(whole, item, node, where)


def is_review(node: Node) -> bool:
    """Whether a thing says of itself that it is a ClaimReview, or can be nothing else."""
    types = [VOCABULARY.sub("", one) for one in texts(node.get("@type"))]
    return "ClaimReview" in types or (not types and "claimReviewed" in node)


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """Every object in a value, its keys without the prefix of the vocabulary."""
    # A stack and no recursion: the file says how deep it goes.
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, Mapping):
            yield {VOCABULARY.sub("", str(k)): v for k, v in one.items()}
            stack += reversed(list(one.values()))
        elif isinstance(one, list):
            stack += reversed(one)


class _Named:
    """Gives a thing that is only named by its `@id` as it stands elsewhere in the file.

    Only so much in all: a small file could otherwise name a large thing again and again.
    """

    def __init__(self, nodes: list[dict[str, object]]) -> None:
        self._nodes = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
        self._costs: dict[object, int] = {}
        self._left = WHOLE

    def __call__(self, value: object) -> object:
        if isinstance(value, list):
            return [self(one) for one in value if not isinstance(one, list)]
        if not isinstance(value, Mapping) or set(value) != {"@id"}:
            return value
        id_ = value["@id"]
        if not isinstance(id_, str) or id_ not in self._nodes:
            return value
        node = self._nodes[id_]
        if id_ not in self._costs:
            self._costs[id_] = sum(len(words) + 40 for _, words in leaves(node))
        if self._costs[id_] > self._left:
            return value
        self._left -= self._costs[id_]
        return node


def _thing(value: object) -> Node:
    """The first object of a value; a bare word becomes one of that name."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            return {VOCABULARY.sub("", str(k)): v for k, v in one.items()}
        if isinstance(one, str) and one.strip():
            return {"url" if is_address(one) else "name": one}
    return {}


def _review(node: Node, item: Node, raw: object, where: str) -> Review:
    url = _url(node)
    words, value, rest = _rating(node.get("reviewRating"))
    said = _claim_text(node, item)
    claimant, claimant_rest = _claimant(item)
    publisher, publisher_rest = _publisher(node)
    date, claim_date = date_of(node.get("datePublished")), date_of(item.get("datePublished"))
    kept = without(node, *OF_THE_REVIEW, *(["inLanguage"] if _language(node) else []))
    return Review(
        where,
        raw,
        claim=said,
        claimant=claimant,
        claim_date=claim_date,
        context=[
            *_kind(item),
            *lines(without(item, *OF_THE_CLAIM), apart=is_review),
            *([] if claim_date else lines(item.get("datePublished"), ("datePublished",))),
            *lines(claimant_rest, ("claimant",)),
        ],
        publisher=publisher or publisher_of(url),
        words=words,
        value=value,
        title=text(node.get("headline")) or text(node.get("name")),
        url=url,
        date=date,
        language=_language(node),
        body=_body(node),
        notes=[
            *lines(rest, ("reviewRating",)),
            *publisher_rest,
            *([] if date else lines(node.get("datePublished"), ("datePublished",))),
            *([] if text(node.get("url")) in ("", url) else lines(node.get("url"), ("url",))),
            *(lines(node.get("name"), ("name",)) if text(node.get("headline")) else []),
            *([f"language: {_language(node)}"] if _language(node) else []),
            *lines(kept, apart=is_review),
        ],
    )


def _claim_text(node: Node, item: Node) -> str:
    """The wording of the claim: `claimReviewed`, or what the Claim says of itself."""
    return text(node.get("claimReviewed")) or text(item.get("text")) or text(item.get("name"))


def _kind(item: Node) -> list[str]:
    kinds = [VOCABULARY.sub("", one) for one in texts(item.get("@type"))]
    return [f"itemReviewed: {', '.join(kinds)}"] if kinds and kinds != ["Claim"] else []


def _claimant(item: Node) -> tuple[str, object]:
    """Who says it, and what else stands there of them."""
    authors = item.get("author")
    names = [
        text(_thing(one).get("name")) or text(one)
        for one in (authors if isinstance(authors, list) else [authors])
        if one is not None
    ]
    return ", ".join(filter(None, names)), _besides_name(authors)


def _besides_name(value: object) -> object:
    rest = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            skipped = ["@type", "name"] if text(one.get("name")) else ["@type"]
            rest.append(without(one, *skipped))
    return rest


def _publisher(node: Node) -> tuple[str, list[str]]:
    """Who published the review: the publisher, or its authors; what else is said of both."""
    names = [_named(node.get(key)) for key in ("publisher", "author")]
    name = names[0] or names[1]
    notes = [f"author: {names[1]}"] if names[0] and names[1] and names[0] != names[1] else []
    for key in ("publisher", "author"):
        notes += lines(_besides_name(node.get(key)), (key,))
    return name, notes


def _named(value: object) -> str:
    """The names of persons or organisations, or the host of the address of one without."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        thing = _thing(one)
        address = text(thing.get("url")) or text(thing.get("sameAs")) or text(thing.get("@id"))
        found.append(text(thing.get("name")) or (publisher_of(address) if address else ""))
    return ", ".join(dict.fromkeys(filter(None, found)))


def _rating(value: object) -> tuple[str, str, Node]:
    """The rating in words, in numbers, and what else it says.

    Where there is no word, the number is what was published.
    """
    rating = _thing(value)
    if not isinstance(value, (list, Mapping)):
        return text(value), "", {}
    number, worst, best = (
        text(rating.get(key)).strip() for key in ("ratingValue", "worstRating", "bestRating")
    )
    scale = ", ".join(f"{what} {said}" for what, said in (("worst", worst), ("best", best)) if said)
    of = (f"{number} ({scale})" if scale else number) if number else scale
    alternate, name = text(rating.get("alternateName")), text(rating.get("name"))
    words = alternate or name or number
    used = ["@type", "ratingValue", "worstRating", "bestRating", "alternateName"]
    if name in ("", words):
        used.append("name")
    return words, of, without(rating, *used, "ratingExplanation")


def _body(node: Node) -> str:
    parts = (
        text(_thing(node.get("reviewRating")).get("ratingExplanation")),
        text(node.get("reviewBody")),
    )
    return "\n\n".join(dict.fromkeys(filter(None, parts)))


def _url(node: Node) -> str:
    for key in ("url", "mainEntityOfPage", "@id"):
        for one in texts(node.get(key)):
            if is_address(one):
                return one
    return ""


def _language(node: Node) -> str:
    said = text(node.get("inLanguage"))
    return said if LANGUAGE.fullmatch(said) else ""
