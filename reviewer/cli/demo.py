"""`demo`: a case that ships with the program."""

from pathlib import Path

import click

from reviewer.cli.opening import open_demo
from reviewer.cli.options import PATH, json_option


@click.command()
@click.option("--dir", "folder", metavar="DIR", type=PATH, help="Where the case file lies.")
@click.option("--exercise", is_flag=True, help="The fictional case to practise on.")
@json_option
def demo(folder: Path | None, exercise: bool, as_json: bool) -> int:
    """Open the founding case, or the exercise.

    The case file is made at the first time; from then on the same one is opened. Where the
    output is not a terminal, its queue and its first claim are printed instead.
    """
    return open_demo(folder, exercise=exercise, as_json=as_json)
