"""What is told of a claim beside its verdicts, the same for every front end and export.

Outside text is handed on as it stands; whoever shows it makes it safe.
"""

from __future__ import annotations

from reviewer.structs import Struct


class Table(Struct):
    """Rows under heads; the first cell of a row says what the row is about."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Section(Struct):
    """A heading with sentences and tables below it."""

    title: str
    parts: tuple[str | Table, ...]
