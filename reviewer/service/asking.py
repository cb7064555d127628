"""What a claim leaves open: questions, what became of them, and what readers know of a call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.casefile import shelf
from reviewer.insight.gaps import gaps, section
from reviewer.model.clock import day, is_day
from reviewer.model.entry import Entry, Kind
from reviewer.model.errors import NotFoundError, UsageError
from reviewer.model.evidence import Recording, Source
from reviewer.model.gaps import Gap
from reviewer.model.intercepts import KNOWN, PARTS, UNKNOWN, is_unknown
from reviewer.model.naming import is_by
from reviewer.model.questions import (
    ANSWERED,
    ASKED,
    CLOSED,
    OPEN,
    Question,
    new_key,
    questions_of,
)
from reviewer.model.sections import Section
from reviewer.service.grading import uses_grades
from reviewer.structs import replace

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.claims import ClaimView
    from reviewer.model.findings import Finding
    from reviewer.service.looking import Looking
    from reviewer.service.session import Session


def ask(session: Session, view: ClaimView, text: str, would_change: str = "") -> Entry:
    """Record a question on a claim that nobody has answered.

    Raises:
        UsageError: it has no words.
    """
    words = {"question": _words(text, "The question"), "would_change": would_change.strip()}
    said = {name: value for name, value in words.items() if value}
    return session.find(Kind.QUESTION, view.claim.id, new_key(), OPEN, view=view, words=said)


def asked(session: Session, view: ClaimView, key: str, whom: str, on: str = "") -> Entry:
    """Record who was asked a question, and on which day: today where none is said.

    Raises:
        NotFoundError: the claim has no such question.
        UsageError: nobody is named, or the day is none.
    """
    one = question(session, view, key)
    more = {"asked_at": checked_day(on) or day(session.clock())}
    words = {"asked": _words(whom, "Who was asked")}
    key = f"{one.key}/asked/{new_key()}"
    return session.find(Kind.QUESTION, view.claim.id, key, ASKED, view=view, more=more, words=words)


def answer(session: Session, view: ClaimView, key: str, text: str) -> Entry:
    """Record the answer to a question.

    Raises:
        NotFoundError: the claim has no such question.
        UsageError: it has no words.
    """
    one = question(session, view, key)
    words = {"answer": _words(text, "The answer")}
    return session.find(
        Kind.QUESTION, view.claim.id, f"{one.key}/answer", ANSWERED, view=view, words=words
    )


def settle(session: Session, view: ClaimView, key: str, *, is_open: bool = False) -> Entry:
    """Close a question without an answer, or open it again.

    Raises:
        NotFoundError: the claim has no such question.
    """
    one = question(session, view, key)
    state = OPEN if is_open else CLOSED
    return session.find(Kind.QUESTION, view.claim.id, f"{one.key}/state", state, view=view)


def question(session: Looking, view: ClaimView, key: str) -> Question:
    """The question whose id begins so.

    Raises:
        NotFoundError: the claim has none, or several.
    """
    held = questions_of(session.findings_of(view.claim.id))
    found = [one for one in held if key and one.key.startswith(key.strip())]
    if len(found) != 1:
        several = "more than one question" if found else "no question"
        ids = ", ".join(one.key for one in held) or "there is none"
        raise NotFoundError(f"{view.claim.id} has {several} '{key}'; its questions: {ids}.")
    return found[0]


def say_of_call(session: Session, call: Recording, part: str, text: str) -> Entry | None:
    """Record what this reader knows of a part of a call's card; the evidence stays as it is.

    Args:
        session: whose word it is.
        call: the recording.
        part: one of `PARTS`.
        text: what is known; `unknown`, or a text that begins so, says that it is not; an empty
            one takes the reader's own word back.

    Returns:
        The entry, or None where it is so already.

    Raises:
        UsageError: the card has no such part.
    """
    checked_part(part)
    said = text.strip()
    value = None if not said else UNKNOWN if is_unknown(said) else KNOWN
    if value == UNKNOWN:
        said = said[len(UNKNOWN) :].lstrip(" .,;:")
    held = [
        (one.value, one.words.get("said", ""))
        for one in session.findings(Kind.CARD, call.id)
        if one.key == part and is_by(one.reader, session.reader)
    ]
    if held == ([] if value is None else [(value, said)]):
        return None
    return session.find(Kind.CARD, call.id, part, value, words={"said": said} if said else {})


def findings_for(session: Looking, view: ClaimView) -> list[Finding]:
    """The findings on a claim, and those of its sources and calls, which are on no claim."""
    found = {one.id: one for one in session.findings_of(view.claim.id)}
    about = [(Kind.GRADE, source.id) for source in sources_of(view)]
    about += [(Kind.CARD, call.id) for call in view.recordings]
    for kind, id_ in about:
        found.update((one.id, one) for one in session.findings(kind, id_))
    return sorted(found.values(), key=lambda one: one.order)


def completed(session: Looking, view: ClaimView) -> ClaimView:
    """The claim with what readers found, as a file tells it."""
    return replace(view, findings=tuple(findings_for(session, view)))


def unknown(view: ClaimView, *, graded: bool) -> Iterator[Section]:
    """What is not known of a claim, as a file tells it; nothing where nothing is.

    Args:
        view: the claim with what readers found.
        graded: whether the case uses grades.
    """
    sources = sources_of(view) if graded else ()
    yield from section(list(gaps(view.findings, view.recordings, sources, settled=True)))


def sources_of(view: ClaimView) -> list[Source]:
    """Who published the texts of a claim, and the ratings on it; each once."""
    published = [text.source for text in view.targets] + [one.source for one in view.ratings]
    return list({source.id: source for source in published}.values())


def gaps_of(
    session: Looking, view: ClaimView, *, graded: bool | None = None, settled: bool = False
) -> list[Gap]:
    """What is not known of a claim.

    Args:
        session: who asks.
        view: the claim.
        graded: whether the case uses grades, where that is known already.
        settled: also the questions that are answered or closed.
    """
    wants = uses_grades(session) if graded is None else graded
    sources = sources_of(view) if wants else ()
    found = findings_for(session, view)
    return list(gaps(found, view.recordings, sources, settled=settled))


def gaps_of_case(session: Looking, *, settled: bool = False) -> Iterator[Gap]:
    """What is not known in the whole case."""
    sources = session.sources() if uses_grades(session) else ()
    kinds = (Kind.QUESTION, Kind.CARD, Kind.GRADE)
    found = [one for kind in kinds for one in session.findings(kind)]
    yield from gaps(found, _calls(session), sources, settled=settled)


def _calls(session: Looking) -> Iterable[Recording]:
    with session.case.read() as con:
        return list(shelf.calls(con))


def _words(text: str, what: str) -> str:
    if not text.strip():
        raise UsageError(f"{what} has no words.")
    return text.strip()


def checked_part(part: str) -> str:
    """The key of a part of a call's card.

    Raises:
        UsageError: the card has no such part.
    """
    if part not in PARTS:
        raise UsageError(f"The card has no '{part}'; it has: {', '.join(PARTS)}.")
    return part


def checked_day(text: str) -> str:
    """A day as it is kept, or nothing for nothing.

    Raises:
        UsageError: it is no day.
    """
    written = text.strip()
    if written and not is_day(written):
        raise UsageError(f"'{written}' is no day; write it as 2022-03-09.")
    return written
