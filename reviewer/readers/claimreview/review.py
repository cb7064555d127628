"""What all fact-checks share: a review of a claim becomes a claim with a rating.

A format makes `Review`s of what it reads. Reviews of the same words by the same claimant are
ratings of one claim. What has no field of its own is kept word for word: what is about the
claim in its context, what is about the review in the rating's note.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewer.model.records import (
    ClaimRecord,
    RatingRecord,
    Record,
    SourceRecord,
    StatementRecord,
)
from reviewer.readers.claimreview.values import digest
from reviewer.readers.given import Given
from reviewer.readers.row import Row, bundle
from reviewer.readers.statements.published import publisher_of, source
from reviewer.readers.transcript import UNKNOWN_LANGUAGE


@dataclass(slots=True)
class Review:
    """One review by one publisher. What it does not say stays empty.

    `words` is the rating as it was published, `value` its number and scale, `body` the
    justification; `context` is about the claim and `notes` about the review.
    """

    place: str
    raw: object
    claim: str
    claimant: str = ""
    claim_date: str = ""
    context: list[str] = field(default_factory=list)
    publisher: str = ""
    words: str = ""
    value: str = ""
    title: str = ""
    url: str = ""
    date: str = ""
    language: str = ""
    body: str = ""
    notes: list[str] = field(default_factory=list)


def rows(given: Given, reviews: Iterable[Review], shown: tuple[str, ...] = ()) -> Iterator[Row]:
    """The claims with what was said of them.

    Args:
        given: the file.
        reviews: all of its reviews.
        shown: ids of statements to show with every claim.
    """
    groups: dict[tuple[str, str], list[Review]] = {}
    for review in reviews:
        groups.setdefault((review.claim, review.claimant), []).append(review)
    for group in groups.values():
        yield from _claim(given, group, shown)


def _claim(given: Given, group: list[Review], shown: tuple[str, ...]) -> Iterator[Row]:
    """One claim: what was said without a rating, the claim, its ratings."""
    said = [_said(given, review) for review in group if not review.words.strip()]
    ids = [one.id for row in said for one in row.records if isinstance(one, StatementRecord)]
    claim = _merged(given, group, (*shown, *dict.fromkeys(ids)))
    row = bundle(group[0].place, group[0].raw, (ClaimRecord, claim))
    if row.reason:
        yield from (Row(one.place, one.raw, reason=row.reason) for one in group)
        return
    yield from said
    yield row
    for review in group:
        if review.words.strip():
            who = _publisher(given, review)
            rating = _rating(review, str(claim["id"]), str(who["id"]))
            yield bundle(review.place, review.raw, (SourceRecord, who), (RatingRecord, rating))


def _publisher(given: Given, review: Review) -> dict[str, object]:
    return source(given, review.publisher or publisher_of(review.url))


def _merged(given: Given, group: list[Review], shown: tuple[str, ...]) -> dict[str, object]:
    first = group[0]
    dates = dict.fromkeys(review.claim_date for review in group if review.claim_date)
    context = dict.fromkeys(line for review in group for line in review.context)
    if len(dates) > 1:
        context[f"dates given by different reviews: {', '.join(dates)}"] = None
    for review in group:
        if not review.words.strip():
            said = " ".join(
                filter(None, (review.publisher or publisher_of(review.url), review.url))
            )
            context[f"reviewed without a rating: {said}"] = None
    return {
        "id": f"{given.collection}/{digest(first.claim, first.claimant)}",
        "text": first.claim,
        "claimant": first.claimant,
        "date": next(iter(dates)) if len(dates) == 1 else "",
        "context": "\n".join(context),
        "statements": shown,
    }


def _rating(review: Review, claim: str, publisher: str) -> dict[str, object]:
    return {
        "claim": claim,
        "source": publisher,
        "rating": review.words,
        "value": review.value,
        "title": review.title,
        "url": review.url,
        "date": review.date,
        "text": review.body,
        "note": "\n".join(review.notes),
    }


def _said(given: Given, review: Review) -> Row:
    """A review without a rating: its words are a statement, as they are no rating."""
    who = _publisher(given, review)
    parts: list[tuple[type[Record], dict[str, object]]] = [(SourceRecord, who)]
    if review.body.strip():
        words = digest(review.claim, review.claimant, str(who["id"]), review.body)
        statement = {
            "id": f"{given.collection}/{words}",
            "source": who["id"],
            "title": review.title or "Review without a rating",
            "date": review.date,
            "language": given.wishes.language or review.language or UNKNOWN_LANGUAGE,
            "held": "verbatim",
            "url": review.url,
            "text": review.body,
            "note": "\n".join(review.notes),
        }
        parts.append((StatementRecord, statement))
    return bundle(review.place, review.raw, *parts, odd="a review without a rating")
