"""`M`: the sitting summed up, and behind `tab` how far the readers agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.service import agreeing
from tests.cli.test_agreement import read_by_two
from tests.desk.cases import founding
from tests.desk.reader import at_desk


async def test_the_sitting_is_summed_up_with_a_plot_by_day(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("M")
        reader.sees("This sitting", "Seen", "1 claim", "Decided", "0 claims")
        assert "####" not in reader.text
        await reader.press("M", "3", "4", "M")
        reader.sees("3 claims", "2 claims: unverified 1, contested 1", "14 undecided")
        reader.sees("Your verdicts by day", "####")
        assert reader.text.isascii()
        await reader.press("q")
        reader.sees("READ")


async def test_tab_turns_to_the_agreement_and_back(tmp_path: Path) -> None:
    async with at_desk(read_by_two(tmp_path, 60), name="ann") as reader:
        await reader.press("M", "tab")
        reader.sees("All readers", "60 claims, the same verdict on 40", "Kappa", "Weighted kappa")
        await reader.press("G")
        reader.sees("Per cent agreement by pair", "--o--", "ann and borys")
        assert reader.text.isascii()
        await reader.press("tab")
        reader.sees("This sitting")
        await reader.press("esc")
        assert reader.running


async def test_a_verdict_of_another_is_there_when_the_page_is_turned_again(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("4", "M", "tab")
        reader.sees("No claim was read by two readers yet, as far as you may know.")
        with reader.case.session("borys") as borys:
            claim = next(line.claim for line in borys.log() if line.kind == "verdict")
            borys.decide(borys.view(claim), "false")
        await reader.press("tab", "tab")
        reader.sees("1 claim, the same verdict on 0", "Under 30 claims no coefficient is given")
        assert "%" not in reader.text


async def test_too_many_to_wait_for_are_left_to_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = read_by_two(tmp_path, 12)
    monkeypatch.setattr("reviewer.desk.summary.AT_ONCE", 11)
    assert agreeing.AT_ONCE > 11
    async with at_desk(path) as reader:
        await reader.press("M", "tab")
        reader.sees("12 claims were read by two or more: too many to compare")


async def test_it_fits_the_smallest_desk_and_another_width(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("3", "M")
        await reader.resize(60, 18)
        reader.sees("Debt", "15 undecided")
        await reader.resize(120, 40)
        reader.sees("Debt", "####")
