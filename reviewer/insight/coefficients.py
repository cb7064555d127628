"""Coefficients of agreement between readers, and how sure they are, from counted readings.

What is counted is patterns: the values that one claim was given, and how many claims were given
these. A coefficient is None where chance leaves nothing to correct for, as where every reading is
of one value: it is not 0 there and not 1.

Sources: per cent and AC1, Gwet: Computing inter-rater reliability and its variance in the
presence of high agreement (2008), for any number of readers as in his Handbook (2014), chapter 2;
kappa, Cohen: A coefficient of agreement for nominal scales (1960), weighted, Cohen (1968); alpha,
Krippendorff: Computing Krippendorff's Alpha-Reliability (2011); agreement on one value,
Cicchetti and Feinstein: High agreement but low kappa, II (1990).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from random import Random

Tally = Mapping[tuple[str, ...], int]
"""How many claims were given these values, in any order, by so many readers."""
Table = Mapping[tuple[str, ...], int]
"""How many claims were given this value by one reader, and this by the other."""
Distance = Callable[[str, str], float]
"""How far two values are apart; 0 for a value and itself."""
Measure = Callable[[Tally], float | None]
Interval = tuple[float, float]

DRAWS = 1000
"""Efron and Tibshirani: An Introduction to the Bootstrap (1993), section 13.3: about so many for
the ends of an interval."""
OUTSIDE = 0.025
"""The share of the draws that lies beyond either end of an interval: it is one of 95 per cent."""
SEED = 20220307
"""The same readings give the same interval each time."""
MOSTLY = 0.9
"""In so many of the draws a measure has to be defined, or it has no interval."""
CACHED = 4096
SMALL = 30
"""Up to this mean a Poisson number is drawn exactly, beyond it by the normal distribution."""


def nominal(a: str, b: str) -> float:
    """Two values are the same or they are not."""
    return float(a != b)


def linear(order: Sequence[str]) -> Distance:
    """So many steps apart on the line of `order` (Cicchetti and Allison 1971)."""
    place = {value: n for n, value in enumerate(order)}
    return lambda a, b: float(abs(place[a] - place[b]))


def per_cent(tally: Tally) -> float | None:
    """The share of the pairs of readings that are the same, averaged over claims."""
    claims = agreed = 0.0
    for values, n in tally.items():
        if len(values) > 1:
            agreed += n * _the_same(values)
            claims += n
    return agreed / claims if claims else None


def kappa(table: Table, distance: Distance = nominal) -> float | None:
    """Cohen's kappa of two readers, weighted where `distance` is more than the same or not."""
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (a, b), n in table.items():
        rows[a] += n
        columns[b] += n
    total = sum(rows.values())
    observed = sum(n * distance(a, b) for (a, b), n in table.items())
    expected = sum(n * m * distance(a, b) for a, n in rows.items() for b, m in columns.items())
    return 1 - observed * total / expected if expected else None


def alpha(tally: Tally, order: Sequence[str] = ()) -> float | None:
    """Krippendorff's alpha of any number of readers, each of whom may have read only some claims.

    Args:
        tally: what was counted; a claim with one reading says nothing.
        order: every value in its order on a line, for the ordinal alpha; else it is nominal.
    """
    together: defaultdict[tuple[str, str], float] = defaultdict(float)
    for values, n in tally.items():
        if n and len(values) > 1:
            for pair, weight in _coincidences(values):
                together[pair] += n * weight
    of: defaultdict[str, float] = defaultdict(float)
    for (a, _), weight in together.items():
        of[a] += weight
    distance = _ordinal(of, order) if order else nominal
    observed = sum(weight * distance(a, b) for (a, b), weight in together.items())
    expected = sum(n * m * distance(a, b) for a, n in of.items() for b, m in of.items())
    return 1 - (sum(of.values()) - 1) * observed / expected if expected else None


@lru_cache(CACHED)
def _coincidences(values: tuple[str, ...]) -> tuple[tuple[tuple[str, str], float], ...]:
    """How often each two values stand together on one claim, each reading counting once."""
    counts = Counter(values)
    return tuple(
        ((a, b), c * (d - (a == b)) / (len(values) - 1))
        for a, c in counts.items()
        for b, d in counts.items()
        if d > (a == b)
    )


@lru_cache(CACHED)
def _the_same(values: tuple[str, ...]) -> float:
    """The share of the pairs of readings of one claim that are the same."""
    readers = len(values)
    return sum(c * (c - 1) for c in Counter(values).values()) / (readers * (readers - 1))


def _ordinal(of: Mapping[str, float], order: Sequence[str]) -> Distance:
    """Between two values lie all the readings between them, and half of their own."""
    middle: dict[str, float] = {}
    before = 0.0
    for value in order:
        middle[value] = before + of.get(value, 0) / 2
        before += of.get(value, 0)
    return lambda a, b: (middle[a] - middle[b]) ** 2


def ac1(tally: Tally, values: int) -> float | None:
    """Gwet's AC1; `values` is how many values the readers could choose from."""
    agreed = per_cent(tally)
    claims = sum(tally.values())
    if agreed is None or values < 2:
        return None
    share: defaultdict[str, float] = defaultdict(float)
    for given, n in tally.items():
        for value in given:
            share[value] += n / len(given)
    by_chance = sum(n / claims * (1 - n / claims) for n in share.values()) / (values - 1)
    return (agreed - by_chance) / (1 - by_chance)


def of_value(tally: Tally, value: str) -> float | None:
    """Of the other readings of claims that one reader gave this value, the share that gave it."""
    same = others = 0
    for given, n in tally.items():
        count = given.count(value)
        same += n * count * (count - 1)
        others += n * count * (len(given) - 1)
    return same / others if others else None


def intervals(
    counts: Tally, measures: Mapping[str, Measure], draws: int = DRAWS
) -> dict[str, Interval]:
    """For each measure the interval in which it lies in 95 per cent of the draws.

    The claims are drawn anew, as often as there are some, with every claim as likely to come
    twice as not at all; how often a pattern comes is then a Poisson number, whatever the number
    of claims (Hanley and MacGibbon: Creating non-parametric bootstrap samples using Poisson
    frequencies, 2006). The ends are percentiles. A measure that is hardly ever defined has none.
    """
    random = Random(SEED)  # noqa: S311 - nothing here is a secret
    found: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(draws):
        drawn = {pattern: _poisson(random, n) for pattern, n in counts.items()}
        for name, measure in measures.items():
            value = measure(drawn)
            if value is not None:
                found[name].append(value)
    return {
        name: (_low(values), -_low([-value for value in values]))
        for name, values in found.items()
        if values and len(values) >= MOSTLY * draws
    }


def _low(values: Sequence[float]) -> float:
    return sorted(values)[int(OUTSIDE * len(values))]


def _poisson(random: Random, mean: float) -> int:
    if mean > SMALL:
        return max(0, round(random.gauss(mean, math.sqrt(mean))))
    end, product, n = math.exp(-mean), random.random(), 0
    while product > end:
        product *= random.random()
        n += 1
    return n
