"""Markdown: a dossier for an editor. Text from outside stays text in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from reviewer.insight.ageing import Change, evidence, sentences
from reviewer.model.about import About
from reviewer.model.cards import fields
from reviewer.model.claims import ClaimView
from reviewer.model.clock import media, minute
from reviewer.model.evidence import Excerpt, Rating, Recording, Target
from reviewer.model.judgements import Verdict
from reviewer.model.scale import Scale
from reviewer.model.sections import Section, Table
from reviewer.writers.dossier import said
from reviewer.writers.dossier.aged import Changes, unchanged
from reviewer.writers.escape import literal, one_line, quoted

NEW_LINE = "\n"
NO_WORDS = "(no words)"
IN_TABLE = ("Title", "Version", "SHA-256")


def dossier(
    about: About,
    scale: Scale,
    views: Iterable[ClaimView],
    *,
    at: int,
    changes: Changes = unchanged,
    beside: Callable[[ClaimView], Iterable[Section]] = lambda _: (),
    agreed: Sequence[tuple[str, str]] = (),
) -> Iterator[str]:
    """The dossier, piece by piece.

    Args:
        about: the case.
        scale: its verdict values.
        views: the claims, in the order they are to be read in.
        at: when it is written, in milliseconds UTC.
        changes: what changed between the verdicts on a claim.
        beside: what readers found of a claim beside their verdicts.
        agreed: how far the readers of the whole case agree, as labels and words.
    """
    yield f"# {one_line(about.title)}\n\n"
    if about.exercise:
        yield f"**{said.EXERCISE}**\n\n"
    if about.about.strip():
        yield f"{literal(about.about.strip())}\n\n"
    yield f"As of {minute(at)}.\n"
    for label, value in agreed:
        yield f"{NEW_LINE if label == agreed[0][0] else ''}- {label}: {one_line(value)}\n"
    # Only what is to be said of the texts is kept to the end, not the texts.
    cards: dict[str, str] = {}
    for view in views:
        for target in view.targets:
            if target.id not in cards:
                cards[target.id] = "".join(_card(target, view))
        found, aged = beside(view), changes(view)
        yield from _claim(view, scale, found, aged, exercise=about.exercise)
    if cards:
        yield "\n## Texts\n\n"
        yield from cards.values()


def _claim(
    view: ClaimView,
    scale: Scale,
    beside: Iterable[Section],
    changes: Sequence[Change],
    *,
    exercise: bool,
) -> Iterator[str]:
    claim = view.claim
    label = " (exercise)" if exercise else ""
    yield f"\n## {one_line(claim.id)}{label}\n\n**{one_line(claim.text) or NO_WORDS}**\n\n"
    told = {
        "Claimant": claim.claimant or "unknown",
        "Date": claim.date or "unknown",
        "Tags": ", ".join(claim.tags),
        "Part of": claim.parent,
    }
    for name, value in told.items():
        if value:
            yield f"- {name}: {one_line(value)}\n"
    yield f"- Work: {view.row.state.label}\n\n"
    yield from _verdicts(view, scale)
    if claim.context.strip():
        yield f"### Context\n\n{literal(claim.context.strip())}\n\n"
    yield from _ratings(view)
    yield from _sources(view)
    yield from _excerpts(view)
    for section in beside:
        yield from _section(section)
    yield from _history(view, scale)
    yield from _aged(changes, scale)
    yield from _proof(view)


def _verdicts(view: ClaimView, scale: Scale) -> Iterator[str]:
    standing = said.standing(view)
    yield f"### {one_line(said.heading(view, scale))}\n\n"
    if standing:
        yield f"By {said.count_of(view)}.\n\n"
    settled, reason = said.settlement(view, scale)
    if settled:
        yield f"{one_line(settled)}.\n\n"
    if reason:
        yield f"{quoted(reason)}\n\n"
    for verdict in standing:
        yield from _verdict(view, verdict, scale)
    for note in view.notes:
        if view.mine(note.reader) is None:
            yield f"Note by {one_line(note.reader)}, {minute(note.at)}:\n\n{quoted(note.text)}\n\n"


def _verdict(view: ClaimView, verdict: Verdict, scale: Scale) -> Iterator[str]:
    who = one_line(verdict.reader or "an unknown reader")
    help_ = said.meaning(verdict.value, scale)
    meaning = f" (on this case's scale: {one_line(help_)})" if help_ else ""
    label = one_line(scale.label(verdict.value))
    yield f"{who}, {said.dated(verdict)}: **{label}**{meaning}\n\n"
    if verdict.stale:
        yield f"**STALE: {one_line(verdict.why_stale)}; the verdict was given before that.**\n\n"
    for sentence in said.beside(view, verdict):
        yield f"{one_line(sentence)}\n\n"
    if verdict.note:
        yield f"{quoted(verdict.note)}\n\n"


def _section(section: Section) -> Iterator[str]:
    yield f"### {one_line(section.title)}\n\n"
    for part in section.parts:
        if isinstance(part, Table):
            rows = (part.head, ("---",) * len(part.head), *part.rows)
            yield from (f"| {' | '.join(map(_cell, row))} |\n" for row in rows)
            yield "\n"
        else:
            yield f"{one_line(part)}\n\n"


def _cell(text: str) -> str:
    return text if text == "---" else one_line(text)


def _history(view: ClaimView, scale: Scale) -> Iterator[str]:
    gone = said.past(view)
    if gone:
        yield "### Earlier verdicts, withdrawn or replaced: none of these stands\n\n"
    for verdict in gone:
        yield from _verdict(view, verdict, scale)


def _aged(changes: Sequence[Change], scale: Scale) -> Iterator[str]:
    if changes:
        yield "### What changed between verdicts\n\n"
    for one in changes:
        yield f"By {one_line(one.new.reader or 'an unknown reader')}:\n\n"
        for line in sentences(one, scale):
            yield f"- {one_line(line)}\n"
        yield f"\n{quoted(NEW_LINE.join(evidence(one)))}\n\n"


def _ratings(view: ClaimView) -> Iterator[str]:
    if view.ratings:
        yield "### Ratings published by others\n\nNone of these is a verdict of this case.\n\n"
    for rating in view.ratings:
        yield from _rating(rating)


def _rating(rating: Rating) -> Iterator[str]:
    told = [
        rating.value and f"on their scale {one_line(rating.value)}",
        one_line(rating.title),
        one_line(rating.date) or "date unknown",
        one_line(rating.url),
    ]
    yield f"{one_line(rating.source.name)}: **{one_line(rating.rating)}**\n\n"
    yield f"{'; '.join(filter(None, told))}\n\n"
    if rating.text:
        yield f"{quoted(rating.text)}\n\n"
    if rating.note:
        yield f"Note: {one_line(rating.note)}\n\n"


def _sources(view: ClaimView) -> Iterator[str]:
    found = said.origins(view)
    if not found:
        return
    yield f"### Sources: {said.witnesses(found)}\n\n"
    for sentence in said.support(view):
        yield f"{one_line(sentence)}\n\n"
    for origin in found:
        names = (f"{one_line(s.name)} ({one_line(said.grade(s, view))})" for s in origin.sources)
        yield f"- {one_line(origin.name)}, published by: {', '.join(names)}\n"
    for target in view.targets:
        if credibility := said.credibility(target, view):
            yield f"- What \\[{one_line(target.id)}\\] says here: {one_line(credibility)}\n"
    yield "\n"


def _proof(view: ClaimView) -> Iterator[str]:
    yield "### What this rests on, to the letter\n\n"
    for what, name, hash_ in said.hashes(view):
        yield f"- {what}: {one_line(name)}: {one_line(hash_) or 'not held'}\n"


def _excerpts(view: ClaimView) -> Iterator[str]:
    yield "### Evidence\n\n" if view.excerpts else "### Evidence: no excerpt is linked\n\n"
    for excerpt in view.excerpts:
        target = view.target(excerpt.target)
        yield f"**{excerpt.stance.value.capitalize()}:**\n\n{quoted(excerpt.exact)}\n\n"
        if isinstance(target, Recording):
            yield from _segments(excerpt, target)
        yield f"{'; '.join(_citation(excerpt, target))}\n\n"
        if excerpt.note:
            yield f"Note: {one_line(excerpt.note)}\n\n"
    for id_ in view.missing:
        yield f"Named as evidence but not in the case: {one_line(id_)}\n\n"


def _segments(excerpt: Excerpt, recording: Recording) -> Iterator[str]:
    """Who says it, and the translations of the segments that an excerpt lies on."""
    segments = said.under(recording, excerpt.start, excerpt.end)
    speakers = dict.fromkeys(segment.speaker for segment in segments if segment.speaker)
    if speakers:
        yield f"Speakers: {', '.join(map(one_line, speakers))}\n\n"
    translation = "\n".join(s.translation for s in segments if s.translation)
    if translation:
        into = one_line(recording.translation_language)
        yield f"Translation ({into}):\n\n{quoted(translation)}\n\n"


def _citation(excerpt: Excerpt, target: Target | None) -> Iterator[str]:
    if excerpt.orphan:
        yield f"**{said.ORPHAN}**"
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
    loud = said.held(target)
    if loud:
        yield f"**{loud}**"


def _card(target: Target, view: ClaimView) -> Iterator[str]:
    """A text in the list of texts, with all that is known of it and all that is not."""
    kind = "Recording" if isinstance(target, Recording) else "Statement"
    told = [
        f"{kind} \\[{one_line(target.id)}\\]",
        one_line(target.title),
        one_line(target.source.name),
        *_origin(target),
        one_line(target.date),
        f"language {one_line(target.language)}",
        *_held(target),
    ]
    yield f"- {'; '.join(filter(None, told))}\n"
    for name, value in fields(target, view.findings):
        if name not in IN_TABLE:
            yield f"  - {one_line(name)}: {one_line(value.strip()) or 'unknown'}\n"
    yield f"  - Grade of the source: {one_line(said.grade(target.source, view))}\n"


def _origin(target: Target) -> Iterator[str]:
    """Who first held it, where that is not who published it."""
    if target.origin not in ("", target.source.id, target.source.name):
        yield f"origin: {one_line(target.first_held_by)}"
