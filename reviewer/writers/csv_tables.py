"""CSV by kind: what a case holds as tables, one for each kind of record.

The columns have the names of the case format (docs/case-format.md), after the case's own
name and whether it is an exercise, so that a sheet on its own still says so. Cells that a
spreadsheet would run are guarded as in `csv_file`; `csv_file.original` of each cell gives
back what was exported. Words are whole. A list is one cell, see `listed`.

A table holds what belongs to the claims that are written: each text, source and rating once.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from reviewer.model.clock import iso, media
from reviewer.model.scale import Scale
from reviewer.model.words import About, ClaimView
from reviewer.writers.csv_file import BOM, guard, line, yes_or_no

ABOUT = ("case", "exercise")
COLUMNS: dict[str, tuple[str, ...]] = {
    "claims": (
        *("id", "text", "claimant", "date", "priority", "tags", "parent", "context"),
        *("statements", "recordings", "state"),
    ),
    "verdicts": ("id", "claim", "reader", "value", "label", "note", "at", "standing", "stale"),
    "notes": ("id", "claim", "reader", "text", "at"),
    "excerpts": (
        *("id", "claim", "target", "stance", "exact", "prefix", "suffix", "start", "end"),
        *("start_time", "end_time", "reader", "orphan", "note"),
    ),
    "statements": (
        *("id", "version", "source", "origin", "title", "date", "language", "held", "url"),
        *("text", "translation", "translation_language", "note"),
    ),
    "recordings": (
        *("id", "version", "source", "origin", "title", "date", "released", "release"),
        *("language", "translation_language", "held", "cuts", "transcribed_by"),
        *("translated_by", "url", "note", "speakers"),
    ),
    "segments": ("recording", "n", "start", "end", "speaker", "text", "translation", "note"),
    "sources": ("id", "name", "kind", "origin", "note"),
    "ratings": (
        *("id", "claim", "source", "rating", "value", "title", "url", "date", "text", "note"),
    ),
}
KINDS = tuple(COLUMNS)
SHARED = ("statements", "recordings", "segments", "sources")
SEPARATOR = "; "

Cells = Sequence[object]


class Tables:
    """The tables of a case. `guarded` counts the cells that began like a formula."""

    def __init__(self, about: About, scale: Scale) -> None:
        self.about = about
        self.scale = scale
        self.guarded = 0
        self._rows: dict[str, Callable[[ClaimView], Iterator[Cells]]] = {
            "claims": _claims,
            "verdicts": self._verdicts,
            "notes": _notes,
            "excerpts": _excerpts,
            "statements": _statements,
            "recordings": _recordings,
            "segments": _segments,
            "sources": _sources,
            "ratings": _ratings,
        }

    def lines(self, kind: str, views: Iterable[ClaimView]) -> Iterator[str]:
        """One table, piece by piece: its header first.

        Args:
            kind: one of `KINDS`.
            views: the claims that it is about.
        """
        # Excel takes a file without it for one of the local 8-bit encoding.
        yield BOM + line((*ABOUT, *COLUMNS[kind]))
        case = (self.about.title, yes_or_no(self.about.exercise))
        for row in self.rows(kind, views):
            yield line([self._guard(_cell(value)) for value in (*case, *row)])

    def rows(self, kind: str, views: Iterable[ClaimView]) -> Iterator[Cells]:
        """The rows of one table as values in the order of its columns, each record once."""
        given: set[object] = set()
        for view in views:
            here = set()
            for row in self._rows[kind](view):
                if row[0] not in given:
                    here.add(row[0])
                    yield row
            if kind in SHARED:
                given |= here

    def _guard(self, cell: str) -> str:
        safe = guard(cell)
        self.guarded += safe != cell
        return safe

    def _verdicts(self, view: ClaimView) -> Iterator[Cells]:
        for v in view.verdicts:
            label, at = self.scale.label(v.value), iso(v.at)
            yield (v.id, v.claim, v.reader, v.value, label, v.note, at, v.standing, v.stale)


def listed(values: Sequence[str]) -> str:
    """A list as one cell: `a; b`, or as JSON where that could be read as another list."""
    plain = SEPARATOR.join(values)
    return plain if unlisted(plain) == list(values) else json.dumps(values, ensure_ascii=False)


def unlisted(cell: str) -> list[str]:
    """The list that stands in a cell."""
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(value, str) for value in found):
            return found
    return cell.split(SEPARATOR) if cell else []


def _claims(view: ClaimView) -> Iterator[Cells]:
    c = view.claim
    state = view.row.state.value
    statements = listed([text.id for text in view.statements])
    recordings = listed([text.id for text in view.recordings])
    tags = listed(c.tags)
    yield (
        *(c.id, c.text, c.claimant, c.date, c.priority, tags, c.parent, c.context),
        *(statements, recordings, state),
    )


def _notes(view: ClaimView) -> Iterator[Cells]:
    for n in view.notes:
        yield (n.id, view.claim.id, n.reader, n.text, iso(n.at))


def _excerpts(view: ClaimView) -> Iterator[Cells]:
    for e in view.excerpts:
        times = (_time(e.start_ms), _time(e.end_ms))
        yield (
            *(e.id, e.claim, e.target, e.stance.value, e.exact, e.prefix, e.suffix),
            *(e.start, e.end, *times, e.reader, e.orphan, e.note),
        )


def _statements(view: ClaimView) -> Iterator[Cells]:
    for s in view.statements:
        yield (
            *(s.id, s.version, s.source.id, s.origin, s.title, s.date, s.language),
            *(s.held.value, s.url, s.text, s.translation, s.translation_language, s.note),
        )


def _recordings(view: ClaimView) -> Iterator[Cells]:
    for r in view.recordings:
        speakers = [{"label": s.label, "name": s.name, "known_by": s.known_by} for s in r.speakers]
        yield (
            *(r.id, r.version, r.source.id, r.origin, r.title, r.date, r.released, r.release),
            *(r.language, r.translation_language, r.held.value, r.cuts, r.transcribed_by),
            *(r.translated_by, r.url, r.note),
            json.dumps(speakers, ensure_ascii=False) if speakers else "",
        )


def _segments(view: ClaimView) -> Iterator[Cells]:
    for r in view.recordings:
        for s in r.segments:
            times = (_time(s.start_ms), _time(s.end_ms))
            yield (r.id, s.n, *times, s.speaker, s.text, s.translation, s.note)


def _sources(view: ClaimView) -> Iterator[Cells]:
    found = [text.source for text in view.targets] + [rating.source for rating in view.ratings]
    for s in {source.id: source for source in found}.values():
        yield (s.id, s.name, s.kind, s.origin, s.note)


def _ratings(view: ClaimView) -> Iterator[Cells]:
    for r in view.ratings:
        yield (
            *(r.id, r.claim, r.source.id, r.rating, r.value, r.title, r.url),
            *(r.date, r.text, r.note),
        )


def _time(ms: int | None) -> str:
    if ms is None:
        return ""
    return f"-{media(-ms, exact=True)}" if ms < 0 else media(ms, exact=True)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return yes_or_no(value)
    return "" if value is None else str(value)
