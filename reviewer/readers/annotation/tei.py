"""Parliaments' records in TEI: Parla-CLARIN and ParlaMint, https://clarin-eric.github.io/ParlaMint/

An utterance `u` says `who` and holds paragraphs `seg`; what happens in the chamber stands
between them as notes. All of it comes in the order of the record; there are no times.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewer.model.errors import UnreadableError
from reviewer.model.records import DATE
from reviewer.readers.annotation.beside import with_notes, words
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import LANGUAGE, Row
from reviewer.readers.transcript import Cue, Transcript
from reviewer.readers.xml_text import local, parse, root_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

XML = "{http://www.w3.org/XML/1998/namespace}"
UTTERANCE = re.compile(rb"<(?:\w+:)?u[\s>]")
ASIDE = words("note gap vocal incident kinesic head writing shift pause")
"""What stands beside the words of an utterance."""
PIECES = frozenset({"seg", "p", "ab"})
NAMED = "the heading before the speech"
WRAP = re.compile(r"[ \t]*[\r\n]\s*")
"""A line break of the file's own layout."""


def recognises(given: Given) -> bool:
    """Whether a file is TEI with utterances in it."""
    if root_name(given) != "TEI":
        return False
    if UTTERANCE.search(given.head):
        return True
    try:
        return UTTERANCE.search(given.data()) is not None
    except UnreadableError:
        return False


def read(given: Given) -> Iterator[Row]:
    """The sitting as one recording."""
    root = parse(given)
    record = _Record(root)
    if not record.cues:
        raise UnreadableError("a TEI document without any speech in it.")
    given.remarks.append(
        f"utterances: {record.utterances}; segments of speech: {record.spoken};"
        f" headings and notes, in place as segments without a speaker: {record.asides}"
    )
    yield from with_notes(given, record.transcript(), record.notes)


FORMAT = Format("tei", "parliaments' records in TEI (ParlaMint)", recognises, read)


class _Record:
    """Walks through the text in its order."""

    def __init__(self, root: "Element") -> None:
        self.root = root
        self.cues: list[Cue] = []
        self.notes: list[list[str]] = []
        self.utterances = self.spoken = self.asides = 0
        self.language = root.get(f"{XML}lang", "")
        self.names = _people(root)
        self._heading = ""
        # A stack, for a file may be nested deeper than Python calls.
        stack: list[tuple[Element | str, str, str]] = [
            (one, "", self.language) for one in _all(root, "text")[:1]
        ]
        while stack:
            part, speaker, language = stack.pop()
            if isinstance(part, str):
                self._say(part, speaker, language)
            else:
                stack += reversed(list(self._into(part, speaker, language)))

    def _into(
        self, element: "Element", speaker: str, language: str
    ) -> Iterator[tuple["Element | str", str, str]]:
        """Take an element, and give what within it is still to be taken."""
        tag = local(element.tag)
        language = element.get(f"{XML}lang", language)
        if tag == "u":
            self.utterances += 1
            speaker = self._speaker(element)
        if tag in ASIDE:
            self._aside(element, tag)
        elif tag in {"u", *PIECES} and not any(local(e.tag) in PIECES for e in element):
            self._piece(element, speaker, language)
        else:
            yield element.text or "", speaker, language
            for inner in element:
                yield inner, speaker, language
                yield inner.tail or "", speaker, language

    def _speaker(self, u: "Element") -> str:
        """Who speaks: the reference, or where there is none the heading above."""
        heading, self._heading = self._heading, ""
        who = " ".join(part.removeprefix("#") for part in u.get("who", "").split())
        if not who:
            return heading
        if heading and who not in self.names:
            self.names[who] = heading, NAMED
        return who

    def _aside(self, element: "Element", tag: str) -> None:
        text = _text("".join(element.itertext()))
        if element.get("type") == "speaker":
            self._heading = text.removesuffix(":")
        if not text:
            reason = element.get("reason") or element.get("type") or ""
            text = f"[{tag}: {reason}]" if reason else f"[{tag}]"
        self._add(text, "", self.language)
        self.asides += 1

    def _piece(self, seg: "Element", speaker: str, language: str) -> None:
        """A paragraph, cut where a note stands in it."""
        said = ""
        in_words = any(local(one.tag) == "w" for one in seg.iter())
        for event, element in _walk(seg):
            if event == "aside":
                self._say(said, speaker, language)
                self._aside(element, local(element.tag))
                said = ""
                continue
            text = _own(element) if event == "text" else element.tail or ""
            # Between words, blanks are the file's own layout.
            said += "" if in_words and not text.strip() else text
        self._say(said, speaker, language)

    def _say(self, text: str, speaker: str, language: str) -> None:
        if _text(text):
            self._add(_text(text), speaker, language)
            self.spoken += 1

    def _add(self, text: str, speaker: str, language: str) -> None:
        other = language and language != self.language
        self.cues.append(Cue(text, speaker=speaker))
        self.notes.append([f"language: {language}"] if other else [])

    def transcript(self) -> Transcript:
        """What was said, with what the header says of it."""
        head = next(iter(_all(self.root, "teiHeader")), self.root)
        publication = next(iter(_all(head, "publicationStmt")), head)
        origin = next(iter(_all(head, "sourceDesc")), head)
        addresses = [*_texts(publication, "idno"), *_texts(origin, "idno")]
        dates = [
            one.get("when") or _text(one.text)
            for part in (*_all(origin, "date"), *_all(head, "setting/date"))
            for one in [part]
        ]
        voices = {cue.speaker for cue in self.cues}
        return Transcript(
            self.cues,
            title=self._said(head, "titleStmt", "title"),
            date=next((date for date in dates if DATE.fullmatch(date)), ""),
            language=self.language if LANGUAGE.fullmatch(self.language) else "",
            url=next((one for one in addresses if one.startswith("http")), ""),
            source=self._said(publication, "publisher", "orgName") or _first(publication),
            note="; ".join(self._about(head, publication, origin)),
            speakers={who: name for who, name in self.names.items() if who in voices},
        )

    def _about(self, head: "Element", publication: "Element", origin: "Element") -> Iterator[str]:
        meetings = [_text(one.text) or one.get("n", "") for one in _all(head, "meeting")]
        if meetings:
            yield "meeting: " + ", ".join(meetings)
        if source := self._said(origin, "bibl", "title"):
            yield f"record of: {' '.join([source, *_texts(origin, 'idno')])}"
        for licence in _all(publication, "licence"):
            yield f"licence: {licence.get('target') or _text(''.join(licence.itertext()))}"
        for date in _all(publication, "date"):
            yield f"published {date.get('when') or _text(date.text)}"

    def _said(self, part: "Element", outer: str, inner: str) -> str:
        """The words of an element that stands once for each language: the record's own first."""
        found = [one for above in _all(part, outer) for one in _all(above, inner)]
        found.sort(key=lambda one: one.get(f"{XML}lang", self.language) != self.language)
        return _text("".join(found[0].itertext())) if found else ""


def _walk(seg: "Element") -> Iterator[tuple[str, "Element"]]:
    """The pieces of a paragraph in order: an element's `text`, an `aside`, a `tail`."""
    yield "text", seg
    stack = [iter(seg)]
    above: list[Element] = []
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            if above:
                yield "tail", above.pop()
        elif local(element.tag) in ASIDE:
            yield "aside", element
            yield "tail", element
        else:
            yield "text", element
            above.append(element)
            stack.append(iter(element))


def _own(element: "Element") -> str:
    """The text at the beginning of an element; a word has a blank behind it unless it says not."""
    text = element.text or ""
    if local(element.tag) not in {"w", "pc"}:
        return text
    return text if element.get("join") in {"right", "both"} else f"{text} "


def _text(text: str | None) -> str:
    return WRAP.sub(" ", text or "").strip()


def _texts(part: "Element", tag: str) -> list[str]:
    return [text for one in _all(part, tag) if (text := _text("".join(one.itertext())))]


def _first(publication: "Element") -> str:
    return next(iter(_texts(publication, "publisher")), "")


def _all(part: "Element", tag: str) -> list["Element"]:
    return [one for one in part.iter() if local(one.tag) == tag]


def _people(root: "Element") -> dict[str, tuple[str, str]]:
    """The people of a header's list, by the ids that utterances refer to."""
    found = {}
    for person in _all(root, "person"):
        name = next(iter(_all(person, "persName")), None)
        words = " ".join(" ".join(name.itertext()).split()) if name is not None else ""
        if words:
            found[person.get(f"{XML}id", "")] = words, "the record's list of people"
    return found
