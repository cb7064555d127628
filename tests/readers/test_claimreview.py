"""Fact-checkers' ClaimReviews come in as claims with ratings, however they are wrapped."""

from __future__ import annotations

import contextlib
import json
import random
from pathlib import Path

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError
from reviewer.model.records import ClaimRecord, RatingRecord, Record, SourceRecord, StatementRecord
from reviewer.readers import chosen
from reviewer.readers.claimreview import json_ld, linked
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.wishes import Wishes
from tests.data import real

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checkers.example/498",
    "datePublished": "2022-03-08",
    "author": {"@type": "Organization", "name": "The Checkers", "url": "https://checkers.example"},
    "claimReviewed": "498 soldiers died.",
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Mostly false",
        "ratingExplanation": "Other counts are higher.",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "A Spokesman", "jobTitle": "Major General"},
        "datePublished": "2022-03-02",
        "appearance": [
            "https://a.example/1",
            {"@type": "CreativeWork", "url": "https://b.example/2"},
        ],
        "firstAppearance": "https://c.example/3",
    },
}


def rows(path: Path, wishes: Wishes | None = None) -> tuple[str, list[Row]]:
    with Given.open(path, wishes or Wishes()) as given:
        format_ = chosen(given)
        return format_.name, list(format_.read(given))


def written(path: Path, value: object) -> list[Row]:
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return rows(path)[1]


def only(found: list[Row], model: type[Record]) -> list[Record]:
    return [one for row in found for one in row.records if isinstance(one, model)]


def claims(found: list[Row]) -> list[ClaimRecord]:
    return [one for row in found for one in row.records if isinstance(one, ClaimRecord)]


def ratings(found: list[Row]) -> list[RatingRecord]:
    return [one for row in found for one in row.records if isinstance(one, RatingRecord)]


def statements(found: list[Row]) -> list[StatementRecord]:
    return [one for row in found for one in row.records if isinstance(one, StatementRecord)]


def test_the_official_example_keeps_a_number_and_a_word_that_contradict_each_other() -> None:
    name, found = rows(real("claims", "claimreview-schemaorg", "claimreview-1.jsonld"))
    assert name == "claimreview"
    (claim,), (rating,) = claims(found), ratings(found)
    assert claim.text.startswith('More than 3,000 homicides were committed by "illegal aliens"')
    assert (claim.claimant, claim.date) == ("Rich Perry", "2014-07-17")
    assert "name: The St. Petersburg Times interview [...]" in claim.context.split("\n")
    assert "claimant jobTitle: Former Governor of Texas" in claim.context.split("\n")
    assert (rating.rating, rating.value) == ("True", "1 (best 6)")
    assert (rating.source, rating.date) == ("politifact.com", "2014-07-23")


def test_the_official_example_of_a_clip_has_words_and_no_rating_so_they_are_a_statement() -> None:
    _, found = rows(real("claims", "claimreview-schemaorg", "claimreview-2.jsonld"))
    (claim,), (said,) = claims(found), statements(found)
    assert not ratings(found)
    assert said.text == "This claim is true. The UK also played a role."
    assert said.source == "danbri.org"
    assert claim.statements == (said.id,)
    context = claim.context.split("\n")
    assert {"itemReviewed: Clip", "startOffset: 350", "endOffset: 370"} <= set(context)
    assert any(line.startswith("isPartOf transcript: http://www.nytimes.com") for line in context)


def test_the_official_text_of_examples_holds_three_reviews_one_of_them_twice() -> None:
    path = real("claims", "claimreview-schemaorg", "sdo-ClaimReview-issue-1061-examples.txt")
    name, found = rows(path)
    assert name == "claimreview-html"
    assert [one.claimant for one in claims(found)] == ["Rich Perry", "Barack Obama"]
    assert [one.rating for one in ratings(found)] == ["True"]
    (again,) = [row for row in found if row.passed_over]
    assert again.place.startswith("microdata, line ")


def test_a_review_says_everything_it_said_before(tmp_path: Path) -> None:
    found = written(tmp_path / "a.json", REVIEW)
    (claim,), (rating,) = claims(found), ratings(found)
    assert claim.id.startswith("a/")
    assert (claim.text, claim.claimant, claim.date) == (
        "498 soldiers died.", "A Spokesman", "2022-03-02",
    )  # fmt: skip
    assert claim.context.split("\n") == [
        "appearance: https://a.example/1",
        "appearance type: CreativeWork",
        "appearance url: https://b.example/2",
        "firstAppearance: https://c.example/3",
        "claimant jobTitle: Major General",
    ]
    assert rating.claim == claim.id
    assert rating.source == "The Checkers"
    assert (rating.rating, rating.value) == ("Mostly false", "2 (worst 1, best 5)")
    assert rating.text == "Other counts are higher."
    assert rating.url == "https://checkers.example/498"
    assert only(found, SourceRecord) == [SourceRecord(id="The Checkers", name="The Checkers")]


@pytest.mark.parametrize(
    "wrapped",
    [
        [REVIEW, {"@type": "WebPage"}],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"@type": "DataFeed", "dataFeedElement": {"item": REVIEW}},
        {**REVIEW, "@type": ["Review", "ClaimReview"]},
        {**REVIEW, "@type": "http://schema.org/ClaimReview"},
        {f"schema:{key}" if key[0] != "@" else key: one for key, one in REVIEW.items()},
    ],
)
def test_a_review_is_found_however_it_is_wrapped(tmp_path: Path, wrapped: object) -> None:
    plain = written(tmp_path / "a.json", REVIEW)
    found = written(tmp_path / "a.json", wrapped)
    assert (claims(found), ratings(found)) == (claims(plain), ratings(plain))


@pytest.mark.parametrize(
    ("author", "source"),
    [
        ({"name": "The Checkers"}, "The Checkers"),
        ("The Checkers", "The Checkers"),
        (["The Checkers", {"name": "Others"}], "The Checkers, Others"),
        ({"@type": "Organization", "url": "https://www.checkers.example/"}, "checkers.example"),
        ({"@id": "#org"}, "Named Elsewhere"),
        ([], "checkers.example"),
        (None, "checkers.example"),
    ],
)
def test_who_published_is_found_however_the_author_is_said(
    tmp_path: Path, author: object, source: str
) -> None:
    graph = [{**REVIEW, "author": author}, {"@id": "#org", "name": "Named Elsewhere"}]
    (rating,) = ratings(written(tmp_path / "a.json", {"@graph": graph}))
    assert rating.source == source


def test_a_publisher_stands_before_the_person_who_wrote(tmp_path: Path) -> None:
    review = {**REVIEW, "author": {"name": "A. Writer"}, "publisher": {"name": "The Checkers"}}
    (rating,) = ratings(written(tmp_path / "a.json", review))
    assert rating.source == "The Checkers"
    assert "author: A. Writer" in rating.note.split("\n")


@pytest.mark.parametrize(
    ("rating", "words", "value"),
    [
        ({"ratingValue": "1", "bestRating": "5"}, "1", "1 (best 5)"),
        ({"name": "Four Pinocchios"}, "Four Pinocchios", ""),
        ({"alternateName": "Falsch ", "ratingValue": 5, "bestRating": 5}, "Falsch ", "5 (best 5)"),
        ("False", "False", ""),
        ([{"alternateName": {"@value": "Правда", "@language": "uk"}}], "Правда", ""),
    ],
)
def test_a_rating_stays_word_for_word(
    tmp_path: Path, rating: object, words: str, value: str
) -> None:
    (found,) = ratings(written(tmp_path / "a.json", {**REVIEW, "reviewRating": rating}))
    assert (found.rating, found.value) == (words, value)


def test_one_claim_reviewed_by_two_is_one_claim_with_two_ratings(tmp_path: Path) -> None:
    other = {
        **REVIEW,
        "author": "Others",
        "url": "https://others.example/9",
        "reviewRating": "True",
    }
    found = written(tmp_path / "a.json", [REVIEW, other])
    (claim,) = claims(found)
    assert [(one.source, one.rating, one.claim) for one in ratings(found)] == [
        ("The Checkers", "Mostly false", claim.id),
        ("Others", "True", claim.id),
    ]


def test_the_order_of_reviews_does_not_change_their_ids(tmp_path: Path) -> None:
    many = [{**REVIEW, "claimReviewed": f"{n} soldiers died."} for n in range(9)]
    first = {one.id for one in claims(written(tmp_path / "a.json", many))}
    random.Random(1).shuffle(many)
    assert {one.id for one in claims(written(tmp_path / "a.json", many))} == first


def test_dates_that_are_no_dates_are_kept_as_words(tmp_path: Path) -> None:
    item = {"@type": "Claim", "datePublished": "last Tuesday"}
    review = {**REVIEW, "datePublished": "July 23, 2014", "itemReviewed": item}
    found = written(tmp_path / "a.json", review)
    (claim,), (rating,) = claims(found), ratings(found)
    assert (claim.date, claim.context) == ("", "datePublished: last Tuesday")
    assert rating.date == ""
    assert "datePublished: July 23, 2014" in rating.note.split("\n")


def test_a_review_without_words_to_judge_is_refused_with_its_place(tmp_path: Path) -> None:
    good, bad = REVIEW, {**REVIEW, "claimReviewed": "", "itemReviewed": {}}
    found = written(tmp_path / "a.json", [good, bad])
    assert len(claims(found)) == 1
    assert [(row.place, row.reason) for row in found if row.reason] == [
        ("review 2", "text: is empty")
    ]


def test_reviews_may_stand_one_a_line(tmp_path: Path) -> None:
    text = f"{json.dumps(REVIEW)}\n\n{{broken\n{json.dumps({**REVIEW, 'claimReviewed': 'Two.'})}\n"
    (tmp_path / "a.json").write_text(text)
    name, found = rows(tmp_path / "a.json")
    assert name == "claimreview"
    assert [one.text for one in claims(found)] == ["498 soldiers died.", "Two."]
    assert [(row.place, row.reason) for row in found if row.reason] == [
        ("line 3", "not valid JSON: Expecting property name enclosed in double quotes")
    ]


def test_an_answer_of_the_api_of_google_has_a_rating_for_each_publisher(tmp_path: Path) -> None:
    answer = {
        "claims": [
            {
                "text": "498 soldiers died.",
                "claimant": "A Spokesman",
                "claimDate": "2022-03-02T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "The Checkers", "site": "checkers.example"},
                        "url": "https://checkers.example/498",
                        "title": "No, it was more",
                        "reviewDate": "2022-03-08T09:00:00Z",
                        "textualRating": "Mostly false",
                        "languageCode": "en",
                    },
                    {"publisher": {"site": "others.example"}, "textualRating": "Falsch"},
                ],
            },
            "not an object",
        ],
        "nextPageToken": "abc",
    }
    (tmp_path / "a.json").write_text(json.dumps(answer))
    with Given.open(tmp_path / "a.json", Wishes()) as given:
        assert chosen(given).name == "fact-check-api"
        found = list(chosen(given).read(given))
        assert "more pages" in " ".join(given.remarks)
    (claim,) = claims(found)
    first, second = ratings(found)
    assert (claim.claimant, claim.date) == ("A Spokesman", "2022-03-02T00:00:00Z")
    assert (first.source, first.rating, first.title) == (
        "The Checkers", "Mostly false", "No, it was more",
    )  # fmt: skip
    assert first.note.split("\n") == ["site: checkers.example", "language: en"]
    assert (second.source, second.rating) == ("others.example", "Falsch")
    assert [row.place for row in found if row.reason] == ["claim 2"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*REVIEW, "@id", "name", "item"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@every(st.dictionaries(st.sampled_from([*REVIEW, "@id", "@graph", "publisher"]), JSON))
def test_no_shape_of_a_review_makes_the_reader_stumble(shape: dict[str, object]) -> None:
    for review in linked.reviews({**shape, "@type": "ClaimReview"}, ""):
        assert isinstance(review.claim, str)


@every(st.text(max_size=200))
def test_no_text_makes_the_reader_stumble(tmp_path_factory: pytest.TempPathFactory, t: str) -> None:
    path = tmp_path_factory.mktemp("any") / "a.json"
    path.write_bytes(b'{"claimReviewed": ' + t.encode("utf-8", "replace"))
    with Given.open(path, Wishes()) as given:
        json_ld.recognises(given)
        with contextlib.suppress(UnreadableError):
            list(json_ld.read(given))


def test_a_large_thing_named_again_and_again_is_not_copied_as_often(tmp_path: Path) -> None:
    large = {"@id": "#a", "name": "A", "description": "x" * 4_000_000}
    graph = [
        large,
        *({**REVIEW, "claimReviewed": f"{n}", "author": {"@id": "#a"}} for n in range(40)),
    ]
    found = ratings(written(tmp_path / "a.json", {"@graph": graph}))
    assert len(found) == 40
    assert sum(len(one.note) for one in found) < 70_000_000
