"""Values of JSON that others wrote: taken as what they should be, or as nothing.

Nothing here trusts a file: a list may be a number, a time may be a word.
"""

import math
import re
from collections.abc import Callable, Mapping

SHOWN = 40
"""As much of an unreadable time as a note repeats."""

LONGEST = 10**12
"""Milliseconds; a time beyond it (31 years) is a mistake of whoever wrote it."""

NUMBER = re.compile(r"\s*-?\d{1,15}(\.\d{1,20})?\s*", re.ASCII)
CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d{1,9})?)", re.ASCII)

Clock = Callable[[object], int]
"""Milliseconds of a value; ValueError where it is no time."""


def table(value: object) -> dict[str, object]:
    """An object of JSON, or an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[object]:
    """A list of JSON, or an empty one."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """A text, or an empty one."""
    return value if isinstance(value, str) else ""


def first(raw: Mapping[str, object], *keys: str) -> object:
    """The value of the first of these keys that has one."""
    return next((raw[key] for key in keys if raw.get(key) is not None), None)


def number(value: object) -> float | None:
    """A finite number, also one that is written as a text."""
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return float(value)
    # Above this size a float says nothing of the number, and an int may not fit one.
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LONGEST:
        return None
    return float(value) if math.isfinite(value) else None


def unit(ms: float) -> Clock:
    """A clock that counts units of so many milliseconds."""

    def counted(value: object) -> int:
        found = number(value)
        if found is None or abs(found * ms) > LONGEST:
            raise ValueError
        return round(found * ms)

    return counted


milliseconds = unit(1)
ticks = unit(0.0001)
"""Of 100 nanoseconds."""
_plain_seconds = unit(1000)


def seconds(value: object) -> int:
    """Milliseconds of `8.65`, `"8.65"`, `"8.650s"` or `{"seconds": "8", "nanos": 650000000}`.

    The last two are how Protocol Buffers write a Duration in JSON; a zero may be left out.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(value, dict):
        parts = [value.get("seconds", 0), value.get("nanos", 0)]
        return _plain_seconds(parts[0]) + unit(1e-6)(parts[1])
    return _plain_seconds(value.removesuffix("s") if isinstance(value, str) else value)


def clock(value: object) -> int:
    """Milliseconds of `01:02:03.456`, `02:03` or of a number of seconds.

    Raises:
        ValueError: it is none of these.
    """
    match = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return seconds(value)
    hours, minutes, rest = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60
    return whole * 1000 + round(float(rest.replace(",", ".")) * 1000)


def span(start: object, end: object, read: Clock) -> tuple[int | None, int | None, str]:
    """Beginning and end in milliseconds, and what could not be read of them."""
    found: list[int | None] = []
    notes = []
    for value in (start, end):
        try:
            found.append(None if value in (None, "") else read(value))
        except ValueError:
            found.append(None)
            notes.append(f"its time '{str(value)[:SHOWN]}' could not be read")
    return found[0], found[1], "; ".join(notes)


def label(value: object) -> str:
    """Who speaks: a label as it stands, or `Speaker 2` where the machine only counted."""
    if isinstance(value, str):
        return f"Speaker {value}" if value.isdecimal() else value
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return ""


def timecode(ms: int) -> str:
    """`01:16:40.572`."""
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
