"""Transcripts in JSON, of machines and of people: every word comes in, once, with its time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError
from reviewer.model.evidence import Held
from reviewer.model.records import RecordingRecord
from reviewer.readers import chosen
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.speech import FORMATS
from reviewer.readers.wishes import Wishes
from tests.data import real

STT = ("transcripts", "stt-json")
BEST = ["alternatives", 0]


def read(path: Path, format_name: str = "") -> tuple[str, list[Row]]:
    with Given.open(path, Wishes(format=format_name)) as opened:
        format_ = chosen(opened)
        return format_.name, list(format_.read(opened))


def recording(path: Path) -> RecordingRecord:
    _, (row, *others) = read(path)
    assert not others
    assert not row.reason
    record = row.records[-1]
    assert isinstance(record, RecordingRecord)
    return record


def written(folder: Path, value: object) -> Path:
    path = folder / "talk.json"
    path.write_text(json.dumps(value))
    return path


def words_of(record: RecordingRecord) -> list[str]:
    return [word for segment in record.segments for word in segment.text.split()]


# Real files


@pytest.mark.parametrize(
    ("name", "format_name", "segments", "words", "last", "tag"),
    [
        ("assemblyai-utterances", "assemblyai", 1, 60, 25_140, "en"),
        ("aws-words-fragment", "aws-transcribe", 3, 4, 9_760, "und"),
        ("cdp-whisper", "council-data", 30, 314, 143_520, "und"),
        ("deepgram-speakers", "deepgram", 22, 226, 163_105, "und"),
        ("deepgram-whisper", "deepgram", 3, 59, 25_560, "und"),
        ("dpe-ted", "digital-paper-edit", 22, 1_454, 701_370, "und"),
        ("gcp-diarization", "google-stt", 58, 1_766, 706_000, "en-US"),
        ("kaldi-speakers", "kaldi", 160, 1_712, 704_340, "und"),
        # 1,896 items, 105 of them points that go to the word before them.
        ("speechmatics-ted", "speechmatics-1", 114, 1_791, 705_920, "en"),
        ("whisper-fr-smartphone", "whisper", 52, 547, 177_420, "fr"),
        ("whisper-laugh", "whisper", 1, 8, 1_720, "fr"),
    ],
)
def test_a_real_transcript_comes_in_whole(
    name: str, format_name: str, segments: int, words: int, last: int, tag: str
) -> None:
    path = real(*STT, f"{name}.json")
    found = recording(path)
    assert read(path)[0] == format_name
    assert len(found.segments) == segments
    assert len(words_of(found)) == words
    assert found.segments[-1].end == last
    assert found.language == tag
    assert found.held is Held.VERBATIM


@pytest.mark.parametrize(
    ("name", "way", "key"),
    [
        ("assemblyai-utterances", ["words"], "text"),
        ("deepgram-speakers", ["results", "channels", 0, *BEST, "words"], "punctuated_word"),
        ("dpe-ted", ["words"], "text"),
        ("gcp-diarization", ["results", 56, *BEST, "words"], "word"),
        ("kaldi-speakers", ["retval", "words"], "punct"),
        ("speechmatics-ted", ["words"], "name"),
    ],
)
def test_every_word_of_a_real_transcript_comes_in_once_and_in_order(
    name: str, way: list[str | int], key: str
) -> None:
    path = real(*STT, f"{name}.json")
    value = json.loads(path.read_text())
    for step in way:
        value = value[step]
    segments = recording(path).segments
    letters = "".join("".join(segment.text.split()) for segment in segments)
    assert letters == "".join("".join(word[key].split()) for word in value)
    starts = [segment.start for segment in segments if segment.start is not None]
    assert starts == sorted(starts)


def test_the_voices_that_the_machine_told_apart_are_kept() -> None:
    labels = [speaker.label for speaker in recording(real(*STT, "deepgram-speakers.json")).speakers]
    assert labels == ["Speaker 0", "Speaker 1", "Speaker 2"]
    kaldi = recording(real(*STT, "kaldi-speakers.json")).speakers
    assert "told apart by the machine" in kaldi[0].known_by
    assert {s.label for s in recording(real(*STT, "dpe-ted.json")).speakers} == {"F_S12", "F_S10"}


def test_the_machine_s_doubts_stand_with_the_words() -> None:
    (laugh,) = recording(real(*STT, "whisper-laugh.json")).segments
    assert "machine's confidence 0.10" in laugh.note
    assert "avg_logprob -1.86" in laugh.note


def test_a_transcript_without_speech_says_so() -> None:
    with Given.open(real(*STT, "whisper-empty.json"), Wishes()) as opened:
        (row,) = chosen(opened).read(opened)
        assert row.passed_over
        assert opened.remarks == ["it holds no words: no speech was heard."]


def test_a_file_that_only_has_whisper_s_form_is_not_said_to_be_whisper_s() -> None:
    found = recording(real("transcripts", "bilingual", "talk-2004.whisper.json"))
    assert len(found.segments) == 110
    assert found.language == "en"
    assert found.transcribed_by == "not said; the file is in the form that Whisper writes"


def test_a_podcast_and_a_chat_name_their_speakers() -> None:
    podcast = recording(real("transcripts", "subtitles-clean", "podcast.json"))
    assert [segment.text for segment in podcast.segments] == [
        "I",
        "am",
        "your",
        "father.",
        "Nooooo",
    ]
    chat = recording(real("transcripts", "subtitles-clean", "seenunseen-E01-chat.json"))
    assert len(chat.segments) == 42
    assert {speaker.label for speaker in chat.speakers} >= {"Amit Varma", "Guest 1", "Unknown"}
    assert chat.segments[-1].start == (19 * 60 + 11) * 1000
    assert chat.segments[-1].end is None


def test_an_oral_argument_of_the_supreme_court() -> None:
    path = real("transcripts", "court", "oyez-katz-1967.35-t01.json")
    found = recording(path)
    assert len(found.segments) == 921
    assert found.segments[-1].end == 5_837_503
    assert found.language == "en"
    assert found.source == "Oyez"
    assert found.date == "1967-10-17"
    assert found.title.startswith("Katz v. United States (No. 35, 1967 term)")
    assert found.url.endswith(".delivery.mp3")
    roles = {speaker.name: speaker.known_by for speaker in found.speakers}
    assert roles["Earl Warren"] == "named by Oyez as Chief Justice of the United States"
    assert roles["Burton Marks"] == "named by Oyez"
    raw = json.loads(path.read_text())["transcript"]
    blocks = [
        (block["text"], (turn["speaker"] or {"name": ""})["name"])
        for section in raw["sections"]
        for turn in section["turns"]
        for block in turn["text_blocks"]
    ]
    assert [(segment.text, segment.speaker) for segment in found.segments] == blocks
    assert (
        "3 sections: 1 at segment 1 (00:00:00.000); 2 at segment 327 (00:29:58.949)" in found.note
    )


def test_other_json_is_left_to_other_readers() -> None:
    folder = real("transcripts").parent
    others = [path for path in folder.rglob("*.json") if path.stat().st_size < 1_000_000]
    for path in others:
        if path.is_relative_to(folder / "transcripts" / "stt-json"):
            continue
        with Given.open(path, Wishes()) as opened:
            caught = any(format_.recognises(opened) for format_ in FORMATS)
        ours = {"talk-2004.whisper.json", "podcast.json", "seenunseen-E01-chat.json"}
        assert caught == (path.name in ours or path.name.startswith("oyez-")), path


# Whisper's kin

SEGMENT = {"id": 0, "seek": 0, "start": 0.0, "end": 2.5, "text": " Hello there."}


@for_any(
    st.lists(
        st.tuples(
            st.integers(0, 10**7),
            st.integers(0, 10**7),
            st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda t: t == t.strip()),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_written_as_whisper_writes_it_comes_back(
    tmp_path_factory: pytest.TempPathFactory, cues: list[tuple[int, int, str]]
) -> None:
    segments = [
        {"seek": 0, "start": start / 1000, "end": end / 1000, "text": f" {text}"}
        for start, end, text in cues
    ]
    folder = tmp_path_factory.mktemp("whisper")
    found = recording(written(folder, {"segments": segments, "language": "uk"}))
    assert [(s.start, s.end, s.text) for s in found.segments] == cues


def test_a_bare_list_of_segments_and_one_line_of_json_are_read(tmp_path: Path) -> None:
    found = recording(written(tmp_path, [SEGMENT]))
    assert [(s.start, s.end, s.text) for s in found.segments] == [(0, 2_500, "Hello there.")]
    assert found.transcribed_by == "machine (Whisper)"


def test_spans_of_characters_are_no_transcript(tmp_path: Path) -> None:
    spans = [{"start": 0, "end": 5, "text": "Paris", "label": "LOC"}]
    with Given.open(written(tmp_path, spans), Wishes()) as opened:
        assert not any(format_.recognises(opened) for format_ in FORMATS)


def test_whisperx_brings_its_speakers_and_its_words_once(tmp_path: Path) -> None:
    word = {"word": "Hello", "start": 0.0, "end": 1.0, "score": 0.9, "speaker": "SPEAKER_01"}
    segment = {"start": 0.0, "end": 2.5, "text": " Hello", "speaker": "SPEAKER_00"}
    segment["words"] = [word]  # type: ignore[assignment]
    found = recording(written(tmp_path, {"segments": [segment], "word_segments": [word]}))
    (only,) = found.segments
    assert (only.text, only.speaker) == ("Hello", "SPEAKER_00")
    assert only.note == "the machine heard other voices in it: SPEAKER_01"
    assert found.transcribed_by == "machine (WhisperX)"


def test_what_whisper_itself_distrusts_is_said(tmp_path: Path) -> None:
    numbers = {"avg_logprob": -0.2, "no_speech_prob": 0.71, "compression_ratio": 3.14}
    (only,) = recording(written(tmp_path, [{**SEGMENT, **numbers}])).segments
    assert only.note == (
        "Whisper took it for silence (no_speech_prob 0.71); "
        "Whisper doubts it: it repeats itself (compression_ratio 3.1)"
    )


def test_words_without_segments_are_cut_as_the_text_has_them(tmp_path: Path) -> None:
    words = [{"word": w, "start": n, "end": n + 0.9} for n, w in enumerate(["Yes", "I", "see"])]
    value = {"task": "transcribe", "language": "english", "text": "Yes. I see.", "words": words}
    found = recording(written(tmp_path, value))
    assert words_of(found) == ["Yes", "I", "see"]
    assert found.language == "en"


def test_a_translation_by_the_machine_is_not_passed_off_as_the_words_spoken(
    tmp_path: Path,
) -> None:
    found = recording(
        written(tmp_path, {"task": "translate", "language": "russian", "segments": [SEGMENT]})
    )
    assert found.held is Held.TRANSLATION
    assert (found.language, found.translated_by) == ("en", "machine (Whisper)")
    assert found.note == "The machine's own translation into English; it heard: ru."


def test_whisper_cpp_counts_milliseconds(tmp_path: Path) -> None:
    value = {
        "model": {"type": "base"},
        "params": {"language": "uk", "translate": False},
        "result": {"language": "uk"},
        "transcription": [{"offsets": {"from": 1200, "to": 2500}, "text": " Так."}],
    }
    found = recording(written(tmp_path, value))
    assert [(s.start, s.end, s.text) for s in found.segments] == [(1_200, 2_500, "Так.")]
    assert (found.language, found.transcribed_by) == ("uk", "machine (whisper.cpp, base)")


# What is broken


def test_a_time_that_cannot_be_read_is_said_and_its_words_are_kept(tmp_path: Path) -> None:
    broken = {**SEGMENT, "start": "0x", "end": 1e300}
    (_, only) = recording(written(tmp_path, [SEGMENT, broken])).segments
    assert (only.text, only.start, only.end) == ("Hello there.", None, None)
    assert only.note == "its time '0x' could not be read; its time '1e+300' could not be read"


def test_what_holds_no_text_is_refused_with_its_place(tmp_path: Path) -> None:
    _, found = read(written(tmp_path, [SEGMENT, 7, {"start": 1, "end": 2}]))
    assert [(row.place, row.reason) for row in found[1:]] == [
        ("segment 2", "it holds no text"),
        ("segment 3", "it holds no text"),
    ]


def test_a_format_that_was_asked_for_and_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="not a transcript of Deepgram"):
        read(written(tmp_path, [SEGMENT]), "deepgram")
