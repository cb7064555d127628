"""What `i`, `t` and `y` show, as rows of runs. Unknowns are listed as unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewer.desk.paint import BOLD, PLAIN, REMARK, SIGNS, Run
from reviewer.model.cards import came_from, citation, fields, rating_fields
from reviewer.model.claims import ClaimView
from reviewer.model.evidence import Claim, Excerpt, Provenance, Recording, Statement, Target
from reviewer.text.cells import fit
from reviewer.text.display import display
from reviewer.text.units import counted
from reviewer.text.wrap import wrap

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.findings import Finding

Rows = list[list[Run]]

LABEL_WIDTH = 16


def labelled(pairs: Iterable[tuple[str, str]], width: int) -> Rows:
    """Rows of `label  value`, the value wrapped beside its label; an empty one is unknown."""
    rows: Rows = []
    for name, value in pairs:
        label = fit(display(name, newlines=False), LABEL_WIDTH - 1)
        shown = display(value or "unknown")
        style = PLAIN if value else REMARK
        room = max(10, width - LABEL_WIDTH)
        for n, (start, end) in enumerate(wrap(shown, room)):
            head = label.ljust(LABEL_WIDTH) if n == 0 else " " * LABEL_WIDTH
            rows.append([(head, BOLD), (shown[start:end], style)])
    return rows


def paragraph(text: str, width: int) -> Rows:
    """Outside text wrapped into rows."""
    shown = display(text)
    return [[(shown[start:end], PLAIN)] for start, end in wrap(shown, max(10, width))]


def claim_card(claim: Claim, width: int, file: Provenance | None = None) -> Rows:
    """The claim in full."""
    pairs = [
        ("Claim", claim.id),
        ("Wording", claim.text),
        ("Claimant", claim.claimant),
        ("Said", claim.date),
        ("Priority", str(claim.priority)),
    ]
    if claim.tags:
        pairs.append(("Tags", ", ".join(claim.tags)))
    if claim.parent:
        pairs.append(("Part of", claim.parent))
    if claim.context:
        pairs.append(("Context", claim.context))
    if claim.version > 1:
        pairs.append(("Version", str(claim.version)))
    return labelled([*pairs, *_file(file)], width)


def rating_cards(view: ClaimView, width: int) -> Rows:
    """What others published on the claim: their words, none of ours."""
    rows: Rows = []
    for rating in view.ratings:
        rows += [[], *labelled(rating_fields(rating), width)]
    return rows


def target_card(
    target: Target,
    width: int,
    file: Provenance | None,
    findings: Sequence[Finding],
    claim: str,
) -> Rows:
    """The source card of a statement, or the intercept card of a recording.

    Args:
        target: the text.
        width: in cells.
        file: the file that it came from.
        findings: what readers found on the claim, and of the text's source and call.
        claim: on which what it says is graded.
    """
    from reviewer.model.grades import grade_of, told

    kind = "Statement" if isinstance(target, Statement) else "Recording"
    grade = ("Grade", told(grade_of(target, claim, findings)))
    pairs = [(kind, target.id), grade, *fields(target, findings), *_file(file)]
    if isinstance(target, Recording):
        odd = sum(bool(segment.note) for segment in target.segments)
        if odd:
            pairs.append(("With remarks", f"{counted(odd, 'segment')}; they stand above it, in ()"))
    return labelled(pairs, width)


def _file(file: Provenance | None) -> list[tuple[str, str]]:
    return [("Came from", came_from(file))] if file else []


def excerpt_card(excerpt: Excerpt, target: Target | None, width: int) -> Rows:
    """An excerpt with who made it."""
    pairs = [
        ("Excerpt", excerpt.stance.value + (", ORPHAN" if excerpt.orphan else "")),
        ("Words", excerpt.exact),
        ("Cited as", citation(excerpt, target)),
        ("Made by", excerpt.reader or "came with the case"),
    ]
    if excerpt.note:
        pairs.append(("Note", excerpt.note))
    return labelled(pairs, width)


def quotations(view: ClaimView, width: int) -> Rows:
    """On what a claim rests: how many excerpts and origins, then each with its sign."""
    if not view.excerpts:
        return paragraph("Nothing is linked to it.", width)
    from reviewer.insight.origins import supported

    said = supported(view)
    rows = paragraph(f"{said[:1].upper()}{said[1:]}", width)
    for one in view.excerpts:
        sign = "!" if one.orphan else SIGNS[one.stance]
        words = f'"{" ".join(one.exact.split())}" ({one.target})'
        for n, row in enumerate(paragraph(words, width - 2)):
            rows.append([(f"{sign} " if n == 0 else "  ", BOLD), *row])
    return rows
