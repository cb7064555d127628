"""How much a passage has in common with what a claim says: for an order, never a judgement.

Words are compared at three levels, each by Okapi BM25 (Robertson, Zaragoza: The Probabilistic
Relevance Framework, 2009, section 3.4), and each level's sum is divided by what the claim's own
terms could give at most, so that none outweighs the others:

1. the word's key, the same in every alphabet (`text.latin`),
2. the beginning of the key, which leaves the endings of cases and numbers away in any language,
3. its threes of letters, which find a word inside a longer one and through a changed vowel.

A term weighs by how rare it is among the passages of the case, of which an even sample is
counted; figures weigh more, since a claim stands or falls with them. A passage gets a share of
what the passage next to it got: who asks in one segment is answered in the next.

The parameters were chosen on one half of the questions of `docs/passages.md`, for all data sets
together; the figures there are those of the other half.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reviewer.text import latin

BEGINNING = 5
THREE = 3
LEVELS = range(3)
SATURATION = 1.2
"""BM25's k1: how little a word says when it comes again."""
LENGTH = 0.75
"""BM25's b: how much a long passage must bring more."""
FIGURES = 1.5
NEXT_TO = 0.1
"""The share of its neighbour's score that a passage gets."""
CACHED = 65_536


@dataclass(frozen=True, slots=True)
class Features:
    """The terms of a text at each level, counted; `sizes` are their numbers."""

    levels: tuple[Counter[str], ...]
    sizes: tuple[int, ...]


def features(text: str) -> Features:
    """The terms of a text."""
    keys = latin.keys(text)
    levels = (
        Counter(keys),
        Counter(map(beginning, keys)),
        Counter(three for key in keys for three in _threes(key)),
    )
    return Features(levels, tuple(level.total() for level in levels))


def beginning(key: str) -> str:
    """A key without what grammar puts behind it; figures and pairs of characters stay whole."""
    return key if _is_whole(key) else latin.stem_of(key)[:BEGINNING]


@lru_cache(CACHED)
def _threes(key: str) -> tuple[str, ...]:
    if _is_whole(key):
        return (key,)
    closed = f"<{key}>"
    return tuple(closed[n : n + THREE] for n in range(max(1, len(closed) - THREE + 1)))


def _is_whole(key: str) -> bool:
    return key.isdecimal() or (not key.isascii() and latin.is_unspaced(key))


class Rarity:
    """How rare terms are among the passages of a case, as far as an even sample of them says."""

    def __init__(self, sample: Sequence[Features], of: int) -> None:
        self.of = max(of, len(sample), 1)
        self._scale = self.of / max(1, len(sample))
        self._in = tuple(_holding(sample, level) for level in LEVELS)
        self.mean = tuple(
            sum(one.sizes[level] for one in sample) / max(1, len(sample)) or 1.0 for level in LEVELS
        )

    def weight(self, level: int, term: str, known: int = 0) -> float:
        """BM25's weight of a term that stands in at least `known` passages."""
        held = min(self.of, max(known, self._in[level][term] * self._scale))
        rare = math.log(1 + (self.of - held + 0.5) / (held + 0.5))
        return rare * FIGURES if term.isdecimal() else rare


def _holding(given: Iterable[Features], level: int) -> Counter[str]:
    return Counter(term for one in given for term in one.levels[level])


Asked = Sequence[tuple[Features, float]]
"""What is asked for: the claim's words, and what else is known of it, with how much it counts."""


def scores(asked: Asked, runs: Sequence[Sequence[Features]], rarity: Rarity) -> list[list[float]]:
    """How much each passage has in common with what is asked for; 0 is nothing.

    Args:
        asked: the texts of a claim with their weights.
        runs: passages; those of one run stand one behind the other in their text.
        rarity: of the passages of the case.
    """
    given = [one for run in runs for one in run]
    found = [0.0] * len(given)
    for level in LEVELS:
        wanted = _wanted(asked, level, rarity, _holding(given, level))
        most = sum(wanted.values())
        if most:
            for n, one in enumerate(given):
                found[n] += _okapi(one, level, wanted, rarity.mean[level]) / most
    rows: list[list[float]] = []
    at = 0
    for run in runs:
        rows.append(_shared(found[at : at + len(run)]))
        at += len(run)
    return rows


def _wanted(asked: Asked, level: int, rarity: Rarity, held: Counter[str]) -> dict[str, float]:
    wanted: dict[str, float] = {}
    for one, share in asked:
        for term in one.levels[level]:
            weight = share * rarity.weight(level, term, held[term])
            wanted[term] = max(weight, wanted.get(term, 0.0))
    return wanted


def _okapi(one: Features, level: int, wanted: dict[str, float], mean: float) -> float:
    counted = one.levels[level]
    norm = SATURATION * (1 - LENGTH + LENGTH * one.sizes[level] / mean)
    return sum(
        wanted[term] * counted[term] * (SATURATION + 1) / (counted[term] + norm)
        for term in sorted(wanted.keys() & counted.keys())
    )


def _shared(run: list[float]) -> list[float]:
    beside = [0.0, *run, 0.0]
    return [own + NEXT_TO * max(beside[n], beside[n + 2]) for n, own in enumerate(run)]
