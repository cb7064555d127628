"""`export`: what a case holds, in a file of another format."""

from pathlib import Path

import click

from reviewer.cli.options import (
    PATH,
    case_argument,
    filter_option,
    json_option,
    looked_at,
    reader_option,
)
from reviewer.cli.out import emit, say
from reviewer.writers import FORMATS


@click.command()
@case_argument
@click.argument("out", type=PATH)
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
    out: Path,
    format_name: str,
    force: bool,
    filter_text: str,
    reader: str,
    as_json: bool,
) -> None:
    """Write claims with evidence and verdicts to the file OUT."""
    from reviewer.service.exporting import export as write

    with looked_at(case, reader) as session:
        done = write(session, format_name, out, filter_text=filter_text, force=force)
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
        cells = "1 cell" if done.guarded == 1 else f"{done.guarded} cells"
        say(f"{cells} began like a formula and got an apostrophe before it")
