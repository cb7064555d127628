"""Linguists' and parliaments' formats: ELAN, Praat, TEI."""

from reviewer.readers.annotation import elan, praat, tei
from reviewer.readers.format import Format

FORMATS: tuple[Format, ...] = (elan.FORMAT, praat.FORMAT, tei.FORMAT)
