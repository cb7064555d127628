"""CSV: a row for each claim and each verdict that stands on it.

Cells that a spreadsheet would run are guarded (`text.sheets`).
"""

import csv
import io
from collections.abc import Iterable, Iterator

from reviewer.insight.origins import basis, grounds, settled_basis
from reviewer.model.about import About
from reviewer.model.claims import ClaimView
from reviewer.model.clock import iso
from reviewer.model.evidence import STANCES, Held
from reviewer.model.judgements import Verdict
from reviewer.model.scale import Scale
from reviewer.text.sheets import guard

BOM = "\ufeff"
COLUMNS = (
    "case",
    "exercise",
    "claim",
    "text",
    "claimant",
    "date",
    "priority",
    "state",
    "tags",
    "parent",
    "verdict",
    "verdict_label",
    "reader",
    "at",
    "note",
    "stale",
    "dissent",
    "supports",
    "refutes",
    "context",
    "orphans",
    "evidence",
    "held_as_paraphrase",
    "as_of",
    "adjudicated",
    "adjudicated_by",
    "adjudicated_because",
    "origins",
    "rests_on",
    "likelihood",
    "confidence",
    "adjudicated_rests_on",
)


class Table:
    """The rows of a CSV file. `guarded` counts the cells that began like a formula."""

    def __init__(self, about: About, scale: Scale) -> None:
        self.about = about
        self.scale = scale
        self.guarded = 0

    def lines(self, views: Iterable[ClaimView]) -> Iterator[str]:
        """The file, piece by piece: its header first."""
        # Excel takes a file without it for one of the local 8-bit encoding.
        yield BOM + line(COLUMNS)
        for view in views:
            standing: list[Verdict | None] = [v for v in view.verdicts if v.standing]
            for verdict in standing or [None]:
                yield line([self._guard(cell) for cell in self._cells(view, verdict)])

    def _guard(self, cell: str) -> str:
        safe = guard(cell)
        self.guarded += safe != cell
        return safe

    def _cells(self, view: ClaimView, verdict: Verdict | None) -> list[str]:
        claim = view.claim
        judged = ["", "", "", "", "", ""]
        if verdict is not None:
            label = self.scale.label(verdict.value)
            at = iso(verdict.at)
            judged = [verdict.value, label, verdict.reader, at, verdict.note, verdict.stale]
        settled = view.settled
        stances = [excerpt.stance for excerpt in view.excerpts if not excerpt.orphan]
        return [
            self.about.title,
            yes_or_no(self.about.exercise),
            claim.id,
            claim.text,
            claim.claimant,
            claim.date,
            str(claim.priority),
            view.row.state.value,
            "; ".join(claim.tags),
            claim.parent,
            *judged,
            yes_or_no(len({v.value for v in view.verdicts if v.standing}) > 1),
            *(str(stances.count(stance)) for stance in STANCES),
            str(sum(excerpt.orphan for excerpt in view.excerpts)),
            "; ".join(target.id for target in view.targets),
            "; ".join(t.id for t in view.targets if t.held == Held.PARAPHRASE),
            verdict.as_of if verdict else "",
            *((settled.value, settled.reader, settled.reason) if settled else ("", "", "")),
            str(grounds(view).independent),
            *beside(view, verdict),
            settled_basis(view) if settled else "",
        ]


def beside(view: ClaimView, verdict: Verdict | None) -> tuple[str, str, str]:
    """On how little a verdict rests and why, its likelihood, its confidence; as cells."""
    if verdict is None:
        return ("", "", "")
    data = verdict.data
    estimates = (str(data.get("likelihood", "")), str(data.get("confidence", "")))
    return (basis(view, verdict), *estimates)


def yes_or_no(is_so: bool) -> str:
    """A truth as a cell."""
    return "yes" if is_so else "no"


def line(cells: Iterable[str]) -> str:
    """Cells as a line of a CSV file (RFC 4180)."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
