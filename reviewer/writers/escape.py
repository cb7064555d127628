"""Text from outside as Markdown that says just that text, in CommonMark and on GitHub."""

import re

from reviewer.text.display import display

# Active wherever they stand; after a backslash each is itself.
INLINE = re.compile(r"[\\`*_\[\]<>&~|$@^{}]|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
# Active where a line begins: headings, lists, rules, code, definitions, underlines.
LINE_START = re.compile(r"^(?:[#+=:-]|(\d{1,9})([.)])(?=\s|$))")


def one_line(text: str) -> str:
    """A text in a place of one line, which may be where a line begins."""
    return _line(display(text, newlines=False))


def literal(text: str) -> str:
    """A text of several lines: paragraphs stay, and so does every line break."""
    return _joined(display(text))


def quoted(text: str) -> str:
    """A text as a block quotation."""
    return "\n".join(f"> {line}".rstrip() for line in _joined(display(text)).split("\n"))


def _joined(text: str) -> str:
    lines = [_line(line) for line in text.strip("\n").split("\n")]
    # A backslash at the end of a line breaks it; between paragraphs there is nothing to break.
    broken = [
        line + "\\" if line and after else line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
    ]
    return "\n".join(broken)


def _line(line: str) -> str:
    """One line; spaces around it are taken off, they could make code or a line break of it."""
    inline = INLINE.sub(lambda match: f"\\{match[0]}", line.strip())
    return LINE_START.sub(_at_start, inline)


def _at_start(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[0]}"
