"""Keeping count of the queue: what the fences of `ranks` know, as claims come, move and change.

Every function here is called within a transaction that changes the queue.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reviewer.casefile import engine
from reviewer.casefile.engine import Connection
from reviewer.casefile.ranks import (
    BASES,
    CLASS,
    CLASSES,
    FIRST,
    LEVELS,
    PRIORITY,
    TOTAL,
    Base,
    Counts,
    Key,
    class_of,
    fence_after,
    fence_at,
    fences,
    summed,
    walked,
)

MANY = 100
"""From so many claims on it is quicker to fetch all fences than to look each up."""
NO_COUNTS = dict.fromkeys(CLASSES, 0)


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
        return Counter((fence_at(con, base, level, key), class_) for key, class_ in counted)
    known = fences(con, base, level)
    return Counter((known[bisect_right(known, key) - 1], class_) for key, class_ in counted)


def _split(con: Connection, base: Base, level: int, keys: Sequence[Key]) -> set[Key]:
    """Make claims fences; gives them and those whose stretch they split."""
    split = {*keys, *(fence_at(con, base, level, key) for key in keys)}
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


def _write(con: Connection, base: Base, level: int, found: Sequence[tuple[Key, Counts]]) -> None:
    con.executemany(
        f"INSERT INTO fence (base, level, priority, date, claim, {', '.join(CLASSES)})"
        f" VALUES (?, ?, ?, ?, ?{', ?' * len(CLASSES)})",
        [(base.name, level, *key, *counts.values()) for key, counts in found],
    )


def _count_anew(con: Connection, base: Base, level: int, key: Key) -> None:
    end = fence_after(con, base, level, key)
    counts = walked(con, base, key, end) if level == 1 else summed(con, base, 1, key, end)
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
            (base.name, level, fence_at(con, base, level, key)[2]),
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
                (base.name, level, fence_at(con, base, level, of_base)[2]),
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
