"""`demo`: a case that ships with the program."""

from pathlib import Path

import click

from reviewer.cli.opening import open_demo
from reviewer.cli.options import PATH, json_option


@click.command()
@click.option("--dir", "folder", metavar="DIR", type=PATH, help="Where the case file lies.")
@click.option("--exercise", is_flag=True, help="The fictional case to practise on.")
@click.option("--later", is_flag=True, help="First import what was published later.")
@json_option
def demo(folder: Path | None, exercise: bool, later: bool, as_json: bool) -> int:
    """Open the founding case, or the exercise.

    The case file is made at the first time; from then on the same one is opened. Where the
    output is not a terminal, its queue and its first claim are printed instead.

    The founding case stands as of March 2022. --later adds the reports of May and June, so that
    the verdicts they bear on go stale. `reviewer doctor` says where these files lie.
    """
    if later and exercise:
        raise click.UsageError("--later belongs to the founding case, not to the exercise.")
    return open_demo(folder, exercise=exercise, later=later, as_json=as_json)
