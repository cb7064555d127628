"""Several readers on one case: no two are led to the same claim, and nobody is kept from one."""

from __future__ import annotations

import threading
from pathlib import Path

from reviewer.casefile.leases import LEASE_MS
from reviewer.casefile.ledger import wall_clock
from reviewer.model.words import QueueRow
from reviewer.service.session import Session
from tests.casefile.making import at_work, ledger_of, new_case, rebuilt, state_of

FULL = 2


def ids(*rows: QueueRow | None) -> list[str]:
    return [row.id if row else "" for row in rows]


def test_two_readers_are_led_to_different_claims(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        assert ids(ann.take_next(), borys.take_next()) == ["c-1", "c-2"]
        assert ids(ann.take_next(after="c-1")) == ["c-3"]
        assert borys.read_by("c-3") == "Another reader", "she has recorded nothing yet"
        ann.decide(ann.view("c-3"), "false")
        assert borys.read_by("c-3") == "ann"
        assert ids(borys.take_next(after="c-2")) == ["c-4"]
        assert borys.read_by("c-2") == ann.read_by("c-2") == "", "he has gone on"


def test_a_reader_whose_line_dropped_goes_on_with_the_same_claim(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "ann", "borys") as (dropped, again, borys):
        assert ids(dropped.take_next(), again.take_next()) == ["c-1", "c-1"]
        assert again.read_by("c-1") == ""
        assert ids(borys.take_next()) == ["c-2"]


def test_where_others_read_all_that_waits_one_is_led_to_a_claim_all_the_same(
    tmp_path: Path,
) -> None:
    with at_work(new_case(tmp_path), "a", "b", "c", "d", "e") as sessions:
        assert ids(*(s.take_next() for s in sessions)) == ["c-1", "c-2", "c-3", "c-4", "c-1"]
        last = sessions[-1]
        assert last.decide(last.view("c-1"), "false") is not None, "and may judge it"


def test_a_lease_is_given_back_on_leaving(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with Session.open(path, "ann") as ann:
        ann.take_next()
    with Session.open(path, "borys") as borys:
        assert ids(borys.take_next()) == ["c-1"]


def test_a_lease_runs_out_is_renewed_at_its_half_and_survives_no_clock_set_back(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    now = wall_clock()
    with (
        Session.open(path, "ann", clock=lambda: now) as ann,
        Session.open(path, "borys", clock=lambda: now) as borys,
    ):
        ann.take_next()
        assert borys.changed_by_others()
        now += LEASE_MS // 2 - 1
        ann.stay("c-1")
        assert not borys.changed_by_others(), "nothing was written"
        now += 2
        ann.stay("c-1")
        now += LEASE_MS - 1
        assert borys.read_by("c-1")
        now += 1
        assert not borys.read_by("c-1")
        ann.stay("c-1")
        now -= 3 * LEASE_MS
        assert not borys.read_by("c-1")
        assert ids(borys.take_next()) == ["c-1"]


def test_who_merely_is_on_a_claim_holds_it_if_it_is_free(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.stay("c-2")
        borys.stay("c-2")
        assert ids(borys.take_next()) == ["c-1"]
        assert (borys.read_by("c-2"), ann.read_by("c-2")) == ("Another reader", "")
        ann.decide(ann.view("c-3"), "false")
        ann.stay("c-3")
        assert borys.read_by("c-2") == borys.read_by("c-3") == "", "c-3 waits no longer"


def test_in_a_case_that_cannot_be_written_one_reads_without_a_lease(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with Session.open(path, "ann", readonly=True) as ann, Session.open(path, "borys") as borys:
        assert ids(ann.take_next()) == ["c-1"]
        ann.stay("c-1")
        assert ids(borys.take_next()) == ["c-1"]


def test_leases_are_no_judgement(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        before = ledger_of(ann.case.con), state_of(ann.case.con)
        ann.take_next()
        assert (ledger_of(ann.case.con), state_of(ann.case.con)) == before
        assert rebuilt(ann.case.con) == before[1]


def test_readers_who_ask_at_the_same_instant_are_led_apart(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    for _ in range(5):
        start, led = threading.Barrier(4, timeout=30), []

        def ask(name: str, start: threading.Barrier = start, led: list[str] = led) -> None:
            session = Session.open(path, name)
            start.wait()
            led += ids(session.take_next())
            start.wait()
            session.close()

        threads = [threading.Thread(target=ask, args=(f"reader {n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(led) == ["c-1", "c-2", "c-3", "c-4"]


def test_a_lease_waits_for_no_disk_and_what_is_judged_after_it_does(tmp_path: Path) -> None:
    def lasts() -> int:
        (level,) = ann.case.con.execute("PRAGMA synchronous").fetchone()
        return int(level)

    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        asked: list[str] = []
        ann.case.con.set_trace_callback(asked.append)
        ann.take_next()
        ann.case.con.set_trace_callback(None)
        level = asked.index("PRAGMA synchronous = NORMAL")
        assert level < asked.index("BEGIN IMMEDIATE") < asked.index("COMMIT")
        assert lasts() == FULL
        with borys.case.write():
            ann.stay("c-3")
        assert ann.read_by("c-3") == borys.read_by("c-3") == "", "it was not taken"
        assert lasts() == FULL, "nor where no lease could be had"
