"""Likelihood and confidence in words: Intelligence Community Directive 203 (2015), D.6.e(2).

Likelihood says how probable the claim is, in seven words, each of a range of per cent that
belongs to it. Confidence says how well founded the judgement is. The two never stand in one
sentence, and the two rows of words are not mixed.
"""

from __future__ import annotations

from reviewer.model.errors import UsageError
from reviewer.structs import Struct

SOURCE = "ICD 203 (2015), D.6.e(2)"


class Likelihood(Struct):
    """A step of the scale: its word, the word of the other row, its range in per cent."""

    word: str
    other: str
    low: int
    high: int

    @property
    def range(self) -> str:
        """`55-80 %`."""
        return f"{self.low}-{self.high} %"


LIKELIHOODS = (
    Likelihood("almost no chance", "remote", 1, 5),
    Likelihood("very unlikely", "highly improbable", 5, 20),
    Likelihood("unlikely", "improbable", 20, 45),
    Likelihood("roughly even chance", "roughly even odds", 45, 55),
    Likelihood("likely", "probable", 55, 80),
    Likelihood("very likely", "highly probable", 80, 95),
    Likelihood("almost certain", "nearly certain", 95, 99),
)
CONFIDENCES = ("high", "moderate", "low")
MEANINGS = {
    "high": "good sources that agree; it may be wrong all the same",
    "moderate": "credible and plausible, but not confirmed well enough",
    "low": "scant or fragmentary, or from doubtful sources",
}
"""What each level says of the grounds of a judgement."""


def likelihood(said: str) -> str:
    """The word of the first row for a word of either row.

    Raises:
        UsageError: it is none of them.
    """
    plain = " ".join(said.split()).casefold()
    for step in LIKELIHOODS:
        if plain in (step.word, step.other, f"{step.word}ly"):
            return step.word
    words = ", ".join(step.word for step in LIKELIHOODS)
    raise UsageError(f"'{said}' is no likelihood of {SOURCE}; it has: {words}.")


def confidence(said: str) -> str:
    """A level of confidence.

    Raises:
        UsageError: it is none.
    """
    plain = said.strip().casefold()
    if plain in CONFIDENCES:
        return plain
    raise UsageError(f"'{said}' is no level of confidence; it is {', '.join(CONFIDENCES)}.")


def ranges() -> dict[str, Likelihood]:
    """The steps by their word."""
    return {step.word: step for step in LIKELIHOODS}


def sentences(data: object) -> list[str]:
    """What a verdict says of likelihood and of confidence, a sentence for each, never one."""
    said = data if isinstance(data, dict) else {}
    step = ranges().get(str(said.get("likelihood", "")))
    level = str(said.get("confidence", ""))
    found = [f"Likelihood: {step.word} ({step.range})."] if step else []
    return [*found, f"Confidence: {level}."] if level in CONFIDENCES else found
