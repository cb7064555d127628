"""What a filter asks of the rows of the queue.

Three of its conditions are served by the indexes of the queue, and then every page, count and
position costs the same at any length: the state, the priority and the date. What else it asks
is SQL that is tried row by row, and only on the rows which those three leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reviewer.casefile.blind import MINE, open_to
from reviewer.casefile.ranks import STATES
from reviewer.model.filters import LEAST, MOST, Group, Part, Term, range_of
from reviewer.model.naming import author_of
from reviewer.model.ranges import BEYOND
from reviewer.structs import Struct, field

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import TypeVar

    Of = TypeVar("Of")
Value = str | int | bytes
UNDECIDED = frozenset(("new", "in_review", "set_aside", "reopened", "needs_second"))
EVERY_STATE = frozenset(STATES)
EVERY_PRIORITY = frozenset(range(LEAST, MOST + 1))
ANY = "1"


class Filter(Struct):
    """A filter: a condition on `q` and `c` with its parameters, and what indexes serve of it.

    `dates` are half-open: from the first to before the second.
    """

    where: str
    values: dict[str, Value] = field(default_factory=dict)
    states: frozenset[str] = EVERY_STATE
    priorities: frozenset[int] = EVERY_PRIORITY
    dates: tuple[str, str] = ("", BEYOND)

    @property
    def served(self) -> bool:
        """Whether no row needs to be looked at to know if it is one."""
        return self.where == ANY

    def only(self, states: Iterable[str]) -> Filter:
        """The same, of claims in these states."""
        return Filter(
            self.where, self.values, self.states & set(states), self.priorities, self.dates
        )

    def also(self, where: str) -> Filter:
        """The same, with one more condition that no index serves."""
        both = where if self.served else f"({self.where}) AND ({where})"
        return Filter(both, self.values, self.states, self.priorities, self.dates)

    @property
    def whole(self) -> str:
        """All that it asks, as one condition."""
        asked = [self.where]
        if self.states != EVERY_STATE:
            names = ", ".join(f"'{state}'" for state in sorted(self.states))
            asked.append(f"q.state IN ({names})")
        if self.priorities != EVERY_PRIORITY:
            asked.append(f"q.priority IN ({', '.join(map(str, sorted(self.priorities)))})")
        if self.dates != ALL.dates:
            asked.append("q.date >= :since AND q.date < :until")
        return " AND ".join(f"({one})" for one in asked)

    @property
    def whole_values(self) -> dict[str, Value]:
        """The parameters of `whole`."""
        return {**self.values, "since": self.dates[0], "until": self.dates[1]}


ALL = Filter(ANY)


def compile_filter(
    parts: Sequence[Part], reader: str, today: str = "", *, blind: bool = False
) -> Filter:
    """The condition that all of `parts` hold, as this reader means them.

    Args:
        parts: the conditions.
        reader: whose filter it is.
        today: the day it is, as dates are written.
        blind: claims may be read blind, so that a reader's own wait for another reader.
    """
    states, priorities, dates = EVERY_STATE, EVERY_PRIORITY, ALL.dates
    rest: list[Part] = []
    for part in parts:
        of_states = _set(part, _states, EVERY_STATE)
        of_priorities = _set(part, _priorities, EVERY_PRIORITY)
        if of_states is not None:
            states &= of_states
        elif of_priorities is not None:
            priorities &= of_priorities
        elif isinstance(part, Term) and part.field == "date" and not part.negated:
            spanned = range_of(part)
            dates = (max(dates[0], str(spanned.low)), min(dates[1], str(spanned.high)))
        else:
            rest.append(part)
    sql = _Sql(reader, today)
    found = Filter(sql.all_of(rest), sql.values, states, priorities, dates)
    return _as_one_s_own(found, sql) if blind and states != EVERY_STATE else found


def _as_one_s_own(filter_: Filter, sql: _Sql) -> Filter:
    """A filter by states, where what the reader has judged blind is in another for him."""
    mine = MINE.replace(":me", sql.given(author_of(sql.reader)))
    if filter_.states == UNDECIDED or "needs_second" not in filter_.states:
        return filter_.also(f"NOT {mine}")
    names = ", ".join(f"'{state}'" for state in sorted(filter_.states))
    wider = filter_.also(f"q.state IN ({names}) OR {mine}")
    return Filter(
        wider.where, sql.values, filter_.states | UNDECIDED, filter_.priorities, filter_.dates
    )


def _set(
    part: Part, of: Callable[[Term], frozenset[Of] | None], every: frozenset[Of]
) -> frozenset[Of] | None:
    """The values that a condition leaves of one column, if it asks for nothing else."""
    if isinstance(part, Term):
        found = of(part)
    else:
        found = frozenset()
        for option in part.options:
            left = every
            for one in option:
                of_one = _set(one, of, every)
                if of_one is None:
                    return None
                left &= of_one
            found |= left
    return every - found if found is not None and part.negated else found


def _states(term: Term) -> frozenset[str] | None:
    if (term.field, term.value) in (("state", "undecided"), ("verdict", "none")):
        return UNDECIDED
    return frozenset((term.value,)) if term.field == "state" else None


def _priorities(term: Term) -> frozenset[int] | None:
    if term.field != "priority":
        return None
    spanned = range_of(term)
    low = LEAST if spanned.low is None else int(spanned.low)
    high = MOST + 1 if spanned.high is None else int(spanned.high)
    return frozenset(range(low, high)) & EVERY_PRIORITY


class _Sql(Struct, frozen=False):
    """Writes conditions as SQL, and keeps their parameters.

    They ask `c` where they can, so that who looks through all claims needs `q` for few of them.
    """

    reader: str
    today: str
    values: dict[str, Value] = field(default_factory=dict)

    def all_of(self, parts: Sequence[Part]) -> str:
        return " AND ".join(map(self.one, parts)) or ANY

    def one(self, part: Part) -> str:
        if isinstance(part, Group):
            said = " OR ".join(f"({self.all_of(option)})" for option in part.options)
        else:
            said = CONDITIONS[part.field](self, part)
        return f"NOT ({said})" if part.negated else f"({said})"

    def given(self, value: Value) -> str:
        """A parameter that stands for a value."""
        name = f"f{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def words(self, term: Term) -> str:
        fields = " || ' ' || ".join(("c.id", "c.text", "c.claimant", "c.context"))
        return f"instr(fold({fields}), {self.given(term.value.casefold())})"

    def claimant(self, term: Term) -> str:
        return f"instr(fold(c.claimant), {self.given(term.value.casefold())})"

    def state(self, term: Term) -> str:
        if term.value == "undecided":
            return UNDECIDED_ROW
        return f"q.state = {self.given(term.value)}"

    def verdict(self, term: Term) -> str:
        if term.value == "none":
            return UNDECIDED_ROW
        return f"{self.judged()} AND verdict.value = {self.given(term.value)})"

    def judged(self) -> str:
        """That a verdict stands which the reader may see; the rest of it, and `)`, follow."""
        seen = open_to("verdict", self.given(author_of(self.reader)))
        return f"{VERDICT} AND {seen}"

    def noted(self) -> str:
        seen = open_to("note", self.given(author_of(self.reader)))
        return f"EXISTS (SELECT 1 FROM note WHERE note.claim = c.id AND {seen}"

    def readers(self, term: Term) -> str:
        who = self.given(author_of(self.reader if term.value == "me" else term.value))
        return (
            f"{self.judged()} AND verdict.author = {who})"
            f" OR {self.noted()} AND note.author = {who})"
        )

    def tag(self, term: Term) -> str:
        # Most claims have no tag, and then there is no list to read.
        return (
            "c.tags <> '[]' AND EXISTS (SELECT 1 FROM json_each(c.tags) AS tag"
            f" WHERE fold(tag.value) = {self.given(term.value.casefold())})"
        )

    def marked(self, term: Term) -> str:
        me = self.given(author_of(self.reader))
        return _yes_or_no(
            term,
            "EXISTS (SELECT 1 FROM flag WHERE flag.claim = c.id AND flag.flag = 'mark'"
            f" AND flag.author = {me})",
        )

    def has(self, term: Term) -> str:
        if term.value in ("note", "verdict"):
            return f"{self.noted() if term.value == 'note' else self.judged()})"
        return HAS[term.value]

    def due(self, term: Term) -> str:
        from reviewer.casefile.ageing import DUE_HERE

        self.values.update(due_me=author_of(self.reader), due_day=self.today)
        return _yes_or_no(term, DUE_HERE)

    def span(self, column: str, term: Term) -> str:
        spanned = range_of(term)
        low = "" if spanned.low is None else f"{column} >= {self.given(spanned.low)}"
        high = "" if spanned.high is None else f"{column} < {self.given(spanned.high)}"
        return " AND ".join(filter(None, (low, high)))


def _yes_or_no(term: Term, condition: str) -> str:
    return condition if term.value == "yes" else f"NOT ({condition})"


def _stands_with(table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM shown_with AS w JOIN {table} AS t ON t.id = w.target"
        " WHERE w.claim = c.id AND w.version = c.version)"
        f" OR EXISTS (SELECT 1 FROM excerpt AS x JOIN {table} AS t ON t.id = x.target"
        " WHERE x.claim = c.id)"
    )


UNDECIDED_ROW = "q.undecided = 1"
VERDICT = "EXISTS (SELECT 1 FROM verdict WHERE verdict.claim = c.id AND verdict.standing"
HAS = {
    "statement": _stands_with("statement"),
    "recording": _stands_with("recording"),
    "excerpt": "q.excerpts > 0",
    "orphan": "q.orphans > 0",
    "rating": "EXISTS (SELECT 1 FROM rating WHERE rating.claim = c.id)",
}
CONDITIONS: dict[str, Callable[[_Sql, Term], str]] = {
    "": _Sql.words,
    "state": _Sql.state,
    "verdict": _Sql.verdict,
    "reader": _Sql.readers,
    "tag": _Sql.tag,
    "marked": _Sql.marked,
    "claimant": _Sql.claimant,
    "id": lambda sql, term: f"c.id = {sql.given(term.value)}",
    "parent": lambda sql, term: f"c.parent = {sql.given(term.value)}",
    "priority": lambda sql, term: sql.span("q.priority", term),
    "date": lambda sql, term: sql.span("q.date", term),
    "excerpts": lambda sql, term: sql.span("q.excerpts", term),
    "has": _Sql.has,
    "orphan": lambda _, term: _yes_or_no(term, "q.orphans > 0"),
    "due": _Sql.due,
    "stale": lambda sql, term: _yes_or_no(term, f"{sql.judged()} AND verdict.stale <> '')"),
}
