"""The records of the case format (docs/case-format.md): what a file may bring into a case.

What comes from outside is checked here, once, before it becomes evidence.
"""

import re
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from reviewer.model.canonical import Json
from reviewer.model.evidence import STANCES, Held, Stance

DATE = re.compile(
    r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII
)
# Minutes and seconds go up to 59 below a larger unit, and without bound as the largest.
CLOCK = re.compile(
    r"(-)?(?:(?:(\d{1,9}):(?=[0-5]?\d:))?(\d{1,2}):(?=[0-5]?\d(?:[.,]|\Z)))?(\d{1,6})"
    r"(?:[.,](\d{1,3}))?",
    re.ASCII,
)
LONGEST_ID = 200


class Ms(int):
    """Milliseconds that a reader has counted. A bare number in a file does not say its unit."""


def _date(value: object) -> object:
    # TOML has dates of its own; written without quotes they arrive as such.
    dated = not isinstance(value, str) and hasattr(value, "isoformat")
    text = value.isoformat() if dated else value  # type: ignore[attr-defined]
    if isinstance(text, str) and text and not is_date(text):
        raise ValueError("not a date; write 2022, 2022-03, 2022-03-07 or 2022-03-07T14:05:00Z")
    return text


def is_date(text: str) -> bool:
    """Whether a text is a date of the case format, and of the calendar."""
    return DATE.fullmatch(text) is not None and _in_calendar(text)


def _in_calendar(date: str) -> bool:
    whole = {4: f"{date}-01-01", 7: f"{date}-01"}.get(len(date), date)
    try:
        datetime.fromisoformat(whole)
    except ValueError:
        return False
    return True


def _clock(value: object) -> object:
    if value is None or isinstance(value, Ms):
        return value
    # A bare number is refused: 12 might be seconds or milliseconds.
    match = CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("not a time; write SS.mmm, MM:SS.mmm or HH:MM:SS.mmm")
    minus, hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    ms = whole * 1000 + int((fraction or "0").ljust(3, "0"))
    return -ms if minus else ms


def _identifier(value: str) -> str:
    if not value or value != value.strip() or len(value) > LONGEST_ID or not value.isprintable():
        raise ValueError(f"not an id; it needs 1 to {LONGEST_ID} printable characters")
    return value


# A bound on the length has pydantic look at the characters: half of one is refused.
Text = Annotated[str, StringConstraints(max_length=1 << 30)]
Date = Annotated[Text, BeforeValidator(_date)]
Milliseconds = Annotated[int | None, BeforeValidator(_clock)]
Identifier = Annotated[Text, AfterValidator(_identifier)]


class Record(BaseModel):
    """What every record shares: no unknown key, nothing changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind_name: ClassVar[str]

    def content(self) -> dict[str, Json]:
        """Everything the record says, as it is hashed."""
        content: dict[str, Json] = self.model_dump(mode="json")
        return content


class CaseRecord(Record):
    """`[case]`."""

    kind_name = "case"
    title: Text
    about: Text = ""
    exercise: bool = False
    origins: int | None = Field(default=None, ge=0, le=9)


class SourceRecord(Record):
    """`[[source]]`."""

    kind_name = "source"
    id: Identifier
    name: Text
    kind: Literal["agency", "ministry", "outlet", "person", "court", "other"] = "other"
    origin: Text = ""
    note: Text = ""


class StatementRecord(Record):
    """`[[statement]]`."""

    kind_name = "statement"
    id: Identifier
    source: Identifier
    origin: Text = ""
    title: Text = ""
    date: Date = ""
    language: Identifier
    held: Held
    url: Text = ""
    text: Text
    translation: Text = ""
    translation_language: Text = "en"
    note: Text = ""


class SpeakerRecord(Record):
    """One of a recording's `speakers`."""

    kind_name = "speaker"
    label: Text
    name: Text = ""
    known_by: Text = "unknown"


class SegmentRecord(Record):
    """One of a recording's `segments`; times in milliseconds once read."""

    kind_name = "segment"
    start: Milliseconds = None
    end: Milliseconds = None
    speaker: Text = ""
    text: Text
    translation: Text = ""
    note: Text = ""


class RecordingRecord(Record):
    """`[[recording]]`."""

    kind_name = "recording"
    id: Identifier
    source: Identifier
    origin: Text = ""
    title: Text = ""
    date: Date = ""
    released: Date = ""
    release: Literal["full", "part", "unknown"] = "unknown"
    language: Identifier
    translation_language: Text = "en"
    held: Held
    cuts: Text = "unknown"
    transcribed_by: Text = "unknown"
    translated_by: Text = "unknown"
    url: Text = ""
    note: Text = ""
    speakers: tuple[SpeakerRecord, ...] = ()
    segments: tuple[SegmentRecord, ...] = Field(min_length=1)


class ClaimRecord(Record):
    """`[[claim]]`."""

    kind_name = "claim"
    id: Identifier
    text: Text = Field(min_length=1)
    claimant: Text = ""
    date: Date = ""
    priority: int = Field(default=5, ge=1, le=9)
    tags: tuple[Text, ...] = ()
    parent: Text = ""
    context: Text = ""
    statements: tuple[Identifier, ...] = ()
    recordings: tuple[Identifier, ...] = ()


class RatingRecord(Record):
    """`[[rating]]`: what somebody else published on a claim. Evidence, never a verdict of ours."""

    kind_name = "rating"
    id: Text = ""
    claim: Identifier
    source: Identifier
    rating: Text = Field(min_length=1)
    value: Text = ""
    title: Text = ""
    url: Text = ""
    date: Date = ""
    text: Text = ""
    note: Text = ""


def _given_stance(stance: Stance) -> Stance:
    if stance not in STANCES:
        raise ValueError(f"is one of {', '.join(STANCES)}")
    return stance


class ExcerptRecord(Record):
    """`[[excerpt]]`."""

    kind_name = "excerpt"
    id: Text = ""
    claim: Identifier
    target: Identifier
    stance: Annotated[Stance, AfterValidator(_given_stance)]
    exact: Text = Field(min_length=1)
    prefix: Text = ""
    suffix: Text = ""
    note: Text = ""


RECORDS: dict[str, type[Record]] = {
    model.kind_name: model
    for model in (
        CaseRecord,
        SourceRecord,
        StatementRecord,
        RecordingRecord,
        ClaimRecord,
        RatingRecord,
        ExcerptRecord,
    )
}
