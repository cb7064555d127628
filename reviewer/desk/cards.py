"""What `i`, `t` and `y` show, as rows of runs. Unknowns are listed as unknown."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from reviewer.desk.documents import clock
from reviewer.desk.paint import BOLD, PLAIN, REMARK, Run
from reviewer.model.scale import Scale
from reviewer.model.words import (
    Claim,
    ClaimView,
    Excerpt,
    Held,
    LogLine,
    Recording,
    Statement,
    Target,
)
from reviewer.text.display import display
from reviewer.text.wrap import wrap

Rows = list[list[Run]]

HELD = {
    Held.VERBATIM: "word for word",
    Held.TRANSLATION: "a translation; the original words are not held",
    Held.PARAPHRASE: "a PARAPHRASE: somebody's words about it, not its own",
}
RELEASE = {"full": "in full", "part": "in part", "unknown": "unknown whether in full"}
LABEL_WIDTH = 14


def labelled(pairs: Iterable[tuple[str, str]], width: int) -> Rows:
    """Rows of `label  value`, the value wrapped beside its label; an empty one is unknown."""
    rows: Rows = []
    for label, value in pairs:
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


def claim_card(claim: Claim, width: int) -> Rows:
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
    return labelled(pairs, width)


def target_card(target: Target, width: int) -> Rows:
    """The source card of a statement, or the intercept card of a recording."""
    if isinstance(target, Statement):
        return labelled(_statement(target), width)
    return labelled(_recording(target), width)


def _statement(statement: Statement) -> Iterator[tuple[str, str]]:
    source = statement.source
    yield "Statement", statement.id
    yield "Title", statement.title
    yield "Source", f"{source.name} ({source.kind})"
    yield "Origin", statement.origin
    yield "Published", statement.date
    yield "Language", statement.language
    yield "Held as", HELD[statement.held]
    yield "Address", statement.url
    yield from _common(statement)


def _recording(recording: Recording) -> Iterator[tuple[str, str]]:
    source = recording.source
    yield "Recording", recording.id
    yield "Title", recording.title
    yield "Released by", f"{source.name} ({source.kind}), {RELEASE[recording.release]}"
    yield "Origin", recording.origin
    yield "Released", recording.released
    yield "Call took place", recording.date
    yield "Language", recording.language
    yield "Held as", HELD[recording.held]
    yield "Cuts", recording.cuts
    yield "Transcribed by", recording.transcribed_by
    yield "Translated by", recording.translated_by
    if not recording.speakers:
        yield "Speakers", ""
    for speaker in recording.speakers:
        name = speaker.name or "name unknown"
        yield (
            f"Speaker {display(speaker.label, newlines=False)}"[:13],
            (f"{name}; known by: {speaker.known_by}"),
        )
    yield "Address", recording.url
    yield from _common(recording)


def _common(target: Target) -> Iterator[tuple[str, str]]:
    if target.note:
        yield "Note", target.note
    if target.source.note:
        yield "Of the source", target.source.note
    yield "Version", str(target.version)
    yield "SHA-256", target.hash


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


def citation(excerpt: Excerpt, target: Target | None) -> str:
    """Where the words of an excerpt come from, in one line."""
    if target is None:
        return f"{excerpt.target}, which this case does not hold"
    date = target.released or target.date if isinstance(target, Recording) else target.date
    parts = [target.source.name, target.title or target.id]
    if date:
        parts.append(date)
    if excerpt.start_ms is not None and excerpt.end_ms is not None:
        parts.append(f"{clock(excerpt.start_ms)}-{clock(excerpt.end_ms)}")
    if target.held is not Held.VERBATIM:
        parts.append(f"held as a {target.held}")
    return ", ".join(parts)


def history(view: ClaimView, log: Iterable[LogLine], scale: Scale, width: int) -> Rows:
    """Everything recorded about a claim, newest last, with what stands now on top."""
    rows: Rows = [[("What stands", BOLD)]]
    standing = [v for v in view.verdicts if v.standing]
    for verdict in standing:
        stale = f"; STALE: {verdict.stale}" if verdict.stale else ""
        words = f"{verdict.reader}: {scale.label(verdict.value)}, {moment(verdict.at)}{stale}"
        rows += paragraph(words, width)
        if verdict.note:
            rows += [[("  ", PLAIN), *row] for row in paragraph(verdict.note, width - 2)]
    if not standing:
        rows.append([("No verdict stands on this claim.", PLAIN)])
    rows += [[], [("What was recorded", BOLD)]]
    lines = list(log)
    for line in reversed(lines):
        undone = " (undone)" if line.undone else ""
        rows += paragraph(f"{moment(line.at)}  {line.reader}: {line.sentence}{undone}", width)
    if not lines:
        rows.append([("Nothing yet.", PLAIN)])
    return rows


def moment(at: int) -> str:
    """A time of the wall clock, here."""
    return f"{datetime.fromtimestamp(at / 1000).astimezone():%Y-%m-%d %H:%M}"
