"""How many claims stand before a place in the queue, without a walk from its beginning.

In each of two ways to line the claims up (`Base`), every 256th claim or so, chosen by a hash of
its id, is a fence: it knows how many claims of each class stand from it to the next fence. Every
8192nd or so is one of a second level, and a claim that does not exist, before all others, the
only one of the third. To count what stands before a place is to add up the fences before it and
to walk from the last of them: some hundred rows, whatever the length of the queue.

What must hold: which claims are fences, and what they know, follows from the queue alone, not
from the order in which it came about. A case without a claim has no fence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reviewer.casefile import engine
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
MANY = 100
"""From so many claims on it is quicker to fetch all fences than to look each up."""
FIRST: Key = (0, "", "")
BEYOND = "\U0010ffff"
"""Behind every date and id: neither begins with what is no character."""
NO_COUNTS = dict.fromkeys(CLASSES, 0)

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
        return _sum(con, base, TOTAL, FIRST, base.end)
    upper = _fence(con, base, 2, key)
    lower = _fence(con, base, 1, key)
    return _added(
        _sum(con, base, 2, FIRST, upper),
        _sum(con, base, 1, upper, lower),
        _walk(con, base, lower, key),
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


def _sum(con: Connection, base: Base, level: int, begin: Key, end: Key) -> Counts:
    row = con.execute(
        f"SELECT {SUMS} FROM fence WHERE base = :base AND level = :level"
        " AND (priority, date, claim) >= (:a_priority, :a_date, :a_claim)"
        " AND (priority, date, claim) < (:b_priority, :b_date, :b_claim)",
        {"base": base.name, "level": level, **values("a", begin), **values("b", end)},
    ).fetchone()
    return dict(zip(CLASSES, row, strict=True))


def _fence(con: Connection, base: Base, level: int, key: Key) -> Key:
    """The last fence that is not behind a key."""
    row = con.execute(
        "SELECT priority, date, claim FROM fence WHERE base = :base AND level = :level"
        " AND (priority, date, claim) <= (:a_priority, :a_date, :a_claim)"
        " ORDER BY priority DESC, date DESC, claim DESC LIMIT 1",
        {"base": base.name, "level": level, **values("a", key)},
    ).fetchone()
    return (row[0], row[1], row[2]) if row else FIRST


def _next(con: Connection, base: Base, level: int, key: Key) -> Key:
    """The first fence that is behind a key."""
    row = con.execute(
        "SELECT priority, date, claim FROM fence WHERE base = :base AND level = :level"
        " AND (priority, date, claim) > (:a_priority, :a_date, :a_claim)"
        " ORDER BY priority, date, claim LIMIT 1",
        {"base": base.name, "level": level, **values("a", key)},
    ).fetchone()
    return (row[0], row[1], row[2]) if row else base.end


def _walk(con: Connection, base: Base, begin: Key, end: Key) -> Counts:
    row = con.execute(
        f"SELECT {COUNTED} FROM (SELECT {CLASS} AS class FROM queue AS q"
        f" WHERE q.state IN ({ALL_STATES}) AND {base.row()} >= {base.given('a')}"
        f" AND {base.row()} < {base.given('b')})",
        {**values("a", begin), **values("b", end)},
    ).fetchone()
    return dict(zip(CLASSES, row, strict=True))


# Keeping count


def kept(con: Connection) -> bool:
    """Whether anything is counted."""
    row = con.execute(
        "SELECT 1 FROM fence WHERE base = ? AND level = ? AND claim = ''", (PRIORITY.name, TOTAL)
    ).fetchone()
    return row is not None


def add(con: Connection, new: Mapping[str, tuple[int, str]], class_: str) -> None:
    """Count claims that have come into the queue, all of one class.

    Args:
        con: within a transaction.
        new: the priority and the date of each.
        class_: what they are.
    """
    if not kept(con):
        rebuild(con)
        return
    _add(con, [((*about, claim), class_) for claim, about in new.items()])


def _add(con: Connection, new: Sequence[tuple[Key, str]]) -> None:
    """Count claims that have come into the queue, by their keys in order of priority."""
    rungs = {key[2]: engine.rung(key[2]) for key, _ in new}
    for base in BASES:
        counted = [(base.of(*key), class_) for key, class_ in new]
        for level in LEVELS:
            split = _split(con, base, level, [k for k, _ in counted if rungs[k[2]] >= level])
            more = _by_fence(con, base, level, counted)
            _count_more(con, base, level, {at: n for at, n in more.items() if at[0] not in split})
            for at in sorted(split):
                _count_anew(con, base, level, at)
        _count_more(con, base, TOTAL, Counter((FIRST, class_) for _, class_ in counted))


def _count_more(
    con: Connection, base: Base, level: int, more: Mapping[tuple[Key, str], int]
) -> None:
    """Add to what fences know of the classes behind them."""
    for class_ in dict.fromkeys(class_ for _, class_ in more):
        con.executemany(
            f"UPDATE fence SET {class_} = {class_} + ? WHERE base = ? AND level = ? AND claim = ?",
            [(n, base.name, level, at[2]) for (at, of), n in more.items() if of == class_ and n],
        )


def _by_fence(
    con: Connection, base: Base, level: int, counted: Sequence[tuple[Key, str]]
) -> Counter[tuple[Key, str]]:
    """How many claims of each class stand behind each fence and before the next."""
    if len(counted) < MANY:
        return Counter((_fence(con, base, level, key), class_) for key, class_ in counted)
    known = fences(con, base, level)
    return Counter((known[bisect_right(known, key) - 1], class_) for key, class_ in counted)


def _split(con: Connection, base: Base, level: int, keys: Sequence[Key]) -> set[Key]:
    """Make claims fences; gives them and those whose stretch they split."""
    split = {*keys, *(_fence(con, base, level, key) for key in keys)}
    _write(con, base, level, [(key, NO_COUNTS) for key in keys])
    return split


def follow(con: Connection, claim: str, was: tuple[Key, str] | None) -> None:
    """Count a claim as it stands in the queue now; `was` is how it was counted, if it was."""
    now = class_of(con, claim)
    if now is not None:
        follow_all(con, [(was, now)])


def follow_all(
    con: Connection, changes: Iterable[tuple[tuple[Key, str] | None, tuple[Key, str]]]
) -> None:
    """Count claims as they stand in the queue now; each with how it was counted, if it was."""
    changed = [(was, now) for was, now in changes if was != now]
    if not changed:
        return
    if not kept(con):
        rebuild(con)
        return
    stayed = [(was, now) for was, now in changed if was is not None and was[0] == now[0]]
    moved = [(was, now) for was, now in changed if was is None or was[0] != now[0]]
    # What is counted anew, as the stretches that new fences split, has all of it already.
    _change_classes(con, [(now[0], was[1], now[1]) for was, now in stayed])
    for was, now in moved:
        if was is not None:
            _remove(con, now[0][2], *was)
    _add(con, [now for _, now in moved])


def _change_classes(con: Connection, changes: Sequence[tuple[Key, str, str]]) -> None:
    """Count claims that stay where they are under another class than before."""
    for base in BASES:
        was = [(base.of(*key), class_) for key, class_, _ in changes]
        now = [(base.of(*key), class_) for key, _, class_ in changes]
        for level in (*LEVELS, TOTAL):
            more = _by_fence(con, base, level, now)
            more.subtract(_by_fence(con, base, level, was))
            _count_more(con, base, level, more)


def judge(con: Connection, judged: Sequence[tuple[Key, int]]) -> None:
    """Note how many readers' verdicts decide each claim; 0 where it is not decided."""
    con.executemany(
        "INSERT INTO judged (claim, several, priority, date) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (claim) DO UPDATE SET several = excluded.several,"
        " priority = excluded.priority, date = excluded.date",
        [(key[2], readers > 1, *key[:2]) for key, readers in judged if readers],
    )
    con.executemany(
        "DELETE FROM judged WHERE claim = ?", [(key[2],) for key, readers in judged if not readers]
    )


def class_of(con: Connection, claim: str) -> tuple[Key, str] | None:
    """A claim's key in order of priority, and its class, if the queue has it."""
    row = con.execute(
        f"SELECT {PRIORITY.key()}, {CLASS} AS class FROM queue AS q WHERE q.claim = ?", (claim,)
    ).fetchone()
    return ((row[0], row[1], row[2]), row[3]) if row else None


def _write(con: Connection, base: Base, level: int, found: Sequence[tuple[Key, Counts]]) -> None:
    con.executemany(
        f"INSERT INTO fence (base, level, priority, date, claim, {', '.join(CLASSES)})"
        f" VALUES (?, ?, ?, ?, ?{', ?' * len(CLASSES)})",
        [(base.name, level, *key, *counts.values()) for key, counts in found],
    )


def _count_anew(con: Connection, base: Base, level: int, key: Key) -> None:
    end = _next(con, base, level, key)
    counts = _walk(con, base, key, end) if level == 1 else _sum(con, base, 1, key, end)
    con.execute(
        f"UPDATE fence SET {', '.join(f'{name} = :{name}' for name in CLASSES)}"
        " WHERE base = :base AND level = :level AND claim = :claim",
        {"base": base.name, "level": level, "claim": key[2], **counts},
    )


def _change(con: Connection, base: Base, key: Key, steps: dict[str, int]) -> None:
    """Change what the fences before a key know of what is behind them."""
    said = ", ".join(f"{name} = {name} + {step}" for name, step in steps.items())
    for level in (*LEVELS, TOTAL):
        con.execute(
            f"UPDATE fence SET {said} WHERE base = ? AND level = ? AND claim = ?",
            (base.name, level, _fence(con, base, level, key)[2]),
        )


def _remove(con: Connection, claim: str, key: Key, class_: str) -> None:
    for base in BASES:
        of_base = base.of(*key)
        for level in LEVELS:
            row = con.execute(
                f"DELETE FROM fence WHERE base = ? AND level = ? AND claim = ?"
                f" RETURNING {', '.join(CLASSES)}",
                (base.name, level, claim),
            ).fetchone()
            if row is None:
                continue
            said = ", ".join(f"{name} = {name} + {row[name]}" for name in CLASSES)
            con.execute(
                f"UPDATE fence SET {said} WHERE base = ? AND level = ? AND claim = ?",
                (base.name, level, _fence(con, base, level, of_base)[2]),
            )
        _change(con, base, of_base, {class_: -1})


def judge_all(con: Connection) -> None:
    """Note of every decided claim how many readers judged it."""
    con.execute("DELETE FROM judged")
    con.execute(
        "INSERT INTO judged (claim, several, priority, date)"
        " SELECT q.claim, count(DISTINCT v.author) > 1, q.priority, q.date FROM queue AS q"
        " LEFT JOIN verdict AS v ON v.claim = q.claim AND v.standing AND v.stale = ''"
        " WHERE q.state = 'decided' GROUP BY q.claim"
    )


def rebuild(con: Connection) -> None:
    """Count the whole queue anew."""
    con.execute("DELETE FROM fence")
    for base in BASES:
        found: dict[int, list[tuple[Key, Counts]]] = {
            level: [(FIRST, dict(NO_COUNTS))] for level in (*LEVELS, TOTAL)
        }
        rows = con.execute(
            f"SELECT {base.key()}, {CLASS} AS class, rung(q.claim) AS rung FROM queue AS q"
            f" ORDER BY {', '.join(base.columns)}"
        )
        for priority, date, claim, class_, top in rows:
            for level in LEVELS:
                if level <= top:
                    found[level].append(((priority, date, claim), dict(NO_COUNTS)))
                found[level][-1][1][class_] += 1
            found[TOTAL][0][1][class_] += 1
        for level, made in found.items() if found[TOTAL][0][1] != NO_COUNTS else ():
            _write(con, base, level, made)
