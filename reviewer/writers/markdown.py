"""Markdown: a dossier for an editor. Text from outside stays text in it."""

from collections.abc import Iterable, Iterator

from reviewer.model.clock import media, minute
from reviewer.model.scale import Scale
from reviewer.model.words import (
    About,
    ClaimView,
    Excerpt,
    Held,
    Recording,
    State,
    Statement,
    Target,
    Verdict,
)
from reviewer.writers.escape import literal, one_line, quoted

EXERCISE = "**EXERCISE: everything in this case is invented.**"
PARAPHRASE = "**HELD AS PARAPHRASE: not the wording of the original**"
NO_WORDS = "(no words)"
TRANSLATION = "**HELD AS TRANSLATION: the original wording is not held**"


def dossier(about: About, scale: Scale, views: Iterable[ClaimView], *, at: int) -> Iterator[str]:
    """The dossier, piece by piece.

    Args:
        about: the case.
        scale: its verdict values.
        views: the claims, in the order they are to be read in.
        at: when it is written, in milliseconds UTC.
    """
    yield f"# {one_line(about.title)}\n\n"
    if about.exercise:
        yield f"{EXERCISE}\n\n"
    if about.about.strip():
        yield f"{literal(about.about.strip())}\n\n"
    yield f"As of {minute(at)}.\n"
    targets: dict[str, Target] = {}
    for view in views:
        targets.update((target.id, target) for target in view.targets)
        yield from _claim(view, scale, exercise=about.exercise)
    yield from _texts(targets.values())


def _claim(view: ClaimView, scale: Scale, *, exercise: bool) -> Iterator[str]:
    claim = view.claim
    label = " (exercise)" if exercise else ""
    yield f"\n## {one_line(claim.id)}{label}\n\n**{one_line(claim.text) or NO_WORDS}**\n\n"
    said = {
        "Claimant": claim.claimant,
        "Date": claim.date,
        "Tags": ", ".join(claim.tags),
        "Part of": claim.parent,
    }
    for label, value in said.items():
        if value:
            yield f"- {label}: {one_line(value)}\n"
    yield f"- Work: {view.row.state.label}\n\n"
    if claim.context:
        yield f"{literal(claim.context.strip())}\n\n"
    yield from _verdicts(view, scale)
    yield from _excerpts(view)


def _verdicts(view: ClaimView, scale: Scale) -> Iterator[str]:
    standing = [verdict for verdict in view.verdicts if verdict.standing]
    if not standing:
        yield "### No verdict stands\n\n"
    elif len({verdict.value for verdict in standing}) > 1:
        yield "### Verdicts: readers differ\n\n"
    elif view.row.state == State.REOPENED:
        yield "### Verdict: reopened, what it rested on has changed\n\n"
    else:
        yield f"### Verdict: {one_line(scale.label(standing[0].value))}\n\n"
    for verdict in standing:
        yield from _verdict(verdict, scale)
    for note in view.notes:
        if view.mine(note.reader) is None:
            yield f"Note by {one_line(note.reader)}, {minute(note.at)}:\n\n{quoted(note.text)}\n\n"


def _verdict(verdict: Verdict, scale: Scale) -> Iterator[str]:
    who = one_line(verdict.reader or "an unknown reader")
    yield f"{who}, {minute(verdict.at)}: **{one_line(scale.label(verdict.value))}**\n\n"
    if verdict.stale:
        yield f"**STALE: {one_line(verdict.stale)}; the verdict was given before that.**\n\n"
    if verdict.note:
        yield f"{quoted(verdict.note)}\n\n"


def _excerpts(view: ClaimView) -> Iterator[str]:
    yield "### Evidence\n\n" if view.excerpts else "### Evidence: no excerpt is linked\n\n"
    for excerpt in view.excerpts:
        target = view.target(excerpt.target)
        yield f"**{excerpt.stance.value.capitalize()}:**\n\n{quoted(excerpt.exact)}\n\n"
        if isinstance(target, Recording):
            translation = _translation(excerpt, target)
            if translation:
                into = one_line(target.translation_language)
                yield f"Translation ({into}):\n\n{quoted(translation)}\n\n"
        yield f"{'; '.join(_citation(excerpt, target))}\n\n"
        if excerpt.note:
            yield f"Note: {one_line(excerpt.note)}\n\n"
    for id_ in view.missing:
        yield f"Named as evidence but not in the case: {one_line(id_)}\n\n"


def _translation(excerpt: Excerpt, recording: Recording) -> str:
    """The translations of the segments that an excerpt lies on."""
    if excerpt.start is None or excerpt.end is None:
        return ""
    found, at = [], 0
    for segment in recording.segments:
        end = at + len(segment.text)
        if at < excerpt.end and excerpt.start < end and segment.translation:
            found.append(segment.translation)
        at = end + 1
    return "\n".join(found)


def _citation(excerpt: Excerpt, target: Target | None) -> Iterator[str]:
    if excerpt.orphan:
        yield "**ORPHAN: these words no longer stand in the text**"
    if target is None:
        yield f"from {one_line(excerpt.target)}, which is not in the case"
        return
    yield one_line(target.source.name)
    if target.title:
        yield one_line(target.title)
    if isinstance(target, Recording):
        if excerpt.start_ms is not None:
            end = f" to {media(excerpt.end_ms)}" if excerpt.end_ms is not None else ""
            yield f"at {media(excerpt.start_ms)}{end}"
        yield f"call of {one_line(target.date) or 'unknown date'}"
        if target.released:
            yield f"released {one_line(target.released)}"
    elif target.date:
        yield one_line(target.date)
    yield f"\\[{one_line(target.id)}\\]"
    yield from _origin(target)
    yield from _held(target)
    if excerpt.reader:
        yield f"excerpt by {one_line(excerpt.reader)}"


def _held(target: Target) -> Iterator[str]:
    if target.held == Held.PARAPHRASE:
        yield PARAPHRASE
    elif target.held == Held.TRANSLATION:
        yield TRANSLATION


def _texts(targets: Iterable[Target]) -> Iterator[str]:
    listed = list(targets)
    if listed:
        yield "\n## Texts\n\n"
    for target in listed:
        kind = "Statement" if isinstance(target, Statement) else "Recording"
        said = [
            f"{kind} \\[{one_line(target.id)}\\]",
            one_line(target.title),
            one_line(target.source.name),
            *_origin(target),
            one_line(target.date),
            f"language {one_line(target.language)}",
            *_held(target),
            one_line(target.url),
        ]
        yield f"- {'; '.join(filter(None, said))}\n"


def _origin(target: Target) -> Iterator[str]:
    """Who first held it, where that is not who published it."""
    if target.origin not in ("", target.source.id, target.source.name):
        yield f"origin: {one_line(target.origin)}"
