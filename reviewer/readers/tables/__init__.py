"""Tables of claims and of other things: CSV, TSV, JSON lists, JSON Lines."""

from reviewer.readers.format import Format
from reviewer.readers.tables import ours
from reviewer.readers.tables.reading import (
    read_json,
    read_text,
    recognises_json,
    recognises_text,
)

OURS = ours.FORMAT
"""Known by its first line, so asked before what is only likely."""

FORMATS: tuple[Format, ...] = (
    OURS,
    Format(
        "json", "JSON: a list of objects, one object a line, or one", recognises_json, read_json
    ),
    Format("table", "a table: CSV, TSV or other text in columns", recognises_text, read_text),
)
