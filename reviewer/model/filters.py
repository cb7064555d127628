"""Filters of the queue, written like searches people know.

`state:undecided verdict:false claimant:"Defence Ministry" tag:casualties -tag:dup kharkiv`
"""

import difflib
from dataclasses import dataclass

from reviewer.model.errors import FilterError

FIELDS = {
    "state": "undecided, new, in_review, set_aside, decided, in_conflict, reopened",
    "verdict": "a value of the scale, or none",
    "claimant": "a part of the claimant's name",
    "tag": "a tag",
    "reader": "a reader who has a verdict or a note on it; me for yourself",
    "id": "a claim's id",
    "parent": "the id of the claim it is a part of",
    "priority": "1 to 9",
    "date": "the beginning of a date: 2022-03",
    "has": "statement, recording, excerpt, orphan, note, verdict",
    "marked": "yes or no",
}
CHOICES = {
    "state": (
        "undecided",
        "new",
        "in_review",
        "set_aside",
        "decided",
        "in_conflict",
        "reopened",
    ),
    "has": ("statement", "recording", "excerpt", "orphan", "note", "verdict"),
    "marked": ("yes", "no"),
    "priority": tuple("123456789"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `field` is empty for a bare word. `at` is its place in the filter."""

    field: str
    value: str
    negated: bool
    at: int


def parse_filter(text: str) -> tuple[Term, ...]:
    """The conditions of a filter, all of which must hold.

    Raises:
        FilterError: names the place of the mistake and what was perhaps meant.
    """
    terms = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        term, at = _term(text, at)
        if term.value:
            terms.append(term)
    return tuple(terms)


def _term(text: str, at: int) -> tuple[Term, int]:
    begin = at
    negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
    if negated:
        at += 1
    word, quoted, at = _word(text, at)
    name, colon, value = word.partition(":")
    if quoted or not colon:
        return Term("", word, negated, begin), at
    name = name.lower()
    if name not in FIELDS:
        near = difflib.get_close_matches(name, FIELDS, n=1)
        meant = f" Did you mean {near[0]}: ?" if near else f" There is: {', '.join(FIELDS)}."
        raise FilterError(f"A claim has no '{name}' to filter by.{meant}", begin)
    if not value:
        if at < len(text) and text[at] == '"':
            value, _, at = _word(text, at)
        if not value:
            raise FilterError(f"What should '{name}:' be? {FIELDS[name]}.", at)
    return Term(name, _choice(name, value, begin), negated, begin), at


def _word(text: str, at: int) -> tuple[str, bool, int]:
    if text[at] == '"':
        end = text.find('"', at + 1)
        if end < 0:
            raise FilterError('A quotation mark is opened and not closed; add a ".', at)
        return text[at + 1 : end], True, end + 1
    end = at
    while end < len(text) and not text[end].isspace() and text[end] != '"':
        end += 1
    return text[at:end], False, end


def _choice(name: str, value: str, at: int) -> str:
    choices = CHOICES.get(name)
    if choices is None:
        return value
    wanted = value.lower().replace("-", "_").replace(" ", "_")
    if wanted not in choices:
        near = difflib.get_close_matches(wanted, choices, n=1)
        meant = f" Did you mean {near[0]}?" if near else f" It may be: {', '.join(choices)}."
        raise FilterError(f"'{value}' is not a {name}.{meant}", at)
    return wanted
