"""What a page publishes: its article's text, and what it says of itself.

https://html.spec.whatwg.org/multipage/sections.html, https://ogp.me, https://schema.org/Article.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.readers.row import LANGUAGE
from reviewer.readers.statements.html_tree import BLANKS, visible
from reviewer.readers.statements.published import is_address, iso_date, publisher_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

AROUND = frozenset({"nav"})
"""What is left out of an article. Asides and footers stay: facts and corrections stand there."""
MOST_OF = 0.5
"""What holds this share of the words of all paragraphs may be the article; a teaser does not."""
MARKED = (
    ("//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]", "marked as articleBody"),
    ("//article", "in <article>"),
    ("//main", "in <main>"),
    ("//*[@role='main']", "marked as main"),
)

TITLES = ("og:title", "twitter:title", "dc.title")
SITES = ("og:site_name", "application-name", "dc.publisher", "publisher")
AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
DATES = (
    "article:published_time", "datepublished", "og:published_time", "dc.date.issued", "dc.date",
    "date", "dcterms.created", "dcterms.date", "pubdate", "publish-date", "parsely-pub-date",
)  # fmt: skip


@dataclass(slots=True)
class Article:
    """A page as a statement; what it does not say is empty. `taken` says what the text is of."""

    text: str
    taken: str
    title: str = ""
    date: str = ""
    author: str = ""
    site: str = ""
    url: str = ""
    language: str = ""
    notes: list[str] = field(default_factory=list)


def article(root: "HtmlElement") -> Article:
    """The article of a page, or all of its visible text where no part of it is one."""
    where, taken = _region(root)
    words = visible(where, AROUND) if where is not None else ""
    if not words.strip():
        words, taken = visible(root), "all visible text of the page: no part of it is the article"
    meta = _meta(root)
    found = Article(words, taken)
    found.title = _first(meta, TITLES) or _heading(root) or _inner(root, ".//title")
    found.url = _address(root, meta)
    found.site = _first(meta, SITES)
    found.author = _first(meta, AUTHORS)
    found.language = _language(root, found.notes)
    found.date = _date(root, meta, found.notes)
    return found


def _region(root: "HtmlElement") -> tuple["HtmlElement | None", str]:
    """The element that is the article, and how that is known."""
    weights, within = _weights(root)
    whole = weights.get(root, 0)
    for path, said in MARKED:
        found = _sole(root, path)
        if found is not None and weights.get(found, 0) >= MOST_OF * whole:
            return found, f"what is {said}, without menus"
    if whole:
        # Within comes after around it, so the last is the innermost.
        for element in reversed(list(root.iter())):
            if element not in within and weights.get(element, 0) > MOST_OF * whole:
                return element, "what stands around most of the page's paragraphs, without menus"
    return None, ""


def _sole(root: "HtmlElement", path: str) -> "HtmlElement | None":
    """The only element of its kind, those within it not counted."""
    found = root.xpath(path)
    if not found:
        return None
    within = sum(1 for _ in found[0].iter(found[0].tag)) if path == "//article" else 1
    return found[0] if len(found) == within else None


def _weights(root: "HtmlElement") -> tuple[dict["HtmlElement", int], set["HtmlElement"]]:
    """How many characters of paragraphs each element holds; paragraphs and what is in them."""
    weights: dict[HtmlElement, int] = {}
    within: set[HtmlElement] = set()
    everything = list(root.iter())
    for element in everything:
        around = element.getparent()
        if element.tag == "p" or around in within:
            within.add(element)
            words = element.text if isinstance(element.tag, str) else ""
            weights[element] = len(BLANKS.sub(" ", words or "").strip())
        if around in within:
            weights[around] += len(BLANKS.sub(" ", element.tail or "").strip())
    for element in reversed(everything):
        around = element.getparent()
        if around is not None and weights.get(element):
            weights[around] = weights.get(around, 0) + weights[element]
    return weights, within


def _meta(root: "HtmlElement") -> dict[str, str]:
    """The page's `<meta>` and dated or named `itemprop`s by their names, the first of each."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = BLANKS.sub(" ", element.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _inner(root: "HtmlElement", path: str) -> str:
    found = root.find(path)
    return BLANKS.sub(" ", "".join(found.itertext())).strip() if found is not None else ""


def _heading(root: "HtmlElement") -> str:
    return _inner(root, ".//h1") if len(root.xpath("//h1[position() < 3]")) == 1 else ""


def _address(root: "HtmlElement", meta: dict[str, str]) -> str:
    links = root.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    for address in (*map(str, links[:1]), meta.get("og:url", "")):
        if is_address(address) and publisher_of(address):
            return address.strip()
    return ""


def _language(root: "HtmlElement", notes: list[str]) -> str:
    said = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    ).strip()
    said = said or (root.get("xml:lang") or "").strip()
    if LANGUAGE.fullmatch(said):
        return said
    if said:
        notes.append(f"lang: {said}")
    return ""


def _date(root: "HtmlElement", meta: dict[str, str], notes: list[str]) -> str:
    """When it was published, where it says so in one form that is a date."""
    times = root.xpath("//time[@datetime and (@itemprop='datePublished' or @pubdate)]/@datetime")
    times = times or root.xpath("//*[@itemprop='datePublished']/@datetime")
    words = [meta[name] for name in DATES if name in meta] + [str(time) for time in times[:1]]
    for said in words:
        date = iso_date(said)
        if date:
            return date
    notes += [f"date: {said}" for said in dict.fromkeys(words)]
    return ""
