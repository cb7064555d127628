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
from collections.abc import Sequence
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


Terms = tuple[tuple[str, ...], ...]
"""Terms at each level."""


def terms_of(key: str) -> Terms:
    """The terms of one word."""
    return (key,), (beginning(key),), _threes(key)


def terms(text: str) -> Terms:
    """The different terms of a text, in an order that is always the same."""
    found = [terms_of(key) for key in dict.fromkeys(latin.keys(text))]
    return tuple(
        tuple(dict.fromkeys(term for one in found for term in one[level])) for level in LEVELS
    )


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
    """How rare terms are among the passages of a case, as far as an even sample of them says.

    Args:
        sample: the words of each passage of the sample, as `latin.keys` gives them.
        of: how many passages there are.
    """

    def __init__(self, sample: Sequence[Sequence[str]], of: int) -> None:
        self.of = max(of, len(sample), 1)
        self._scale = self.of / max(1, len(sample))
        self._in: tuple[Counter[str], ...] = tuple(Counter() for _ in LEVELS)
        sizes = [0] * len(LEVELS)
        for keys in sample:
            found = [terms_of(key) for key in keys]
            for level in LEVELS:
                held = [term for one in found for term in one[level]]
                sizes[level] += len(held)
                self._in[level].update(set(held))
        self.mean = [max(1.0, size / max(1, len(sample))) for size in sizes]

    def weight(self, level: int, term: str, known: int = 0) -> float:
        """BM25's weight of a term that stands in at least `known` passages."""
        held = min(self.of, max(known, self._in[level][term] * self._scale))
        rare = math.log(1 + (self.of - held + 0.5) / (held + 0.5))
        return rare * FIGURES if term.isdecimal() else rare


Asked = Sequence[tuple[Terms, float]]
"""What is asked for: the claim's words, and what else is known of it, with how much it counts."""


@dataclass(slots=True)
class _Counted:
    """How often the terms that are asked for stand in a passage, and how many it has in all."""

    held: tuple[dict[str, int], ...]
    sizes: list[int]


def scores(
    asked: Asked, runs: Sequence[Sequence[Sequence[str]]], rarity: Rarity
) -> list[list[float]]:
    """How much each passage has in common with what is asked for; 0 is nothing.

    Args:
        asked: the texts of a claim with their weights.
        runs: the words of passages, as `latin.keys` gives them; those of one run stand one
            behind the other in their text.
        rarity: of the passages of the case.
    """
    counted = _counted(asked, [keys for run in runs for keys in run])
    found = [0.0] * len(counted)
    for level in LEVELS:
        known = Counter(term for one in counted for term in one.held[level])
        wanted = _wanted(asked, level, rarity, known)
        most = sum(wanted.values())
        for n, one in enumerate(counted):
            if one.held[level] and most:
                found[n] += _okapi(one, level, wanted, rarity.mean[level]) / most
    rows: list[list[float]] = []
    at = 0
    for run in runs:
        rows.append(_shared(found[at : at + len(run)]))
        at += len(run)
    return rows


def _counted(asked: Asked, passages: Sequence[Sequence[str]]) -> list[_Counted]:
    wanted = [{term for one, _ in asked for term in one[level]} for level in LEVELS]
    known: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {}
    found = []
    for keys in passages:
        held: tuple[dict[str, int], ...] = ({}, {}, {})
        sizes = [0] * len(LEVELS)
        for key in keys:
            if key not in known:
                known[key] = tuple(
                    (tuple(term for term in of_level if term in wanted[level]), len(of_level))
                    for level, of_level in enumerate(terms_of(key))
                )
            for level, (shared, size) in enumerate(known[key]):
                sizes[level] += size
                for term in shared:
                    held[level][term] = held[level].get(term, 0) + 1
        found.append(_Counted(held, sizes))
    return found


def _wanted(asked: Asked, level: int, rarity: Rarity, known: Counter[str]) -> dict[str, float]:
    wanted: dict[str, float] = {}
    for one, share in asked:
        for term in one[level]:
            weight = share * rarity.weight(level, term, known[term])
            wanted[term] = max(weight, wanted.get(term, 0.0))
    return wanted


def _okapi(one: _Counted, level: int, wanted: dict[str, float], mean: float) -> float:
    norm = SATURATION * (1 - LENGTH + LENGTH * one.sizes[level] / mean)
    return sum(
        wanted[term] * n * (SATURATION + 1) / (n + norm)
        for term, n in sorted(one.held[level].items())
    )


def _shared(run: list[float]) -> list[float]:
    beside = [0.0, *run, 0.0]
    return [own + NEXT_TO * max(beside[n], beside[n + 2]) for n, own in enumerate(run)]
