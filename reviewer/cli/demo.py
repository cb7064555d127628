"""`demo`: a case that ships with the program."""

from pathlib import Path

import click

from reviewer.cli.options import PATH, json_option, looked_at
from reviewer.cli.out import say
from reviewer.cli.plain import at_terminal, is_terminal, print_case
from reviewer.cli.review import open_case, wants_plain


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


def open_demo(folder: Path | None, *, exercise: bool, as_json: bool = False) -> int:
    """Make the case where it is not there yet, and open it; returns the exit code."""
    from reviewer.service.demo import ensure_demo

    path, made = ensure_demo(folder, "exercise" if exercise else "gerasimov")
    if made and is_terminal() and not as_json:
        say(f"Made {path}")
    if at_terminal() or as_json or wants_plain():
        return open_case(path, as_json=as_json)
    with looked_at(path) as session:
        print_case(session)
    return 0
