"""Tables read: what their columns are is decided once, then row by row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from reviewer.model.errors import UnreadableError
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.tables import objects, talk
from reviewer.readers.tables.claims import Claims
from reviewer.readers.tables.columns import Columns, Sample
from reviewer.readers.tables.cutting import Cut
from reviewer.readers.tables.dialect import separator_of
from reviewer.readers.tables.figures import Figures
from reviewer.readers.tables.pairing import translations_of
from reviewer.readers.tables.statements import Statements
from reviewer.readers.tables.table import is_table, named_columns, opened
from reviewer.readers.tables.values import SERIAL, is_numbers, is_serial, order_of

FIRST = 2000
"""So many rows show whether a column writes dates as numbers."""


def recognises_text(given: Given) -> bool:
    """Whether a file is a table of text."""
    return is_table(given)


def read_text(given: Given) -> Iterator[Row]:
    """The rows of a table of text.

    Raises:
        UnreadableError: no table, or it is not clear what its columns are.
    """
    table = opened(given)
    if table.width > 1:
        given.remarks.append(f"cells are separated by {table.shape.dialect.said}")
    if separator_of(given):
        given.remarks.append("its first line says so and is no row")
    if table.skipped > 1:
        given.remarks.append(f"its headings stand in row {table.skipped}")
    yield from (Row(f"line {n}", cells, passed_over=True) for n, cells, _ in table.above())
    yield from rows(given, table.columns, table.rows)


def recognises_json(given: Given) -> bool:
    """Whether a file holds JSON objects whose keys say that they are claims or the like."""
    if not given.head_text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return False
    if objects.objects_of(given) is None and not objects.is_lines(given):
        return False
    try:
        _columns(given)
    except UnreadableError:
        return False
    return True


def read_json(given: Given) -> Iterator[Row]:
    """The objects of a file.

    Raises:
        UnreadableError: it holds none, or it is not clear what their keys are.
    """
    columns = _columns(given)
    names = columns.names[:-1]
    counted = objects.objects_of(given) is not None
    beside = {key: value for key, value in objects.around(given).items() if objects.words(value)}
    if beside:
        given.remarks.append(f"what stands beside its objects is left out: {', '.join(beside)}")
    yield from (Row(f"key '{key}'", beside[key], passed_over=True) for key in beside)
    for row in rows(given, columns, lambda: objects.cut(objects.found_in(given), names)):
        yield _as_object(row, counted=counted)


def rows(given: Given, columns: Columns, cuts: Callable[[], Iterator[Cut]]) -> Iterator[Row]:
    """The rows of a table whose columns are known."""
    orders = {role: _order(given, columns, role, cuts) for role in ("date", "rated")}
    given.remarks.extend(columns.remarks())
    if columns.kind in ("talk", "debate"):
        yield from talk.read(given, columns, cuts())
    elif columns.kind == "statements":
        pairs = translations_of(given, columns) if given.wishes.translation else None
        statements = Statements(given, columns, orders, pairs)
        yield from statements.read(cuts())
        given.remarks.extend(statements.remarks())
    elif columns.kind == "figures":
        yield from _each(cuts(), Figures(given, columns, orders).row)
    else:
        claims = Claims(given, columns, orders)
        yield from _each(cuts(), claims.row)


def _each(cuts: Iterator[Cut], row: Callable[[str, Sequence[str]], Row]) -> Iterator[Row]:
    for n, cells, reason in cuts:
        if reason or isinstance(cells, str):
            yield Row(f"line {n}", cells, reason=reason)
        else:
            yield row(f"line {n}", cells)


def _as_object(row: Row, *, counted: bool) -> Row:
    """A row as JSON people count it, and with the object that it was."""
    place, raw = row.place, row.raw
    if counted and place.startswith("line"):
        place = place.replace("line", "object", 1)
    if isinstance(raw, objects.Cells):
        raw = raw.whole
    return replace(row, place=place, raw=raw) if place != row.place or raw is not row.raw else row


def _columns(given: Given) -> Columns:
    keys, first = objects.keys_of(objects.found_in(given))
    rows = [[*(objects.words(one.get(key)) for key in keys), ""] for one in first]
    sample = Sample([*keys, objects.OTHERS], rows)
    return named_columns(sample, given.wishes.columns)


def _order(given: Given, columns: Columns, role: str, cuts: Callable[[], Iterator[Cut]]) -> str:
    """Whether days or months stand first in a column of dates.

    Where its first dates are numbers that leave it open, the whole column decides.
    """
    at = columns.roles.get(role)
    if at is None:
        return ""
    if is_serial(next((c[at] for _, c, reason in cuts() if not reason and c[at].strip()), "")):
        serial = (is_serial(cells[at]) for _, cells, reason in cuts() if not reason and cells[at])
        if all(serial):
            name = columns.names[at]
            given.remarks.append(f"'{name}' holds a spreadsheet's numbers of days, read as dates")
            return SERIAL
    first = (cells[at] for _, cells, reason in islice(cuts(), FIRST) if not reason)
    if not any(map(is_numbers, first)):
        return ""
    order = order_of(cells[at] for _, cells, reason in cuts() if not reason)
    name = columns.names[at]
    if order in ("day", "month"):
        given.remarks.append(f"in '{name}' the {order} stands first")
    elif order == "both":
        given.remarks.append(f"in '{name}' days and months stand in either order: kept as words")
    return order
