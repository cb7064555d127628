"""Some claims before all others: the part of an order that is a list of claims, and no index.

The list is short. Its claims are looked up by their ids, and all others come by the order behind
it with those of the list left out, so that a page, a position and the next undecided cost the
same at any length of the queue. A count does not depend on the order at all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from reviewer.casefile import queue
from reviewer.casefile.conditions import Filter
from reviewer.casefile.engine import Connection
from reviewer.casefile.orders import DEFAULT, LISTED, Order, Place, Stretch, place_of
from reviewer.model.claims import QueueRow
from reviewer.structs import replace
from reviewer.text.cells import fit
from reviewer.text.display import display

MOST = 200
"""So many claims are listed at most."""
LIKE = "like:"
"""What the id of an order by likeness begins with; the claim's own id follows."""
STEP = 25
"""So many of the list are looked up at once: mostly the first few are enough."""
LONGEST_ID = 24


def order_like(claim: str, alike: Sequence[str]) -> Order:
    """A claim and those like it first, the most alike before the others; then by priority."""
    named = fit(display(claim, newlines=False), LONGEST_ID)
    first = tuple(dict.fromkeys((claim, *alike)))[:MOST]
    title = f"like {named} first"
    return Order(f"{LIKE}{claim}", title, DEFAULT.base, DEFAULT.groups, first=first)


def page(
    con: Connection,
    reader: str,
    filter_: Filter,
    *,
    order: Order,
    after: Place | None,
    before: Place | None,
    limit: int | None,
    whole: bool,
    pieces: Sequence[Stretch] | None,
) -> list[QueueRow]:
    """What `queue.page` gives, of an order that begins with a list."""
    begin, end = 0, len(order.first)
    if after is not None:
        begin = after[1] + 1 if after[0] == LISTED else end
    elif before is not None and before[0] == LISTED:
        end = before[1]
    listed, others = order.first[begin:end], _without(filter_, order.first)
    if before is None:
        found = _some(con, reader, filter_, listed, limit, whole=whole)
        left = None if limit is None else limit - len(found)
        start = None if after is None or after[0] == LISTED else after
        return found + queue.page(
            con, reader, others, after=start, limit=left, whole=whole, pieces=pieces
        )
    behind: list[QueueRow] = []
    if before[0] != LISTED:
        behind = queue.page(
            con, reader, others, before=before, limit=limit, whole=whole, pieces=pieces
        )
    left = None if limit is None else limit - len(behind)
    return _some(con, reader, filter_, listed[::-1], left, whole=whole)[::-1] + behind


def _some(
    con: Connection,
    reader: str,
    filter_: Filter,
    claims: Sequence[str],
    limit: int | None,
    *,
    whole: bool,
) -> list[QueueRow]:
    """The first `limit` of some claims that the filter holds, in the order they are named in."""
    found: list[QueueRow] = []
    for n in range(0, len(claims), STEP):
        if limit is not None and len(found) >= limit:
            break
        some = claims[n : n + STEP]
        rows = queue.named(con, reader, filter_, json.dumps(some), whole=whole)
        found += sorted(rows, key=lambda row: some.index(row.id))
    return found[:limit]


def _without(filter_: Filter, claims: Sequence[str]) -> Filter:
    """The filter, of all claims but these."""
    return replace(
        filter_,
        where=f"({filter_.where}) AND q.claim NOT IN (SELECT value FROM json_each(:listed))",
        values={**filter_.values, "listed": json.dumps(claims)},
    )


def position(
    con: Connection, claim: str, filter_: Filter, order: Order, before: queue.Before | None
) -> int:
    """What `queue.position` gives, of an order that begins with a list."""
    held = _places(con, filter_, order.first)
    if claim in order.first:
        return sum(other in held for other in order.first[: order.first.index(claim)])
    place = place_of(con, order.behind, claim)
    if place is None:
        return 0
    n = queue.position(con, claim, filter_, before=before)
    return n + sum(other > place for other in held.values())


def _places(con: Connection, filter_: Filter, claims: Sequence[str]) -> dict[str, Place]:
    """Where those of some claims that the filter holds stand in the order by priority."""
    rows = con.execute(
        "SELECT q.priority, q.date, q.claim FROM json_each(:named) AS named"
        f" CROSS JOIN queue AS q {queue.CLAIM} WHERE q.claim = named.value AND {filter_.whole}",
        {**filter_.whole_values, "named": json.dumps(claims)},
    ).fetchall()
    return {row[2]: (0, row[0], row[1], row[2]) for row in rows}
