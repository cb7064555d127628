"""ClaimReview in HTML: JSON-LD in scripts, microdata, RDFa Lite.

https://html.spec.whatwg.org/multipage/microdata.html, https://www.w3.org/TR/rdfa-lite/. All
three become the same JSON-LD objects. The package for it, extruct, brings nine others with it
(rdflib, pyrdfa3, mf2py among them) for this one small part.

A page is also a statement, its article, shown with the claims that it reviews.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewer.model.errors import UnreadableError
from reviewer.model.records import StatementRecord
from reviewer.readers.claimreview import linked
from reviewer.readers.claimreview.review import Review, rows
from reviewer.readers.given import WHOLE, Given
from reviewer.readers.json_value import value_of, why_not
from reviewer.readers.row import Row
from reviewer.readers.statements.article import article
from reviewer.readers.statements.html_tree import LARGEST, is_page, parse, text_of, visible
from reviewer.readers.statements.page import statement

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MARKED = re.compile(
    r"application/ld\+json|\b(?:itemtype|typeof)\s{0,9}=\s{0,9}[\"']?[^\"'>]{0,200}ClaimReview",
    re.IGNORECASE,
)
OPENINGS = ("<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "// <![CDATA[")
CLOSINGS = ("-->", "//]]>", "/*]]>*/", "]]>", "// ]]>", "//")
"""What old pages hide a script in from older browsers."""
ADDRESSES = {
    "a": "href", "link": "href", "area": "href", "img": "src", "audio": "src", "video": "src",
    "iframe": "src", "source": "src", "embed": "src", "object": "data", "time": "datetime",
    "data": "value", "meter": "value",
}  # fmt: skip
SYNTAXES = (
    ("microdata", "itemscope", "itemtype", "itemprop"),
    ("RDFa", "typeof", "typeof", "property"),
)


def recognises(given: Given) -> bool:
    """A text that marks up a ClaimReview; a page is looked through to its end."""
    head = given.head_text
    if "ClaimReview" in head and MARKED.search(head):
        return True
    if not is_page(given) or len(given.head) == given.size or given.size > LARGEST:
        return False
    text = text_of(given)
    return "ClaimReview" in text and MARKED.search(text) is not None


def read(given: Given) -> Iterator[Row]:
    """The article of the page, then its reviews, then the scripts that cannot be read."""
    root = parse(text_of(given))
    shown: tuple[str, ...] = ()
    if is_page(given):
        row = statement(given, article(root))
        shown = tuple(one.id for one in row.records if isinstance(one, StatementRecord))
        yield row
    found: list[Review] = []
    refused: list[Row] = []
    for n, element in enumerate(root.xpath("//script"), start=1):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if kind == "application/ld+json":
            _script(element, f"script {n}, line {element.sourceline}", found, refused)
    for name, *names in SYNTAXES:
        for element, item in _items(root, *names):
            found += linked.reviews(item, f"{name}, line {element.sourceline}")
    if not found and not refused and not shown:
        raise UnreadableError("no ClaimReview in it.")
    reviews, again = _apart(found)
    yield from rows(given, reviews, shown)
    yield from again
    yield from refused


def _script(element: "HtmlElement", place: str, found: list[Review], refused: list[Row]) -> None:
    raw = element.text or ""
    if "ClaimReview" not in raw and "claimReviewed" not in raw:
        return
    try:
        # Real pages break lines within strings; `strict` would refuse them.
        value = value_of(_unwrapped(raw), strict=False)
    except ValueError as error:
        refused.append(Row(place, raw, reason=why_not(error)))
    else:
        found += linked.reviews(value, place)


def _unwrapped(script: str) -> str:
    bare = script.strip()
    for opening in OPENINGS:
        bare = bare.removeprefix(opening).lstrip()
    for closing in CLOSINGS:
        bare = bare.removesuffix(closing).rstrip()
    return bare


def _apart(found: list[Review]) -> tuple[list[Review], list[Row]]:
    """The reviews, and those that the page holds once more in another form."""
    first: dict[tuple[str, ...], Review] = {}
    again: list[Row] = []
    for one in found:
        key = (_plain(one.claim), _plain(one.words), one.value, one.url, one.date)
        if first.setdefault(key, one) is not one:
            again.append(Row(one.place, one.raw, passed_over=True))
    return list(first.values()), again


def _plain(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


def _items(
    root: "HtmlElement", scope: str, kind: str, prop: str
) -> "Iterator[tuple[HtmlElement, dict[str, object]]]":
    """The elements that are a ClaimReview with what they say, the outermost of those within."""
    read: set[HtmlElement] = set()
    for element in root.xpath(f"//*[@{scope}]"):
        if "ClaimReview" in (element.get(kind) or "") and element not in read:
            yield element, _item(element, (scope, kind, prop), read)


def _item(
    top: "HtmlElement", names: tuple[str, str, str], read: "set[HtmlElement]"
) -> dict[str, object]:
    """An element and what it holds as a JSON-LD object; `read` takes in what was read."""
    scope, kind, prop = names
    whole: dict[str, object] = {"@type": _types(top.get(kind))}
    taken = 0
    # Steps and no recursion: the page says how deep it goes.
    steps: list[tuple[HtmlElement, dict[str, object]]] = [(e, whole) for e in reversed(top)]
    while steps:
        element, within = steps.pop()
        if not isinstance(element.tag, str):
            continue
        known, inner = (element.get(prop) or "").split(), within
        if element.get(scope) is not None:
            if not known and "ClaimReview" in (element.get(kind) or ""):
                continue
            read.add(element)
            inner = _thing(element, kind)
        for name in known:
            value = _value(element) if inner is within else inner
            held = within.setdefault(name, [])
            if isinstance(held, list):
                held.append(value)
            taken += len(value)
        if taken > WHOLE:
            # Properties within properties repeat their words.
            raise UnreadableError("marks up the same words again and again; no review does.")
        steps += [(child, inner) for child in reversed(element)]
    return whole


def _thing(element: "HtmlElement", kind: str) -> dict[str, object]:
    id_ = element.get("itemid") or element.get("resource")
    return {"@type": _types(element.get(kind))} | ({"@id": id_} if id_ else {})


def _types(said: str | None) -> list[str]:
    return [linked.VOCABULARY.sub("", one) for one in (said or "").split()]


def _value(element: "HtmlElement") -> str:
    for name in ("content", ADDRESSES.get(str(element.tag), ""), "resource"):
        said = element.get(name) if name else None
        if said is not None:
            return str(said).strip()
    return visible(element)
