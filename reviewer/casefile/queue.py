"""The queue: claims in an order, filtered and by pages.

Pages go by key through an index, never by offset, so that any move costs the same at any
length of the queue. Counts and positions are added up from what is counted already (`ranks`),
but for what of a filter no index serves: then the rows which the rest leaves are walked.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from reviewer.casefile import blind, ranks
from reviewer.casefile.conditions import ALL, ANY, Filter, Value, compile_filter
from reviewer.casefile.engine import Connection, DamagedError, Row
from reviewer.casefile.orders import (
    DEFAULT,
    ORDERS,
    Order,
    Place,
    Stretch,
    arms,
    classes_of,
    place_of,
    rest,
    stretches,
)
from reviewer.casefile.ranks import Key
from reviewer.model.claims import QueueRow, State
from reviewer.model.naming import author_of
from reviewer.structs import replace

__all__ = ["ALL", "DEFAULT", "ORDERS", "Filter", "Order", "Place", "compile_filter", "key_of"]

Before = Callable[[Connection, Place], int]

CUT = 400
WAITING = ("new", "in_review", "reopened", "needs_second")
ASIDE = ("set_aside",)
LISTED = (
    "{key}.claim AS claim, {text} AS text, c.claimant AS claimant, {key}.date AS date,"
    " {key}.priority AS priority, q.state AS state, q.verdict AS verdict,"
    " q.excerpts AS excerpts, EXISTS (SELECT 1 FROM flag WHERE flag.author = :me"
    " AND flag.flag = 'mark' AND flag.claim = q.claim) AS marked,"
    f" CASE WHEN {blind.MINE} THEN (SELECT value FROM verdict WHERE verdict.claim = q.claim"
    " AND verdict.author = :me AND verdict.standing) END AS mine"
)
SHORT = f"substr(c.text, 1, {CUT})"
CLAIM = "JOIN claim AS c ON c.id = q.claim AND c.version = q.version"


def key_of(con: Connection, claim: str, order: Order = DEFAULT) -> Place | None:
    """Where a claim stands in an order of the queue."""
    return place_of(con, order, claim)


def page(
    con: Connection,
    reader: str,
    filter_: Filter = ALL,
    *,
    order: Order = DEFAULT,
    after: Place | None = None,
    before: Place | None = None,
    limit: int | None = None,
    whole: bool = False,
    pieces: Sequence[Stretch] | None = None,
    open_only: bool = False,
) -> list[QueueRow]:
    """Rows in order, from behind `after` or up to `before`; `limit` None is all of them.

    Their texts are cut unless they are wanted `whole`. Where it is known in which `pieces` of
    the order the filter holds anything, no other is looked at. `open_only` leaves out
    what waits for a second reader, and not for this one.
    """
    if open_only:
        filter_ = filter_.also(f"NOT {blind.MINE}")
    if order.first:
        from reviewer.casefile import listed

        return listed.page(
            *(con, reader, filter_),
            order=order,
            after=after,
            before=before,
            limit=limit,
            whole=whole,
            pieces=pieces,
        )
    found: list[QueueRow] = []
    backwards = before is not None
    for stretch in _cut(order, filter_, after, before, pieces):
        left = -1 if limit is None else limit - len(found)
        if left == 0:
            break
        sql, values = _listing(order, filter_, stretch, backwards=backwards, whole=whole)
        rows = con.execute(sql, {**values, "me": author_of(reader), "limit": left}).fetchall()
        found += map(_row, rows)
    return found[::-1] if backwards else found


def _cut(
    order: Order,
    filter_: Filter,
    after: Place | None,
    before: Place | None,
    pieces: Sequence[Stretch] | None = None,
) -> Iterator[Stretch]:
    """The stretches behind `after`, or those up to `before` from the last to the first."""
    if pieces is None:
        found = list(stretches(order, filter_))
    else:
        left = classes_of(filter_)
        found = [replace(p, classes=p.classes & left) for p in pieces if p.classes & left]
    for stretch in found[::-1] if before else found:
        if after is not None:
            cut = _behind(order, stretch, after)
        elif before is not None:
            cut = up_to(order, stretch, before)
        else:
            cut = stretch
        if cut is not None and cut.begin < cut.end:
            yield cut


def _behind(order: Order, stretch: Stretch, place: Place) -> Stretch | None:
    """What of a stretch stands behind a place in the order."""
    group, key = place[0], place[1:]
    if stretch.group != group:
        return stretch if stretch.group > group else None
    if order.back:
        return Stretch(group, stretch.classes, stretch.begin, min(stretch.end, key))
    return Stretch(group, stretch.classes, max(stretch.begin, _next(key)), stretch.end)


def up_to(order: Order, stretch: Stretch, place: Place) -> Stretch | None:
    """What of a stretch stands before a place in the order."""
    group, key = place[0], place[1:]
    if stretch.group != group:
        return stretch if stretch.group < group else None
    if order.back:
        return Stretch(group, stretch.classes, max(stretch.begin, _next(key)), stretch.end)
    return Stretch(group, stretch.classes, stretch.begin, min(stretch.end, key))


def _next(key: Key) -> Key:
    """The least key behind a key."""
    return (key[0], key[1], f"{key[2]}\0")


def _listing(
    order: Order, filter_: Filter, stretch: Stretch, *, backwards: bool, whole: bool
) -> tuple[str, dict[str, Value]]:
    """The query for the rows of a stretch, with its parameters."""
    text = "c.text" if whole else SHORT
    selects, values = _selects(
        order, filter_, stretch, lambda key: LISTED.format(text=text, key=key)
    )
    down = " DESC" if order.back != backwards else ""
    columns = ", ".join(f"{column}{down}" for column in order.base.columns)
    return f"{' UNION ALL '.join(selects)} ORDER BY {columns} LIMIT :limit", values


def _selects(
    order: Order, filter_: Filter, stretch: Stretch, columns: Callable[[str], str]
) -> tuple[list[str], dict[str, Value]]:
    asked = rest(order, filter_)
    base = order.base
    selects = []
    for tables, condition in arms(order, stretch):
        key = "k" if tables.startswith("judged") else "q"
        selects.append(
            f"SELECT {columns(key)} FROM {tables} {CLAIM} WHERE {condition}"
            f" AND {base.row(key)} >= {base.given('begin')}"
            f" AND {base.row(key)} < {base.given('end')}"
            f"{'' if asked == ANY else f' AND ({asked})'}"
        )
    given = {**ranks.values("begin", stretch.begin), **ranks.values("end", stretch.end)}
    return selects, {**filter_.values, **given}


def row(con: Connection, reader: str, claim: str) -> QueueRow | None:
    """One claim as the queue lists it."""
    columns = LISTED.format(text=SHORT, key="q")
    found = con.execute(
        f"SELECT {columns} FROM queue AS q {CLAIM} WHERE q.claim = :claim",
        {"me": author_of(reader), "claim": claim},
    ).fetchone()
    return _row(found) if found else None


def named(
    con: Connection, reader: str, filter_: Filter, claims: str, *, whole: bool = False
) -> list[QueueRow]:
    """Those of some claims that the filter holds, in no order; `claims` are their ids in JSON."""
    columns = LISTED.format(text="c.text" if whole else SHORT, key="q")
    rows = con.execute(
        f"SELECT {columns} FROM json_each(:named) AS named CROSS JOIN queue AS q {CLAIM}"
        f" WHERE q.claim = named.value AND {filter_.whole}",
        {**filter_.whole_values, "me": author_of(reader), "named": claims},
    ).fetchall()
    return list(map(_row, rows))


def last(
    con: Connection,
    reader: str,
    filter_: Filter = ALL,
    *,
    order: Order = DEFAULT,
    pieces: Sequence[Stretch] | None = None,
) -> QueueRow | None:
    """The last row of the queue."""
    end: Place = (len(order.groups), 0, "", "")
    found = page(con, reader, filter_, order=order, before=end, limit=1, pieces=pieces)
    return found[0] if found else None


def upcoming(
    con: Connection,
    reader: str,
    filter_: Filter = ALL,
    *,
    order: Order = DEFAULT,
    after: Place | None = None,
    pieces: Sequence[Stretch] | None = None,
    taken: Collection[str] = (),
    most: int = 1,
) -> list[QueueRow]:
    """The next claims that wait for a verdict, behind `after` and then from the top again.

    Claims set aside come only when nothing else waits, and those that are `taken` when
    everything is.
    """
    passed = {*taken, after[-1] if after else ""}
    found: dict[str, QueueRow] = {}
    for states in (WAITING, ASIDE):
        waiting = filter_.only(states)
        for start in dict.fromkeys((after, None)):
            left = len(passed) - 1 + most
            rows = page(
                *(con, reader, waiting),
                order=order,
                after=start,
                limit=left,
                pieces=pieces,
                open_only=True,
            )
            found |= {row.id: row for row in rows if row.id not in passed | found.keys()}
            if len(found) >= most:
                return list(found.values())[:most]
    if found or not taken:
        return list(found.values())
    return upcoming(con, reader, filter_, order=order, after=after, pieces=pieces)


def count(con: Connection, filter_: Filter = ALL) -> int:
    """How many claims the filter holds."""
    # Dates alone are one stretch of the order by date, and nine of that by priority.
    order = ORDERS["newest"] if rest(ORDERS["newest"], filter_) == ANY else DEFAULT
    return sum(_count(con, order, filter_, stretch) for stretch in stretches(order, filter_))


def position(
    con: Connection,
    claim: str,
    filter_: Filter = ALL,
    *,
    order: Order = DEFAULT,
    before: Before | None = None,
) -> int:
    """How many claims of the filter stand before this one.

    `before` tells it of a place, where that is known without walking (`walks`).
    """
    if order.first:
        from reviewer.casefile import listed

        return listed.position(con, claim, filter_, order, before)
    place = place_of(con, order, claim)
    if place is None:
        return 0
    if before is not None:
        return before(con, place)
    return sum(
        _count(con, order, filter_, stretch) for stretch in _cut(order, filter_, None, place)
    )


def _count(con: Connection, order: Order, filter_: Filter, stretch: Stretch) -> int:
    if rest(order, filter_) == ANY:
        upper = ranks.before(con, order.base, stretch.end)
        lower = ranks.before(con, order.base, stretch.begin)
        return sum(upper[name] - lower[name] for name in stretch.classes)
    return walked(con, order, filter_, stretch)


def walked(con: Connection, order: Order, filter_: Filter, stretch: Stretch) -> int:
    """How many claims of a stretch the filter holds, each of them looked at."""
    selects, values = _selects(order, filter_, stretch, lambda _: "1")
    (n,) = con.execute(f"SELECT count(*) FROM ({' UNION ALL '.join(selects)})", values).fetchone()
    return int(n)


def matches(con: Connection, claim: str, filter_: Filter) -> bool:
    """Whether the filter holds this claim."""
    found = con.execute(
        f"SELECT 1 FROM queue AS q {CLAIM} WHERE q.claim = :claim AND {filter_.whole}",
        {**filter_.whole_values, "claim": claim},
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
        state=state if row["mine"] is None else State.NEEDS_SECOND,
        verdict=row["mine"] or row["verdict"],
        excerpts=row["excerpts"],
        marked=bool(row["marked"]),
    )


def any_dates(con: Connection) -> bool:
    """Whether a date for another look was set on any claim."""
    return (
        con.execute("SELECT 1 FROM finding WHERE kind = 'recheck' LIMIT 1").fetchone() is not None
    )
