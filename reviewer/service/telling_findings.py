"""Findings and adjudications of the ledger as sentences, for the log."""

from collections.abc import Callable

from reviewer.model.clock import long_day
from reviewer.model.entry import Entry, Kind
from reviewer.model.scale import Scale


def _reopened(entry: Entry) -> str:
    return f"{entry.claim} reopened{_because(entry)}"


def _recheck(entry: Entry) -> str:
    when = entry.data.get("value")
    if when is None:
        return f"no other look at {entry.data['about']} is due"
    return f"{entry.data['about']} to be looked at again on {long_day(str(when))}{_because(entry)}"


def _because(entry: Entry) -> str:
    why = entry.erased or " ".join(entry.words.get("why", "").split())
    return f": {why}" if why else ""


AGEING: dict[str, Callable[[Entry], str]] = {Kind.REOPEN: _reopened, Kind.RECHECK: _recheck}


def finding(entry: Entry, scale: Scale) -> str:
    """What a finding or an adjudication recorded, in a few words."""
    if entry.kind == Kind.ADJUDICATE:
        reason = _few(entry) or (", with a reason" if entry.words.get("reason") else "")
        return f"{entry.claim} adjudicated: {scale.label(str(entry.data['value']))}{reason}"
    if entry.kind in AGEING:
        return AGEING[entry.kind](entry)
    if entry.kind == Kind.READINGS:
        asked = "a second reading" if entry.data.get("value") else "no second reading any more"
        return f"asked for {asked} of {entry.claim}"
    if entry.kind in (Kind.RIVAL, Kind.HYPOTHESIS, Kind.WEIGH):
        return _against(entry)
    if entry.kind in (Kind.GRADE, Kind.CARD, Kind.QUESTION):
        return _gap(entry)
    about = str(entry.data.get("about", "") or entry.claim or "the case")
    value = entry.data.get("value")
    key = str(entry.data.get("key", ""))
    if entry.kind == Kind.ORIGIN:
        return f"origin of {about}: {'as the case has it' if value is None else value}"
    said = "taken back" if value is None else str(value)
    return f"{entry.kind.replace('_', ' ')} of {about}{f', {key}' if key else ''}: {said}"


def _against(entry: Entry) -> str:
    # Only a log that has them needs their words.
    from reviewer.service import telling_against as told

    tell = {Kind.RIVAL: told.rival, Kind.HYPOTHESIS: told.hypothesis, Kind.WEIGH: told.weighing}
    return tell[Kind(entry.kind)](entry)


def _gap(entry: Entry) -> str:
    from reviewer.service import telling_gaps as told

    tell = {Kind.GRADE: told.grade, Kind.CARD: told.card, Kind.QUESTION: told.question}
    return tell[Kind(entry.kind)](entry)


def _few(entry: Entry) -> str:
    """On how few origins an adjudication rests; the reason may be that of a reading it shares."""
    asked, names = entry.data.get("origins_asked"), entry.data.get("origins")
    if not isinstance(asked, int) or not isinstance(names, list):
        return ""
    from reviewer.insight.origins import rests

    why = " ".join(entry.words.get("reason", "").split())
    return f"; it {rests(len(names), asked)}{f': {why}' if why else ''}"


def grounds_of(entry: Entry) -> str:
    """On how few origins a verdict rests and why, its likelihood and its confidence."""
    data = entry.data
    if not data.keys() & {"origins_asked", "likelihood", "confidence"}:
        return ""
    from reviewer.insight.origins import recorded_basis
    from reviewer.model.likelihood import sentences

    few = recorded_basis(data, entry.words)
    estimates = " ".join(sentences(data)).removesuffix(".")
    return f"{f'; it {few}' if few else ''}{f'. {estimates}' if estimates else ''}"
