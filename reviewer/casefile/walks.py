"""Looking a filter up that no index serves: step by step, so that it can be stopped.

The queue is cut at its fences into pieces of a thousand claims or so, and it is counted how many
claims of each the filter holds. Whoever has these counts knows the count and every position without
walking again, and goes past pieces that hold nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from reviewer.casefile import queue, ranks
from reviewer.casefile.conditions import Filter
from reviewer.casefile.engine import Connection
from reviewer.casefile.orders import Order, Place, Stretch, place_of, stretches
from reviewer.casefile.ranks import CLASS, Key
from reviewer.structs import Struct

__all__ = ["Stretch", "Walk", "begun"]

STEP = 1024
"""So many claims are looked at between one chance to stop and the next."""
FENCES = 4
"""From so many fences to as many on is a piece."""


class Walk(Struct, frozen=False):
    """What is known of a filter in an order: of each piece looked at, how many it holds."""

    filter: Filter
    order: Order
    pieces: list[Stretch]
    counts: list[int]
    rows: int
    """As many rows of claims there are to look at."""
    seen: int = 0

    @property
    def done(self) -> bool:
        """Whether every claim was looked at."""
        return self.seen >= self.rows

    @property
    def found(self) -> int:
        """How many claims the filter holds of those looked at."""
        return sum(self.counts)

    def holding(self) -> list[Stretch]:
        """The pieces that hold anything."""
        return [piece for piece, n in zip(self.pieces, self.counts, strict=True) if n]

    def steps(self, con: Connection) -> Iterator[None]:
        """Look at some claims after others, as they lie in the file: that is quickest."""
        places = sorted((p.group, p.begin, n) for n, p in enumerate(self.pieces))
        group_of = {c: n for n, of in enumerate(self.order.groups) for c in of}
        sql = (
            f"SELECT {self.order.base.key()}, {CLASS} AS class"
            " FROM claim AS c CROSS JOIN queue AS q WHERE c.rowid > :from AND c.rowid <= :to"
            f" AND q.claim = c.id AND q.version = c.version AND {self.filter.whole}"
        )
        while self.seen < self.rows:
            span = {"from": self.seen, "to": self.seen + STEP}
            for *key, class_ in con.execute(sql, {**self.filter.whole_values, **span}).fetchall():
                at = bisect_right(places, (group_of[class_], tuple(key), len(places)))
                self.counts[places[at - 1][2]] += 1
            self.seen += STEP
            yield

    def touched(self, con: Connection, claim: str) -> None:
        """Look again at where a claim stands or stood, since it has changed."""
        place = place_of(con, self.order, claim)
        for n, piece in enumerate(self.pieces):
            if place is not None and piece.begin <= place[1:] < piece.end:
                self.counts[n] = queue.walked(con, self.order, self.filter, piece)

    def before(self, con: Connection, place: Place) -> int:
        """How many claims of the filter stand before a place in the order."""
        n = 0
        for piece, held in zip(self.pieces, self.counts, strict=True):
            cut = queue.up_to(self.order, piece, place)
            if cut == piece:
                n += held
            elif cut is not None and held and cut.begin < cut.end:
                n += queue.walked(con, self.order, self.filter, cut)
        return n


def begun(con: Connection, filter_: Filter, order: Order) -> Walk:
    """A walk that has looked at nothing yet."""
    cuts = ranks.fences(con, order.base)[FENCES::FENCES]
    pieces: list[Stretch] = []
    for stretch in stretches(order, filter_):
        cut = list(_cut(stretch, cuts))
        pieces += reversed(cut) if order.back else cut
    (rows,) = con.execute("SELECT coalesce(max(rowid), 0) FROM claim").fetchone()
    return Walk(filter_, order, pieces, [0] * len(pieces), rows if pieces else 0)


def _cut(stretch: Stretch, cuts: list[Key]) -> Iterator[Stretch]:
    begin = stretch.begin
    for key in cuts[bisect_left(cuts, begin) :]:
        if key >= stretch.end:
            break
        if key > begin:
            yield Stretch(stretch.group, stretch.classes, begin, key)
            begin = key
    if begin < stretch.end:
        yield Stretch(stretch.group, stretch.classes, begin, stretch.end)
