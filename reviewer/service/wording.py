"""What ICD 203 does not let stand in the notes and reasons of a dossier, claim by claim."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.insight.wording import first_fault
from reviewer.model.claims import ClaimView
from reviewer.service.listing import every_row
from reviewer.service.session import ALL, Session


def faults_of(session: Session, filter_text: str = "") -> Iterator[str]:
    """A sentence with claim, reader and place for each text that is to be mended.

    Nothing where the case does not go by words of likelihood.

    Raises:
        FilterError: the filter cannot be understood.
    """
    if not session.rules().likelihood:
        return
    filter_ = session.filter(filter_text) if filter_text.strip() else ALL
    for row in every_row(session, filter_):
        yield from _of_claim(session.view(row.id))


def _of_claim(view: ClaimView) -> Iterator[str]:
    written = [("note", note.reader, note.text) for note in view.notes if not note.erased]
    standing = [verdict for verdict in view.verdicts if verdict.standing]
    written += [("reason", one.reader, one.words.get("reason", "")) for one in standing]
    for what, reader, text in written:
        fault = first_fault(text)
        if fault:
            yield f"{view.claim.id}, {what} by {reader}: {fault}."
