"""A text becomes lines that lose no word and are never too wide."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewer.text.cells import cell_width, clusters
from reviewer.text.display import display
from reviewer.text.wrap import wrap
from tests.data import real

texts = st.text(
    st.sampled_from("abcdж   \n中国，👨❤\u0301\u05b0\u200d\ufe0f\xa0") | st.characters()
)
ascii_words = st.lists(st.text("abcdefg", min_size=1, max_size=9), min_size=1, max_size=40)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


def check(text: str, width: int) -> None:
    spans = wrap(text, width)
    assert spans
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    between = [0, *(offset for span in spans for offset in span), len(text)]
    for end, start in zip(between[::2], between[1::2], strict=True):
        assert not text[end:start].strip(" \n")
    for start, end in spans:
        line = text[start:end]
        assert "\n" not in line
        assert not line.endswith(" ")
        assert cell_width(line) <= width or sum(w > 0 for *_, w in clusters(line)) == 1


@given(texts, st.integers(1, 12))
@example("     word", 3)
@example("a \u0301b c", 2)
@example("❤❤\ufe0f", 2)
@example("\u200d\n\u200d a", 1)
def test_lines_cover_every_word_in_order_and_fit(text: str, width: int) -> None:
    check(text, width)
    check(display(text), width)


@given(texts, st.integers(2, 12))
def test_no_line_begins_inside_a_combining_sequence(text: str, width: int) -> None:
    for paragraph in text.split("\n"):
        starts = {len(paragraph), *(start for start, _, _ in clusters(paragraph))}
        assert all(start in starts for start, _ in wrap(paragraph, width))


@given(ascii_words, st.integers(9, 40))
def test_words_that_fit_are_laid_as_textwrap_lays_them(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert lines(text, width) == textwrap.wrap(text, width, break_on_hyphens=False)


@given(st.lists(ascii_words, max_size=4), st.integers(9, 40))
def test_the_exact_way_and_the_fast_way_give_the_same_lines(
    paragraphs: list[list[str]], width: int
) -> None:
    text = "\n".join("  ".join(words) for words in paragraphs)
    accented = text.replace("a", "a\u0301")
    assert [line.replace("\u0301", "") for line in lines(accented, width)] == lines(text, width)


def test_spaces_at_a_break_belong_to_no_line() -> None:
    assert wrap("one two", 3) == [(0, 3), (4, 7)]
    assert wrap("one   two  ", 4) == [(0, 3), (6, 9)]
    assert lines("  one two", 5) == ["  one", "two"]


def test_an_empty_paragraph_is_an_empty_line() -> None:
    assert wrap("", 10) == [(0, 0)]
    assert wrap("a\n\n   \nb\n", 10) == [(0, 1), (2, 2), (3, 3), (7, 8), (9, 9)]


def test_a_word_longer_than_the_line_starts_on_its_own_and_is_cut() -> None:
    assert lines("see https://example.org/a", 8) == ["see", "https://", "example.", "org/a"]
    assert lines("e\u0301e\u0301e\u0301", 2) == ["e\u0301e\u0301", "e\u0301"]


def test_a_no_break_space_holds() -> None:
    assert lines("on 5\xa0000 men", 7) == ["on", "5\xa0000", "men"]


def test_chinese_breaks_between_any_two_wide_characters() -> None:
    assert lines("第四十一集团军", 5) == ["第四", "十一", "集团", "军"]
    assert lines("RIA 第四十一 army", 8) == ["RIA 第四", "十一", "army"]
    assert lines("第四十一\u0301集", 6) == ["第四十", "一\u0301集"]


def test_a_character_wider_than_the_line_stands_alone() -> None:
    assert lines("中a国", 1) == ["中", "a", "国"]


def test_cyrillic_with_a_stress_mark_keeps_it_on_its_letter() -> None:
    assert lines("великий за\u0301мок", 6) == ["велики", "й", "за\u0301мок"]


@pytest.mark.parametrize("width", [0, -3])
def test_a_line_of_no_width_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="cells wide"):
        wrap("a", width)


@pytest.mark.parametrize("width", [1, 7, 56])
def test_naughty_strings_wrap_whole(width: int) -> None:
    raw = real("hostile", "naughty-strings", "blns.txt").read_bytes().decode("utf-8")
    check(display(raw), width)


@pytest.mark.parametrize("fill", [" ", "x", "\u0301", "x ", "中", "\u200d", "❤\ufe0f", "中\u0301"])
def test_a_monotonous_text_of_any_kind_is_wrapped_in_one_pass(fill: str) -> None:
    check("ж" + fill * 20_000 + "ж", 40)
