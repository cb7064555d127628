"""A saved HTML page as one statement: the text of its article, word for word.

Nothing of it is fetched, run or followed. `article` says which part of the page was taken, and
the statement's note says so too.
"""

from collections.abc import Iterator

from reviewer.model.records import SourceRecord, StatementRecord
from reviewer.readers.given import Given
from reviewer.readers.row import Row, bundle
from reviewer.readers.statements.article import Article, article
from reviewer.readers.statements.html_tree import is_page, parse, text_of
from reviewer.readers.statements.published import publisher_of, source
from reviewer.readers.tagged import language_of
from reviewer.readers.transcript import UNKNOWN_LANGUAGE

ENDINGS = frozenset({"html", "htm", "xhtml"})


def recognises(given: Given) -> bool:
    """A file that begins as HTML does, or is named so and holds a tag."""
    return is_page(given) or (given.ending in ENDINGS and "<" in given.head_text)


def read(given: Given) -> Iterator[Row]:
    """The article of the page."""
    yield statement(given, article(parse(text_of(given))))


def statement(given: Given, found: Article) -> Row:
    """The row of an article; refused where the page holds no text."""
    if not found.text.strip():
        return Row("the whole file", given.path.name, reason="an HTML page without any text")
    given.remarks.append(f"{given.path.name}: the text is {found.taken}")
    name = found.site or publisher_of(found.url) or found.author
    who = source(given, given.wishes.source or name)
    author = [f"author: {found.author}"] if found.author not in ("", who["name"]) else []
    values = {
        "id": given.own_id,
        "source": who["id"],
        "title": found.title or given.path.name,
        "date": found.date,
        "language": (
            given.wishes.language or found.language or language_of(given) or UNKNOWN_LANGUAGE
        ),
        "held": "verbatim",
        "url": found.url,
        "text": found.text,
        "note": "\n".join([*author, *found.notes, f"The text is {found.taken}."]),
    }
    return bundle("the whole file", given.path.name, (SourceRecord, who), (StatementRecord, values))
