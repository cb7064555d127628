"""The summary of a sitting: what was done in it and is in force, and what waits."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.model.summary import Summary
from reviewer.service.merging import merge
from reviewer.service.plots import by_day, by_pair
from reviewer.service.second_reading import ask
from reviewer.service.session import Session
from reviewer.service.summing import fields, leaving, newest, spent, summary
from tests.casefile.making import Ticking, claim, new_case, take_in
from tests.casefile.test_costs import LOOKED_AT, MANY, made, scans, statements_of, steps_of

__all__ = ["made"]

HOUR = 3_600_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = new_case(tmp_path)
    take_in(path, *(claim(f"x-{n}") for n in range(6)))
    return path


@pytest.fixture
def ann(path: Path) -> Iterator[Session]:
    with Session.open(path, "ann", clock=Ticking()) as session:
        yield session


def see(session: Session, *claims: str) -> None:
    for id_ in claims:
        session.see(session.view(id_))


def told(session: Session, found: Summary | None = None) -> dict[str, str]:
    return dict(fields(found or summary(session), session.scale))


def test_it_counts_what_was_seen_decided_and_recorded_since_it_began(ann: Session) -> None:
    ann.decide(ann.view("x-0"), "false")
    see(ann, "c-1", "c-2", "x-1", "c-1")
    ann.decide(ann.view("c-1"), "contested")
    ann.decide(ann.view("c-1"), "false")
    ann.decide(ann.view("c-2"), "verified", "a note")
    ann.decide(ann.view("x-1"), "verified")
    ann.undo()
    ann.mark(ann.view("x-2"))
    said = told(ann)
    assert said["Seen"] == "3 claims"
    assert said["Decided"] == "2 claims: verified 1, false 1"
    assert said["Also recorded"] == "mark 1"
    assert said["Second reader"] == "none asked for; 3 claims read by one alone"
    assert said["Disagreements"] == "none"
    assert said["Debt"] == "7 undecided"
    assert summary(ann).days[-1][1] == 3


def test_nothing_is_said_on_leaving_where_nothing_is_in_force(ann: Session) -> None:
    assert list(leaving(summary(ann))) == []
    see(ann, "c-1")
    assert list(leaving(summary(ann))) == []
    ann.decide(ann.view("c-1"), "false")
    ann.undo()
    assert list(leaving(summary(ann))) == []
    ann.redo()
    first, second = leaving(summary(ann))
    assert first.startswith("This sitting: 1 claim seen, 1 decided in ")
    assert second == "Left: 9 undecided."


def test_what_waits_is_told_with_what_others_did(path: Path, ann: Session) -> None:
    see(ann, "c-1")
    for id_ in ("c-1", "c-2", "c-3"):
        ann.decide(ann.view(id_), "false")
    with Session.open(path, "borys") as borys:
        borys.decide(borys.view("c-1"), "verified")
        borys.set_aside(borys.view("x-1"))
        borys.note(borys.view("x-2"), "words")
    take_in(path, claim("c-2", text="Other words."))
    said = told(ann)
    assert said["Decided"] == "3 claims: false 3"
    assert said["Disagreements"] == "readers differ on 1 claim"
    assert (
        said["Debt"] == "8 undecided (1 reopened, 1 set aside, 1 begun), 1 verdict of yours stale"
    )
    assert list(leaving(summary(ann)))[1].endswith("; readers differ on 1 claim.")


def test_verdicts_that_wait_for_a_second_reading_are_counted_for_their_writer_alone(
    path: Path, ann: Session
) -> None:
    see(ann, "c-1")
    ask(ann, ann.view("c-1"))
    ann.decide(ann.view("c-1"), "false")
    ann.decide(ann.view("c-2"), "false")
    ask(ann, ann.view("c-2"))
    said = told(ann)
    assert said["Decided"] == "2 claims: false 2"
    assert said["Second reader"] == (
        "2 of your claims wait for one, asked for on 1 claim; 0 claims read by one alone"
    )
    assert said["Debt"].startswith("8 undecided")
    assert summary(ann).days[-1][1] == 2
    assert "second reader: 2 of your claims wait for one" in list(leaving(summary(ann)))[1]
    with Session.open(path, "borys", clock=Ticking()) as borys:
        see(borys, "c-1")
        assert told(borys)["Debt"].startswith("10 undecided")
        assert sum(n for _, n in summary(borys).days) == 0


def test_what_another_device_brings_meanwhile_is_of_no_sitting(
    path: Path, tmp_path: Path, ann: Session
) -> None:
    other = tmp_path / "other.case"
    shutil.copyfile(path, other)
    with Session.open(other, "ann", clock=Ticking()) as away:
        away.decide(away.view("x-3"), "false")
    ann.clock.now += HOUR  # type: ignore[attr-defined]
    see(ann, "c-1")
    merge(path, [other], progress=lambda _: True)
    ann.decide(ann.view("c-1"), "false")
    assert summary(ann).decided == 1


def test_the_newest_sitting_is_known_from_the_record(ann: Session) -> None:
    ann.decide(ann.view("x-0"), "false")
    ann.clock.now += 2 * HOUR  # type: ignore[attr-defined]
    for n in range(1, 4):
        ann.decide(ann.view(f"x-{n}"), "verified")
        ann.clock.now += 9_000  # type: ignore[attr-defined]
    found = newest(ann)
    assert (found.decided, found.seen) == (3, None)
    assert "Seen" not in told(ann, found)
    assert 9_000 < (found.pace or 0) < 30_000


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        *((-5, "0 s"), (48_400, "48 s"), (99_000, "99 s"), (25 * 60_000, "25 min")),
        *((HOUR, "60 min"), (2 * HOUR + 5 * 60_000, "2 h 05 min"), (30 * HOUR, "30 h 00 min")),
    ],
)
def test_times_are_told_as_people_say_them(ms: int, said: str) -> None:
    assert spent(ms) == said


def test_it_costs_the_same_however_long_the_queue(made: dict[int, Path]) -> None:
    with Session.open(made[MANY], "ann") as session:
        see(session, "c-1")
        con = session.case.con
        with statements_of(con) as said, steps_of(con) as steps:
            summary(session)
        assert [one for one in said if scans(con, one)] == []
        assert steps[0] <= LOOKED_AT


DAYS = [(f"03-{n:02}", n * n) for n in range(1, 15)]


@pytest.mark.parametrize("width", [40, 60, 78, 118, 198])
def test_plots_fit_and_are_of_ascii_without_an_escape(width: int) -> None:
    pairs = [(f"reader {n} and \x1b[2J[red]", n / 20, n / 30, n / 15) for n in range(9)]
    for rows in (by_day(DAYS, width), by_pair(pairs, width)):
        assert rows
        assert all(len(row) <= width for row in rows), rows
        assert all(row.replace("‹1B›", "").replace("…", "").isascii() for row in rows), rows
        assert not [row for row in rows if "\x1b" in row]
    assert sum("#" in row for row in by_day(DAYS, width)) == 8
    assert sum("o" in row.rpartition("  ")[2] for row in by_pair(pairs, width)) == 9


def test_a_wide_name_moves_no_row_of_a_plot() -> None:
    from reviewer.text.cells import cell_width

    rows = by_pair([("李明 and 王芳", 0.5, 0.5, 0.5), ("ann and borys", 0.5, 0.5, 0.5)], 76)
    first, second = (cell_width(row.rpartition("o")[0]) for row in rows[:2])
    assert first == second


def test_without_what_draws_it_a_plot_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "plotext", None)
    said = ["No plot: plotext is not installed."]
    assert by_day(DAYS, 80) == by_pair([("ann and borys", 0.5, 0.5, 0.5)], 40) == said


def test_nothing_is_drawn_of_nothing_or_where_there_is_no_room() -> None:
    assert by_day([("03-01", 0)], 80) == by_day([], 80) == by_pair([], 80) == []
    assert by_day(DAYS, 30) == by_pair([("a", 0.5, 0.4, 0.6)], 30) == []
