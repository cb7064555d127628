"""Published texts: plain, Markdown, HTML. A file is one statement."""

from reviewer.readers.format import Format
from reviewer.readers.statements import page, text_file

FORMATS: tuple[Format, ...] = (
    Format("html", "an HTML page", page.recognises, page.read),
    Format("markdown", "Markdown", text_file.recognises_markdown, text_file.read_markdown),
    Format("text", "a text", text_file.recognises_text, text_file.read_text),
)
