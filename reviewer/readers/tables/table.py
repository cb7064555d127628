"""A table opened: its dialect, its columns, its rows; from text or from JSON."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from reviewer.model.errors import UnreadableError
from reviewer.readers.given import Given
from reviewer.readers.tables.columns import Columns, Sample, columns_of, unclear
from reviewer.readers.tables.cutting import Cutter
from reviewer.readers.tables.dialect import BLANKS, Dialect, Fit, dialect_of, lines_of
from reviewer.readers.tables.figures import figures_of
from reviewer.readers.tables.guess import guessed, headed, well_known
from reviewer.readers.tables.names import ROLES, bare
from reviewer.readers.tables.shape import Shape

SAMPLE_ROWS = 400
PLAINEST = Dialect(",", quoted=True)
ENDINGS = ("csv", "tsv", "tab", "psv")
HEADING = re.compile(r"[^\W\d_]{1,20}(?:[ _/-]+[^\W\d_]{1,20}){0,3} ?[.?:#]?")
PLACE = re.compile(r"col[1-9]\d{0,3}").fullmatch
ALONE = frozenset([*ROLES["claim"], *ROLES["statement"], *ROLES["text"]])
SURE = 0.9
"""From this share of rows of one width on, quotes that all close make a table of a text."""
HEADINGS_WITHIN = 6
"""The headings stand in one of so many first rows."""
Cut = tuple[int, list[str] | str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows can be gone through, again and again."""

    given: Given
    shape: Shape
    columns: Columns
    width: int
    skipped: int

    def above(self) -> Iterator[Cut]:
        """What stands above the headings: titles and blank rows."""
        return islice(_cut(self.given, self.shape.dialect, self.width), max(0, self.skipped - 1))

    def rows(self) -> Iterator[Cut]:
        """Each row: the line it begins in, its cells or text, and why it is refused, if so."""
        return islice(_cut(self.given, self.shape.dialect, self.width), self.skipped, None)

    def cells(self, at: int) -> Iterator[str]:
        """A whole column."""
        for _, cells, reason in self.rows():
            if not reason:
                yield cells[at]


@lru_cache(maxsize=1)
def opened(given: Given) -> Table:
    """A table of text; looked at once, though several ask.

    Raises:
        UnreadableError: it is not cut into cells by anything known, or unclear.
        UsageError: a person named a role that there is not.
    """
    fit = _fit(given) or _one_column(given)
    header, rows, skipped = _beginning(given, fit)
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
    return Table(given, Shape(header, fit.dialect), columns, fit.width, skipped)


def shape_of(given: Given) -> Shape | None:
    """The headings and the dialect of a file that is a table of text."""
    fit = _fit(given)
    return Shape(_beginning(given, fit)[0], fit.dialect) if fit else None


def side_shape_of(given: Given) -> Shape | None:
    """How refused rows of a table are written, so that they come in as they would have.

    With commas and quotes, whatever separates its own cells: a few rows might not show it.
    Where it has no headings, they are made of the roles that its columns were known by. None
    where a few of its rows alone would mean something else: those of a recording or document.
    """
    try:
        table = opened(given)
    except UnreadableError:
        return None
    columns = table.columns
    if columns.kind not in ("claims", "statements", "figures") or "document" in columns.roles:
        return None
    if table.shape.header and not given.wishes.columns:
        return Shape(table.shape.header, PLAINEST)
    if columns.kind == "figures":
        return None
    return Shape(tuple(_headings(columns)), PLAINEST)


def _headings(columns: Columns) -> Iterator[str]:
    """Headings by which the columns of a table will be known again for what they are."""
    roles = {at: role for role, at in columns.roles.items()}
    names = {name for role in columns.roles for name in ROLES[role]}
    for at, name in enumerate(columns.names):
        other = f"column {at + 1}: {name}" if bare(name) in names else name
        yield roles.get(at, other or f"column {at + 1}")


def is_table(given: Given) -> bool:
    """Whether a file of text is a table that says what it holds, or is called one."""
    fit = _fit(given)
    if fit is None:
        return False
    if given.ending in ENDINGS or given.wishes.columns:
        return True
    header, rows, _ = _beginning(given, fit)
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


def is_sure(given: Given) -> bool:
    """Whether a file can hardly be anything but a table, whatever its lines begin with.

    Its cells are cut alike by strict quotes, all of which close, under headings; or it is
    called a table and its headings say what it holds.
    """
    fit = _fit(given)
    if fit is None or fit.share < SURE or fit.stray or fit.width < 2:
        return False
    header, rows, _ = _beginning(given, fit)
    if not header or not rows or any(":" in name for name in header):
        return False
    if fit.dialect.quoted and '"' in given.head_text:
        return True
    return given.ending in ENDINGS and well_known(header)


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


@lru_cache(maxsize=1)
def _fit(given: Given) -> Fit | None:
    """The dialect of a file; a column alone needs a heading that says what it is."""
    first = re.split(r"[\r\n]", given.head_text, maxsplit=1)[0].strip().strip('"')
    if given.ending in ENDINGS and bare(first) in ALONE:
        return Fit(Dialect("\t", quoted='\n"' in given.head_text), 1, 1.0, 0)
    return dialect_of(given)


def _one_column(given: Given) -> Fit:
    """A table whose rows are one cell each, where a person says that it is a table."""
    first = given.head_text.split("\n", 1)[0]
    if given.wishes.format and given.wishes.columns and first.strip():
        return Fit(Dialect("\t"), 1, 1.0, 0)
    raise UnreadableError(
        "not a table: its lines are not cut into the same number of cells by tabs, commas,"
        " semicolons, bars or blanks; save it again with one of these between its cells."
    )


def _beginning(given: Given, fit: Fit) -> tuple[tuple[str, ...], list[list[str]], int]:
    """The headings, if there are any, the first good rows, and how many rows end the headings.

    Titles and blank rows may stand above the headings, as in sheets that people keep.
    """
    cuts = list(islice(_cut(given, fit.dialect, fit.width), SAMPLE_ROWS + HEADINGS_WITHIN))
    for n, cut in enumerate(cuts[:HEADINGS_WITHIN]):
        rows = _good(cuts[n + 1 :])
        names = _names(cut, fit.width, rows)
        # Below a title all of the headings are there, or two are well known.
        sure = n == 0 or well_known(names) or all(name.strip() for name in names)
        if names and ((headed(names, rows[:50]) and sure) or _heads(given, names, rows)):
            return tuple(names), rows, n + 1
        if not _is_title(cut, fit.width):
            break
    return (), _good(cuts), 0


def _heads(given: Given, names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether short words stand above the column that a person named by its place."""
    at = next((int(said[3:]) - 1 for said in given.wishes.columns.values() if PLACE(said)), -1)
    if not 0 <= at < len(names) or not rows or not all(HEADING.fullmatch(one) for one in names):
        return False
    below = [len(row[at]) for row in rows if at < len(row)]
    return len(set(names)) == len(names) and sum(below) > 2 * len(names[at]) * len(below)


def _good(cuts: Iterable[Cut]) -> list[list[str]]:
    return [cells for _, cells, reason in cuts if not reason and isinstance(cells, list)]


def _names(cut: Cut, width: int, rows: Sequence[Sequence[str]]) -> list[str]:
    """The cells of a row that may be headings; one that lacks a cell is made whole.

    Some programs end every row but the headings with a separator; others number the rows in a
    column without a heading.
    """
    _, cells, reason = cut
    if isinstance(cells, str) or not (reason and len(cells) == width - 1 and width > 2 and rows):
        return cells if isinstance(cells, list) and not reason else []
    if not any(row[-1] for row in rows):
        return [*cells, ""]
    return ["", *cells] if all(row[0].isdecimal() for row in rows) else []


def _is_title(cut: Cut, width: int) -> bool:
    """Whether a row may stand above the headings: most of its cells are empty or missing."""
    cells = cut[1]
    return isinstance(cells, list) and sum(bool(cell.strip()) for cell in cells) * 2 <= width


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
