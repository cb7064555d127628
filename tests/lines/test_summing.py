"""`M` in lines: the same numbers, no plot."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_agreement import read_by_two
from tests.lines.at_work import reading, shipped_case


def test_the_sitting_is_summed_up_in_lines(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, _):
        reader.press("3", "4")
        heard = reader.press("M", "enter")
        assert "Seen: 3 claims\n" in heard
        assert "Decided: 2 claims: unverified 1, contested 1\n" in heard
        assert "Debt: 14 undecided\n" in heard
        assert "#" not in heard
        assert "All readers" not in heard


def test_the_agreement_is_printed_where_it_is_asked_for(tmp_path: Path) -> None:
    with reading(read_by_two(tmp_path, 60), "ann") as (reader, _):
        heard = reader.press("M", "a", "enter")
        assert "All readers:\nClaims: 60 claims, the same verdict on 40\nPer cent: 67 %" in heard
        assert "ann and borys:\n" in heard
        assert "--o--" not in heard
    with reading(shipped_case(tmp_path)) as (reader, _):
        assert "No claim was read by two readers yet" in reader.press("M", "a", "enter")
