"""ELAN annotations (`.eaf`), https://www.mpi.nl/tools/elan/EAF_Annotation_Format_3.0_and_ELAN.pdf

Tiers that hang on no other are the voices; translations and what is said of a whole utterance
stand beside it. Words, morphemes and their glosses repeat the utterance and are only counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

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
from reviewer.readers.row import LANGUAGE, Row
from reviewer.readers.transcript import Cue, Transcript
from reviewer.readers.xml_text import parse, root_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TRANSLATION = words(
    "ft fte translation translations translated traduction traducción traduccion tradução"
    " traducao traduzione übersetzung uebersetzung vertaling перевод переклад tłumaczenie"
    " překlad 翻译 翻譯 訳"
)
TRANSLITERATION = re.compile(r"translit|romani[sz]|pinyin|latini[sz]", re.I)
GESTURES = re.compile(r"gestur|gaze|postur|movement|blink|\b(?:hands?|heads?|facial)\b", re.I)
ASSOCIATION = "Symbolic_Association"
FAR = 1 << 62
DEEPEST = 40
"""Tiers above a tier; where there are more, they hang in a ring."""


class Role(Enum):
    """What the annotations of a tier become."""

    WORDS = "segments"
    TRANSLATION = "translations"
    NOTE = "notes of segments"
    LEFT = "not taken over (they repeat or describe the words)"


@dataclass(slots=True)
class Annotation:
    """Times are None where the time slot has no value; `place` orders it all the same."""

    id: str
    text: str
    refers: str
    start: int | None
    end: int | None
    place: int


@dataclass(slots=True, eq=False)
class Tier:
    """A tier with its annotations, and the tiers above it from its parent to the top."""

    name: str
    kind: str
    constraint: str
    parent: str
    participant: str
    annotator: str
    language: str
    annotations: list[Annotation]
    above: list["Tier"] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Its name and its type's, which say what it holds."""
        return f"{self.name} {self.kind}"

    @property
    def translates(self) -> bool:
        """Whether it calls itself a translation, or is in another language than its parent."""
        own, other = self.language, self.above[-1].language if self.above else ""
        return bool(TRANSLATION.intersection(names(self.said))) or (
            self.constraint == ASSOCIATION and bool(own and other) and own != other
        )


def recognises(given: Given) -> bool:
    """Whether a file is an ELAN document."""
    return root_name(given) == "ANNOTATION_DOCUMENT"


def read(given: Given) -> Iterator[Row]:
    """The recording that the annotations are of."""
    root = parse(given)
    tiers = _tiers(root, _slots(root))
    if len(tiers) > MOST_TIERS:
        raise UnreadableError(f"{len(tiers)} tiers; a recording has not so many voices.")
    found = _Document(given, root, tiers)
    if not found.cues and not found.refused:
        raise UnreadableError("holds no annotation that could be an utterance.")
    yield from with_notes(given, found.transcript, found.notes)


FORMAT = Format("elan", "ELAN annotations (.eaf)", recognises, read)


def _slots(root: "Element") -> dict[str, tuple[int | None, int]]:
    """Each time slot: its time, and the last time known until there."""
    found: dict[str, tuple[int | None, int]] = {}
    last = 0
    header = root.find("HEADER")
    units = "milliseconds" if header is None else header.get("TIME_UNITS", "milliseconds")
    for slot in root.iterfind("TIME_ORDER/TIME_SLOT"):
        value = slot.get("TIME_VALUE", "")
        time = int(value) if units == "milliseconds" and re.fullmatch(r"\d{1,12}", value) else None
        last = last if time is None else time
        found[slot.get("TIME_SLOT_ID", "")] = time, last
    return found


def _tiers(root: "Element", slots: dict[str, tuple[int | None, int]]) -> list[Tier]:
    kinds = {
        kind.get("LINGUISTIC_TYPE_ID"): kind.get("CONSTRAINTS", "")
        for kind in root.iterfind("LINGUISTIC_TYPE")
    }
    tiers = [
        Tier(
            name=one.get("TIER_ID", ""),
            kind=one.get("LINGUISTIC_TYPE_REF", ""),
            constraint=kinds.get(one.get("LINGUISTIC_TYPE_REF"), ""),
            parent=one.get("PARENT_REF", ""),
            participant=one.get("PARTICIPANT", ""),
            annotator=one.get("ANNOTATOR", ""),
            language=_said(one.get("LANG_REF", "")),
            annotations=[_annotation(inner, slots) for outer in one for inner in outer],
        )
        for one in root.iterfind("TIER")
    ]
    named = {tier.name: tier for tier in tiers}
    for tier in tiers:
        parent = named.get(tier.parent)
        while parent is not None and parent is not tier and len(tier.above) < DEEPEST:
            tier.above.append(parent)
            parent = named.get(parent.parent)
    return tiers


def _said(language: str) -> str:
    return "" if language == "und" else language


def _annotation(one: "Element", slots: dict[str, tuple[int | None, int]]) -> Annotation:
    start, place = slots.get(one.get("TIME_SLOT_REF1", ""), (None, FAR))
    end, _ = slots.get(one.get("TIME_SLOT_REF2", ""), (None, FAR))
    text = one.findtext("ANNOTATION_VALUE") or ""
    refers = one.get("ANNOTATION_REF", "")
    return Annotation(one.get("ANNOTATION_ID", ""), text, refers, start, end, place)


def _roles(tiers: list[Tier]) -> list[Role]:
    tops = [tier for tier in tiers if not tier.above]
    voices = [t for t in tops if _is_voice(t) and t.annotations] or tops
    return [_role(tier, voices) for tier in tiers]


def _is_voice(tier: Tier) -> bool:
    return not (tier.translates or is_comment(tier.name) or GESTURES.search(tier.said))


def _role(tier: Tier, voices: list[Tier]) -> Role:
    if any(tier is voice for voice in voices):
        return Role.WORDS
    if not tier.above:
        by_name = Role.NOTE if is_comment(tier.name) else Role.LEFT
        return Role.TRANSLATION if tier.translates else by_name
    # What hangs on a word is a gloss, whatever it is called.
    whole = all(one.constraint == ASSOCIATION for one in tier.above[:-1])
    if not any(tier.above[-1] is voice for voice in voices):
        return Role.LEFT
    if tier.translates and whole:
        return Role.TRANSLATION
    beside = (whole and tier.constraint == ASSOCIATION) or TRANSLITERATION.search(tier.said)
    return Role.NOTE if beside else Role.LEFT


class _Document:
    """Puts the tiers of a document together."""

    def __init__(self, given: Given, root: "Element", tiers: list[Tier]) -> None:
        self.given = given
        self.roles = list(zip(tiers, _roles(tiers), strict=True))
        voices = [tier for tier, role in self.roles if role is Role.WORDS and tier.annotations]
        said = [(one, tier) for tier in voices for one in tier.annotations]
        said.sort(key=lambda pair: pair[0].place)
        alone = len(voices) == 1 and is_generic(voices[0].name)
        self.cues = [
            Cue(one.text, one.start, one.end, tier.participant or ("" if alone else tier.name))
            for one, tier in said
        ]
        self._beside: list[dict[str, list[str]]] = [{} for _ in self.cues]
        self.translations = [""] * len(self.cues)
        self.refused: list[tuple[str, object, str]] = []
        self._by_id = {one.id: one for tier in tiers for one in tier.annotations}
        self._cue_of = {one.id: n for n, (one, _) in enumerate(said)}
        self._times = Timeline(self.cues)
        languages = dict.fromkeys(tier.language for tier in voices)
        if len(languages) > 1:
            for beside, (_, tier) in zip(self._beside, said, strict=True):
                beside |= {"language": [tier.language]} if tier.language else {}
        self._put_beside()
        self.transcript = self._transcript(root, voices, list(languages))

    @property
    def notes(self) -> list[list[str]]:
        """For each cue what the tiers beside it say."""
        return [
            [f"{name}: {' '.join(texts)}" for name, texts in beside.items()]
            for beside in self._beside
        ]

    def _put_beside(self) -> None:
        wish = self.given.wishes.translation_language
        beside = [(t, r) for t, r in self.roles if r in (Role.TRANSLATION, Role.NOTE)]
        for tier, role in sorted(beside, key=lambda pair: pair[0].language != wish):
            for one in tier.annotations:
                self._put(tier, role, one)
        self._remark()

    def _put(self, tier: Tier, role: Role, one: Annotation) -> None:
        n = self._owner(one)
        if n is None:
            if one.text.strip():
                why = "hangs on no utterance that this file holds"
                self.refused.append((f"tier {tier.name}, annotation {one.id}", one.text, why))
        elif role is Role.TRANSLATION and not self.translations[n]:
            self.translations[n] = one.text
        elif one.text:
            self._beside[n].setdefault(tier.name, []).append(one.text)

    def _owner(self, one: Annotation) -> int | None:
        seen: set[str] = set()
        while one.refers and one.id not in seen and one.id not in self._cue_of:
            seen.add(one.id)
            if one.refers not in self._by_id:
                return None
            one = self._by_id[one.refers]
        n = self._cue_of.get(one.id)
        return self._times.at(one.start, one.end) if n is None else n

    def _remark(self) -> None:
        for role in Role:
            counts = ", ".join(
                f"{tier.name} {len(tier.annotations)}"
                + (f" ({blank} without text)" if (blank := _blank(tier)) else "")
                for tier, own in self.roles
                if own is role and tier.annotations
            )
            if counts:
                self.given.remarks.append(f"tiers as {role.value}: {counts}")
        empty = [tier.name for tier, _ in self.roles if not tier.annotations]
        if empty:
            self.given.remarks.append(f"tiers without annotations: {', '.join(empty)}")

    def _transcript(self, root: "Element", voices: list[Tier], languages: list[str]) -> Transcript:
        language = languages[0] if len(languages) == 1 else ""
        by = dict.fromkeys(tier.annotator for tier in voices if tier.annotator)
        translated = [t for t, r in self.roles if r is Role.TRANSLATION and t.annotations]
        cues = [
            Cue(cue.text, cue.start, cue.end, cue.speaker, translation)
            for cue, translation in zip(self.cues, self.translations, strict=True)
        ]
        return Transcript(
            cues,
            language=language if LANGUAGE.fullmatch(language) else "",
            translation_language=next((t.language for t in translated if t.language), ""),
            transcribed_by=", ".join(by) or root.get("AUTHOR", ""),
            translated_by=", ".join(dict.fromkeys(filter(None, (t.annotator for t in translated)))),
            note="; ".join(_about(root)),
            refused=self.refused,
        )


def _blank(tier: Tier) -> int:
    return sum(not one.text.strip() for one in tier.annotations)


def _about(root: "Element") -> Iterator[str]:
    """What the document says of itself. A path on somebody's machine is only its last part."""
    for media in root.iterfind("HEADER/MEDIA_DESCRIPTOR"):
        name = re.split(r"[/\\]", media.get("MEDIA_URL", ""))[-1]
        origin = media.get("TIME_ORIGIN")
        yield f"media: {name}" + (f" (begins at {origin} ms)" if origin else "")
    header = root.find("HEADER")
    units = "milliseconds" if header is None else header.get("TIME_UNITS", "milliseconds")
    if units != "milliseconds":
        yield f"its times are in {units} and were not taken over"
    if root.get("DATE"):
        yield f"annotation saved {root.get('DATE')}"
    for licence in root.iterfind("LICENSE"):
        yield f"licence: {licence.get('LICENSE_URL') or licence.text or ''}"
