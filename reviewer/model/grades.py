"""The Admiralty code: how reliable a source is, and how credible what it says.

The two keys are given apart, and neither is ever taken from the other (NATO AJP-2.1; the words
are those of its table). F and 6 say that it cannot be judged, and stand until somebody judges:
they are not the worst of their scales, and letters and digits are never added up.

Reliability is a source's, whatever it publishes, and is recorded on no claim. Credibility is a
piece of information's: what one text says on one claim, and so its key names the claim
(`information/c-01`). It is recorded on the claim, and hidden with everything else there while a
second reading is blind.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.model.entry import Kind
from reviewer.model.evidence import Target
from reviewer.model.findings import Finding
from reviewer.structs import Struct

SOURCE = "source"
INFORMATION = "information"
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
WORDS = {SOURCE: RELIABILITY, INFORMATION: CREDIBILITY}
UNTIL_GIVEN = {SOURCE: "F", INFORMATION: "6"}
NOT_GIVEN = "F6 (not given)"


class Grade(Struct):
    """What readers gave by the two keys; of each reader the grade in force, the newest first."""

    source: tuple[Finding, ...] = ()
    information: tuple[Finding, ...] = ()

    @property
    def given(self) -> bool:
        """Whether anybody gave any of the two."""
        return bool(self.source or self.information)

    @property
    def code(self) -> str:
        """`B3`: the newest by each key, and F or 6 where none is given."""
        return f"{_newest(self.source, SOURCE)}{_newest(self.information, INFORMATION)}"


def on_claim(claim: str) -> str:
    """The key of what a text says on a claim."""
    return f"{INFORMATION}/{claim}"


def base(key: str) -> str:
    """By which of the two keys a grade was given, whatever the claim."""
    return key.partition("/")[0]


def grade_of(target: Target, claim: str, findings: Iterable[Finding]) -> Grade:
    """The grade of a text's source, and of what the text says on a claim.

    Args:
        target: the text.
        claim: the claim.
        findings: any; among them those on the claim and of the text's source.
    """
    found = list(findings)
    said = _about(target.id, on_claim(claim), found)
    return Grade(source_grades(target.source.id, found), said)


def is_grade(one: Finding) -> bool:
    """Whether a finding is a grade by one of the two keys; another's entry may say anything."""
    values = WORDS.get(base(one.key), {}) if one.kind == Kind.GRADE else {}
    return isinstance(one.value, str) and one.value in values


def source_grades(source: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The grades that readers gave a source, the newest first."""
    return _about(source, SOURCE, findings)


def graded_sources(findings: Iterable[Finding]) -> set[str]:
    """The ids of the sources that somebody graded."""
    return {one.about for one in findings if one.key == SOURCE and is_grade(one)}


def in_words(key: str, given: tuple[Finding, ...]) -> str:
    """Grades by one key in words: `B usually reliable (ada)`; where readers differ, each."""
    if not given:
        return f"{UNTIL_GIVEN[key]} (not given)"
    newest, *older = given
    said = [_said(key, newest)]
    others = [_said(key, one) for one in older if one.value != newest.value]
    if others:
        said.append(f"readers differ: {', '.join(others)}")
    return "; ".join(said)


def told(grade: Grade) -> str:
    """A whole grade in words, as a card has it."""
    if not grade.given:
        return NOT_GIVEN
    source = in_words(SOURCE, grade.source)
    return f"{grade.code}: source {source}; information {in_words(INFORMATION, grade.information)}"


def label(key: str, value: object) -> str:
    """`B, usually reliable`; a value that is none of the code's as it stands."""
    words = WORDS.get(base(key), {}).get(str(value), "")
    return f"{value}, {words}" if words else str(value)


def tag(key: str, value: str) -> str:
    """A grade as a machine tag of MISP's taxonomy `admiralty-scale`."""
    of = {SOURCE: "source-reliability", INFORMATION: "information-credibility"}[key]
    return f'admiralty-scale:{of}="{value.lower()}"'


def _about(id_: str, key: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    found = [one for one in findings if (one.about, one.key) == (id_, key) and is_grade(one)]
    return tuple(sorted(found, key=lambda one: one.order, reverse=True))


def _newest(given: tuple[Finding, ...], key: str) -> str:
    return str(given[0].value) if given else UNTIL_GIVEN[key]


def _said(key: str, one: Finding) -> str:
    why = one.erased or one.words.get("why", "")
    by = f"{one.reader}: {why}" if why else one.reader
    return f"{one.value} {WORDS[key][str(one.value)]} ({by})"
