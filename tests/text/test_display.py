"""Nothing that comes from outside reaches a terminal as more than words."""

from __future__ import annotations

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from reviewer.text.display import NEWLINE_MARK, TAB, Shown, display, is_safe, shown
from tests.data import real

JOINER = "\u200d"
KEPT_FORMAT = {
    *"\u200c\u200d\u200e\u200f\u061c",
    # Signs that are seen: Arabic and Syriac ones that span digits, two of Kaithi.
    *"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2",
    *"\U000110bd\U000110cd",
}
NASTY = "\n\r\t\x00\x07\x1b\x7f\x9b\xad\u200b\u200c\u200d\u200e\u202e\u2066\u2069\ufeff\ufe0f\ud800"
texts = st.text(st.sampled_from(NASTY + "ab [/]‹1B›жهש中👨❤\u0301\xa0") | st.characters(codec=None))


def is_forbidden(char: str) -> bool:
    """Say it another way than the module does: by category."""
    if char == "\n" or char in KEPT_FORMAT:
        return False
    if (ord(char) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF:
        return True
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def test_every_code_point_there_is_passes_as_it_is_or_as_a_mark() -> None:
    for code_point in range(sys.maxunicode + 1):
        char = chr(code_point)
        if char == "\t":
            assert display(char) == TAB
        elif char == JOINER:
            assert display(char) == JOINER * 2
        elif is_forbidden(char):
            assert display(char) == f"‹{code_point:02X}›"
        elif unicodedata.category(char) != "Cn":
            assert display(char) == char


@given(texts, st.booleans())
def test_no_forbidden_character_survives(text: str, newlines: bool) -> None:
    seen = display(text, newlines=newlines)
    assert not any(is_forbidden(char) for char in seen)
    assert newlines or "\n" not in seen
    assert "\t" not in seen
    seen.encode("utf-8")


@given(texts, texts)
@example("\r", "\n")
@example("a\u200d", "\u200db")
def test_showing_pieces_is_showing_the_whole(one: str, two: str) -> None:
    cut_inside = one[-1:] + two[:1] in {"\r\n", JOINER * 2}
    assert cut_inside or display(one) + display(two) == display(one + two)


@given(texts, st.booleans())
def test_what_is_shown_is_safe_and_is_shown_unchanged(text: str, newlines: bool) -> None:
    seen = display(text, newlines=newlines)
    assert is_safe(seen)
    assert display(seen, newlines=newlines) == seen


@given(texts)
def test_a_text_is_safe_when_showing_it_changes_nothing(text: str) -> None:
    assert is_safe(text) == (display(text) == text)


@given(texts)
def test_rich_measures_what_is_shown_as_the_sum_of_its_characters(text: str) -> None:
    seen = display(text).replace("\ufe0f", "")
    assert cell_len(seen) == sum(map(cell_len, seen.replace(JOINER, "")))


def test_an_escape_is_seen_and_does_nothing() -> None:
    assert display("\x1b]52;c;UFdORUQ=\x07") == "‹1B›]52;c;UFdORUQ=‹07›"
    assert display("\x9b2J") == "‹9B›2J"


def test_a_reversed_quotation_shows_that_it_was_reversed() -> None:
    assert display("не \u202eнибу\u202c") == "не ‹202E›нибу‹202C›"
    assert display("U\u200bAF\ufeff") == "U‹200B›AF‹FEFF›"
    assert display("x\U000e0041") == "x‹E0041›"
    assert display("\ud83d") == "‹D83D›"


def test_what_scripts_need_stays() -> None:
    for text in ("می\u200cخواهم", "שלום\u200f!", "ه\u061c", "❤\ufe0f", "№ 5\xa0000", "[inaudible]"):
        assert display(text) is text


def test_a_joiner_is_kept_as_a_pair_that_hides_no_cells() -> None:
    hostile = JOINER.join("spill over the border")
    assert cell_len(hostile) == 1
    assert cell_len(display(hostile)) == len("spill over the border")
    assert display("ه\u200d") == "ه\u200d\u200d"
    assert display("a\u200d\u200d\u200d\u200db") == "a\u200d\u200db"


def test_line_ends_of_every_kind_are_told_apart() -> None:
    assert display("a\r\nb\nc\rd") == "a\nb\nc‹0D›d"
    assert display("a\r\r\nb") == "a‹0D›\nb"
    assert display("a\r\nb\nc", newlines=False) == f"a{NEWLINE_MARK}b{NEWLINE_MARK}c"
    assert display("a\tb") == "a    b"


def test_the_fast_way_gives_the_text_itself() -> None:
    text = "Генерал-майор, «41-а армія» — 498 вбитих\nдругий абзац\xa0тут"
    assert display(text) is text
    assert shown(text).text is text


@given(texts, st.booleans())
def test_offsets_go_there_and_back(text: str, newlines: bool) -> None:
    seen = shown(text, newlines=newlines)
    assert seen.text == display(text, newlines=newlines)
    there = [seen.at(position) for position in range(len(text) + 1)]
    back = [seen.source(position) for position in range(len(seen.text) + 1)]
    assert all(a <= b for a, b in pairwise(there))
    assert all(a <= b for a, b in pairwise(back))
    assert (there[0], there[-1]) == (0, len(seen.text))
    assert (back[0], back[-1]) == (0, len(text))
    for position, offset in enumerate(there):
        inside = text[max(0, position - 1) : position + 1] in {"\r\n", JOINER * 2}
        assert back[offset] == position or (inside and back[offset] < position)


@given(texts)
def test_every_character_is_shown_where_its_offset_says(text: str) -> None:
    seen = shown(text)
    for position, char in enumerate(text):
        if char not in "\r\n\u200d":
            assert seen.text[seen.at(position) : seen.at(position + 1)] == display(char)


def test_offsets_inside_a_replaced_place_are_its_start() -> None:
    seen = shown("a\x1bb\r\nc")
    assert seen.text == "a‹1B›b\nc"
    assert [seen.at(position) for position in range(7)] == [0, 1, 5, 6, 6, 7, 8]
    assert [seen.source(position) for position in range(9)] == [0, 1, 1, 1, 1, 2, 3, 5, 6]


def test_a_mark_can_be_told_from_evidence_that_imitates_it() -> None:
    seen = shown("‹1B›\x1b\t\n", newlines=False)
    assert seen.text == "‹1B›‹1B›    ↵"
    assert seen.marks == ((4, 8), (12, 13))
    assert shown("‹1B›↵").marks == ()


def test_an_offset_outside_the_text_is_refused() -> None:
    seen = shown("a\x1b")
    for ask in (seen.at, seen.source):
        for position in (-1, 6):
            with pytest.raises(ValueError, match=f"no offset {position} "):
                ask(position)


def test_what_was_shown_cannot_be_changed() -> None:
    seen = Shown("a")
    with pytest.raises(AttributeError):
        seen.text = "b"
    with pytest.raises(AttributeError):
        del seen.text


def test_naughty_strings_are_shown_harmless() -> None:
    text = real("hostile", "naughty-strings", "blns.txt").read_bytes().decode("utf-8")
    assert not is_safe(text)
    assert not any(map(is_forbidden, display(text)))


def test_terminal_escapes_are_shown_harmless() -> None:
    files = sorted(real("hostile", "terminal-escapes").glob("*"))
    raw = [file.read_bytes().decode("utf-8", "surrogateescape") for file in files]
    assert any("\x1b" in text for text in raw)
    for text in raw:
        seen = display(text)
        assert seen.replace("\n", "").isprintable() or "\xa0" in seen
        assert not any(map(is_forbidden, seen))


def test_no_line_with_bidirectional_controls_passes_unmarked() -> None:
    lines = real("hostile", "bidi", "bidi-lines.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 30
    for line in lines[1:]:
        text = line.split("\t", 2)[2]
        assert not is_safe(text)
        assert shown(text).marks
        assert not any(map(is_forbidden, display(text)))


@pytest.mark.parametrize("errors", ["replace", "surrogateescape", "backslashreplace"])
def test_broken_utf_8_is_shown_and_can_be_encoded(errors: str) -> None:
    raw = real("hostile", "unicode", "UTF-8-test.txt").read_bytes()
    seen = display(raw.decode("utf-8", errors))
    assert not any(map(is_forbidden, seen))
    seen.encode("utf-8")
