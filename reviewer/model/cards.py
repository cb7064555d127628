"""What is said of a source, a recording or an excerpt, in whichever front end or file.

Outside text is handed on as it stands; whoever shows it makes it safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.model.claims import ClaimView
from reviewer.model.clock import media
from reviewer.model.evidence import Excerpt, Held, Provenance, Rating, Recording, Statement, Target
from reviewer.structs import Struct

HELD = {
    Held.VERBATIM: "word for word",
    Held.TRANSLATION: "a translation; the original words are not held",
    Held.PARAPHRASE: "a PARAPHRASE: somebody's words about it, not its own",
}

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.findings import Finding


class Stop(Struct):
    """A place that a reader steps through: an excerpt, or a text that has none."""

    target: str
    excerpt: Excerpt | None


def stops(view: ClaimView) -> list[Stop]:
    """The excerpts in reading order, the texts without one, the excerpts without a text."""
    quoted = {excerpt.target for excerpt in view.excerpts}
    of_target = {target.id: n for n, target in enumerate(view.targets)}
    held = [e for e in view.excerpts if e.target in of_target]
    held.sort(key=lambda e: of_target[e.target])
    return [
        *(Stop(e.target, e) for e in held),
        *(Stop(t.id, None) for t in view.targets if t.id not in quoted),
        *(Stop(e.target, e) for e in view.excerpts if e.target not in of_target),
    ]


def is_translated(target: Target) -> bool:
    """Whether any part of a text has a translation."""
    if isinstance(target, Statement):
        return bool(target.translation)
    return any(segment.translation for segment in target.segments)


def citation(excerpt: Excerpt, target: Target | None) -> str:
    """Where the words of an excerpt come from, in one line."""
    if target is None:
        return f"{excerpt.target}, which is not in the case"
    said = [target.source.name]
    if target.title:
        said.append(f'"{target.title}"')
    date = target.released or target.date if isinstance(target, Recording) else target.date
    if date:
        said.append(date)
    if excerpt.start_ms is not None and excerpt.end_ms is not None:
        said.append(f"{media(excerpt.start_ms)} to {media(excerpt.end_ms)}")
    if target.held is not Held.VERBATIM:
        said.append(f"held as a {target.held}")
    said.append(target.id)
    return ", ".join(said)


def fields(target: Target, findings: Iterable[Finding] = ()) -> Iterator[tuple[str, str]]:
    """The source card of a statement or the intercept card of a recording, by its labels.

    An empty value is unknown, and is to be shown as such.

    Args:
        target: the text.
        findings: what readers know of a call besides; it is said with their names.
    """
    source = target.source
    yield "Title", target.title
    if isinstance(target, Statement):
        yield "Source", f"{source.name} ({source.kind})"
        yield "Origin", target.first_held_by
        yield "Published", target.date
    else:
        yield "Released by", f"{source.name} ({source.kind})"
        yield "Origin", target.first_held_by
    yield "Language", target.language
    yield "Held as", HELD[target.held]
    if isinstance(target, Recording):
        yield from _of_call(target, findings)
    yield "Address", target.url
    if target.note:
        yield "Note", target.note
    if source.note:
        yield "Of the source", source.note
    yield "Version", str(target.version)
    yield "SHA-256", target.hash


def rating_words(rating: Rating) -> str:
    """What somebody else published on a claim, in one line, in their own words."""
    value = f" ({rating.value})" if rating.value else ""
    said = [f'"{rating.rating}"{value} by {rating.source.name}', rating.date]
    return ", ".join(filter(None, said))


def rating_fields(rating: Rating) -> Iterator[tuple[str, str]]:
    """A published rating in full, by its labels; what it does not have is left out."""
    yield "Rated", rating_words(rating)
    for label, value in (
        ("Title", rating.title),
        ("Reasons", rating.text),
        ("Address", rating.url),
        ("Note", rating.note),
    ):
        if value:
            yield label, value


def came_from(found: Provenance) -> str:
    """The file that a record came from, in one line."""
    said = [found.file, found.place]
    if found.doubt:
        said.append(f"decoded with doubt as {found.encoding}: {found.doubt}")
    if found.gone:
        said.append("no longer in the newest export of its collection")
    return f"{', '.join(said)} (sha256 {found.hash[:16]})"


def _of_call(recording: Recording, findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    from reviewer.model.intercepts import SPEAKERS, card_of

    parts = card_of(recording, findings)
    if not recording.speakers:
        yield "Speakers", ""
    for speaker in recording.speakers:
        name = speaker.name or "name unknown"
        yield f"Speaker {speaker.label}", f"{name}; known by: {speaker.known_by}"
    for part in parts:
        # Of the evidence it is said speaker by speaker.
        if part.key not in SPEAKERS:
            yield part.label, part.text
        elif part.said:
            yield part.label, part.said_by_readers
