"""`agreement`: how far the readers of a case agree."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import case_argument, json_option, looked_at, reader_option
from reviewer.cli.out import emit, pour, say_all

if TYPE_CHECKING:
    from reviewer.model.agreement import Agreement, Measured
    from reviewer.model.scale import Scale

WIDTH = 76
COLUMNS = ("of", "name", "claims", "agreed", "measure", "value", "low", "high", "on_claims")


@click.command()
@case_argument
@click.option("--blind", is_flag=True, help="Only claims whose later readings were given blind.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table, a measure a row.")
@reader_option
@json_option
def agreement(case: Path, blind: bool, as_csv: bool, reader: str, as_json: bool) -> None:
    """Say how far readers agree: together, by pair, by value.

    Counted are the verdicts in force on claims that two or more readers judged, but none that
    you may not see yet. No coefficient is given under 30 such claims, or what the case says.
    """
    from reviewer.service.agreeing import agreement as compare

    with looked_at(case, reader) as session:
        found, scale = compare(session, blind=blind), session.scale
    if as_json:
        emit(agreement_object(found))
    elif as_csv:
        pour(_table(found))
    else:
        say_all(_lines(found, scale))


def agreement_object(found: "Agreement") -> dict[str, object]:
    """What a program is told."""
    from dataclasses import asdict

    return asdict(found)


def _lines(found: "Agreement", scale: "Scale") -> Iterator[str]:
    from reviewer.cli.plain import is_terminal
    from reviewer.lines.parts import one_line
    from reviewer.service import plots
    from reviewer.service.telling_agreement import NONE_YET, measured_pairs, notes, sections

    if not found.claims:
        yield NONE_YET
        return
    for heading, fields in sections(found, scale):
        yield one_line(f"{heading}:")
        for label, value in fields:
            yield one_line(f"  {label}: {value}")
    yield from map(one_line, notes(found, scale))
    pairs = measured_pairs(found)
    if pairs and is_terminal() and plots.are_wanted():
        yield "Per cent agreement by pair:"
        yield from plots.by_pair(pairs, WIDTH)


def _table(found: "Agreement") -> Iterator[str]:
    """Rows of what is measured of whom, as a spreadsheet takes them."""
    from reviewer.text.sheets import guard
    from reviewer.writers.csv_file import BOM, line

    yield BOM + line(COLUMNS)
    for row in _rows(found):
        yield line(guard("" if cell is None else str(cell)) for cell in row)


def _rows(found: "Agreement") -> Iterator[tuple[object, ...]]:
    pairs = [("pair", " and ".join(pair.readers), pair) for pair in found.pairs]
    for of, name, one in [("all", "", found.all), *pairs]:
        for measure in one.measures or (None,):
            yield (of, name, one.claims, one.agreed, *_cells(measure))
    for value in found.values:
        yield ("value", value.value, value.claims, None, *_cells(value.measure))


def _cells(one: "Measured | None") -> tuple[object, ...]:
    return (one.name, one.value, one.low, one.high, one.claims) if one else (None,) * 5
