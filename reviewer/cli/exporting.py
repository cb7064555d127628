"""`export`: what a case holds, in a file of another format."""

import sys
from pathlib import Path

import click

from reviewer.cli.options import (
    case_argument,
    filter_option,
    json_option,
    looked_at,
    reader_option,
)
from reviewer.cli.out import emit, pour, say
from reviewer.model.errors import UsageError
from reviewer.writers import FORMATS

STDOUT = "-"


@click.command()
@case_argument
@click.argument("out", type=click.Path())
@click.option(
    "--format",
    "format_name",
    required=True,
    type=click.Choice(FORMATS),
    help="csv: a table of claims and verdicts; jsonl: the case format; markdown: a dossier.",
)
@click.option("--force", is_flag=True, help="Take the place of a file that is there.")
@filter_option
@reader_option
@json_option
def export(
    case: Path,
    out: str,
    format_name: str,
    force: bool,
    filter_text: str,
    reader: str,
    as_json: bool,
) -> None:
    """Write claims with evidence and verdicts to the file OUT.

    Where OUT is -, they are written to the standard output, and nothing else is.
    """
    from reviewer.service import exporting

    if out == STDOUT:
        if as_json:
            raise UsageError("With - as OUT only the export itself is printed; leave out --json.")
        with looked_at(case, reader) as session:
            guarded = exporting.export_to(session, format_name, pour, filter_text=filter_text)
        if guarded:
            print(_of_formulas(guarded), file=sys.stderr)
        return
    with looked_at(case, reader) as session:
        done = exporting.export(
            session, format_name, Path(out), filter_text=filter_text, force=force
        )
    if as_json:
        emit(
            {
                "out": str(done.path),
                "format": done.format,
                "claims": done.claims,
                "guarded_cells": done.guarded,
            }
        )
        return
    say(f"Wrote {done.claims} {'claim' if done.claims == 1 else 'claims'} to {done.path}")
    if done.guarded:
        say(_of_formulas(done.guarded))


def _of_formulas(guarded: int) -> str:
    cells = "1 cell" if guarded == 1 else f"{guarded} cells"
    return f"{cells} began like a formula and got an apostrophe before it"
