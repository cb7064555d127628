"""The texts of a claim: statements beside transcripts, with the linked words marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.model.cards import fields, is_translated
from reviewer.model.claims import ClaimView
from reviewer.model.clock import media
from reviewer.model.evidence import Excerpt, Recording, Segment, Statement, Target
from reviewer.writers.dossier.marks import Mark, marked, marks_of
from reviewer.writers.dossier.markup import (
    Html,
    address,
    bdi,
    block,
    el,
    facts,
    join,
    lang,
    noted,
    outside,
    start,
)
from reviewer.writers.dossier.said import ORPHAN, credibility, grade, held, under

PARAGRAPH = re.compile(r"(?:(?!\n\n).)+", re.DOTALL)
SHORT = 12
"""A text of so many parts is shown whole."""
NEAR = 3
"""Of a longer one, so many parts around the linked words, and at its beginning."""
FEWEST = 4
"""Fewer parts than these are not worth folding."""
ELSEWHERE = ("Title", "Version", "SHA-256")

Numbered = Sequence[tuple[int, Excerpt]]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or a segment, as it is shown; `at` is when it is heard."""

    html: Html
    linked: bool
    at: str = ""


def texts(view: ClaimView) -> Iterator[Html]:
    """Statements in one column and recordings in the other, where there are both."""
    numbered = list(enumerate(view.excerpts, start=1))
    both = view.statements and view.recordings
    yield start("div", class_="beside" if both else "alone")
    for title, targets in (("Statements", view.statements), ("Recordings", view.recordings)):
        if targets:
            yield start("div", class_="column")
            yield el("h4", title)
            for target in targets:
                mine = [(n, excerpt) for n, excerpt in numbered if excerpt.target == target.id]
                yield from _card(target, mine, view)
            yield Html("</div>")
    yield Html("</div>")
    yield from _missing(view, numbered)


def _card(target: Target, mine: Numbered, view: ClaimView) -> Iterator[Html]:
    kind = "Recording" if isinstance(target, Recording) else "Statement"
    yield start("section", class_="text-card")
    yield el("h5", bdi(target.title) if target.title else "Without a title")
    dated = target.date
    if isinstance(target, Recording):
        dated = f"released {target.released}" if target.released else "release date unknown"
    yield el(
        *("p", kind, " ", bdi(target.id), ", ", bdi(target.source.name), ", "),
        *(bdi(dated or "date unknown"),),
        class_="small",
    )
    if held(target):
        yield el("p", held(target), class_="loud")
    if not mine:
        yield el("p", "No words of this text are linked to the claim.", class_="small")
    marks = marks_of(mine)
    body = _segments(target, marks) if isinstance(target, Recording) else _prose(target, marks)
    yield from body
    yield from _excerpts(target, mine)
    said = fields(target, view.findings)
    rows = [(name, _value(name, value)) for name, value in said if name not in ELSEWHERE]
    rows.append(("Grade of the source", grade(target.source, view)))
    if credibility(target, view):
        rows.append(("Grade of what it says here", credibility(target, view)))
    yield from facts(rows)
    yield Html("</section>")


def _value(name: str, value: str) -> str:
    if name == "Address" and value:
        return address(value)
    if name in ("Source", "Released by") or (name.startswith("Speaker ") and value):
        # A sentence of ours around a name, whichever way the name is written.
        return el("span", outside(value), dir="ltr")
    return value


def _prose(statement: Statement, marks: list[Mark]) -> Iterator[Html]:
    yield start("div", class_="pair" if statement.translation else "single")
    yield start(
        "div", class_=f"prose held-{statement.held}", lang=lang(statement.language), dir="auto"
    )
    parts = [
        Part(
            el("p", marked(found[0].strip("\n"), _begin(found), marks), dir="auto"),
            any(mark.touches(*found.span()) for mark in marks),
        )
        for found in PARAGRAPH.finditer(statement.text)
    ]
    yield from _folded(parts, "paragraphs")
    yield Html("</div>")
    if statement.translation:
        into = statement.translation_language
        yield start("div", class_="translated")
        yield el("p", "Translation (", bdi(into), ")", class_="small")
        yield block("div", statement.translation, "prose translation", into)
        yield Html("</div>")
    yield Html("</div>")


def _begin(found: re.Match[str]) -> int:
    return found.start() + len(found[0]) - len(found[0].lstrip("\n"))


def _segments(recording: Recording, marks: list[Mark]) -> Iterator[Html]:
    yield from _voices(recording)
    parts, at = [], 0
    for segment in recording.segments:
        end = at + len(segment.text)
        parts.append(
            Part(
                _segment(segment, recording, marked(segment.text, at, marks)),
                any(mark.touches(at, end) for mark in marks),
                "" if segment.start_ms is None else media(segment.start_ms),
            )
        )
        at = end + 1
    yield start("div", class_=f"segments held-{recording.held}")
    yield from _folded(parts, "segments")
    yield Html("</div>")


def _voices(recording: Recording) -> Iterator[Html]:
    unsaid = []
    if not any(segment.speaker for segment in recording.segments):
        unsaid.append("Who speaks is not held for any segment.")
    if all(segment.start_ms is None for segment in recording.segments):
        unsaid.append("No times are held.")
    if unsaid:
        yield el("p", " ".join(unsaid), class_="small")


def _segment(segment: Segment, recording: Recording, words: Html) -> Html:
    names = {speaker.label: speaker.name for speaker in recording.speakers}
    head: list[str] = []
    if segment.start_ms is not None:
        until = "" if segment.end_ms is None else f"–{media(segment.end_ms, exact=True)}"
        head.append(el("span", media(segment.start_ms, exact=True), until, class_="time"))
    if segment.speaker:
        name = names.get(segment.speaker, "")
        named = [" ", bdi(name)] if name else [" (name unknown)"]
        # A label that is the name already is not said twice.
        named = [] if name == segment.speaker else named
        head.append(el("span", bdi(segment.speaker), *named, class_="speaker"))
    original = el("p", words, class_="original", lang=lang(recording.language), dir="auto")
    body = [original]
    if segment.translation:
        into = recording.translation_language
        body.append(block("p", segment.translation, "translation", into))
    elif is_translated(recording):
        body.append(el("p", "not translated", class_="unknown"))
    return el(
        "div",
        *([el("p", join(head, " "), class_="head")] if head else []),
        el("div", *body, class_="pair"),
        *([noted(segment.note)] if segment.note else []),
        class_="segment",
    )


def _folded(parts: list[Part], name: str) -> Iterator[Html]:
    """The parts, with long runs of those that nothing is linked to folded away."""
    shown = _near(parts)
    at = 0
    while at < len(parts):
        end = at
        while end < len(parts) and shown[end] == shown[at]:
            end += 1
        run = parts[at:end]
        if shown[at] or len(run) < FEWEST:
            yield from (part.html for part in run)
        else:
            yield start("details")
            times = f", {run[0].at} to {run[-1].at}" if run[0].at and run[-1].at else ""
            yield el("summary", f"{len(run)} {name} with no linked words{times}: folded")
            yield from (part.html for part in run)
            yield Html("</details>")
        at = end


def _near(parts: list[Part]) -> list[bool]:
    if len(parts) <= SHORT:
        return [True] * len(parts)
    shown = [False] * len(parts)
    linked = [n for n, part in enumerate(parts) if part.linked] or [0]
    for n in linked:
        for near in range(max(n - NEAR, 0), min(n + NEAR + 1, len(parts))):
            shown[near] = True
    return shown


def _excerpts(target: Target | None, mine: Numbered) -> Iterator[Html]:
    if not mine:
        return
    yield start("ol", class_="excerpts")
    for n, excerpt in mine:
        yield _excerpt(n, excerpt, target)
    yield Html("</ol>")


def _excerpt(n: int, excerpt: Excerpt, target: Target | None) -> Html:
    language = target.language if target else ""
    said = [el("span", f"{n} {excerpt.stance.value}", class_=f"ref {excerpt.stance.value}")]
    if excerpt.start_ms is not None:
        until = "" if excerpt.end_ms is None else f" to {media(excerpt.end_ms, exact=True)}"
        said.append(el("span", f" at {media(excerpt.start_ms, exact=True)}{until}"))
    said.append(
        el("span", " linked by ", bdi(excerpt.reader))
        if excerpt.reader
        else el("span", " linked in the case as imported")
    )
    rows: list[str] = [el("p", *said, class_="small")]
    if excerpt.orphan:
        rows.append(el("p", ORPHAN, class_="loud"))
    rows.append(block("blockquote", excerpt.exact, "quote", language))
    rows += _translations(excerpt, target)
    if excerpt.note:
        rows.append(noted(excerpt.note))
    return el("li", *rows)


def _translations(excerpt: Excerpt, target: Target | None) -> Iterable[Html]:
    if not isinstance(target, Recording):
        return
    segments = under(target, excerpt.start, excerpt.end)
    translation = "\n".join(s.translation for s in segments if s.translation)
    if translation:
        into = target.translation_language
        yield el("p", "Translation (", bdi(into), ") of the whole segments:", class_="small")
        yield block("blockquote", translation, "quote translation", into)


def _missing(view: ClaimView, numbered: Numbered) -> Iterator[Html]:
    held_here = {target.id for target in view.targets}
    lost = [(n, excerpt) for n, excerpt in numbered if excerpt.target not in held_here]
    if not lost and not view.missing:
        return
    yield start("section", class_="text-card")
    yield el("h5", "Texts that are named but not in the case")
    for id_ in dict.fromkeys([*view.missing, *(excerpt.target for _, excerpt in lost)]):
        yield el("p", bdi(id_))
    yield from _excerpts(None, lost)
    yield Html("</section>")
