"""Ranges of numbers and dates, as a filter writes them: `3`, `1..3`, `2..`, `<3`, `>=3`.

A date stands for all that begins with it: `2022-03..2022-04` ends with the last of April. Dates
are compared as they are written (ISO 8601), so that a claim of `2022` alone comes before every
month of that year; a claim without a date is in no range, only in `none`.
"""

from __future__ import annotations

from reviewer.structs import Struct
from reviewer.text.patterns import compiled

BEYOND = "\U0010ffff"
"""Behind whatever begins with the same characters."""
DATED = "\x01"
"""Behind no date, before every date."""
RANGE = r"(?P<first>[^.<>=]+)?(?P<dots>\.\.)(?P<last>[^.<>=]+)?|(?P<sign>[<>]=?)?(?P<one>[^<>=]+)"
NUMBER = r"[0-9]{1,9}"
DATE = r"[0-9]{1,4}(?:-[0-9T:Z.+-]*)?"


class Range(Struct):
    """From `low` to before `high`; `named` is what was named of it. None is no bound."""

    low: int | str | None
    high: int | str | None
    named: tuple[int, ...] = ()
    backwards: bool = False


def number_range(text: str) -> Range | None:
    """A range of whole numbers; None where it is none."""
    parts = _parts(text, NUMBER)
    if parts is None:
        return None
    sign, first, last = parts
    low = None if first is None else int(first)
    high = None if last is None else int(last)
    named = tuple(n for n in (low, high) if n is not None)
    if low is not None and sign == ">":
        low += 1
    if high is not None and sign != "<":
        high += 1
    backwards = bool(sign == ".." and low is not None and high is not None and low >= high)
    return Range(low, high, named, backwards)


def date_range(text: str) -> Range | None:
    """A range of dates; None where it is none."""
    if text == "none":
        return Range("", DATED)
    parts = _parts(text, DATE)
    if parts is None:
        return None
    sign, first, last = parts
    low = DATED if first is None else first
    high = BEYOND if last is None else last
    if first is not None and sign == ">":
        low += BEYOND
    if last is not None and sign != "<":
        high += BEYOND
    return Range(low, high, backwards=sign == ".." and low >= high)


def _parts(text: str, pattern: str) -> tuple[str, str | None, str | None] | None:
    """The sign, and the first and the last of a range, if it is one of such values."""
    found = compiled(RANGE).fullmatch(text)
    if found is None:
        return None
    if found["dots"]:
        sign, first, last = "..", found["first"], found["last"]
    else:
        sign = found["sign"] or "="
        first = None if sign.startswith("<") else found["one"]
        last = None if sign.startswith(">") else found["one"]
    values = [value for value in (first, last) if value is not None]
    if not values or not all(compiled(pattern).fullmatch(value) for value in values):
        return None
    return sign, first, last
