"""`review`: the desk, or plain lines where there can be none."""

import os
import sys
from pathlib import Path

import click

from reviewer.cli.options import (
    case_argument,
    filter_option,
    json_option,
    looked_at,
    opened,
    reader_option,
)
from reviewer.cli.out import command
from reviewer.cli.plain import emit_case, is_terminal, print_case


@click.command()
@case_argument
@reader_option
@filter_option
@click.option("--plain", is_flag=True, help="Labelled lines instead of the desk.")
@click.option("--readonly", is_flag=True, help="Look, and record nothing.")
@json_option
def review(
    case: Path, reader: str, filter_text: str, plain: bool, readonly: bool, as_json: bool
) -> int:
    """Open the desk on a case.

    Where the output is not a terminal, the queue and its first claim are printed instead.
    """
    return open_case(case, reader, filter_text, plain=plain, readonly=readonly, as_json=as_json)


def open_case(
    case: Path,
    reader: str = "",
    filter_text: str = "",
    *,
    plain: bool = False,
    readonly: bool = False,
    as_json: bool = False,
) -> int:
    """Open a case in the front end that suits the terminal; returns the exit code."""
    if as_json:
        with looked_at(case, reader) as session:
            emit_case(session, filter_text)
        return 0
    # What screen readers' users set for every program that draws.
    if plain or os.environ.get("ACCESSIBLE"):
        from reviewer.lines.front import run_plain

        with opened(case, reader, readonly=readonly) as session:
            return run_plain(session, filter_text=filter_text)
    if is_terminal():
        from reviewer.service.config import load_config

        config = load_config()
        with opened(case, reader, readonly=readonly) as session:
            session.filter(filter_text)
            from reviewer.desk.app import run_desk

            return run_desk(session, filter_text=filter_text, config=config)
    with looked_at(case, reader) as session:
        print_case(session, filter_text)
    if sys.stdout is not None and sys.stdout.isatty():
        from reviewer.cli.main import complain

        term = os.environ.get("TERM") or "not set"
        complain(
            "This terminal cannot show the desk, only print a case"
            f" (TERM is {term}); to work here: {command('review', case)} --plain"
        )
    return 0
