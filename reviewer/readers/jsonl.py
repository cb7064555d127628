"""The case format as JSON Lines: for programs (docs/case-format.md)."""

import json
import re
from collections.abc import Iterator

from reviewer.model.records import RECORDS
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.json_value import TooDeepError, TooManyError, value_of
from reviewer.readers.row import ADDED, JUDGEMENTS, Row, row_of

KIND = re.compile(rb'"kind"\s*:\s*"(%s)"' % "|".join([*RECORDS, *sorted(JUDGEMENTS)]).encode())


def recognises(given: Given) -> bool:
    """Whether a file looks like JSON Lines with records of ours in it."""
    line = given.head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if KIND.search(line):
        return line.startswith(b"{")
    if given.ending != "jsonl":
        return False
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return True
    # Somebody else's objects say no kind.
    return not isinstance(value, dict) or not value or "kind" in value


def read(given: Given) -> Iterator[Row]:
    """The records of a file, one a line."""
    for n, line in given.byte_lines():
        if line.strip():
            yield _row(f"line {n}", line)


FORMAT = Format("jsonl", "the case format as JSON Lines", recognises, read)


def _row(place: str, line: bytes) -> Row:
    shown = line.decode("utf-8", "backslashreplace")
    try:
        raw = value_of(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Row(place, shown, reason=f"not UTF-8 at byte {error.start} of the line")
    except (TooDeepError, TooManyError) as error:
        return Row(place, shown, reason=str(error))
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        return Row(place, shown, reason=f"not valid JSON: {what} at character {error.colno}")
    except ValueError as error:
        return Row(place, shown, reason=f"not valid JSON: {error}")
    if not isinstance(raw, dict):
        return Row(place, raw, reason="not a JSON object")
    for added in ADDED:
        raw.pop(added, None)
    kind = raw.pop("kind", None)
    if kind == "source" and "source_kind" in raw:
        raw["kind"] = raw.pop("source_kind")
    return row_of(place, kind, raw)
