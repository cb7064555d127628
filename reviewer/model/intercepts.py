"""The intercept card: what has to be known of a call before anything rests on it.

Who speaks and how that is known, the number and how it was attributed, when it took place, cuts
and continuity, who released it when and how much of it, who transcribed and translated it and
whether a second translator checked (docs/method.md names the sources of the list). A part that
nobody can fill is unknown, and is said to be.

What an import brought is evidence and is never changed here. What a reader knows besides is a
finding of that reader's, and stands beside the evidence with the reader's name.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.model.entry import Kind
from reviewer.model.evidence import Recording
from reviewer.model.findings import Finding
from reviewer.structs import Struct

PARTS = {
    "speakers": "Who speaks",
    "speakers_known_by": "How known",
    "number": "Number",
    "number_known_by": "Number known by",
    "day": "Call took place",
    "time": "Hour of call",
    "cuts": "Cuts",
    "continuity": "Continuity",
    "released": "Released",
    "release": "In full or part",
    "transcribed_by": "Transcribed by",
    "translated_by": "Translated by",
    "second_translator": "2nd translator",
}
"""The parts of a card by their keys, in order, with what they are called on it."""
RELEASE = {"full": "in full", "part": "in part"}
SPEAKERS = ("speakers", "speakers_known_by")
KNOWN = "known"
UNKNOWN = "unknown"


class Part(Struct):
    """A part of the card: what the evidence says of it, and what readers say, newest first."""

    key: str
    label: str
    evidence: str
    held: bool
    """Whether the evidence knows it."""
    said: tuple[Finding, ...] = ()

    @property
    def unknown(self) -> bool:
        """Whether it is still to be found out: the newest word on it decides."""
        return self.said[0].value != KNOWN if self.said else not self.held

    @property
    def text(self) -> str:
        """All that is said of it, or nothing."""
        return "; ".join(filter(None, [self.evidence, self.said_by_readers]))

    @property
    def said_by_readers(self) -> str:
        """What readers say of it, each by name, or nothing."""
        return "; ".join(map(_by, self.said))


def card_of(recording: Recording, findings: Iterable[Finding] = ()) -> list[Part]:
    """Every part of a recording's card, in order."""
    of_call = [
        one
        for one in findings
        if one.kind == Kind.CARD and one.about == recording.id and one.value in (KNOWN, UNKNOWN)
    ]
    of_call.sort(key=lambda one: one.order, reverse=True)
    evidence = _evidence(recording)
    return [
        Part(
            key,
            label,
            *evidence.get(key, ("", False)),
            said=tuple(one for one in of_call if one.key == key),
        )
        for key, label in PARTS.items()
    ]


def is_unknown(text: str) -> bool:
    """Whether a text says that something is not known: `unknown`, `Unknown. Nobody says so.`"""
    words = text.split()
    return not words or words[0].strip(".,;:()").casefold() == UNKNOWN


def _evidence(call: Recording) -> dict[str, tuple[str, bool]]:
    """What an import brought, by part, and whether it is known by it."""
    # As the case format writes a moment: 2022-03-07T14:05:00Z.
    has_clock = call.date[10:11] in ("T", " ") and call.date[11:13].isdigit()
    day, clock = (call.date[:10], call.date[11:]) if has_clock else (call.date, "")
    names = [speaker.name for speaker in call.speakers]
    known_by = [speaker.known_by for speaker in call.speakers]
    labels = [speaker.label for speaker in call.speakers]
    return {
        "speakers": _listed(labels, names),
        "speakers_known_by": _listed(labels, known_by),
        "day": _told(day),
        "time": _told(clock),
        "cuts": _told(call.cuts),
        "released": _told(call.released),
        "release": _told(RELEASE.get(call.release, "")),
        "transcribed_by": _told(call.transcribed_by),
        "translated_by": _told(call.translated_by),
    }


def _told(text: str) -> tuple[str, bool]:
    known = not is_unknown(text)
    bare = text.strip().strip(".").casefold() in ("", UNKNOWN)
    return ("" if bare else text.strip(), known)


def _listed(labels: list[str], said: list[str]) -> tuple[str, bool]:
    """What is said of each speaker; known only where it is known of all."""
    if all(map(is_unknown, said)) and not any(_told(one)[0] for one in said):
        return "", False
    told = "; ".join(
        f"{label}: {_told(one)[0] or UNKNOWN}" for label, one in zip(labels, said, strict=True)
    )
    return told, not any(map(is_unknown, said))


def _by(one: Finding) -> str:
    words = one.erased or one.words.get("said", "")
    if one.value == KNOWN:
        return f"{words} (says {one.reader})"
    return f"{UNKNOWN}, says {one.reader}{f': {words}' if words else ''}"
