"""The queue is walked claim by claim, none left out and none twice, whatever is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.casefile import queue, rank_counts
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.queue import ALL, Filter
from reviewer.model.errors import FilterError, UsageError
from reviewer.model.evidence import Stance
from reviewer.model.records import Record
from reviewer.service.session import Session
from tests.casefile.making import (
    at_work,
    claim,
    excerpt,
    new_case,
    recording,
    source,
    statement,
    take_in,
)

ids = st.text(st.characters(categories=["Lu", "Ll", "Nd", "Lo"]), min_size=1, max_size=3)
dates = st.sampled_from(["", "2022", "2022-02-28", "2022-03", "2022-03-07T14:05:00Z"])
states = st.sampled_from(["new", "new", "decided", "set_aside", "reopened"])
queues = st.dictionaries(ids, st.tuples(st.integers(1, 3), dates, states), max_size=14)
Queue = dict[str, tuple[int, str, str]]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with CaseFile.create(tmp_path_factory.mktemp("queue") / "a.case", title="T") as case:
        yield case.con


@contextmanager
def holding(con: Connection, claims: Queue) -> Iterator[list[str]]:
    """The queue with these claims for as long as it lasts; gives their ids in order."""
    con.execute("BEGIN")
    for id_, (priority, date, state) in claims.items():
        con.execute(
            "INSERT INTO claim VALUES (?, 1, zeroblob(32), 'x', '', ?, ?, '[]', '', '')",
            (id_, date, priority),
        )
        con.execute(
            "INSERT INTO queue VALUES (?, 1, ?, ?, ?, ?, '', 0, 0)",
            (id_, priority, date, state, int(state != "decided")),
        )
    rank_counts.judge_all(con)
    rank_counts.rebuild(con)
    try:
        yield sorted(claims, key=lambda id_: (*claims[id_][:2], id_.encode()))
    finally:
        con.execute("ROLLBACK")


def pages(con: Connection, size: int, filter_: Filter = ALL) -> Iterator[str]:
    found = queue.page(con, "ann", filter_, limit=size)
    while found:
        yield from (row.id for row in found)
        after = queue.key_of(con, found[-1].id)
        found = queue.page(con, "ann", filter_, after=after, limit=size)


def pages_backwards(con: Connection, size: int, filter_: Filter = ALL) -> Iterator[str]:
    last = queue.last(con, "ann", filter_)
    found = [last] if last else []
    while found:
        yield from (row.id for row in reversed(found))
        before = queue.key_of(con, found[0].id)
        found = queue.page(con, "ann", filter_, before=before, limit=size)


@given(queues, st.integers(1, 6))
def test_pages_visit_each_claim_once_in_order_forwards_and_backwards(
    con: Connection, claims: Queue, size: int
) -> None:
    with holding(con, claims) as order:
        assert list(pages(con, size)) == order
        assert list(pages_backwards(con, size)) == order[::-1]
        assert [row.id for row in queue.page(con, "ann")] == order


@given(queues, st.integers(1, 4), st.sampled_from(["decided", "new", "set_aside"]))
def test_pages_of_a_filter_visit_just_its_claims(
    con: Connection, claims: Queue, size: int, state: str
) -> None:
    filter_ = Filter("q.state = :f0", {"f0": state})
    with holding(con, claims) as order:
        wanted = [id_ for id_ in order if claims[id_][2] == state]
        assert list(pages(con, size, filter_)) == wanted
        assert list(pages_backwards(con, size, filter_)) == wanted[::-1]
        assert queue.count(con, filter_) == len(wanted)
        for n, id_ in enumerate(wanted):
            assert queue.position(con, id_, filter_) == n
        assert {id_ for id_ in order if queue.matches(con, id_, filter_)} == set(wanted)


@given(queues)
def test_each_claim_knows_how_many_stand_before_it(con: Connection, claims: Queue) -> None:
    with holding(con, claims) as order:
        assert [queue.position(con, id_) for id_ in order] == list(range(len(order)))
        assert queue.count(con) == len(order)
        assert queue.position(con, "no such claim") == 0


@given(queues, st.integers(0, 14))
def test_the_next_undecided_is_behind_this_one_then_from_the_top_and_set_aside_last(
    con: Connection, claims: Queue, n: int
) -> None:
    with holding(con, claims) as order:
        here = order[n % len(order)] if order and n < len(order) else None
        at = order.index(here) if here is not None else -1
        ring = [id_ for id_ in order[at + 1 :] + order[: at + 1] if id_ != here]
        waiting = [id_ for id_ in ring if claims[id_][2] in ("new", "reopened")]
        aside = [id_ for id_ in ring if claims[id_][2] == "set_aside"]
        expected = next(iter(waiting + aside), None)
        key = queue.key_of(con, here) if here is not None else None
        found = next(iter(queue.upcoming(con, "ann", after=key)), None)
        assert (found.id if found else None) == expected


@given(queues)
@settings(max_examples=30)
def test_going_to_the_next_undecided_and_deciding_it_ends_with_nothing_to_decide(
    con: Connection, claims: Queue
) -> None:
    with holding(con, claims):
        after = None
        for _ in claims:
            row = next(iter(queue.upcoming(con, "ann", after=after)), None)
            if row is None:
                break
            con.execute(
                "UPDATE queue SET state = 'decided', undecided = 0 WHERE claim = ?", (row.id,)
            )
            after = queue.key_of(con, row.id)
        assert con.execute("SELECT sum(undecided) FROM queue").fetchone()[0] in (0, None)


def filtered() -> list[Record]:
    return [
        source(),
        statement(),
        statement("izium", "Shelling in Izium."),
        recording(),
        claim("c-1", text="A general was KILLED near Kharkiv.", claimant="Defence Ministry",
              statements=["gur-7-march"],
              tags=["Losses", "general"], priority=1, date="2022-03-07"),
        claim("c-2", text="498 убитых.", claimant="МИНОБОРОНЫ", tags=["losses"], priority=2,
              date="2022-03-02", parent="c-1", recordings=["call-1"]),
        claim("c-3", text="100% sure_thing; it's [/x].", context="see Kharkiv", priority=2),
        claim("c-4", text="Straße", date="2022"),
        excerpt("c-3", "Izium", "izium"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    path = new_case(tmp_path_factory.mktemp("filters"), filtered)
    with at_work(path, "ann", "Борис") as (ann, borys):
        ann.decide(ann.view("c-1"), "partly_verified")
        borys.decide(borys.view("c-2"), "false", "they deny it")
        ann.decide(ann.view("c-2"), "verified")
        ann.note(ann.view("c-3"), "call them")
        borys.set_aside(borys.view("c-4"))
        ann.mark(ann.view("c-4"))
        borys.mark(borys.view("c-1"))
        view = ann.view("c-4")
        ann.link(view, ann.text("izium"), 0, 8, Stance.CONTEXT)
        ann.note(ann.view("c-4"), "x")
        ann.note(ann.view("c-4"), "")
    take_in(path, statement("izium", "Shelling near Izium."))
    take_in(path, statement("izium", "Nothing in Izium."))
    with at_work(path, "ann") as (ann,):
        yield ann


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", "1 2 3 4"),
        ("state:undecided", "3 4"),
        ("-state:undecided", "1 2"),
        ("state:new", ""),
        ("state:in_review", "3"),
        ("state:set-aside", "4"),
        ("state:decided", "1"),
        ("state:in-conflict", "2"),
        ("verdict:false", "2"),
        ('verdict:"Partly verified"', "1"),
        ("verdict:PARTLY-VERIFIED", "1"),
        ("verdict:none", "3 4"),
        ("-verdict:None", "1 2"),
        ("claimant:defence", "1"),
        ("claimant:минобороны", "2"),
        ('claimant:"defence ministry"', "1"),
        ("tag:losses", "1 2"),
        ("tag:LOSSES -tag:general", "2"),
        ("tag:loss", ""),
        ("reader:me", "1 2 3"),
        ("reader:Борис", "2"),
        ("-reader:me", "4"),
        ("reader:nobody", ""),
        ("id:c-3", "3"),
        ("id:c", ""),
        ("parent:c-1", "2"),
        ("priority:2", "2 3"),
        ("date:2022-03", "1 2"),
        ("date:2022", "1 2 4"),
        ("-date:2022", "3"),
        ("has:statement", "1 3 4"),
        ("has:recording", "2"),
        ("-has:recording -has:statement", ""),
        ("has:excerpt", "3 4"),
        ("has:orphan", "4"),
        ("has:note", "2 3"),
        ("has:verdict", "1 2"),
        ("marked:yes", "4"),
        ("marked:no", "1 2 3"),
        ("-marked:no", "4"),
        ("kharkiv", "1 3"),
        ("KHARKIV killed", "1"),
        ("kharkiv -killed", "3"),
        ('"near kharkiv"', "1"),
        ("УБИТЫХ", "2"),
        ("strasse", "4"),
        ("c-4", "4"),
        ("100%", "3"),
        ("sure_thing", "3"),
        ("sure-thing", ""),
        ("it's", "3"),
        ("[/x]", "3"),
        ("' OR 1=1 --", ""),
        ("tag:% priority:1", ""),
    ],
)
def test_a_filter_holds_just_the_claims_that_it_says(session: Session, text: str, ids: str) -> None:
    filter_ = session.filter(text)
    wanted = [f"c-{n}" for n in ids.split()]
    assert sorted(row.id for row in session.rows(filter_)) == wanted
    assert session.count(filter_) == len(wanted)
    assert [id_ for id_ in ("c-1", "c-2", "c-3", "c-4") if session.matches(id_, filter_)] == wanted


def test_a_verdict_that_the_scale_does_not_have_is_named_with_its_place(
    session: Session,
) -> None:
    with pytest.raises(FilterError, match=r"'flase' is not a verdict of this case") as caught:
        session.filter("kharkiv -verdict:flase")
    assert caught.value.at == 8


def test_half_a_character_is_answered_with_a_sentence(session: Session) -> None:
    for ask in (
        lambda: session.rows(session.filter("\udcff")),
        lambda: session.view("\udcff"),
        lambda: session.note(session.view("c-1"), "\udcff"),
        lambda: session.decide(session.view("c-1"), "false", "\udcff"),
    ):
        with pytest.raises(UsageError, match="Half a character"):
            ask()


def test_the_list_cuts_long_texts_and_gives_them_whole_when_asked(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    take_in(path, claim("c-9", text="ї" * 1000))
    with at_work(path, "ann") as (ann,):
        row = ann.row("c-9")
        assert row is not None
        assert len(row.text) == queue.CUT
        assert len(ann.rows(ann.filter("id:c-9"), whole=True)[0].text) == 1000
        assert len(ann.view("c-9").claim.text) == 1000
