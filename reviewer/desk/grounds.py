"""What a claim rests on, as the desk says it: beside the scale, and behind a verdict."""

from __future__ import annotations

from reviewer.desk.paint import PLAIN, Run
from reviewer.insight.origins import basis, supported
from reviewer.model.claims import ClaimView
from reviewer.model.judgements import Verdict
from reviewer.model.likelihood import sentences
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import folded

GAP = 2


def said_of(view: ClaimView, verdict: Verdict) -> list[str]:
    """On how little a verdict rests and why; its likelihood and its confidence, never in one."""
    few = basis(view, verdict)
    estimates = " ".join(sentences(verdict.data))
    return [folded(one) for one in (few, estimates) if one]


def beside(row: list[Run], view: ClaimView | None, width: int) -> bool:
    """Put `supported by 3 excerpts, 1 origin` at the right of a row that has room for it.

    Returns:
        Whether there was room, or nothing to say.
    """
    if view is None or not view.excerpts:
        return True
    said = supported(view)
    used = sum(cell_width(text) for text, _ in row)
    gap = width - 1 - used - cell_width(said)
    if gap < GAP:
        return False
    row.append((f"{' ' * gap}{said}", PLAIN))
    return True


def shortened(row: list[Run], view: ClaimView | None, width: int) -> None:
    """Put it at the right of a row whose last words give way to it."""
    if view is None or not row:
        return
    text, style = row[-1]
    before = sum(cell_width(words) for words, _ in row[:-1])
    room = width - 1 - GAP - cell_width(supported(view)) - before
    row[-1] = (fit(text.rstrip(), max(0, room)), style)
    beside(row, view, width)
