"""Published texts: plain, Markdown, HTML, lists of statements."""

from reviewer.readers.format import Format

FORMATS: tuple[Format, ...] = ()
