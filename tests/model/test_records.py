"""What a file may bring into a case is checked at the door, once."""

from __future__ import annotations

import datetime

import pytest
from pydantic import ValidationError

from reviewer.model.records import (
    RECORDS,
    ClaimRecord,
    Ms,
    RatingRecord,
    Record,
    RecordingRecord,
    SegmentRecord,
    StatementRecord,
)

CLAIM = {"id": "c-1", "text": "498 dead."}
STATEMENT = {"id": "s", "source": "gur", "language": "uk", "held": "verbatim", "text": "так"}


def reason(model: type[Record], raw: dict[str, object]) -> str:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(raw)
    return str(caught.value)


@pytest.mark.parametrize(
    "date",
    [
        "",
        "2022",
        "2022-03",
        "2022-03-07",
        "2022-03-07T14:05",
        "2022-03-07T14:05:00Z",
        "2022-03-07 14:05:00.250+02:00",
        "2022-03-07T14:05:00+0200",
        "2024-02-29",
    ],
)
def test_a_date_is_as_exact_as_is_known_and_is_kept_as_it_was_written(date: str) -> None:
    assert ClaimRecord.model_validate({**CLAIM, "date": date}).date == date


@pytest.mark.parametrize(
    "date",
    [
        "yesterday",
        "7 March 2022",
        "07.03.2022",
        "22",
        "2022-3-7",
        "2022-13",
        "2022-02-30",
        "2023-02-29",
        "2022-03-07T25:00",
        "2022-03-07T",
        "0000",
        "٢٠٢٢",
        "2022\n",
    ],
)
def test_what_stands_in_no_calendar_is_no_date(date: str) -> None:
    assert "not a date; write 2022" in reason(ClaimRecord, {**CLAIM, "date": date})


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (datetime.date(2022, 3, 7), "2022-03-07"),
        (datetime.datetime(2022, 3, 7, 14, 5), "2022-03-07T14:05:00"),
        (datetime.datetime(2022, 3, 7, 14, 5, tzinfo=datetime.UTC), "2022-03-07T14:05:00+00:00"),
    ],
)
def test_tomls_own_dates_are_taken_as_they_are_written(date: object, text: str) -> None:
    assert ClaimRecord.model_validate({**CLAIM, "date": date}).date == text


def test_a_time_of_day_alone_is_no_date() -> None:
    assert "not a date" in reason(ClaimRecord, {**CLAIM, "date": datetime.time(14, 5)})


@pytest.mark.parametrize(
    ("clock", "ms"),
    [
        ("0", 0),
        ("7", 7_000),
        ("7.5", 7_500),
        ("7,05", 7_050),
        ("90.001", 90_001),
        ("01:02.250", 62_250),
        ("99:59", 5_999_000),
        ("1:00:00", 3_600_000),
        ("00:00:01.195", 1_195),
        ("120:00:00", 432_000_000),
        (None, None),
    ],
)
def test_a_time_in_a_recording_is_read_to_the_millisecond(clock: str | None, ms: int) -> None:
    assert SegmentRecord.model_validate({"text": "x", "start": clock}).start == ms


@pytest.mark.parametrize(
    "clock",
    [
        "",
        "x",
        "1:2:3:4",
        "1.2345",
        "1:",
        ":30",
        "01:75",
        "--1",
        "1:60:00",
        "01:00:60.000",
        "٧",
        "1e3",
        12,
        12.5,
        True,
        "9" * 30,
        "9" * 5000,
    ],
)
def test_what_no_player_shows_is_no_time(clock: object) -> None:
    said = reason(SegmentRecord, {"text": "x", "start": clock})
    assert "not a time; write SS.mmm, MM:SS.mmm or HH:MM:SS.mmm" in said


def test_a_segment_is_kept_as_it_was_found_however_odd() -> None:
    odd = {"text": "one\ntwo", "start": "2", "end": "1", "note": "ends before it begins"}
    segment = SegmentRecord.model_validate(odd)
    assert (segment.text, segment.start, segment.end) == ("one\ntwo", 2000, 1000)
    assert SegmentRecord.model_validate({"text": "", "start": "-00:01.500"}).start == -1500
    assert SegmentRecord.model_validate({"text": "x", "start": "123:00:01"}).start == 442_801_000


def test_a_reader_of_ours_counts_milliseconds_and_a_file_may_not() -> None:
    assert SegmentRecord.model_validate({"text": "x", "start": Ms(12)}).start == 12
    assert "not a time" in reason(SegmentRecord, {"text": "x", "start": 12})


def test_a_rating_is_somebody_elses_word() -> None:
    raw = {"claim": "c-1", "source": "politifact", "rating": "Pants on Fire!"}
    assert RatingRecord.model_validate(raw).rating == "Pants on Fire!"
    assert "rating" in reason(RatingRecord, {**raw, "rating": ""})


def test_a_recording_has_segments() -> None:
    raw = {"id": "r", "source": "s", "language": "uk", "held": "verbatim", "segments": []}
    assert "segments" in reason(RecordingRecord, raw)


@pytest.mark.parametrize("id_", ["c-1", "Справа №7", "x" * 200, "a b", "[bold]"])
def test_an_id_is_any_short_text_that_can_be_seen(id_: str) -> None:
    assert ClaimRecord.model_validate({**CLAIM, "id": id_}).id == id_


@pytest.mark.parametrize(
    "id_", ["", " ", "x" * 201, "a\nb", "a\x1b[2J", "a\u202eb", "a\u200bb", "a\x00", " a", "a "]
)
def test_an_id_that_cannot_be_seen_or_typed_is_refused(id_: str) -> None:
    assert "not an id" in reason(ClaimRecord, {**CLAIM, "id": id_})


@pytest.mark.parametrize("key", ["text", "claimant", "context", "id"])
def test_half_a_character_is_refused_wherever_it_stands(key: str) -> None:
    reason(ClaimRecord, {**CLAIM, key: "\ud83d"})


def test_an_unknown_key_is_refused_so_that_a_typing_error_is_never_lost() -> None:
    assert "langauge" in reason(StatementRecord, {**STATEMENT, "langauge": "uk"})


@pytest.mark.parametrize("model", RECORDS.values(), ids=lambda model: model.kind_name)
def test_a_record_does_not_change_once_it_is_read(model: type[Record]) -> None:
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"


def test_hostile_text_is_kept_letter_for_letter() -> None:
    text = "\x1b]52;c;AAAA\x07 [/x] \u202e\x00\r\n\ufeff"
    assert StatementRecord.model_validate({**STATEMENT, "text": text}).text == text
