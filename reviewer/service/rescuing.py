"""Rescuing a damaged case, and telling people what came back of it and what did not."""

from collections.abc import Iterator
from pathlib import Path

from reviewer.casefile.rescue import bring
from reviewer.casefile.rescue.bring import Progress, Rescued
from reviewer.service import known
from reviewer.text.units import grouped

SHOWN = 10
PLURALS = {"claim": "claims", "statement": "statements", "recording": "recordings"}
PLURALS |= {"source": "sources", "rating": "ratings", "quotation": "excerpts"}


def rescue(broken: Path, out: Path, *, progress: Progress) -> Rescued:
    """Make a new case of what proves itself of a damaged one; it is one of this device's.

    Raises:
        CaseError: nothing came back, `out` exists, or it cannot be written.
    """
    rescued = bring.rescue(broken, out, progress=progress)
    known.keep(out, rescued.case)
    return rescued


def lines(rescued: Rescued) -> Iterator[str]:
    """What was rescued, and what was not, a sentence a line."""
    held = [_counted(count, table) for table, count in sorted(rescued.evidence.items()) if count]
    entries = grouped(rescued.entries, "entry of the ledger", "entries of the ledger")
    yield f"Brought back of '{rescued.title}': {', '.join([entries, *held])}."
    if not rescued.sure:
        yield "No entry proves which case it is: it bears the id that it gives itself, if any."
    if rescued.lost_entries:
        lost = grouped(rescued.lost_entries, "entry is lost", "entries are lost")
        yield f"At least {lost}; what they undid or replaced may stand again."
    if rescued.orphans:
        yield f"{grouped(rescued.orphans, 'entry stands', 'entries stand')} without the one before."
    if rescued.lost_words:
        yield f"The words of {grouped(rescued.lost_words, 'entry', 'entries')} are lost."
    if rescued.unsigned:
        yield f"{grouped(rescued.unsigned, 'signature', 'signatures')} did not hold and stayed out."
    if rescued.unproven:
        shown = ", ".join(rescued.unproven[:SHOWN])
        more = len(rescued.unproven) - SHOWN
        others = f" and {more:,} more" if more > 0 else ""
        yield f"Evidence that is damaged stayed out: {shown}{others}."
    if rescued.lost:
        yield "Import its files again, and merge a backup or another laptop's copy in."
    else:
        yield "Nothing is known to be missing."


def _counted(count: int, table: str) -> str:
    return grouped(count, "excerpt" if table == "quotation" else table, PLURALS[table])
