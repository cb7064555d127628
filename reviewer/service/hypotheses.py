"""Competing hypotheses of a claim: added, weighed against its excerpts, supposed to be staged.

A hypothesis is everybody's and changed by its writer alone; a rating is each reader's own.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from reviewer.insight.hypotheses import (
    CLAIM,
    DECEPTION,
    MOST,
    Hypothesis,
    Matrix,
    Rating,
    filled,
)
from reviewer.model.canonical import Json
from reviewer.model.claims import ClaimView
from reviewer.model.entry import Entry, Kind
from reviewer.model.errors import NotFoundError, UsageError
from reviewer.model.evidence import Excerpt, Stance
from reviewer.model.findings import Finding, newest
from reviewer.model.naming import is_by
from reviewer.service.session import Session

LONGEST = 300
"""Characters: what a hypothesis says, and no argument for it."""
SHORTEST = 6
"""So many characters of an id name an excerpt."""


def matrix(session: Session, view: ClaimView) -> Matrix:
    """The matrix of a claim as this reader sees it."""
    return filled(view, session.findings_of(view.claim.id), session.reader)


def add(session: Session, view: ClaimView, text: str) -> Entry:
    """Put another explanation beside the claim itself.

    Raises:
        UsageError: it says nothing, too much, what another says, or there are five already.
    """
    held = matrix(session, view).hypotheses
    words = _checked(text, held)
    if len(held) >= MOST:
        raise UsageError(
            f"{view.claim.id} has {len(held)} hypotheses; more than {MOST} cannot be weighed side"
            " by side: take one away first."
        )
    found = [one.value for one in _added(session, view)]
    number = 1 + max((value for value in found if isinstance(value, int)), default=1)
    key = secrets.token_hex(4)
    return session.find(
        Kind.HYPOTHESIS, view.claim.id, key, number, view=view, words={"text": words}
    )


def reword(session: Session, view: ClaimView, one: Hypothesis, text: str) -> Entry | None:
    """Word a hypothesis of this reader's anew; None where it says so already.

    Raises:
        UsageError: it is not this reader's, or says nothing, too much, or what another says.
    """
    check_own(session, one)
    if " ".join(text.split()) == one.text:
        return None
    others = [held for held in matrix(session, view).hypotheses if held.key != one.key]
    words = _checked(text, others)
    number = next((held.value for held in _added(session, view) if held.key == one.key), 0)
    return session.find(
        Kind.HYPOTHESIS, view.claim.id, one.key, number, view=view, words={"text": words}
    )


def remove(session: Session, view: ClaimView, one: Hypothesis) -> Entry:
    """Take a hypothesis of this reader's away; its ratings come back with it.

    Raises:
        UsageError: it is not this reader's.
    """
    check_own(session, one)
    return session.find(Kind.HYPOTHESIS, view.claim.id, one.key, None, view=view)


def rate(
    session: Session, view: ClaimView, excerpt: Excerpt, one: Hypothesis, rating: Rating
) -> Entry | None:
    """Rate an item against a hypothesis; None where this reader's rating is that already.

    `Rating.UNKNOWN` takes the reader's own rating back.

    Raises:
        UsageError: it is another reader's excerpt, and the claim is read blind.
    """
    _told(excerpt)
    value = None if rating is Rating.UNKNOWN else rating.value
    if _mine(session, view).get((excerpt.id, one.key)) == value:
        return None
    return session.find(Kind.WEIGH, excerpt.id, one.key, value, view=view)


def suppose(session: Session, view: ClaimView, excerpt: Excerpt, *, on: bool) -> Entry | None:
    """Suppose an item to be deception, or no longer; None where it is so already.

    Raises:
        UsageError: it is another reader's excerpt, and the claim is read blind.
    """
    _told(excerpt)
    value = True if on else None
    if _mine(session, view).get((excerpt.id, DECEPTION)) == value:
        return None
    return session.find(Kind.WEIGH, excerpt.id, DECEPTION, value, view=view)


def hypothesis(held: Matrix, name: str) -> Hypothesis:
    """A hypothesis by its label (`H2`, `2`) or its key.

    Raises:
        NotFoundError: there is none.
    """
    wanted = name.strip().casefold()
    for n, one in enumerate(held.hypotheses, start=1):
        if wanted in (f"h{n}", str(n), one.key):
            return one
    labels = ", ".join(f"H{n}" for n in range(1, len(held.hypotheses) + 1))
    raise NotFoundError(f"There is no hypothesis '{name}' here; there is: {labels}.")


def excerpt_of(view: ClaimView, name: str) -> Excerpt:
    """An excerpt by its number on the claim, from 1, or by the beginning of its id.

    Raises:
        NotFoundError: there is none, or more than one begins so.
    """
    wanted = name.strip()
    if wanted.isdecimal() and 0 < int(wanted) <= len(view.excerpts):
        return view.excerpts[int(wanted) - 1]
    # A number that is none of them must not be taken for the beginning of an id.
    named = len(wanted) >= SHORTEST
    found = [one for one in view.excerpts if named and one.id.startswith(wanted)]
    if len(found) != 1:
        raise NotFoundError(
            f"{view.claim.id} has no excerpt '{name}'; it has {len(view.excerpts)}, counted from 1."
        )
    return found[0]


def _added(session: Session, view: ClaimView) -> list[Finding]:
    return list(newest(session.findings(Kind.HYPOTHESIS, view.claim.id)).values())


def _mine(session: Session, view: ClaimView) -> dict[tuple[str, str], Json]:
    """This reader's own ratings and suppositions on a claim."""
    found = session.findings_of(view.claim.id)
    return {
        (one.about, one.key): one.value
        for one in found
        if one.kind == Kind.WEIGH and is_by(one.reader, session.reader)
    }


def _told(excerpt: Excerpt) -> None:
    # It has no id of its own until its reader and its stance are told.
    if excerpt.stance is Stance.UNTOLD:
        raise UsageError(
            "This excerpt is another reader's, and the claim is read blind: weigh it once both"
            " verdicts are in, or make your own excerpt of these words."
        )


def check_own(session: Session, one: Hypothesis) -> None:
    """Whether this reader may change a hypothesis.

    Raises:
        UsageError: it is the claim itself, or another reader's.
    """
    if one.key == CLAIM:
        raise UsageError("The first hypothesis is the claim itself; it cannot be changed here.")
    if not is_by(one.reader, session.reader):
        raise UsageError(f"This hypothesis is {one.reader}'s; only its writer can change it.")


def _checked(text: str, others: Iterable[Hypothesis]) -> str:
    words = " ".join(text.split())
    if not words:
        raise UsageError("A hypothesis needs words.")
    if len(words) > LONGEST:
        raise UsageError(f"A hypothesis has at most {LONGEST} characters; this has {len(words)}.")
    if words.casefold() in (other.text.casefold() for other in others):
        raise UsageError("Another hypothesis here says just that.")
    return words
