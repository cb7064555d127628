"""The agreement of the readers of a case, as one of them may know it, by the rules of the case."""

from __future__ import annotations

from reviewer.casefile import readings
from reviewer.insight import agreement as insight
from reviewer.model.agreement import LINE_KEY, MINIMUM, MINIMUM_KEY, Agreement
from reviewer.model.entry import Kind
from reviewer.model.findings import newest
from reviewer.service.looking import Looking

AT_ONCE = 10_000
"""So many claims are compared while the reader waits; more only where nothing else is asked."""
MOST = 1_000_000_000


def read_twice(session: Looking) -> int:
    """About how many claims several readers have judged; it costs nothing to know."""
    with session.case.read() as con:
        return readings.count(con)


def agreed_at_once(session: Looking) -> tuple[int, Agreement | None]:
    """On how many claims several readers agree or differ, and how they do where it is quick."""
    several = read_twice(session)
    if not 0 < several <= AT_ONCE:
        return several, None
    found = agreement(session, most_pairs=0)
    return found.claims, found if found.claims else None


def agreement(session: Looking, *, blind: bool = False, most_pairs: int | None = None) -> Agreement:
    """The agreement of the readers.

    Args:
        session: whose reader wants to know.
        blind: only on the claims that were read blind.
        most_pairs: at most so many pairs of readers.
    """
    with session.case.read() as con:
        given = readings.readings(con, session.reader)
    secret = insight.read_blind(given)
    found = insight.units(one for one in given if not blind or one.claim in secret)
    minimum, line = _rules(session)
    return insight.agreement(
        found,
        session.scale,
        line=line,
        minimum=minimum,
        blind=len(secret & found.keys()),
        most_pairs=most_pairs,
    )


def _rules(session: Looking) -> tuple[int, tuple[str, ...] | None]:
    """The minimum and the line that the case asks for, where it asks for any that make sense."""
    rules = {key: one.value for (_, key), one in newest(session.findings(Kind.METHOD, "")).items()}
    minimum, line = rules.get(MINIMUM_KEY), rules.get(LINE_KEY)
    known = {value.value for value in session.scale.values}
    is_number = isinstance(minimum, int) and not isinstance(minimum, bool)
    is_line = isinstance(line, list) and len({*map(str, line)} & known) == len(line)
    return (
        min(max(2, int(str(minimum))), MOST) if is_number else MINIMUM,
        tuple(map(str, line)) if is_line and isinstance(line, list) else None,
    )
