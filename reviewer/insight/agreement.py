"""How far the readers of a case agree: all together, by pair and by value.

Only values that say how true a claim is lie on a line: for the house's own scale those, in the
order, that are published with a number (`LINE`). "unverified", "contested" and "not checkable"
say that nobody knows, and between which others would they stand? What needs an order, weighted
kappa and the ordinal alpha, is computed over the readings whose values lie on the line, and over
the claims that two such readings are left of; what needs none, over all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import combinations

from reviewer.insight import coefficients
from reviewer.insight.coefficients import DRAWS, Interval, Measure, Tally
from reviewer.model.agreement import (
    AC1,
    ALPHA,
    KAPPA,
    MINIMUM,
    ORDINAL,
    PER_CENT,
    WEIGHTED,
    Agreement,
    Compared,
    Measured,
    OfValue,
    Reading,
)
from reviewer.model.scale import HOUSE, Scale

LINE = ("verified", "partly_verified", "misleading", "false")
Units = Mapping[str, Mapping[str, str]]
"""What each reader of a claim says of it: claim -> {reader: value}."""


def line_of(scale: Scale) -> tuple[str, ...]:
    """The values on a line, where the case means by them what the house does."""
    ours = {(v.value, v.label, v.help) for v in HOUSE.values if v.value in LINE}
    held = {v.value for v in scale.values if (v.value, v.label, v.help) in ours}
    return tuple(value for value in LINE if value in held)


def units(readings: Iterable[Reading]) -> dict[str, dict[str, str]]:
    """The readings by claim, of claims that several readers judged; a reader's last one counts."""
    found: dict[str, dict[str, str]] = {}
    for reading in readings:
        found.setdefault(reading.claim, {})[reading.reader] = reading.value
    return {claim: given for claim, given in found.items() if len(given) > 1}


def read_blind(readings: Iterable[Reading]) -> set[str]:
    """The claims of which each reading but the first was given blind.

    Whoever reads a claim first has nobody's verdict to see. The readings are in their order.
    """
    first: dict[str, str] = {}
    seen: set[str] = set()
    for reading in readings:
        begun = first.setdefault(reading.claim, reading.reader)
        if reading.reader != begun and not reading.blind:
            seen.add(reading.claim)
    return first.keys() - seen


def agreement(
    given: Units,
    scale: Scale,
    *,
    line: Sequence[str] | None = None,
    minimum: int = MINIMUM,
    blind: int = 0,
    draws: int = DRAWS,
    most_pairs: int | None = None,
) -> Agreement:
    """The agreement of readers.

    Args:
        given: what they say of the claims that several of them judged.
        scale: the values they could choose from.
        line: those of them that lie on a line, in their order; None is the house's.
        minimum: under so many claims no coefficient is given.
        blind: how many of the claims were read blind.
        draws: how many bootstrap draws an interval is taken from.
        most_pairs: at most so many pairs; those that read most together come first.
    """
    ordered = tuple(line_of(scale) if line is None else line)
    comparing = _Comparing(len(scale.values), ordered, max(2, minimum), draws)
    tally = Counter(tuple(sorted(said.values())) for said in given.values())
    readers = sorted({reader for said in given.values() for reader in said})
    common = Counter(pair for said in given.values() for pair in combinations(sorted(said), 2))
    pairs = sorted(common, key=lambda pair: (-common[pair], pair))
    used = {value for pattern in tally for value in pattern}
    known = [value.value for value in scale.values if value.value in used]
    return Agreement(
        minimum=comparing.minimum,
        line=ordered,
        claims=len(given),
        blind=blind,
        all=comparing.all(tally, tuple(readers)),
        pairs=tuple(comparing.pair(given, pair) for pair in pairs[:most_pairs]),
        left_out=len(pairs[most_pairs:]) if most_pairs is not None else 0,
        values=tuple(comparing.value(tally, one) for one in [*known, *sorted(used - {*known})]),
    )


class _Comparing:
    """What holds for every comparison of a case."""

    def __init__(self, values: int, line: tuple[str, ...], minimum: int, draws: int) -> None:
        self.values = values
        self.line = line
        self.minimum = minimum
        self.draws = draws

    def all(self, tally: Tally, readers: tuple[str, ...]) -> Compared:
        """All readers together, whoever read which claim."""
        claims = sum(tally.values())
        agreed = sum(n for pattern, n in tally.items() if len(set(pattern)) == 1)
        measures = self._measured(
            tally,
            {
                PER_CENT: coefficients.per_cent,
                ALPHA: coefficients.alpha,
                AC1: partial(coefficients.ac1, values=self.values),
            },
        )
        on_line: Counter[tuple[str, ...]] = Counter()
        for pattern, n in tally.items():
            left = tuple(value for value in pattern if value in self.line)
            if len(left) > 1:
                on_line[left] += n
        ordinal = self._measured(
            on_line, {ORDINAL: partial(coefficients.alpha, order=self.line)}, wanted=2
        )
        return Compared(readers, claims, agreed, measures + ordinal)

    def pair(self, given: Units, pair: tuple[str, str]) -> Compared:
        """Two readers, on the claims that both of them read."""
        a, b = pair
        table: Counter[tuple[str, ...]] = Counter(
            (said[a], said[b]) for said in given.values() if a in said and b in said
        )
        agreed = sum(n for both, n in table.items() if len(set(both)) == 1)
        measures = self._measured(
            table,
            {
                PER_CENT: coefficients.per_cent,
                KAPPA: coefficients.kappa,
                AC1: partial(coefficients.ac1, values=self.values),
            },
        )
        on_line = {both: n for both, n in table.items() if {*both} <= {*self.line}}
        distance = coefficients.linear(self.line)
        weighted = self._measured(
            on_line, {WEIGHTED: partial(coefficients.kappa, distance=distance)}, wanted=2
        )
        return Compared(pair, table.total(), agreed, measures + weighted)

    def value(self, tally: Tally, value: str) -> OfValue:
        """Where one reader gave a value: how often the others did."""
        held = {pattern: n for pattern, n in tally.items() if value in pattern}
        against: Counter[str] = Counter()
        for pattern, n in held.items():
            for other in pattern:
                if other != value:
                    against[other] += n
        measures = self._measured(held, {PER_CENT: partial(coefficients.of_value, value=value)})
        return OfValue(
            value=value,
            claims=sum(held.values()),
            readings=sum(n * pattern.count(value) for pattern, n in held.items()),
            measure=measures[0] if measures else None,
            against=tuple(sorted(against.items(), key=lambda one: (-one[1], one[0]))),
        )

    def _measured(
        self, counts: Tally, measures: Mapping[str, Measure], wanted: int = 0
    ) -> tuple[Measured, ...]:
        """The measures with their intervals; none under the minimum, or on too short a line."""
        claims = sum(counts.values())
        if claims < self.minimum or len(self.line) < wanted:
            return ()
        ends: dict[str, Interval] = coefficients.intervals(counts, measures, self.draws)
        found = []
        for name, measure in measures.items():
            low, high = ends.get(name, (None, None))
            found.append(Measured(name, measure(counts), low, high, claims))
        return tuple(found)
