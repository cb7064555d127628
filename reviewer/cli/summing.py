"""`summary`: what a reader's newest sitting came to."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import case_argument, json_option, looked_at, reader_option
from reviewer.cli.out import emit, say_all

if TYPE_CHECKING:
    from reviewer.model.scale import Scale
    from reviewer.model.summary import Summary

WIDTH = 76


@click.command()
@case_argument
@reader_option
@json_option
def summary(case: Path, reader: str, as_json: bool) -> None:
    """Sum up your newest sitting, and what waits.

    A sitting ends where you recorded nothing for an hour. The desk sums up the one you are in
    with M, and when you leave.
    """
    from reviewer.service.summing import newest

    with looked_at(case, reader) as session:
        found, scale = newest(session), session.scale
    if as_json:
        emit(summary_object(found))
        return
    say_all(_lines(found, scale))


def summary_object(found: "Summary") -> dict[str, object]:
    """What a program is told."""
    from dataclasses import asdict

    from reviewer.model.clock import day, iso
    from reviewer.service.summing import DAY_MS

    days = {day(number * DAY_MS): n for number, n in found.days}
    times = {"began": iso(found.began), "until": iso(found.until)}
    return {**asdict(found), **times, "days": days}


def _lines(found: "Summary", scale: "Scale") -> Iterator[str]:
    from reviewer.cli.plain import is_terminal
    from reviewer.lines.parts import one_line
    from reviewer.service import plots
    from reviewer.service.summing import DAYS, day_labels, fields, waiting

    if found.did_anything:
        said = fields(found, scale)
    else:
        yield one_line(f"{found.reader} has recorded nothing in this case.")
        said = waiting(found.left)
    for label, value in said:
        yield one_line(f"{label}: {value}")
    if is_terminal() and plots.are_wanted():
        drawn = plots.by_day(day_labels(found), WIDTH)
        yield from [f"Your verdicts by day, the last {DAYS} days (UTC):", *drawn] if drawn else ()
