"""Likelihood and confidence as they are written: what ICD 203 does not let stand in a text.

The rules are those of ICD 203 (2015), D.6.e(2): a likelihood and a level of confidence never
stand in one sentence, the two rows of words are not mixed, and a word of the table stands
where a number would claim an exactness that nobody has. English words only: the directive
has no others, and a translated table would be one of ours.
"""

from __future__ import annotations

import re

from reviewer.model.likelihood import LIKELIHOODS, ranges
from reviewer.structs import Struct
from reviewer.text.patterns import compiled
from reviewer.text.sentences import sentences

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = (
    r"\b(?:almost no chance|(?:very )?(?:un)?likely|roughly even chance"
    r"|almost certain(?:ly)?)\b"
)
OTHER = (
    r"\b(?:(?:highly )?(?:im)?probabl[ey]|roughly even odds|nearly certain(?:ly)?"
    r"|remote (?:chance|possibility|likelihood)"
    r"|(?:chance|possibility|likelihood) (?:is|was|remains) remote)\b"
)
LEVEL = "(?:high|moderate|medium|low)"
CONFIDENCE = (
    rf"\b(?:{LEVEL}(?:er|est)?(?:[ -]level(?: of)?)?[ -]confidence"
    rf"|confidence(?: level)?(?: is| was|:|,| of)? {LEVEL}|{LEVEL}ly confident)\b"
)
PER_CENT = r"\d{1,3}(?:[.,]\d+)? ?(?:%|per ?cent\b)"
NUMBER = rf"(?:\d{{1,3}} ?(?:-|–|to) ?)?{PER_CENT}"
CHANCE = "(?:chance|probability|likelihood|odds|likely|probable|certain|sure)"
BARE = rf"{NUMBER} {CHANCE}\b|\b{CHANCE} (?:of|is|at|:) ?(?:about |some )?{NUMBER}"


class Fault(Struct):
    """What a rule does not let stand: the words from `start` to `end`, and what to do."""

    start: int
    end: int
    sentence: str


def faults(text: str) -> list[Fault]:
    """What is to be mended in a text, in the order of its words. Pure; nothing is changed."""
    found = [*_together(text), *_mixed(text), *_numbers(text)]
    return sorted(found, key=lambda fault: (fault.start, fault.end))


def first_fault(text: str) -> str:
    """The first fault with its place, as a sentence; nothing where there is none."""
    found = faults(text)
    if not found:
        return ""
    more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
    return f"{found[0].sentence} (character {found[0].start + 1}){more}"


def _together(text: str) -> Iterator[Fault]:
    """A likelihood and a confidence in one sentence; what it points at is the later of the two."""
    for start, end in sentences(text):
        likely = _first(f"{FIRST}|{OTHER}", text, start, end)
        level = _first(CONFIDENCE, text, start, end)
        if likely and level:
            later = max(likely, level, key=lambda found: found.start())
            yield Fault(
                *later.span(),
                f'"{likely[0]}" and "{level[0]}" stand in one sentence; give each one of its own',
            )


def _mixed(text: str) -> Iterator[Fault]:
    ours, others = _first(FIRST, text), _first(OTHER, text)
    if ours and others:
        later = max(ours, others, key=lambda found: found.start())
        yield Fault(
            *later.span(),
            f'"{ours[0]}" and "{others[0]}" are of two rows of words; keep to those of one',
        )


def _numbers(text: str) -> Iterator[Fault]:
    for found in compiled(BARE, re.IGNORECASE).finditer(text):
        numbers = [int(one) for one in compiled(r"\d{1,3}(?![\d,.])").findall(found[0])]
        word = _word(sum(numbers) / len(numbers)) if numbers else ""
        meant = f'write "{word}" ({ranges()[word].range})' if word else "write a word of the table"
        yield Fault(*found.span(), f'"{found[0]}" is more exact than anybody knows; {meant}')


def _word(per_cent: float) -> str:
    return next((step.word for step in LIKELIHOODS if step.low <= per_cent <= step.high), "")


def _first(pattern: str, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    whole = len(text) if end is None else end
    return compiled(pattern, re.IGNORECASE).search(text, start, whole)
