"""Subtitle formats."""

from reviewer.readers.format import Format

FORMATS: tuple[Format, ...] = ()
