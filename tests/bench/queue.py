"""What a move in a long queue costs below the screen, in every order of it.

    python -m tests.bench.queue [CLAIMS] [FOLDER]

The case is made once, with SQL, since its claims are in every state of work; it is kept in the
folder of the bench. The table has the slowest of all moves; this module alone prints each.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reviewer.casefile import rank_counts, walks
from reviewer.casefile.case import CaseFile
from reviewer.casefile.listed import order_like
from reviewer.service.session import ORDERS, Order, Session
from tests.bench.bench import Bench, usual_folder
from tests.bench.cases import bring_up_to_date
from tests.bench.table import Budget, Row

TIMES = 15
FRAME_MS = 16.0
"""What no reader notices: a sixtieth of a second."""
ROWS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :claims)
"""
DATE = "date('2022-02-24', '+' || (i * 7919 % 1000) || ' days')"
TEXT = (
    "'The ministry said that ' || (i * 31 % 977) || ' soldiers were wounded near village '"
    " || (i * 7 % 4999) || ', which agency ' || (i % 211) || ' denied the day after.'"
)
STATE = "CASE WHEN i % 10 < 6 THEN 'new' WHEN i % 10 < 9 THEN 'decided' ELSE 'in_conflict' END"
WALKED = "village 77,"
ALIKE = 150
"""So many claims stand first in an order by likeness."""


def rows(bench: Bench) -> Iterator[Row]:
    """The slowest move, beside the same one in a queue of a thousandth."""
    slowest: dict[str, tuple[float, float]] = {}
    with (
        Session.open(case_of(bench.folder, bench.claims), "bench", readonly=True) as large,
        Session.open(case_of(bench.folder, bench.few), "bench", readonly=True) as small,
    ):
        for order, same in zip(orders(large), orders(small), strict=True):
            large.order, small.order = order, same
            few = moves(small)
            for name, verb in moves(large).items():
                slowest[f"{name}, {large.order.title}"] = median(verb), median(few[name])
    name = max(slowest, key=slowest.__getitem__)
    took, floor = slowest[name]
    told = f"slowest of {len(slowest)} moves below the screen: {name}"
    yield Row(told, took, "ms", Budget(most=FRAME_MS), floor)


def main(claims: int, folder: Path) -> None:
    """Make the case if there is none, measure, and print."""
    path = case_of(folder, claims)
    with Session.open(path, "bench", readonly=True) as session:
        print(f"{session.count():,} claims, {path.stat().st_size / 1e6:,.0f} MB")
        for order in orders(session):
            session.order = order
            print(f"\n{order.title}:")
            for name, verb in moves(session).items():
                print(f"  {name:44} {median(verb):10.2f} ms")
        session.order = ORDERS["priority"]
        beside(session)


def case_of(folder: Path, claims: int) -> Path:
    """The case of so many claims."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"queue-{claims}-2.case"
    if path.exists():
        bring_up_to_date(path)
    else:
        unborn = path.with_suffix(".new")
        unborn.unlink(missing_ok=True)
        with CaseFile.create(unborn, title=f"{claims:,} claims") as case, case.write() as con:
            con.execute(
                f"INSERT INTO claim {ROWS} SELECT printf('c-%07d', i * 104729 % :prime), 1,"
                f" zeroblob(32), {TEXT}, 'Speaker ' || (i % 5000), {DATE}, 1 + i % 9, '[]', '', ''"
                " FROM n",
                {"claims": claims, "prime": 9_999_991},
            )
            con.execute(
                "INSERT INTO queue SELECT id, 1, priority, date, s, s = 'new', '', 0, 0 FROM"
                f" (SELECT *, {STATE.replace('i %', 'rowid %')} AS s FROM claim)"
            )
            rank_counts.judge_all(con)
            rank_counts.rebuild(con)
        unborn.rename(path)
    return path


def orders(session: Session) -> list[Order]:
    """Every order, the last with a list of claims from here and there before all others."""
    step = max(1, session.count() // ALIKE)
    with session.case.read() as con:
        rows = con.execute("SELECT id FROM claim WHERE rowid % ? = 1 LIMIT ?", (step, ALIKE))
        first, *alike = [row["id"] for row in rows.fetchall()]
    return [*ORDERS.values(), order_like(first, alike)]


def moves(session: Session) -> dict[str, Callable[[], object]]:
    """What is measured in each order."""
    first = session.rows(limit=1)[0].id
    last = session.last()
    middle = middle_of(session)
    undecided = session.filter("state:undecided")
    served = session.filter("(state:new or state:decided) priority:2..4")
    dated = session.filter("state:new date:2022-06..2023-02")
    assert last is not None
    return {
        "first page of 40": lambda: session.rows(limit=40),
        "page in the middle": lambda: session.rows(after=middle, limit=40),
        "page back from the middle": lambda: session.rows(before=middle, limit=40),
        "last page": lambda: session.rows(before=last.id, limit=40),
        "last claim": session.last,
        "next undecided from the middle": lambda: session.next_undecided(after=middle),
        "next undecided from the end (wraps around)": lambda: session.next_undecided(after=last.id),
        "jump to a claim": lambda: session.view(middle),
        "count": session.count,
        "count of undecided": lambda: session.count(undecided),
        "position of the first": lambda: session.position(first),
        "position in the middle": lambda: session.position(middle),
        "position of the last": lambda: session.position(last.id),
        "position among the undecided": lambda: session.position(middle, undecided),
        "states and priorities: page": lambda: session.rows(served, limit=40),
        "states and priorities: count": lambda: session.count(served),
        "state and dates: page": lambda: session.rows(dated, after=middle, limit=40),
        "state and dates: count": lambda: session.count(dated),
    }


def middle_of(session: Session) -> str:
    """A claim from the middle of the queue."""
    with session.case.read() as con:
        row = con.execute(
            "SELECT claim FROM queue ORDER BY priority, date, claim LIMIT 1 OFFSET :n",
            {"n": session.count() // 2},
        ).fetchone()
    return str(row[0])


def beside(session: Session) -> None:
    """A filter of words: looked up once, then as cheap as the others."""
    filter_ = session.filter(WALKED)
    began = time.perf_counter()
    with session.case.read() as con:
        walk = walks.begun(con, filter_, session.order)
        longest = 0.0
        step = time.perf_counter()
        for _ in walk.steps(con):
            longest = max(longest, time.perf_counter() - step)
            step = time.perf_counter()
    took = time.perf_counter() - began
    session.use(walk, session.acts)
    middle = session.rows(filter_, limit=walk.found // 2)[-1].id
    print(f"\nthe words '{WALKED}', which no index serves ({walk.found:,} claims):")
    print(f"  {'looked up beside the screen':44} {took * 1e3:10.2f} ms")
    print(f"  {'of it the longest piece (esc waits no longer)':44} {longest * 1e3:10.2f} ms")
    for name, verb in {
        "first page of 40, then": lambda: session.rows(filter_, limit=40),
        "page in the middle, then": lambda: session.rows(filter_, after=middle, limit=40),
        "next undecided, then": lambda: session.next_undecided(filter_, after=middle),
        "position in the middle, then": lambda: session.position(middle, filter_),
    }.items():
        print(f"  {name:44} {median(verb):10.2f} ms")


def median(verb: Callable[[], object]) -> float:
    """Milliseconds."""
    verb()
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        verb()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1e3


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 1_000_000,
        Path(given[1]) if len(given) > 1 else usual_folder(),
    )
