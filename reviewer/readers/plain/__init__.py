"""Transcripts as plain text."""

from reviewer.readers.format import Format

FORMATS: tuple[Format, ...] = ()
