"""Speech-to-text JSON of many engines."""

from reviewer.readers.format import Format

FORMATS: tuple[Format, ...] = ()
