"""`reviewer` alone: what there is to open here."""

import shutil
import sys
import textwrap
from pathlib import Path

import click

from reviewer.cli.out import command, say
from reviewer.cli.plain import is_terminal

MOST = 50
OFFER = (
    "There is no case in this folder yet. You can practise on the exercise that comes with the"
    " program: a fictional case, with public statements and intercepted calls."
)
USUAL_SIZE = (80, 24)


def start(ctx: click.Context) -> int:
    """List the cases of this folder, or offer the exercise; off a terminal, the help."""
    if not is_terminal():
        click.echo(ctx.get_help())
        return 0
    cases = _cases()
    if not cases:
        return _offer()
    say("Cases in this folder, each with the command that opens it:")
    for path in cases[:MOST]:
        say(f"  {command('review', path)}")
    if len(cases) > MOST:
        say(f"  and {len(cases) - MOST} more")
    say("All commands: reviewer --help")
    return 0


def _cases() -> list[Path]:
    try:
        return sorted(path for path in Path().glob("*.case") if path.is_file())
    except OSError:
        # A folder that cannot be read, or is gone, has none to offer.
        return []


def _offer() -> int:
    _say_wrapped(OFFER)
    say()
    sys.stdout.write("Open the exercise now? [y/N] ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        from reviewer.cli.opening import open_demo

        return open_demo(None, exercise=True)
    _say_wrapped("To open it later: reviewer demo --exercise")
    _say_wrapped("To begin a case of your own: reviewer new my.case")
    _say_wrapped("All commands: reviewer --help")
    return 0


def _say_wrapped(text: str) -> None:
    width = shutil.get_terminal_size(USUAL_SIZE).columns
    for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False):
        say(line)
