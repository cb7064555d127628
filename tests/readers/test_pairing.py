"""Two files of one recording side by side: every word once, and by time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reviewer.readers.given import Given
from reviewer.readers.pairing import Paired, pair
from reviewer.readers.subtitles.common import lines_of
from reviewer.readers.subtitles.runs import Reader
from reviewer.readers.subtitles.srt import timing
from reviewer.readers.transcript import Cue
from reviewer.readers.wishes import Wishes
from tests.data import real


def cues_of(name: str) -> list[Cue]:
    with Given.open(real("transcripts", "bilingual", name), Wishes()) as opened:
        runs = Reader(timing, numbered=True).read(lines_of(opened))
        return [entry.cue(entry.text) for entry in runs.entries]


def moved(cues: list[Cue], by: int) -> list[Cue]:
    return [replace(c, start=(c.start or 0) + by, end=(c.end or 0) + by) for c in cues]


def words(cues: list[Cue]) -> Counter[str]:
    return Counter(word for cue in cues for word in cue.text.split())


def translated(found: Paired) -> Counter[str]:
    return Counter(word for cue in found.cues for word in cue.translation.split())


def test_files_with_the_same_times_pair_one_to_one() -> None:
    english, russian = (
        cues_of("pepper-and-carrot-ep6-eng.srt"),
        cues_of("pepper-and-carrot-ep6-rus.srt"),
    )
    found = pair(english, russian)
    assert [c.translation for c in found.cues] == [c.text for c in russian]
    assert [c.text for c in found.cues] == [c.text for c in english]
    assert (found.alone, found.without, found.said) == ([], [], [])


def test_files_that_are_cut_differently_pair_by_overlap_and_lose_no_word() -> None:
    english, ukrainian = cues_of("talk-2004.en.srt"), cues_of("talk-2004.uk.srt")
    found = pair(english, ukrainian)
    assert (len(found.cues), found.shift, found.alone) == (95, 0, [])
    assert found.cues[0].translation == ukrainian[0].text
    assert translated(found) == words(ukrainian)
    assert found.said == [f"{len(found.without)} of 95 segments have no translation of their own"]


def test_a_shift_is_found_and_said() -> None:
    english, ukrainian = cues_of("talk-2004.en.srt"), cues_of("talk-2004.uk.srt")
    straight = pair(english, ukrainian)
    for by in (-3700, 65_432):
        found = pair(english, moved(ukrainian, by))
        assert found.shift == -by
        assert found.said[0] == f"the translation was moved by {-by / 1000:+.3f} s to fit"
        assert found.cues == straight.cues


def test_a_translation_at_no_originals_time_is_kept_where_it_stands_and_says_so() -> None:
    original = [Cue("one", 0, 1000), Cue("two", 9000, 10_000), Cue("three", 20_000, 21_000)]
    translation = [Cue("один", 0, 1000), Cue("титр", 4000, 5000), Cue("два", 9000, 10_000)]
    found = pair(original, translation)
    assert [(c.text, c.translation) for c in found.cues] == [
        ("one", "один"),
        ("", "титр"),
        ("two", "два"),
        ("three", ""),
    ]
    assert found.cues[1].note == "only in the translation: no original stands at its time"
    assert found.alone == [translation[1]]
    assert found.without == [original[2]]


def test_several_translations_of_one_original_stand_under_each_other_in_order() -> None:
    found = pair([Cue("all", 0, 9000)], [Cue("а", 0, 3000), Cue("б", 3000, 9000)])
    assert found.cues == [Cue("all", 0, 9000, translation="а\nб")]


def test_cues_without_times_pair_by_their_order_or_stay_apart() -> None:
    assert pair([Cue("a"), Cue("b")], [Cue("а"), Cue("б")]).cues[1].translation == "б"
    found = pair([Cue("a", 0, 1000)], [Cue("а", 0, 1000), Cue("б")])
    assert [(c.text, c.translation) for c in found.cues] == [("a", "а"), ("", "б")]


def test_what_was_wrong_with_a_translation_stands_in_the_note() -> None:
    found = pair([Cue("a", 0, 1)], [Cue("а", 0, 1, "Анна", note="bad")])
    assert found.cues[0].note == ("its translation: bad; the translation names who speaks: Анна")


def test_evenly_spaced_cues_say_nothing_of_a_shift() -> None:
    original = [Cue("a", n * 1000, n * 1000 + 900) for n in range(2000)]
    found = pair(original, [replace(cue, text="а") for cue in original[:-3]])
    assert found.shift == 0
    assert found.without == original[-3:]


TIME = st.none() | st.integers(0, 30_000)
CUES = st.lists(st.builds(Cue, st.text("abcабв ", max_size=6), TIME, TIME), max_size=25)


@given(CUES, CUES)
def test_no_word_of_either_is_ever_lost_or_doubled(left: list[Cue], right: list[Cue]) -> None:
    found = pair(left, right)
    assert translated(found) == words(right)
    assert words(found.cues) == words(left)
    assert [c.text for c in found.cues if c.text] == [c.text for c in left if c.text]
    assert len(found.cues) == len(left) + len(found.alone)


@given(CUES)
def test_a_list_pairs_with_itself_one_to_one(cues: list[Cue]) -> None:
    found = pair(cues, cues)
    assert [c.translation for c in found.cues] == [c.text for c in cues]
    assert not found.alone
