"""Cells of a spreadsheet: kept from running as formulas, and lists in one cell.

A spreadsheet runs a cell that begins like a formula, and some split a cell at its line
breaks first. Such a place gets an apostrophe before it; `original` takes it away again, so
nothing is lost: a cell of that kind that had apostrophes already gets one more.
"""

import json
import re
from collections.abc import Sequence

# What is not seen before a sign that starts a formula: spaces of all kinds, zero widths.
UNSEEN = r"[^\S\r\n]|[\u00ad\u200b-\u200f\u2060\ufeff]"
SIGNS = r"[=+\-@|%\uff1d\uff0b\uff0d\uff20]"
ACTIVE = re.compile(rf"(?:\A|(?<=[\r\n]))(?='*(?:{UNSEEN})*{SIGNS})|\A(?='*[\t\r\n])")
GUARDED = re.compile(rf"(?:\A|(?<=[\r\n]))'(?='*(?:{UNSEEN})*{SIGNS})|\A'(?='*[\t\r\n])")
SEPARATOR = "; "


def guard(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return ACTIVE.sub("'", cell)


def original(cell: str) -> str:
    """What a guarded cell was."""
    return GUARDED.sub("", cell)


def listed(values: Sequence[str]) -> str:
    """A list as one cell: `a; b`, or as JSON where that could be read as another list."""
    plain = SEPARATOR.join(values)
    return plain if unlisted(plain) == list(values) else json.dumps(values, ensure_ascii=False)


def unlisted(cell: str) -> list[str]:
    """The list that stands in a cell."""
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(value, str) for value in found):
            return found
    return cell.split(SEPARATOR) if cell else []
