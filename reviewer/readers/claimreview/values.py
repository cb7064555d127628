"""Words out of JSON values from outside: text, dates, ids, and everything else."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from reviewer.model.records import LONGEST_ID
from reviewer.readers.statements.published import iso_date

DEEPEST = 4
"""As many names of a nested value's path as its line repeats."""


def texts(value: object) -> list[str]:
    """The words of a JSON or JSON-LD value: of a string, a number, a list, a named thing."""
    if value is None or isinstance(value, str):
        return [value] if value and value.strip() else []
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = next((one[k] for k in ("@value", "name", "url", "@id") if k in one), None)
        if isinstance(one, list):
            one = one[0] if one else None
        if isinstance(one, bool):
            found.append(str(one).lower())
        elif isinstance(one, (str, int, float)) and str(one).strip():
            found.append(str(one))
    return found


def text(value: object) -> str:
    """The words of a value; of several, all, with a semicolon between them."""
    return "; ".join(texts(value))


def lines(
    value: object,
    path: tuple[str, ...] = (),
    apart: Callable[[Mapping[str, object]], bool] = lambda _: False,
) -> list[str]:
    """Everything a value says, a line each: `author jobTitle: Mayor`. Nothing is left out.

    Args:
        value: the value.
        path: names to put before its own.
        apart: says which objects within it are read by themselves.
    """
    return [
        f"{' '.join(where[-DEEPEST:])}: {said}" if where else said
        for where, said in leaves(value, path, apart)
    ]


def leaves(
    value: object,
    path: tuple[str, ...] = (),
    apart: Callable[[Mapping[str, object]], bool] = lambda _: False,
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The words within a value with the names that lead to them."""
    if value is None:
        return
    # A stack and no recursion: the file says how deep it goes.
    stack: list[tuple[tuple[str, ...], object]] = [(path, value)]
    while stack:
        where, one = stack.pop()
        if isinstance(one, dict):
            here = where[-DEEPEST:]
            if not apart(one):
                stack += reversed([((*here, str(k).removeprefix("@")), v) for k, v in one.items()])
        elif isinstance(one, list):
            stack += [(where, v) for v in reversed(one)]
        elif isinstance(one, bool):
            yield where, str(one).lower()
        elif one is not None and str(one).strip():
            yield where, str(one)


def without(value: Mapping[str, object], *keys: str) -> dict[str, object]:
    """A thing without some of what it says."""
    return {key: one for key, one in value.items() if key not in keys}


def date_of(value: object) -> str:
    """A date in the form of the case format; empty where it is not in ISO 8601."""
    return iso_date(text(value))


def numbered_date(value: object, form: str) -> str:
    """A date whose parts stand in a known order, `%d-%m-%Y` say; empty where it is none."""
    try:
        return datetime.strptime(text(value).strip(), form).date().isoformat()
    except ValueError:
        return ""


def digest(*parts: str) -> str:
    """An id made of content."""
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:10]


def part_id(prefix: str, *parts: str) -> str:
    """An id within a collection, of the words of a file where they can be one."""
    name = "/".join(part.strip() for part in parts)
    whole = f"{prefix}/{name}"
    if name and whole.isprintable() and len(whole) <= LONGEST_ID:
        return whole
    return f"{prefix}/{digest(name)}"
