"""`export`: what a case holds, in files of other formats."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewer.cli.options import (
    case_argument,
    filter_option,
    json_option,
    looked_at,
    reader_option,
    words,
)
from reviewer.cli.out import emit, pour, remark, say
from reviewer.cli.sealing import seal_and_tell
from reviewer.model.errors import UsageError
from reviewer.writers import FORMATS

if TYPE_CHECKING:
    from reviewer.service.session import Session

STDOUT = "-"
DOSSIERS = ("html", "markdown", "bag")
MOST_FAULTS = 20
HELP = (
    "csv: tables; jsonl: the case format; markdown, html: a dossier; claimreview: schema.org;"
    " annotations: W3C Web Annotations; bag: all of it, with hashes."
)


@click.command()
@case_argument
@click.argument("out", type=click.Path())
@click.option("--format", "format_name", required=True, type=click.Choice(FORMATS), help=HELP)
@click.option(
    "--table",
    metavar="KIND",
    default="",
    type=words,
    help="csv, jsonl: one kind (claims, verdicts, segments, ...), or all into the folder OUT.",
)
@click.option(
    "--publisher", metavar="NAME", default="", type=words, help="claimreview: who publishes."
)
@click.option(
    "--publisher-url", metavar="URL", default="", type=words, help="claimreview: their address."
)
@click.option(
    "--url-base",
    "base_url",
    metavar="URL",
    default="",
    type=words,
    help="claimreview: what stands before a claim's id in its address.",
)
@click.option(
    "--language", metavar="TAG", default="", type=words, help="claimreview: of the notes."
)
@click.option("--draft", is_flag=True, help="claimreview: write it though something is missing.")
@click.option(
    "--organisation", metavar="NAME", default="", type=words, help="bag: who hands it on."
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
    **asked: Any,
) -> None:
    """Write claims with evidence and verdicts to the file OUT.

    For a bag, and for all tables, OUT is a folder. Where OUT is -, they are written to the
    standard output, and nothing else is.
    """
    from reviewer.service import exporting
    from reviewer.service.gathering import Asked

    wanted = Asked(**asked)
    if out == STDOUT:
        if as_json:
            raise UsageError("With - as OUT only the export itself is printed; leave out --json.")
        with looked_at(case, reader) as session:
            seal_and_tell(session)
            _check_wording(session, format_name, filter_text)
            guarded = exporting.export_to(
                session, format_name, pour, wanted, filter_text=filter_text
            )
        if guarded:
            print(_of_formulas(guarded), file=sys.stderr)
        return
    with looked_at(case, reader) as session:
        seal_and_tell(session)
        _check_wording(session, format_name, filter_text)
        done = exporting.export(
            session, format_name, Path(out), wanted, filter_text=filter_text, force=force
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


def _check_wording(session: "Session", format_name: str, filter_text: str) -> None:
    """Say on stderr what ICD 203 does not let stand in a dossier; it is written all the same."""
    if format_name not in DOSSIERS:
        return
    from itertools import islice

    from reviewer.service.wording import faults_of

    for sentence in islice(faults_of(session, filter_text), MOST_FAULTS):
        remark(sentence)


def _of_formulas(guarded: int) -> str:
    cells = "1 cell" if guarded == 1 else f"{guarded} cells"
    return f"{cells} began like a formula and got an apostrophe before it"
