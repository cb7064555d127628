"""What a dossier says of a claim in whichever format, in words that claim no more than is so."""

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.insight.origins import basis, grounds, settled_basis, supported, what_would_change
from reviewer.model.claims import ClaimView
from reviewer.model.clock import long_day, minute
from reviewer.model.evidence import Held, Recording, Segment, Source, Target
from reviewer.model.grades import INFORMATION, SOURCE, grade_of, in_words, source_grades
from reviewer.model.judgements import Verdict
from reviewer.model.likelihood import sentences
from reviewer.model.scale import Scale
from reviewer.text.units import counted

EXERCISE = "EXERCISE: everything in this case is invented."
ORPHAN = "ORPHAN: these words no longer stand in the text"
NOT_GRADED = "not graded"
ONE_WITNESS = "Sources that share an origin are one witness, not as many as they are."


def held(target: Target) -> str:
    """What to say loudly of a text that is not the words themselves; else nothing."""
    spoken = "spoken" if isinstance(target, Recording) else "published"
    return {
        Held.VERBATIM: "",
        Held.PARAPHRASE: f"HELD AS PARAPHRASE: not the words that were {spoken}",
        Held.TRANSLATION: f"HELD AS TRANSLATION: the words that were {spoken} are not held",
    }[target.held]


def standing(view: ClaimView) -> list[Verdict]:
    """The verdicts in force, oldest first."""
    return [verdict for verdict in view.verdicts if verdict.standing]


def past(view: ClaimView) -> list[Verdict]:
    """The verdicts that were withdrawn or replaced."""
    return [verdict for verdict in view.verdicts if not verdict.standing]


def heading(view: ClaimView, scale: Scale) -> str:
    """What stands on a claim, in one line; a value of the scale may be an outsider's word."""
    stands = standing(view)
    fresh = [verdict for verdict in stands if not verdict.stale]
    if not stands:
        return "No verdict stands"
    if view.settled is not None:
        return f"Adjudicated: {scale.label(view.settled.value)}"
    if len({verdict.value for verdict in stands}) > 1:
        changed = "" if fresh else ", and what they rested on has changed"
        return f"Verdicts: readers differ{changed}"
    if not fresh:
        by_hand = all(verdict.stale.startswith("reopened") for verdict in stands)
        return f"Verdict: reopened{'' if by_hand else ', what it rested on has changed'}"
    return f"Verdict: {scale.label(stands[0].value)}"


def settlement(view: ClaimView, scale: Scale) -> tuple[str, str]:
    """Who settled the readings that differ, and the dissent; then his reason. Both are empty
    where nothing was settled. What was overtaken since is told as such."""
    found = view.adjudication
    if found is None:
        return "", ""
    rests = settled_basis(view)
    few = f"; it {rests}" if rests else ""
    if view.settled is None:
        label = scale.label(found.value)
        overtaken = f"Settled before as {label} by {found.reader}, {minute(found.at)}"
        return f"{overtaken}{few}; overtaken since", found.reason
    dissent = [
        f"{verdict.reader or 'an unknown reader'} ({scale.label(verdict.value)})"
        for verdict in standing(view)
        if verdict.value != found.value
    ]
    kept = f"; dissent: {', '.join(dissent)}" if dissent else ""
    return f"Settled by {found.reader}, {minute(found.at)}{few}{kept}", found.reason


def count_of(view: ClaimView) -> str:
    """How many readers stand behind it, and how many of their verdicts are stale."""
    stands = standing(view)
    stale = sum(bool(verdict.stale) for verdict in stands)
    if len(stands) == 1:
        return "one reader; the verdict is STALE" if stale else "one reader"
    return f"{len(stands)} readers" + (
        f"; STALE verdicts: {stale} of {len(stands)}" if stale else ""
    )


def dated(verdict: Verdict) -> str:
    """The day as of which a verdict holds, and when it was recorded."""
    return f"as of {long_day(verdict.as_of)}, recorded {minute(verdict.at)}"


def meaning(value: str, scale: Scale) -> str:
    """What the case's scale says that a value means."""
    return next((v.help for v in scale.values if v.value == value), "")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who first held something, with the sources that repeat it and their texts."""

    name: str
    sources: tuple[Source, ...]
    texts: tuple[Target, ...]


def origins(view: ClaimView) -> list[Origin]:
    """The texts of a claim by the origin of what they say, in the order of the texts."""
    names: dict[str, str] = {}
    for target in view.targets:
        names[target.source.id] = names[target.source.name] = target.source.name
    grouped: dict[str, list[Target]] = {}
    for target in view.targets:
        origin = target.origin or target.source.origin or target.source.id
        grouped.setdefault(names.get(origin, target.first_held_by or origin), []).append(target)
    return [
        Origin(name, tuple({t.source.id: t.source for t in texts}.values()), tuple(texts))
        for name, texts in grouped.items()
    ]


def witnesses(found: list[Origin]) -> str:
    """`2 sources, 1 origin`."""
    sources = len({source.id for origin in found for source in origin.sources})
    return f"{counted(sources, 'source')}, {counted(len(found), 'origin')}"


def support(view: ClaimView) -> list[str]:
    """What speaks for a claim, by origins, and what would change that: a sentence each."""
    if not view.excerpts:
        return []
    said = supported(view)
    found = grounds(view)
    paraphrased = found.without_the_words
    held = f", {paraphrased} of them in others' words" if paraphrased else ""
    return [
        f"{said[:1].upper()}{said[1:]}{held}.",
        f"What would change it: {what_would_change(view)}",
    ]


def beside(view: ClaimView, verdict: Verdict) -> list[str]:
    """What a verdict says beside its value: on how little it rests and why, its estimates."""
    few = basis(view, verdict)
    return [*([f"It {few}"] if few else []), *sentences(verdict.data)]


def grade(source: Source, view: ClaimView) -> str:
    """How far a source is trusted, where somebody has said so."""
    given = source_grades(source.id, view.findings)
    return in_words(SOURCE, given) if given else NOT_GRADED


def credibility(target: Target, view: ClaimView) -> str:
    """How credible what a text says on the claim is, where somebody has said so; else nothing."""
    given = grade_of(target, view.claim.id, view.findings).information
    return in_words(INFORMATION, given) if given else ""


def under(recording: Recording, start: int | None, end: int | None) -> list[Segment]:
    """The segments that the words between two offsets stand in."""
    if start is None or end is None:
        return []
    found, at = [], 0
    for segment in recording.segments:
        stop = at + len(segment.text)
        if at < end and start < stop:
            found.append(segment)
        at = stop + 1
    return found


def hashes(view: ClaimView) -> Iterator[tuple[str, str, str]]:
    """What the dossier rests on: what it is, its name, and its hash or the id of its entry."""
    yield f"claim, version {view.claim.version}", view.claim.id, view.claim.hash
    for target in view.targets:
        kind = "recording" if isinstance(target, Recording) else "statement"
        yield f"{kind}, version {target.version}", target.id, target.hash
    for rating in view.ratings:
        yield "published rating", rating.source.name, rating.id
    for excerpt in view.excerpts:
        yield "excerpt of", excerpt.target, excerpt.id
    for verdict in view.verdicts:
        yield "verdict, entry", verdict.reader, verdict.id
    for note in view.notes:
        yield "note, entry", note.reader, note.id
