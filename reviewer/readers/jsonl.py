"""The case format as JSON Lines: for programs (docs/case-format.md)."""

import json
from collections.abc import Iterator

from reviewer.readers.row import Row, row_of


def recognises(data: bytes, name: str) -> bool:
    """Whether these bytes look like JSON Lines with records in it."""
    if name.endswith(".jsonl"):
        return True
    first = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return first.startswith(b"{") and b'"kind"' in first


def read(data: bytes) -> Iterator[Row]:
    """The records of a file, one a line."""
    for n, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        yield _row(f"line {n}", line)


def _row(place: str, line: bytes) -> Row:
    shown = line.decode("utf-8", "backslashreplace")
    try:
        raw = json.loads(
            line.decode("utf-8"), object_pairs_hook=_no_doubles, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        return Row(place, shown, reason=f"not UTF-8 at byte {error.start} of the line")
    except RecursionError:
        return Row(place, shown, reason="nested too deep")
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        return Row(place, shown, reason=f"not valid JSON: {what} at character {error.colno}")
    except ValueError as error:
        return Row(place, shown, reason=f"not valid JSON: {error}")
    if not isinstance(raw, dict):
        return Row(place, raw, reason="not a JSON object")
    kind = raw.pop("kind", None)
    if kind == "source" and "source_kind" in raw:
        raw["kind"] = raw.pop("source_kind")
    return row_of(place, kind, raw)


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")
