"""`review`: the desk, or plain lines for who asks for them."""

import os
from pathlib import Path

import click

from reviewer.cli.naming import ask_name
from reviewer.cli.options import (
    case_argument,
    filter_option,
    json_option,
    looked_at,
    opened,
    reader_option,
)
from reviewer.cli.out import command
from reviewer.cli.plain import at_terminal, emit_case, is_terminal
from reviewer.cli.sealing import seal_and_tell
from reviewer.model.errors import ReviewerError


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

    The desk needs a terminal that can place its text. Elsewhere --plain works with labelled
    lines, --json prints the queue and its first claim, and `queue` and `show` print them for
    people.
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
    """Open a case in the front end that is asked for; returns the exit code.

    Raises:
        ReviewerError: the desk is asked for where it cannot be shown.
    """
    if as_json:
        with looked_at(case, reader) as session:
            emit_case(session, filter_text)
        return 0
    if plain or wants_plain():
        from reviewer.lines.front import run_plain

        if at_terminal() and not reader:
            ask_name()
        with opened(case, reader, readonly=readonly) as session:
            code = run_plain(session, filter_text=filter_text)
            seal_and_tell(session)
            return code
    if is_terminal():
        from reviewer.desk.opening import run_desk
        from reviewer.desk.terminal import Terminal
        from reviewer.service.config import load_config

        config = load_config()
        if not reader:
            ask_name()
        with opened(case, reader, readonly=readonly) as session:
            with Terminal() as terminal:
                session.filter(filter_text)
                code = run_desk(session, terminal, filter_text=filter_text, config=config)
            seal_and_tell(session)
            return code
    # What is wrong with the case or the filter is said first.
    with looked_at(case, reader) as session:
        session.filter(filter_text)
    options = [*_given("--as", reader), *_given("--filter", filter_text)]
    options += ["--readonly"] if readonly else []
    raise ReviewerError(_no_desk(case, command("review", case, *options, "--plain")))


def wants_plain() -> bool:
    """Whether the reader wants plain lines of every program."""
    # What screen readers' users set for every program that draws.
    return bool(os.environ.get("ACCESSIBLE"))


def _given(option: str, value: str) -> tuple[str, ...]:
    return (option, value) if value else ()


def _no_desk(case: Path, plain: str) -> str:
    """Why the desk cannot be shown here, and what can be done."""
    if at_terminal():
        term = os.environ.get("TERM") or "not set"
        return f"This terminal cannot show the desk (TERM is {term}); to work here: {plain}"
    return (
        "The desk needs a terminal for its input and output; to print the case:"
        f" {command('queue', case)} or {command('show', case)} CLAIM; to work in lines: {plain}"
    )
