"""How a table stood in its file: enough to write some of its rows again, in the same form."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.readers.tables.dialect import Dialect


@dataclass(frozen=True, slots=True)
class Shape:
    """The headings of a table, none where it has none, and how its cells are cut."""

    header: tuple[str, ...]
    dialect: Dialect

    def line(self, raw: Sequence[str] | str) -> str:
        """A row as it stood, without its line end: its cells, or a line that could not be cut."""
        if isinstance(raw, str):
            return raw
        dialect = self.dialect
        if not dialect.quoted:
            return dialect.delimiter.join(raw)
        written = io.StringIO()
        csv.writer(
            written,
            delimiter=dialect.delimiter,
            lineterminator="",
            doublequote=not dialect.escape,
            escapechar=dialect.escape or None,
        ).writerow(raw)
        return written.getvalue()
