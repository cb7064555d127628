"""Agreement in words and numbers: what the commands, the desk and the plain front end show."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.model.agreement import (
    ORDINAL,
    PER_CENT,
    WEIGHTED,
    Agreement,
    Compared,
    Measured,
    OfValue,
)
from reviewer.model.scale import Scale
from reviewer.text.units import counted

NONE_YET = "No claim was read by two readers yet, as far as you may know."
READ, AGREED = "Read by two or more", "Agreement"
BRACKETS = "In brackets: where 95 of 100 draws of a bootstrap over the claims lie."

Field = tuple[str, str]
Section = tuple[str, list[Field]]


def sections(found: Agreement, scale: Scale) -> Iterator[Section]:
    """The whole of it: headings, each with labels and what stands behind them."""
    yield "All readers", _fields(found.all, found)
    for pair in found.pairs:
        yield " and ".join(pair.readers), _fields(pair, found)
    yield "By value", [(scale.label(one.value), _of_value(one, scale)) for one in found.values]


def notes(found: Agreement, scale: Scale) -> Iterator[str]:
    """What has to be known to read it."""
    if found.left_out:
        yield f"{counted(found.left_out, 'pair')} more: reviewer agreement compares all."
    compared = (found.all, *found.pairs)
    names = {measured.name for one in compared for measured in one.measures}
    claims = [*(one.claims for one in compared), *(one.claims for one in found.values)]
    if min(claims) < found.minimum:
        yield f"Under {found.minimum} claims no coefficient is given: it would mostly be chance."
    if names:
        yield BRACKETS
    if names & {ORDINAL, WEIGHTED}:
        line = ", ".join(scale.label(value) for value in found.line)
        yield f"Weighted kappa and ordinal alpha are of the values on a line: {line}."


def summed_up(several: int, found: Agreement | None) -> list[Field]:
    """It in two labels; nothing where nobody has read what another read.

    Args:
        several: about how many claims several readers judged.
        found: None where these are too many to compare while somebody waits.
    """
    if not several:
        return []
    if found is None:
        said = "it takes a while with so many"
        return [(READ, f"about {counted(several, 'claim')}"), (AGREED, said)]
    measures = ", ".join(f"{one.name} {_number(one)}" for one in found.all.measures)
    none = f"no coefficient under {found.minimum} claims read by two or more"
    return [(READ, _counts(found.all, found)), (AGREED, measures or none)]


def measured_pairs(found: Agreement) -> list[tuple[str, float, float, float]]:
    """Each pair's share of agreement with its interval, for a plot."""
    return [
        (" and ".join(pair.readers), one.value, one.low, one.high)
        for pair in found.pairs
        for one in pair.measures
        if one.name == PER_CENT
        and one.value is not None
        and one.low is not None
        and one.high is not None
    ]


def _fields(one: Compared, found: Agreement) -> list[Field]:
    said = [("Claims", _counts(one, found))]
    for measured in one.measures:
        name = f"{measured.name[:1].upper()}{measured.name[1:]}"
        said.append((name, _number(measured, one.claims)))
    return said


def _counts(one: Compared, found: Agreement) -> str:
    blind = f", {found.blind} read blind" if found.blind and one is found.all else ""
    return f"{counted(one.claims, 'claim')}, the same verdict on {one.agreed}{blind}"


def _number(one: Measured, claims: int = 0) -> str:
    """`74 % [60, 86]`, `0.65 [0.50, 0.79]`; and on how many claims, where on fewer than all."""
    if one.value is None:
        return "not defined: every reading is of one value"
    share = one.name == PER_CENT
    said = f"{100 * one.value:.0f} %" if share else f"{one.value:.2f}"
    if one.low is not None and one.high is not None:
        low, high = (
            (f"{100 * one.low:.0f}", f"{100 * one.high:.0f}")
            if share
            else (f"{one.low:.2f}", f"{one.high:.2f}")
        )
        said += f" [{low}, {high}]"
    return said + (f" on {one.claims} of them" if claims and one.claims != claims else "")


def _of_value(one: OfValue, scale: Scale) -> str:
    said = f"{counted(one.readings, 'reading')} on {counted(one.claims, 'claim')}"
    if one.measure is not None:
        said += f"; of the others {_number(one.measure)} say the same"
    if one.against:
        said += "; else " + ", ".join(f"{scale.label(value)} {n}" for value, n in one.against)
    return said
