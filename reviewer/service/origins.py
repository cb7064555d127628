"""Saying whose word a source or a text is in the end."""

from __future__ import annotations

from reviewer.insight.origins import is_known
from reviewer.model.clock import day
from reviewer.model.entry import Kind
from reviewer.model.errors import NotFoundError, NothingToDoError, UsageError
from reviewer.model.naming import is_by
from reviewer.service.rulebook import ORIGIN

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.entry import Entry
    from reviewer.model.evidence import Target
    from reviewer.service.session import Session

LONGEST = 200


def say_origin(session: Session, about: str, origin: str) -> Entry:
    """Record whose word a source or a text is; '' takes this reader's word on it back.

    It is of the whole case: every claim that rests on it counts it so.

    Args:
        session: whose reader says it.
        about: the id of a source, a statement or a recording.
        origin: the id of a source, a name, or `unknown`.

    Raises:
        NotFoundError: the case has no such source and no such text.
        UsageError: the origin is no name.
        NothingToDoError: there is nothing of this reader's to take back, or it is said already.
    """
    if not is_held(session, about):
        raise NotFoundError(f"There is no source, statement or recording '{about}' in this case.")
    origin = " ".join(origin.split())
    if len(origin) > LONGEST or not origin.isprintable():
        raise UsageError(f"An origin is an id or a name of at most {LONGEST} printable characters.")
    said = session.findings(Kind.ORIGIN, about)
    mine = next((one for one in said if is_by(one.reader, session.reader)), None)
    if not origin and mine is None:
        raise NothingToDoError(f"You have said nothing of the origin of {about}.")
    if mine is not None and mine.value == origin and said[-1] is mine:
        raise NothingToDoError(f"You have said so already: the origin of {about} is {origin}.")
    return session.find(Kind.ORIGIN, about, ORIGIN, _known_id(session, origin) or None)


def is_held(session: Session, id_: str) -> bool:
    """Whether the case has a source or a text of this id."""
    return any(one.id == id_ for one in session.sources()) or session.found_text(id_) is not None


def _known_id(session: Session, origin: str) -> str:
    """The id of the source that is meant, by its id or its name; else the name as it is."""
    if not is_known(origin):
        return origin
    plain = origin.casefold()
    for source in session.sources():
        if plain in (source.id.casefold(), source.name.casefold()):
            return source.id
    return origin


def said_of(session: Session, text: Target) -> str:
    """Who gave the origin of a text, where a reader did: `, said by ann, 2022-03-07`."""
    for about in (text.id, text.source.id):
        said = session.findings(Kind.ORIGIN, about)
        if said:
            last = max(said, key=lambda one: one.order)
            of = "" if about == text.id else "of its source, "
            return f" ({of}said by {last.reader}, {day(last.at)})"
    return ""
