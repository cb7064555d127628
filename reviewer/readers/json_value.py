"""JSON from outside: each key once, every number one that can be kept, nothing without bottom."""

import json
import math

DEEPEST = 64
"""So many levels of JSON may stand in one another."""
MOST_OBJECTS = 1_000_000
MOST_VALUES = 3_000_000
"""More would fill the memory: an empty object is two bytes in a file and a hundred here."""
SHOWN = 80
LONGEST_NUMBER = 4000
"""The digits of a whole number; Python itself counts no further by default."""


class TooDeepError(ValueError):
    """Lists and objects stand in one another deeper than evidence needs."""


class TooManyError(ValueError):
    """More values than the memory should hold."""


def value_of(text: str, *, strict: bool = True) -> object:
    """The value of a text of JSON.

    Args:
        text: the JSON.
        strict: whether a line break within a string is a mistake, as RFC 8259 has it.

    Raises:
        TooDeepError: nested too deep.
        TooManyError: too many values.
        json.JSONDecodeError: it is not JSON, and where.
        ValueError: a key stands twice, or a number is none that can be kept.
    """
    if text.count("{") + text.count("[") > MOST_OBJECTS or text.count(",") > MOST_VALUES:
        raise TooManyError("more values than can be read at once; split it")
    try:
        value: object = json.loads(
            text,
            strict=strict,
            object_pairs_hook=_no_doubles,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except RecursionError:
        raise TooDeepError("nested too deep") from None
    if _too_deep(value):
        raise TooDeepError("nested too deep")
    return value


def why_not(error: ValueError) -> str:
    """What is wrong with a text that `value_of` refused; the place is not said."""
    if isinstance(error, json.JSONDecodeError):
        return f"not valid JSON: {error.msg.removesuffix(' at')}"
    return (
        str(error) if isinstance(error, TooDeepError | TooManyError) else f"not valid JSON: {error}"
    )


def _too_deep(value: object) -> bool:
    level: list[object] = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key '{twice[:SHOWN]}' stands twice in one object")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")


def _finite(number: str) -> float:
    value = float(number)
    if math.isinf(value):
        raise ValueError(f"the number {_short(number)} is too large to be kept")
    return value


def _whole(number: str) -> int:
    if len(number) > LONGEST_NUMBER:
        raise ValueError(f"the number {_short(number)} has too many digits to be kept")
    return int(number)


def _short(number: str) -> str:
    return number if len(number) <= SHOWN else f"{number[:20]}..."
