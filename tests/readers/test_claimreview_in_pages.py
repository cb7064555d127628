"""ClaimReviews in web pages: in scripts, as microdata, as RDFa."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError
from reviewer.model.records import ClaimRecord, RatingRecord, StatementRecord
from reviewer.readers import chosen
from reviewer.readers.claimreview import page
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.wishes import Wishes

REVIEW = {
    "@type": "ClaimReview",
    "url": "https://checkers.example/498",
    "author": {"name": "The Checkers"},
    "claimReviewed": "498 soldiers died.",
    "reviewRating": {"ratingValue": "2", "alternateName": "Mostly false"},
}
MICRODATA = """
<div itemscope itemtype="https://schema.org/ClaimReview">
  <link itemprop="url" href="https://checkers.example/498">
  <span itemprop="author" itemscope itemtype="https://schema.org/Organization">
    <b itemprop="name">The Checkers</b></span>
  <blockquote itemprop="claimReviewed">498 soldiers
      died.</blockquote>
  <p itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
    <meta itemprop="ratingValue" content="2"><i itemprop="alternateName">Mostly false</i></p>
</div>"""
RDFA = """
<div vocab="https://schema.org/" typeof="ClaimReview">
  <a property="url" href="https://checkers.example/498">here</a>
  <span property="author" typeof="Organization"><b property="name">The Checkers</b></span>
  <blockquote property="claimReviewed">498 soldiers died.</blockquote>
  <p property="reviewRating" typeof="Rating">
    <meta property="ratingValue" content="2"><i property="alternateName">Mostly false</i></p>
</div>"""


def script(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


def whole(body: str) -> str:
    words = "<p>We looked at the number, and it is not what other counts say.</p>"
    return (
        f"<!doctype html><html lang=en><title>498?</title><body><main>{words}</main>{body}</html>"
    )


def rows(path: Path, content: str) -> list[Row]:
    path.write_text(content, encoding="utf-8")
    with Given.open(path, Wishes()) as given:
        assert chosen(given).name == "claimreview-html"
        return list(chosen(given).read(given))


def claims(found: list[Row]) -> list[ClaimRecord]:
    return [one for row in found for one in row.records if isinstance(one, ClaimRecord)]


def ratings(found: list[Row]) -> list[RatingRecord]:
    return [one for row in found for one in row.records if isinstance(one, RatingRecord)]


@pytest.mark.parametrize("form", [script(json.dumps(REVIEW)), MICRODATA, RDFA])
def test_a_review_is_the_same_in_every_form(tmp_path: Path, form: str) -> None:
    found = rows(tmp_path / "a.html", whole(form))
    (claim,), (rating,) = claims(found), ratings(found)
    assert claim.text == "498 soldiers died."
    assert (rating.source, rating.rating, rating.value) == ("The Checkers", "Mostly false", "2")
    assert rating.url == "https://checkers.example/498"


def test_the_article_of_the_page_is_shown_with_the_claim(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.html", whole(MICRODATA))
    (article,) = [one for row in found for one in row.records if isinstance(one, StatementRecord)]
    assert article.text.startswith("We looked at the number")
    assert claims(found)[0].statements == (article.id,)


def test_a_page_with_a_review_in_two_forms_holds_one_review(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.html", whole(script(json.dumps(REVIEW)) + MICRODATA))
    assert (len(claims(found)), len(ratings(found))) == (1, 1)
    assert [row.place[:9] for row in found if row.passed_over] == ["microdata"]


def test_several_scripts_are_several_reviews_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    other = {**REVIEW, "claimReviewed": "499 soldiers died."}
    broken = script('{"@type": "ClaimReview", }')
    body = script(json.dumps(REVIEW)) + broken + script(json.dumps([other]))
    found = rows(tmp_path / "a.html", whole(body))
    assert [one.text for one in claims(found)] == ["498 soldiers died.", "499 soldiers died."]
    (bad,) = [row for row in found if row.reason]
    assert bad.place.startswith("script 2, line ")
    assert bad.reason.startswith("not valid JSON")


@pytest.mark.parametrize(
    "wrap", ["<!-- %s -->", "//<![CDATA[\n%s\n//]]>", "/*<![CDATA[*/%s/*]]>*/"]
)
def test_what_old_pages_wrap_a_script_in_is_taken_off(tmp_path: Path, wrap: str) -> None:
    found = rows(tmp_path / "a.html", whole(script(wrap % json.dumps(REVIEW))))
    assert len(ratings(found)) == 1


def test_a_line_break_within_a_word_of_json_is_kept(tmp_path: Path) -> None:
    broken = json.dumps(REVIEW).replace("498 soldiers died.", "498 soldiers\ndied.")
    (claim,) = claims(rows(tmp_path / "a.html", whole(script(broken))))
    assert claim.text == "498 soldiers\ndied."


def test_a_review_far_down_a_long_page_is_found(tmp_path: Path) -> None:
    body = f"<p>{'x ' * 60_000}</p>{script(json.dumps(REVIEW))}"
    assert len(ratings(rows(tmp_path / "a.html", whole(body)))) == 1


def test_reviews_within_reviews_are_each_read_once(tmp_path: Path) -> None:
    depth = 300
    start = '<div itemscope itemtype="https://schema.org/ClaimReview" itemprop="review">'
    body = "".join(f'{start}<b itemprop="claimReviewed">{n}</b>' for n in range(depth))
    found = rows(tmp_path / "a.html", whole(body))
    assert sorted(int(one.text) for one in claims(found)) == list(range(depth))


def test_words_marked_up_again_and_again_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "WHOLE", 1_000_000)
    start = '<div itemscope itemtype="https://schema.org/ClaimReview">'
    body = start + '<b itemprop="x">' * 250 + "y " * 9_000
    with pytest.raises(UnreadableError, match="again and again"):
        rows(tmp_path / "a.html", whole(body))


@every(st.binary(max_size=300), st.sampled_from(["microdata", "script"]))
def test_no_bytes_make_the_reader_stumble(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, where: str
) -> None:
    start = (
        b"<html><script type=application/ld+json>{'ClaimReview'"
        if where == "script"
        else (b'<html><div itemscope itemtype="ClaimReview" itemprop=')
    )
    path = tmp_path_factory.mktemp("any") / "a.html"
    path.write_bytes(start + content)
    with Given.open(path, Wishes()) as given:
        page.recognises(given)
        with contextlib.suppress(UnreadableError):
            list(page.read(given))
