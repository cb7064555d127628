"""Judging: a verdict a key, setting aside, marking, and taking all of it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.model.claims import State
from reviewer.model.scale import scale_of
from tests.casefile.making import claim
from tests.desk.cases import founding, made_of
from tests.desk.reader import at_desk

HOUSE = {
    "1": ("verified", "verified"),
    "2": ("partly_verified", "partly verified"),
    "3": ("unverified", "unverified"),
    "4": ("contested", "contested"),
    "5": ("misleading", "misleading"),
    "6": ("false", "false"),
    "7": ("not_checkable", "not checkable"),
}


async def test_a_digit_records_its_verdict_and_shows_the_next_claim(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        for n, (digit, (value, label)) in enumerate(HOUSE.items(), start=1):
            claim_judged = reader.claim
            reader.sees(f"{digit} {label}", f"{17 - n} of 16 undecided")
            await reader.press(digit)
            rests = ""
            if digit == "1":
                # The case asks of it two origins, and the claim has one.
                await reader.write("A letter that cannot be shown.")
                rests = "; it rests on 1 origin (2 asked): A letter that cannot be shown."
            said = rests.removesuffix(".")
            reader.says(f"Recorded: verdict {label} on {claim_judged}{said}; u undoes.")
            reader.sees(f"{16 - n} of 16 undecided")
            assert reader.claim != claim_judged
            assert reader.case.verdict_of(claim_judged) == value
            assert reader.case.acts[-1] == f"verdict {label} on {claim_judged}{rests}"
            await reader.press("k")
            reader.is_on(claim_judged)
            reader.sees(f"[{digit} {label}]", "0 withdraw")
            assert reader.style_of(f"[{digit} {label}]").reverse
            await reader.press("j")
        assert len(reader.case.acts) == len(HOUSE)


async def test_a_digit_beyond_the_scale_says_so(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        for digit in ("8", "9"):
            await reader.press(digit)
            reader.says(f"Verdict {digit}: this case's scale has no verdict {digit}.")
        reader.is_on("c-01")
        assert reader.case.acts == []


async def test_the_same_verdict_again_changes_nothing(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("3", "k")
        before = reader.case.log()
        await reader.press("3")
        reader.is_on("c-01")
        reader.says("c-01 is unverified already; nothing changed.")
        assert reader.case.log() == before


async def test_another_verdict_replaces_it_and_both_stay_in_the_record(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("3", "k", "6", "k")
        reader.sees("[6 false]")
        reader.misses("[3 unverified]")
        assert reader.case.verdict_of("c-01") == "false"
        assert reader.case.acts == ["verdict unverified on c-01", "verdict false on c-01"]
        standing = [v.value for v in reader.case.view("c-01").verdicts if v.standing]
        assert standing == ["false"]


async def test_0_withdraws_and_says_why_it_cannot(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("0")
        reader.says("Withdraw: you have no verdict on this claim.")
        await reader.press("3", "k", "0")
        reader.is_on("c-01")
        reader.says("Recorded: verdict on c-01 withdrawn; u undoes.")
        reader.sees("16 of 16 undecided")
        reader.misses("0 withdraw")
        assert reader.case.verdict_of("c-01") == ""
        await reader.press("u")
        reader.sees("[3 unverified]")
        assert reader.case.verdict_of("c-01") == "unverified"


async def test_undo_goes_back_to_the_claim_and_redo_gives_the_verdict_again(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("3", "4")
        reader.is_on("c-06")
        await reader.press("u")
        reader.is_on("c-15")
        reader.says("Undid: verdict contested on c-15; U redoes.")
        assert reader.case.verdict_of("c-15") == ""
        await reader.press("u")
        reader.is_on("c-01")
        reader.says("Undid: verdict unverified on c-01; U redoes.")
        reader.sees("16 of 16 undecided")
        await reader.press("u")
        reader.says("nothing left to undo")
        await reader.press("U")
        reader.is_on("c-01")
        reader.says("Redid: verdict unverified on c-01; u undoes.")
        await reader.press("U")
        reader.is_on("c-15")
        assert [reader.case.verdict_of(c) for c in ("c-01", "c-15")] == ["unverified", "contested"]
        await reader.press("U")
        reader.says("nothing")
        reader.sees("14 of 16 undecided")


async def test_undo_reaches_back_over_leaving(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("3", "q")
        assert not reader.running
    async with at_desk(path) as reader:
        await reader.press("u")
        reader.is_on("c-01")
        reader.says("Undid: verdict unverified on c-01")
    async with at_desk(path) as reader:
        await reader.press("U")
        assert reader.case.verdict_of("c-01") == "unverified"


async def test_nobody_undoes_what_another_did(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path, "ben") as ben:
        await ben.press("3")
    async with at_desk(path, "ada") as ada:
        await ada.press("u")
        ada.says("nothing left to undo")
        assert ada.case.view("c-01").verdicts[0].standing


async def test_s_sets_aside_goes_on_and_takes_back(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("s")
        reader.is_on("c-15")
        reader.says("Recorded: c-01 set aside; u undoes.")
        assert reader.case.state_of("c-01") is State.SET_ASIDE
        await reader.press("k")
        reader.sees("[set aside]")
        await reader.press("s")
        reader.is_on("c-01")
        reader.says("Recorded: c-01 back in the queue; u undoes.")
        reader.misses("[set aside]")
        assert reader.case.state_of("c-01") is not State.SET_ASIDE


async def test_a_decided_claim_cannot_be_set_aside_and_says_why(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("3", "k")
        before = reader.case.log()
        await reader.press("s")
        reader.says("Set aside: it has a verdict; 0 withdraws yours.")
        assert reader.case.log() == before


async def test_the_full_stop_leaves_out_what_was_set_aside(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("j", "s", "g", ".")
        reader.is_on("c-06")


async def test_m_marks_and_the_marks_can_be_filtered(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("m")
        reader.says("Recorded: c-01 marked; u undoes.")
        reader.sees("*c-01 [")
        assert reader.case.is_marked("c-01")
        await reader.press("f")
        await reader.write("marked:yes")
        reader.says("1 claim.")
        await reader.press("m")
        reader.says("Recorded: c-01 no longer marked; u undoes.")
        reader.misses("*c-01")
        assert not reader.case.is_marked("c-01")


async def test_the_cases_own_scale_is_what_the_digits_mean(tmp_path: Path) -> None:
    scale = scale_of([("yes", "holds", ""), ("no", "does not hold", "")])
    path = tmp_path / "own.case"
    CaseFile.create(path, title="Own", scale=scale).close()
    made_of(path, claim("c-1"), claim("c-2"))
    async with at_desk(path) as reader:
        reader.sees("1 holds  2 does not hold")
        await reader.press("2")
        reader.says("Recorded: verdict does not hold on c-1")
        await reader.press("3")
        reader.says("this case's scale has no verdict 3")
        assert reader.case.verdict_of("c-1") == "no"


async def test_a_draft_that_was_not_saved_becomes_the_note_of_the_verdict(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.write("half said", end="esc")
        await reader.press("3")
        reader.says("verdict unverified on c-01, with your draft as its note")
        mine = reader.case.view("c-01").mine("ada")
        assert mine is not None
        assert mine.note == "half said"
        await reader.press("k")
        reader.sees("note: half said")
        reader.misses("DRAFT")


@pytest.mark.parametrize("key", ["3", "s"])
async def test_a_key_that_is_held_down_does_not_judge_claims_unread(
    tmp_path: Path, key: str
) -> None:
    async with at_desk(founding(tmp_path), held_down=True) as reader:
        await reader.press(*[key] * 9)
        reader.says(f"{key} is held down; let it go, then read the claim.")
        reader.is_on("c-06")
        assert len(reader.case.acts) == 2
        await reader.press("j", key)
        assert len(reader.case.acts) == 3
