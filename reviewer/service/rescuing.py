"""Rescuing a damaged case, and telling people what came back of it and what did not."""

from collections.abc import Iterator

from reviewer.casefile.rescue.bring import Rescued, rescue

__all__ = ["Rescued", "lines", "rescue"]

SHOWN = 10
PLURALS = {"claim": "claims", "statement": "statements", "recording": "recordings"}
PLURALS |= {"source": "sources", "rating": "ratings", "quotation": "excerpts"}


def lines(rescued: Rescued) -> Iterator[str]:
    """What was rescued, and what was not, a sentence a line."""
    held = [_counted(count, table) for table, count in sorted(rescued.evidence.items()) if count]
    entries = _many(rescued.entries, "entry of the ledger", "entries of the ledger")
    yield f"Brought back of '{rescued.title}': {', '.join([entries, *held])}."
    if not rescued.sure:
        yield "No entry says which case it is; it bears the id that it gave itself, if any."
    if rescued.lost_entries:
        lost = _many(rescued.lost_entries, "entry is lost", "entries are lost")
        yield f"At least {lost}; what they undid or replaced may stand again."
    if rescued.orphans:
        yield f"{_many(rescued.orphans, 'entry stands', 'entries stand')} without the one before."
    if rescued.lost_words:
        yield f"The words of {_many(rescued.lost_words, 'entry', 'entries')} are lost."
    if rescued.unsigned:
        yield f"{_many(rescued.unsigned, 'signature', 'signatures')} did not hold and stayed out."
    if rescued.unproven:
        shown = ", ".join(rescued.unproven[:SHOWN])
        more = len(rescued.unproven) - SHOWN
        yield f"Damaged evidence stayed out: {shown}{f' and {more:,} more' if more > 0 else ''}."
    if rescued.lost:
        yield "Import its files again, and merge a backup or another laptop's copy in."
    else:
        yield "Nothing is known to be missing."


def _counted(count: int, table: str) -> str:
    return _many(count, "excerpt" if table == "quotation" else table, PLURALS[table])


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
