"""The HTML dossier: evidence is text in it, and the page asks nothing of anybody."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.model.about import About, Status
from reviewer.model.scale import scale_of
from reviewer.text.display import display
from reviewer.writers.dossier.marks import Mark, marked
from reviewer.writers.dossier.markup import el, outside
from reviewer.writers.dossier.page import style
from tests.writers.hostile import PAYLOADS, formulas, naughty
from tests.writers.pages import Element, everywhere, page_of, parsed, words
from tests.writers.views import a_view

# What a request could be made by, or a script: none of it stands in a page without evidence.
ACTIVE = re.compile(r"<script|<link|<img|<iframe|<base|url\(|@import|@font-face|style=|\bon\w+=")


def shown(text: str) -> str:
    return display(text).replace("\u200d\u200d", "\u200d")


def hostile_page(*texts: str) -> str:
    first = texts[0]
    about = About(first, first, first, exercise=True)
    views = [everywhere(text) for text in texts]
    status = Status(1, 1, 0, {first: 1}, {"new": 1}, {first: 1}, 0, 0, 0)
    return page_of(*views, about=about, scale=scale_of([(first, first, first)]), status=status)


def are_text_everywhere(texts: list[str]) -> None:
    page = hostile_page(*texts)
    assert display(page) == page.replace("\u200d", "\u200d\u200d"), "a character acts"
    articles = parsed(page).all("article")
    for text, article in zip(texts, articles, strict=True):
        (wording,) = article.all("h2", "wording")
        assert wording.text() == shown(text)
        (prose,) = article.all(class_="prose")[:1]
        assert words(prose.text(without="ref")) == words(shown(text))
        assert shown(text) in [quote.text() for quote in article.all("blockquote", "quote")]


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_what_would_act_is_text_in_every_field(text: str) -> None:
    are_text_everywhere([text])


def test_naughty_strings_are_text_in_every_field() -> None:
    strings = naughty()
    # A few together: as hostile, and a page that is read in a moment.
    are_text_everywhere(["\n".join(strings[n : n + 8]) for n in range(0, len(strings), 8)])


def test_known_attacks_are_text_in_every_field() -> None:
    are_text_everywhere(list(dict.fromkeys(formulas())))


@settings(max_examples=60)
@given(st.text(min_size=1))
def test_any_text_is_text_in_every_field(text: str) -> None:
    parsed(hostile_page(text))


def test_a_parser_that_follows_the_standard_finds_no_error_either() -> None:
    html5lib = pytest.importorskip("html5lib", reason="needs html5lib, a strict parser of HTML")
    for text in PAYLOADS:
        html5lib.HTMLParser(strict=True).parse(hostile_page(text))


def test_every_page_has_the_shape_of_any_other() -> None:
    def shape(element: Element) -> list[object]:
        # What is marked as invisible depends on the text, and so does what is a link.
        return [
            (
                "bdi" if "rel" in child.attributes else child.name,
                child.attributes.get("class"),
                shape(child),
            )
            for child in element.children
            if isinstance(child, Element) and child.attributes.get("class") != "cp"
        ]

    plain = shape(parsed(hostile_page("abc")))
    for text in PAYLOADS:
        if "\n" not in display(text):
            assert shape(parsed(hostile_page(text))) == plain, text


def test_the_policy_forbids_everything_but_the_one_style_sheet() -> None:
    page = page_of(a_view())
    (found,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()
    (policy,) = (
        meta.attributes["content"]
        for meta in parsed(page).all("meta")
        if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert 'charset="utf-8"' in page[:200]


def test_nothing_in_a_page_could_run_or_make_a_request() -> None:
    assert not ACTIVE.search(page_of(a_view()))


def test_parts_that_nobody_escaped_are_escaped() -> None:
    assert el("p", "<b>", el("b", "&")) == "<p>&lt;b&gt;<b>&amp;</b></p>\n"
    assert el("a", "x", href='"><b>') == '<a href="&quot;&gt;&lt;b&gt;">x</a>'
    assert el("p", el("b", "x").strip()) == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_the_invisible_is_seen_and_cannot_be_faked() -> None:
    assert outside("a\u202eb") == 'a<span class="cp">‹202E›</span>b'
    assert outside("a‹202E›b") == "a‹202E›b"


def test_letters_that_are_joined_stay_joined() -> None:
    assert outside("👩‍🚒") == "👩‍🚒"


texts = st.text(alphabet="ab\n\r\t<&\u202e\u200d", max_size=20)
places = st.tuples(st.integers(0, 20), st.integers(1, 20), st.sampled_from(["supports", "refutes"]))


@given(texts, st.lists(places, max_size=6))
def test_marks_may_overlap_in_any_way_and_the_text_stays_what_it_is(
    text: str, found: list[tuple[int, int, str]]
) -> None:
    marks = [Mark(n, stance, at, at + size) for n, (at, size, stance) in enumerate(found)]
    root = parsed(f"<div>{marked(text, 0, marks)}</div>")
    whole = outside(text)
    assert root.text(without="ref") == parsed(f"<div>{whole}</div>").text()
    assert "<mark" in str(marked("x", 0, [Mark(1, "supports", 0, 1)]))


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((ink, ground) for ink in ("ink", "quiet", "link") for ground in ("page", "card")),
    *((("ink"), mark) for mark in ("supports", "refutes", "context", "several")),
    *((("quiet"), mark) for mark in ("supports", "refutes", "context", "several")),
    *(("on-loud", "loud"), ("on-tag", "tag")),
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_the_contrast_that_wcag_asks_for(scheme: int) -> None:
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", style().split("@media")[scheme]))
    for ink, ground in PAIRS:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_no_colour_stands_outside_the_two_schemes_but_for_print() -> None:
    rest = re.sub(r":root \{[^}]*\}", "", style()).split("@media print {")[0]
    assert not re.findall(r"#[0-9a-f]{3,8}\b", rest)
