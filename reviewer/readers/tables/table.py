"""A table opened: its dialect, its columns, its rows; from text or from JSON."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from reviewer.model.errors import UnreadableError
from reviewer.readers.given import Given
from reviewer.readers.tables.columns import Columns, Sample, columns_of, unclear
from reviewer.readers.tables.cutting import Cutter
from reviewer.readers.tables.dialect import BLANKS, Dialect, Fit, dialect_of, lines_of
from reviewer.readers.tables.figures import figures_of
from reviewer.readers.tables.guess import guessed, headed
from reviewer.readers.tables.shape import Shape

SAMPLE_ROWS = 400
Cut = tuple[int, list[str] | str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows can be gone through, again and again."""

    given: Given
    shape: Shape
    columns: Columns
    width: int

    def rows(self) -> Iterator[Cut]:
        """Each row: the line it begins in, its cells or text, and why it is refused, if so."""
        return islice(_cut(self.given, self.shape.dialect, self.width), self._skipped, None)

    def cells(self, at: int) -> Iterator[str]:
        """A whole column."""
        for _, cells, reason in self.rows():
            if not reason:
                yield cells[at]

    @property
    def _skipped(self) -> int:
        return 1 if self.shape.header else 0


def opened(given: Given) -> Table:
    """A table of text.

    Raises:
        UnreadableError: it is not cut into cells by anything known, or unclear.
        UsageError: a person named a role that there is not.
    """
    fit = dialect_of(given) or _one_column(given)
    header, rows = _beginning(given, fit)
    if header:
        sample = Sample(header, rows)
        columns = named_columns(sample, given.wishes.columns)
    else:
        names = [f"column {n + 1}" for n in range(fit.width)]
        sample = Sample(names, rows, headed=False)
        found = None if given.wishes.columns else guessed(rows, fit.width)
        if found is None and not given.wishes.columns:
            raise UnreadableError(unclear(sample))
        columns = found or _by_wish(sample, given)
    return Table(given, Shape(header, fit.dialect), columns, fit.width)


def shape_of(given: Given) -> Shape | None:
    """The headings and the dialect of a file that is a table of text, for its side file."""
    fit = dialect_of(given)
    return Shape(_beginning(given, fit)[0], fit.dialect) if fit else None


def is_table(given: Given) -> bool:
    """Whether a file of text is a table that says what it holds, or is called one."""
    fit = dialect_of(given)
    if fit is None:
        return False
    if given.ending in ("csv", "tsv", "tab", "psv") or given.wishes.columns:
        return True
    header, rows = _beginning(given, fit)
    if not rows or fit.share < 0.9:
        return False
    if not header:
        return fit.width > 2 and guessed(rows, fit.width) is not None
    try:
        named_columns(Sample(header, rows), {})
    except UnreadableError:
        return False
    # Prose may begin with a line of two parts by chance.
    return fit.width > 2 or fit.dialect.delimiter == "\t"


def named_columns(sample: Sample, wishes: Mapping[str, str]) -> Columns:
    """What the columns of a table with headings, or the keys of objects, are.

    Raises:
        UnreadableError: unclear, or there is no such column as a person named.
        UsageError: a person named a role that there is not.
    """
    return figures_of(sample, wishes) or columns_of(sample, wishes)


def _by_wish(sample: Sample, given: Given) -> Columns:
    found = guessed(sample.rows, len(sample.names))
    asked = columns_of(sample, given.wishes.columns)
    if found is None or found.kind != asked.kind:
        return asked
    taken = set(asked.roles.values())
    roles = {role: at for role, at in found.roles.items() if at not in taken} | dict(asked.roles)
    rest = tuple(at for at in asked.rest if at not in roles.values())
    return replace(asked, names=found.names, roles=roles, rest=rest)


def _one_column(given: Given) -> Fit:
    """A table whose rows are one cell each, where a person says that it is a table."""
    first = given.head_text.split("\n", 1)[0]
    if given.wishes.format and given.wishes.columns and first.strip():
        return Fit(Dialect("\t"), 1, 1.0, 0)
    raise UnreadableError(
        "not a table: its lines are not cut into the same number of cells by tabs, commas,"
        " semicolons, bars or blanks; save it again with one of these between its cells."
    )


def _beginning(given: Given, fit: Fit) -> tuple[tuple[str, ...], list[list[str]]]:
    """The headings, if there are any, and the first good rows."""
    cuts = _cut(given, fit.dialect, fit.width)
    first = next(cuts, None)
    rows = [
        cells
        for _, cells, reason in islice(cuts, SAMPLE_ROWS)
        if not reason and isinstance(cells, list)
    ]
    if first is None:
        return (), rows
    cells = first[1]
    if first[2]:
        return (), rows
    if isinstance(cells, list) and headed(cells, rows[:50]):
        return tuple(cells), rows
    return (), [cells, *rows] if isinstance(cells, list) else rows


def _cut(given: Given, dialect: Dialect, width: int) -> Iterator[Cut]:
    cutter = Cutter(lines_of(given), dialect.delimiter, dialect.quoted, dialect.escape)
    for cut in cutter.rows(width):
        if cut[0] == 1 and cut[2] and dialect.delimiter in BLANKS and isinstance(cut[1], list):
            # Their headings may be joined by fewer blanks than their rows.
            names = re.split(r" {2,}", dialect.delimiter.join(cut[1]))
            if len(names) == width:
                yield 1, names, ""
                continue
        yield cut
        break
    yield from cutter.rows(width)
