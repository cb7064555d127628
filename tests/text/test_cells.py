"""Widths are those that Textual paints by."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from reviewer.text.cells import cell_width, clusters, crop, fit, is_boundary, is_single, widths
from tests.data import real
from tests.everyday import times
from tests.text.make_widths import TARGET, widths_module

WORDS = {
    "English": "Killed near Kharkiv",
    "French": "l’agence « RIA » a cité",
    "Ukrainian": "Головне управління розвідки — «ГУР»",
    "stressed": "за\u0301мок",
    "Greek": "Ὀρφεύς",
    "Hebrew": "שָׁלוֹם",
    "Arabic": "مُحَمَّد",
    "Persian": "می\u200cخواهم",
    "Chinese": "第四十一集团军",
    "Korean": "제41군",
    "jamo": "\u1112\u1161\u11ab",
    "full width": "ＲＩＡ　１２",
    "half width": "ﾊﾟﾘ",
    "emoji": "🫡🇺🇦❤\ufe0f👍🏽",
    "family": "👨\u200d👩\u200d👧",
    "combining": "e\u0301\u0308",
    "marks": "‹1B›↵…",
}
mixed = st.text(
    st.sampled_from("ab —жї中国👨❤#\u0301\u05b0\u200d\ufe0f\u200c\u1161שه") | st.characters()
)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_every_script_of_the_product_is_as_wide_as_rich_says(words: str) -> None:
    assert cell_width(words) == cell_len(words)
    long = words * 2000
    assert cell_width(long) == cell_len(long)


def test_every_code_point_is_as_wide_as_rich_says() -> None:
    """Every day of the upper planes, which hold nothing but ideographs and gaps, only some."""
    upper = range(0x20000, sys.maxunicode + 1)
    tags = range(0xE0000, 0xE1000)
    for char in map(chr, (*range(0x20000), *tags, *upper[:: times(97, 1)])):
        assert widths(char) == [get_character_cell_size(char, "latest")]


def test_the_table_is_the_one_of_the_installed_rich() -> None:
    assert TARGET.read_text(encoding="utf-8") == widths_module()


@given(mixed)
@example("\u200da")
@example("❤\u0301\ufe0f\ufe0f")
def test_any_text_is_as_wide_as_rich_says(text: str) -> None:
    assert cell_width(text) == cell_len(text, "latest")


@given(mixed)
def test_a_single_width_text_has_as_many_cells_as_characters(text: str) -> None:
    assert is_single(text) == all(cell_len(char) == 1 for char in text)


@given(st.sampled_from([*WORDS.values()]))
def test_a_long_text_is_never_taken_for_single_by_mistake(words: str) -> None:
    long = "я" * 5000 + words
    assert not is_single(long) or is_single(words)


def test_cyrillic_with_dashes_and_quotes_is_single() -> None:
    assert is_single("«Генерал» — “41-я” … № 5, ‘їжак’")
    assert is_single("«Генерал» — “41-я” … № 5, ‘їжак’" * 200)
    assert not is_single("за\u0301мок")
    assert not is_single("a\nb")


@given(mixed)
def test_clusters_cover_the_text_and_add_up(text: str) -> None:
    found = list(clusters(text))
    assert "".join(text[start:end] for start, end, _ in found) == text
    assert sum(width for _, _, width in found) == cell_width(text) == sum(widths(text))
    assert all(cell_width(text[start:end]) == width for start, end, width in found)


@given(mixed, st.integers(-1, 12))
def test_cropping_keeps_as_many_whole_clusters_as_fit(text: str, width: int) -> None:
    kept = crop(text, width)
    assert text.startswith(kept)
    assert cell_width(kept) <= max(0, width)
    ends = {0, *(end for _, end, _ in clusters(text))}
    assert len(kept) in ends
    longer = [end for end in ends if end > len(kept)]
    assert width <= 0 or not longer or cell_width(text[: min(longer)]) > width


@given(mixed, st.integers(0, 12))
def test_fitting_says_when_it_cuts(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cell_width(fitted) <= width
    if cell_width(text) <= width and width > 0:
        assert fitted == text
    elif text and width > 0:
        assert fitted.endswith("…")


def test_a_wide_character_on_the_edge_is_left_out_and_nothing_is_padded() -> None:
    assert crop("中国", 3) == "中"
    assert fit("中国人", 4) == "中…"
    assert fit("中国", 4) == "中国"


def test_an_accent_stays_with_its_letter() -> None:
    assert crop("cafe\u0301s", 4) == "cafe\u0301"
    assert crop("cafe\u0301s", 3) == "caf"
    assert fit("cafe\u0301", 4) == "cafe\u0301"
    assert crop("❤\ufe0f!", 1) == ""


def test_an_ellipsis_without_room_is_cut_too() -> None:
    assert fit("Kharkiv", 2, "...") == ".."
    assert fit("Kharkiv", 0) == ""
    assert fit("Kharkiv", 4, "...") == "K..."


@given(mixed)
def test_a_boundary_is_where_a_cluster_starts(text: str) -> None:
    starts = {0, len(text), *(start for start, _, _ in clusters(text))}
    assert all(
        position in starts for position in range(len(text) + 1) if is_boundary(text, position)
    )


def test_naughty_strings_are_as_wide_as_rich_says() -> None:
    text = real("hostile", "naughty-strings", "blns.txt").read_bytes().decode("utf-8")
    for line in text.split("\n"):
        assert cell_width(line) == cell_len(line)
        assert cell_width(crop(line, 20)) <= 20
