"""A move in a queue of any length costs the same: each query that runs goes by an index."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reviewer.casefile import evidence, ledger, rank_counts, tally
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.listed import order_like
from reviewer.model.canonical import canonical
from reviewer.model.evidence import Stance
from reviewer.service import ageing, asking, grading
from reviewer.service.session import ORDERS, Session
from tests.casefile.making import at_work, new_case

FEW, MANY = 200, 20_000
STEP = 10
GROWTH = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size)
"""
SMALL = {"about", "scale", "chain", "writer", "reader", "tally", "sqlite_schema"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The same work in a small case and in a large one, by two readers."""
    folder = tmp_path_factory.mktemp("cost")
    small = new_case(folder)
    with at_work(small, "ann", "borys") as (ann, borys):
        borys.decide(borys.view("c-1"), "false", "they deny it")
        ann.link(ann.view("c-1"), ann.text("call-1"), 0, 8, Stance.CONTEXT)
        ann.decide(ann.view("c-1"), "contested")
        ann.mark(ann.view("c-2"))
        ann.undo()
        ageing.recheck(ann, ann.view("c-1"), "2022-05-24")
        ageing.recheck(ann, ann.view("c-2"), "2022-05-24")
    large = folder / "large.case"
    shutil.copyfile(small, large)
    for path, size in ((small, FEW), (large, MANY)):
        with CaseFile.open(path) as case:
            grow(case.con, size)
    return {FEW: small, MANY: large}


def grow(con: Connection, size: int) -> None:
    """Claims, evidence, entries and state of others, as much of each."""
    rows = {
        "claim": "'x' || i, 1, zeroblob(32), 'text ' || i, '', '2022', 1 + i % 9, '[]', '', ''",
        "queue": "'x' || i, 1, 1 + i % 9, '2022', CASE i % 3 WHEN 0 THEN 'new' ELSE 'decided' END,"
        " i % 3 = 0, '', 0, 0",
        "statement": "'s' || i, 1, randomblob(32), 'gur', '', '', '', 'en', 'verbatim', '',"
        " 'text', '', 'en', ''",
        "shown_with": "'x' || i, 1, 0, 's' || i",
        "quotation": "'q' || i, 1, randomblob(32), 'x' || i, 's' || i, 'context', 'text', '', '',"
        " zeroblob(32), 0, 4, ''",
        "excerpt": "'q' || i, 'x' || i, 's' || i, 'context', 'text', '', '', 0, 4, NULL, NULL,"
        " NULL, NULL, ''",
        "act": "1000 + i, (SELECT author FROM entry WHERE lsn = 1000 + i), 'x' || i, -1",
        "verdict": "1000 + i, 'x' || i, (SELECT author FROM entry WHERE lsn = 1000 + i), 'false',"
        " 1, ''",
        "note": "'x' || i, (SELECT author FROM entry WHERE lsn = 1000 + i), 1000 + i, 'words'",
        "flag": "(SELECT author FROM entry WHERE lsn = 1000 + i), 'mark', 'x' || i, 1000 + i",
    }
    con.execute("BEGIN")
    con.executemany(
        "INSERT INTO entry (lsn, id, chain, seq, lamport, kind, author, body)"
        " VALUES (?, ?, 1, ?, ?, 'verdict', ?, ?)",
        verdicts(con, size),
    )
    for table, columns in rows.items():
        con.execute(f"INSERT INTO {table} {GROWTH} SELECT {columns} FROM n", {"size": size})
    rank_counts.judge_all(con)
    rank_counts.rebuild(con)
    tally.rebuild(con)
    con.execute("COMMIT")


def verdicts(con: Connection, size: int) -> Iterator[tuple[object, ...]]:
    authors = [row["author"] for row in con.execute("SELECT author FROM reader").fetchall()]
    for n in range(1001, 1001 + size):
        author = authors[n % 2]
        body = canonical(
            {
                **dict.fromkeys("pwsx"),
                **{"v": 1, "c": "00", "n": n, "l": n, "t": 0, "k": "verdict", "o": []},
                "a": author.hex(),
                "d": {"claim": f"x{n - 1000}", "value": "false", "saw": {}},
            }
        )
        yield n, hashlib.sha256(body).digest(), n, n, author, body


Verb = Callable[[Session], object]


def by_id(session: Session) -> object:
    with session.case.read() as con:
        first = con.execute("SELECT id FROM entry WHERE lsn = 2").fetchone()["id"]
        return ledger.by_id(con, first.hex())


def reading(session: Session, what: Callable[[Connection], object]) -> object:
    with session.case.read() as con:
        return what(con)


READS: dict[str, Verb] = {
    "what is not known": lambda s: asking.gaps_of(s, s.view("c-1"), graded=True),
    "the grade of a text": lambda s: grading.code_of(s, "c-1", s.text("gur-7-march")),
    "the claims of a text": lambda s: grading.claims_of(s, "gur-7-march"),
    "a claim": lambda s: s.view("c-1"),
    "a row": lambda s: s.row("x50"),
    "the first page": lambda s: s.rows(limit=20),
    "a page further on": lambda s: s.rows(after="x50", limit=20),
    "a page back": lambda s: s.rows(before="x150", limit=20),
    "a page of what is new": lambda s: s.rows(s.filter("state:new"), after="x50", limit=20),
    "a page of what is undecided": lambda s: s.rows(s.filter("state:undecided"), limit=20),
    "the last row": lambda s: s.last(),
    "the next undecided": lambda s: s.next_undecided(after="x50"),
    "the next undecided, from the top": lambda s: s.next_undecided(),
    "whether a filter holds a claim": lambda s: s.matches("x50", s.filter("tag:a -marked:yes x")),
    "what to undo": lambda s: reading(s, lambda con: ledger.to_undo(con, "ann")),
    "what to redo": lambda s: reading(s, lambda con: ledger.to_redo(con, "ann")),
    "all about a claim": lambda s: reading(s, lambda con: ledger.about_claim(con, "c-1")),
    "an entry": by_id,
    "a text": lambda s: reading(s, lambda con: evidence.target(con, "call-1")),
    "a claim's history": lambda s: s.log(claim="c-1"),
    "the newest entries": lambda s: s.log(),
    "what stands against a claim": lambda s: s.links_of("c-1"),
    "whether a claim is due": lambda s: s.due("c-1"),
    "how many claims are due": lambda s: s.count_due(),
    "what changed between verdicts": lambda s: ageing.changes(s, s.view("c-2")),
    "whether others wrote": lambda s: s.changed_by_others(),
}
LOOKED_AT = MANY // 5
"""Tens of steps: less than a walk through a fifth of the queue takes."""


EVERY_ORDER = {
    **ORDERS,
    "like": order_like("c-1", ["x150", "x7", *(f"x{n}" for n in range(20, 120))]),
}


def in_order(id_: str, verb: Verb) -> Verb:
    """The same with the queue in another order."""

    def ordered(session: Session) -> object:
        session.order = EVERY_ORDER[id_]
        return verb(session)

    return ordered


SERVED = "(state:new or state:reopened) priority:2..4"
IN_ORDERS: dict[str, Verb] = {
    f"{name}, {id_}": in_order(id_, verb)
    for id_ in EVERY_ORDER
    for name, verb in {
        "the first page": lambda s: s.rows(limit=20),
        "a page further on": lambda s: s.rows(after="x150", limit=20),
        "a page back": lambda s: s.rows(before="x150", limit=20),
        "a page of a filter": lambda s: s.rows(s.filter("x-y or text"), after="x140", limit=20),
        "the last row": lambda s: s.last(),
        "the next undecided": lambda s: s.next_undecided(after="x50"),
        "the next undecided, around the end": lambda s: s.next_undecided(after=s.last().id),
        "a page of a date": lambda s: s.rows(s.filter("date:2022 state:decided"), limit=20),
    }.items()
}
COUNTS: dict[str, Verb] = {
    "the count": lambda s: s.count(),
    "the count of what is undecided": lambda s: s.count(s.filter("state:undecided")),
    "the count of states and priorities": lambda s: s.count(s.filter(SERVED)),
    "the count of dates": lambda s: s.count(s.filter("date:2022..2023 state:new")),
    "what is to be looked at": lambda s: s.ready(s.filter("some words state:new")),
    **{f"a position, {id_}": in_order(id_, lambda s: s.position("x150")) for id_ in EVERY_ORDER},
    "a position behind the claims that are alike": in_order("like", lambda s: s.position("x141")),
    "the status": lambda s: s.status(),
    "a position in a filter": lambda s: s.position("x150", s.filter(SERVED)),
}
READS |= IN_ORDERS
ACTS: dict[str, Verb] = {
    "a verdict": lambda s: s.decide(s.view("c-2"), "false", "words"),
    "the same claim again": lambda s: s.decide(s.view("c-2"), "verified"),
    "a note": lambda s: s.note(s.view("c-2"), "other words"),
    "an excerpt": lambda s: s.link(s.view("c-2"), s.text("call-1"), 0, 7, Stance.SUPPORTS),
    "an excerpt taken back": lambda s: s.unlink(s.view("c-2"), s.view("c-2").excerpts[0]),
    "a mark": lambda s: s.mark(s.view("c-3")),
    "an undo": lambda s: s.undo(),
    "a redo": lambda s: s.redo(),
    "a withdrawal": lambda s: s.withdraw(s.view("c-2")),
}


@contextmanager
def statements_of(con: Connection) -> Iterator[list[str]]:
    """The SQL that really runs meanwhile, with its values in it."""
    said: list[str] = []
    con.set_trace_callback(said.append)
    try:
        yield said
    finally:
        con.set_trace_callback(None)


@contextmanager
def steps_of(con: Connection) -> Iterator[list[int]]:
    """How many tens of steps SQLite's own machine makes meanwhile."""
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    con.set_progress_handler(step, STEP)
    try:
        yield steps
    finally:
        con.set_progress_handler(None, STEP)


def scans(con: Connection, statement: str) -> list[str]:
    """The steps of a query's plan that walk through a table that may be large."""
    if not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", statement):
        return []
    plan = [row[3] for row in con.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()]
    names = dict(re.findall(r"\b(?:FROM|JOIN) (\w+) AS (\w+)", statement))
    aliases = {alias: table for table, alias in names.items()}
    found = [
        step
        for step in plan
        if re.search("TEMP B-TREE FOR .*ORDER BY", step) and "LIMIT" in statement
    ]
    for step in plan:
        scanned = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX \w+)?", step)
        if scanned is None or aliases.get(scanned[1], scanned[1]) in SMALL:
            continue
        if "VIRTUAL TABLE" in step:  # json_each over the tags of one claim
            continue
        # In the order that is asked for, and with a limit, it ends as soon as it is full.
        if "ORDER BY" in statement and "LIMIT" in statement and step == plan[0]:
            continue
        found.append(step)
    return found


@pytest.mark.parametrize("verb", READS.values(), ids=READS)
def test_a_look_goes_by_an_index(made: dict[int, Path], verb: Verb) -> None:
    with Session.open(made[MANY], "ann") as session:
        with statements_of(session.case.con) as said:
            verb(session)
        assert said
        assert [(s, scans(session.case.con, s)) for s in said if scans(session.case.con, s)] == []


@pytest.mark.parametrize("verb", READS.values(), ids=READS)
def test_a_look_costs_the_same_in_a_hundred_times_as_large_a_case(
    made: dict[int, Path], verb: Verb
) -> None:
    cost = {}
    for size, path in made.items():
        with Session.open(path, "ann") as session, steps_of(session.case.con) as steps:
            verb(session)
            cost[size] = steps[0]
    assert cost[MANY] <= cost[FEW] * 1.5 + 10, cost


@pytest.mark.parametrize("verb", COUNTS.values(), ids=COUNTS)
def test_a_count_or_a_position_is_added_up_and_not_walked_to(
    made: dict[int, Path], verb: Verb
) -> None:
    with Session.open(made[MANY], "ann") as session:
        con = session.case.con
        with statements_of(con) as said, steps_of(con) as steps:
            verb(session)
        assert [(s, scans(con, s)) for s in said if scans(con, s)] == []
        assert steps[0] <= LOOKED_AT


def test_acts_cost_the_same_in_a_hundred_times_as_large_a_case(
    made: dict[int, Path], tmp_path: Path
) -> None:
    cost: dict[int, dict[str, int]] = {}
    for size, path in made.items():
        copy = tmp_path / f"{size}.case"
        shutil.copyfile(path, copy)
        cost[size] = {}
        with at_work(copy, "ann") as (ann,):
            for name, act in ACTS.items():
                with steps_of(ann.case.con) as steps, statements_of(ann.case.con) as said:
                    act(ann)
                cost[size][name] = steps[0]
                assert [s for s in said if scans(ann.case.con, s)] == []
    for name in ACTS:
        assert cost[MANY][name] <= cost[FEW][name] * 1.5 + 10, (name, cost)


def test_this_test_would_see_a_walk_through_the_whole_queue(made: dict[int, Path]) -> None:
    with Session.open(made[MANY], "ann") as session:
        con = session.case.con
        assert scans(con, "SELECT * FROM queue AS q WHERE q.verdict = ''")
        assert scans(con, "SELECT * FROM queue AS q ORDER BY q.verdict LIMIT 1")
        with steps_of(con) as steps:
            con.execute("SELECT count(*) FROM queue WHERE verdict = 'x'").fetchone()
        assert steps[0] > MANY / STEP
