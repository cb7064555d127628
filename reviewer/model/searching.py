"""Searches as people type them, and what they find.

`vitaly gerasimov`, `"chief of staff"`, `kharkiv -airport`, `gerasim*`. Whatever is typed is a
search: a quotation mark that is not closed ends with the line, and signs that mean something
to the database mean nothing here.
"""

from __future__ import annotations

from reviewer.model.clock import media
from reviewer.structs import Struct

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Literal

    SearchKind = Literal["claim", "statement", "recording", "note"]

KINDS: tuple[SearchKind, ...] = ("claim", "statement", "recording", "note")
QUOTES = '"«»„“”'
MOST_TERMS = 12


class Sought(Struct):
    """A word, or words that must stand side by side.

    `negated`: must not be there. `opened`: any word that begins so.
    """

    text: str
    quoted: bool = False
    negated: bool = False
    opened: bool = False


class Search(Struct):
    """What is looked for. `after` is the `next` of the page before."""

    text: str
    kind: SearchKind | None = None
    limit: int = 20
    after: str = ""


class Hit(Struct):
    """A passage that was found, and why.

    `marks` are the places of the words in `passage`, code points. `names` are the names that
    marked words are a part of, as they stand there: a namesake is another person. `missing`
    are words of the search that do not stand in the passage. `at` is where the first marked
    word stands in its text; of a recording, in the segment `segment`.
    """

    kind: SearchKind
    id: str
    title: str
    date: str
    passage: str
    marks: tuple[tuple[int, int], ...]
    cut: tuple[bool, bool] = (False, False)
    names: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    field: str = ""
    at: int = 0
    segment: int | None = None
    start_ms: int | None = None

    @property
    def words(self) -> str:
        """The first marked word, as it stands."""
        return self.passage[slice(*self.marks[0])] if self.marks else ""


class Found(Struct):
    """A page of hits, best first. `next` asks for the one behind it; empty at the end.

    `looked_through` of `records` are in the index; where it lacks some, so may the page.
    """

    hits: tuple[Hit, ...]
    next: str = ""
    looked_through: int = 0
    records: int = 0

    @property
    def partial(self) -> bool:
        """Whether something of the case was not looked through."""
        return self.looked_through < self.records


def parse_search(text: str) -> tuple[Sought, ...]:
    """The words of a search; at most `MOST_TERMS`, those beyond are not looked for."""
    found: list[Sought] = []
    at = 0
    while at < len(text) and len(found) < MOST_TERMS:
        if text[at].isspace():
            at += 1
            continue
        one, at = _sought(text, at)
        if one.text:
            found.append(one)
    return tuple(found)


def _sought(text: str, at: int) -> tuple[Sought, int]:
    negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
    at += negated
    if text[at] in QUOTES:
        end = next((n for n in range(at + 1, len(text)) if text[n] in QUOTES), len(text))
        return Sought(text[at + 1 : end].strip(), quoted=True, negated=negated), end + 1
    end = at
    while end < len(text) and not text[end].isspace() and text[end] not in QUOTES:
        end += 1
    word = text[at:end]
    return Sought(word.rstrip("*"), negated=negated, opened=word.endswith("*")), end


def heading(hit: Hit) -> str:
    """What a hit is: its kind and id, its place or time, whose it is."""
    name = f"your note on {hit.id}" if hit.kind == "note" else f"{hit.kind} {hit.id}"
    if hit.segment is not None:
        name += f", segment {hit.segment + 1}"
        name += f" at {media(hit.start_ms)}" if hit.start_ms is not None else ""
    field = "" if hit.field in ("text", "title", "note") else f"in its {hit.field}"
    return ", ".join(filter(None, (name, field, hit.date, hit.title)))


def whom(hit: Hit) -> str:
    """The names that were found in a hit, and the words of the search that were not."""
    said = []
    if hit.names:
        said.append(f"Names: {'; '.join(hit.names)}.")
    if hit.missing:
        said.append(f"Without: {', '.join(hit.missing)}.")
    return " ".join(said)
