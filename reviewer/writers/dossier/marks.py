"""The words of a text that excerpts lie on, overlapping or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reviewer.model.evidence import Excerpt
from reviewer.text.display import Shown
from reviewer.writers.dossier.markup import Html, cut, el, join


@dataclass(frozen=True, slots=True)
class Mark:
    """An excerpt that stands in its text, with its number in the dossier of a claim."""

    n: int
    stance: str
    start: int
    end: int

    def touches(self, start: int, end: int) -> bool:
        """Whether any of its words lie between two offsets."""
        return self.start < end and start < self.end


def marks_of(numbered: Iterable[tuple[int, Excerpt]]) -> list[Mark]:
    """The marks of numbered excerpts; orphans have none."""
    return [
        Mark(n, excerpt.stance.value, excerpt.start, excerpt.end)
        for n, excerpt in numbered
        if excerpt.start is not None and excerpt.end is not None
    ]


def marked(text: str, base: int, marks: Iterable[Mark]) -> Html:
    """A piece of a text with its marked words.

    Each excerpt is announced where it begins, by number and stance, in words that a
    selection of the text leaves out. Where excerpts overlap, the words that they share are
    marked once, as shared.

    Args:
        text: the piece.
        base: where it begins in the whole text.
        marks: the marks of the whole text.
    """
    end = base + len(text)
    here = [mark for mark in marks if mark.touches(base, end)]
    edges = {base, end, *(e for m in here for e in (m.start, m.end) if base < e < end)}
    cuts = sorted(edges)
    shown = Shown(text)
    parts: list[str] = []
    for at, stop in pairwise(cuts):
        covering = [mark for mark in here if mark.touches(at, stop)]
        parts += (_announced(mark) for mark in covering if mark.start == at)
        words = cut(shown, at - base, stop - base)
        parts.append(el("mark", words, class_=_style(covering)) if covering else words)
    return join(parts)


def _announced(mark: Mark) -> Html:
    # An element with a direction of its own has no say in that of the text it stands in.
    return el("span", f"[{mark.n} {mark.stance}] ", class_=f"ref {mark.stance}", dir="ltr")


def _style(covering: list[Mark]) -> str:
    stances = {mark.stance for mark in covering}
    return stances.pop() if len(stances) == 1 else "several"
