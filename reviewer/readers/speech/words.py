"""What machines hear: segments and words, with times, voices and doubts; made into cues.

Where an engine has segments of its own they are kept. Where there are only words they are cut
where the voice changes, where a sentence ends, at a pause, and where it grows too long; each
word comes into exactly one segment, in the order of the file.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reviewer.readers.speech.values import Clock, first, label, listed, number, seconds, span
from reviewer.readers.speech.values import table as table_of
from reviewer.readers.transcript import Cue, Transcript

PAUSE = 1_000
LONGEST = 30_000
MOST_WORDS = 60
DOUBTFUL = 0.5
"""The engine's own confidence, of 1, below which a segment's note says it."""

BLANKS = re.compile(r"\s*")
SENTENCE_END = re.compile(r"""[.?!…。！？؟।۔]["'”’»›)\]」』]*\Z""")
NO_END = re.compile(r"""["'“‘«(\[]*(\w|Mr|Mrs|Ms|Dr|St|Prof|vs)\.\Z""")
"""Initials and titles, after whose point a sentence goes on."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A segment or a word that a machine heard.

    A word that is `glued` stands without a blank after the one before it.
    """

    text: str
    start: int | None = None
    end: int | None = None
    speaker: str = ""
    confidence: float | None = None
    note: str = ""
    glued: bool = False

    @property
    def mark(self) -> bool:
        """Whether it is punctuation that belongs to the word before it."""
        return self.glued and not any(map(str.isalnum, self.text))


@dataclass(frozen=True, slots=True)
class Keys:
    """Under which keys an engine writes what; the first of `text` that is there counts.

    `padded`: the engine puts a blank before its text, which is taken off.
    """

    text: tuple[str, ...]
    start: str = "start"
    end: str = "end"
    duration: str = ""
    speaker: tuple[str, ...] = ("speaker",)
    confidence: str = "confidence"
    clock: Clock = seconds
    padded: bool = False
    what: str = "word"


def heard(items: object, keys: Keys, out: Transcript) -> list[Heard]:
    """What stands in a list; what holds no text goes into `out.refused`."""
    found = []
    for n, item in enumerate(listed(items), start=1):
        one = _one(table_of(item), keys)
        if one is None:
            out.refused.append((f"{keys.what} {n}", item, "it holds no text"))
        else:
            found.append(one)
    return found


def _one(raw: dict[str, object], keys: Keys) -> Heard | None:
    said = first(raw, *keys.text)
    if not isinstance(said, str) or (keys.what == "word" and not said.strip()):
        return None
    start, end, note = span(raw.get(keys.start), raw.get(keys.end), keys.clock)
    if keys.duration:
        end, note = _ended(start, raw.get(keys.duration), keys.clock, note)
    return Heard(
        said.strip() if keys.padded or keys.what == "word" else said,
        start,
        end,
        label(first(raw, *keys.speaker)),
        number(raw.get(keys.confidence)),
        note,
    )


def _ended(start: int | None, length: object, clock: Clock, note: str) -> tuple[int | None, str]:
    lasted, _, wrong = span(length, None, clock)
    end = None if start is None or lasted is None else start + lasted
    return end, "; ".join(filter(None, [note, wrong]))


def cue(one: Heard, note: str = "") -> Cue:
    """A segment of the engine's own as a cue."""
    asides = dict.fromkeys(filter(None, [doubt(one.confidence), note]))
    return Cue(one.text, one.start, one.end, one.speaker, note=one.note, aside="; ".join(asides))


def doubt(confidence: float | None) -> str:
    """The machine's confidence in words, where it is low."""
    low = confidence is not None and confidence < DOUBTFUL
    return f"machine's confidence {confidence:.2f}" if low else ""


def said(words: Iterable[Heard]) -> str:
    """The words with a blank before each that is not glued."""
    return "".join(word.text if word.glued else f" {word.text}" for word in words).removeprefix(" ")


def spaced(words: Sequence[Heard], text: str) -> list[Heard] | None:
    """The words, glued as they stand in the engine's text; None where they do not make it up."""
    at, found = 0, []
    for word in words:
        here = BLANKS.match(text, at).end()  # type: ignore[union-attr]
        if not text.startswith(word.text, here):
            return None
        found.append(replace(word, glued=here == at and here > 0))
        at = here + len(word.text)
    return None if text[at:].strip() else found


def same_words(one: str, other: str) -> bool:
    """Whether two texts hold the same letters, in whatever order the parts stand."""
    return Counter("".join(one.split())) == Counter("".join(other.split()))


def joined(words: Sequence[Heard], text: str = "", confidence: float | None = None) -> Cue:
    """Words as one cue, with the engine's text where it is given."""
    spoken = [word for word in words if not word.mark] or words
    sure = [word.confidence for word in spoken if word.confidence is not None]
    if confidence is None and sure:
        confidence = sum(sure) / len(sure)
    notes = list(dict.fromkeys(word.note for word in words if word.note))
    whole = Heard(
        text or said(words),
        next((word.start for word in spoken if word.start is not None), None),
        next((word.end for word in reversed(spoken) if word.end is not None), None),
        spoken[0].speaker,
        confidence,
        "; ".join(notes[:3]),
    )
    return cue(whole)


def cut(words: Iterable[Heard]) -> Iterator[Cue]:
    """Words as cues, each word in one of them."""
    part: list[Heard] = []
    for word in words:
        if part and not word.mark and _parts(part, word):
            yield joined(part)
            part = []
        part.append(word)
    if part:
        yield joined(part)


def by_voice(text: str, words: Sequence[Heard], confidence: float | None = None) -> list[Cue]:
    """An utterance as one cue, or as one for each voice where several speak in it.

    Where the words and the text are not the same, the one that says more is kept.
    """
    placed = spaced(words, text)
    voices = list(dict.fromkeys(word.speaker for word in words if not word.mark))
    if placed and len(voices) > 1:
        sure = None if any(word.confidence is not None for word in words) else confidence
        runs = groupby(_owned(placed), lambda word: word.speaker)
        return [joined(list(run), confidence=sure) for _, run in runs]
    if placed is None and len(said(words)) > len(text):
        return list(cut(words))
    whole = joined(words, text, confidence)
    if len(voices) <= 1:
        return [whole]
    note = f"several voices in it: {', '.join(filter(None, voices))}"
    return [replace(whole, speaker="", aside="; ".join(filter(None, [whole.aside, note])))]


def in_order(cues: Iterable[Cue]) -> list[Cue]:
    """Cues of several channels in the order of their times; those without stay where they are."""
    at, keyed = 0, []
    for one in cues:
        at = at if one.start is None else one.start
        keyed.append((at, one))
    return [one for _, one in sorted(keyed, key=lambda pair: pair[0])]


def others(count: int) -> str:
    """A sentence on readings that were not taken."""
    if not count:
        return ""
    places = "1 place" if count == 1 else f"{count} places"
    return f"In {places} the machine offered other readings as well; its first is taken."


def _parts(part: list[Heard], word: Heard) -> bool:
    if word.speaker != part[0].speaker or len(part) >= MOST_WORDS:
        return True
    before = next((one.end for one in reversed(part) if one.end is not None), None)
    if before is not None and word.start is not None and word.start - before > PAUSE:
        return True
    begin = next((one.start for one in part if one.start is not None), None)
    if begin is not None and word.end is not None and word.end - begin > LONGEST:
        return True
    last = said(part[-3:]).split()[-1]
    ended = SENTENCE_END.search(last) and not NO_END.fullmatch(last)
    return bool(ended) and not word.text[:1].islower()


def _owned(words: Iterable[Heard]) -> Iterator[Heard]:
    """Marks go to the voice before them."""
    voice = ""
    for word in words:
        voice = voice if word.mark else word.speaker
        yield replace(word, speaker=voice)
