"""A page as it is read back: by a parser that forgives nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from reviewer.model.about import About, Status
from reviewer.model.claims import ClaimView
from reviewer.model.evidence import Rating, Segment, Source, Speaker, Stance
from reviewer.model.judgements import Note
from reviewer.model.scale import HOUSE, Scale
from reviewer.writers.dossier import html
from tests.writers.views import (
    ABOUT,
    AT,
    a_recording,
    a_statement,
    a_verdict,
    a_view,
    an_excerpt,
)

VOID = {"meta"}
SHAPES = {"svg", "line", "rect", "text", "desc"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "article", "footer"),
    *("section", "nav", "figure", "div", "p", "h1", "h2", "h3", "h4", "h5", "ol", "ul", "li"),
    *("dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "q", "a"),
    *("bdi", "span", "b", "strong", "mark", "code", "details", "summary", *SHAPES),
}
ATTRIBUTES = {
    *("class", "id", "lang", "dir", "scope", "role", "aria-label", "aria-labelledby"),
    *("aria-hidden", "charset", "http-equiv", "content", "name", "href", "rel"),
    *("width", "height", "x", "y", "x1", "x2", "y1", "y2", "text-anchor"),
}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, name: str = "", class_: str = "") -> list[Element]:
        """Every element in it of this name and class."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                classes = child.attributes.get("class", "").split()
                if name in ("", child.name) and (not class_ or class_ in classes):
                    found.append(child)
                found += child.all(name, class_)
        return found

    def text(self, *, without: str = "") -> str:
        """What is read in it, but for the elements of a class."""
        return "".join(
            child if isinstance(child, str) else child.text(without=without)
            for child in self.children
            if isinstance(child, str) or without not in child.attributes.get("class", "").split()
        )


class Strict(HTMLParser):
    """Every element is closed where it has to be, and is one that a dossier is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert tag in ELEMENTS, tag
        assert set(names) <= ATTRIBUTES, (tag, names)
        assert len(set(names)) == len(names), (tag, names)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._check(element)
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def _check(self, element: Element) -> None:
        href = element.attributes.get("href", "#")
        assert element.name == "a" or href == "#"
        assert href.startswith(("#", "http://", "https://")), href
        if not href.startswith("#"):
            assert element.attributes["rel"] == "noopener noreferrer nofollow"
        if "id" in element.attributes:
            assert element.attributes["id"] not in self.ids
            self.ids.add(element.attributes["id"])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        raise AssertionError(f"<{tag}/>")

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def parsed(page: str) -> Element:
    """The page's root element."""
    strict = Strict()
    strict.feed(page)
    strict.close()
    assert strict.open == [strict.root], [element.name for element in strict.open]
    (root,) = (child for child in strict.root.children if isinstance(child, Element))
    return root


def words(text: str) -> str:
    """A text in one line, to compare what is read."""
    return " ".join(text.split())


def everywhere(text: str) -> ClaimView:
    """A view that holds a text in every field that can hold one."""
    source = Source(text, text, text, text, text)
    statement = replace(
        a_statement(text),
        **{"id": text, "source": source, "origin": text, "title": text, "date": text},
        **{"language": text, "url": text, "translation": text, "translation_language": text},
        **{"note": text, "hash": text},
    )
    recording = replace(
        a_recording(),
        **{"id": f"re {text}", "source": source, "title": text, "released": text, "date": text},
        **{"release": text, "language": text, "translation_language": text, "cuts": text},
        **{"transcribed_by": text, "translated_by": text, "url": text, "note": text},
        speakers=(Speaker(text, text, text),),
        segments=(
            Segment(0, 0, 1000, text, text, text, text),
            Segment(1, None, None, "", text, ""),
        ),
    )
    middle = max(len(text) // 2, 1)
    told = {"reader": text, "note": text}
    excerpts = (
        an_excerpt(text, text[:middle], 0, **told),
        an_excerpt(text, text, 0, **told),
        an_excerpt(f"re {text}", text, 0, stance=Stance.REFUTES, **told),
        an_excerpt(text, text, None, **told),
        an_excerpt(f"lost {text}", text, None, **told),
    )
    verdicts = (
        a_verdict("false", text, note=text, id=text),
        a_verdict(text, text, note=text, stale=text, id=text),
        a_verdict("verified", text, note=text, standing=False, id=text),
    )
    view = a_view(
        text,
        claimant=text,
        context=text,
        statements=(statement,),
        recordings=(recording,),
        excerpts=excerpts,
        verdicts=verdicts,
        notes=(Note(f"another {text}", text, AT, text),),
        missing=(f"lost {text}",),
    )
    rating = Rating(text, text, source, text, text, text, text, text, text, text)
    claim = replace(view.claim, id=text, date=text, tags=(text,), parent=text, hash=text)
    return replace(view, claim=claim, ratings=(rating,), row=replace(view.row, id=text, text=text))


def page_of(
    *views: ClaimView, about: About = ABOUT, scale: Scale = HOUSE, status: Status | None = None
) -> str:
    """The page of these claims, with its table of contents."""
    rows = [view.row for view in views]
    return "".join(html(about, scale, views, at=AT, contents=rows, status=status))
