"""A quotation is found where it was quoted, or it is an orphan."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviewer.text.anchors import Anchor, find, make, media_fragment, resolve, stands
from tests.data import real

OLD = (
    "Оборонне відомство назвало 498 загиблих. Україна заявила про 11 000 загиблих. "
    "Жодна з цих цифр не підтверджена незалежно."
)
# Few letters, so that words repeat and contexts agree by chance.
texts = st.text("ab \n", min_size=1, max_size=60)
insertions = st.text("xyz", min_size=1, max_size=50)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, min(len(text), start + 12)))


def anchor_of(words: str, text: str = OLD) -> Anchor:
    return make(text, text.index(words), text.index(words) + len(words))


def test_an_anchor_holds_the_words_their_surroundings_and_their_place() -> None:
    assert make("It was 498 dead.", 7, 10, context=4) == Anchor("498", "was ", " dea", 7, 10)
    assert make("498", 0, 3) == Anchor("498", "", "", 0, 3)


def test_surroundings_do_not_cut_an_accent_from_its_letter() -> None:
    text = "za\u0301mok X cafe\u0301"
    anchor = make(text, 7, 8, context=5)
    assert (anchor.prefix, anchor.suffix) == ("mok ", " caf")


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 6), (9, 10)])
def test_a_span_of_no_words_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no words from"):
        make("words", *span)


def test_every_place_of_the_words_is_found_even_where_they_overlap() -> None:
    assert find("aaa", "aa") == [0, 1]
    assert find("один, два, один", "один") == [0, 11]
    assert find("один, два, один", "один", prefix=", ") == [11]
    assert find("один, два, один", "один", suffix=",") == [0]
    assert find("один", "два") == []
    assert find("a" * 100, "a", limit=2) == [0, 1]


def test_words_are_compared_by_code_point_and_by_nothing_else() -> None:
    assert find("cafe\u0301 Café CAFÉ", "Café") == [6]


def test_a_quotation_of_no_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        find("text", "")
    with pytest.raises(ValueError, match="no words"):
        resolve("text", Anchor("", "te", "xt", 2, 2))


@given(quoted())
def test_an_anchor_stands_in_the_text_it_was_made_on(case: tuple[str, int, int]) -> None:
    text, start, end = case
    anchor = make(text, start, end)
    assert stands(text, anchor)
    assert resolve(text, anchor, before=text) == (start, end)
    assert resolve(text, anchor) in {(start, end), None}


@given(quoted(), insertions, st.data())
def test_words_move_with_what_is_inserted_elsewhere_or_are_an_orphan(
    case: tuple[str, int, int], inserted: str, data: st.DataObject
) -> None:
    text, start, end = case
    anchor = make(text, start, end)
    at = data.draw(st.integers(0, start) | st.integers(end, len(text)))
    new = text[:at] + inserted + text[at:]
    right = (start, end) if at >= end else (start + len(inserted), end + len(inserted))
    assert resolve(new, anchor, before=text) in {right, None}
    if text.count(anchor.exact) == 1 and len(find(text, anchor.exact)) == 1:
        assert resolve(new, anchor, before=text) == right


@given(quoted(), st.text("xyz", max_size=12))
def test_words_that_were_removed_leave_an_orphan_whatever_copies_remain(
    case: tuple[str, int, int], instead: str
) -> None:
    text, start, end = case
    anchor = make(text, start, end)
    new = text[:start] + instead + text[end:]
    # Where the remains on both sides make up the words again, who could tell?
    straddling = [at for at in find(new, anchor.exact) if at < start < at + end - start]
    assume(not straddling)
    assert resolve(new, anchor, before=text) is None


@given(quoted(), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 9), st.text("abx"))))
def test_whatever_happened_to_a_text_an_anchor_gives_its_own_words_or_none(
    case: tuple[str, int, int], edits: list[tuple[int, int, str]]
) -> None:
    text, start, end = case
    anchor = make(text, start, end, context=4)
    new = text
    for at, length, instead in edits:
        new = new[:at] + instead + new[at + length :]
    for before in (None, text):
        found = resolve(new, anchor, before=before)
        assert found is None or new[slice(*found)] == anchor.exact


def test_words_with_their_surroundings_are_followed_without_the_old_text() -> None:
    anchor = anchor_of("498 загиблих")
    moved = "Оновлено. " + OLD
    assert resolve(moved, anchor) == (anchor.start + 10, anchor.end + 10)
    assert resolve(moved, anchor, before=OLD) == (anchor.start + 10, anchor.end + 10)


def test_a_corrected_figure_does_not_jump_to_the_same_figure_elsewhere() -> None:
    old = "Вранці: 12 загиблих біля мосту. Увечері: 12 загиблих у місті."
    new = "Вранці: 12 загиблих біля мосту. Увечері: 14 загиблих у місті."
    anchor = make(old, 41, 43)
    assert anchor.exact == "12"
    assert new.count("12") == 1
    assert resolve(new, anchor, before=old) is None
    assert resolve(new, anchor) is None


def test_a_copy_that_takes_the_recorded_place_is_not_taken_for_the_quotation() -> None:
    line = "- Так. Підтверджую загибель, зв'язку більше немає, чекаємо. -\n"
    old = line * 3
    anchor = make(old, old.index("Так", 60), old.index("Так", 60) + 4)
    pushed = line + old
    assert stands(pushed, anchor)
    assert resolve(pushed, anchor) is None
    assert resolve(pushed, anchor, before=old) is None
    assert resolve(old, anchor, before=old) == (anchor.start, anchor.end)


def test_one_of_two_alike_passages_removed_is_an_orphan_when_the_old_text_is_known() -> None:
    line = "Підтверджую загибель, зв'язку більше немає, чекаємо наказу вже третю годину.\n"
    old = f"{line}Інше.\n{line}"
    anchor = make(old, old.rindex("чекаємо"), old.rindex("чекаємо") + 7, context=8)
    assert resolve(f"{line}Інше.\n", anchor, before=old) is None


def test_words_that_stand_once_need_a_witness_when_the_old_text_is_not_known() -> None:
    anchor = anchor_of("11 000")
    both_sides_changed = "Київ каже: 11 000 убитих."
    assert resolve(both_sides_changed, anchor) is None
    assert resolve(both_sides_changed, anchor, before=OLD) == (11, 17)
    start = OLD.index(" загиблих. Жодна")
    suffix_stands = "Київ каже: 11 000" + OLD[start:]
    assert resolve(suffix_stands, anchor) == (11, 17)
    same_place = "#" * anchor.start + "11 000" + "#"
    assert resolve(same_place, anchor) == (anchor.start, anchor.end)


def test_an_anchor_that_never_stood_in_the_old_text_is_an_orphan() -> None:
    anchor = anchor_of("498")
    assert resolve(OLD, anchor, before="Інший текст: 498.") is None


@pytest.mark.parametrize(
    "anchor",
    [
        Anchor("text", "", "", -4, 0),
        Anchor("text", "", "", 0, 9),
        Anchor("text", "before ", "", 2, 6),
        Anchor("", "", "", 0, 0),
    ],
)
def test_an_impossible_anchor_stands_nowhere(anchor: Anchor) -> None:
    assert not stands("text", anchor)


def test_naughty_strings_can_be_quoted() -> None:
    text = real("hostile", "naughty-strings", "blns.txt").read_bytes().decode("utf-8")
    for start in range(0, len(text) - 60, 997):
        anchor = make(text, start, start + 60)
        assert resolve("Inserted. " + text, anchor, before=text) == (start + 10, start + 70)


@pytest.mark.parametrize(
    ("start", "end", "fragment"),
    [
        (12500, 19000, "t=12.5,19"),
        (0, 83, "t=0,0.083"),
        (None, 19010, "t=,19.01"),
        (12500, None, "t=12.5"),
        (0, None, "t=0"),
        (3_600_000, 3_600_100, "t=3600,3600.1"),
    ],
)
def test_a_stretch_of_a_recording_is_written_as_a_media_fragment(
    start: int | None, end: int | None, fragment: str
) -> None:
    assert media_fragment(start, end) == fragment


@pytest.mark.parametrize("span", [(5, 5), (6, 5), (None, 0), (-1, 5), (None, None), (-1, None)])
def test_a_stretch_that_is_none_is_refused(span: tuple[int | None, int | None]) -> None:
    with pytest.raises(ValueError, match="stretch"):
        media_fragment(*span)
