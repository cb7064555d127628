"""`agreement`, and what `status` says of it."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

from reviewer.model.entry import Kind
from reviewer.service import agreeing
from reviewer.service.session import Session
from tests.casefile.making import at_work, claim, new_case, take_in
from tests.cli.conftest import Program, Reviewer
from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
VALUES = ("verified", "partly_verified", "misleading", "false", "unverified")


def read_by_two(folder: Path, claims: int, second: str = "borys") -> Path:
    """A case of which two readers agree on two claims of three."""
    path = new_case(folder)
    ids = [f"x-{n:02}" for n in range(claims)]
    take_in(path, *map(claim, ids))
    with at_work(path, "ann", second) as (ann, other):
        for n, id_ in enumerate(ids):
            ann.decide(ann.view(id_), VALUES[n % 5])
            other.decide(other.view(id_), VALUES[(n + (n % 3 == 0)) % 5])
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return read_by_two(tmp_path, 60)


def test_nothing_is_said_of_it_where_nobody_read_twice(reviewer: Reviewer, case: Path) -> None:
    reviewer("decide", case, "c-01", "false", "--as", "ann")
    assert not [line for line in reviewer("status", case).lines if "read" in line.lower()[:5]][1:]
    assert reviewer("status", case, "--json").json["agreement"] is None
    assert reviewer("agreement", case).lines == [
        "No claim was read by two readers yet, as far as you may know."
    ]
    assert reviewer("agreement", case, "--json").json["claims"] == 0


def test_the_status_sums_it_up_and_says_where_more_is(reviewer: Reviewer, path: Path) -> None:
    lines = reviewer("status", path).lines
    assert lines[-3] == "Read by two or more: 60 claims, the same verdict on 40"
    assert lines[-2].startswith("Agreement: per cent 67 % [5")
    assert ", alpha 0.59 [0.4" in lines[-2]
    assert ", AC1 0." in lines[-2]
    assert lines[-1] == f"By pair and by value: reviewer agreement {path}"
    found = reviewer("status", path, "--json").json["agreement"]
    assert (found["claims"], found["all"]["agreed"]) == (60, 40)
    names = [measure["name"] for measure in found["all"]["measures"]]
    assert names == ["per cent", "alpha", "AC1", "ordinal alpha"]


def test_it_is_told_by_pair_and_by_value_with_counts(reviewer: Reviewer, path: Path) -> None:
    lines = reviewer("agreement", path).lines
    assert lines[0] == "All readers:"
    pair = lines.index("ann and borys:")
    assert lines[pair + 1] == "  Claims: 60 claims, the same verdict on 40"
    assert [line.partition(":")[0].strip() for line in lines[pair + 2 : pair + 6]] == [
        *("Per cent", "Kappa", "AC1", "Weighted kappa"),
    ]
    assert lines[pair + 5].endswith("of them")
    assert "  false: 24 readings on 16 claims; else misleading 4, unverified 4" in lines
    assert lines[-1].endswith("a line: verified, partly verified, misleading, false.")


def test_under_the_minimum_there_are_only_counts(reviewer: Reviewer, tmp_path: Path) -> None:
    path = read_by_two(tmp_path, 12)
    assert reviewer("status", path).lines[-3:-1] == [
        "Read by two or more: 12 claims, the same verdict on 8",
        "Agreement: no coefficient under 30 claims read by two or more",
    ]
    lines = reviewer("agreement", path).lines
    assert not [line for line in lines if "%" in line or "0." in line]
    assert lines[-1] == "Under 30 claims no coefficient is given: it would mostly be chance."
    with Session.open(path, "ann") as ann:
        ann.find(Kind.METHOD, "", "agreement_minimum", 10)
    assert "%" in reviewer("status", path).lines[-2]


def test_the_table_has_a_measure_a_row_and_no_formula(reviewer: Reviewer, tmp_path: Path) -> None:
    path = read_by_two(tmp_path, 60, "=cmd()")
    out = reviewer("agreement", path, "--csv").out.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(out)))
    kappa = next(row for row in rows if row["measure"] == "kappa")
    assert (kappa["of"], kappa["claims"], kappa["agreed"]) == ("pair", "60", "40")
    assert float(kappa["low"]) < float(kappa["value"]) < float(kappa["high"])
    assert kappa["name"].startswith("'=cmd()")
    assert next(row["name"] for row in rows if row["of"] == "value") == "verified"


def test_only_what_was_read_blind_where_that_is_asked(reviewer: Reviewer, tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann", "borys") as (ann, borys):
        for id_, blind in (("c-1", True), ("c-2", False)):
            ann.decide(ann.view(id_), "false")
            borys.decide(borys.view(id_), "false", more={"blind": blind})
    lines = reviewer("agreement", path).lines
    assert lines[1] == "  Claims: 2 claims, the same verdict on 2, 1 read blind"
    assert reviewer("agreement", path, "--blind", "--json").json["claims"] == 1


def test_very_many_claims_are_left_to_the_command(
    reviewer: Reviewer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreeing, "AT_ONCE", 59)
    lines = reviewer("status", path).lines
    assert lines[-3:] == [
        "Read by two or more: about 60 claims",
        "Agreement: it takes a while with so many",
        f"By pair and by value: reviewer agreement {path}",
    ]


def test_on_a_terminal_the_pairs_are_drawn_in_ascii_and_not_on_a_dumb_one(path: Path) -> None:
    command = [sys.executable, "-m", "reviewer", "agreement", str(path)]
    for term, drawn in (("xterm", True), ("dumb", False)):
        with Terminal(command, 120, 60, env={"PYTHONPATH": str(ROOT), "TERM": term}) as terminal:
            assert terminal.wait_exit() == 0
            assert ("Per cent agreement by pair:" in terminal.text) is drawn
            assert ("--o--" in terminal.text) is drawn
            assert b"\x1b" not in terminal.raw
            assert terminal.raw.isascii()


def test_a_plot_costs_only_who_sees_one(program: Program, path: Path) -> None:
    listed = """
import sys
from reviewer.cli.main import run
run(sys.argv[1:])
print("plotext" in sys.modules, file=sys.stderr)
"""
    for command in ("status", "agreement"):
        assert program(command, path, python=listed).err.strip() == "False"


def test_a_summary_of_the_newest_sitting_is_printed(reviewer: Reviewer, case: Path) -> None:
    lines = reviewer("summary", case, "--as", "ann").lines
    assert lines[0] == "ann has recorded nothing in this case."
    assert lines[-1] == "Debt: 16 undecided"
    reviewer("decide", case, "c-01", "false", "--as", "ann")
    reviewer("decide", case, "c-02", "false", "--as", "ann", "--note", "words")
    lines = reviewer("summary", case, "--as", "ann").lines
    assert "Decided: 2 claims: false 2" in lines
    assert lines[-3:] == [
        "Second reader: none asked for; 2 claims read by one alone",
        "Disagreements: none",
        "Debt: 14 undecided",
    ]
    found = reviewer("summary", case, "--as", "ann", "--json").json
    assert (found["decided"], found["verdicts"], found["seen"]) == (2, {"false": 2}, None)
    assert list(found["days"].values())[-1] == 2
    assert found["began"].endswith("Z")


def test_the_dossiers_say_how_far_the_readers_agreed(
    reviewer: Reviewer, path: Path, case: Path, tmp_path: Path
) -> None:
    for format_ in ("html", "markdown"):
        for file, told in ((path, True), (case, False)):
            out = tmp_path / f"{file.stem}.{format_}"
            assert reviewer("export", file, "--format", format_, out).code == 0
            text = out.read_text()
            assert ("60 claims, the same verdict on 40" in text) is told, format_
            assert ("Read by two or more" in text) is told
    assert "- Agreement: per cent 67" in (tmp_path / f"{path.stem}.markdown").read_text()
