"""The only way from a command to stdout: nothing printed here can act on a terminal."""

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewer.text.display import display


class OutputError(OSError):
    """The standard output cannot be written."""


def say(line: str = "") -> None:
    """Print one piece of text for people."""
    _write(f"{display(line)}\n")


def say_all(lines: Iterable[str]) -> None:
    """Print lines for people."""
    for line in lines:
        say(line)


def emit(value: object) -> None:
    """Print one JSON document on one line."""
    from reviewer.writers.jsonl_file import as_json

    _write(f"{as_json(value)}\n")


def pour(pieces: Iterable[str]) -> None:
    """Print a file: letter for letter into a pipe, made safe on a terminal."""
    shown = sys.stdout.isatty()
    for piece in pieces:
        if shown:
            _write(display(piece.removeprefix("\ufeff").replace("\r\n", "\n")))
        else:
            _write(piece)


def command(verb: str, path: Path, *more: str) -> str:
    """A command to type: `reviewer undo my.case`."""
    import shlex

    return f"reviewer {verb} {shlex.join([str(path), *more])}"


def remark(sentence: str) -> None:
    """Say on stderr what is no part of the output; where that is closed it goes unsaid."""
    with contextlib.suppress(OSError):
        print(f"reviewer: {display(sentence, newlines=False)}", file=sys.stderr)


def flush() -> None:
    """Give out what was printed.

    Raises:
        OutputError: it cannot be written; it is lost.
    """
    with _of_the_output():
        sys.stdout.flush()


def _write(text: str) -> None:
    with _of_the_output():
        sys.stdout.write(text)


@contextlib.contextmanager
def _of_the_output() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(*error.args) from error
