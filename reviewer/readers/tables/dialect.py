"""How a table of text is cut into cells: what separates them, and whether quotes enclose them.

RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) is what most files mean, and many do not:
tabs, semicolons, runs of blanks; quotes that are only quotes. The whole sample decides.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reviewer.model.errors import UnreadableError
from reviewer.readers.given import LONGEST_LINE, Given
from reviewer.readers.tables.cutting import Cutter, Line

DELIMITERS = ("\t", ",", ";", "|", "\x1f")
BLANKS = ("   ", "  ")
"""Runs of blanks, as some scrapers join cells; looked at where nothing else fits."""
USUALLY_QUOTED = (",", ";")
"""What stands in ordinary sentences, so that cells with it need quotes."""
NAMES = {
    "\t": "tabs",
    ",": "commas",
    ";": "semicolons",
    "|": "bars",
    "   ": "three blanks",
    "  ": "two blanks",
    "\x1f": "unit separators",
}
SAMPLE_ROWS = 2000
SAMPLE = 512 * 1024
FITTING = 0.5
"""From this share of rows with one number of cells on, a text may be a table."""
LONG_CELLS = 0.9
"""The same where few lines hold a separator, since cells are of many lines."""
WIDEST = 2000
SEPARATOR = re.compile(r'"?sep=(.)"?\r?', re.IGNORECASE)
"""The first line that Excel reads as what separates cells; it is no row."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """`quoted`: cells may stand in quotes; `escape`: what stands before a quote within them."""

    delimiter: str
    quoted: bool = False
    escape: str = ""

    @property
    def said(self) -> str:
        """For a person: `commas, cells in quotes`."""
        name = NAMES.get(self.delimiter, repr(self.delimiter))
        return name + (", cells in quotes where needed" if self.quoted else ", quotes are text")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a dialect fits a sample: its rows of one width, and quotes that should not be."""

    dialect: Dialect
    width: int
    share: float
    stray: int


def lines_of(given: Given) -> Iterator[Line]:
    r"""Each line with its number, cut at what ends most lines; another `\r` stays in it.

    A first line of `sep=;` is left out.

    Raises:
        UnreadableError: a line is too long, or the file changed.
    """
    end = _line_end(given.head_text)
    n, rest = 0, ""
    for piece in given.text_pieces():
        parts = (rest + piece).split(end)
        rest = parts.pop()
        if len(rest) > LONGEST_LINE:
            raise UnreadableError(f"a line of it is longer than {LONGEST_LINE >> 20} MB.")
        for part in parts:
            n += 1
            if n > 1 or not SEPARATOR.fullmatch(part):
                yield n, part
    if rest:
        yield n + 1, rest


def dialect_of(given: Given) -> Fit | None:
    """What the beginning of a file says of its dialect, or None where it is no table."""
    lines, size = [], 0
    for _, line in islice(lines_of(given), SAMPLE_ROWS):
        lines.append(line)
        size += len(line)
        if size > SAMPLE:
            break
    return fitting([line for line in lines if line.strip()], separator_of(given))


def separator_of(given: Given) -> str:
    """What the first line of a file says to separate its cells, or nothing."""
    said = SEPARATOR.fullmatch(re.split(r"[\r\n]", given.head_text, maxsplit=1)[0])
    return said[1] if said else ""


def fitting(lines: list[str], said: str = "") -> Fit | None:
    """The dialect that cuts the most of the lines into one number of cells, two at least.

    Args:
        lines: the first lines of a table.
        said: what separates their cells, where the file says it.
    """
    if not lines:
        return None
    if said in DELIMITERS and (sure := list(_fits(lines, said))):
        return max(sure, key=_rank)
    found = [fit for mark in DELIMITERS for fit in _fits(lines, mark)]
    found += [fit for mark in BLANKS for fit in _fits(lines, mark) if fit.width > 3]
    return max(found, key=_rank, default=None)


def _line_end(sample: str) -> str:
    feeds = sample.count("\n")
    return "\r" if sample.count("\r") - sample.count("\r\n") > feeds else "\n"


def _fits(lines: list[str], delimiter: str) -> Iterator[Fit]:
    """The ways in which a delimiter fits: the one that explains the quotes best."""
    if sum(delimiter in line for line in lines[:100]) * 3 < len(lines[:100]):
        yield from _of_long_cells(lines, delimiter)
        return
    if delimiter == "  " and _wider(lines):
        return
    plain = _measured(lines, Dialect(delimiter))
    no_quotes = not any(line.startswith('"') or delimiter + '"' in line for line in lines)
    if delimiter in BLANKS or (no_quotes and delimiter not in USUALLY_QUOTED):
        yield from _good(plain)
        return
    quoted = _measured(lines, Dialect(delimiter, quoted=True))
    if any('\\"' in line for line in lines):
        escaped = _measured(lines, Dialect(delimiter, quoted=True, escape="\\"))
        quoted = max(escaped, quoted, key=lambda fit: (fit.share, fit.dialect.escape == ""))
    # A writer of CSV encloses and doubles every quote: one that stands alone is text.
    plainly = plain.share > quoted.share or (quoted.stray and plain.share >= quoted.share)
    yield from _good(plain if plainly else quoted)


def _of_long_cells(lines: list[str], delimiter: str) -> Iterator[Fit]:
    """A table most of whose lines are those within quoted cells."""
    if delimiter in BLANKS or delimiter not in lines[0] or not any('"' in one for one in lines):
        return
    quoted = _measured(lines, Dialect(delimiter, quoted=True))
    if quoted.share >= LONG_CELLS and not quoted.stray:
        yield from _good(quoted)


def _wider(lines: list[str]) -> bool:
    """Whether most runs of blanks are of three, so that two are only a part of them."""
    return sum(line.count("   ") for line in lines) * 2 > sum(line.count("  ") for line in lines)


def _good(fit: Fit) -> Iterator[Fit]:
    if fit.share >= FITTING and 1 < fit.width <= WIDEST:
        yield fit


def _measured(lines: list[str], dialect: Dialect) -> Fit:
    widths: Counter[int] = Counter()
    quotes = refused = 0
    cutter = Cutter(enumerate(lines, start=1), dialect.delimiter, dialect.quoted, dialect.escape)
    for _, cells, reason in islice(cutter.rows(), SAMPLE_ROWS):
        if reason or isinstance(cells, str):
            refused += 1
            continue
        widths[len(cells)] += 1
        if dialect.quoted:
            quotes += sum(cell.count('"') for cell in cells)
    (width, often), *_ = widths.most_common(1) or [(0, 0)]
    doubled = sum(line.count('""') + line.count('\\"') for line in lines) if quotes else 0
    whole = widths.total() + refused
    return Fit(dialect, width, often / whole if whole else 0.0, max(0, quotes - doubled))


def _rank(fit: Fit) -> tuple[int, int, int]:
    before = (*DELIMITERS, *BLANKS).index(fit.dialect.delimiter)
    return round(fit.share * 20), min(fit.width, 4), -before
