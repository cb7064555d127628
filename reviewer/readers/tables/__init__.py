"""Tables of claims and of other things: CSV, TSV, JSON lists, JSON Lines."""

from reviewer.readers.format import Format

FORMATS: tuple[Format, ...] = ()
