"""Words that a machine heard are cut into segments, and none of them is lost or moved."""

from __future__ import annotations

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from reviewer.readers.speech.language import language
from reviewer.readers.speech.words import LONGEST, MOST_WORDS, Heard, by_voice, cut, said

HEARD = st.builds(
    Heard,
    text=st.sampled_from(["yes", "No.", "Mr.", "and", "?", "…", "дім", "«Так»", "今日"]),
    start=st.none() | st.integers(0, 200_000),
    end=st.none() | st.integers(0, 200_000),
    speaker=st.sampled_from(["", "A", "B"]),
    glued=st.booleans(),
)


@for_any(st.lists(HEARD, max_size=200))
def test_every_word_comes_into_one_segment_in_order(words: list[Heard]) -> None:
    cues = list(cut(words))
    assert "".join("".join(cue.text.split()) for cue in cues) == "".join(w.text for w in words)
    for cue in cues:
        assert len(cue.text.split()) <= MOST_WORDS


@for_any(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3_000)), max_size=150))
def test_a_segment_is_cut_at_a_pause_and_before_it_grows_too_long(
    steps: list[tuple[int, int]],
) -> None:
    words, at = [], 0
    for length, gap in steps:
        words.append(Heard("word", at, at + length * 100))
        at += length * 100 + gap
    for cue in cut(words):
        assert cue.start is not None
        assert cue.end is not None
        assert cue.end - cue.start <= LONGEST


def test_a_sentence_ends_at_its_point_but_not_at_a_title_or_an_initial() -> None:
    line = "Mr. Schneider came. J. Edgar too. It cost $5. and more? Yes."
    parts = [cue.text for cue in cut(Heard(word) for word in line.split())]
    assert parts == ["Mr. Schneider came.", "J. Edgar too.", "It cost $5. and more?", "Yes."]


def test_a_mark_without_a_time_goes_to_the_word_before_it() -> None:
    words = [Heard("Yes", 0, 500, "A"), Heard(",", glued=True), Heard("no", 600, 900, "A")]
    (cue,) = cut(words)
    assert (cue.text, cue.start, cue.end) == ("Yes, no", 0, 900)


def test_two_voices_in_one_utterance_become_two_segments() -> None:
    words = [Heard("Ready?", 0, 400, "A"), Heard("Yes", 450, 700, "B"), Heard("sir", 700, 900, "B")]
    assert [(c.speaker, c.text) for c in by_voice("Ready? Yes sir", words)] == [
        ("A", "Ready?"),
        ("B", "Yes sir"),
    ]


def test_text_that_its_words_do_not_make_up_stays_whole() -> None:
    words = [Heard("fifteen", 0, 400, "A"), Heard("yes", 450, 700, "B")]
    (cue,) = by_voice("It is 15 o'clock now. Yes.", words)
    assert cue.text == "It is 15 o'clock now. Yes."
    assert cue.aside == "several voices in it: A, B"


def test_words_of_a_language_without_blanks_stay_together() -> None:
    assert said([Heard("今日"), Heard("は", glued=True), Heard("。", glued=True)]) == "今日は。"


@pytest.mark.parametrize(
    ("told", "tag"),
    [
        ("fr", "fr"),
        ("english", "en"),
        ("Ukrainian", "uk"),
        ("en-us", "en-US"),
        ("en_us", "en-US"),
        ("cmn-hans-cn", "cmn-Hans-CN"),
        ("jw", "jv"),
        ("a language", ""),
        ("", ""),
        (7, ""),
    ],
)
def test_a_language_is_said_as_a_tag(told: object, tag: str) -> None:
    assert language(told) == tag
