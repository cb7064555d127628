"""How far readers agree who judged the same claims: what was counted, and what follows."""

from __future__ import annotations

from reviewer.structs import Struct

MINIMUM = 30
"""Under so many claims no coefficient is given: McHugh: Interrater reliability: the kappa
statistic (2012), "sample sizes should not consist of less than 30 comparisons"."""
MINIMUM_KEY = "agreement_minimum"
"""The rule of a case that sets another number."""
LINE_KEY = "agreement_line"
"""The rule of a case that says which of its values lie on a line, in their order."""
PER_CENT = "per cent"
KAPPA, WEIGHTED = "kappa", "weighted kappa"
ALPHA, ORDINAL = "alpha", "ordinal alpha"
AC1 = "AC1"


class Reading(Struct):
    """One reader's verdict in force on a claim that others have judged too.

    `blind`: it was given before its reader could see another's.
    """

    claim: str
    reader: str
    value: str
    blind: bool = False


class Measured(Struct):
    """A coefficient with the ends of its interval of 95 per cent, on so many claims.

    `value` is None where it is not defined, as where every reading is of one value.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    claims: int


class Compared(Struct):
    """What some readers say of the claims that they all have read, or that several have.

    `measures` is empty under the minimum; those of the values on a line may be wanting.
    """

    readers: tuple[str, ...]
    claims: int
    agreed: int
    measures: tuple[Measured, ...]


class OfValue(Struct):
    """How often the others agree where one reader gave a value.

    `measure` is None under the minimum. `against` is what others gave to the same claims instead,
    the most frequent first.
    """

    value: str
    claims: int
    readings: int
    measure: Measured | None
    against: tuple[tuple[str, int], ...]


class Agreement(Struct):
    """The agreement of a case. `blind` of the claims were read blind.

    `line` is the values that lie on a line, in their order. `left_out` pairs were not compared.
    """

    minimum: int
    line: tuple[str, ...]
    claims: int
    blind: int
    all: Compared
    pairs: tuple[Compared, ...]
    values: tuple[OfValue, ...]
    left_out: int = 0
