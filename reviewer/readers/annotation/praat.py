"""Praat TextGrids, https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html

Praat reads the free-standing numbers, texts in quotes and flags of a text file one after
another and passes over everything else; so the long form and the short one are read alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.model.errors import UnreadableError
from reviewer.readers.annotation.beside import (
    MOST_TIERS,
    Timeline,
    is_comment,
    is_generic,
    names,
    with_notes,
    words,
)
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.transcript import Cue, Transcript

TOKEN = re.compile(r'"(?P<text>(?:[^"]|"")*+)(?P<closed>"?)|(?P<flag><\w+>)|![^\r\n]*|[^\s"]+')
NUMBER = re.compile(r"[-+]?\d{1,15}(?:\.\d*)?(?:[eE][-+]?\d{1,2})?%?")
HEAD = re.compile(
    r'\s*(?:File type\s*=\s*)?"ooTextFile(?: short)?"\s+(?:Object class\s*=\s*)?"TextGrid"'
)
LEVELS = (
    (
        "utterances",
        words("utterance utterances phrase phrases sentence sentences"),
    ),
    ("words", words("word words token tokens ort orthography")),
    (
        "phones",
        words("phone phones phoneme phonemes segment segments mau kan"),
    ),
)
"""What a tier's name says it is cut into, the largest first. They repeat the same speech."""
LATEST = 10**9
"""Seconds; what is later is no time."""
SAME = 0.8
"""From this share of its words on, a tier of words repeats another."""

Token = str | float


@dataclass(frozen=True, slots=True)
class Mark:
    """An interval, or a point where it has no end; times in milliseconds."""

    text: str
    start: int | None
    end: int | None
    note: str = ""


@dataclass(slots=True, eq=False)
class Tier:
    """A tier: `points` where it is a TextTier."""

    name: str
    points: bool
    marks: list[Mark] = field(default_factory=list)

    @property
    def level(self) -> str:
        """What its name says it is cut into, if it says it."""
        own = set(names(self.name))
        return next((level for level, known in LEVELS if own & known), "")

    @property
    def voice(self) -> str:
        """Its name without what it is cut into: `anna` of `anna - words`."""
        return " ".join(n for n in names(self.name) if not any(n in known for _, known in LEVELS))

    @property
    def filled(self) -> int:
        """How many marks hold text."""
        return sum(bool(mark.text.strip()) for mark in self.marks)


class BrokenOffError(Exception):
    """The file ends, or something else stands, where a value should be."""


def recognises(given: Given) -> bool:
    """Whether a file is a TextGrid, long or short."""
    return HEAD.match(given.head_text.removeprefix("\ufeff")) is not None


def read(given: Given) -> Iterator[Row]:
    """The recording that the tiers are of."""
    tiers, broken = _tiers(given.text())
    if len(tiers) > MOST_TIERS:
        raise UnreadableError(f"{len(tiers)} tiers; a recording has not so many voices.")
    words, comments = _chosen(tiers)
    found, notes = _transcript(words, comments)
    given.remarks += _remarks(tiers, words, comments)
    found.refused += broken
    if not found.cues and not found.refused:
        raise UnreadableError("a TextGrid without text in its tiers.")
    yield from with_notes(given, found, notes)


FORMAT = Format("textgrid", "Praat TextGrid", recognises, read)


def _tokens(text: str) -> Iterator[tuple[int, Token]]:
    """The texts, numbers and flags of a file with where they stand."""
    for match in TOKEN.finditer(text):
        if match["text"] is not None:
            if not match["closed"]:
                return
            yield match.start(), '"' + match["text"].replace('""', '"')
        elif match["flag"]:
            yield match.start(), match["flag"]
        elif NUMBER.fullmatch(match[0]):
            yield match.start(), float(match[0].rstrip("%"))


class _Reader:
    """Takes one value after another."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self.at = 0

    def _next(self) -> Token:
        found = next(self._tokens, None)
        if found is None:
            raise BrokenOffError("the file breaks off here")
        self.at, token = found
        return token

    def text(self) -> str:
        token = self._next()
        if isinstance(token, str) and token.startswith('"'):
            return token[1:]
        raise BrokenOffError(f"a text in quotes should stand here, not {token}")

    def number(self) -> float:
        token = self._next()
        if isinstance(token, float):
            return token
        raise BrokenOffError("a number should stand here")

    def flag(self) -> str:
        return str(self._next())


def _tiers(text: str) -> tuple[list[Tier], list[tuple[str, object, str]]]:
    """The tiers, and what of the file could not be read: from there on nothing is."""
    reader = _Reader(text)
    tiers: list[Tier] = []
    try:
        reader.text(), reader.text(), reader.number(), reader.number()
        many = reader.number() if reader.flag() == "<exists>" else 0
        for _ in range(int(many)):
            class_ = reader.text()
            tiers.append(Tier(reader.text(), class_ == "TextTier"))
            reader.number(), reader.number()
            for _ in range(int(reader.number())):
                tiers[-1].marks.append(_mark(reader, points=tiers[-1].points))
    except BrokenOffError as error:
        place = f"line {text.count(chr(10), 0, reader.at) + 1}"
        why = f"{error}; what follows was not read"
        return tiers, [(place, text[reader.at : reader.at + 200], why)]
    return tiers, []


def _mark(reader: _Reader, *, points: bool) -> Mark:
    start = reader.number()
    end = None if points else reader.number()
    text = reader.text()
    far = [time for time in (start, end) if time is not None and abs(time) > LATEST]
    if far:
        return Mark(text, None, None, f"its time '{far[0]}' could not be read")
    return Mark(text, round(start * 1000), None if end is None else round(end * 1000))


def _chosen(tiers: list[Tier]) -> tuple[list[Tier], list[Tier]]:
    """The tiers that hold the words, and those that are about them."""
    filled = [tier for tier in tiers if tier.filled]
    spans = [tier for tier in filled if not tier.points] or filled
    speech = [tier for tier in spans if not is_comment(tier.name)] or spans
    comments = [tier for tier in spans if tier not in speech]
    return [tier for tier in speech if not _repeats(tier, speech)], comments


def _repeats(tier: Tier, speech: list[Tier]) -> bool:
    """Whether a tier holds in smaller pieces what another holds, as forced alignment makes them."""
    if not tier.level:
        return False
    levels = [level for level, _ in LEVELS]
    larger = levels[: levels.index(tier.level)]
    if any(other.voice == tier.voice and other.level in larger for other in speech):
        return True
    voices = [other for other in speech if not other.level]
    if tier.voice or not voices:
        return False
    said = {word for voice in voices for mark in voice.marks for word in names(mark.text)}
    own = [word for mark in tier.marks for word in names(mark.text)]
    return tier.level == "phones" or sum(word in said for word in own) >= SAME * len(own)


def _speaker(tier: Tier, words: list[Tier]) -> str:
    """Whose voice a tier is: its name, unless that only says what it is cut into."""
    known = {word for _, level in LEVELS for word in level}
    if len(words) == 1 and all(is_generic(n) or n in known for n in names(tier.name)):
        return ""
    return re.sub(r"\s*[-_:.]\s*\w+\Z", "", tier.name) if tier.level and tier.voice else tier.name


def _transcript(words: list[Tier], comments: list[Tier]) -> tuple[Transcript, list[list[str]]]:
    """The transcript, and for each cue what the comments say of it."""
    cues = _cues([(tier, _speaker(tier, words)) for tier in words])
    times = Timeline(cues)
    notes: list[list[str]] = [[] for _ in cues]
    for cue in _cues([(tier, tier.name) for tier in comments]):
        n = times.at(cue.start, cue.end)
        if n is None:
            # Where nobody speaks it stands for itself.
            cues.append(cue)
            notes.append([])
        else:
            notes[n].append(f"{cue.speaker}: {cue.text}")
    order = sorted(range(len(cues)), key=lambda n: cues[n].start or 0)
    return Transcript([cues[n] for n in order]), [notes[n] for n in order]


def _cues(tiers: list[tuple[Tier, str]]) -> list[Cue]:
    cues = [
        Cue(mark.text, mark.start, mark.end, speaker, note=mark.note)
        for tier, speaker in tiers
        for mark in tier.marks
        if mark.text.strip()
    ]
    return sorted(cues, key=lambda cue: cue.start or 0)


def _remarks(tiers: list[Tier], words: list[Tier], comments: list[Tier]) -> Iterator[str]:
    left = [tier for tier in tiers if tier not in words and tier not in comments]
    for what, some in (
        ("as segments", words),
        ("in notes of segments, or as segments where nobody speaks", comments),
        ("not taken over (they repeat the words, mark points or are empty)", left),
    ):
        if some:
            yield f"tiers {what}: " + ", ".join(f"{t.name or '(no name)'} {t.filled}" for t in some)
    if empty := sum(len(tier.marks) - tier.filled for tier in [*words, *comments]):
        yield f"empty intervals passed over: {empty}"
