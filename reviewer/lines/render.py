"""A case as labelled lines: what a screen reader, a pipe or a dumb terminal is given.

Pure: models in, lines out, none with a line break in it, all of them safe to show.
"""

from collections.abc import Iterable, Iterator, Mapping

from reviewer.lines.origins import beside_lines, settled_lines, support_line
from reviewer.lines.parts import one_line
from reviewer.lines.texts import (
    excerpt_line,
    file_lines,
    labelled,
    rating_lines,
    target_lines,
    text_lines,
)
from reviewer.model.about import About
from reviewer.model.claims import ClaimView, QueueRow, State
from reviewer.model.clock import minute
from reviewer.model.evidence import Provenance, Recording
from reviewer.model.judgements import Verdict
from reviewer.model.scale import Scale

EXERCISE = "EXERCISE: everything in this case is invented."


def case_lines(about: About) -> Iterator[str]:
    """What the case is."""
    yield f"Case: {one_line(about.title)}"
    if about.exercise:
        yield EXERCISE


def queue_lines(rows: Iterable[QueueRow], scale: Scale) -> Iterator[str]:
    """A line for each claim: its id, where work on it stands, its words, who says it when."""
    for row in rows:
        who = [row.claimant, row.date] if row.claimant or row.date else []
        excerpts = "1 excerpt" if row.excerpts == 1 else f"{row.excerpts} excerpts"
        about = [*filter(None, who), f"priority {row.priority}", excerpts]
        if row.marked:
            about.append("marked")
        yield one_line(f"{row.id} [{standing(row, scale)}] {row.text} ({'; '.join(about)})")


def standing(row: QueueRow, scale: Scale) -> str:
    """Where work on a claim stands, or its verdict: `new`, `partly verified`."""
    match row.state:
        case State.DECIDED | State.ADJUDICATED:
            return scale.label(row.verdict)
        case State.IN_CONFLICT:
            return "readers differ"
        case _:
            return row.state.label


def claim_lines(
    view: ClaimView, scale: Scale, files: Mapping[tuple[str, str], Provenance] | None = None
) -> Iterator[str]:
    """A claim with its evidence, its excerpts, its verdicts and notes.

    Args:
        view: the claim.
        scale: the case's.
        files: the files that its records came from, by their kind and id.
    """
    files = files or {}
    yield from _claim(view, scale)
    yield from file_lines(files.get(("claim", view.claim.id)))
    places = {excerpt.id: n for n, excerpt in enumerate(view.excerpts, start=1)}
    names = {target.source.id: target.source.name for target in view.targets}
    for target in view.targets:
        yield ""
        kind = "recording" if isinstance(target, Recording) else "statement"
        yield from target_lines(target, names, files.get((kind, target.id)))
        for excerpt in view.excerpts:
            if excerpt.target == target.id:
                yield excerpt_line(excerpt, places[excerpt.id])
    yield ""
    yield from _lacking(view)
    if not view.excerpts:
        yield "Excerpts: none yet."
    for excerpt in view.excerpts:
        if view.target(excerpt.target) is None:
            yield f"{excerpt_line(excerpt, places[excerpt.id])} (from {one_line(excerpt.target)})"
    if view.excerpts:
        yield support_line(view)
    yield from _verdicts(view, scale)
    yield from _notes(view)


def _claim(view: ClaimView, scale: Scale) -> Iterator[str]:
    claim, row = view.claim, view.row
    yield f"Claim {one_line(claim.id)}: {one_line(claim.text)}"
    yield f"State: {row.state.label}"
    yield f"Verdict: {_verdict_in_words(row, scale)}"
    if row.marked:
        yield "Marked: yes"
    yield from labelled(
        {
            "Claimant": claim.claimant,
            "Date": claim.date,
            "Priority": str(claim.priority),
            "Tags": ", ".join(claim.tags),
            "Part of": claim.parent,
        }
    )
    if claim.context:
        yield from text_lines("Context", claim.context)
    for rating in view.ratings:
        yield from rating_lines(rating)


def _verdict_in_words(row: QueueRow, scale: Scale) -> str:
    match row.state:
        case State.DECIDED:
            return one_line(scale.label(row.verdict))
        case State.ADJUDICATED:
            return one_line(f"{scale.label(row.verdict)}, adjudicated")
        case State.IN_CONFLICT:
            return "readers differ"
        case State.REOPENED:
            return "none in force; what it rested on has changed"
        case _:
            return "none yet"


def _lacking(view: ClaimView) -> Iterator[str]:
    if not view.statements:
        yield "Statements: none is held for this claim."
    if not view.recordings:
        yield "Recordings: none is held for this claim."
    for id_ in view.missing:
        yield f"Missing: {one_line(id_)} is named as evidence but is not in the case."


def _verdicts(view: ClaimView, scale: Scale) -> Iterator[str]:
    if not view.verdicts:
        yield "Verdicts: none yet."
    if (found := view.adjudication) is not None:
        label = scale.label(found.value)
        overtaken = "" if view.settled else ", overtaken since"
        yield one_line(f"Adjudicated by {found.reader}, {minute(found.at)}: {label}{overtaken}")
        yield from settled_lines(view)
        if found.reason:
            yield from text_lines("Reason", found.reason)
    for verdict in view.verdicts:
        yield _verdict(verdict, scale)
        if verdict.standing and verdict.stale:
            yield f"STALE: {one_line(verdict.why_stale)}; this verdict was given before that."
        yield from beside_lines(view, verdict)
        if verdict.note:
            yield from text_lines("Note", verdict.note)


def _verdict(verdict: Verdict, scale: Scale) -> str:
    label = "Verdict" if verdict.standing else "Earlier verdict, no longer in force,"
    who = verdict.reader or "an unknown reader"
    given = minute(verdict.at) + (f",{verdict.dated}" if verdict.dated else "")
    return one_line(f"{label} by {who}, {given}: {scale.label(verdict.value)}")


def _notes(view: ClaimView) -> Iterator[str]:
    for note in view.notes:
        if view.mine(note.reader) is None:
            yield from text_lines(f"Note by {note.reader}, {minute(note.at)}", note.text)
