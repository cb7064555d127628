"""File formats in: each a small module, all in one registry.

A reader turns a file into rows. A row is the records that stand together in one place of the
file, or the reason why there are none.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewer.model.errors import UnreadableError, UsageError
from reviewer.readers import (
    annotation,
    bag,
    claimreview,
    jsonl,
    plain,
    speech,
    statements,
    subtitles,
    tables,
    telegram,
    toml,
)
from reviewer.readers.format import Format
from reviewer.readers.given import SIDE, Given
from reviewer.readers.languages import bcp47
from reviewer.readers.row import Row
from reviewer.readers.translated import with_translation
from reviewer.readers.wishes import Wishes

FORMATS: tuple[Format, ...] = (
    jsonl.FORMAT,
    toml.FORMAT,
    tables.OURS,
    *claimreview.FORMATS,
    telegram.FORMAT,
    *speech.FORMATS,
    *annotation.FORMATS,
    *subtitles.FORMATS,
    *plain.FORMATS,
    *(format_ for format_ in tables.FORMATS if format_ is not tables.OURS),
    *statements.FORMATS,
)
"""In the order in which they are asked: the particular before the general."""

CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
BINARY = 0.02
"""From this share of control characters on, a file is none of text."""
NO_TEXT = "not text, and not a format this program reads; export it as CSV, JSON or text."
TAGGED = re.compile(r"(.+)[-_.]([a-z]{2}|eng|ukr|rus|deu|fra|spa)")
UNREAD = re.compile(
    r"(?i)\A(readme|license|licence|copying|origin-readme)\b|\A\.|~\Z|\.case(\.lock|-wal|-shm)?\Z"
)
"""Files of a folder that are about the others, or are cases themselves."""


def chosen(given: Given) -> Format:
    """The format of a file: the one that was asked for, or the first that recognises it.

    Raises:
        UnreadableError: no known format.
        UsageError: no format of the name that was asked for.
    """
    name = given.wishes.format
    if given.survey.blank and given.size:
        raise UnreadableError("empty, but for blanks and line ends.")
    if not name and is_binary(given.head_text):
        raise UnreadableError(NO_TEXT)
    for format_ in FORMATS:
        if format_.name == name or (not name and format_.recognises(given)):
            return format_
    if name:
        known = ", ".join(f.name for f in FORMATS)
        raise UsageError(f"There is no format '{name}'; there is: {known}.")
    if not given.size:
        raise UnreadableError("empty.")
    if given.json_error:
        raise given.json_error
    raise UnreadableError(_unknown(given))


def _unknown(given: Given) -> str:
    """What to do about a file that is no known format."""
    if given.parsed is not None:
        return (
            "JSON of a kind this program does not know; if its objects are claims or texts, say"
            " which key holds them: --map claim=KEY or --map text=KEY."
        )
    if "\0" in given.head_text:
        return NO_TEXT
    return (
        "not a format this program reads; if it is plain text say --format text, if it is another"
        " say which: table, srt, ... (docs/formats.md has them all)."
    )


def is_binary(text: str) -> bool:
    """Whether what passes for text is full of control characters, as no text is."""
    return len(CONTROLS.findall(text)) > len(text) * BINARY


def read(given: Given, format_: Format) -> Iterator[Row]:
    """The rows of a file, with those of its translation where a person named one.

    Raises:
        UnreadableError: it is broken as a whole, or does not pair with its translation.
    """
    rows = format_.read(given)
    path = given.wishes.translation
    # A table pairs row by row and does so itself.
    if path is None or format_ in tables.FORMATS:
        return rows
    return with_translation(given, rows, _translation(given, path))


def _translation(given: Given, path: Path) -> Iterator[Row]:
    wishes = Wishes(encoding=given.wishes.encoding)
    with naming(path), Given.open(path, wishes) as other:
        given.remarks.append(f"its translation is {path.name}, {other.encoding.said}")
        yield from chosen(other).read(other)


def tag_of(path: Path) -> str:
    """The tag of the language that the name of a translation ends with, as BCP 47 has it."""
    return bcp47(match[2]) if (match := TAGGED.fullmatch(path.stem)) else ""


def translations_among(paths: Iterable[Path]) -> dict[Path, Path]:
    """Files with their translations, which lie beside them and are called as they are.

    With the tag of a language behind the name: `talk-en.json` is that of `talk.json`.
    """
    paths = list(paths)
    tagged: dict[tuple[Path, str, str], Path] = {}
    for path in paths:
        if match := TAGGED.fullmatch(path.stem):
            tagged.setdefault((path.parent, match[1], path.suffix), path)
    found = {p: tagged.get((p.parent, p.stem, p.suffix)) for p in paths}
    # What is the translation of one file is not the original of another.
    others = {other for other in found.values() if other is not None}
    return {p: other for p, other in found.items() if other is not None and p not in others}


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the name of the file before what is wrong with it."""
    try:
        yield
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error.sentence}") from error


def files_under(path: Path) -> list[Path]:
    """The file itself, or the files of a folder and those within, in the order of their names.

    Side files of earlier imports are left out: what was refused is not asked for again.

    Raises:
        UnreadableError: there is nothing to read.
    """
    if not path.is_dir():
        return [path]
    if (path / "bagit.txt").is_file():
        return _files_of_bag(path)
    return _files_within(path)


def _files_within(path: Path) -> list[Path]:
    try:
        inside = sorted(path.rglob("*"))
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror}).") from error
    found = [
        p
        for p in inside
        if p.is_file()
        and not any(UNREAD.search(part) for part in p.relative_to(path).parts)
        and not SIDE.search(p.stem)
    ]
    if not found:
        raise UnreadableError(f"{path}: no file to import in this folder.")
    return found


def _files_of_bag(path: Path) -> list[Path]:
    findings = bag.check(path)
    if findings:
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        raise UnreadableError(
            f"{path}: a bag that is not whole ({findings[0].path}: {findings[0].reason}{more});"
            " nothing of it was read. Ask for it again from whoever made it."
        )
    evidence = path / "data" / "evidence.jsonl"
    # What a bag holds may look like a bag itself; its own manifests vouch for it already.
    return [evidence] if evidence.is_file() else _files_within(path / "data")


def content_of(path: Path) -> bytes:
    """The bytes of an ordinary file.

    Raises:
        UnreadableError: no such file, too large, or it cannot be read.
    """
    with naming(path), Given.open(path, Wishes()) as given:
        return given.data()
