"""HTML that is put together from parts: whatever is not `Html` already is text, and escaped.

Escaping is not left to whoever writes a page: `el` escapes every string that did not come
from here, so that a forgotten call shows an ampersand too many and never runs anything.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from reviewer.text.display import Shown, display

# RFC 3986, and less: an address with anything else in it is shown, and leads nowhere.
ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?(?:[/?#][!-~]*)?", re.ASCII | re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
VOID = ("meta",)
INLINE = ("a", "b", "bdi", "code", "mark", "q", "span", "strong")
"""After others a line ends, so that words of two of them never run together."""
JOINER = "\u200d"


class Html(str):
    """Markup: a string that `el` takes as it is."""

    __slots__ = ()


def el(name: str, /, *children: str, **attributes: str | None) -> Html:
    """An element. `class_` and `aria_label` are `class` and `aria-label`; None is left out."""
    if name in VOID:
        return start(name, **attributes)
    after = "" if name in INLINE else "\n"
    return Html(f"{start(name, **attributes)}{join(children)}</{name}>{after}")


def start(name: str, /, **attributes: str | None) -> Html:
    """The beginning of an element whose content is written piece by piece."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{said}>")


def join(children: Iterable[str], between: str = "") -> Html:
    """Parts one after another."""
    return Html(_escaped(between).join(map(_escaped, children)))


def outside(text: str, *, newlines: bool = True) -> Html:
    """Text from outside, in which nothing is invisible and nothing reorders the page."""
    if display(text, newlines=newlines) == text:
        return Html(escape(text, quote=False))
    return cut(Shown(text, newlines=newlines), 0, len(text))


def cut(shown: Shown, begin: int, end: int) -> Html:
    """What is shown of a text from one offset in its source to another."""
    at, stop = shown.at(begin), shown.at(end)
    parts: list[str] = []
    for mark, mark_end in shown.marks:
        # A mark wears a style of its own: words that only look like one do not.
        if at <= mark and mark_end <= stop:
            parts += (shown.text[at:mark], el("span", shown.text[mark:mark_end], class_="cp"))
            at = mark_end
    parts.append(shown.text[at:stop])
    return join(parts)


def bdi(text: str) -> Html:
    """A name or another short text from outside, kept apart from the words around it."""
    return el("bdi", outside(text, newlines=False))


def block(name: str, text: str, class_: str, language: str = "") -> Html:
    """A text of several lines from outside, as an element of its own."""
    return el(name, outside(text), class_=class_, lang=lang(language), dir="auto")


def noted(text: str) -> Html:
    """A note from outside, called one."""
    return el("p", "Note: ", el("bdi", outside(text)), class_="small")


def lang(tag: str) -> str:
    """A language as `lang` has it: empty, which means unknown, where it is no BCP 47 tag."""
    return tag if LANGUAGE.fullmatch(tag) else ""


def address(url: str) -> Html:
    """An address as a link that is followed only by hand, or as text where it is no plain one."""
    if not ADDRESS.fullmatch(url):
        return bdi(url)
    return el("a", url, href=url, rel="noopener noreferrer nofollow", dir="ltr")


def facts(rows: Iterable[tuple[str, str]]) -> Iterator[Html]:
    """A list of labels and what is known under them; nothing known is said to be unknown."""
    yield Html('<dl class="facts">')
    for label, value in rows:
        known = value if isinstance(value, Html) and value else _known(value)
        yield el("div", el("dt", bdi(label)), el("dd", known))
    yield Html("</dl>")


def _known(value: str) -> Html:
    if not value.strip() or value.strip().casefold() == "unknown":
        return el("span", "unknown", class_="unknown")
    return bdi(value) if "\n" not in value else block("span", value, "lines")


def _escaped(child: str) -> str:
    if isinstance(child, Html):
        return child
    # `display` doubles joiners for terminals; a browser joins with one, as the text does.
    return escape(display(child).replace(JOINER * 2, JOINER), quote=False)


def _attribute(value: str) -> str:
    return escape(display(value, newlines=False))
