"""Answers of Google's Fact Check Tools API, version v1alpha1, `claims:search`.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
"""

from collections.abc import Iterator, Mapping

from reviewer.model.errors import UnreadableError
from reviewer.readers.claimreview.review import Review, rows
from reviewer.readers.claimreview.values import date_of, lines, text, without
from reviewer.readers.given import Given
from reviewer.readers.row import LANGUAGE, Row
from reviewer.readers.statements.published import publisher_of

OF_A_REVIEW = ("publisher", "url", "title", "reviewDate", "textualRating", "languageCode")
OF_A_CLAIM = ("text", "claimant", "claimDate", "claimReview")


def recognises(given: Given) -> bool:
    """An object whose `claims` have a `claimReview` each."""
    return given.head_text.lstrip()[:1] == "{" and _is_answer(given.parsed)


def read(given: Given) -> Iterator[Row]:
    """The claims of an answer with the ratings of all publishers."""
    answer = given.json()
    if not _is_answer(answer) or not isinstance(answer, Mapping):
        raise UnreadableError("no answer of the Fact Check Tools API: no claims with claimReview.")
    if text(answer.get("nextPageToken")):
        given.remarks.append("the answer says that there are more pages after it")
    found: list[Review] = []
    for n, claim in enumerate(answer["claims"], start=1):
        place = f"claim {n}"
        if not isinstance(claim, Mapping):
            yield Row(place, claim, reason="not an object")
            continue
        listed = claim.get("claimReview")
        for m, review in enumerate(listed if isinstance(listed, list) else [{}], start=1):
            if isinstance(review, Mapping):
                found.append(_review(claim, review, f"{place}, review {m}"))
            else:
                yield Row(f"{place}, review {m}", review, reason="not an object")
    yield from rows(given, found)


def _is_answer(value: object) -> bool:
    claims = value.get("claims") if isinstance(value, Mapping) else None
    return isinstance(claims, list) and any(
        isinstance(claim, Mapping) and isinstance(claim.get("claimReview"), list)
        for claim in claims[:100]
    )


def _review(claim: Mapping[str, object], review: Mapping[str, object], place: str) -> Review:
    said = review.get("publisher")
    publisher = said if isinstance(said, Mapping) else {"name": said}
    name, site = text(publisher.get("name")), text(publisher.get("site"))
    claim_date, date = date_of(claim.get("claimDate")), date_of(review.get("reviewDate"))
    language = text(review.get("languageCode"))
    return Review(
        place,
        {**without(claim, "claimReview"), "claimReview": [review]},
        claim=text(claim.get("text")),
        claimant=text(claim.get("claimant")),
        claim_date=claim_date,
        context=[
            *([] if claim_date else lines(claim.get("claimDate"), ("claimDate",))),
            *lines(without(claim, *OF_A_CLAIM)),
        ],
        publisher=name or site or publisher_of(text(review.get("url"))),
        words=text(review.get("textualRating")),
        title=text(review.get("title")),
        url=text(review.get("url")),
        date=date,
        language=language if LANGUAGE.fullmatch(language) else "",
        notes=[
            *([f"site: {site}"] if name and site else []),
            *lines(without(publisher, "name", "site"), ("publisher",)),
            *([] if date else lines(review.get("reviewDate"), ("reviewDate",))),
            *([f"language: {language}"] if language else []),
            *lines(without(review, *OF_A_REVIEW)),
        ],
    )
