"""What readers found of a claim beside their verdicts, as sections for `show` and the exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from reviewer.insight.hypotheses import (
    Matrix,
    Row,
    filled,
    labels,
    leading,
    ranking,
    turn,
)
from reviewer.model.claims import ClaimView
from reviewer.model.entry import Kind
from reviewer.model.errors import NotFoundError
from reviewer.model.evidence import Target
from reviewer.model.findings import Finding
from reviewer.model.sections import Section, Table
from reviewer.service import rivals
from reviewer.service.session import Session

METHOD = (
    "After Richards J. Heuer's Analysis of Competing Hypotheses (1999): the explanation with the"
    " least evidence against it stands first. A ranking is no verdict."
)
SIGNS = (
    "C consistent, I inconsistent, N neutral, as readers rated them; c, i, n from the stance of"
    " the excerpt; ? not weighed, counted as neutral."
)
NOTHING_SET = "No verdict on one claim sets anything on another."


class Sections:
    """The sections of one claim after another. What readers found is read once, for all."""

    def __init__(self, session: Session, *, reader: str = "", claim: str = "") -> None:
        """Begin.

        Args:
            session: who may see what.
            reader: whose own verdicts and ratings come first; nobody's in a file for others.
            claim: the only claim that will be asked for, where it is only one.
        """
        self.session = session
        self.reader = reader
        self.links = rivals.links(session)
        self.found: Mapping[str, list[Finding]] = (
            {claim: session.findings_of(claim)} if claim else self._by_claim()
        )

    def _by_claim(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = defaultdict(list)
        for kind in (Kind.HYPOTHESIS, Kind.WEIGH):
            for one in self.session.findings(kind):
                found[one.claim].append(one)
        return found

    def __call__(
        self, view: ClaimView, known: dict[str, Target | None] | None = None
    ) -> Iterator[Section]:
        """What is told of a claim; nothing where nobody found anything.

        Args:
            view: the claim.
            known: texts that were read already, as of `Session.view`.
        """
        yield from self.rivals(view, known)
        if view.claim.id in self.found:
            yield from hypotheses_section(filled(view, self.found[view.claim.id], self.reader))

    def rivals(
        self, view: ClaimView, known: dict[str, Target | None] | None = None
    ) -> Iterator[Section]:
        """The claim beside those that stand against it, and what follows; nothing without any."""
        found = rivals.rivals(self.session, view.claim.id, self.links)
        if not found:
            return
        rows = [(view.claim.id, *self._account(view), "this claim")]
        said: list[str] = []
        for rival in found:
            how = f"{rival.kind.label}, says {rival.reader}"
            try:
                other = self.session.view(rival.claim, known)
            except NotFoundError as error:
                rows.append((rival.claim, error.sentence, "", "", "", how))
                continue
            rows.append((rival.claim, *self._account(other), how))
            said += rivals.told(rival, view, other, self.reader)
        head = ("Claim", "Wording", "Claimant", "Date", "Verdicts", "How it stands")
        each = dict.fromkeys(said)
        follows = [one for one in each if one not in rivals.NOTHING.values()]
        table = Table(head, tuple(rows))
        yield Section("Rival accounts", (table, *(follows or each), NOTHING_SET))

    def _account(self, view: ClaimView) -> tuple[str, str, str, str]:
        claim = view.claim
        date = claim.date or "unknown"
        return (claim.text, claim.claimant or "unknown", date, verdicts(self.session, view))


def verdicts(session: Session, view: ClaimView) -> str:
    """The verdicts in force on a claim, each with its reader: `verified (ada); false (bo)`."""
    said = [
        f"{session.scale.label(one.value)} ({one.reader})" for one in view.verdicts if one.standing
    ]
    return "; ".join(said) or "none"


def hypotheses_section(matrix: Matrix) -> Iterator[Section]:
    """The hypotheses in their order, and what each item says of them."""
    if not matrix.compares:
        return
    order = tuple(
        (
            str(one.place),
            f"H{one.n + 1}: {matrix.hypotheses[one.n].text}",
            str(one.against),
            str(one.unknown),
            matrix.hypotheses[one.n].reader or "the claim itself",
        )
        for one in ranking(matrix, matrix.supposed)
    )
    parts: list[str | Table] = [
        METHOD,
        Table(
            ("Place", "Hypothesis", "Inconsistent items", "Not weighed", "Put forward by"), order
        ),
        Table(
            ("Item", *(f"H{n + 1}" for n in range(len(matrix.hypotheses))), *HEADS),
            tuple(_row(matrix, n, row) for n, row in enumerate(matrix.rows, start=1)),
        ),
        SIGNS,
    ]
    if matrix.unknown:
        many = len(matrix.rows) * len(matrix.hypotheses)
        parts.append(
            f"{matrix.unknown} of {many} cells are not weighed; the order says little until then."
        )
    if matrix.supposed:
        after = turn(matrix, matrix.supposed)
        parts.append(f"With what is supposed to be deception left out, {after}.")
    yield Section("Competing hypotheses (after Heuer's ACH)", tuple(parts))


HEADS = ("Pairs told apart", "If it were deception")


def _row(matrix: Matrix, n: int, row: Row) -> tuple[str, ...]:
    excerpt = row.excerpt
    words = " ".join(excerpt.exact.split())
    orphan = ", ORPHAN, not counted" if excerpt.orphan else ""
    supposed = ", supposed to be deception" if excerpt.id in matrix.supposed else ""
    item = f'{n}. {excerpt.stance}{orphan}{supposed}: "{words}" ({excerpt.target})'
    apart, pairs = row.diagnosticity
    after = leading(matrix, {excerpt.id})
    staged = f"turns: {labels(after)} first" if after != leading(matrix) else "no turn"
    return (item, *(cell.sign for cell in row.cells), f"{apart} of {pairs}", staged)
