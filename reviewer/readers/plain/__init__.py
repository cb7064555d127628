"""Transcripts as plain text."""

from reviewer.readers.format import Format
from reviewer.readers.plain import spacelog, talk

FORMATS: tuple[Format, ...] = (*spacelog.FORMATS, talk.FORMAT)
