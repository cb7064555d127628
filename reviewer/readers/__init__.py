"""File formats in: each a small module, all in one registry.

A reader turns bytes into rows. A row is a record, or the reason why it is none, with its
place in the file either way.
"""

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.model.errors import UnreadableError, UsageError
from reviewer.readers import jsonl, toml
from reviewer.readers.row import Row

LARGEST = 256 * 1024 * 1024
REFUSED = re.compile(r"\.refused(-\d+)?\.jsonl\Z")
"""The side files of earlier imports: what was refused is not asked for again."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name for `--format`, how it is recognised, how it is read."""

    name: str
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes], Iterator[Row]]


FORMATS = (
    Format("jsonl", jsonl.recognises, jsonl.read),
    Format("toml", toml.recognises, toml.read),
)


def read_file(path: Path, format_name: str | None = None) -> Iterator[Row]:
    """The rows of a file.

    Args:
        path: an ordinary file.
        format_name: its format, where it is not to be recognised by its content.

    Raises:
        UnreadableError: no such file, too large, of no known format, or broken as a whole.
        UsageError: no format of this name.
    """
    data = content_of(path)
    chosen = _named(format_name) if format_name else _recognised(path, data)
    with naming(path):
        yield from chosen.read(data)


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the name of the file before what is wrong with it."""
    try:
        yield
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error.sentence}") from error


def files_under(path: Path) -> list[Path]:
    """The file itself, or the case files of a folder in the order of their names.

    Raises:
        UnreadableError: there is nothing to read.
    """
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(path.iterdir())
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror}).") from error
    found = [
        p
        for p in inside
        if p.suffix in (".toml", ".jsonl") and not REFUSED.search(p.name) and p.is_file()
    ]
    if not found:
        raise UnreadableError(f"{path}: no .toml or .jsonl file in this folder.")
    return found


def content_of(path: Path) -> bytes:
    """The bytes of an ordinary file.

    Raises:
        UnreadableError: no such file, too large, or it cannot be read.
    """
    try:
        if not path.exists():
            raise UnreadableError(f"{path}: there is no such file.")
        if not path.is_file():
            raise UnreadableError(f"{path}: not an ordinary file.")
        if path.stat().st_size > LARGEST:
            raise UnreadableError(f"{path}: larger than {LARGEST >> 20} MB; split it.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror}).") from error


def _named(name: str) -> Format:
    for format_ in FORMATS:
        if format_.name == name:
            return format_
    known = ", ".join(f.name for f in FORMATS)
    raise UsageError(f"There is no format '{name}'; there is: {known}.")


def _recognised(path: Path, data: bytes) -> Format:
    for format_ in FORMATS:
        if format_.recognises(data, path.name):
            return format_
    known = ", ".join(f.name for f in FORMATS)
    raise UnreadableError(
        f"{path}: not a format this program reads ({known}); if it is one, say --format."
    )
