"""Google Cloud Speech-to-Text: `results[].alternatives[]` with `words[]`.

With voices told apart, the last result repeats all the words of the file, now with
`speakerTag` (RecognitionConfig, `diarizationConfig`); they are taken once, with their tags.
"""

from reviewer.readers.speech.engine import Engine
from reviewer.readers.speech.language import language
from reviewer.readers.speech.values import first, listed, number, seconds, span, table, text
from reviewer.readers.speech.words import Heard, Keys, by_voice, cut, heard, others, said
from reviewer.readers.transcript import Cue, Transcript

STARTS = ("startTime", "start_time", "startOffset")
ENDS = ("endTime", "end_time", "endOffset")
RESULT_ENDS = ("resultEndTime", "result_end_time", "resultEndOffset")
VOICES = ("speakerTag", "speaker_tag", "speakerLabel", "speaker_label")
WORD = Keys(("word",), clock=seconds)


def _results(value: object) -> list[object]:
    raw = table(value)
    # A long-running operation wraps its results.
    return listed(raw.get("results") or table(raw.get("response")).get("results"))


def _fits(value: object) -> bool:
    return any(_googles(table(one)) for one in _results(value)[:20])


def _googles(result: dict[str, object]) -> bool:
    spoken = table(next(iter(listed(result.get("alternatives"))), None))
    words = listed(spoken.get("words"))
    if words:
        word = table(words[0])
        return isinstance(word.get("word"), str) and first(word, *STARTS, *ENDS) is not None
    named = first(result, "languageCode", "language_code", *RESULT_ENDS)
    return isinstance(spoken.get("transcript"), str) and named is not None


def _parse(value: object) -> Transcript:
    results = _results(value)
    tables = [table(one) for one in results]
    codes = [language(first(one, "languageCode", "language_code")) for one in tables]
    out = Transcript(
        [],
        language=next(filter(None, codes), ""),
        transcribed_by="machine (Google Speech-to-Text)",
        note=others(sum(len(listed(one.get("alternatives"))) > 1 for one in tables)),
    )
    texts, spoken = [], []
    for n, one in enumerate(tables, start=1):
        best = table(next(iter(listed(one.get("alternatives"))), None))
        texts.append(text(best.get("transcript")))
        spoken.append(_words(best, one, n, out))
    earlier = [a or said(b) for a, b in zip(texts, spoken, strict=True)][:-1]
    again = _told_again(earlier, texts[-1], spoken)
    shares = _shared(spoken[-1], earlier) if again else spoken
    if again and _letters(texts[-1]) != _letters(said(shares[-1])):
        # Its own text is not what its words add to the others: the words alone count.
        texts[-1] = ""
    for n, (one, told, words) in enumerate(zip(tables, texts, shares, strict=True), start=1):
        cues = _cues(one, told.strip(), words)
        out.cues += cues
        if not cues and not (n == len(tables) and spoken[-1]):
            out.refused.append((f"result {n}", results[n - 1], "it holds no text"))
    return out


def _words(
    best: dict[str, object], result: dict[str, object], n: int, out: Transcript
) -> list[Heard]:
    channel = first(result, "channelTag", "channel_tag")
    flat = []
    for item in listed(best.get("words")):
        word = table(item)
        # Tag 0 is the unset value of Protocol Buffers, not a voice.
        voice = first(word, *VOICES) or (f"channel {channel}" if channel else None)
        flat.append(
            {
                "word": word.get("word"),
                "start": first(word, *STARTS),
                "end": first(word, *ENDS),
                "speaker": voice,
                "confidence": word.get("confidence") or None,
            }
        )
    aside = Transcript([])
    found = heard(flat, WORD, aside)
    out.refused += [(f"result {n}, {where}", raw, why) for where, raw, why in aside.refused]
    return found


def _told_again(earlier: list[str], told: str, spoken: list[list[Heard]]) -> bool:
    """Whether the words of the last result repeat the texts of all that came before it."""
    whole, last = _letters("".join(earlier)), _letters(said(spoken[-1]))
    if not whole or not last.startswith(whole) or _letters(told) not in last:
        return False
    begun = next((words[0].start for words in spoken if words), None)
    return last != _letters(told) or (len(spoken) > 1 and spoken[-1][0].start == begun)


def _shared(words: list[Heard], earlier: list[str]) -> list[list[Heard]]:
    """All words, given to the results whose texts they make up; the rest is the last one's."""
    shares, at = [], 0
    for own in earlier:
        begin, left = at, len(_letters(own))
        while at < len(words) and left > 0:
            left -= len(_letters(words[at].text))
            at += 1
        shares.append(words[begin:at])
    return [*shares, words[at:]]


def _letters(told: str) -> str:
    # Punctuation and capitals may change between the two tellings.
    return "".join(filter(str.isalnum, told)).casefold()


def _cues(result: dict[str, object], told: str, words: list[Heard]) -> list[Cue]:
    best = table(next(iter(listed(result.get("alternatives"))), None))
    confidence = number(best.get("confidence")) or None
    if words and not told:
        return list(cut(words))
    if not told:
        return []
    if words:
        return by_voice(told, words, confidence)
    _, end, note = span(None, first(result, *RESULT_ENDS), seconds)
    return [Cue(told, None, end, note=note)]


ENGINES = (Engine("google-stt", "a transcript of Google Speech-to-Text", _fits, _parse),)
