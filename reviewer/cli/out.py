"""The only way from a command to stdout: nothing printed here can act on a terminal."""

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from reviewer.text.display import display


def say(line: str = "") -> None:
    """Print one piece of text for people."""
    sys.stdout.write(f"{display(line)}\n")


def say_all(lines: Iterable[str]) -> None:
    """Print lines for people."""
    for line in lines:
        say(line)


def emit(value: object) -> None:
    """Print one JSON document on one line."""
    from reviewer.writers.jsonl_file import as_json

    sys.stdout.write(f"{as_json(value)}\n")


def command(verb: str, path: Path) -> str:
    """A command to type: `reviewer undo my.case`."""
    return f"reviewer {verb} {shlex.quote(str(path))}"
