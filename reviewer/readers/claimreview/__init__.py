"""Fact-checks in the vocabulary of schema.org and its kin, AVeriTeC, TimeMap."""

from reviewer.readers.format import Format

FORMATS: tuple[Format, ...] = ()
