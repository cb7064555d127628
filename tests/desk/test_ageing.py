"""Verdicts that age, at the desk: stale, due, reopened, and what changed."""

from __future__ import annotations

from pathlib import Path

from reviewer.casefile.case import CaseFile
from reviewer.model.claims import State
from reviewer.service.demo import LATER, ensure_demo
from reviewer.service.importing import import_files
from reviewer.shipped import shipped
from tests.desk.reader import Case, at_desk


def of_march(folder: Path) -> Path:
    """The founding case, with a verdict on its first claim as of 8 March 2022."""
    path, _ = ensure_demo(folder, "gerasimov")
    with Case(path, "ada").session() as ada:
        ada.as_of = "2022-03-08"
        ada.decide(ada.view("c-01"), "unverified", "One origin.")
    return path


def may_comes(path: Path) -> None:
    with CaseFile.open(path) as case:
        assert import_files(case, [shipped(LATER) / "2022-05.toml"]).refused == []


async def test_a_verdict_of_march_is_given_anew_in_may(tmp_path: Path) -> None:
    path = of_march(tmp_path)
    may_comes(path)
    async with at_desk(path) as reader:
        reader.is_on("c-01")
        reader.sees(
            "[3 unverified]",
            "STALE  was unverified, as of 8 March 2022; give it again to confirm",
            "pravda-2022-05-24 is new; state-media-2022-05-23 is new",
            "note: One origin.",
        )

        # The old note is there to start from, and so are the old excerpts.
        await reader.press("c")
        await reader.write(" Two sides, each its word.")
        reader.desk.reading.session.as_of = "2022-05-24"
        await reader.press("4")
        reader.says("verdict contested on c-01 as of 24 May 2022, with a note")
        assert reader.case.note_of("c-01") == "One origin. Two sides, each its word."

        # The history shows what changed between the two.
        await reader.press("k", "t")
        reader.sees("verdict contested on c-01 as of 24 May 2022", "as of 8 March 2022")
        await reader.press("/")
        await reader.type("contested")
        await reader.press("enter", "enter")
        reader.sees(
            "What changed:",
            "unverified, as of 8 March 2022 -> contested, as of 24 May 2022",
            "2 texts are new: pravda-2022-05-24, state-media-2022-05-23.",
            "2 excerpts refute it since.",
        )


async def test_a_day_that_is_before_the_texts_is_told(tmp_path: Path) -> None:
    path = of_march(tmp_path)
    may_comes(path)
    async with at_desk(path) as reader:
        reader.desk.reading.session.as_of = "2022-05-23"
        await reader.press("4")
        reader.says("Mind that this claim stands with later texts: pravda-2022-05-24.")


async def test_a_claim_is_reopened_by_a_key_and_its_reason(tmp_path: Path) -> None:
    async with at_desk(of_march(tmp_path)) as reader:
        await reader.press("g")
        reader.is_on("c-01")
        reader.misses("STALE")
        await reader.press("X")
        reader.sees("reopen:")
        await reader.press("esc")
        reader.says("As it was before.")
        assert reader.case.state_of("c-01") is State.DECIDED
        await reader.press("X")
        await reader.type("a call came")
        await reader.press("enter")
        reader.says("Recorded: c-01 reopened: a call came; u undoes.")
        reader.sees("STALE  was unverified, as of 8 March 2022", "reopened: a call came")
        assert reader.case.state_of("c-01") is State.REOPENED
        await reader.press("X", "enter")
        reader.says("c-01 is open again already.")
        await reader.press("u")
        assert reader.case.state_of("c-01") is State.DECIDED


async def test_another_look_is_set_kept_and_taken_back(tmp_path: Path) -> None:
    async with at_desk(of_march(tmp_path)) as reader:
        await reader.press("g", "W")
        await reader.type("2022-05-24 state media may answer")
        await reader.press("enter")
        reader.says("c-01 to be looked at again on 24 May 2022: state media may answer; u undoes.")
        reader.sees("LOOK AGAIN  since 24 May 2022: state media may answer; X reopens")
        await reader.press("j")
        reader.misses("LOOK AGAIN")
        await reader.press("f")
        await reader.type("due:yes")
        reader.says("1 of 15 claims")
        await reader.press("enter")
        reader.is_on("c-01")
        await reader.press("W", "enter")
        reader.says("As it was before.")
        await reader.press("W")
        await reader.type("some day")
        await reader.press("enter")
        reader.says("'some' is not a day; write 2022-05-24, or +14 for in two weeks.")
    async with at_desk(tmp_path / "gerasimov.case") as reader:
        reader.says("Back at c-01, where you left. 1 due for another look: f due:yes.")
        await reader.press("W", "backspace", "enter")
        reader.says("no other look at c-01 is due")
        reader.misses("LOOK AGAIN")


async def test_a_reader_who_sets_no_date_sees_no_line_of_it(tmp_path: Path) -> None:
    async with at_desk(of_march(tmp_path)) as reader:
        await reader.press("g")
        reader.misses("LOOK AGAIN")
        reader.misses("as of")
