"""AWS Transcribe: `results.items[]` of words and of punctuation, which has no time.

Voices stand at the items (`speaker_label`), or in `results.speaker_labels.segments[].items[]`
under the same times; channels in `results.channel_labels.channels[].items[]`. Newer files have
`results.audio_segments[]`. A bare list of items is read as well.
"""

from reviewer.readers.speech.engine import Engine
from reviewer.readers.speech.language import language
from reviewer.readers.speech.values import first, listed, number, seconds, span, table, text
from reviewer.readers.speech.words import (
    Heard,
    Keys,
    cue,
    cut,
    heard,
    in_order,
    others,
    said,
    same_words,
    spaced,
)
from reviewer.readers.transcript import Transcript

SEGMENT = Keys(
    ("transcript",),
    start="start_time",
    end="end_time",
    speaker=("speaker_label", "channel_label"),
    what="segment",
)


def _item(raw: object) -> bool:
    one = table(raw)
    choices = listed(one.get("alternatives"))
    spoken = bool(choices) and isinstance(table(choices[0]).get("content"), str)
    # The form of Speechmatics is alike, with times as numbers.
    timed = one.get("type") == "punctuation" or isinstance(one.get("start_time"), str)
    return spoken and timed and one.get("type") in ("pronunciation", "punctuation")


def _fits(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and _item(value[0])
    results = table(table(value).get("results"))
    items = listed(results.get("items"))
    return _item(items[0]) if items else items == results.get("items") and "transcripts" in results


def _parse(value: object) -> Transcript:
    raw = table(value)
    bare: dict[str, object] = {"items": value}
    results = bare if isinstance(value, list) else table(raw.get("results"))
    items = listed(results.get("items"))
    code = first(results, "language_code") or first(raw, "language_code")
    out = Transcript(
        [],
        title=text(raw.get("jobName")),
        language=language(code),
        transcribed_by="machine (AWS Transcribe)",
        note=others(sum(len(listed(table(one).get("alternatives"))) > 1 for one in items)),
    )
    words = _words(items, _voices(results), out)
    segments = heard(results.get("audio_segments"), SEGMENT, Transcript([]))
    if segments and same_words(" ".join(one.text for one in segments), said(words)):
        out.cues = [cue(one) for one in segments]
        return out
    channels = [
        _words(listed(channel.get("items")), {}, Transcript([]), text(channel.get("channel_label")))
        for channel in map(table, listed(table(results.get("channel_labels")).get("channels")))
    ]
    if channels and same_words(said(words), "".join(map(said, channels))):
        out.cues = in_order(one for channel in channels for one in cut(channel))
    else:
        whole = text(table(next(iter(listed(results.get("transcripts"))), None)).get("transcript"))
        out.cues = list(cut(spaced(words, whole) or words))
    return out


def _voices(results: dict[str, object]) -> dict[object, str]:
    return {
        str(table(item).get("start_time")): text(table(item).get("speaker_label"))
        for segment in listed(table(results.get("speaker_labels")).get("segments"))
        for item in listed(table(segment).get("items"))
    }


def _words(
    items: list[object], voices: dict[object, str], out: Transcript, channel: str = ""
) -> list[Heard]:
    found: list[Heard] = []
    for n, item in enumerate(items, start=1):
        raw = table(item)
        best = table(next(iter(listed(raw.get("alternatives"))), None))
        content = text(best.get("content"))
        if not content.strip():
            out.refused.append((f"item {n}", item, "it holds no text"))
            continue
        mark = raw.get("type") == "punctuation"
        start, end, note = span(raw.get("start_time"), raw.get("end_time"), seconds)
        own = text(first(raw, "speaker_label", "channel_label"))
        voice = channel or own or voices.get(str(raw.get("start_time")), "")
        # A mark's confidence is always 0.
        sure = None if mark else number(best.get("confidence"))
        voice = found[-1].speaker if mark and found and not own else voice
        found.append(Heard(content.strip(), start, end, voice, sure, note, glued=mark))
    return found


ENGINES = (Engine("aws-transcribe", "a transcript of AWS Transcribe", _fits, _parse),)
