"""Rival accounts and competing hypotheses as JSON. Keys are added, never renamed."""

from typing import TYPE_CHECKING

from reviewer.cli.shapes import Object
from reviewer.insight.hypotheses import CLAIM, Matrix, Row, leading, ranking, turns
from reviewer.model.claims import ClaimView
from reviewer.service import rivals

if TYPE_CHECKING:
    from reviewer.service.session import Session


def beside_object(session: "Session", view: ClaimView) -> Object:
    """What stands beside the verdicts on a claim; the hypotheses where any were added."""
    from reviewer.service.hypotheses import matrix

    held = matrix(session, view)
    return {
        "rivals": rivals_object(session, view),
        "hypotheses": matrix_object(held) if held.compares else None,
    }


def rivals_object(session: "Session", view: ClaimView) -> list[Object]:
    """The rivals of a claim as JSON."""
    made: list[Object] = []
    for rival in rivals.rivals(session, view.claim.id):
        row: Object = {
            "claim": rival.claim,
            "kind": rival.kind.value,
            "reader": rival.reader,
            "own": rival.own,
        }
        if session.has_claim(rival.claim):
            other = session.view(rival.claim)
            row["text"] = other.claim.text
            row["claimant"], row["date"] = other.claim.claimant, other.claim.date
            row["verdict"] = rivals.value_of(other, session.reader) or None
            row["follows"] = rivals.told(rival, view, other, session.reader)
        made.append(row)
    return made


def matrix_object(matrix: Matrix) -> Object:
    """The competing hypotheses of a claim as JSON."""
    places = {one.n: one for one in ranking(matrix, matrix.supposed)}
    return {
        "method": "Analysis of Competing Hypotheses, after Heuer 1999",
        "hypotheses": [
            {
                "label": f"H{n + 1}",
                "key": one.key,
                "text": one.text,
                "reader": one.reader or None,
                "is_claim": one.key == CLAIM,
                "place": places[n].place,
                "inconsistent": places[n].against,
                "not_weighed": places[n].unknown,
            }
            for n, one in enumerate(matrix.hypotheses)
        ],
        "rows": [_row_object(matrix, row) for row in matrix.rows],
        "not_weighed": matrix.unknown,
        "supposed": {
            "excerpts": sorted(matrix.supposed),
            "turns": turns(matrix, matrix.supposed),
            "leads": [f"H{n + 1}" for n in sorted(leading(matrix, matrix.supposed))],
            "led": [f"H{n + 1}" for n in sorted(leading(matrix))],
        },
    }


def _row_object(matrix: Matrix, row: Row) -> Object:
    apart, pairs = row.diagnosticity
    return {
        "excerpt": row.excerpt.id,
        "target": row.excerpt.target,
        "stance": row.excerpt.stance.value,
        "exact": row.excerpt.exact,
        "orphan": row.excerpt.orphan,
        "ratings": {
            f"H{n + 1}": {"rating": cell.rating.value, "reader": cell.reader or None}
            for n, cell in enumerate(row.cells)
        },
        "pairs_told_apart": apart,
        "pairs": pairs,
        "supposed_deception": row.excerpt.id in matrix.supposed,
        "turns_if_deception": turns(matrix, {row.excerpt.id}),
    }
