"""Each engine's JSON has quirks of its own, and each is read as its engine means it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

from reviewer.model.records import RecordingRecord, SegmentRecord
from reviewer.readers import chosen
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.wishes import Wishes
from tests.readers.test_speech_samples import (
    ASSEMBLY,
    AWS,
    AZURE,
    AZURE_FAST,
    CHAT,
    COUNCIL,
    DEEPGRAM,
    GOOGLE,
    KALDI,
    OYEZ,
    PAPER,
    REV,
    SPEECHMATICS,
    SPEECHMATICS_1,
    WATSON,
    aws_word,
    google_word,
)


def rows(folder: Path, value: object) -> tuple[str, list[Row]]:
    path = folder / "talk.json"
    path.write_text(json.dumps(value))
    with Given.open(path, Wishes()) as opened:
        format_ = chosen(opened)
        return format_.name, list(format_.read(opened))


def recording(folder: Path, value: object) -> RecordingRecord:
    _, found = rows(folder, value)
    record = found[0].records[-1]
    assert isinstance(record, RecordingRecord)
    return record


def told(segments: tuple[SegmentRecord, ...]) -> list[tuple[str, str, int | None, int | None]]:
    return [(s.speaker, s.text, s.start, s.end) for s in segments]


def test_the_words_that_google_repeats_with_their_voices_are_taken_once(tmp_path: Path) -> None:
    found = recording(tmp_path, GOOGLE)
    assert told(found.segments) == [
        ("Speaker 1", "Hello", 0, 500),
        ("Speaker 2", "there", 1_000, 1_500),
        ("Speaker 2", "yes", 2_000, 2_500),
    ]
    assert found.language == "uk-UA"


def test_google_may_repeat_them_with_other_capitals_and_with_words_of_its_own(
    tmp_path: Path,
) -> None:
    value = copy.deepcopy(GOOGLE)
    last = value["results"][2]["alternatives"][0]
    last["words"][2]["word"] = "Yes."
    last["words"].append(google_word("Thanks", 3, 1))
    last["transcript"] = " Thanks"
    found = recording(tmp_path, value)
    assert " ".join(s.text for s in found.segments) == "Hello there Yes. Thanks"


def test_results_that_are_no_repetition_all_come_in(tmp_path: Path) -> None:
    value = {"results": GOOGLE["results"][:2] * 2}
    found = recording(tmp_path, value)
    assert [s.text for s in found.segments] == ["Hello there", "yes", "Hello there", "yes"]


def test_google_without_times_keeps_its_texts(tmp_path: Path) -> None:
    alternatives = [{"transcript": "hello", "confidence": 0.9}, {"transcript": "hallo"}]
    value = {"results": [{"alternatives": alternatives, "resultEndTime": "3.200s"}, {}]}
    _, (row, refused) = rows(tmp_path, value)
    record = row.records[-1]
    assert isinstance(record, RecordingRecord)
    assert told(record.segments) == [("", "hello", None, 3_200)]
    assert record.note.startswith("In 1 place the machine offered other readings")
    assert (refused.place, refused.reason) == ("result 2", "it holds no text")


def test_aws_sets_voices_apart_and_gives_punctuation_no_time(tmp_path: Path) -> None:
    found = recording(tmp_path, AWS)
    assert told(found.segments) == [
        ("spk_0", "Fire?", 100, 500),
        ("spk_1", "No.", 600, 1_100),
        ("spk_1", "Wait.", 1_200, 1_900),
    ]
    assert (found.title, found.language) == ("call 7", "en-US")
    assert not any(segment.note for segment in found.segments)


def test_aws_channels_are_cut_apart_and_put_in_the_order_of_their_times(tmp_path: Path) -> None:
    left = [aws_word("Over", "0.1", "0.5"), aws_word("here", "0.6", "0.9")]
    right = [aws_word("Copy", "0.5", "0.8")]
    channels = [
        {"channel_label": "ch_0", "items": left},
        {"channel_label": "ch_1", "items": right},
    ]
    results = {
        "transcripts": [],
        "items": [left[0], right[0], left[1]],
        "channel_labels": {"channels": channels},
    }
    found = recording(tmp_path, {"results": results})
    assert told(found.segments) == [("ch_0", "Over here", 100, 900), ("ch_1", "Copy", 500, 800)]


def test_aws_s_own_segments_are_taken_where_they_hold_all_the_words(tmp_path: Path) -> None:
    first = {"transcript": "Fire? No.", "start_time": "0.1", "end_time": "1.1"}
    second = {"transcript": "Wait.", "start_time": "1.2", "end_time": "1.9"}
    for segments, texts in (
        ([first, second], ["Fire? No.", "Wait."]),
        ([first], ["Fire?", "No.", "Wait."]),
    ):
        value = {"results": {**AWS["results"], "audio_segments": segments}}  # type: ignore[dict-item]
        assert [s.text for s in recording(tmp_path, value).segments] == texts


def test_an_item_of_aws_without_a_word_is_refused(tmp_path: Path) -> None:
    empty = {"type": "pronunciation", "start_time": "1.0", "alternatives": []}
    _, (_, refused) = rows(tmp_path, [aws_word("Yes", "0.1", "0.5"), empty])
    assert (refused.place, refused.reason) == ("item 2", "it holds no text")


def test_deepgram_s_channels_come_in_the_order_of_their_times(tmp_path: Path) -> None:
    found = recording(tmp_path, DEEPGRAM)
    assert [(s.speaker, s.text) for s in found.segments] == [
        ("channel 0", "Так."),
        ("channel 1", "Чую."),
        ("channel 0", "Ні."),
    ]
    assert (found.language, found.transcribed_by) == ("uk", "machine (Deepgram nova)")


def test_utterances_that_leave_words_out_are_not_trusted(tmp_path: Path) -> None:
    value = {**DEEPGRAM, "results": {"channels": DEEPGRAM["results"]["channels"][:1]}}  # type: ignore[index]
    value["results"]["utterances"] = [{"start": 0.5, "end": 0.9, "transcript": "Так."}]
    assert [s.text for s in recording(tmp_path, value).segments] == ["Так.", "Ні."]


def test_assemblyai_counts_milliseconds(tmp_path: Path) -> None:
    found = recording(tmp_path, ASSEMBLY)
    assert told(found.segments) == [("A", "Yes.", 100, 400), ("B", "No.", 450, 800)]
    assert found.segments[0].note == "machine's confidence 0.20"
    assert (found.url, found.language) == ("https://example.org/a.mp3", "en-US")


def test_watson_keeps_the_first_reading_and_refuses_a_passing_guess(tmp_path: Path) -> None:
    _, (row, refused) = rows(tmp_path, WATSON)
    record = row.records[-1]
    assert isinstance(record, RecordingRecord)
    assert told(record.segments) == [
        ("Speaker 0", "are you there", 100, 900),
        ("Speaker 1", "yes", 1_000, 1_400),
    ]
    assert record.note.startswith("In 1 place the machine offered other readings")
    assert (refused.place, refused.reason) == (
        "result 2",
        "a guess that the machine went on to mend",
    )


def test_speechmatics_puts_a_point_to_its_word(tmp_path: Path) -> None:
    assert told(recording(tmp_path, SPEECHMATICS).segments) == [("S1", "Так.", 100, 500)]
    first = recording(tmp_path, SPEECHMATICS_1)
    assert told(first.segments) == [("M1", "Yes.", 1_000, 1_500)]
    assert first.title == "a.mp4"


def test_azure_counts_ticks_or_milliseconds(tmp_path: Path) -> None:
    batch = recording(tmp_path, AZURE)
    assert told(batch.segments) == [("Speaker 1", "Так.", 120, 2_120)]
    assert batch.segments[0].note == "machine's confidence 0.40"
    assert batch.language == "uk-UA"
    assert told(recording(tmp_path, AZURE_FAST).segments) == [("", "Yes.", 40, 840)]


def test_rev_s_values_make_up_the_text_with_their_blanks(tmp_path: Path) -> None:
    found = recording(tmp_path, REV)
    assert told(found.segments) == [("Speaker 0", "Hi, Jo-Ann.", 500, 1_500)]


def test_a_word_outside_every_turn_has_no_speaker(tmp_path: Path) -> None:
    kaldi_ = recording(tmp_path, KALDI)
    assert [(s.speaker, s.text) for s in kaldi_.segments] == [("S0", "Yes."), ("", "No.")]
    paper = recording(tmp_path, PAPER)
    assert [(s.speaker, s.text) for s in paper.segments] == [("Ann", "One."), ("", "Two.")]


def test_two_speakers_of_one_name_stay_two(tmp_path: Path) -> None:
    _, (row, refused) = rows(tmp_path, OYEZ)
    record = row.records[-1]
    assert isinstance(record, RecordingRecord)
    assert [s.speaker for s in record.segments] == ["J. Doe", "J. Doe (j_2)", ""]
    assert record.note.endswith("Oyez says: damaged: the first minute is missing.")
    assert (refused.place, refused.reason) == ("section 1, turn 4", "it holds no text")


def test_a_council_s_transcript_and_a_chat(tmp_path: Path) -> None:
    council = recording(tmp_path, COUNCIL)
    assert told(council.segments) == [("Speaker 3", "Good morning.", 0, 2_500)]
    assert (council.date, council.transcribed_by) == ("2023-01-11T05:28:03", "machine (CDP)")
    assert told(recording(tmp_path, CHAT).segments) == [("Ann", "Hi", 3_723_500, None)]
