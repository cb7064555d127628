"""Positions and counts are added up rightly, whatever the queue went through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.casefile import engine, queue, rank_counts, ranks, walks
from reviewer.casefile.case import CaseFile
from reviewer.casefile.conditions import Filter
from reviewer.casefile.engine import Connection
from reviewer.casefile.listed import MOST, order_like
from reviewer.casefile.orders import ORDERS, Order
from reviewer.casefile.ranks import BASES, CLASSES, Key

ids = st.text(st.characters(categories=["Lu", "Ll", "Nd", "Lo"]), min_size=1, max_size=3)
dates = st.sampled_from(["", "2022", "2022-02-28", "2022-03", "2022-03-07T14:05:00Z"])
rows = st.tuples(st.integers(1, 9), dates, st.sampled_from(CLASSES))
Row = tuple[int, str, str]
queues = st.dictionaries(ids, rows, max_size=25)
MANY_ROWS = {f"c-{n}": (1 + n % 9, f"2022-{1 + n % 12:02}", CLASSES[n % 7]) for n in range(700)}


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with CaseFile.create(tmp_path_factory.mktemp("ranks") / "a.case", title="T") as case:
        yield case.con


@pytest.fixture(autouse=True)
def short_stretches() -> Iterator[None]:
    """A fence of every third claim, and of every ninth one of the second level."""
    before = dict(engine.FENCES)
    engine.FENCES.update({1: 3, 2: 9})
    yield
    engine.FENCES.update(before)


def put(con: Connection, id_: str, row: Row) -> None:
    """Bring a claim into the queue, or change it there, and count it."""
    priority, date, class_ = row
    decided = class_ in ("once", "several")
    state = "decided" if decided else class_
    waits = int(state not in ("decided", "in_conflict"))
    was = ranks.class_of(con, id_)
    con.execute(
        "INSERT OR IGNORE INTO claim VALUES (?, 1, zeroblob(32), 'x', '', ?, ?, '[]', '', '')",
        (id_, date, priority),
    )
    con.execute(
        "INSERT OR REPLACE INTO queue VALUES (?, 1, ?, ?, ?, ?, '', 0, 0)",
        (id_, priority, date, state, waits),
    )
    readers = 1 + (class_ == "several") if decided else 0
    rank_counts.judge(con, [((priority, date, id_), readers)])
    rank_counts.follow(con, id_, was)


@contextmanager
def holding(con: Connection, claims: dict[str, Row]) -> Iterator[None]:
    con.execute("BEGIN")
    try:
        for id_, row in claims.items():
            put(con, id_, row)
        yield
    finally:
        con.execute("ROLLBACK")


def fences(con: Connection) -> list[tuple[object, ...]]:
    found = con.execute("SELECT * FROM fence ORDER BY base, level, claim").fetchall()
    return [tuple(row) for row in found]


def counts(claims: dict[str, Row], base: ranks.Base, key: Key) -> dict[str, int]:
    before = (
        class_ for id_, (priority, date, class_) in claims.items()
        if base.of(priority, date, id_) < key
    )  # fmt: skip
    return {**rank_counts.NO_COUNTS, **Counter(before)}


@settings(max_examples=50)
@given(queues, queues)
def test_what_stands_before_any_place_is_counted_right(
    con: Connection, first: dict[str, Row], then: dict[str, Row]
) -> None:
    with holding(con, first):
        now = dict(first)
        for id_, row in then.items():
            put(con, id_, row)
            now[id_] = row
        for base in BASES:
            keys = [base.of(row[0], row[1], id_) for id_, row in now.items()]
            for key in [*keys, ranks.FIRST, base.end]:
                assert ranks.before(con, base, key) == counts(now, base, key)


@settings(max_examples=50)
@given(queues, queues)
def test_counting_anew_gives_the_very_same_fences(
    con: Connection, first: dict[str, Row], then: dict[str, Row]
) -> None:
    with holding(con, first):
        for id_, row in then.items():
            put(con, id_, row)
        kept = fences(con)
        rank_counts.rebuild(con)
        assert fences(con) == kept


def test_many_at_once_are_counted_as_one_by_one(con: Connection) -> None:
    new = {id_: row for id_, row in MANY_ROWS.items() if row[2] == "new"}
    assert len(new) >= rank_counts.MANY
    with holding(con, {id_: row for id_, row in MANY_ROWS.items() if id_ not in new}):
        for id_, (priority, date, _) in new.items():
            con.execute(
                "INSERT INTO queue VALUES (?, 1, ?, ?, 'new', 1, '', 0, 0)", (id_, priority, date)
            )
        rank_counts.add(con, {id_: row[:2] for id_, row in new.items()}, "new")
        at_once = fences(con)
    with holding(con, MANY_ROWS):
        assert fences(con) == at_once


def wanted_order(order: Order, claims: dict[str, Row]) -> list[str]:
    def place(id_: str) -> tuple[object, ...]:
        priority, date, class_ = claims[id_]
        return (next(n for n, of in enumerate(order.groups) if class_ in of), priority, date, id_)

    if order.id == "newest":
        return sorted(claims, key=lambda id_: (claims[id_][1], id_), reverse=True)
    return sorted(claims, key=place)


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@settings(max_examples=30)
@given(claims=queues, size=st.integers(1, 5))
def test_each_order_is_walked_both_ways_and_each_claim_knows_its_position(
    con: Connection, order: Order, claims: dict[str, Row], size: int
) -> None:
    with holding(con, claims):
        wanted = wanted_order(order, claims)
        assert [row.id for row in queue.page(con, "ann", order=order)] == wanted
        found = queue.page(con, "ann", order=order, limit=size)
        walked = [row.id for row in found]
        while found:
            after = queue.key_of(con, found[-1].id, order)
            found = queue.page(con, "ann", order=order, after=after, limit=size)
            walked += [row.id for row in found]
        assert walked == wanted
        last = queue.last(con, "ann", order=order)
        assert (last.id if last else None) == (wanted[-1] if wanted else None)
        for n, id_ in enumerate(wanted):
            assert queue.position(con, id_, order=order) == n
            before = queue.key_of(con, id_, order)
            back = queue.page(con, "ann", order=order, before=before, limit=size)
            assert [row.id for row in back] == wanted[max(0, n - size) : n]


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@settings(max_examples=30)
@given(
    claims=queues,
    states=st.sets(st.sampled_from(ranks.STATES)),
    priorities=st.sets(st.integers(1, 9), max_size=6),
    span=st.sampled_from([("", "\U0010ffff"), ("2022-02", "2022-03\U0010ffff"), ("", "\x01")]),
    word=st.sampled_from(["1", "q.claim < 'n'"]),
)
def test_a_filter_of_states_priorities_and_dates_holds_what_it_says_in_each_order(
    con: Connection,
    order: Order,
    claims: dict[str, Row],
    states: set[str],
    priorities: set[int],
    span: tuple[str, str],
    word: str,
) -> None:
    filter_ = Filter(word, {}, frozenset(states), frozenset(priorities), span)
    with holding(con, claims):
        wanted = []
        for id_ in wanted_order(order, claims):
            priority, date, class_ = claims[id_]
            state = "decided" if class_ in ("once", "several") else class_
            inside = state in states and priority in priorities and span[0] <= date < span[1]
            wanted += [id_] if inside and (word == "1" or id_ < "n") else []
        assert [row.id for row in queue.page(con, "ann", filter_, order=order)] == wanted
        assert queue.count(con, filter_) == len(wanted)
        assert [id_ for id_ in wanted_order(order, claims) if queue.matches(con, id_, filter_)] == (
            wanted
        )
        walk = walks.begun(con, filter_, order)
        assert list(walk.steps(con)) == [None] * bool(claims and walk.pieces)
        assert walk.found == len(wanted)
        pieces = walk.holding()
        held = queue.page(con, "ann", filter_, order=order, pieces=pieces)
        assert [row.id for row in held] == wanted
        for n, id_ in enumerate(wanted):
            assert queue.position(con, id_, filter_, order=order) == n
            place = queue.key_of(con, id_, order)
            assert place is not None
            assert walk.before(con, place) == n


@settings(max_examples=60)
@given(
    claims=queues,
    alike=st.lists(st.integers(0, 24), max_size=8),
    states=st.sets(st.sampled_from(ranks.STATES)) | st.just(set(ranks.STATES)),
    word=st.sampled_from(["1", "1", "q.claim < 'n'"]),
    size=st.integers(1, 5),
)
def test_claims_named_first_stand_before_all_others_whatever_the_filter(
    con: Connection,
    claims: dict[str, Row],
    alike: list[int],
    states: set[str],
    word: str,
    size: int,
) -> None:
    by_priority = wanted_order(ORDERS["priority"], claims)
    first = list(dict.fromkeys(by_priority[n] for n in alike if n < len(claims)))
    order = order_like("no claim of this case", first)
    filter_ = Filter(word, {}, frozenset(states))
    with holding(con, claims):
        both = [*first, *(id_ for id_ in by_priority if id_ not in first)]
        wanted = [id_ for id_ in both if queue.matches(con, id_, filter_)]
        walk = walks.begun(con, filter_, order.behind)
        list(walk.steps(con))
        for pieces, before in ((None, None), (walk.holding(), walk.before)):
            found = queue.page(con, "ann", filter_, order=order, pieces=pieces)
            assert [row.id for row in found] == wanted
            for n, id_ in enumerate(both):
                stand = sum(other in wanted for other in both[:n])
                assert queue.position(con, id_, filter_, order=order, before=before) == stand
                place = queue.key_of(con, id_, order)
                page = queue.page(con, "ann", filter_, order=order, after=place, limit=size)
                behind = [other for other in both[n + 1 :] if other in wanted]
                assert [row.id for row in page] == behind[:size]
                page = queue.page(con, "ann", filter_, order=order, before=place, limit=size)
                assert [row.id for row in page] == wanted[max(0, stand - size) : stand]
        last = queue.last(con, "ann", filter_, order=order)
        assert (last.id if last else None) == (wanted[-1] if wanted else None)
        assert queue.count(con, filter_) == len(wanted)


@settings(max_examples=60)
@given(claims=queues, alike=st.lists(st.integers(0, 24), max_size=8), here=st.integers(0, 24))
def test_the_next_undecided_is_the_next_of_those_named_then_of_the_others(
    con: Connection, claims: dict[str, Row], alike: list[int], here: int
) -> None:
    by_priority = wanted_order(ORDERS["priority"], claims)
    first = list(dict.fromkeys(by_priority[n] for n in alike if n < len(claims)))
    both = [*first, *(id_ for id_ in by_priority if id_ not in first)]
    order = order_like("no claim of this case", first)
    with holding(con, claims):
        at = min(here, len(both) - 1)
        ring = both[at + 1 :] + both[:at]
        waiting = [id_ for id_ in ring if claims[id_][2] in queue.WAITING]
        aside = [id_ for id_ in ring if claims[id_][2] == "set_aside"]
        after = queue.key_of(con, both[at], order) if both else None
        found = queue.upcoming(con, "ann", order=order, after=after, most=len(both) + 1)
        assert [row.id for row in found] == waiting + aside


def test_a_list_has_an_end_and_names_each_claim_once() -> None:
    order = order_like("c", [f"c-{n % 300}" for n in range(1000)] + ["c"])
    assert len(order.first) == len(set(order.first)) == MOST
    assert order.first[:2] == ("c", "c-0")
    assert order_like("\x1b[2J" + "x" * 99, []).title.isprintable()
