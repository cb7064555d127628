"""How many claims stand before a place in the queue, without a walk from its beginning.

In each of two ways to line the claims up (`Base`), every 256th claim or so, chosen by a hash of
its id, is a fence: it knows how many claims of each class stand from it to the next fence. Every
8192nd or so is one of a second level, and a claim that does not exist, before all others, the
only one of the third. To count what stands before a place is to add up the fences before it and
to walk from the last of them: some hundred rows, whatever the length of the queue.

What must hold: which claims are fences, and what they know, follows from the queue alone, not
from the order in which it came about. A case without a claim has no fence. `rank_counts` keeps
it so.
"""

from __future__ import annotations

from reviewer.casefile.engine import Connection
from reviewer.structs import Struct

Key = tuple[int, str, str]
"""Priority, date, id; where the priority plays no part, it is 0."""

CLASSES = (
    *("new", "in_review", "set_aside", "reopened", "needs_second", "in_conflict"),
    *("adjudicated", "once", "several"),
)
"""The states of work, with `decided` told apart by whether one reader judged it or several."""
STATES = (*CLASSES[:-2], "decided")
LEVELS = (1, 2)
TOTAL = 3
FIRST: Key = (0, "", "")
BEYOND = "\U0010ffff"
"""Behind every date and id: neither begins with what is no character."""

CLASS = (
    "CASE WHEN q.state <> 'decided' THEN q.state"
    " WHEN (SELECT several FROM judged WHERE judged.claim = q.claim) THEN 'several'"
    " ELSE 'once' END"
)
ALL_STATES = ", ".join(f"'{state}'" for state in STATES)
SUMS = ", ".join(f"coalesce(sum({name}), 0) AS {name}" for name in CLASSES)
COUNTED = ", ".join(f"coalesce(sum(class = '{name}'), 0) AS {name}" for name in CLASSES)

Counts = dict[str, int]


class Base(Struct):
    """A way to line the claims up: what of a row makes its key, and what is behind every key."""

    name: str
    columns: tuple[str, ...]
    end: Key

    def of(self, priority: int, date: str, claim: str) -> Key:
        """The key of a claim."""
        return (priority if "priority" in self.columns else 0, date, claim)

    def row(self, table: str = "q") -> str:
        """The key of a row, as SQL compares it with `given`."""
        return f"({', '.join(f'{table}.{column}' for column in self.columns)})"

    def given(self, name: str) -> str:
        """A key that is given by the parameters `values` has for it."""
        return f"({', '.join(f':{name}_{column}' for column in self.columns)})"

    def key(self, table: str = "q") -> str:
        """The three parts of a row's key."""
        first = f"{table}.priority" if "priority" in self.columns else "0"
        return f"{first}, {table}.date, {table}.claim"


PRIORITY = Base("priority", ("priority", "date", "claim"), (10, "", ""))
NEWEST = Base("newest", ("date", "claim"), (0, BEYOND, ""))
BASES = (PRIORITY, NEWEST)


def values(name: str, key: Key) -> dict[str, int | str]:
    """The parameters of `Base.given`."""
    return {f"{name}_priority": key[0], f"{name}_date": key[1], f"{name}_claim": key[2]}


def before(con: Connection, base: Base, key: Key) -> Counts:
    """How many claims of each class stand before a key."""
    if key >= base.end:
        return summed(con, base, TOTAL, FIRST, base.end)
    upper = fence_at(con, base, 2, key)
    lower = fence_at(con, base, 1, key)
    return _added(
        summed(con, base, 2, FIRST, upper),
        summed(con, base, 1, upper, lower),
        walked(con, base, lower, key),
    )


def fences(con: Connection, base: Base, level: int = 1) -> list[Key]:
    """Every fence of a level, in order: those of the first cut the queue into short pieces."""
    rows = con.execute(
        "SELECT priority, date, claim FROM fence WHERE base = ? AND level = ?"
        " ORDER BY priority, date, claim",
        (base.name, level),
    ).fetchall()
    return [(row[0], row[1], row[2]) for row in rows]


def _added(*counts: Counts) -> Counts:
    return {name: sum(count[name] for count in counts) for name in CLASSES}


def summed(con: Connection, base: Base, level: int, begin: Key, end: Key) -> Counts:
    """How many claims of each class the fences of a level know of, from one up to another."""
    row = con.execute(
        f"SELECT {SUMS} FROM fence WHERE base = :base AND level = :level"
        " AND (priority, date, claim) >= (:a_priority, :a_date, :a_claim)"
        " AND (priority, date, claim) < (:b_priority, :b_date, :b_claim)",
        {"base": base.name, "level": level, **values("a", begin), **values("b", end)},
    ).fetchone()
    return dict(zip(CLASSES, row, strict=True))


def fence_at(con: Connection, base: Base, level: int, key: Key) -> Key:
    """The last fence that is not behind a key."""
    row = con.execute(
        "SELECT priority, date, claim FROM fence WHERE base = :base AND level = :level"
        " AND (priority, date, claim) <= (:a_priority, :a_date, :a_claim)"
        " ORDER BY priority DESC, date DESC, claim DESC LIMIT 1",
        {"base": base.name, "level": level, **values("a", key)},
    ).fetchone()
    return (row[0], row[1], row[2]) if row else FIRST


def fence_after(con: Connection, base: Base, level: int, key: Key) -> Key:
    """The first fence that is behind a key."""
    row = con.execute(
        "SELECT priority, date, claim FROM fence WHERE base = :base AND level = :level"
        " AND (priority, date, claim) > (:a_priority, :a_date, :a_claim)"
        " ORDER BY priority, date, claim LIMIT 1",
        {"base": base.name, "level": level, **values("a", key)},
    ).fetchone()
    return (row[0], row[1], row[2]) if row else base.end


def walked(con: Connection, base: Base, begin: Key, end: Key) -> Counts:
    """How many claims of each class stand from one key up to another, counted one by one."""
    row = con.execute(
        f"SELECT {COUNTED} FROM (SELECT {CLASS} AS class FROM queue AS q"
        f" WHERE q.state IN ({ALL_STATES}) AND {base.row()} >= {base.given('a')}"
        f" AND {base.row()} < {base.given('b')})",
        {**values("a", begin), **values("b", end)},
    ).fetchone()
    return dict(zip(CLASSES, row, strict=True))


def class_of(con: Connection, claim: str) -> tuple[Key, str] | None:
    """A claim's key in order of priority, and its class, if the queue has it."""
    row = con.execute(
        f"SELECT {PRIORITY.key()}, {CLASS} AS class FROM queue AS q WHERE q.claim = ?", (claim,)
    ).fetchone()
    return ((row[0], row[1], row[2]), row[3]) if row else None
