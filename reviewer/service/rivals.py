"""Rival accounts: claims that stand against each other, linked by readers.

A link goes both ways and is kept once, under the id that sorts first. Every reader's newest is
in force; of several readers' the newest says how the two stand against each other. No link,
and no verdict on one of the two, ever sets anything on the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.insight.rivals import FALSE, Rivalry, clash, follows, implied, rivalry
from reviewer.model.claims import ClaimView, State
from reviewer.model.entry import Entry, Kind
from reviewer.model.errors import NotFoundError, NothingToDoError, UsageError
from reviewer.model.findings import Finding, newest
from reviewer.model.naming import is_by
from reviewer.service.session import Session
from reviewer.structs import Struct

NOTHING = {
    Rivalry.COMPETE: "Nothing follows from the one for the other.",
    Rivalry.EXCLUDE: "Nothing follows yet; if one of the two is verified, the other cannot be.",
    Rivalry.EITHER: (
        "Nothing follows yet; if one of the two is verified, the other cannot be, and if one is"
        " false, the other must be true."
    ),
}
"""What is said where no verdict leaves anything to the other claim."""


class Rival(Struct):
    """A claim that stands against another. `own`: this reader has linked the two."""

    claim: str
    kind: Rivalry
    reader: str
    own: bool


def pair(one: str, other: str) -> tuple[str, str]:
    """What a link is about and its key: the same from both sides."""
    return (one, other) if one < other else (other, one)


def links(session: Session) -> list[Finding]:
    """Every link of the case that this reader may see."""
    return [one for one in session.findings(Kind.RIVAL) if one.about != one.key]


def rivals(session: Session, claim: str, found: Iterable[Finding] | None = None) -> list[Rival]:
    """What stands against a claim, by id.

    Args:
        session: the reader's.
        claim: its id.
        found: the links of the case, where they were read already.
    """
    held = session.links_of(claim) if found is None else found
    # Another program may have set a claim against itself: that says nothing of two.
    found = [one for one in held if claim in (one.about, one.key) and one.about != one.key]
    own = {(one.about, one.key) for one in found if is_by(one.reader, session.reader)}
    told = [
        Rival(
            one.key if one.about == claim else one.about,
            rivalry(one.value),
            one.reader,
            own=(one.about, one.key) in own,
        )
        for one in newest(found).values()
    ]
    return sorted(told, key=lambda rival: rival.claim)


def oppose(session: Session, view: ClaimView, other: str, kind: Rivalry) -> Entry | None:
    """Record that another claim stands against this one; None where it stands so already.

    Raises:
        NotFoundError: the case has no such claim.
        UsageError: it is the same claim.
    """
    claim = view.claim.id
    if other == claim:
        raise UsageError(f"{claim} cannot stand against itself; name another claim.")
    if not session.has_claim(other):
        raise NotFoundError(f"There is no claim '{other}' in this case.")
    about, key = pair(claim, other)
    mine = [one for one in _between(session, claim, other) if is_by(one.reader, session.reader)]
    if mine and mine[0].value == kind.value:
        return None
    return session.find(Kind.RIVAL, about, key, kind.value, view=view)


def part(session: Session, view: ClaimView, other: str) -> Entry:
    """Take this reader's link between two claims back; another reader's stays.

    Raises:
        NothingToDoError: the reader has linked no such two.
    """
    claim = view.claim.id
    found = _between(session, claim, other)
    if not any(is_by(one.reader, session.reader) for one in found):
        whose = f"; {found[-1].reader} did, and can take it back" if found else ""
        raise NothingToDoError(f"You have not set {other} against {claim}{whose}.")
    about, key = pair(claim, other)
    return session.find(Kind.RIVAL, about, key, None, view=view)


def _between(session: Session, one: str, other: str) -> list[Finding]:
    about, key = pair(one, other)
    return [found for found in session.findings(Kind.RIVAL, about) if found.key == key]


def value_of(view: ClaimView, reader: str) -> str:
    """The verdict that is reasoned from: the reader's own, else the one that stands undisputed."""
    mine = view.mine(reader)
    if mine is not None:
        return mine.value
    if view.row.state is State.ADJUDICATED:
        return view.row.verdict
    values = {verdict.value for verdict in view.verdicts if verdict.standing}
    return values.pop() if len(values) == 1 else ""


def told(rival: Rival, one: ClaimView, other: ClaimView, reader: str) -> list[str]:
    """What follows between two claims from the verdicts on them, as sentences."""
    values = [value_of(one, reader), value_of(other, reader)]
    ids = [one.claim.id, other.claim.id]
    said = [
        follows(rival.kind, ids[n], values[n], ids[1 - n])
        for n in (0, 1)
        if implied(rival.kind, values[n])
    ]
    if not said:
        return [NOTHING[rival.kind]]
    if clash(rival.kind, *values):
        said.append(f"{values[0]} and {values[1]} cannot both stand; look at both again")
    return [f"{words[:1].upper()}{words[1:]}." for words in said]


def after_verdict(session: Session, claim: str, value: str) -> str:
    """What a verdict just given leaves to the rivals of its claim, behind what was said of it.

    Nothing where nothing follows.
    """
    said: list[str] = []
    for rival in rivals(session, claim):
        left = implied(rival.kind, value)
        if not left:
            continue
        must = "cannot be verified" if left == FALSE else "must be true"
        stands = _standing(session, rival)
        if clash(rival.kind, value, stands):
            must += f", and stands as {session.scale.label(stands)}; look at both again"
        said.append(f"Then {rival.claim} {must}: {rival.kind.label}.")
    return "".join(f" {sentence}" for sentence in said)


def _standing(session: Session, rival: Rival) -> str:
    # What came from another laptop may be about a claim that is not held here.
    if not session.has_claim(rival.claim):
        return ""
    return value_of(session.view(rival.claim), session.reader)
