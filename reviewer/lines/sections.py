"""Sections in labelled lines: a table as one line a row, each cell after its head's name.

Columns that only eyes can line up say nothing to a screen reader.
"""

from collections.abc import Iterator

from reviewer.lines.parts import one_line
from reviewer.model.sections import Section, Table


def section_lines(section: Section) -> Iterator[str]:
    """A section: its heading, then its sentences and the rows of its tables."""
    yield f"{one_line(section.title)}:"
    for part in section.parts:
        if isinstance(part, Table):
            yield from table_lines(part)
        else:
            yield one_line(part)


def table_lines(table: Table) -> Iterator[str]:
    """The rows of a table: `Claim c-1. Wording: ...; Claimant: ...`."""
    for row in table.rows:
        cells = [
            f"{head}: {cell}" for head, cell in zip(table.head[1:], row[1:], strict=True) if cell
        ]
        yield one_line(f"{table.head[0]} {row[0]}. {'; '.join(cells)}")
