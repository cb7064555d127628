"""The case format as TOML: for people (docs/case-format.md)."""

import re
import tomllib
from collections.abc import Iterator

from reviewer.model.errors import UnreadableError
from reviewer.model.records import RECORDS
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import Row, row_of

HEADER = re.compile(r"^\s*\[\[?\s*([\w-]+)\s*\]\]?\s*(?:#.*)?$", re.MULTILINE)

FIRST = re.compile(rf"\ufeff?(?:\s*(?:#.*)?\n)*\s*\[\[?(?:{'|'.join(RECORDS)})\]")


def recognises(given: Given) -> bool:
    """Whether a file looks like TOML with records in it."""
    if given.ending == "toml":
        return True
    begin = given.head_text[:4096]
    return HEADER.search(begin) is not None and FIRST.match(begin) is not None


def read(given: Given) -> Iterator[Row]:
    """The records of a file, each with the line of its header.

    Raises:
        UnreadableError: not UTF-8, or not TOML.
    """
    try:
        text = given.data().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not valid TOML: {error}.") from error
    lines = _lines(text)
    for kind, value in tables.items():
        records = value if isinstance(value, list) else [value]
        where = lines.get(kind, [])
        # A text may hold what looks like a header; then the lines are not known.
        known = len(where) == len(records)
        for n, raw in enumerate(records):
            place = f"line {where[n]}" if known else f"{kind} {n + 1}"
            if isinstance(raw, dict):
                yield row_of(place, kind, raw)
            else:
                yield Row(place, {kind: raw}, reason=f"'{kind}' should be a table")


FORMAT = Format("toml", "the case format as TOML", recognises, read)


def _lines(text: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    line, at = 1, 0
    for match in HEADER.finditer(text):
        line += text.count("\n", at, match.start(1))
        at = match.start(1)
        found.setdefault(match[1], []).append(line)
    return found
