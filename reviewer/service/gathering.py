"""The claims of a filter as the text of a file, counted on their way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reviewer.casefile import ledger
from reviewer.model.claims import ClaimView
from reviewer.model.entry import FINDINGS, Kind
from reviewer.model.errors import ReviewerError
from reviewer.model.evidence import Source, Target
from reviewer.model.findings import Finding
from reviewer.service.ageing import changes
from reviewer.service.asking import completed, unknown
from reviewer.service.grading import uses_grades
from reviewer.service.listing import every_row
from reviewer.service.session import ALL, Filter, Session

if TYPE_CHECKING:
    from reviewer.model.sections import Section

SHOWN = 20
"""So many claims that cannot be published are named one by one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked of an export beside its format.

    `table` is a kind of `model.tables`; `publisher`, `publisher_url`, `base_url`, `language`
    and `draft` are for ClaimReview; `organisation` is for a bag.
    """

    table: str = ""
    publisher: str = ""
    publisher_url: str = ""
    base_url: str = ""
    language: str = ""
    draft: bool = False
    organisation: str = ""


class Gathered:
    """The claims of a filter. `claims` and `guarded` are known once the text was taken."""

    def __init__(self, session: Session, filter_: Filter, asked: Asked) -> None:
        # What is read blind goes into no file: it is read as by somebody who is no reader.
        self.session = Session(session.case, "", clock=session.clock)
        self.session.order = session.order
        self.filter = filter_
        self.asked = asked
        self.claims = 0
        self.guarded = 0
        self._told: set[str] = set()

    def text(self, format_name: str) -> Iterator[str]:
        """The text of a file of this format, piece by piece.

        Raises:
            ReviewerError: a claim cannot be published as it stands; says what is missing.
        """
        match format_name:
            case "csv":
                yield from self._csv()
            case "markdown":
                yield from self._markdown()
            case "html":
                yield from self.html()
            case "claimreview":
                yield from self._claimreview()
            case "annotations":
                yield from self._annotations()
            case _:
                yield from self._jsonl_table() if self.asked.table else self.jsonl()

    def _views(self) -> Iterator[ClaimView]:
        known: dict[str, Target | None] = {}
        for row in every_row(self.session, self.filter):
            self.claims += 1
            yield completed(self.session, self.session.view(row.id, known))

    def _found(self) -> Iterator[Finding]:
        """What readers found beside their verdicts, each once."""
        for view in self._views():
            yield from self._fresh(view.findings)
        yield from self._other_findings()

    def _other_findings(self) -> Iterator[Finding]:
        """Those that belong to no claim written, where all of the case was asked for."""
        if self.filter is ALL:
            for kind in sorted(FINDINGS):
                yield from self._fresh(self.session.findings(Kind(kind)))

    def _fresh(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for one in findings:
            if one.id not in self._told:
                self._told.add(one.id)
                yield one

    def _beside(self) -> Callable[[ClaimView], Iterator[Section]]:
        """What readers found beside their verdicts, with nobody's own before another's."""
        from reviewer.service.sections import Sections

        sections, graded = Sections(self.session), uses_grades(self.session)

        def beside(view: ClaimView) -> Iterator[Section]:
            yield from sections(view)
            yield from unknown(view, graded=graded)

        return beside

    def _agreed(self) -> list[tuple[str, str]]:
        """How far the readers of the case agree, where several read the same claims."""
        from reviewer.service.agreeing import agreement, read_twice
        from reviewer.service.telling_agreement import summed_up

        if not read_twice(self.session):
            return []
        found = agreement(self.session, most_pairs=0)
        return summed_up(found.claims, found)

    def _rest(self) -> tuple[Iterable[Target], Iterable[Source]]:
        """What belongs to no claim, where all of the case was asked for."""
        if self.filter is not ALL:
            return (), ()
        return map(self.session.text, self.session.text_ids()), self.session.sources()

    def _csv(self) -> Iterator[str]:
        if self.asked.table:
            from reviewer.writers.csv_tables import Tables

            tables = Tables(self.session.about, self.session.scale, self._found)
            yield from tables.lines(self.asked.table, self._views(), *self._rest())
            self.guarded += tables.guarded
            return
        from reviewer.writers.csv_file import Table

        table = Table(self.session.about, self.session.scale)
        yield from table.lines(self._views())
        self.guarded += table.guarded

    def _jsonl_table(self) -> Iterator[str]:
        from reviewer.model.tables import COLUMNS
        from reviewer.writers import jsonl_file
        from reviewer.writers.csv_tables import Tables

        kind = self.asked.table
        tables = Tables(self.session.about, self.session.scale, self._found)
        rows = tables.rows(kind, self._views(), *self._rest())
        yield from jsonl_file.lines(dict(zip(COLUMNS[kind], row, strict=True)) for row in rows)

    def _markdown(self) -> Iterator[str]:
        from reviewer.writers.markdown import dossier

        session = self.session
        yield from dossier(
            session.about,
            session.scale,
            self._views(),
            at=session.clock(),
            changes=partial(changes, session),
            beside=self._beside(),
            agreed=self._agreed(),
        )

    def html(self) -> Iterator[str]:
        """The dossier as a page."""
        from reviewer.writers.dossier import html

        session = self.session
        yield from html(
            session.about,
            session.scale,
            self._views(),
            at=session.clock(),
            contents=every_row(session, self.filter),
            status=session.status(),
            changes=partial(changes, session),
            beside=self._beside(),
            agreed=self._agreed(),
        )

    def _claimreview(self) -> Iterator[str]:
        from reviewer.writers import claimreview

        asked, about = self.asked, self.session.about
        publisher = claimreview.Publisher(
            asked.publisher, asked.publisher_url, asked.base_url, asked.language
        )
        if not asked.draft:
            lacking = claimreview.missing_for_all(publisher, about)
            for view in self._views():
                of_claim = set(claimreview.missing(view, publisher, about)) - set(lacking)
                lacking += [f"{view.claim.id}: {what}" for what in sorted(of_claim)]
            if lacking:
                raise ReviewerError(_unpublishable(lacking))
            self.claims = 0
        yield from claimreview.lines(
            self._views(), about, self.session.scale, publisher, draft=asked.draft
        )

    def _annotations(self) -> Iterator[str]:
        from reviewer.writers import annotations

        with self.session.case.read() as con:

            def made(id_: str) -> int | None:
                entry = ledger.by_id(con, id_)
                return entry.at if entry else None

            yield from annotations.lines(self._views(), self.session.about, made)

    def jsonl(self) -> Iterator[str]:
        """The case format, with what readers made of it."""
        from reviewer.casefile.outtake import Outtake
        from reviewer.writers import jsonl_file

        with self.session.case.read() as con:
            outtake = Outtake(con)
            yield from jsonl_file.lines([outtake.case()])
            for view in self._views():
                yield from jsonl_file.lines(outtake.claim(view))
                yield from jsonl_file.lines(jsonl_file.judgements(view))
                yield from jsonl_file.lines(map(jsonl_file.found, self._fresh(view.findings)))
            yield from jsonl_file.lines(map(jsonl_file.found, self._other_findings()))
            if self.filter is ALL:
                yield from jsonl_file.lines(outtake.rest())


def _unpublishable(lacking: list[str]) -> str:
    more = f"; and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
    return (
        f"Not written: ClaimReview lacks {'; '.join(lacking[:SHOWN])}{more}."
        " Add --draft to see it all the same."
    )
