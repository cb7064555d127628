"""IBM Watson, Speechmatics, Azure and Rev.ai."""

from collections.abc import Iterator

from reviewer.readers.speech.engine import Engine
from reviewer.readers.speech.language import language
from reviewer.readers.speech.values import (
    first,
    label,
    listed,
    milliseconds,
    number,
    seconds,
    span,
    table,
    text,
    ticks,
)
from reviewer.readers.speech.words import Heard, by_voice, cue, cut, others
from reviewer.readers.transcript import Transcript

NO_TEXT = "it holds no text"


def _best(raw: object, key: str = "alternatives") -> dict[str, object]:
    return table(next(iter(listed(table(raw).get(key))), None))


def _more(items: list[object], key: str = "alternatives") -> str:
    return others(sum(len(listed(table(one).get(key))) > 1 for one in items))


# IBM Watson: words are `["the", 0.2, 0.3]`; voices stand apart, under the time of their word.


def _fits_watson(value: object) -> bool:
    raw = table(value)
    one = next(iter(listed(raw.get("results"))), None)
    known = "result_index" in raw or "speaker_labels" in raw or "timestamps" in _best(one)
    return known and "final" in table(one) and isinstance(_best(one).get("transcript"), str)


def _parse_watson(value: object) -> Transcript:
    raw = table(value)
    results = listed(raw.get("results"))
    out = Transcript([], transcribed_by="machine (IBM Watson)", note=_more(results))
    voices = {
        str(table(one).get("from")): label(table(one).get("speaker"))
        for one in listed(raw.get("speaker_labels"))
    }
    for n, result in enumerate(results, start=1):
        best = _best(result)
        said = text(best.get("transcript")).strip()
        if table(result).get("final") is False:
            out.refused.append((f"result {n}", result, "a guess that the machine went on to mend"))
        elif not said:
            out.refused.append((f"result {n}", result, NO_TEXT))
        else:
            words = list(_watson_words(best, voices))
            sure = number(best.get("confidence"))
            out.cues += by_voice(said, words, sure) if words else [cue(Heard(said, None, None))]
    return out


def _watson_words(best: dict[str, object], voices: dict[str, str]) -> Iterator[Heard]:
    for one in listed(best.get("timestamps")):
        said, start, end = [*listed(one), None, None, None][:3]
        if text(said).strip():
            begin, last, note = span(start, end, seconds)
            yield Heard(text(said), begin, last, voices.get(str(start), ""), None, note)


# Speechmatics since 2.0: words and punctuation as with AWS, times as numbers.


def _fits_speechmatics(value: object) -> bool:
    one = next(iter(listed(table(value).get("results"))), None)
    timed = number(table(one).get("start_time")) is not None
    return timed and "type" in table(one) and isinstance(_best(one).get("content"), str)


def _parse_speechmatics(value: object) -> Transcript:
    raw = table(value)
    items = listed(raw.get("results"))
    meta = table(raw.get("metadata"))
    config = table(meta.get("transcription_config"))
    out = Transcript(
        [],
        title=text(table(raw.get("job")).get("data_name")),
        language=language(config.get("language")),
        transcribed_by="machine (Speechmatics)",
        note=_more(items),
    )
    dense = table(meta.get("language_pack_info")).get("word_delimiter") == ""
    words: list[Heard] = []
    for n, item in enumerate(items, start=1):
        one, best = table(item), _best(item)
        said = text(best.get("content")).strip()
        if not said:
            out.refused.append((f"result {n}", item, NO_TEXT))
            continue
        start, end, note = span(one.get("start_time"), one.get("end_time"), seconds)
        mark = one.get("type") == "punctuation" and one.get("attaches_to") in (None, "previous")
        voice = label(first(best, "speaker") or first(one, "channel"))
        sure = None if mark else number(best.get("confidence"))
        words.append(Heard(said, start, end, voice, sure, note, glued=mark or dense))
    out.cues = list(cut(words))
    return out


# Azure: a batch has `recognizedPhrases` of `nBest`, the fast interface `phrases`.


def _fits_azure(value: object) -> bool:
    raw = table(value)
    batch = next(iter(listed(raw.get("recognizedPhrases"))), None)
    fast = table(next(iter(listed(raw.get("phrases"))), None))
    if isinstance(fast.get("text"), str) and "offsetMilliseconds" in fast:
        return True
    return isinstance(_best(batch, "nBest").get("display"), str)


def _parse_azure(value: object) -> Transcript:
    raw = table(value)
    batch, fast = listed(raw.get("recognizedPhrases")), listed(raw.get("phrases"))
    out = Transcript(
        [],
        url=text(raw.get("source")),
        transcribed_by="machine (Azure Speech)",
        note=_more(batch, "nBest"),
    )
    for n, item in enumerate(batch or fast, start=1):
        one = table(item)
        best = _best(one, "nBest") if batch else one
        said = text(first(best, "display", "text"))
        out.language = out.language or language(one.get("locale"))
        if not said.strip():
            out.refused.append((f"phrase {n}", item, NO_TEXT))
            continue
        start, end, note = _azure_time(one)
        voice = label(one.get("speaker"))
        out.cues.append(cue(Heard(said, start, end, voice, number(best.get("confidence")), note)))
    return out


def _azure_time(one: dict[str, object]) -> tuple[int | None, int | None, str]:
    if "offsetInTicks" in one:
        start, lasted, note = span(one["offsetInTicks"], one.get("durationInTicks"), ticks)
    else:
        offset, length = one.get("offsetMilliseconds"), one.get("durationMilliseconds")
        start, lasted, note = span(offset, length, milliseconds)
    return start, None if start is None or lasted is None else start + lasted, note


# Rev.ai: `monologues[].elements[]`, whose values, blanks among them, make up the text.


def _fits_rev(value: object) -> bool:
    one = table(next(iter(listed(table(value).get("monologues"))), None))
    element = table(next(iter(listed(one.get("elements"))), None))
    return isinstance(element.get("value"), str) and "type" in element


def _parse_rev(value: object) -> Transcript:
    raw = table(value)
    out = Transcript([], language=language(raw.get("language")), transcribed_by="machine (Rev.ai)")
    names = {
        str(table(one).get("id")): text(table(one).get("name"))
        for one in listed(raw.get("speakers"))
    }
    for n, monologue in enumerate(map(table, listed(raw.get("monologues"))), start=1):
        speaker = monologue.get("speaker")
        voice = names.get(str(speaker)) or label(speaker)
        words = []
        glued = False
        for m, item in enumerate(listed(monologue.get("elements")), start=1):
            one = table(item)
            said = one.get("value")
            if not isinstance(said, str):
                where = f"monologue {n}, element {m}"
                out.refused.append((where, item, NO_TEXT))
            elif said.strip():
                start, end, note = span(one.get("ts"), one.get("end_ts"), seconds)
                sure = number(one.get("confidence"))
                near = glued and not said[:1].isspace()
                words.append(Heard(said.strip(), start, end, voice, sure, note, glued=near))
                glued = not said[-1:].isspace()
            else:
                glued = glued and not said
        out.cues += cut(words)
    return out


ENGINES = (
    Engine("watson", "a transcript of IBM Watson", _fits_watson, _parse_watson),
    Engine("speechmatics", "a transcript of Speechmatics", _fits_speechmatics, _parse_speechmatics),
    Engine("azure-speech", "a transcript of Azure Speech", _fits_azure, _parse_azure),
    Engine("rev-ai", "a transcript of Rev.ai", _fits_rev, _parse_rev),
)
