"""Passages and claims that may have to do with a claim: suggestions, never evidence.

A suggestion says where its words stand and nothing of how sure anybody may be: what orders the
list is no probability. It becomes evidence when a reader takes it as an excerpt.
"""

from dataclasses import dataclass
from typing import Literal

from reviewer.model.canonical import Json
from reviewer.model.claims import QueueRow
from reviewer.model.clock import media
from reviewer.model.evidence import Held, Stance
from reviewer.model.searching import Hit
from reviewer.text.anchors import make

Whose = Literal["statement", "recording", "claim"]
STANCE_KEYS = {"s": Stance.SUPPORTS, "r": Stance.REFUTES, "c": Stance.CONTEXT}
NOT_LINKED = "Likely passages: not linked yet."
NOT_JUDGED = "Similar claims: nothing here is evidence."


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a statement, or a segment or a sentence of one.

    `start` and `end` are code points in its field of the statement, or of the segment `segment`.
    `before` and `behind` are what stands around it there, as an anchor has it.
    """

    kind: Whose
    id: str
    title: str
    date: str
    held: Held
    field: str
    start: int
    end: int
    text: str
    before: str = ""
    behind: str = ""
    segment: int | None = None
    start_ms: int | None = None
    speaker: str = ""

    @property
    def of_translation(self) -> bool:
        """Whether its words are those of a translation."""
        return self.field == "translation"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A page of suggestions, best first.

    `looked_through` of `records` are in the index; where it lacks some, so may the page.
    """

    passages: tuple[Passage, ...] = ()
    claims: tuple[QueueRow, ...] = ()
    looked_through: int = 0
    records: int = 0

    @property
    def partial(self) -> bool:
        """Whether something of the case was not looked through."""
        return self.looked_through < self.records


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a place, as an anchor has it."""
    anchor = make(text, start, end)
    return anchor.prefix, anchor.suffix


def refusal(one: Passage | QueueRow) -> dict[str, Json]:
    """What the entry that refuses a suggestion names of it.

    A passage is known by its words and what stands around them, in whichever version; a claim
    by its wording: either is offered again when that has changed.
    """
    if isinstance(one, QueueRow):
        return {"what": "claim", "target": one.id, "exact": one.text, "prefix": "", "suffix": ""}
    named: dict[str, Json] = {
        "what": one.kind,
        "target": one.id,
        "field": one.field,
        "exact": one.text,
        "prefix": one.before,
        "suffix": one.behind,
    }
    return named if one.segment is None else {**named, "segment": one.segment}


def as_hit(one: Passage) -> Hit:
    """A passage as the search would have found it, to go to; as far as its first line goes."""
    words = one.text.split("\n")[0]
    return Hit(
        kind="recording" if one.kind == "recording" else "statement",
        id=one.id,
        title=one.title,
        date=one.date,
        passage=words,
        marks=((0, len(words)),),
        field=one.field,
        at=one.start,
        segment=one.segment,
        start_ms=one.start_ms,
    )


def heading(one: Passage) -> str:
    """What a passage stands in: the kind, id and time, how it is held, the title."""
    name = f"{one.kind} {one.id}"
    if one.segment is not None:
        name += f", segment {one.segment + 1}"
        name += f" at {media(one.start_ms)}" if one.start_ms is not None else ""
        name += f", {one.speaker}" if one.speaker else ""
    held = "" if one.held is Held.VERBATIM else str(one.held.upper())
    words = "words of the translation" if one.of_translation else ""
    return ", ".join(filter(None, (held, name, words, one.date, one.title)))
