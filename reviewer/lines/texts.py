"""Statements, recordings and excerpts as labelled lines.

What comes from outside stands behind a label or indented below it, so that no text can
begin a line and pass for one of ours.
"""

from collections.abc import Iterator, Mapping

from reviewer.lines.parts import one_line
from reviewer.model.cards import came_from, rating_words
from reviewer.model.clock import media
from reviewer.model.evidence import (
    Excerpt,
    Held,
    Provenance,
    Rating,
    Recording,
    Segment,
    Shelved,
    Statement,
    Target,
)
from reviewer.text.display import display

INDENT = "  "
HELD = {
    Held.VERBATIM: "Held: word for word.",
    Held.TRANSLATION: "HELD AS TRANSLATION: the original wording is not held.",
    Held.PARAPHRASE: "HELD AS PARAPHRASE: somebody else's words about it, not its own wording.",
}


def text_lines(label: str, text: str) -> Iterator[str]:
    """A text under its label: beside it where it is one line, else below it."""
    lines = display(text.strip("\n")).split("\n")
    if len(lines) == 1:
        yield f"{one_line(label)}: {lines[0]}"
        return
    yield f"{one_line(label)}:"
    yield from indented(text)


def indented(text: str) -> Iterator[str]:
    """A text below what it belongs to."""
    for line in display(text.strip("\n")).split("\n"):
        yield INDENT + line if line else ""


def labelled(values: Mapping[str, str]) -> Iterator[str]:
    """A line for each value that is there."""
    for label, value in values.items():
        if value:
            yield f"{label}: {one_line(value)}"


def target_lines(
    target: Target, names: Mapping[str, str], file: Provenance | None = None
) -> Iterator[str]:
    """A statement or a recording: where it comes from, how it is held, what it says.

    Args:
        target: the evidence.
        names: names of sources by their id, to say an origin by its name.
        file: the file that it came from, where that is known.
    """
    kind = "Statement" if isinstance(target, Statement) else "Recording"
    title = f": {target.title}" if target.title else ""
    yield one_line(f"{kind} {target.id}{title}")
    yield HELD[target.held]
    yield one_line(f"Source: {target.source.name} ({target.source.kind})")
    yield f"Origin: {one_line(_origin(target, names))}"
    yield from file_lines(file)
    if isinstance(target, Statement):
        yield from _statement(target)
    else:
        yield from _recording(target)
    if target.note:
        yield from text_lines("Note", target.note)


def file_lines(file: Provenance | None) -> Iterator[str]:
    """The file that a record came from, and what is doubtful about it."""
    if file is not None:
        yield f"Came from: {one_line(came_from(file))}"


def excerpt_line(excerpt: Excerpt, n: int) -> str:
    """An excerpt with its stance, when it is heard and who made it."""
    said = [f"Excerpt {n}", excerpt.stance.value]
    if excerpt.orphan:
        said.append("ORPHAN: these words no longer stand in the text")
    if excerpt.start_ms is not None:
        end = f" to {media(excerpt.end_ms)}" if excerpt.end_ms is not None else ""
        said.append(f"at {media(excerpt.start_ms)}{end}")
    if excerpt.reader:
        said.append(f"made by {excerpt.reader.strip()}")
    note = f" Note: {excerpt.note}" if excerpt.note else ""
    return one_line(f'{", ".join(said)}: "{excerpt.exact}"{note}')


def _origin(target: Target, names: Mapping[str, str]) -> str:
    if target.origin in (target.source.id, target.source.name):
        return "the source itself"
    return names.get(target.origin, target.first_held_by)


def _statement(statement: Statement) -> Iterator[str]:
    yield from labelled(
        {"Date": statement.date, "Language": statement.language, "Address": statement.url}
    )
    yield from text_lines("Text", statement.text)
    if statement.translation:
        yield from text_lines(
            f"Translation ({statement.translation_language})", statement.translation
        )


def _recording(recording: Recording) -> Iterator[str]:
    yield from labelled(
        {
            "Date of the call": recording.date or "unknown",
            "Released": recording.released,
            "Release": {"full": "in full", "part": "in part"}.get(recording.release, "unknown"),
            "Cuts": recording.cuts,
            "Transcribed by": recording.transcribed_by,
            "Translated by": recording.translated_by,
            "Language": recording.language,
            "Address": recording.url,
        }
    )
    for speaker in recording.speakers:
        name = speaker.name or "not named"
        yield one_line(f"Speaker {speaker.label}: {name}; known by: {speaker.known_by}")
    yield "Segments:"
    for segment in recording.segments:
        yield from _segment(segment, recording.translation_language)


def _segment(segment: Segment, language: str) -> Iterator[str]:
    at = media(segment.start_ms) if segment.start_ms is not None else ""
    before = " ".join(filter(None, (at, segment.speaker)))
    yield INDENT + one_line(f"{before}: {segment.text}" if before else segment.text)
    if segment.translation:
        yield INDENT + one_line(f"Translation ({language}): {segment.translation}")


def rating_lines(rating: Rating) -> Iterator[str]:
    """What somebody else published on a claim, in their own words."""
    yield f"Published rating: {one_line(rating_words(rating))}"
    if rating.text:
        yield from text_lines("Reasons published with it", rating.text)
    if rating.url:
        yield f"Address of the rating: {one_line(rating.url)}"


def shelved_line(text: Shelved) -> str:
    """A statement or recording in the list of all texts."""
    held = "" if text.held is Held.VERBATIM else f", held as {text.held.upper()}"
    said = ", ".join(filter(None, (text.title, text.source, text.date, text.language)))
    return one_line(f"{text.id} [{text.kind}{held}] {said}")
