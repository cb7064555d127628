"""Verdicts that age: the day they hold for, another look, opening anew, what changed since."""

from __future__ import annotations

from datetime import date, timedelta

from reviewer.model.claims import ClaimView
from reviewer.model.clock import day, is_day, long_day
from reviewer.model.entry import Draft, Entry, Kind
from reviewer.model.errors import NothingToDoError, UsageError
from reviewer.model.judgements import Verdict
from reviewer.model.naming import is_by
from reviewer.structs import Struct

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.casefile.engine import Connection
    from reviewer.insight.ageing import Basis, Change
    from reviewer.service.looking import Looking
    from reviewer.service.session import Session

AHEAD_MS = 14 * 3_600_000
"""So far ahead of UTC it is a day already somewhere."""
EXAMPLE = "2022-05-24, or +14 for in two weeks"


class Due(Struct):
    """That a claim is due for another look: since when, who wanted it, and why."""

    claim: str
    since: str
    reader: str
    why: str

    @property
    def words(self) -> str:
        """`since 24 May 2022: state media may answer`."""
        why = " ".join(self.why.split())
        return f"since {long_day(self.since)}{f': {why}' if why else ''}"


def checked_as_of(text: str, now_ms: int) -> str:
    """A day as of which a verdict may hold.

    Raises:
        UsageError: it is no day, or has not come yet.
    """
    if not is_day(text):
        raise UsageError(f"'{text}' is not a day; write it as 2022-03-08.")
    if text > day(now_ms + AHEAD_MS):
        raise UsageError(f"{long_day(text)} has not come yet; a verdict holds as of a day past.")
    return text


def wanted_day(text: str, now_ms: int) -> str:
    """A date for another look, from what a reader typed: a day, or in how many days.

    Raises:
        UsageError: it is neither.
    """
    if is_day(text):
        return text
    try:
        if text.startswith("+") and text[1:].isascii():
            return (date.fromisoformat(day(now_ms)) + timedelta(days=int(text[1:]))).isoformat()
    except (OverflowError, ValueError):
        pass
    raise UsageError(f"'{text}' is not a day; write {EXAMPLE}.")


def mind(view: ClaimView, as_of: str) -> str:
    """What to say where a verdict as of a day stands on texts that were published after it."""
    later = [
        text.id
        for text in view.targets
        if (getattr(text, "released", "") or text.date)[: len(as_of)] > as_of
    ]
    return f"Mind that this claim stands with later texts: {', '.join(later)}." if later else ""


def reopen(session: Session, view: ClaimView, why: str = "") -> Entry:
    """Put a claim that was judged back into the queue; its verdicts are stale from now on.

    Raises:
        NothingToDoError: nobody has judged it, or it was put back already.
    """
    standing = [verdict for verdict in view.verdicts if verdict.standing]
    if not standing:
        raise NothingToDoError(f"{view.claim.id} has no verdict; there is nothing to reopen.")
    if all("reopened" in verdict.stale for verdict in standing):
        raise NothingToDoError(f"{view.claim.id} is open again already.")
    words = {"why": why.strip()} if why.strip() else {}
    draft = Draft(Kind.REOPEN, view.claim.id, subject=view.claim.hash, words=words)
    return session.record(draft, view)


def recheck(session: Session, view: ClaimView, when: str, why: str = "") -> Entry:
    """Set the day on which a claim is to be looked at again; an empty one takes it back.

    Raises:
        UsageError: it is no day.
        NothingToDoError: there is none of this reader's to take back.
    """
    id_ = view.claim.id
    if when:
        value = wanted_day(when, session.clock())
        words = {"why": why.strip()} if why.strip() else {}
        return session.find(Kind.RECHECK, id_, "", value, view=view, words=words)
    if not any(is_by(one.reader, session.reader) for one in session.findings(Kind.RECHECK, id_)):
        raise NothingToDoError(f"You have set no date for another look at {id_}.")
    return session.find(Kind.RECHECK, id_, "", None, view=view)


def due_claims(session: Looking) -> list[str]:
    """The claims that are due for another look today."""
    from reviewer.casefile import ageing

    with session.case.read() as con:
        return ageing.due_claims(con, session.reader, day(session.clock()))


def due_on(session: Looking, claim: str) -> Due | None:
    """Whether a claim is due for another look today, and why."""
    from reviewer.casefile import ageing

    with session.case.read() as con:
        entry = ageing.due_on(con, session.reader, claim, day(session.clock()))
    if entry is None:
        return None
    for one in session.findings(Kind.RECHECK, claim):
        if one.id == entry.id:
            return Due(claim, str(one.value), one.reader, one.erased or one.words.get("why", ""))
    return None


def changes(session: Looking, view: ClaimView) -> list[Change]:
    """What changed between each verdict that was replaced and the one that replaced it."""
    if len(view.verdicts) < 2:
        return []
    from reviewer.casefile import ageing
    from reviewer.insight.ageing import change

    # Of the verdicts of others only those are compared that this reader may see.
    me, known = session.reader, {verdict.id: verdict for verdict in view.verdicts}
    with session.case.read() as con:
        return [
            change(*(_basis(con, me, entry, known[entry.id]) for entry in (old, new)))
            for old, new in ageing.replaced(con, me, view.claim.id)
            if old.id in known and new.id in known
        ]


def _basis(con: Connection, reader: str, entry: Entry, verdict: Verdict) -> Basis:
    from reviewer.casefile import ageing
    from reviewer.insight.ageing import Basis

    saw, cited = entry.data.get("saw"), entry.data.get("excerpts")
    texts = {id_: str(hash_) for id_, hash_ in saw.items()} if isinstance(saw, dict) else {}
    ids = list(map(str, cited)) if isinstance(cited, list) else []
    quoted = {id_: ageing.quoted(con, reader, id_) for id_ in ids}
    return Basis(
        verdict,
        ageing.worded(con, entry.claim, entry.subject or ""),
        {id_: ageing.seen(con, id_, hash_) for id_, hash_ in texts.items()},
        {id_: one for id_, one in quoted.items() if one is not None},
    )
