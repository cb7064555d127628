"""The queue: claims in order of priority, then date, then id; filtered and by pages.

Pages go by key through an index, never by offset, so that any move costs the same at any
length of the queue.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.casefile.engine import Connection, DamagedError, Row
from reviewer.casefile.ledger import author_of
from reviewer.model.filters import Term
from reviewer.model.words import QueueRow, State

CUT = 400
WHOLE = """
  SELECT q.claim, c.text AS text, c.claimant, q.date, q.priority, q.state,
         q.verdict, q.excerpts,
         EXISTS (SELECT 1 FROM flag WHERE flag.author = :me AND flag.flag = 'mark'
                 AND flag.claim = q.claim) AS marked
  FROM queue AS q JOIN claim AS c ON c.id = q.claim AND c.version = q.version
"""
COLUMNS = WHOLE.replace("c.text AS", f"substr(c.text, 1, {CUT}) AS")
COUNTED = (
    "SELECT count(*) FROM queue AS q JOIN claim AS c ON c.id = q.claim AND c.version = q.version"
)
ORDER = "ORDER BY q.priority, q.date, q.claim"
BACKWARDS = "ORDER BY q.priority DESC, q.date DESC, q.claim DESC"

Key = tuple[int, str, str]
Value = str | int | bytes


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as a condition on `q` and `c`, with its parameters."""

    where: str
    values: dict[str, Value]


ALL = Filter("1", {})


def compile_filter(terms: Sequence[Term], reader: str) -> Filter:
    """The condition that all of `terms` hold, as this reader means them."""
    conditions = []
    values: dict[str, Value] = {}
    for n, term in enumerate(terms):
        name = f"f{n}"
        condition, value = CONDITIONS[term.field](term.value, f":{name}", reader)
        if value is not None:
            values[name] = value
        conditions.append(f"NOT ({condition})" if term.negated else f"({condition})")
    return Filter(" AND ".join(conditions) or "1", values)


Condition = tuple[str, Value | None]


def _words(value: str, name: str, _reader: str) -> Condition:
    fields = " || ' ' || ".join(("q.claim", "c.text", "c.claimant", "c.context"))
    return f"instr(fold({fields}), {name})", value.casefold()


def _state(value: str, name: str, _reader: str) -> Condition:
    if value == "undecided":
        return "q.undecided = 1", None
    return f"q.state = {name}", value


def _verdict(value: str, name: str, _reader: str) -> Condition:
    if value == "none":
        return "q.undecided = 1", None
    return (
        "EXISTS (SELECT 1 FROM verdict WHERE verdict.claim = q.claim AND verdict.standing"
        f" AND verdict.value = {name})",
        value,
    )


def _reader(value: str, name: str, reader: str) -> Condition:
    who = reader if value == "me" else value
    return (
        "EXISTS (SELECT 1 FROM verdict WHERE verdict.claim = q.claim AND verdict.standing"
        f" AND verdict.author = {name})"
        f" OR EXISTS (SELECT 1 FROM note WHERE note.claim = q.claim AND note.author = {name})",
        author_of(who),
    )


def _tag(value: str, name: str, _reader: str) -> Condition:
    return (
        f"EXISTS (SELECT 1 FROM json_each(c.tags) AS tag WHERE fold(tag.value) = {name})",
        value.casefold(),
    )


def _marked(value: str, name: str, reader: str) -> Condition:
    marked = (
        "EXISTS (SELECT 1 FROM flag WHERE flag.claim = q.claim AND flag.flag = 'mark'"
        f" AND flag.author = {name})"
    )
    return (marked if value == "yes" else f"NOT {marked}"), author_of(reader)


def _stands_with(table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM shown_with AS w JOIN {table} AS t ON t.id = w.target"
        " WHERE w.claim = q.claim AND w.version = q.version)"
        f" OR EXISTS (SELECT 1 FROM excerpt AS x JOIN {table} AS t ON t.id = x.target"
        " WHERE x.claim = q.claim)"
    )


HAS = {
    "statement": _stands_with("statement"),
    "recording": _stands_with("recording"),
    "excerpt": "q.excerpts > 0",
    "orphan": "q.orphans > 0",
    "note": "EXISTS (SELECT 1 FROM note WHERE note.claim = q.claim)",
    "verdict": "EXISTS (SELECT 1 FROM verdict WHERE verdict.claim = q.claim AND verdict.standing)",
}

CONDITIONS: dict[str, Callable[[str, str, str], Condition]] = {
    "": _words,
    "state": _state,
    "verdict": _verdict,
    "reader": _reader,
    "tag": _tag,
    "marked": _marked,
    "claimant": lambda v, n, _: (f"instr(fold(c.claimant), {n})", v.casefold()),
    "id": lambda v, n, _: (f"q.claim = {n}", v),
    "parent": lambda v, n, _: (f"c.parent = {n}", v),
    "priority": lambda v, n, _: (f"q.priority = {n}", int(v)),
    "date": lambda v, n, _: (f"substr(q.date, 1, length({n})) = {n}", v),
    "has": lambda v, _n, _r: (HAS[v], None),
}


def key_of(con: Connection, claim: str) -> Key | None:
    """Where a claim stands in the order of the queue."""
    row = con.execute(
        "SELECT priority, date, claim FROM queue WHERE claim = ?", (claim,)
    ).fetchone()
    return tuple(row) if row else None


def page(
    con: Connection,
    reader: str,
    filter_: Filter = ALL,
    *,
    after: Key | None = None,
    before: Key | None = None,
    limit: int | None = None,
    whole: bool = False,
) -> list[QueueRow]:
    """Rows in order, from behind `after` or up to `before`; `limit` None is all of them.

    Their texts are cut unless they are wanted `whole`.
    """
    where, order = f"WHERE {filter_.where}", BACKWARDS if before else ORDER
    values: dict[str, Value] = {**filter_.values, "me": author_of(reader)}
    key = after or before
    if key:
        sign = "<" if before else ">"
        where += f" AND (q.priority, q.date, q.claim) {sign} (:priority, :date, :claim)"
        values.update(priority=key[0], date=key[1], claim=key[2])
    values["limit"] = -1 if limit is None else limit
    columns = WHOLE if whole else COLUMNS
    rows = con.execute(f"{columns} {where} {order} LIMIT :limit", values).fetchall()
    found = [_row(row) for row in rows]
    return found[::-1] if before else found


def row(con: Connection, reader: str, claim: str) -> QueueRow | None:
    """One claim as the queue lists it."""
    values = {"me": author_of(reader), "claim": claim}
    found = con.execute(f"{COLUMNS} WHERE q.claim = :claim", values).fetchone()
    return _row(found) if found else None


def last(con: Connection, reader: str, filter_: Filter = ALL) -> QueueRow | None:
    """The last row of the queue."""
    values = {**filter_.values, "me": author_of(reader)}
    found = con.execute(f"{COLUMNS} WHERE {filter_.where} {BACKWARDS} LIMIT 1", values).fetchone()
    return _row(found) if found else None


def next_undecided(
    con: Connection, reader: str, filter_: Filter = ALL, *, after: Key | None = None
) -> QueueRow | None:
    """The next claim that waits for a verdict: behind `after`, else from the top again.

    Claims set aside come only when nothing else waits.
    """
    for aside in ("q.state <> 'set_aside'", "q.state = 'set_aside'"):
        waiting = Filter(f"q.undecided = 1 AND {aside} AND {filter_.where}", filter_.values)
        for start in dict.fromkeys((after, None)):
            found = page(con, reader, waiting, after=start, limit=1)
            if found and (after is None or found[0].id != after[2]):
                return found[0]
    return None


def count(con: Connection, filter_: Filter = ALL) -> int:
    """How many claims the filter holds."""
    (n,) = con.execute(f"{COUNTED} WHERE {filter_.where}", filter_.values).fetchone()
    return int(n)


def position(con: Connection, claim: str, filter_: Filter = ALL) -> int:
    """How many claims of the filter stand before this one."""
    key = key_of(con, claim)
    if key is None:
        return 0
    values = {**filter_.values, "priority": key[0], "date": key[1], "claim": key[2]}
    (n,) = con.execute(
        f"{COUNTED} WHERE {filter_.where}"
        " AND (q.priority, q.date, q.claim) < (:priority, :date, :claim)",
        values,
    ).fetchone()
    return int(n)


def matches(con: Connection, claim: str, filter_: Filter) -> bool:
    """Whether the filter holds this claim."""
    found = con.execute(
        f"{COLUMNS} WHERE q.claim = :claim AND {filter_.where}",
        {**filter_.values, "claim": claim, "me": b""},
    ).fetchone()
    return found is not None


def _row(row: Row) -> QueueRow:
    try:
        state = State(row["state"])
    except ValueError as error:
        raise DamagedError(str(error)) from error
    return QueueRow(
        id=row["claim"],
        text=row["text"],
        claimant=row["claimant"],
        date=row["date"],
        priority=row["priority"],
        state=state,
        verdict=row["verdict"],
        excerpts=row["excerpts"],
        marked=bool(row["marked"]),
    )
