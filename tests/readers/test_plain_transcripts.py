"""Transcripts as plain text: times and speakers at the beginning of lines, and none in prose."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as when
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError
from reviewer.model.records import RecordingRecord
from reviewer.readers import chosen, plain
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.wishes import Wishes
from tests.data import real

WORDS = st.text(st.sampled_from("abcdefghij XYZ'éжшąü.?!-"), min_size=1, max_size=40).filter(
    lambda text: text == text.strip() and any(c.isalpha() for c in text)
)

GOOD = "[00:04] f\n[00:05] g\n[00:06] h\n[00:07] i\n"

Said = list[tuple[int | None, str, str]]


def written(tmp_path: Path, text: str, name: str = "talk.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path, **wishes: str) -> tuple[RecordingRecord, list[Row], list[str]]:
    with Given.open(path, Wishes(**wishes)) as given:
        found = list(chosen(given).read(given))
        remarks = given.remarks
    recording = found[0].records[-1]
    assert isinstance(recording, RecordingRecord)
    return recording, found, remarks


def said(path: Path) -> Said:
    return [(s.start, s.speaker, s.text) for s in read(path)[0].segments]


def is_transcript(path: Path) -> bool:
    with Given.open(path) as given:
        return any(format_.recognises(given) for format_ in plain.FORMATS)


@pytest.mark.parametrize(
    "lines",
    [
        "[00:12:31] ANNA: Hello.\n[00:12:35] BOB: Hm?\n[00:12:40] ANNA: Hello!\n",
        "(00:12:31) ANNA: Hello.\n(00:12:35) BOB: Hm?\n(00:12:40) ANNA: Hello!\n",
        "00:12:31 ANNA: Hello.\n00:12:35 BOB: Hm?\n00:12:40 ANNA: Hello!\n",
        "00:12:31 - ANNA: Hello.\n00:12:35 - BOB: Hm?\n00:12:40 - ANNA: Hello!\n",
        "[12:31]\tANNA: Hello.\r\n[12:35]\tBOB: Hm?\r\n[12:40]\tANNA: Hello!\r\n",
        "ANNA (12:31):\nHello.\n\nBOB (12:35):\nHm?\n\nANNA (12:40):\nHello!\n",
        "ANNA  12:31\nHello.\n\nBOB  12:35\nHm?\n\nANNA  12:40\nHello!\n",
        "[00:12:31.000 --> 00:12:33.000] ANNA: Hello.\n[00:12:35.000 --> 00:12:36.000] BOB: Hm?\n"
        "[00:12:40.000 --> 00:12:41.000] ANNA: Hello!\n",
        "\ufeff[00:12:31] >> ANNA: Hello.\n[00:12:35] >> BOB: Hm?\n[00:12:40] >> ANNA: Hello!",
    ],
    ids=lambda text: text[:28],
)
def test_a_time_and_a_speaker_before_the_words(tmp_path: Path, lines: str) -> None:
    assert said(written(tmp_path, lines)) == [
        (751000, "ANNA", "Hello."),
        (755000, "BOB", "Hm?"),
        (760000, "ANNA", "Hello!"),
    ]


def test_what_speech_recognition_prints_has_both_times(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Detected language: Ukrainian\n[00:00.000 --> 00:05.240]  Добрий день.\n"
        "[00:05.240 --> 00:08.000]  Так.\n[01:00:08.000 --> 01:00:09.500]  [music]\n",
    )
    recording, _, _ = read(path)
    assert [(s.start, s.end, s.text) for s in recording.segments] == [
        (None, None, "Detected language: Ukrainian"),
        (0, 5240, "Добрий день."),
        (5240, 8000, "Так."),
        (3608000, 3609500, "[music]"),
    ]


def test_lines_without_a_beginning_go_on_with_the_utterance_above(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "An interview\n\nQ: Who was there?\nA: I was,\n  and so was he.\n\nAnd she.\n"
        "Q: Example: what did he say?\n(laughs)\nA: He said: nothing.\n",
    )
    assert said(path) == [
        (None, "", "An interview"),
        (None, "Q", "Who was there?"),
        (None, "A", "I was,\n  and so was he.\n\nAnd she."),
        (None, "Q", "Example: what did he say?"),
        (None, "", "(laughs)"),
        (None, "A", "He said: nothing."),
    ]


def test_another_voice_in_the_manner_of_captions(tmp_path: Path) -> None:
    path = written(tmp_path, ">> Hello.\n>> ANNA: Hm.\nYes.\n>> No.\n>>> News.\n")
    assert [(who, text) for _, who, text in said(path)] == [
        ("", "Hello."),
        ("ANNA", "Hm.\nYes."),
        ("", "No."),
        ("", "News."),
    ]


def test_a_time_that_cannot_be_read_is_flagged_and_its_words_stay(tmp_path: Path) -> None:
    path = written(tmp_path, "[00:01] a\n[00:0x] b\n[00:03] c\n[00:02] d\n[99:99:99] e\n" + GOOD)
    recording, found, _ = read(path)
    assert [(s.start, s.text, s.note) for s in recording.segments[:5]] == [
        (1000, "a", ""),
        (None, "b", "its time '00:0x' could not be read"),
        (3000, "c", ""),
        (2000, "d", "begins before the segment above it"),
        (None, "e", "its time '99:99:99' could not be read"),
    ]
    assert found[0].odd == "3 segments were kept and flagged: 2, 4, 5"


@pytest.mark.parametrize(
    "lines",
    [
        "А: Добрий день.\nGood day.\nБ: Так.\nYes.\nА: Ні.\nNo.\nБ: Де?\nWhere?\n",
        "Добрий день.\nGood day.\n\nТак.\nYes.\n\nНі.\nNo.\n\nДе?\nWhere?\n",
        "[00:01] Добрий день.\n[00:01] Good day.\n[00:02] Так.\n[00:02] Yes.\n"
        "[00:03] Ні.\n[00:03] No.\n[00:04] Де?\n[00:04] Where?\n",
    ],
    ids=["speakers", "bare", "times"],
)
def test_lines_in_two_writings_by_turns_are_original_and_translation(
    tmp_path: Path, lines: str
) -> None:
    recording, _, remarks = read(written(tmp_path, lines))
    assert [(s.text, s.translation) for s in recording.segments] == [
        ("Добрий день.", "Good day."),
        ("Так.", "Yes."),
        ("Ні.", "No."),
        ("Де?", "Where?"),
    ]
    assert "translation" in remarks[0]
    assert recording.translation_language == "en"


def test_a_translation_into_a_writing_that_is_not_latin_is_not_said_to_be_english(
    tmp_path: Path,
) -> None:
    lines = "Good day.\nДобрий день.\nYes.\nТак.\nNo.\nНі.\nWhere?\nДе?\n"
    recording, _, _ = read(written(tmp_path, lines))
    assert recording.translation_language == "und"


@pytest.mark.parametrize(
    "prose",
    [
        "",
        "A statement.\n",
        "The minister spoke on Monday.\nHe said: we were not there.\nShe said: you were.\n"
        "He said: no.\nThe talks go on, at 10:30 and at 12:00.\nNobody else spoke.\n"
        "There was no more.\nThe end.\nMore of it.\nAnd more.\nAnd still more.\nIt ends here.\n",
        "From: a@b.c\nTo: d@e.f\nSubject: x\nDate: Monday\n\nDear all,\n\nno.\n\nFrom: g@h.i\n"
        "To: a@b.c\nSubject: Re: x\n\nYes.\n",
        "Claim: The bridge fell.\nVerdict: false\n\nClaim: It stands.\nVerdict: true\n\n"
        "Claim: None.\nVerdict: true\n",
        "10:00 Opening\n10:30 Coffee\n11:00 A talk\n12:30 Lunch\n",
        "1\n00:00:01,000 --> 00:00:02,000\nAnna: Hi.\n\n2\n00:00:03,000 --> 00:00:04,000\nB: x\n",
        "id\ttext\n1\tAnna: Hello\n2\tBob: Hm\n3\tAnna: Hello\n",
        "https://a.example/1\nhttps://a.example/2\nhttps://a.example/3\nhttps://a.example/4\n",
        '{"a": 1}\n{"a": 2}\n{"a": 3}\n',
        "Україна — держава.\nКиїв — столиця.\n\nДніпро — річка.\nThe end.\n",
    ],
    ids=lambda text: text[:24],
)
def test_prose_letters_agendas_and_subtitles_are_no_transcripts(tmp_path: Path, prose: str) -> None:
    assert not is_transcript(written(tmp_path, prose))


@when(st.lists(st.tuples(st.integers(0, 359_999), WORDS), min_size=3, max_size=8))
def test_any_words_after_a_time_come_back(
    tmp_path_factory: pytest.TempPathFactory, cues: list[tuple[int, str]]
) -> None:
    cues.sort(key=lambda cue: cue[0])
    text = "".join(
        f"[{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}] {words}\n" for at, words in cues
    )
    path = written(tmp_path_factory.getbasetemp(), text)
    with Given.open(path, Wishes(format="transcript")) as given:
        (row,) = chosen(given).read(given)
    recording = row.records[-1]
    assert isinstance(recording, RecordingRecord)
    kept = [text for s in recording.segments for text in (s.text, s.translation) if text]
    assert kept == [words for _, words in cues]


def test_a_conference_talk_of_two_comes_turn_by_turn_with_its_stage_notes() -> None:
    path = real("transcripts", "subtitles-clean", "ccc-9812-pad.txt")
    recording, found, _ = read(path)
    assert len(found) == 1
    assert len(recording.segments) == 231
    voices = [segment.speaker for segment in recording.segments]
    assert (voices.count("M"), voices.count("N"), voices.count("Herald")) == (96, 92, 8)
    assert recording.segments[0].text == "*35c3 preroll music*"
    assert recording.segments[3].speaker == "Michael"
    assert kept_all(path, recording)


def test_a_talk_that_is_cut_for_subtitles_is_a_segment_a_block() -> None:
    path = real("transcripts", "subtitles-clean", "ccc-WPWG-125-transcript.txt")
    recording, _, _ = read(path)
    assert len(recording.segments) == 193
    voices = [segment.speaker for segment in recording.segments]
    assert (voices.count("Herald"), voices.count("The one with the braid")) == (5, 3)
    # Nobody is named for the talk itself, and nobody is made up.
    assert recording.segments[2].speaker == ""
    assert recording.segments[2].text.startswith("Hello and welcome to this first talk.\n")
    assert kept_all(path, recording)


def kept_all(path: Path, recording: RecordingRecord) -> bool:
    whole = "".join(path.read_text(encoding="utf-8-sig").split())
    kept = "".join(f"{s.speaker}:{s.text}" if s.speaker else s.text for s in recording.segments)
    return "".join(kept.split()) == whole


def test_no_real_file_of_another_kind_is_taken_for_a_plain_transcript() -> None:
    theirs = {"ccc-9812-pad.txt", "ccc-WPWG-125-transcript.txt", "a11-TEC.txt", "mr3-ATG.txt"}
    found = set()
    for file in sorted(real("transcripts").parent.rglob("*")):
        if file.is_file() and file.stat().st_size < 3_000_000:
            try:
                found |= {file.name} if is_transcript(file) else set()
            except UnreadableError:
                continue
    assert found == theirs | {"mr3-_meta.json"}


# Spacelog


def test_apollo_11_comes_with_every_turn_page_and_time() -> None:
    path = real("transcripts", "spacelog", "a11-TEC.txt")
    recording, found, remarks = read(path)
    assert len(found) == 1
    assert not found[0].odd
    assert len(recording.segments) == 8482
    assert "blocks: 8480; turns: 8482" in remarks
    first, last = recording.segments[0], recording.segments[-1]
    assert (first.start, first.speaker, first.text) == (4000, "CDR", "Roger. Clock.")
    assert first.note == "page 3; Tape 1/1"
    assert last.start == (((8 * 24) + 3) * 60 + 18) * 60_000 + 18_000
    assert last.text == "Splashdown!"
    assert sum("page " in segment.note for segment in recording.segments) == 585
    assert recording.title == "a11-TEC: mission transcript, times since launch"
    text = next(s.text for s in recording.segments if "stationkeep - in P47 and" in s.text)
    assert text.startswith("Columbia, Houston. You can undock at your convenience")
    assert text.count("\n") == 3
    assert not any("[glossary:" in segment.text for segment in recording.segments)
    assert "CMP (COLUMBIA)" in {speaker.label for speaker in recording.speakers}


def test_mercury_3_takes_its_names_from_the_file_beside_it() -> None:
    path = real("transcripts", "spacelog", "mr3-ATG.txt")
    recording, _, remarks = read(path)
    assert len(recording.segments) == 116
    assert recording.title == "Mercury 3: mission transcript, times since launch"
    assert recording.date == "1961-05-05T14:34:13Z"
    names = {speaker.label: speaker.name for speaker in recording.speakers}
    assert names["P"] == "Alan Barlett Shepard, Jr."
    assert names["CC"] == "Capsule Communicator"
    assert names["UNK"] == ""
    assert "from: Mercury-Redstone 3 Postlaunch Memorandum Report http" in recording.note
    noted = [segment for segment in recording.segments if segment.note]
    assert [segment.note for segment in noted] == ["HF was not received"]
    assert noted[0].text == "Ahh, Roger, reading you loud and clear HF, Deke. How me?"
    # The last block has a note and no turn.
    assert recording.segments[-1].text.startswith("Splashdown, following by recovery")
    assert recording.segments[-1].speaker == ""
    assert any("not: name, featured" in remark for remark in remarks)


def test_what_spacelog_keeps_of_a_mission_is_passed_over_by_itself() -> None:
    with Given.open(real("transcripts", "spacelog", "mr3-_meta.json")) as given:
        format_ = next(f for f in plain.FORMATS if f.recognises(given))
        (row,) = format_.read(given)
    assert row.passed_over


def test_times_before_launch_and_days_after_it_are_no_mistakes(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "[-00:01:57:00]\n_page : 1\nPAO: T minus.\n\n[09:00:00:01]\n_lang: ru\nCDR: Да.\n"
        "  Да.\n_note: quietly\nCC (EVA): [glossary:S-IVB|the stage] [inaudible]\n\nnonsense\n",
    )
    recording, found, _ = read(path)
    assert [(s.start, s.speaker, s.text, s.note) for s in recording.segments] == [
        (-7020000, "PAO", "T minus.", "page 1"),
        (777601000, "CDR", "Да.\nДа.", "lang ru; quietly"),
        (777601000, "CC (EVA)", "the stage [inaudible]", ""),
    ]
    assert not found[0].odd
    assert [(row.place, row.raw) for row in found[1:]] == [("line 12", "nonsense")]


def test_a_broken_file_beside_a_mission_is_said_and_does_no_harm(tmp_path: Path) -> None:
    written(tmp_path, "{", "_meta")
    recording, _, remarks = read(written(tmp_path, "[00:00:00:01]\nCC: Go.\n", "TEC"))
    assert recording.title == "TEC: mission transcript, times since launch"
    assert remarks[0].startswith("_meta beside it was not used: not valid JSON")


@pytest.mark.parametrize("name", ["transcript", "spacelog", "spacelog-meta"])
@when(content=st.one_of(st.binary(max_size=80), st.text("[0:1] >-\nAb\t:_*(", max_size=80)))
def test_any_bytes_are_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes | str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    try:
        is_transcript(path)
        with Given.open(path, Wishes(format=name)) as given:
            found = list(chosen(given).read(given))
    except UnreadableError as error:
        assert error.sentence  # noqa: PT017
    else:
        assert all(row.records or row.reason or row.passed_over for row in found)


@pytest.mark.parametrize(
    "content", ["a" * 2_000_000, "Ab: " * 300_000, "[00:01] x\n" + "y\n" * 100_000, "(" * 500_000]
)
def test_long_lines_and_many_of_them_take_no_long_time(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, content)
    with Given.open(path, Wishes(format="transcript")) as given:
        assert list(chosen(given).read(given))
