"""What stands in a cell: nothing, a date, a list, a time, HTML."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from html.parser import HTMLParser

from reviewer.model.records import DATE, is_date

NOTHING = frozenset(
    (
        "",
        *("None", "N/A", "n/a", "NA", "#N/A", "-", "--", "—", "–", "null", "NULL"),
        *("nan", "NaN", "NaT", "[]", '"[]"', "\\N", "#VALUE!"),
    )
)
"""What says that a cell is empty."""

MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan января січня",
            "february feb февраля лютого",
            "march mar марта березня",
            "april apr апреля квітня",
            "may мая травня",
            "june jun июня червня",
            "july jul июля липня",
            "august aug августа серпня",
            "september sep sept сентября вересня",
            "october oct октября жовтня",
            "november nov ноября листопада",
            "december dec декабря грудня",
        ),
        start=1,
    )
    for name in names.split()
}
NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T](\d\d:\d\d(?::\d\d)?))?", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T](.+))?", re.ASCII)
DAY_NAME = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\.? (\w+),? ([0-9]{4})")
NAME_DAY = re.compile(r"(\w+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
POSTED = re.compile(r"(\w{3}) (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})", re.ASCII)
"""`Thu Feb 24 05:00:00 +0000 2022`, as Twitter writes dates."""
CLOCK = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3})\d*)?", re.ASCII)
SECONDS = re.compile(r"(\d{1,6})[.,](\d{1,9})", re.ASCII)
QUOTED_LIST = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")
BETWEEN = ("+", "|", ";", ",")
"""What joins a list in one cell, the surest first."""

TOTAL_WORDS = (
    "total totals subtotal grandtotal sum разом усього всього итого всего сумма сума gesamt summe"
    " suma razem celkem toplam totale totaal المجموع"
)
TOTALS = frozenset(TOTAL_WORDS.split())
FIGURE = re.compile(r"[-+~≈]?\d[\d  .,]*%?", re.ASCII)
SERIAL = "serial"
"""The order of a column of dates in which a spreadsheet's numbers of days stand."""
DAY_ZERO = date(1899, 12, 30)
LONGEST_DATE = 60
LONGEST_TOTAL = 40
SHORT_LIST = 300
"""A list up to this length is remembered: the same ones come again and again."""


def is_nothing(cell: object) -> bool:
    """Whether a cell is empty or says that it is."""
    return cell in NOTHING if isinstance(cell, str) else not cell


def order_of(cells: Iterable[str]) -> str:
    """In which order days and months stand in a whole column.

    Returns:
        `day` or `month` for what stands first; nothing where no cell tells; `both` where they
        tell different things.
    """
    found = set()
    for cell in cells:
        match = NUMBERS.match(cell)
        if match and match[2] != ".":
            if int(match[1]) > 12:
                found.add("day")
            elif int(match[3]) > 12:
                found.add("month")
    return "both" if len(found) > 1 else next(iter(found), "")


def is_serial(cell: str) -> bool:
    """Whether a cell could be a spreadsheet's number of a day, from 1954 to 2064."""
    return (
        len(cell.strip()) == 5
        and cell.isascii()
        and cell.strip().isdecimal()
        and 20000 <= int(cell) <= 60000
    )


def is_figure(cell: str) -> bool:
    """Whether a cell is a number and nothing else."""
    return FIGURE.fullmatch(cell.strip()) is not None


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row only sums up those above it: a word for that, and nothing but numbers."""
    if any(len(cell) > LONGEST_TOTAL for cell in cells):
        return False
    said = [cell.strip() for cell in cells if cell.strip() not in NOTHING]
    if not any(_sums(cell) for cell in said):
        return False
    return all(_sums(cell) or is_figure(cell) for cell in said)


def _sums(cell: str) -> bool:
    """`Total`, `Разом:`, `Total: 7`."""
    words = cell.casefold().rstrip("0123456789 ").rstrip(":= .").replace(" ", "")
    return words in TOTALS


def is_no_day(cell: str) -> bool:
    """Whether a cell is written as a date in numbers and is none in any order: `31.02.2023`."""
    cell = cell.strip()
    written = NUMBERS.fullmatch(cell) or YEAR_FIRST.fullmatch(cell)
    return bool(written) and not any(date_of(cell, order) for order in ("day", "month"))


def is_numbers(cell: str) -> bool:
    """Whether a cell is a date that leaves open what stands first: `3/4/2022`."""
    match = NUMBERS.match(cell)
    return match is not None and match[2] != "."


def date_of(cell: str, order: str) -> str:
    """A date in the form of the case format, or nothing where it cannot be sure.

    Dots stand after the day first wherever they are used; of `3/4/2022` the column decides.
    """
    return _date_of(cell, order) if len(cell) <= LONGEST_DATE else ""


@lru_cache(maxsize=4096)
def _date_of(cell: str, order: str) -> str:
    cell = cell.strip()
    found = cell if DATE.fullmatch(cell) else _rewritten(cell, order)
    return found if is_date(found) else ""


def _rewritten(cell: str, order: str) -> str:
    if order == SERIAL:
        return (DAY_ZERO + timedelta(days=int(cell))).isoformat() if is_serial(cell) else ""
    if match := YEAR_FIRST.fullmatch(cell):
        return _put(match[1], match[2], match[3], match[4])
    if match := NUMBERS.fullmatch(cell):
        first = "day" if match[2] == "." else order
        if first == "day":
            return _put(match[4], match[3], match[1], match[5])
        return _put(match[4], match[1], match[3], match[5]) if first == "month" else ""
    if (match := DAY_NAME.fullmatch(cell)) and match[2].lower() in MONTHS:
        return _put(match[3], str(MONTHS[match[2].lower()]), match[1], None)
    if (match := NAME_DAY.fullmatch(cell)) and match[1].lower() in MONTHS:
        return _put(match[3], str(MONTHS[match[1].lower()]), match[2], None)
    return _mail_date(cell)


def _put(year: str, month: str, day: str, clock: str | None) -> str:
    date = f"{year}-{month:0>2}-{day:0>2}"
    if clock:
        clock = clock.removesuffix(" UTC").removesuffix(" GMT") + (
            "Z" if clock.endswith((" UTC", " GMT")) else ""
        )
        date = f"{date}T{clock}"
    return date


def _mail_date(cell: str) -> str:
    """`Fri, 02 Nov 2018 11:10:20 Z`, as mail and feeds write dates (RFC 5322)."""
    if match := POSTED.fullmatch(cell):
        day, month, number, clock, zone, year = match.groups()
        cell = f"{day}, {number} {month} {year} {clock} {zone}"
    if not 16 <= len(cell) <= 40 or "," not in cell[:4]:
        return ""
    zoneless = cell.endswith(" Z")
    try:
        found = parsedate_to_datetime(cell.removesuffix(" Z") + " +0000" if zoneless else cell)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return found.isoformat(timespec="seconds").replace("+00:00", "Z")


def list_of(cell: str) -> tuple[str, ...]:
    """The parts of a list in one cell: `a+b`, `a, b`, `['a', 'b']`."""
    return _short_list(cell) if len(cell) <= SHORT_LIST else _list_of(cell)


def _list_of(cell: str) -> tuple[str, ...]:
    inner = cell.strip().strip('"')
    if inner.startswith("[") and inner.endswith("]"):
        return tuple(one or two for one, two in QUOTED_LIST.findall(inner) if one or two)
    for mark in BETWEEN:
        if mark in cell:
            parts = [part.strip() for part in cell.split(mark)]
            return tuple(dict.fromkeys(filter(None, parts)))
    return (cell.strip(),) if cell.strip() else ()


_short_list = lru_cache(maxsize=4096)(_list_of)


def ms_of(cell: str, unit: str = "") -> int | None:
    """A time of a recording in milliseconds; None where it is none or does not say its unit.

    Args:
        cell: `00:01:02.5`, `62.5`; `62` only with a unit.
        unit: `ms` or `s`, for bare numbers.
    """
    cell = cell.strip()
    if match := CLOCK.fullmatch(cell):
        hours, minutes, seconds, fraction = match.groups()
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        return whole * 1000 + int((fraction or "0").ljust(3, "0"))
    if match := SECONDS.fullmatch(cell):
        part = round(float("0." + match[2]) * 1000)
        return (
            int(match[1]) + (1 if part >= 500 else 0)
            if unit == "ms"
            else (int(match[1]) * 1000 + part)
        )
    if unit and re.fullmatch(r"\d{1,9}", cell, re.ASCII):
        return int(cell) * (1000 if unit == "s" else 1)
    return None


class _Words(HTMLParser):
    """Collects what is not markup."""

    BLOCKS = frozenset(
        [
            "p",
            "div",
            "br",
            "li",
            "tr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "ul",
            "ol",
            "table",
        ]
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in self.BLOCKS and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")


def words_of_html(text: str) -> str:
    """The words of a piece of HTML, a new line for each block."""
    parser = _Words()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts).strip()
