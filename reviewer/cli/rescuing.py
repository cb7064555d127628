"""`rescue`: what still proves itself of a damaged case."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from reviewer.cli.options import PATH, json_option
from reviewer.cli.out import command, emit, say, say_all


@click.command()
@click.argument("broken", type=PATH)
@click.argument("out", type=PATH)
@json_option
def rescue(broken: Path, out: Path, as_json: bool) -> int:
    """Save into OUT what is whole in a damaged case.

    Entries, notes and evidence come back if their hashes are theirs, wherever they still stand
    in the file or in the log beside it; BROKEN itself is only read. What was lost may be in a
    backup or on another laptop: merge it in.

    It ends with 0 where all that is known of came back, and with 1 where something did not.
    """
    from reviewer.service.rescuing import lines, rescue

    rescued = rescue(broken, out, progress=_show)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if as_json:
        emit({"broken": str(broken), "case": str(out), **asdict(rescued)})
    else:
        say_all(lines(rescued))
        say(f"To look at it: {command('review', out)}")
    return int(rescued.lost)


def _show(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\rLooking through {done:,} of {total:,} pages", end="", file=sys.stderr, flush=True)
