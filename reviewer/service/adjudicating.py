"""Settling two readings that differ: agreeing with one, a third verdict, or a question back."""

from __future__ import annotations

from reviewer.model.claims import ClaimView, State
from reviewer.model.entry import Draft, Entry, Kind
from reviewer.model.errors import NothingToDoError, UsageError
from reviewer.model.findings import newest
from reviewer.model.judgements import Verdict
from reviewer.model.method import HIDE_NAMES
from reviewer.service.ageing import reopen
from reviewer.service.session import Session


def readings(view: ClaimView) -> list[Verdict]:
    """The verdicts in force that are to be settled, in an order that says nothing of readers."""
    return sorted(
        (v for v in view.verdicts if v.standing and not v.stale), key=lambda verdict: verdict.id
    )


def too_few(view: ClaimView) -> str:
    """Why a claim has no two readings to lay beside each other."""
    standing = [verdict for verdict in view.verdicts if verdict.standing]
    stale = sum(bool(verdict.stale) for verdict in standing)
    if len(standing) > 1:
        are = "is" if stale == 1 else "are"
        return f"{stale} of the {len(standing)} verdicts on {view.claim.id} {are} stale."
    return f"{view.claim.id} has fewer than two verdicts."


def names_hidden(session: Session, view: ClaimView) -> bool:
    """Whether the names of the readers are not to be shown yet."""
    found = newest(session.findings(Kind.METHOD, "")).get(("", HIDE_NAMES))
    return bool(found and found.value) and view.row.state is State.IN_CONFLICT


def named(session: Session, view: ClaimView, n: int) -> str:
    """What the reading of this number is called: by its reader, or by a letter alone."""
    letter = chr(ord("A") + n)
    if names_hidden(session, view):
        return f"Reading {letter}"
    return f"{letter}, {readings(view)[n].reader}"


def agree(session: Session, view: ClaimView, reading: Verdict, reason: str = "") -> Entry:
    """Settle a claim as one of its readings has it.

    Raises:
        NothingToDoError: there is nothing to settle.
        ReasonNeededError: it rests on too few origins, and no reason is given.
    """
    return _adjudicate(session, view, reading.value, reason, agrees=reading.id)


def settle(session: Session, view: ClaimView, value: str, reason: str) -> Entry:
    """Settle a claim by a verdict of its own, with the reason for it.

    Raises:
        NothingToDoError: there is nothing to settle.
        UsageError: no reason was given.
        NotFoundError: the scale has no such value.
    """
    if not reason.strip():
        raise UsageError("A verdict that settles two others needs its reason.")
    named_value = session.scale.named(value).value
    agrees = next((v.id for v in readings(view) if v.value == named_value), "")
    return _adjudicate(session, view, named_value, reason, agrees=agrees)


def send_back(session: Session, view: ClaimView, question: str) -> Entry:
    """Put a claim back before its readers, with a question.

    Raises:
        NothingToDoError: there is nothing to settle.
        UsageError: nothing is asked.
    """
    if not question.strip():
        raise UsageError("What is sent back to its readers needs a question.")
    _differ(view)
    return reopen(session, view, question)


def _differ(view: ClaimView) -> None:
    if view.row.state not in (State.IN_CONFLICT, State.ADJUDICATED):
        raise NothingToDoError(f"On {view.claim.id} readers do not differ; nothing to settle.")


def _adjudicate(
    session: Session, view: ClaimView, value: str, reason: str, *, agrees: str
) -> Entry:
    from reviewer.service.weighing import settled

    _differ(view)
    agreed = next((one for one in readings(view) if one.id == agrees), None)
    few = settled(session.view(view.claim.id), session.scale.named(value), reason, agreed)
    draft = Draft(
        Kind.ADJUDICATE,
        claim=view.claim.id,
        subject=view.claim.hash,
        data={
            "value": value,
            "readings": [one.id for one in readings(view)],
            "agrees": agrees,
            **view.rested_on,
            **few,
        },
        words={"reason": reason.strip()} if reason.strip() else {},
    )
    return session.record(draft, view)
