"""ClaimReview: what is published is what readers decided, and nothing is filled in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.about import About
from reviewer.model.claims import ClaimView
from reviewer.model.errors import ReviewerError
from reviewer.model.evidence import Source, Statement
from reviewer.model.scale import HOUSE, scale_of
from reviewer.writers.claimreview import (
    LADDER,
    Publisher,
    lines,
    missing,
    missing_for_all,
    warnings,
)
from tests.writers.views import ABOUT, AT, a_recording, a_statement, a_verdict, a_view

DESK = Publisher("The Desk", "https://desk.example", "https://desk.example/checks", "en")
EXERCISE = About("00", "Invented", "", exercise=True)


def written(*views: ClaimView, draft: bool = False, about: About = ABOUT) -> dict[str, object]:
    text = "".join(lines(iter(views), about, HOUSE, DESK, draft=draft))
    found: dict[str, object] = json.loads(text)
    return found


def judged(value: str = "false", **more: object) -> ClaimView:
    return a_view(verdicts=(a_verdict(value, note="because", **more),))


def published(view: ClaimView) -> dict[str, object]:
    """Check a review against what schema.org and search engines require of one."""
    review = written(view)
    assert review["@context"] == "https://schema.org"
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == view.claim.text
    assert str(review["url"]).startswith("https://desk.example/checks/")
    assert review["reviewRating"]["alternateName"]  # type: ignore[index]
    assert review["itemReviewed"]["@type"] == "Claim"  # type: ignore[index]
    return review


def from_(name: str, url: str, date: str = "", kind: str = "agency") -> Statement:
    source = Source(name.lower(), name, kind, name.lower(), "")
    text = a_statement()
    return replace(text, id=url, source=source, origin=source.origin, url=url, date=date)


def test_a_verdict_is_published_with_all_that_is_known() -> None:
    review = published(judged())
    assert review == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://desk.example/checks/c-1",
        "claimReviewed": "He is dead.",
        "inLanguage": "en",
        "itemReviewed": {
            "@type": "Claim",
            "text": "He is dead.",
            "author": {"name": "GUR"},
            "datePublished": "2022-03-07",
        },
        "author": {
            "@type": "Organization",
            "name": "The Desk",
            "url": "https://desk.example",
        },
        "datePublished": "2022-03-07",
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "false",
            "name": "false",
            "ratingExplanation": "because",
        },
    }


@pytest.mark.parametrize("value", [value.value for value in HOUSE.values])
def test_only_values_that_say_how_true_it_is_have_a_number(value: str) -> None:
    rating = published(judged(value))["reviewRating"]
    assert isinstance(rating, dict)
    assert rating.get("ratingValue") == LADDER.get(value)
    assert ("bestRating" in rating) == ("worstRating" in rating) == (value in LADDER)
    assert set(LADDER) & {"unverified", "contested", "not_checkable"} == set()


def test_a_scale_of_ones_own_gets_no_numbers_though_its_words_are_ours() -> None:
    own = scale_of([("false", "False", "satire too"), ("verified", "verified", "as I see it")])
    for value in ("false", "verified"):
        (text, *_) = lines([judged(value)], ABOUT, own, DESK)
        assert "ratingValue" not in json.loads(text)["reviewRating"]


def test_several_reviews_are_a_graph_under_one_context() -> None:
    other = judged("verified")
    other = replace(other, claim=replace(other.claim, id="averitec/12 ї"))
    found = written(judged(), other)
    assert list(found) == ["@context", "@graph"]
    first, second = found["@graph"]  # type: ignore[misc]
    assert "@context" not in first
    assert second["url"] == "https://desk.example/checks/averitec%2F12%20%D1%97"
    assert written() == {"@context": "https://schema.org", "@graph": []}


@pytest.mark.parametrize(
    ("base", "url"), [("https://a.example/p#", "#c-1"), ("https://a.example/p?id=", "?id=c-1")]
)
def test_reviews_may_be_parts_of_one_page(base: str, url: str) -> None:
    text = "".join(lines([judged()], ABOUT, HOUSE, replace(DESK, base_url=base)))
    assert json.loads(text)["url"] == f"https://a.example/p{url}"


def test_where_the_claim_was_made_and_where_it_was_answered_are_kept_apart() -> None:
    said = from_("GUR", "https://gur.example/1", "2022-03-07")
    again = from_("GUR", "https://gur.example/2", "2022-03-08")
    repeated = replace(from_("Ria", "https://ria.example/1", "2022-03-09"), origin="gur")
    denied = from_("MoD", "https://mod.example/no", "2022-03-01")
    nowhere = replace(said, id="st-5", url="")
    call = replace(a_recording(), url="https://gur.example/call", released="2022-03-10")
    view = replace(
        judged(), statements=(again, said, repeated, denied, nowhere), recordings=(call,)
    )
    review = published(view)
    item = review["itemReviewed"]
    assert isinstance(item, dict)
    assert item["author"] == {"@type": "Organization", "name": "GUR"}
    assert [work["url"] for work in item["appearance"]] == [
        "https://gur.example/2",
        "https://gur.example/1",
        "https://ria.example/1",
        "https://gur.example/call",
    ]
    assert item["appearance"][-1]["@type"] == "AudioObject"
    assert "firstAppearance" not in item, "the call has no date, and may have been before"
    assert [work["url"] for work in review["citation"]] == [  # type: ignore[attr-defined]
        "https://mod.example/no"
    ]
    dated = replace(view, recordings=())
    assert published(dated)["itemReviewed"]["firstAppearance"]["url"] == (  # type: ignore[index]
        "https://gur.example/1"
    )


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("2022-03-07", "2022-03-07"), None),
        (("2022-03", "2022-03-07"), None),
        (("2022-03-07", ""), None),
        (("2022-03-08", "2022-03-07T10:00:00Z"), "https://g.example/1"),
        (("",), "https://g.example/0"),
    ],
)
def test_the_first_appearance_is_said_only_where_dates_tell(
    dates: tuple[str, ...], first: str | None
) -> None:
    texts = tuple(from_("GUR", f"https://g.example/{n}", date) for n, date in enumerate(dates))
    item = published(replace(judged(), statements=texts))["itemReviewed"]
    assert isinstance(item, dict)
    assert item.get("firstAppearance", {}).get("url") == first


def test_what_is_missing_is_listed_for_each_claim() -> None:
    nothing = missing(a_view(), Publisher(), ABOUT)
    assert nothing == [
        "the publisher's name",
        "the publisher's address, beginning with https://",
        "the address below which the reviews are published, beginning with https://",
        "a verdict",
    ]
    assert missing_for_all(Publisher(), ABOUT) == nothing[:3]
    assert missing(judged(), DESK, ABOUT) == missing_for_all(DESK, ABOUT) == []
    assert missing(judged(), DESK, EXERCISE) == [
        "the case is an exercise, and nothing in it happened"
    ]


@pytest.mark.parametrize(
    ("view", "gap"),
    [
        (a_view(), "a verdict"),
        (a_view(verdicts=(a_verdict("false", standing=False),)), "a verdict"),
        (
            a_view(verdicts=(a_verdict("false"), a_verdict("verified", "boris"))),
            "agreement: readers differ",
        ),
        (
            judged(stale="st changed"),
            "a verdict on what is held now: st changed since anna judged",
        ),
        (judged(at=10**18), "the day of the verdict: the clock that it was given by was wrong"),
    ],
)
def test_what_is_not_decided_is_not_published(view: ClaimView, gap: str) -> None:
    assert missing(view, DESK, ABOUT) == [gap]
    with pytest.raises(ReviewerError, match="c-1 cannot be published; missing: "):
        written(view)
    draft = written(view, draft=True)
    assert draft["creativeWorkStatus"] == "Draft"
    assert str(draft["url"]).startswith("urn:uuid:")
    assert "reviewRating" not in draft
    assert "datePublished" not in draft
    assert draft["comment"] == [{"@type": "Comment", "text": f"Missing: {gap}"}]


def test_no_draft_can_be_taken_for_a_review() -> None:
    draft = written(judged(), draft=True)
    assert draft["creativeWorkStatus"] == "Draft"
    assert str(draft["url"]).startswith("urn:uuid:")
    assert draft["reviewRating"]["alternateName"] == "false"  # type: ignore[index]
    exercise = written(judged(), draft=True, about=EXERCISE)
    assert exercise["comment"][0]["text"] == (  # type: ignore[index]
        "EXERCISE: everything in this case is invented."
    )


def test_two_readers_of_one_mind_are_published_by_the_later_with_the_last_note() -> None:
    view = a_view(
        verdicts=(
            a_verdict("false", "boris", at=AT + 86_400_000),
            a_verdict("false", note="earlier, with a reason"),
        )
    )
    review = published(view)
    assert review["datePublished"] == "2022-03-08"
    assert review["reviewRating"]["ratingExplanation"] == (  # type: ignore[index]
        "earlier, with a reason"
    )


@pytest.mark.parametrize(
    "url",
    ["", "desk.example", "ftp://desk.example", "https://", "javascript:x", "https://[", "h s"],
)
def test_an_address_is_one_that_can_be_opened(url: str) -> None:
    assert len(missing(judged(), replace(DESK, url=url, base_url=url), ABOUT)) == 2


def test_long_claims_and_claims_of_nobody_are_warned_of() -> None:
    assert warnings(a_view("x" * 75)) == []
    assert warnings(a_view("x" * 76, claimant="")) == [
        "the claim has 76 characters; search engines cut it at about 75",
        "nobody is named as the claimant",
    ]


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_no_text_ends_the_script_that_it_stands_in(text: str) -> None:
    view = replace(a_view(text + "</script>&<!--", claimant=text), verdicts=judged().verdicts)
    line = "".join(lines([view], ABOUT, HOUSE, DESK))
    assert not set("<>&") & set(line)
    assert json.loads(line)["claimReviewed"] == text + "</script>&<!--"
