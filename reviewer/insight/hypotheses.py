"""Competing hypotheses of a claim, weighed after Heuer's Analysis of Competing Hypotheses.

Richards J. Heuer, Psychology of Intelligence Analysis, Center for the Study of Intelligence,
1999, chapter 8: lay the explanations beside each other, rate each item of evidence against
each of them, and try to refute them. What fits many explanations proves none; the explanation
with the least against it stands first, not the one with the most for it.

The claim as it is worded is always the first hypothesis. Its cells are filled from the stances
of its excerpts: supports is consistent, refutes inconsistent, context neutral. What an excerpt
means for the others nobody knows until a reader says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from itertools import combinations

from reviewer.model.claims import ClaimView
from reviewer.model.entry import Kind
from reviewer.model.evidence import Excerpt, Stance
from reviewer.model.findings import Finding, newest
from reviewer.model.naming import is_by
from reviewer.structs import Struct

LEAST, MOST = 2, 5
"""So many hypotheses are compared: as many as fit beside each other. Heuer sets no number."""
CLAIM = "claim"
"""The key of the hypothesis that the claim itself is."""
DECEPTION = "deception"
"""The key of a weighing that supposes an item to be deception."""


class Rating(StrEnum):
    """What an item of evidence is to a hypothesis."""

    CONSISTENT = "C"
    INCONSISTENT = "I"
    NEUTRAL = "N"
    UNKNOWN = "?"

    @property
    def label(self) -> str:
        """As people read it: `inconsistent`."""
        return LABELS[self]


LABELS = {
    Rating.CONSISTENT: "consistent",
    Rating.INCONSISTENT: "inconsistent",
    Rating.NEUTRAL: "neutral",
    Rating.UNKNOWN: "not weighed",
}
BY_STANCE = {
    Stance.SUPPORTS: Rating.CONSISTENT,
    Stance.REFUTES: Rating.INCONSISTENT,
    Stance.CONTEXT: Rating.NEUTRAL,
}
GIVEN = tuple(str(rating) for rating in (Rating.CONSISTENT, Rating.INCONSISTENT, Rating.NEUTRAL))
"""The ratings that a reader can give."""


class Hypothesis(Struct):
    """One explanation. `reader` is empty for the claim itself."""

    key: str
    text: str
    reader: str = ""


class Cell(Struct):
    """A rating and the reader who gave it; nobody where it follows from the stance."""

    rating: Rating
    reader: str = ""

    @property
    def sign(self) -> str:
        """`C`, `I`, `N` as a reader gave it; `c`, `i`, `n` from the stance; `?` not weighed."""
        return self.rating.value if self.reader else self.rating.value.lower()


class Row(Struct):
    """An item of evidence against every hypothesis."""

    excerpt: Excerpt
    cells: tuple[Cell, ...]

    @property
    def diagnosticity(self) -> tuple[int, int]:
        """How many pairs of hypotheses the item tells apart, and of how many.

        Heuer's diagnosticity, counted: a pair is told apart where a reader or a stance rated
        both and rated them differently. A rating that is not known tells nothing apart.
        """
        pairs = list(combinations((cell.rating for cell in self.cells), 2))
        apart = [a != b and Rating.UNKNOWN not in (a, b) for a, b in pairs]
        return sum(apart), len(pairs)


class Matrix(Struct):
    """The items of a claim against its hypotheses, as one reader sees them.

    `supposed` are the ids of the excerpts that the reader supposes to be deception.
    """

    hypotheses: tuple[Hypothesis, ...]
    rows: tuple[Row, ...]
    supposed: frozenset[str] = frozenset()

    @property
    def compares(self) -> bool:
        """Whether there is anything to compare."""
        return len(self.hypotheses) >= LEAST

    @property
    def unknown(self) -> int:
        """How many cells nobody has weighed yet; they count as neutral."""
        cells = [cell for row in self.rows for cell in row.cells]
        return sum(cell.rating is Rating.UNKNOWN for cell in cells)


class Place(Struct):
    """Where a hypothesis stands: its number in the matrix, its place, how many items speak
    against it, and how many nobody has weighed, which count for nothing."""

    n: int
    place: int
    against: int
    unknown: int = 0


def ranking(matrix: Matrix, left_out: Collection[str] = ()) -> list[Place]:
    """The hypotheses, the least inconsistent first; with as much against them they share a place.

    Consistent items count for nothing: they mostly fit other explanations too. An item that is
    left out, or whose words no longer stand in their text, counts for nothing either.

    Args:
        matrix: the items against the hypotheses.
        left_out: ids of excerpts that are left out.
    """
    counted = [
        row for row in matrix.rows if row.excerpt.id not in left_out and not row.excerpt.orphan
    ]

    def rated(n: int, rating: Rating) -> int:
        return sum(row.cells[n].rating is rating for row in counted)

    against = [rated(n, Rating.INCONSISTENT) for n in range(len(matrix.hypotheses))]
    places = [
        Place(n, 1 + sum(other < mine for other in against), mine, rated(n, Rating.UNKNOWN))
        for n, mine in enumerate(against)
    ]
    return sorted(places, key=lambda place: (place.place, place.n))


def leading(matrix: Matrix, left_out: Collection[str] = ()) -> frozenset[int]:
    """The numbers of the hypotheses in the first place."""
    return frozenset(place.n for place in ranking(matrix, left_out) if place.place == 1)


def turns(matrix: Matrix, left_out: Collection[str]) -> bool:
    """Whether another hypothesis leads, or one more or less, once these items are left out.

    This is how "suppose this item is deception" is answered. What was staged fits whatever its
    maker wanted to be believed, and so it speaks neither for nor against anything: it is left
    out, not turned round. Heuer asks the same as a test of how much hangs on few items (1999,
    chapter 8, step 6).
    """
    return leading(matrix, left_out) != leading(matrix)


def labels(numbers: Iterable[int]) -> str:
    """Hypotheses by their labels: `H1, H2 and H3`."""
    *others, last = (f"H{n + 1}" for n in sorted(numbers))
    return f"{', '.join(others)} and {last}" if others else last


def turn(matrix: Matrix, left_out: Collection[str]) -> str:
    """What leaving these items out does to the ranking, in words."""
    before, after = leading(matrix), leading(matrix, left_out)
    if before == after:
        below = [(one.n, one.place) for one in ranking(matrix, left_out)]
        moved = below != [(one.n, one.place) for one in ranking(matrix)]
        return f"{labels(after)} still first{', others move' if moved else ''}"
    return f"the ranking turns: {labels(after)} first instead of {labels(before)}"


def filled(view: ClaimView, findings: Iterable[Finding], reader: str = "") -> Matrix:
    """The matrix of a claim, from what is linked to it and what readers found.

    The hypotheses are everybody's. A cell is the reader's own where he gave one, else the newest
    that another gave, else what the stance says.

    Args:
        view: the claim.
        findings: those recorded on it that this reader may see.
        reader: whose matrix it is; without one nobody's ratings come first, and nothing is
            supposed to be deception.
    """
    findings = list(findings)
    weighings = [one for one in findings if one.kind == Kind.WEIGH]
    mine = newest(one for one in weighings if is_by(one.reader, reader))
    given = {**newest(one for one in weighings if one.value in GIVEN), **mine}
    hypotheses = (Hypothesis(CLAIM, view.claim.text), *_added(view.claim.id, findings))
    rows = tuple(
        Row(excerpt, tuple(_cell(excerpt, one, given) for one in hypotheses))
        for excerpt in view.excerpts
    )
    supposed = {excerpt.id for excerpt in view.excerpts if (excerpt.id, DECEPTION) in mine}
    return Matrix(hypotheses, rows, frozenset(supposed))


def _added(claim: str, findings: Sequence[Finding]) -> list[Hypothesis]:
    """The hypotheses that readers added, in the order they gave them, the older first."""
    found = newest(
        one for one in findings if one.kind == Kind.HYPOTHESIS and one.about == claim
    ).values()
    ordered = sorted(found, key=lambda one: (_number(one), one.order))
    return [
        Hypothesis(one.key, one.erased or one.words.get("text", "") or "(no words)", one.reader)
        for one in ordered
    ]


def _number(one: Finding) -> int:
    return one.value if isinstance(one.value, int) else 0


def _cell(excerpt: Excerpt, hypothesis: Hypothesis, given: dict[tuple[str, str], Finding]) -> Cell:
    found = given.get((excerpt.id, hypothesis.key))
    if found is not None and found.value in GIVEN:
        return Cell(Rating(str(found.value)), found.reader)
    # A stance that is not told yet, on a claim that is read blind, says nothing.
    told = BY_STANCE.get(excerpt.stance, Rating.UNKNOWN)
    return Cell(told if hypothesis.key == CLAIM else Rating.UNKNOWN)
