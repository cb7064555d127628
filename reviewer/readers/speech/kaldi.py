"""Kaldi as the BBC runs it, the digital paper edit, and the first form of Speechmatics.

Words in one list, voices in another; a word belongs to the voice that speaks at its time.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from reviewer.readers.speech.engine import Engine
from reviewer.readers.speech.language import language
from reviewer.readers.speech.values import label, listed, number, seconds, span, table, text
from reviewer.readers.speech.words import Heard, Keys, cut, heard, joined, spaced
from reviewer.readers.transcript import Transcript

KALDI_WORD = Keys(("punct", "word"))
PAPER_WORD = Keys(("text", "word"))
SPEECHMATICS_WORD = Keys(("name",), start="time", duration="duration")

Turn = tuple[int, int, str]
"""From when till when who speaks."""


def _word(value: object, key: str, start: str = "start") -> bool:
    words = listed(value)
    one = table(words[0]) if words else {}
    return isinstance(one.get(key), str) and number(one.get(start)) is not None


def _retval(value: object) -> dict[str, object]:
    raw = table(value)
    return table(raw["retval"]) if "retval" in raw else raw


def _fits_kaldi(value: object) -> bool:
    raw = _retval(value)
    known = "retval" in table(value) or "segmentation" in raw or "punct" in raw
    return known and _word(raw.get("words"), "word")


def _parse_kaldi(value: object) -> Transcript:
    raw = _retval(value)
    out = Transcript([], transcribed_by="machine (Kaldi)")
    turns = []
    for segment in map(table, listed(table(raw.get("segmentation")).get("segments"))):
        voice = table(segment.get("speaker"))
        name, gender = label(voice.get("@id")), text(voice.get("gender"))
        if name and gender:
            out.speakers[name] = ("", f"told apart by the machine, which took it for {gender}")
        turns += _turn(segment.get("start"), segment.get("duration"), name)
    words = heard(raw.get("words"), KALDI_WORD, out)
    words = spaced(words, text(raw.get("punct"))) or words
    out.cues = list(cut(_voiced(words, turns)))
    return out


def _fits_paper(value: object) -> bool:
    raw = table(value)
    return isinstance(raw.get("paragraphs"), list) and _word(raw.get("words"), "text")


def _parse_paper(value: object) -> Transcript:
    raw = table(value)
    out = Transcript(
        [],
        title=text(raw.get("title")),
        transcribed_by="not said; the file is a digital paper edit",
    )
    words = heard(raw.get("words"), PAPER_WORD, out)
    spans = []
    for n, one in enumerate(map(table, listed(raw.get("paragraphs")))):
        start, end, _ = span(one.get("start"), one.get("end"), seconds)
        if start is not None and end is not None:
            spans.append((start, end, f"{n} {label(one.get('speaker'))}"))
    # A paragraph is somebody's own cut and is kept whole; words outside of any are cut here.
    for place, run in groupby(_voiced(words, spans), lambda word: word.speaker):
        voice = place.partition(" ")[2]
        part = [replace(word, speaker=voice) for word in run]
        out.cues += [joined(part)] if place else cut(part)
    return out


def _fits_speechmatics(value: object) -> bool:
    raw = table(value)
    return "speakers" in raw and _word(raw.get("words"), "name", "time")


def _parse_speechmatics(value: object) -> Transcript:
    raw = table(value)
    job = table(raw.get("job"))
    out = Transcript(
        [],
        title=text(job.get("name")),
        language=language(job.get("lang")),
        transcribed_by="machine (Speechmatics)",
    )
    if made := text(job.get("created_at")):
        out.note = f"Transcribed {made}."
    turns: list[Turn] = []
    for one in map(table, listed(raw.get("speakers"))):
        turns += _turn(one.get("time"), one.get("duration"), label(one.get("name")))
    words = [
        replace(word, glued=not any(map(str.isalnum, word.text)))
        for word in heard(raw.get("words"), SPEECHMATICS_WORD, out)
    ]
    out.cues = list(cut(_voiced(words, turns)))
    return out


def _turn(start: object, duration: object, voice: str) -> list[Turn]:
    begin, lasted, _ = span(start, duration, seconds)
    return [] if begin is None or lasted is None else [(begin, begin + lasted, voice)]


def _voiced(words: Iterable[Heard], turns: list[Turn]) -> list[Heard]:
    """The words with who speaks in their middle; no voice where nobody is said to."""
    turns = sorted(turns)
    starts = [turn[0] for turn in turns]
    found: list[Heard] = []
    for word in words:
        begin = word.start if word.start is not None else word.end
        last = word.end if word.end is not None else begin
        voice = found[-1].speaker if found and (word.mark or begin is None) else ""
        if begin is not None and last is not None and not word.mark:
            middle = (begin + last) // 2
            at = bisect_right(starts, middle) - 1
            voice = turns[at][2] if at >= 0 and middle <= turns[at][1] else ""
        found.append(replace(word, speaker=voice))
    return found


ENGINES = (
    Engine("kaldi", "a transcript of Kaldi (BBC)", _fits_kaldi, _parse_kaldi),
    Engine("digital-paper-edit", "a digital paper edit", _fits_paper, _parse_paper, "unknown"),
    Engine(
        "speechmatics-1",
        "a transcript of Speechmatics (1.0)",
        _fits_speechmatics,
        _parse_speechmatics,
    ),
)
