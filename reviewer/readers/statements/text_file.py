"""A text file as one statement: plain text, or Markdown with or without front matter.

The text is kept exactly as it stands, line ends and marks included; only the front matter of
Markdown is taken off, and what it says that has no field of its own goes into the note.
"""

import re
from collections.abc import Iterator

from reviewer.model.errors import UnreadableError
from reviewer.model.records import SourceRecord, StatementRecord
from reviewer.readers.given import Given
from reviewer.readers.row import LANGUAGE, Row, bundle
from reviewer.readers.statements.published import iso_date, source
from reviewer.readers.tagged import language_of
from reviewer.readers.transcript import UNKNOWN_LANGUAGE

PLAIN = frozenset({"txt", "text", ""})
MARKDOWN = frozenset({"md", "markdown", "mdown", "mkd"})
FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?\Z")
LONGEST_TITLE = 200
UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
FIELDS = {
    "title": "title", "date": "date", "published": "date", "author": "author", "url": "url",
    "link": "url", "canonical": "url", "canonical_url": "url", "lang": "language",
    "language": "language", "source": "source", "publisher": "source", "site": "source",
}  # fmt: skip


def recognises_markdown(given: Given) -> bool:
    """A text that is named as Markdown, or begins with front matter that names its title."""
    if given.ending in MARKDOWN:
        return _is_text(given)
    front = FRONT.match(given.head_text)
    return given.ending in PLAIN and front is not None and "title" in _front(front[1])[0]


def recognises_text(given: Given) -> bool:
    """A text that no other format is: asked last, and only of files named as text."""
    return given.ending in PLAIN and _is_text(given)


def read_markdown(given: Given) -> Iterator[Row]:
    """The text behind the front matter."""
    whole = given.text()
    front = FRONT.match(whole)
    fields, notes = _front(front[1]) if front else ({}, [])
    text = whole[front.end() :] if front else whole
    heading = next(filter(None, map(_heading, text.splitlines())), "")
    yield _row(given, text, fields, notes, heading)


def read_text(given: Given) -> Iterator[Row]:
    """The whole text."""
    yield _row(given, given.text(), {}, [], "")


def _is_text(given: Given) -> bool:
    """Words, not the bytes of a program's own file."""
    head = given.head_text
    odd = len(UNPRINTED.findall(head)) + head.count("\ufffd")
    return bool(head.strip()) and odd <= len(head) / 20


def _row(given: Given, text: str, fields: dict[str, str], notes: list[str], heading: str) -> Row:
    if not text.strip():
        raise UnreadableError("no text in it.")
    who = source(given, given.wishes.source or fields.get("source") or fields.get("author") or "")
    author = fields.get("author", "")
    said, language = fields.get("date", ""), fields.get("language", "")
    kept = [
        *([f"author: {author}"] if author not in ("", who["name"]) else []),
        *([f"date: {said}"] if said and not iso_date(said) else []),
        *([f"language: {language}"] if language and not LANGUAGE.fullmatch(language) else []),
        *notes,
    ]
    known = language if LANGUAGE.fullmatch(language) else ""
    values = {
        "id": given.own_id,
        "source": who["id"],
        "title": fields.get("title") or heading or _first_line(text) or given.path.name,
        "date": iso_date(said),
        "language": given.wishes.language or known or language_of(given) or UNKNOWN_LANGUAGE,
        "held": "verbatim",
        "url": fields.get("url", ""),
        "text": text,
        "note": "\n".join(kept),
    }
    return bundle("the whole file", given.path.name, (SourceRecord, who), (StatementRecord, values))


def _heading(line: str) -> str:
    """The words of a heading, `## Words ##`; nothing where a line is none."""
    words = line.lstrip("#")
    if not 0 < len(line) - len(words) <= 6 or words[:1] not in (" ", "\t"):
        return ""
    words = words.strip()
    bare = words.rstrip("#")
    return bare.strip() if bare[-1:] in ("", " ", "\t") else words


def _first_line(text: str) -> str:
    """The first line with words, where it is short enough to be a title."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= LONGEST_TITLE else ""


def _front(block: str) -> tuple[dict[str, str], list[str]]:
    """What front matter says in the fields of a statement, and all its other lines as they are.

    Lines of `key: value`, the part of YAML that front matter is written in; what is nested or
    folded stays in the other lines, word for word.
    """
    fields: dict[str, str] = {}
    others: list[str] = []
    for line in block.splitlines():
        match = KEY.match(line)
        name = FIELDS.get(match[1].lower()) if match else None
        value = _unquoted(match[2] or "") if match else ""
        if name and value and name not in fields and value[0] not in "|>[{&*!":
            fields[name] = value
        elif line.strip():
            others.append(line)
    return fields, others


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        quote = value[0]
        inner = value[1:-1]
        return inner.replace("''", "'") if quote == "'" else inner.replace('\\"', '"')
    return value
