"""Linguists' and parliaments' formats: ELAN, Praat, TEI."""

from reviewer.readers.format import Format

FORMATS: tuple[Format, ...] = ()
