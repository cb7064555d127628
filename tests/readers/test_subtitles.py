"""SRT, WebVTT and SBV by small examples, each with one thing that people do to such files."""

from __future__ import annotations

import contextlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError
from reviewer.model.records import RecordingRecord
from reviewer.readers import subtitles
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.subtitles import markup
from reviewer.readers.wishes import Wishes

Times = tuple[int | None, int | None]
FIRST = "1\n00:00:01,000 --> 00:00:02,000\n"
SECOND = "2\n00:00:03,000 --> 00:00:04,000\n"


def read(name: str, content: str | bytes, wishes: Wishes | None = None) -> list[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        with Given.open(path, wishes or Wishes()) as opened:
            format_ = next(f for f in subtitles.FORMATS if f.recognises(opened))
            return list(format_.read(opened))


def recording(rows: list[Row]) -> RecordingRecord:
    (found,) = (r for row in rows for r in row.records if isinstance(r, RecordingRecord))
    return found


def cues(name: str, content: str | bytes) -> list[tuple[str, str, str]]:
    """Speaker, text and note of each segment."""
    return [(s.speaker, s.text, s.note) for s in recording(read(name, content)).segments]


def texts(name: str, content: str | bytes) -> list[str]:
    return [text for _, text, _ in cues(name, content)]


def refusals(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row.place, row.reason) for row in rows if row.reason]


def passed(rows: list[Row]) -> list[object]:
    return [row.raw for row in rows if row.passed_over]


def test_a_cue_keeps_its_lines_and_blanks() -> None:
    assert texts("a.srt", f"{FIRST}  two \nlines\n\n{SECOND}[inaudible]") == [
        "  two \nlines",
        "[inaudible]",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_and_encodings_give_the_same_cues(end: str) -> None:
    text = f"{FIRST}Слава\n\n{SECOND}ні".replace("\n", end)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le"):
        assert texts("a.srt", text.encode(encoding)) == ["Слава", "ні"]


def test_a_missing_blank_line_does_not_join_two_cues() -> None:
    assert cues("a.srt", f"{FIRST}one\n{SECOND}two") == [
        ("", "one", ""),
        ("", "two", "no blank line stood before it"),
    ]
    assert texts("a.srt", f"{FIRST}{SECOND}two") == ["", "two"]


def test_a_blank_line_inside_a_cue_stays_in_its_text() -> None:
    (one, _) = cues("a.srt", f"{FIRST}one\n\nmore of it\n\n{SECOND}two")
    assert one == ("", "one\n\nmore of it", "a blank line stands inside it")


def test_a_number_is_a_text_where_no_times_follow() -> None:
    found = read("a.srt", f"{FIRST}10\n\n{SECOND}9\n8\n\n7\n")
    assert [s.text for s in recording(found).segments] == ["10", "9\n8"]
    assert refusals(found) == [("line 10", "a number alone, with neither times nor text")]


@pytest.mark.parametrize(
    ("line", "times", "note"),
    [
        ("00:00:01.500 --> 00:00:02.500", (1500, 2500), ""),
        ("00:01,500 --> 00:02,500", (1500, 2500), ""),
        ("00:00:01,500-->00:00:02,500  X1:40 X2:600", (1500, 2500), ""),
        ("00:00:01,500 -> 00:00:02,500", (1500, 2500), ""),
        ("00:00:01,500 --&gt; 00:00:02,500", (1500, 2500), ""),
        ("00:00:01,5 --> 00:00:02,500", (1500, 2500), "'00:00:01,5' was read as a decimal"),
        ("123:00:01,500 --> 123:00:02,500", (442801500, 442802500), "100 hours or later"),
        ("-00:00:01,500 --> 00:00:02,500", (-1500, 2500), "a time before the recording begins"),
        ("00:00:05,000 --> 00:00:02,500", (5000, 2500), "ends before it begins"),
        ("00:00:0x,500 --> 00:00:02,500", (None, 2500), "'00:00:0x,500 --> 00:00:02,500' could"),
        ("00:00:71,500 --> 00:00:02,500", (None, 2500), "could not be read"),
        ("00:00:01,500 --> ", (1500, None), "could not be read"),
        ("-->", (None, None), "its time '-->' could not be read"),
        ("٠٠:00:01,500 --> 00:00:02,500", (None, 2500), "could not be read"),
    ],
)
def test_times_are_read_or_flagged_and_never_guessed(line: str, times: Times, note: str) -> None:
    (segment,) = recording(read("a.srt", f"1\n{line}\nwords")).segments
    assert (segment.start, segment.end) == times
    assert segment.text == "words"
    assert note in segment.note
    assert bool(note) == bool(segment.note)


def test_words_on_the_line_of_times_are_words() -> None:
    found = cues("a.srt", "1\n00:00:01,000 --> 00:00:02,000 Hello\nthere")
    assert found == [("", "Hello\nthere", "its text began on the line of its times")]


def test_an_arrow_in_the_words_is_no_time() -> None:
    assert texts("a.srt", f"{FIRST}go --> there") == ["go --> there"]


def test_styling_is_taken_off_and_what_is_none_stays_and_is_named() -> None:
    assert texts(
        "a.srt", f'{FIRST}{{\\an8}}<font color="#f00"><i>so</i></font> 5 < 6 {{this}}'
    ) == ["so 5 < 6 {this}"]
    found = cues("a.srt", f"{FIRST}<wow>a &amp; b</wow>")
    assert found[0][1:] == (
        "<wow>a &amp; b</wow>",
        "it holds <wow>, </wow>, &amp;, which SubRip does not define; kept",
    )


def test_words_before_the_first_cue_are_refused_with_their_line() -> None:
    assert refusals(read("a.srt", f"A heading\n\n{FIRST}one")) == [
        ("line 1", "stands before the first cue and has no times")
    ]


def test_a_file_without_a_cue_is_refused_and_says_what_stands_there() -> None:
    for name in ("a.srt", "a.vtt"):
        with pytest.raises(UnreadableError, match="line 2 is 'some text'"):
            read(name, "\nsome text")
    with pytest.raises(UnreadableError, match="holds no cue"):
        read("a.vtt", "WEBVTT\n\nNOTE nothing")


def test_a_number_that_stands_twice_and_a_gap_are_said() -> None:
    again = SECOND.replace("2\n", "1\n", 1)
    assert cues("a.srt", f"{FIRST}one\n\n{again}two")[1][2] == "numbered 1, as the cue above it"
    assert cues("a.srt", f"{FIRST}one\n\n{SECOND[2:]}two")[1][2] == "it has no number"


def test_a_label_is_a_speaker_only_where_the_file_uses_it_as_one() -> None:
    one, two = f"{FIRST}%s\n\n", f"{SECOND}%s"
    both = one + two
    assert cues("a.srt", both % ("Anna: Yes.", "Anna:\nNo.")) == [
        ("Anna", "Yes.", ""),
        ("Anna", "No.", ""),
    ]
    for words in ("Note: this", "He said: no", "https://x.org", "10:30 is late", "a: b"):
        assert cues("a.srt", both % (words, "more")) == [("", words, ""), ("", "more", "")]
    dialogue = cues("a.srt", both % ("Anna: Yes.\nBoris: No.", "Boris: Well."))
    assert dialogue[0][:2] == ("", "Anna: Yes.\nBoris: No.")
    assert "more than one speaker" in dialogue[0][2]
    assert dialogue[1][0] == "Boris"


def test_webvtt_voices_classes_and_karaoke_come_off_and_references_are_characters() -> None:
    found = cues(
        "a.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n"
        "<v.loud Anna &amp; Co>Wait <00:01.500><c.red>a</c> &lt;b&gt;&nbsp;minute</v>\n\n"
        "00:03.000 --> 00:04.000\n<v Anna>Yes.</v> \n<v Boris>No. <foo>\n\n"
        "00:05.000 --> 00:06.000\n<lang en><i>so</i></lang> 5 < 6",
    )
    assert found == [
        ("Anna & Co", "Wait a <b>\u00a0minute", ""),
        ("Anna", "Yes.", ""),
        ("Boris", "No. <foo>", "it holds <foo>, which WebVTT does not define; kept"),
        ("", "so 5 < 6", ""),
    ]


def test_webvtt_comments_styles_regions_and_names_of_cues_are_passed_over() -> None:
    rows = read(
        "a.vtt",
        "WEBVTT - My talk\nKind: captions\nLanguage: uk\n\nSTYLE\n::cue { }\n\nREGION\nid:a\n\n"
        "NOTE to\nmyself\n\nopening\n00:01.000 --> 00:02.000\nSo",
    )
    assert passed(rows) == [
        "Kind: captions",
        "Language: uk",
        "STYLE\n::cue { }",
        "REGION\nid:a",
        "NOTE to\nmyself",
        "opening",
    ]
    found = recording(rows)
    assert (found.language, found.note, len(found.segments)) == ("uk", "My talk", 1)


def test_webvtt_times_of_srt_are_read_but_said() -> None:
    ((_, text, note),) = cues("a.vtt", "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nSo")
    assert text == "So"
    assert "not WebVTT's" in note


def test_sbv_and_subviewer_are_told_by_their_head() -> None:
    assert texts("a.sbv", "0:00:01.000,0:00:02.000\none[br]two\n \nthree\n\n") == [
        "one[br]two\n \nthree"
    ]
    rows = read("a.sub", "[INFORMATION]\n[TITLE]x\n[SUBTITLE]\n00:00:01.50,00:00:02.00\na[br]b")
    (segment,) = recording(rows).segments
    assert (segment.start, segment.text) == (1500, "a\nb")
    assert len(passed(rows)) == 3


def test_two_languages_in_one_cue_are_told_by_their_scripts() -> None:
    rows = read("a.srt", f"{FIRST}Вставай,\nпора.\nGet up.\n\n{SECOND}Ні.\nNo, 5.")
    found = recording(rows)
    assert [(s.text, s.translation) for s in found.segments] == [
        ("Вставай,\nпора.", "Get up."),
        ("Ні.", "No, 5."),
    ]
    assert (found.language, found.translation_language) == ("und-Cyrl", "und-Latn")
    assert texts("a.srt", f"{FIRST}Він сказав\nOK\n\n{SECOND}Ні.") == ["Він сказав\nOK", "Ні."]


def test_bracketed_sounds_are_no_languages() -> None:
    assert texts("a.srt", f"{FIRST}[yawns] so\n\n{SECOND}[laughs] no") == [
        "[yawns] so",
        "[laughs] no",
    ]


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
LINE = st.lists(WORD.map(lambda w: w.translate(str.maketrans("", "", "<>{}&[]:→-–—"))), max_size=4)
SAID = LINE.map(lambda words: "x " + " ".join(filter(None, words)))
CUE = st.tuples(
    st.integers(0, 10**8), st.integers(0, 10**5), st.lists(SAID, min_size=1, max_size=3)
)


def clock(ms: int, mark: str) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{ms:03}"


@settings(max_examples=40, deadline=None)
@given(st.lists(CUE, min_size=1, max_size=6))
def test_cues_that_are_written_come_back(written: list[tuple[int, int, list[str]]]) -> None:
    expected = [(a, a + b, "\n".join(lines)) for a, b, lines in written]
    srt = "\n\n".join(
        f"{n}\n{clock(a, ',')} --> {clock(b, ',')}\n{text}"
        for n, (a, b, text) in enumerate(expected, start=1)
    )
    vtt = "WEBVTT\n\n" + "\n\n".join(
        f"{clock(a, '.')} --> {clock(b, '.')}\n{text}" for a, b, text in expected
    )
    sbv = "\n\n".join(f"{clock(a, '.')},{clock(b, '.')}\n{text}" for a, b, text in expected)
    for name, content in (("a.srt", srt), ("a.vtt", vtt), ("a.sbv", sbv)):
        found = recording(read(name, content)).segments
        assert [(s.start, s.end, s.text) for s in found] == expected


PIECES = st.sampled_from(
    ["\n", "\n\n", "1", "2\n", "WEBVTT\n", "-->", "00:00:01,000 --> 00:00:02,000\n", "0:0:1.0,",
     "[SUBTITLE]\n", "{1}{2}", "[Events]\n", "Dialogue: 0,", "<v A>", "</v>", "<", "&#9999999;",
     "&amp", "[rus] a\n", "[eng] b\n", "A: ", "да", "NOTE", "\r", "\t", "1.5\t2.5\tx\n", "\ufeff"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.binary(max_size=200))
def test_whatever_stands_in_a_file_gives_rows_or_one_sentence(content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.srt"
        path.write_bytes(data)
        for format_ in subtitles.FORMATS:
            with contextlib.suppress(UnreadableError), Given.open(path, Wishes()) as opened:
                format_.recognises(opened)
                assert all(r.records or r.reason or r.passed_over for r in format_.read(opened))


@pytest.mark.parametrize("evil", ["<b ", "{\\", "<c", "<v x", "&#1", "{\\p1", "[", "1:", "\n"])
def test_long_lines_of_beginnings_take_no_time(evil: str) -> None:
    text = evil * 100_000
    for content in (f"{FIRST}{text}", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n"):
        assert len(recording(read("a.vtt", content)).segments) == 1
    list(markup.voices(text))
