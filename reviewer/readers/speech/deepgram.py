"""Deepgram: `results.channels[].alternatives[]`, and `results.utterances[]` where asked for.

Utterances are taken, or else the sentences of `paragraphs`, where they hold all the words;
or else the words are cut.
"""

from dataclasses import replace

from reviewer.readers.speech.engine import Engine
from reviewer.readers.speech.language import language
from reviewer.readers.speech.values import first, listed, number, table, text
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
from reviewer.readers.transcript import Cue, Transcript

WORD = Keys(("punctuated_word", "word"))
UTTERANCE = Keys(("transcript",), what="utterance")
SENTENCE = Keys(("text",), what="sentence")


def _fits(value: object) -> bool:
    channels = listed(table(table(value).get("results")).get("channels"))
    choices = listed(table(channels[0]).get("alternatives")) if channels else []
    return bool(choices) and isinstance(table(choices[0]).get("transcript"), str)


def _parse(value: object) -> Transcript:
    raw = table(value)
    results, metadata = table(raw.get("results")), table(raw.get("metadata"))
    channels = [table(one) for one in listed(results.get("channels"))]
    model = next(iter(table(metadata.get("model_info")).values()), None)
    name = text(table(model).get("name"))
    created = text(metadata.get("created"))
    out = Transcript(
        [],
        language=language(channels[0].get("detected_language")),
        transcribed_by=f"machine (Deepgram{' ' if name else ''}{name})",
    )
    notes = [
        f"Transcribed {created}." if created else "",
        others(sum(len(listed(one.get("alternatives"))) > 1 for one in channels)),
    ]
    out.note = " ".join(filter(None, notes))
    spoken = listed(results.get("utterances"))
    for n, channel in enumerate(channels):
        own = [one for one in spoken if first(table(one), "channel") in (n, None)]
        several = f"channel {n}" if len(channels) > 1 else ""
        out.cues += _channel(channel, own, several, out)
    if len(channels) > 1:
        out.cues = in_order(out.cues)
    return out


def _channel(
    channel: dict[str, object], utterances: list[object], name: str, out: Transcript
) -> list[Cue]:
    best = table(next(iter(listed(channel.get("alternatives"))), None))
    whole = text(best.get("transcript"))
    words = heard(best.get("words"), WORD, out)
    for segments in (heard(utterances, UTTERANCE, Transcript([])), _sentences(best)):
        if segments and same_words(" ".join(one.text for one in segments), whole or said(words)):
            return [cue(_named(one, name)) for one in segments]
    if words:
        placed = spaced(words, whole) or words
        return list(cut(_named(word, name) for word in placed))
    only = Heard(whole, speaker=name, confidence=number(best.get("confidence")))
    return [cue(only)] if whole.strip() else []


def _sentences(best: dict[str, object]) -> list[Heard]:
    paragraphs = listed(table(best.get("paragraphs")).get("paragraphs"))
    flat = [
        {**table(sentence), "speaker": table(paragraph).get("speaker")}
        for paragraph in paragraphs
        for sentence in listed(table(paragraph).get("sentences"))
    ]
    return heard(flat, SENTENCE, Transcript([]))


def _named(one: Heard, channel: str) -> Heard:
    return replace(one, speaker=", ".join(filter(None, [channel, one.speaker])))


ENGINES = (Engine("deepgram", "a transcript of Deepgram", _fits, _parse),)
