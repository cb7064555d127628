"""Asking for second readings: of a claim, of many, of every claim of the case."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.model.blind import READERS
from reviewer.model.claims import ClaimView
from reviewer.model.entry import Draft, Entry, Kind
from reviewer.model.findings import newest
from reviewer.model.method import READINGS
from reviewer.model.naming import is_by
from reviewer.service.listing import every_row
from reviewer.service.session import Filter, Session

AT_ONCE = 500
"""So many requests are recorded in one transaction."""


def ask(session: Session, view: ClaimView) -> Entry | None:
    """Ask for a second, blind reading of a claim; None where this reader has asked already.

    From then on what was recorded on it is shown to its writers alone, until two readers have
    judged it. Who has judged it says by asking that another reader is wanted.
    """
    mine = [
        one
        for one in session.findings(Kind.READINGS, view.claim.id)
        if is_by(one.reader, session.reader)
    ]
    first = view.mine(session.reader) is not None
    if mine and bool(mine[-1].data.get("first")) == first:
        return None
    more = {"first": first}
    return session.find(Kind.READINGS, view.claim.id, "", READERS, view=view, more=more)


def ask_for_all(
    session: Session, filter_: Filter, progress: Callable[[int], None] = lambda _: None
) -> int:
    """Ask for two readings of every claim of a filter that has no such request yet.

    Returns:
        For how many claims it was asked.
    """
    from reviewer.casefile import acts

    asked = {one.about for one in session.findings(Kind.READINGS)}
    drafts = [
        Draft(Kind.READINGS, row.id, data={"about": row.id, "key": "", "value": READERS})
        for row in every_row(session, filter_)
        if row.id not in asked
    ]
    for n in range(0, len(drafts), AT_ONCE):
        some = drafts[n : n + AT_ONCE]
        acts.record_all(session.case, session.reader, some, clock=session.clock)
        progress(n + len(some))
    return len(drafts)


def rule(session: Session) -> int:
    """How many readings the case asks for of every claim."""
    found = newest(session.findings(Kind.METHOD, "")).get(("", READINGS))
    return found.value if found and isinstance(found.value, int) else 1


def set_rule(session: Session, readings: int) -> Entry | None:
    """Ask for so many readings of every claim from now on; None where it is so already."""
    if rule(session) == readings:
        return None
    return session.find(Kind.METHOD, "", READINGS, readings)


def now_seen(session: Session, entry: Entry) -> bool:
    """Whether a verdict was the one that brought both readings to light."""
    return "readings" in entry.data and not session.view(entry.claim).blind


def what_of_the_other(session: Session, entry: Entry, key: str) -> str:
    """What a reader is told after a verdict where two are wanted; `key` shows both."""
    if now_seen(session, entry):
        from reviewer.service.adjudicating import readings, too_few

        view = session.view(entry.claim)
        if len(readings(view)) < READERS:
            return too_few(view)
        return f"Now both readings are in; {key} shows them."
    return "It waits for another reader."
