"""Origins beside the verdict, the reason that is asked for, likelihood and confidence."""

from __future__ import annotations

from pathlib import Path

from reviewer.model.entry import Kind
from reviewer.service.origins import say_origin
from tests.casefile.making import claim, excerpt, source, statement
from tests.desk.cases import founding, made_of
from tests.desk.reader import at_desk

WHY = "A letter that cannot be shown."


async def test_verified_on_one_origin_is_asked_for_a_reason_and_keeps_it(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        reader.sees("supported by 3 excerpts, 1 origin")
        await reader.press("1")
        reader.says("verified rests on 1 origin (2 asked). Why all the same?")
        reader.is_on("c-01")
        await reader.press("enter")
        reader.says("Say why in words; esc records nothing.")
        await reader.write(WHY)
        said = "Recorded: verdict verified on c-01; it rests on 1 origin (2 asked)"
        reader.says(f"{said}: {WHY[:-1]};")
        reader.is_on("c-15")
        await reader.press("k")
        reader.sees("[1 verified]", f"rests on 1 origin (2 asked): {WHY}")
        mine = reader.case.view("c-01").mine("ada")
        assert mine is not None
        assert mine.words == {"reason": WHY}


async def test_esc_records_nothing_and_other_verdicts_are_asked_nothing(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("1")
        await reader.type("half a rea")
        await reader.press("esc")
        reader.says("Nothing was recorded.")
        reader.is_on("c-01")
        assert reader.case.log() == []
        await reader.press("1")
        reader.sees("reason: half a rea")
        await reader.press("esc", "2")
        reader.says("Recorded: verdict partly verified on c-01; u undoes.")


async def test_the_line_costs_no_row_in_any_layout(tmp_path: Path) -> None:
    for size in ((80, 24), (100, 30), (120, 40), (200, 60)):
        async with at_desk(founding(tmp_path), size=size) as reader:
            (shown,) = [line for line in reader.screen if "supported by 3 excerpts" in line]
            assert shown.rstrip().endswith("supported by 3 excerpts, 1 origin")
            assert "not checkable" in shown or shown.startswith("note: ")


async def test_a_case_without_the_rule_asks_nothing(tmp_path: Path) -> None:
    path = made_of(
        tmp_path / "plain.case",
        source(),
        statement(),
        claim("c-1", statements=["gur-7-march"]),
        claim("c-2"),
        excerpt("c-1", "was killed near Kharkiv"),
    )
    async with at_desk(path) as reader:
        reader.sees("supported by 1 excerpt, 1 origin")
        await reader.press("1")
        reader.says("Recorded: verdict verified on c-1; u undoes.")
        reader.misses("supported by")


async def test_a_reason_that_is_being_written_survives_a_dropped_line(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("1")
        await reader.type("The calls are det")
    async with at_desk(path) as reader:
        await reader.press("1")
        reader.sees("The calls are det")
        await reader.write("ailed.")
        reader.says("it rests on 1 origin (2 asked): The calls are detailed; u undoes.")
        await reader.press("k", "0", "1")
        reader.sees("reason:")
        reader.misses("detailed")


async def test_origins_are_listed_and_one_is_given(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("O")
        reader.sees("Origins of c-01", "supported by 3 excerpts, 1 origin; 2 asked")
        reader.sees("Main Intelligence Directorate", "Christo Grozev, Bellingcat")
        reader.sees("What would change it: 1 more independent origin asked for.")
        await reader.press("e")
        reader.sees("Choose an excerpt")
        await reader.press("j", "e")
        reader.sees("origin of gur-2022-03-07:")
        await reader.write("Reuters")
        reader.sees("Recorded: origin of gur-2022-03-07: reuters; u undoes.")
        reader.sees("supported by 3 excerpts, 2 origins; 2 asked")
        await reader.press("u")
        reader.sees("Undid: origin of gur-2022-03-07: reuters.", "3 excerpts, 1 origin")
        await reader.press("s")
        await reader.press("esc")
        reader.sees("Nothing was recorded.")
        await reader.press("q")
        reader.is_on("c-01")
        reader.sees("supported by 3 excerpts, 1 origin")


async def test_what_another_says_of_an_origin_appears_beside_the_verdict(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        with reader.case.session("ben") as ben:
            say_origin(ben, "call-2", "A relay station")
        reader.desk.watching.look()
        await reader.rest()
        reader.sees("supported by 3 excerpts, 2 origins")
        await reader.press("1")
        reader.says("Recorded: verdict verified on c-01; u undoes.")


async def test_likelihood_and_confidence_where_the_case_uses_them(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("P")
        reader.says("Likelihood and confidence: off; reviewer method CASE --likelihood on.")
        with reader.case.session("ben") as ben:
            ben.find(Kind.METHOD, "", "likelihood", True)
        reader.desk.watching.look()
        await reader.press("P")
        reader.says("you have no verdict on this claim")
        await reader.press("3", "k", "P", "5", "l")
        reader.sees("> 5  likely", "> l  low")
        await reader.press("enter")
        reader.sees("[3 unverified]", "Likelihood: likely (55-80 %). Confidence: low.")
        await reader.press("4", "k")
        reader.sees("[4 contested]", "Likelihood: likely (55-80 %). Confidence: low.")
        await reader.press("P", "0", "enter")
        reader.misses("Likelihood:")
        await reader.press("P", "esc")
        reader.says("Nothing was recorded.")


async def test_a_note_is_checked_as_it_is_written(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path) as reader:
        with reader.case.session("ben") as ben:
            ben.find(Kind.METHOD, "", "likelihood", True)
        reader.desk.watching.look()
        await reader.press("c")
        await reader.type("Likely, with high confidence")
        reader.says('"Likely" and "high confidence" stand in one sentence', "(character 14)")
        await reader.press("enter")
        reader.says("enter again saves it as it is.")
        assert reader.case.note_of("c-01") == ""
        await reader.type(".")
        reader.says("stand in one sentence")
        await reader.press("enter", "enter")
        assert reader.case.note_of("c-01") == "Likely, with high confidence."
        await reader.press("c", "ctrl+u")
        await reader.type("Likely.")
        reader.says("Your note on c-01.")
        await reader.press("enter")
        assert reader.case.note_of("c-01") == "Likely."
