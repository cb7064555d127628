"""Claims, statements, recordings and what links them, as values read back from a case.

They are plain frozen structs, as are the other words of the field (docs: design, section 3)
that stand in `claims`, `judgements` and `about`: what stands in a case file was checked on its
way in, by the pydantic models of `records`, and the commands that only read stay quick to start.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum

from reviewer.structs import Struct


class Held(StrEnum):
    """How faithful the text that is held is to what was said or published."""

    VERBATIM = "verbatim"
    TRANSLATION = "translation"
    PARAPHRASE = "paraphrase"


class Stance(StrEnum):
    """What an excerpt does to its claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"
    UNTOLD = "stance not told"
    """Another reader's, on a claim that is still to be read blind."""


STANCES = (Stance.SUPPORTS, Stance.REFUTES, Stance.CONTEXT)
"""Those that an excerpt is given."""


class Source(Struct):
    """Who published. `origin` is who first held the information."""

    id: str
    name: str
    kind: str
    origin: str
    note: str


class Statement(Struct):
    """A published text. `own_origin` is empty where the origin is its source's."""

    id: str
    version: int
    hash: str
    source: Source
    origin: str
    title: str
    date: str
    language: str
    held: Held
    url: str
    text: str
    translation: str
    translation_language: str
    note: str
    own_origin: str = ""
    origin_name: str = ""

    @property
    def first_held_by(self) -> str:
        """Who first held it, by name where the case holds the name."""
        return self.origin_name or self.origin


class Speaker(Struct):
    """A voice in a recording and how it is known whose it is."""

    label: str
    name: str
    known_by: str


class Segment(Struct):
    """One utterance. Times are milliseconds from the start of the recording, if held.

    `note` says what was odd about it when it was imported.
    """

    n: int
    start_ms: int | None
    end_ms: int | None
    speaker: str
    text: str
    translation: str
    note: str = ""


class Recording(Struct):
    """An intercepted call or other audio, held as segments; `own_origin` as of a statement."""

    id: str
    version: int
    hash: str
    source: Source
    origin: str
    title: str
    date: str
    released: str
    release: str
    language: str
    translation_language: str
    held: Held
    cuts: str
    transcribed_by: str
    translated_by: str
    url: str
    note: str
    speakers: tuple[Speaker, ...]
    segments: tuple[Segment, ...]
    own_origin: str = ""
    origin_name: str = ""

    @property
    def first_held_by(self) -> str:
        """Who first held it, by name where the case holds the name."""
        return self.origin_name or self.origin

    @property
    def text(self) -> str:
        """What excerpts are anchored in: the segments' text, a line break between two."""
        return segments_text(self.segments)

    def segments_of(self, start: int, end: int) -> range:
        """The segments in which the words from `start` to `end` of its text stand."""
        begins = [0]
        for segment in self.segments:
            begins.append(begins[-1] + len(segment.text) + 1)
        first = bisect_right(begins, start) - 1
        return range(first, bisect_right(begins, max(start, end - 1)))


def segments_text(segments: tuple[Segment, ...]) -> str:
    """The segments' original text as one string, a line break between two."""
    return "\n".join(segment.text for segment in segments)


Target = Statement | Recording


class Shelved(Struct):
    """A statement or a recording as the list of all texts has it."""

    kind: str
    id: str
    title: str
    source: str
    date: str
    language: str
    held: Held


class Claim(Struct):
    """One checkable assertion."""

    id: str
    version: int
    hash: str
    text: str
    claimant: str
    date: str
    priority: int
    tags: tuple[str, ...]
    parent: str
    context: str


class Excerpt(Struct):
    """Exact words of a statement or segments, linked to a claim.

    `start` and `end` count code points in the target's text, `end` excluded (W3C Web
    Annotation, TextPositionSelector); they are None for an orphan. `reader` is empty for an
    excerpt that came with the case.
    """

    id: str
    claim: str
    target: str
    stance: Stance
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    start_ms: int | None
    end_ms: int | None
    reader: str
    note: str

    @property
    def orphan(self) -> bool:
        """Whether its words no longer stand in the target."""
        return self.start is None


class Rating(Struct):
    """What somebody else published on a claim: evidence, never a verdict of ours.

    `rating` is the publisher's word; `value` the number, with its bounds, if there is one.
    """

    id: str
    claim: str
    source: Source
    rating: str
    value: str
    title: str
    url: str
    date: str
    text: str
    note: str


class Provenance(Struct):
    """The newest imported file in which a record stood, and where in it.

    `hash` is the SHA-256 of the file's bytes; `gone` is set where a newer file of the same
    collection no longer holds the record.
    """

    file: str
    place: str
    collection: str
    hash: str
    format: str
    encoding: str
    doubt: str
    at: int
    gone: bool
