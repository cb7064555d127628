"""TTML, ASS, MicroDVD, sync maps and labels by small examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.errors import UnreadableError
from reviewer.model.records import RecordingRecord
from reviewer.readers import subtitles
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.subtitles.ttml_time import Rates, milliseconds
from reviewer.readers.wishes import Wishes

TT = '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
ASS = "[Script Info]\nTitle: A talk\n\n[Events]\n"
ORDER = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"


@pytest.fixture
def read(tmp_path: Path):
    def reading(name: str, content: str, wishes: Wishes | None = None) -> list[Row]:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        with Given.open(path, wishes or Wishes()) as opened:
            format_ = next(f for f in subtitles.FORMATS if f.recognises(opened))
            return list(format_.read(opened))

    return reading


def recordings(rows: list[Row]) -> list[RecordingRecord]:
    return [r for row in rows for r in row.records if isinstance(r, RecordingRecord)]


def timed(rows: list[Row]) -> list[tuple[int | None, int | None, str]]:
    return [(s.start, s.end, s.text) for s in recordings(rows)[0].segments]


@pytest.mark.parametrize(
    ("said", "ms"),
    [
        ("00:00:01.5", 1500),
        ("00:00:01", 1000),
        ("100:00:00.000", 360_000_000),
        ("00:00:01:12", 1480),
        ("1.5s", 1500),
        ("1500ms", 1500),
        ("2m", 120_000),
        ("1h", 3_600_000),
        ("25f", 1000),
        ("10000000t", 1000),
        ("1374000000t", 137_400),
        ("19.764", 19_764),
        ("1:00.998", 60_998),
        ("-1s", None),
        ("soon", None),
        ("999999999999999h", None),
    ],
)
def test_every_way_that_ttml_writes_a_time(said: str, ms: int | None) -> None:
    assert milliseconds(said, Rates(frame=Rates().frame * 25 / 30, tick=Rates().tick * 10**7)) == ms


def test_frames_count_by_the_rate_that_the_file_states(read) -> None:
    head = f'{TT} xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="30"'
    body = '<body><div><p begin="00:00:01:15" dur="30f">So</p></div></body></tt>'
    assert timed(read("a.ttml", f"{head}>{body}")) == [(1500, 2500, "So")]
    ntsc = f'{head} ttp:frameRateMultiplier="1000 1001">{body}'
    assert timed(read("a.ttml", ntsc)) == [(1500, 2501, "So")]


def test_spans_and_breaks_are_text_and_blanks_are_as_xml_means_them(read) -> None:
    body = (
        '<body><div><p begin="1s" end="2s">\n  It <span>seems</span>\n  <br/>\n  so.\n</p>'
        '<p begin="3s" end="4s" xml:space="preserve"> a  b </p></div></body></tt>'
    )
    assert timed(read("a.ttml", f"{TT}>{body}")) == [
        (1000, 2000, "It seems\nso."),
        (3000, 4000, " a  b "),
    ]


def test_times_nest_as_the_standard_says_unless_they_then_lie_outside(read) -> None:
    nested = '<body><div begin="10s" end="20s"><p begin="{}" end="{}">So</p></div></body></tt>'
    assert timed(read("a.ttml", f"{TT}>{nested.format('1s', '2s')}")) == [(11_000, 12_000, "So")]
    assert timed(read("a.ttml", f"{TT}>{nested.format('11s', '12s')}")) == [(11_000, 12_000, "So")]


def test_an_agent_is_a_speaker_with_the_name_that_the_head_gives(read) -> None:
    head = (
        '<head><ttm:title>Talk</ttm:title><ttm:agent xml:id="a" type="person">'
        '<ttm:name type="full">Anna B.</ttm:name></ttm:agent></head>'
    )
    body = (
        '<body><div><p begin="1s" end="2s" ttm:agent="a">Yes.</p><p begin="3s" end="4s">'
        '<span ttm:agent="a">No.</span> <span ttm:agent="b">Oh.</span></p></div></body></tt>'
    )
    (found,) = recordings(read("a.ttml", f"{TT}>{head}{body}"))
    assert found.title == "Talk"
    assert [(s.speaker, s.text) for s in found.segments] == [
        ("a", "Yes."),
        ("a", "No."),
        ("b", "Oh."),
    ]
    assert [(s.label, s.name) for s in found.speakers] == [("a", "Anna B."), ("b", "")]


def test_spans_that_alone_have_times_are_cues(read) -> None:
    body = (
        '<body><div><p><span begin="1s" end="2s">a</span><span begin="2s" end="3s">b</span></p>'
        "</div></body></tt>"
    )
    assert timed(read("a.ttml", f"{TT}>{body}")) == [(1000, 2000, "a"), (2000, 3000, "b")]


def test_what_is_broken_in_ttml_is_kept_or_refused(read) -> None:
    body = '<body>loose<div><p begin="soon" end="2s">So</p></div></body></tt>'
    rows = read("a.ttml", f"{TT}>{body}")
    (segment,) = recordings(rows)[0].segments
    assert (segment.start, segment.end, segment.note) == (
        None,
        2000,
        "its time 'soon' could not be read",
    )
    assert [(row.raw, row.reason) for row in rows if row.reason] == [
        ("loose", "stands outside of any p")
    ]


def test_two_languages_of_a_ttml_are_text_and_translation(read) -> None:
    div = '<div xml:lang="{}"><p begin="1s" end="2s">{}</p></div>'
    said = (("uk", "Так"), ("en", "Yes"), ("de", "Ja"))
    body = f"<body>{''.join(div.format(*one) for one in said)}</body></tt>"
    both, third = recordings(read("a.ttml", f"{TT}>{body}"))
    assert (both.language, both.translation_language) == ("uk", "en")
    assert (both.segments[0].text, both.segments[0].translation) == ("Так", "Yes")
    assert (third.id, third.language, third.segments[0].text) == ("a/de", "de", "Ja")


@pytest.mark.parametrize("content", ["<tt><p>", "<smil", "<tt>&x;</tt>"])
def test_broken_xml_is_refused_with_its_line(read, content: str) -> None:
    with pytest.raises(UnreadableError, match=r"not well-formed XML: .* at line 1"):
        read("a.ttml", content)


def test_ass_speaks_by_name_and_loses_only_its_overrides(read) -> None:
    rows = read(
        "a.ass",
        f"{ASS}{ORDER}"
        "Dialogue: 0,0:00:01.50,0:00:02.00,Default,Anna,0,0,0,,{\\i1}Yes, well\\Nno\\h.\n"
        "Comment: 0,0:00:01.50,0:00:02.00,Default,,0,0,0,,not shown\n"
        "Dialogue: 0,0:00:0x,0:00:03.00,Default,,0,0,0,,{a remark}So\n"
        "Dialogue: 0,broken\nnonsense\n",
    )
    (found,) = recordings(rows)
    first, second = found.segments
    assert found.title == "A talk"
    assert (first.start, first.end, first.speaker) == (1500, 2000, "Anna")
    assert first.text == "Yes, well\nno\u00a0."
    assert (second.start, second.text) == (None, "So")
    assert second.note == "its time '0:00:0x' could not be read; a comment stood in it: {a remark}"
    assert [row.place for row in rows if row.passed_over] == ["line 7"]
    assert [(row.place, row.reason) for row in rows if row.reason] == [
        ("line 9", "has 2 fields of 10"),
        ("line 10", "is neither Dialogue nor Comment"),
    ]


def test_microdvd_counts_in_frames_and_invents_no_rate(read) -> None:
    rows = read("a.sub", "{1}{1}25.0\n{25}{50}{y:i}one|two\nnonsense")
    assert timed(rows) == [(1000, 2000, "one\ntwo")]
    assert [row.place for row in rows if row.reason] == ["line 3"]
    (segment,) = recordings(read("b.sub", "{25}{50}one"))[0].segments
    assert (segment.start, segment.end) == (None, None)
    assert segment.note.startswith("frames 25 to 50; how long a frame is")


def test_labels_of_audacity_keep_what_is_broken_apart(read) -> None:
    rows = read(
        "a.txt", "1.500000\t2.000000\tSo\n\\\t100.0\t200.0\n2,5\t3,0\tно\n4.0\t5.0\tx\nbad\n"
    )
    assert timed(rows) == [(1500, 2000, "So"), (2500, 3000, "но"), (4000, 5000, "x")]
    assert [row.place for row in rows if row.passed_over] == ["line 2"]
    assert [row.place for row in rows if row.reason] == ["line 5"]


def test_a_table_of_whole_numbers_and_words_is_no_list_of_labels(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("1\t2\tA claim\n2\t3\tAnother\n", encoding="utf-8")
    with Given.open(path, Wishes()) as opened:
        assert not any(f.recognises(opened) for f in subtitles.FORMATS)


def test_quotes_within_a_sync_map_stay_as_they_were_said(read) -> None:
    rows = read("a.csv", 'f1,0.0,1.0,"He said "no""\nf2,1.0,2.0,"a, ""b"""\n')
    assert [text for _, _, text in timed(rows)] == ['He said "no"', 'a, "b"']


def test_a_sync_map_of_json_is_read_whole_and_its_damage_said(read) -> None:
    rows = read(
        "a.json",
        '{"fragments": [{"begin": "0.0", "end": "x", "language": "en", "lines": ["a", "b"]},'
        ' {"begin": "1.0", "end": "2.0", "language": ["en"], "lines": 7}, 3]}',
    )
    assert timed(rows) == [(0, None, "a\nb")]
    assert recordings(rows)[0].segments[0].note == "its time 'x' could not be read"
    assert [row.place for row in rows if row.reason] == ["fragment 2", "fragment 3"]


def test_smil_that_carries_words_is_read(read) -> None:
    par = (
        '<par><text>So</text><audio src="a.mp3" clipBegin="npt=1.5s" clipEnd="0:00:02.000"/></par>'
    )
    assert timed(read("a.smil", f"<smil><body>{par}</body></smil>")) == [(1500, 2000, "So")]
