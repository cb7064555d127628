"""Transcripts that only list what was said: of podcasts, of city councils, of chats.

`segments[]` with `startTime` and `body` is the JSON of the podcast namespace
(podcastindex.org, transcripts); `sentences[]` with `start_time` that of the Council Data
Project; a chat is a list of `speaker`, `time`, `message`.
"""

import re
from dataclasses import replace
from datetime import datetime

from reviewer.readers.speech import values
from reviewer.readers.speech.engine import Engine
from reviewer.readers.speech.values import label, listed, number, table, text
from reviewer.readers.speech.words import Keys, cue, heard
from reviewer.readers.transcript import Transcript

PODCAST = Keys(("body",), start="startTime", end="endTime", what="segment")
COUNCIL = Keys(
    ("text",),
    start="start_time",
    end="end_time",
    speaker=("speaker_name", "speaker_index"),
    what="sentence",
)
CHAT = Keys(("message", "text"), start="time", clock=values.clock, what="message")
CHAT_KEYS = {"speaker", "time", "message"}
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)


def _one(items: object, said: str, time: str) -> bool:
    one = table(next(iter(listed(items)), None))
    return isinstance(one.get(said), str) and number(one.get(time)) is not None


def _parse_podcast(value: object) -> Transcript:
    out = Transcript([])
    out.cues = [cue(one) for one in heard(table(value).get("segments"), PODCAST, out)]
    return out


def _parse_council(value: object) -> Transcript:
    raw = table(value)
    maker = text(raw.get("generator"))
    met = text(raw.get("session_datetime"))
    made = text(raw.get("created_datetime"))
    by_when = f"Transcribed {made}." if made else ""
    out = Transcript(
        [],
        date=met if _dated(met) else "",
        transcribed_by=f"machine ({maker})" if maker else "",
        note=" ".join(filter(None, [f"Met {met}." if met and not _dated(met) else "", by_when])),
    )
    out.cues = [cue(one) for one in heard(raw.get("sentences"), COUNCIL, out)]
    return out


def _dated(said: str) -> bool:
    try:
        return bool(DATE.fullmatch(said) and datetime.fromisoformat(said))
    except ValueError:
        return False


def _fits_chat(value: object) -> bool:
    one = table(next(iter(listed(value)), None))
    if one.keys() != CHAT_KEYS or not isinstance(one["message"], str):
        return False
    try:
        values.clock(one["time"])
    except ValueError:
        return False
    return bool(label(one["speaker"])) or one["speaker"] in (None, "")


def _parse_chat(value: object) -> Transcript:
    out = Transcript([], note="The file says when each message begins, not when it ends.")
    # A message ends nowhere; the next one's beginning is not its end.
    out.cues = [cue(replace(one, end=None)) for one in heard(value, CHAT, out)]
    return out


ENGINES = (
    Engine(
        "podcast-json",
        "a podcast's transcript (JSON)",
        lambda value: _one(table(value).get("segments"), "body", "startTime"),
        _parse_podcast,
        "unknown",
    ),
    Engine(
        "council-data",
        "a transcript of the Council Data Project",
        lambda value: _one(table(value).get("sentences"), "text", "start_time"),
        _parse_council,
        "unknown",
    ),
    Engine("chat-transcript", "a transcript as a chat (JSON)", _fits_chat, _parse_chat, "unknown"),
)
