"""Grades by the Admiralty code: given by two keys, counted as debt where a case uses them."""

from __future__ import annotations

from reviewer.casefile import shelf
from reviewer.model.entry import Entry, Kind
from reviewer.model.errors import UsageError
from reviewer.model.grades import INFORMATION, SOURCE, WORDS, grade_of, graded_sources, on_claim
from reviewer.model.naming import is_by

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.claims import ClaimView
    from reviewer.model.evidence import Source, Target
    from reviewer.model.findings import Finding
    from reviewer.service.looking import Looking
    from reviewer.service.session import Session

OFF = (None, False, 0, "", "off", "no")
TAKE_BACK = "none"
MOST_CLAIMS = 20


def grade_source(
    session: Session, source: Source, value: str | None, why: str = ""
) -> Entry | None:
    """Grade a source's reliability, whatever it publishes.

    Args:
        session: whose grade it is.
        source: the source.
        value: A to F; None takes the reader's own grade back.
        why: the reason, in words that can be erased.

    Returns:
        The entry, or None where the reader's grade is so already.
    """
    if _stands(session, session.findings(Kind.GRADE, source.id), source.id, SOURCE, value, why):
        return None
    words = {"why": why} if why else {}
    return session.find(Kind.GRADE, source.id, SOURCE, value, words=words)


def grade_information(
    session: Session, view: ClaimView, text: Target, value: str | None, why: str = ""
) -> Entry | None:
    """Grade the credibility of what a text says on a claim.

    Args:
        session: whose grade it is.
        view: the claim, as the reader saw it.
        text: the text.
        value: 1 to 6; None takes the reader's own grade back.
        why: the reason, in words that can be erased.

    Returns:
        The entry, or None where the reader's grade is so already.
    """
    key = on_claim(view.claim.id)
    if _stands(session, session.findings(Kind.GRADE, text.id), text.id, key, value, why):
        return None
    words = {"why": why} if why else {}
    return session.find(Kind.GRADE, text.id, key, value, view=view, words=words)


def _stands(
    session: Session,
    findings: list[Finding],
    about: str,
    key: str,
    value: str | None,
    why: str,
) -> bool:
    mine = [
        (one.value, one.words.get("why", ""))
        for one in findings
        if (one.kind, one.about, one.key) == (Kind.GRADE, about, key)
        and is_by(one.reader, session.reader)
    ]
    return not mine if value is None else mine == [(value, why)]


def code_of(session: Looking, claim: str, text: Target) -> str:
    """The grade of a text on a claim in short: `B3`; nothing where none was given."""
    found = session.findings(Kind.GRADE, text.id) + session.findings(Kind.GRADE, text.source.id)
    grade = grade_of(text, claim, found)
    return grade.code if grade.given else ""


def parsed(text: str) -> dict[str, str | None]:
    """The grades that somebody typed: `B`, `3`, `b3`; `none` takes both back.

    Raises:
        UsageError: it is none.
    """
    said = text.strip().upper()
    if said == TAKE_BACK.upper():
        return {SOURCE: None, INFORMATION: None}
    found = {key: sign for sign in said for key, values in WORDS.items() if sign in values}
    if not said or len(found) != len(said):
        raise UsageError(
            f"'{text}' is no grade; give A to F for the source, 1 to 6 for the information, both"
            f" as B3, or {TAKE_BACK} to take yours back."
        )
    return dict(found)


def claims_of(session: Looking, text: str) -> list[str]:
    """The claims that a text stands beside, or is quoted on; the first of them."""
    with session.case.read() as con:
        return shelf.claims_of(con, text, MOST_CLAIMS)


def uses_grades(session: Looking) -> bool:
    """Whether this case uses grades: somebody gave one, or a rule of the case asks for them."""
    rules = [one for one in session.findings(Kind.METHOD, "") if one.key == "grades"]
    return (bool(rules) and rules[-1].value not in OFF) or bool(session.findings(Kind.GRADE))


def debt(session: Looking) -> tuple[int, int] | None:
    """How many sources have no grade, of how many; None where the case does not use grades."""
    if not uses_grades(session):
        return None
    graded = graded_sources(session.findings(Kind.GRADE))
    with session.case.read() as con:
        held, known = shelf.count_sources(con, graded)
    return held - known, held
