"""TTML and its dialects (DFXP, SMPTE-TT, EBU-TT, Apple's lyrics): https://www.w3.org/TR/ttml2/.

A `p` is a cue; where only the spans in it have times, each of those is one. Names are compared
without their namespaces, which changed from draft to draft.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reviewer.readers import pairing
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import LANGUAGE, Row
from reviewer.readers.subtitles import bilingual, clock
from reviewer.readers.subtitles.common import delivered, noted
from reviewer.readers.subtitles.speakers import labelled, spoken
from reviewer.readers.subtitles.ttml_time import Rates, milliseconds, rates
from reviewer.readers.transcript import Cue, Transcript
from reviewer.readers.xml_text import local, parse, root_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BLANKS = re.compile(r"[ \t\r\n]+")
WORDLESS = frozenset({"metadata", "set", "animate", "desc", "title", "agent", "image", "audio"})
XML = "{http://www.w3.org/XML/1998/namespace}"
DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Around:
    """What the elements around one say: when, who, which language, whether blanks count."""

    start: int | None = None
    end: int | None = None
    speaker: str = ""
    language: str = ""
    preserve: bool = False
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Walk:
    """A walk through the body. With `absolute` nested times count from the beginning."""

    by: Rates
    absolute: bool = False
    outside: bool = False
    """Whether a time, counted from its parent's, fell outside its parent."""
    cues: list[tuple[str, Cue]] = field(default_factory=list)
    """Each with its language."""
    stray: list[str] = field(default_factory=list)
    """Words outside of any paragraph."""

    def through(self, element: "Element", around: Around, depth: int = 0) -> None:
        """Collect the cues of an element and what it holds."""
        inside = self._inside(element, around)
        if local(element.tag) == "p" or depth > DEEPEST:
            self._paragraph(element, inside)
            return
        one_by_one = _said(element, "timeContainer") == "seq"
        within = inside
        self._strays(element.text)
        for child in element:
            if local(child.tag) not in WORDLESS | {"head"}:
                self.through(child, within, depth + 1)
            self._strays(child.tail)
            if one_by_one and self.cues:
                within = replace(inside, start=self.cues[-1][1].end)

    def _strays(self, text: str | None) -> None:
        if text and text.strip():
            self.stray.append(text.strip())

    def _inside(self, element: "Element", around: Around) -> Around:
        language = element.get(f"{XML}lang")
        space = element.get(f"{XML}space")
        found = replace(
            around,
            speaker=_said(element, "agent") or around.speaker,
            language=around.language if language is None else _tag(language),
            preserve=around.preserve if space is None else space == "preserve",
        )
        return self._when(element, found)

    def _when(self, element: "Element", around: Around) -> Around:
        begin, end, dur = (element.get(key) for key in ("begin", "end", "dur"))
        if begin is None and end is None and dur is None:
            return around
        notes = list(around.notes)
        read: list[int | None] = []
        for text in (begin, end, dur):
            ms = None if text is None else milliseconds(text, self.by)
            if text is not None and ms is None:
                notes.append(clock.unread(text))
            read.append(ms)
        base = 0 if self.absolute else around.start or 0
        start = (around.start or 0) if begin is None else _plus(read[0], base)
        until = _plus(read[1], base)
        by_length = None if start is None else _plus(read[2], start)
        ends = [ms for ms in (until, by_length) if ms is not None]
        last = min(ends) if ends else (around.end if end is None and dur is None else None)
        if base and around.end is not None and (start or 0) >= around.end:
            self.outside = True
        return replace(around, start=start, end=last, notes=tuple(notes))

    def _paragraph(self, element: "Element", inside: Around) -> None:
        spans = [child for child in element if local(child.tag) == "span" and _timed(child)]
        loose = (element.text or "") + "".join(child.tail or "" for child in element)
        if spans and not _timed(element) and not loose.strip() and len(spans) == len(element):
            for span in spans:
                self._cue(span, self._inside(span, inside))
        else:
            self._cue(element, inside)

    def _cue(self, element: "Element", inside: Around) -> None:
        pieces: list[tuple[str, str]] = []
        asides: list[str] = []
        _words(element, inside.speaker, pieces, asides, 0)
        whole = Cue("", inside.start, inside.end, note="; ".join(inside.notes))
        for cue in spoken(whole, _spaced(pieces, preserve=inside.preserve)):
            self.cues.append((inside.language, noted(cue, *asides)))


def _tag(language: str) -> str:
    return language.strip() if LANGUAGE.fullmatch(language.strip()) else ""


def _plus(ms: int | None, base: int) -> int | None:
    return None if ms is None else ms + base


def _said(element: "Element", name: str) -> str:
    """An attribute in whatever namespace."""
    return next((v.strip() for k, v in element.attrib.items() if local(k) == name), "")


def _timed(element: "Element") -> bool:
    return any(element.get(key) is not None for key in ("begin", "end", "dur"))


def _words(
    element: "Element", who: str, pieces: list[tuple[str, str]], asides: list[str], depth: int
) -> None:
    """The words of an element with who says them; its metadata go aside."""
    pieces.append((who, element.text or ""))
    for child in element:
        name = local(child.tag)
        if name == "br":
            pieces.append((who, "\v"))
        elif name in WORDLESS:
            text = " ".join("".join(child.itertext()).split())
            asides += [f"{name}: {text}"] if text else []
        elif depth > DEEPEST:
            pieces.append((who, "".join(child.itertext())))
        else:
            _words(child, _said(child, "agent") or who, pieces, asides, depth + 1)
        pieces.append((who, child.tail or ""))


def _spaced(pieces: list[tuple[str, str]], *, preserve: bool) -> list[tuple[str, str]]:
    """The pieces with their blanks as XML means them: runs of them are one, unless kept."""
    if preserve:
        return [(who, text.replace("\v", "\n")) for who, text in pieces]
    found: list[tuple[str, str]] = []
    before = "\n"
    for who, text in pieces:
        words = BLANKS.sub(" ", text).replace("\v", "\n")
        if before.endswith(("\n", " ")):
            words = words.removeprefix(" ")
        if words.startswith("\n") and found:
            found[-1] = (found[-1][0], found[-1][1].removesuffix(" "))
        if words:
            found.append((who, words))
            before = words
    if found:
        found[-1] = (found[-1][0], found[-1][1].removesuffix(" "))
    return found or [("", "")]


def _recognises(given: Given) -> bool:
    return root_name(given) == "tt"


def _read(given: Given) -> Iterator[Row]:
    root = parse(given)
    by = rates(root)
    walk = Walk(by)
    walk.through(root, Around())
    if walk.outside:
        # By the standard, times count from those of the element around. Where that puts a cue
        # outside the element around it, whoever wrote the file counted from the beginning.
        walk = Walk(by, absolute=True)
        walk.through(root, Around())
        given.remarks.append("nested times were taken from the beginning of the recording")
    found = _transcripts(given, walk.cues)
    found[0].refused += [("the body", text, "stands outside of any p") for text in walk.stray]
    for transcript in found:
        transcript.title = _title(root)
        transcript.speakers = _speakers(root, transcript.cues)
        yield from delivered(given, transcript)


def _transcripts(given: Given, cues: list[tuple[str, Cue]]) -> list[Transcript]:
    """One transcript; two languages are text and translation, a third is one of its own."""
    by_language: dict[str, list[Cue]] = {}
    for language, cue in cues:
        by_language.setdefault(language, []).append(cue)
    if len(by_language) < 2 or "" in by_language:
        found, said = labelled([cue for _, cue in cues])
        given.remarks += filter(None, [said])
        return [Transcript(found, language=next(iter(by_language), ""))]
    original, other = bilingual.choice(list(by_language), given.wishes)
    paired = pairing.pair(by_language[original], by_language[other])
    given.remarks += [f"text in [{original}], translation in [{other}]", *paired.said]
    first = Transcript(paired.cues, language=original, translation_language=other)
    further = [tag for tag in by_language if tag not in (original, other)]
    return [first, *(Transcript(by_language[tag], language=tag, part=tag) for tag in further)]


def _title(root: "Element") -> str:
    head = next((child for child in root if local(child.tag) == "head"), None)
    titles = (e for e in head.iter() if local(e.tag) == "title") if head is not None else iter(())
    return next((" ".join((e.text or "").split()) for e in titles), "")


def _speakers(root: "Element", cues: list[Cue]) -> dict[str, tuple[str, str]]:
    """The names that the file gives to the agents who speak in it."""
    used = {cue.speaker for cue in cues}
    found: dict[str, tuple[str, str]] = {}
    for element in root.iter():
        id_ = element.get(f"{XML}id", "")
        if local(element.tag) == "agent" and id_ in used:
            names = (e.text for e in element.iter() if local(e.tag) == "name" and e.text)
            found[id_] = (" ".join(next(names, "").split()), "named in the file")
    return found


FORMAT = Format("ttml", "TTML, DFXP (.ttml, .dfxp, .xml)", _recognises, _read)
