"""CSV by kind: what a case holds as tables, one for each kind of record.

The columns have the names of the case format (docs/case-format.md), after the case's own
name and whether it is an exercise, so that a sheet on its own still says so. Cells that a
spreadsheet would run are guarded; `text.sheets.original` of each cell gives back what was
exported. Words are whole. A list is one cell, see `text.sheets.listed`.

A table holds what belongs to the claims that are written: each text, source and rating once.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain

from reviewer.model.about import About
from reviewer.model.claims import ClaimView
from reviewer.model.clock import iso, media
from reviewer.model.entry import Kind
from reviewer.model.evidence import Recording, Source, Statement, Target
from reviewer.model.findings import Finding
from reviewer.model.grades import label
from reviewer.model.scale import Scale
from reviewer.model.tables import ABOUT, COLUMNS
from reviewer.text.anchors import telling_context
from reviewer.text.sheets import guard, listed
from reviewer.writers.csv_file import BOM, beside, line, yes_or_no
from reviewer.writers.jsonl_file import OF_FINDING

Cells = Sequence[object]


class Tables:
    """The tables of a case. `guarded` counts the cells that began like a formula.

    `found` gives what readers found beside their verdicts, each once.
    """

    def __init__(
        self, about: About, scale: Scale, found: Callable[[], Iterable[Finding]] = tuple
    ) -> None:
        self._found = found
        self.about = about
        self.scale = scale
        self.guarded = 0
        self._rows: dict[str, Callable[[ClaimView], Iterator[Cells]]] = {
            "claims": _claims,
            "verdicts": self._verdicts,
            "notes": _notes,
            "excerpts": _excerpts,
            "ratings": _ratings,
        }

    def lines(
        self,
        kind: str,
        views: Iterable[ClaimView],
        rest: Iterable[Target] = (),
        sources: Iterable[Source] = (),
    ) -> Iterator[str]:
        """One table, piece by piece: its header first.

        Args:
            kind: one of `KINDS`.
            views: the claims that it is about.
            rest: texts that belong to none of them, where the table is of the whole case.
            sources: sources that published none of them, likewise.
        """
        # Excel takes a file without it for one of the local 8-bit encoding.
        yield BOM + line((*ABOUT, *COLUMNS[kind]))
        case = (self.about.title, yes_or_no(self.about.exercise))
        for row in self.rows(kind, views, rest, sources):
            yield line([self._guard(_cell(value)) for value in (*case, *row)])

    def rows(
        self,
        kind: str,
        views: Iterable[ClaimView],
        rest: Iterable[Target] = (),
        sources: Iterable[Source] = (),
    ) -> Iterator[Cells]:
        """The rows of one table as values in the order of its columns, each record once."""
        if kind == "findings":
            yield from map(_finding, self._found())
            return
        given: set[object] = set()
        of_texts = _OF_TEXTS.get(kind)
        if of_texts is None:
            for view in views:
                yield from self._rows[kind](view)
            return
        for texts, more in chain(
            ((view.targets, [r.source for r in view.ratings]) for view in views),
            (((text,), []) for text in rest),
            (((), [source]) for source in sources),
        ):
            here = set()
            for row in of_texts(texts, more):
                if row[0] not in given:
                    here.add(row[0])
                    yield row
            given |= here

    def _guard(self, cell: str) -> str:
        safe = guard(cell)
        self.guarded += safe != cell
        return safe

    def _verdicts(self, view: ClaimView) -> Iterator[Cells]:
        for v in view.verdicts:
            label, at = self.scale.label(v.value), iso(v.at)
            judged = (v.id, v.claim, v.reader, v.value, label, v.note, at, v.standing, v.stale)
            yield (*judged, v.as_of, *beside(view, v))


def _claims(view: ClaimView) -> Iterator[Cells]:
    c = view.claim
    state = view.row.state.value
    calls = {text.id for text in view.recordings}
    statements = listed([id_ for id_ in view.authored if id_ not in calls])
    recordings = listed([id_ for id_ in view.authored if id_ in calls])
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
        text = view.target(e.target)
        around = (e.prefix, e.suffix)
        if text is not None and e.start is not None and e.end is not None:
            around = telling_context(text.text, e.start, e.end)
        yield (
            *(e.id, e.claim, e.target, e.stance.value, e.exact, *around),
            *(e.start, e.end, *times, e.reader, e.orphan, e.note),
        )


def _statements(texts: Sequence[Target], _more: Sequence[Source]) -> Iterator[Cells]:
    for s in texts:
        if isinstance(s, Statement):
            yield (
                *(s.id, s.version, s.source.id, s.own_origin, s.title, s.date, s.language),
                *(s.held.value, s.url, s.text, s.translation, s.translation_language, s.note),
            )


def _recordings(texts: Sequence[Target], _more: Sequence[Source]) -> Iterator[Cells]:
    for r in texts:
        if isinstance(r, Recording):
            speakers = [asdict(speaker) for speaker in r.speakers]
            yield (
                *(r.id, r.version, r.source.id, r.own_origin, r.title, r.date),
                *(r.released, r.release),
                *(r.language, r.translation_language, r.held.value, r.cuts, r.transcribed_by),
                *(r.translated_by, r.url, r.note),
                json.dumps(speakers, ensure_ascii=False) if speakers else "",
            )


def _segments(texts: Sequence[Target], _more: Sequence[Source]) -> Iterator[Cells]:
    for r in texts:
        if isinstance(r, Recording):
            for s in r.segments:
                times = (_time(s.start_ms), _time(s.end_ms))
                yield (r.id, s.n, *times, s.speaker, s.text, s.translation, s.note)


def _sources(texts: Sequence[Target], more: Sequence[Source]) -> Iterator[Cells]:
    found = [text.source for text in texts] + list(more)
    for s in {source.id: source for source in found}.values():
        yield (s.id, s.name, s.kind, s.origin, s.note)


_OF_TEXTS: dict[str, Callable[[Sequence[Target], Sequence[Source]], Iterator[Cells]]] = {
    "statements": _statements,
    "recordings": _recordings,
    "segments": _segments,
    "sources": _sources,
}


def _ratings(view: ClaimView) -> Iterator[Cells]:
    for r in view.ratings:
        yield (
            *(r.id, r.claim, r.source.id, r.rating, r.value, r.title, r.url),
            *(r.date, r.text, r.note),
        )


def _finding(one: Finding) -> Cells:
    value = one.value if isinstance(one.value, str) else json.dumps(one.value, ensure_ascii=False)
    more = {key: part for key, part in one.data.items() if key not in OF_FINDING}
    words = one.erased or (json.dumps(one.words, ensure_ascii=False) if one.words else "")
    return (
        *(one.id, one.kind, one.about, one.claim, one.key, value),
        label(one.key, value) if one.kind == Kind.GRADE else "",
        *(words, json.dumps(more, ensure_ascii=False) if more else ""),
        *(one.reader, iso(one.at)),
    )


def _time(ms: int | None) -> str:
    return "" if ms is None else media(ms, exact=True)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return yes_or_no(value)
    return "" if value is None else str(value)
