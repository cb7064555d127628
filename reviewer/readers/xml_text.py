"""XML from outside: no entities of its own, nothing fetched, and the place of a mistake."""

import re
from typing import TYPE_CHECKING

from reviewer.model.errors import UnreadableError
from reviewer.readers.given import Given

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOT = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>|\s)*<([\w:.-]+)", re.DOTALL
)


MOST_ELEMENTS = 500_000
MOST_ATTRIBUTES = 1_500_000


def root_name(given: Given) -> str:
    """The name of the root element without its prefix; empty where the file is no XML."""
    match = ROOT.match(given.head_text)
    return match[1].rpartition(":")[2] if match else ""


def local(tag: object) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def parse(given: Given) -> "Element":
    """The root element of a file.

    Raises:
        UnreadableError: it is not XML, and where; it defines entities; it is too large.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        # Its own declaration says the encoding, unless a person did.
        content: str | bytes = given.text() if given.wishes.encoding else given.data()
        _not_too_many(content)
        root: Element = fromstring(content, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise UnreadableError(
            "defines XML entities, which a transcript or a text does not need and which can be"
            " used to fill the memory or to fetch files; nothing of it was read."
        ) from error
    except ParseError as error:
        line, column = error.position
        raise UnreadableError(
            f"not well-formed XML: {str(error).partition(':')[0]} at line {line},"
            f" character {column + 1}."
        ) from error
    except (ValueError, LookupError) as error:
        raise UnreadableError(f"not well-formed XML: {error}.") from error
    return root


def _not_too_many(content: str | bytes) -> None:
    """An element takes a hundred times the memory of the few bytes that can make one."""
    text = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    elements = text.count(b"<") - text.count(b"</")
    if elements > MOST_ELEMENTS or text.count(b"=") > MOST_ATTRIBUTES:
        raise UnreadableError(
            f"XML with more than {MOST_ELEMENTS:,} elements, which no transcript of one recording"
            " has; split it."
        )
