"""Whisper and its kin: openai-whisper, whisper-timestamped, WhisperX, faster-whisper, whisper.cpp.

All write `segments[]` of `start`, `end`, `text` (faster-whisper's are often saved as a bare
list); WhisperX adds `speaker`, whisper.cpp has `transcription[]` with `offsets` in
milliseconds. The API of OpenAI may give `words[]` only.
"""

from dataclasses import replace

from reviewer.readers.speech.engine import Engine
from reviewer.readers.speech.language import language
from reviewer.readers.speech.values import listed, milliseconds, number, table, text
from reviewer.readers.speech.words import Heard, Keys, cue, cut, heard, spaced
from reviewer.readers.transcript import Cue, Transcript

# A segment's text begins with a blank, the first half of its first token; Whisper's own
# writers of subtitles take it off as well.
SEGMENT = Keys(("text",), padded=True, what="segment")
WORD = Keys(("word", "text"), confidence="probability")

LEAST_LOGPROB = -1.0
MOST_SILENCE = 0.6
MOST_REPEATED = 2.4
"""Whisper's own thresholds (whisper/transcribe.py): beyond them it distrusts a segment."""

SIGNS = {"tokens", "avg_logprob", "no_speech_prob", "seek", "compression_ratio"}
"""Keys of a segment that only Whisper writes."""


def _segment(raw: object) -> bool:
    one = table(raw)
    timed = number(one.get("start")) is not None and number(one.get("end")) is not None
    return timed and isinstance(one.get("text"), str)


def _fits(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and _segment(value[0]) and _of_speech(table(value[0]))
    raw = table(value)
    if listed(raw.get("segments")):
        return _segment(listed(raw["segments"])[0])
    # A file of silence holds no segments; `language` tells it from other JSON.
    named = isinstance(raw.get("text"), str) and isinstance(raw.get("language"), str)
    return named and (raw.get("segments") == [] or _words_only(raw))


def _of_speech(one: dict[str, object]) -> bool:
    # Spans of characters have `start`, `end` and `text` as well, but no parts of a second.
    fractions = isinstance(one["start"], float) and isinstance(one["end"], float)
    return bool((SIGNS | {"words", "speaker"}) & one.keys()) or fractions


def _words_only(raw: dict[str, object]) -> bool:
    word = table(next(iter(listed(raw.get("words"))), None))
    return isinstance(word.get("word"), str) and number(word.get("start")) is not None


def _parse(value: object) -> Transcript:
    raw = table(value)
    segments = value if isinstance(value, list) else listed(raw.get("segments"))
    translated = raw.get("task") == "translate"
    out = _begun(raw.get("language"), _by(raw, segments), translated=translated)
    if segments:
        whole = [table(one) for one in segments if isinstance(table(one).get("text"), str)]
        found = heard(segments, SEGMENT, out)
        out.cues = [_cue(one, near) for one, near in zip(found, whole, strict=True)]
    else:
        words = heard(raw.get("words"), WORD, out)
        out.cues = list(cut(spaced(words, text(raw.get("text"))) or words))
    return out


def _by(raw: dict[str, object], segments: list[object]) -> str:
    if "word_segments" in raw:
        return "machine (WhisperX)"
    if raw.get("task") or any(SIGNS & table(one).keys() for one in segments[:3]):
        return "machine (Whisper)"
    return "not said; the file is in the form that Whisper writes"


def _begun(said: object, by: str, *, translated: bool) -> Transcript:
    """A transcript without its cues; Whisper translates into English only."""
    if not translated:
        return Transcript([], language=language(said), transcribed_by=by)
    note = f"The machine's own translation into English; it heard: {language(said) or 'und'}."
    return Transcript(
        [], language="en", held="translation", transcribed_by=by, translated_by=by, note=note
    )


def _cue(one: Heard, raw: dict[str, object]) -> Cue:
    voices = dict.fromkeys(
        voice
        for word in listed(raw.get("words"))
        if isinstance(voice := table(word).get("speaker"), str) and voice != one.speaker
    )
    notes = list(_doubts(raw))
    if voices:
        notes.append(f"the machine heard other voices in it: {', '.join(voices)}")
    return cue(one, "; ".join(notes))


def _doubts(raw: dict[str, object]) -> list[str]:
    """What Whisper itself would distrust, by the numbers it wrote."""
    logprob, silence, repeated = (
        number(raw.get(key)) for key in ("avg_logprob", "no_speech_prob", "compression_ratio")
    )
    found = []
    if logprob is not None and logprob < LEAST_LOGPROB:
        found.append(f"Whisper doubts its words (avg_logprob {logprob:.2f})")
    if silence is not None and silence > MOST_SILENCE:
        found.append(f"Whisper took it for silence (no_speech_prob {silence:.2f})")
    if repeated is not None and repeated > MOST_REPEATED:
        found.append(f"Whisper doubts it: it repeats itself (compression_ratio {repeated:.1f})")
    return found


def _fits_cpp(value: object) -> bool:
    parts = listed(table(value).get("transcription"))
    one = table(parts[0]) if parts else {}
    known = isinstance(table(value).get("result"), dict) and "params" in table(value)
    timed = "from" in table(one.get("offsets")) and isinstance(one.get("text"), str)
    return timed or (known and table(value).get("transcription") == [])


def _parse_cpp(value: object) -> Transcript:
    raw = table(value)
    model = text(table(raw.get("model")).get("type"))
    said = table(raw.get("result")).get("language")
    translated = table(raw.get("params")).get("translate") is True
    by = f"machine (whisper.cpp{', ' if model else ''}{model})"
    out = _begun(said, by, translated=translated)
    keys = replace(SEGMENT, start="from", end="to", clock=milliseconds)
    flat = [
        {**table(one), **table(table(one).get("offsets"))} if isinstance(one, dict) else one
        for one in listed(raw.get("transcription"))
    ]
    out.cues = [cue(one) for one in heard(flat, keys, out)]
    return out


ENGINES = (
    Engine("whisper", "a transcript of Whisper (JSON)", _fits, _parse),
    Engine("whisper-cpp", "a transcript of whisper.cpp (JSON)", _fits_cpp, _parse_cpp),
)
