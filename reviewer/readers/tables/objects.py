"""JSON as a table: a list of objects, one object a line, or one small object alone."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from reviewer.readers.given import SIDE, Given
from reviewer.readers.json_value import value_of, why_not
from reviewer.readers.tables.cutting import Cut
from reviewer.readers.tables.table import SAMPLE_ROWS

DEEPEST = 4
MOST_KEYS = 200
OTHERS = "other keys"
"""The name of the column for keys that only objects further down have."""
Found = tuple[int, Mapping[str, object] | str, str]


class Flat(dict[str, object]):
    """An object without objects in it, and the `whole` that it was."""

    def __init__(self, values: Mapping[str, object], whole: Mapping[str, object]) -> None:
        super().__init__(values)
        self.whole = whole


class Cells(list[str]):
    """An object as a row of cells, and the `whole` that it was, for the side file."""

    def __init__(self, cells: Iterable[str], whole: Mapping[str, object]) -> None:
        super().__init__(cells)
        self.whole = whole


def objects_of(given: Given) -> list[object] | None:
    """The objects of a file that is one JSON value, or None where it holds no table."""
    parsed: object = given.parsed
    if isinstance(parsed, dict) and SIDE.search(given.path.stem):
        # The one row of a side file, whatever lists it has in it.
        return [parsed]
    if isinstance(parsed, dict):
        lists = [value for value in parsed.values() if _is_rows(value)]
        if len(lists) == 1:
            parsed = lists[0]
        elif not lists and parsed and not any(map(_is_nest, parsed.values())):
            parsed = [parsed]
    return parsed if isinstance(parsed, list) and _is_rows(parsed) else None


def around(given: Given) -> dict[str, object]:
    """What a file says beside its list of objects, by key."""
    parsed, rows = given.parsed, objects_of(given)
    if not isinstance(parsed, dict) or rows is None or rows[0] is parsed:
        return {}
    beside = {key: value for key, value in parsed.items() if value is not rows}
    return beside if len(beside) < len(parsed) else {}


def is_lines(given: Given) -> bool:
    """Whether a file begins with a line that is a JSON object."""
    begin = given.head_text.lstrip()
    if not begin.startswith("{"):
        return False
    try:
        return isinstance(json.loads(begin.partition("\n")[0]), dict)
    except (ValueError, RecursionError):
        return False


def found_in(given: Given) -> Iterator[Found]:
    """Each object of a file: its number or line, itself flattened, or what stood there and why."""
    whole = objects_of(given)
    if whole is not None:
        for n, value in enumerate(whole, start=1):
            yield (n, Flat(_flat(value), value), "") if isinstance(value, dict) else (
                n, json.dumps(value, ensure_ascii=False), "not an object",
            )  # fmt: skip
        return
    for n, line in given.lines():
        if line.strip():
            yield _line(n, line)


def keys_of(objects: Iterable[Found]) -> tuple[list[str], list[Mapping[str, object]]]:
    """The keys of the first objects in the order in which they come, and these objects."""
    first = [found for _, found, _ in islice(objects, SAMPLE_ROWS) if not isinstance(found, str)]
    return list(dict.fromkeys(key for found in first for key in found))[:MOST_KEYS], first


def cut(objects: Iterable[Found], keys: Sequence[str]) -> Iterator[Cut]:
    """The objects as rows of cells; what stands under other keys is in a last cell, `OTHERS`."""
    known = frozenset(keys)
    for n, found, reason in objects:
        if isinstance(found, str):
            yield n, found, reason
            continue
        cells = [words(found.get(key)) for key in keys]
        more = {key: value for key, value in found.items() if key not in known and words(value)}
        cells.append(words(more))
        yield n, Cells(cells, found.whole if isinstance(found, Flat) else found), reason


def words(value: object) -> str:
    """A value as the text of a cell; a list joined with `; `."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if value != [] and value != {} else ""


def _line(n: int, line: str) -> Found:
    try:
        value = value_of(line)
    except ValueError as error:
        return n, line, why_not(error)
    if not isinstance(value, dict):
        return n, line, "not a JSON object"
    return n, Flat(_flat(value), value), ""


def _flat(value: Mapping[str, object], before: str = "", deep: int = 0) -> dict[str, object]:
    """An object without objects in it: `{"a": {"b": 1}}` has the key `a.b`."""
    found: dict[str, object] = {}
    for key, one in value.items():
        if isinstance(one, dict) and one and deep < DEEPEST:
            found |= _flat(one, f"{before}{key}.", deep + 1)
        else:
            found[before + key] = one
    return found


def _is_rows(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and sum(isinstance(one, dict) for one in value) * 2 > len(value)
    )


def _is_nest(value: object) -> bool:
    return (
        isinstance(value, dict | list)
        and bool(value)
        and not all(
            isinstance(one, str | int | float)
            for one in (value if isinstance(value, list) else [{}])
        )
    )
