"""HTML from outside: parsed, never fetched from, never run; its text as a browser shows it.

lxml parses (libxml2 within, no other package behind it). The extractors that are well kept
were tried on pages of known content and lose evidence: trafilatura takes out a paragraph that
stands twice and puts marks before items and cells; readability-lxml takes out lists and
tables; jusText takes out short paragraphs, and so short articles whole. So the text of an
element is taken here whole and in order, and `article` only decides which element.
"""

import re
from typing import TYPE_CHECKING

from reviewer.model.errors import UnreadableError
from reviewer.readers.given import Given

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
BEGINNING = re.compile(
    r"(?>\s*)(?:(?><!--.*?-->|<\?xml.{0,200}?\?>)(?>\s*))*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.S,
)
LARGEST = 16 * 1024 * 1024
MOST_TAGS = 500_000
DECLARATION = re.compile(r"\A\s*<\?xml.{0,200}?\?>", re.S)
BLANKS = re.compile(r"[ \t\n\r\f]+")

NO_TEXT = frozenset(
    {
        "script", "style", "template", "noscript", "head", "title", "iframe", "object", "embed",
        "svg", "math", "canvas", "audio", "video", "select", "textarea", "input", "datalist",
    }
)  # fmt: skip
PARAGRAPHS = frozenset(
    {
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "table", "pre",
        "figure", "article", "section", "main", "header", "footer", "aside", "nav", "hr",
    }
)  # fmt: skip
LINES = frozenset(
    {
        "div", "li", "tr", "dt", "dd", "figcaption", "caption", "address", "form", "fieldset",
        "body", "html", "details", "summary", "center", "thead", "tbody", "tfoot",
    }
)  # fmt: skip
CELLS = frozenset({"td", "th"})
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def is_page(given: Given) -> bool:
    """Whether a file begins as HTML does."""
    return BEGINNING.match(given.head_text) is not None


def text_of(given: Given) -> str:
    """The text of a page; where only a guess says its encoding, the page's own word counts.

    Raises:
        UnreadableError: it is larger than a page can be, or changed.
    """
    if given.size > LARGEST:
        raise UnreadableError(
            f"an HTML page larger than {LARGEST >> 20} MB; save its text as a text file."
        )
    match = CHARSET.search(given.head)
    if match and given.encoding.doubt and not given.wishes.encoding:
        name = match[1].decode("ascii", "replace")
        try:
            decoded = given.data().decode(name, "replace")
        except (LookupError, ValueError):
            return given.text()
        given.remarks.append(f"read as {name}, as the page says")
        return decoded
    return given.text()


def parse(text: str) -> "HtmlElement":
    """The root of a page.

    Raises:
        UnreadableError: nothing is in it, or more than can be read whole.
    """
    from lxml import etree, html

    if text.count("<") > MOST_TAGS:
        raise UnreadableError(
            f"an HTML page with more than {MOST_TAGS:,} tags; save its text as a text file."
        )

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        data = DECLARATION.sub("", text).encode("utf-8", "replace")
        root: HtmlElement = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(
            "an HTML page with nothing in it that can be read; save its text as a text file."
        ) from error
    for problem in parser.error_log:
        if problem.level_name == "FATAL":
            raise UnreadableError(
                f"an HTML page that cannot be read beyond line {problem.line} ({problem.message});"
                " save its text as a text file."
            )
    return root


def visible(top: "HtmlElement", left_out: frozenset[str] = frozenset()) -> str:
    """The text of an element in the order of the page, nothing taken out twice or moved.

    Paragraphs stand apart by an empty line, items and rows by a line break, cells by a tab;
    runs of blanks are one blank, as a browser shows them, but for `pre`.

    Args:
        top: the element.
        left_out: names of elements to leave out with what is in them.
    """
    found = _Lines()
    skip = NO_TEXT | left_out
    # Steps and no recursion: the page says how deep it goes.
    steps: list[tuple[bool, HtmlElement]] = [(True, top)]
    while steps:
        begins, element = steps.pop()
        if begins:
            shown = _shown(element, skip) or element is top
            if shown:
                found.begin(element.tag)
                found.add(element.text)
                steps.append((False, element))
                steps += [(True, child) for child in reversed(element)]
            elif element is not top:
                found.add(element.tail)
        else:
            found.end(element.tag)
            if element is not top:
                found.add(element.tail)
    return found.text()


def _shown(element: "HtmlElement", skip: frozenset[str]) -> bool:
    # A comment's tag is no string.
    return (
        isinstance(element.tag, str)
        and element.tag not in skip
        and "hidden" not in element.attrib
        and not HIDDEN.search(element.get("style") or "")
    )


class _Lines:
    """Text as it is put together: a break is only written once words follow it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._break = ""
        self._pre = 0

    def begin(self, tag: object) -> None:
        if tag == "br":
            self._broken("\n" if not self._break.startswith("\n") else self._break)
        self._edge(tag)
        self._pre += tag == "pre"

    def end(self, tag: object) -> None:
        self._pre -= tag == "pre"
        self._edge(tag)
        if tag in CELLS:
            self._broken("\t")

    def add(self, words: str | None) -> None:
        if not words:
            return
        plain = words if self._pre else BLANKS.sub(" ", words)
        if not self._pre and plain.startswith(" "):
            self._broken(" ")
            plain = plain[1:]
        if not plain:
            return
        after = " " if not self._pre and plain.endswith(" ") else ""
        if self._parts:
            self._parts.append(self._break)
        self._parts.append(plain.removesuffix(after) if after else plain)
        self._break = after

    def text(self) -> str:
        return "".join(self._parts)

    def _edge(self, tag: object) -> None:
        if tag in PARAGRAPHS:
            self._broken("\n\n")
        elif tag in LINES:
            self._broken("\n")

    def _broken(self, wanted: str) -> None:
        """The stronger of the breaks that meet: a paragraph, a line, a cell, a blank."""
        strength = ("", " ", "\t", "\n", "\n\n").index
        self._break = max(self._break, wanted, key=strength)
