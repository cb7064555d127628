"""`review`: the desk, or plain lines for who asks for them."""

from pathlib import Path

import click

from reviewer.cli.opening import open_case
from reviewer.cli.options import (
    as_of_option,
    case_argument,
    filter_option,
    json_option,
    reader_option,
)


@click.command()
@case_argument
@reader_option
@filter_option
@click.option("--plain", is_flag=True, help="Labelled lines instead of the desk.")
@click.option("--readonly", is_flag=True, help="Look, and record nothing.")
@as_of_option
@json_option
def review(
    case: Path,
    reader: str,
    filter_text: str,
    plain: bool,
    readonly: bool,
    as_of: str,
    as_json: bool,
) -> int:
    """Open the desk on a case.

    The desk needs a terminal that can place its text. Elsewhere --plain works with labelled
    lines, --json prints the queue and its first claim, and `queue` and `show` print them for
    people.
    """
    return open_case(
        case,
        reader,
        filter_text,
        plain=plain,
        readonly=readonly,
        as_of=as_of,
        as_json=as_json,
    )
