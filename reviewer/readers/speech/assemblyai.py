"""AssemblyAI: `words[]` and `utterances[]` (or `sentences[]`, `paragraphs[]`) in milliseconds."""

from reviewer.readers.speech.engine import Engine
from reviewer.readers.speech.language import language
from reviewer.readers.speech.values import listed, milliseconds, table, text
from reviewer.readers.speech.words import Keys, cue, cut, heard, said, same_words, spaced
from reviewer.readers.transcript import Transcript

PARTS = ("utterances", "sentences", "paragraphs")
SIGNS = {"audio_url", "audio_duration", "acoustic_model", "language_model", "utterances"}
WORD = Keys(("text",), clock=milliseconds)
PART = Keys(("text",), clock=milliseconds, what="utterance")


def _fits(value: object) -> bool:
    raw = table(value)
    if not SIGNS & raw.keys():
        return False
    first_ = next((listed(raw.get(key)) for key in ("words", *PARTS) if raw.get(key)), [])
    one = table(first_[0]) if first_ else {}
    whole = isinstance(one.get("start"), int) and isinstance(one.get("end"), int)
    return whole and isinstance(one.get("text"), str)


def _parse(value: object) -> Transcript:
    raw = table(value)
    out = Transcript(
        [],
        language=language(raw.get("language_code")),
        url=text(raw.get("audio_url")),
        transcribed_by="machine (AssemblyAI)",
    )
    words = heard(raw.get("words"), WORD, out)
    for key in PARTS:
        aside = Transcript([])
        parts = heard(raw.get(key), PART, aside)
        whole = " ".join(part.text for part in parts)
        if parts and (not words or same_words(whole, said(words))):
            out.cues = [cue(part) for part in parts]
            out.refused += aside.refused
            return out
    out.cues = list(cut(spaced(words, text(raw.get("text"))) or words))
    return out


ENGINES = (Engine("assemblyai", "a transcript of AssemblyAI", _fits, _parse),)
