"""The real subtitle files: what their READMEs assert, and that broken ones lose nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reviewer.model.errors import UnreadableError
from reviewer.model.records import RecordingRecord, SegmentRecord
from reviewer.readers import chosen
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.wishes import Wishes
from tests.data import SHARED, real

SAME = "csv ssv txt aud json srt vtt sbv sub ttml dfxp xml"
BROKEN = sorted(p.name for p in SHARED.glob("transcripts/subtitles-broken/*") if p.suffix != ".md")
WITHOUT_CUES = {
    "asti-broken-1-in.vtt",
    "wpt-signature-bom.vtt",
    "wpt-signature-space-no-newline.vtt",
    "wpt-signature-tab-no-newline.vtt",
    "wv-empty.vtt",
    "wv-invalid_format2.srt",
    "wv-no_captions.vtt",
}


def rows_of(*parts: str, wishes: Wishes | None = None) -> list[Row]:
    with Given.open(real("transcripts", *parts), wishes or Wishes()) as given:
        return list(chosen(given).read(given))


def recording(rows: list[Row]) -> RecordingRecord:
    (found,) = (r for row in rows for r in row.records if isinstance(r, RecordingRecord))
    return found


def segments(*parts: str, wishes: Wishes | None = None) -> tuple[SegmentRecord, ...]:
    return recording(rows_of(*parts, wishes=wishes)).segments


@pytest.mark.parametrize("ending", SAME.split())
def test_the_same_fifteen_segments_come_out_of_every_format(ending: str) -> None:
    found = segments("one-text-all-formats", f"sonnet001.{ending}")
    same = segments("one-text-all-formats", "sonnet001.srt")
    assert len(found) == 15
    assert (found[0].start, found[0].end, found[0].text) == (0, 2680, "1")
    assert found == same


@pytest.mark.parametrize("ending", ["tsv", "tab", "smil"])
def test_a_file_of_ids_and_times_without_text_is_refused_with_the_remedy(ending: str) -> None:
    with pytest.raises(UnreadableError, match=r"times and ids only.* and no text.*import"):
        rows_of("one-text-all-formats", f"sonnet001.{ending}")


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("podcast.srt", 222),
        ("podcast.vtt", 7),
        ("seenunseen-E01.vtt", 297),
        ("ttml_example.ttml", 11),
        ("ttml_example2.ttml", 10),
        ("ttml_example_apple.ttml", 38),
        ("md-ttml.ttml", 2),
        ("md-dfxp.dfxp", 2),
        ("md-ttml_with_multiple_divs.ttml", 3),
        ("ccc-WPWG-125-youtube.sbv", 190),
    ],
)
def test_clean_files_have_as_many_segments_as_their_readme_says(name: str, count: int) -> None:
    assert len(segments("subtitles-clean", name)) == count


def test_speakers_are_those_that_the_files_name_and_are_not_carried_on() -> None:
    podcast = segments("subtitles-clean", "podcast.srt")
    assert podcast[0].speaker == "Travis"
    assert podcast[0].text == "When you first get\nstarted in podcasting, it's"
    assert podcast[1].speaker == ""
    assert {s.speaker for s in podcast} == {"", "Travis", "Sarah", "Gilon"}
    voiced = segments("subtitles-clean", "podcast.vtt")
    assert [s.speaker for s in voiced] == ["Sarah"] * 5 + ["Gillian"] * 2
    assert voiced[2].text.startswith("include in one? Welcome to Podcasting Q&A, where")
    boxed = recording(rows_of("subtitles-clean", "seenunseen-E01.vtt"))
    assert {s.label for s in boxed.speakers} == {"Amit Varma", "Guest 1", "Guest 2", "Unknown"}
    assert boxed.segments[0].text == "Welcome to the IBM Podcast Network."


def test_the_dialects_of_ttml_give_the_same_times() -> None:
    seconds = segments("subtitles-clean", "md-ttml.ttml")
    ticks = segments("subtitles-clean", "md-dfxp.dfxp")
    assert seconds == ticks
    assert seconds[0].text == "Senator, we're making\nour final approach into Coruscant."
    nested = segments("subtitles-clean", "md-ttml_with_multiple_divs.ttml")
    assert [(s.start, s.end) for s in nested] == [(1464, 2423), (2423, 5432), (10886, 10928)]
    apple = recording(rows_of("subtitles-clean", "ttml_example_apple.ttml"))
    assert (apple.speakers[0].label, apple.speakers[0].name) == ("v1", "Radiohead")
    assert (apple.segments[8].start, apple.segments[8].text) == (60998, "But I'm a creep")


@pytest.mark.parametrize(
    ("name", "count", "pair"),
    [
        ("pepper-and-carrot-ep06.msrt", 98, ("ru", "en")),
        ("morevna-ep03.msrt", 59, ("de", "en")),
        ("synfig-01-basics.msrt", 52, ("de", "en")),
    ],
)
def test_tagged_lines_are_text_and_translation(
    name: str, count: int, pair: tuple[str, str]
) -> None:
    found = recording(rows_of("bilingual", name))
    assert len(found.segments) == count
    assert (found.language, found.translation_language) == pair
    assert sum(1 for s in found.segments if s.translation) == count


def test_the_languages_of_a_tagged_file_are_the_ones_that_were_asked_for() -> None:
    wishes = Wishes(language="en", translation_language="ru")
    ours = segments("bilingual", "pepper-and-carrot-ep06.msrt", wishes=wishes)
    english = segments("bilingual", "pepper-and-carrot-ep6-eng.srt")
    russian = segments("bilingual", "pepper-and-carrot-ep6-rus.srt")
    assert [(s.start, s.end) for s in ours] == [(s.start, s.end) for s in english]
    assert sum(s.text == e.text for s, e in zip(ours, english, strict=True)) >= 95
    assert sum(s.translation == r.text for s, r in zip(ours, russian, strict=True)) >= 95
    assert ours[3].text == "[yawns]"
    with pytest.raises(UnreadableError, match="nothing in it is tagged as uk; there is: rus, dan"):
        rows_of("bilingual", "pepper-and-carrot-ep06.msrt", wishes=Wishes(language="uk"))


@pytest.mark.parametrize("name", ["pepper-and-carrot-ep06", "morevna-ep03", "synfig-01-basics"])
def test_no_line_of_a_tagged_file_is_lost(name: str) -> None:
    found = recording(rows_of("bilingual", f"{name}.msrt"))
    kept = " ".join(f"{s.text} {s.translation} {s.note}" for s in found.segments) + found.note
    text = real("transcripts", "bilingual", f"{name}.msrt").read_text(encoding="utf-8")
    for line in re.findall(r"^\[[^\]\n]+\] ?(.*)", text, re.MULTILINE):
        assert line in kept


def test_a_file_with_every_cue_twice_is_one_recording_with_its_translation() -> None:
    both = recording(rows_of("bilingual", "polyu-20240916.dual.srt"))
    assert len(both.segments) == 181
    assert both.segments[0].text == "Okay, let's continue."
    assert both.segments[0].translation == "好的，咱们接着来。"
    assert both.translation_language == "und-Hani"
    alone = segments("bilingual", "polyu-20240916.en.srt")
    assert [s.start for s in both.segments] == [s.start for s in alone]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_loses_no_word_or_is_refused_with_its_line(name: str) -> None:
    path = real("transcripts", "subtitles-broken", name)
    with Given.open(path, Wishes()) as given:
        text = given.text()
        if name in WITHOUT_CUES:
            with pytest.raises(UnreadableError, match=r"line \d|holds no cue|empty"):
                list(chosen(given).read(given))
            return
        rows = list(chosen(given).read(given))
    held = "\n".join(_words(row) for row in rows)
    for line in re.split(r"[\r\n]+", text):
        for word in re.findall(r"[^\W\d_]{3,}", _bare(line)):
            assert word in held, line


def _bare(line: str) -> str:
    """A line without what only a format writes: tags, settings, the words that begin a block."""
    line = re.sub(r"</?[^<>]*>|\{[^{}]*\}|&\w+;|\w+:\S+", "", line)
    return re.sub(r"WEBVTT|\uFEFF", "", line)


def _words(row: Row) -> str:
    recordings = [r for r in row.records if isinstance(r, RecordingRecord)]
    words = [f"{s.text} {s.note}" for r in recordings for s in r.segments]
    return "\n".join([*words, *(r.note for r in recordings), str(row.raw)])


@pytest.mark.parametrize(
    ("name", "count", "refused"),
    [
        ("asti-example-in-carriage-return.srt", 3, 0),
        ("asti-example-in-non-utf8.srt", 6, 0),
        ("asti-missing-sequence-in.srt", 6, 0),
        ("pysrt-bom-utf-16-le.srt", 7, 0),
        ("pysrt-capability_tester.srt", 37, 0),
        ("pysrt-no-indexes.srt", 7, 0),
        ("se-windows-1250-croatian.srt", 39, 0),
        ("se-windows-1251-serbian.srt", 49, 0),
        ("wpt-arrows.vtt", 6, 9),
        ("wpt-newlines.vtt", 4, 0),
        ("wpt-settings-line.vtt", 46, 0),
        ("wpt-timings-garbage.vtt", 63, 0),
        ("wpt-timings-too-short.vtt", 32, 0),
        ("wpt-timings-60.vtt", 6, 0),
        ("wv-invalid.vtt", 7, 0),
        ("wv-invalid_timeframe.sbv", 5, 0),
        ("wv-missing_caption_text.srt", 5, 0),
        ("wv-missing_timeframe.srt", 5, 0),
        ("wv-missing_timeframe.vtt", 7, 0),
        ("wv-youtube_dl.vtt", 3, 0),
    ],
)
def test_a_broken_file_gives_all_its_cues(name: str, count: int, refused: int) -> None:
    rows = rows_of("subtitles-broken", name)
    assert len(recording(rows).segments) == count
    assert sum(1 for row in rows if row.reason) == refused


def test_what_a_browser_would_drop_is_kept_and_flagged() -> None:
    """The common libraries swallow this cue's number and text into the cue before, or drop it."""
    shown = segments("subtitles-broken", "wpt-timings-60.vtt")
    assert [s.text for s in shown if "does not show it" not in s.note] == ["text1", "text2"]
    untimed = segments("subtitles-broken", "wv-missing_timeframe.srt")[1]
    assert (untimed.text, untimed.start, untimed.end) == ("Caption text #2", None, None)
    assert untimed.note == "no line of times stands above its text"
    half = segments("subtitles-broken", "wv-invalid_timeframe.vtt")[1]
    assert (half.text, half.start, half.end) == ("Caption text #2", 7000, None)
    assert "'00:00:07.000 --> 00:00:1d.890' could not be read" in half.note


def test_no_other_real_file_is_taken_for_subtitles() -> None:
    from reviewer.readers import subtitles

    folders = ("subtitles-broken", "subtitles-clean", "bilingual", "one-text-all-formats")
    for path in sorted(Path(real("transcripts")).rglob("*.*")):
        if path.parent.name in folders or path.suffix == ".srt":
            continue
        with Given.open(path, Wishes()) as given:
            assert not any(f.recognises(given) for f in subtitles.FORMATS), path
