"""`p`: what may bear on the claim is offered, taken with a stance, refused, gone to."""

from __future__ import annotations

from pathlib import Path

from reviewer.desk.likely import LikelyScreen
from tests.casefile.making import claim, recording, source, statement
from tests.desk.cases import founding, made_of
from tests.desk.reader import Reader, at_desk

REPORT = "Nothing else was said. Gen. V. Gerasimov was killed near Kharkiv. Weather was fair."


def generals(folder: Path) -> Path:
    return made_of(
        folder / "a.case",
        source(),
        statement("report", REPORT, held="paraphrase"),
        recording("call", lines=["Кто?", "Герасимов убит.", "Повтори."]),
        claim("c-1", text="Vitaly Gerasimov was killed near Kharkiv.", priority=1),
        claim("c-2", text="Valery Gerasimov was not killed.", priority=2),
        claim("c-3", text="Bread costs more.", priority=3),
    )


def is_open(reader: Reader) -> bool:
    return isinstance(reader.app.screen, LikelyScreen)


async def test_passages_are_offered_as_not_linked_and_taken_with_one_key(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("p")
        reader.sees("Likely passages: not linked yet.", "> PARAPHRASE, statement report")
        reader.sees("Gen. V. Gerasimov was killed near Kharkiv.", "segment 2")
        reader.misses("%")
        assert reader.case.own_excerpts("c-1") == []
        await reader.press("s")
        reader.sees("Recorded: supports excerpt on c-1", "u undoes")
        made = ("report", "supports", "Gen. V. Gerasimov was killed near Kharkiv.")
        assert reader.case.own_excerpts("c-1") == [made]
        reader.sees("> recording call, segment 2")
        await reader.press("r")
        assert sorted(reader.case.own_excerpts("c-1")) == [
            ("call", "refutes", "Герасимов убит."),
            made,
        ]
        await reader.press("u", "u")
        assert reader.case.own_excerpts("c-1") == []
        reader.sees("> PARAPHRASE, statement report")
        await reader.press("c", "esc")
        assert not is_open(reader)
        reader.sees("excerpt 1/1 context")


async def test_what_is_refused_stays_away_until_it_is_undone(tmp_path: Path) -> None:
    path = generals(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("p", "x")
        reader.sees("not offered again on c-1")
        reader.sees("> recording call")
        reader.misses("statement report, Gen")
        await reader.press("q", "p")
        reader.misses("near Kharkiv.\n> ")
        assert reader.case.acts == [
            'not offered again on c-1: "Gen. V. Gerasimov was killed near..."'
        ]
        await reader.press("q", "u")
        reader.says("Undid: not offered again on c-1")
        await reader.press("p")
        reader.sees("> PARAPHRASE, statement report")


async def test_enter_puts_the_text_beside_the_claim_at_the_words(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("p", "j", "enter")
        reader.is_on("c-1")
        reader.says("call; nothing links it to this claim yet: v makes an excerpt.")
        assert reader.style_of("Герасимов убит").reverse
        await reader.press("p")
        reader.sees("> recording call")


async def test_tab_lists_similar_claims_with_where_they_stand(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("j", "6", "g", "p", "tab")
        reader.sees("Similar claims: nothing here is evidence.", "> c-2 [false]")
        reader.sees("q close  enter go  x refuse  tab passages  u undo")
        reader.misses("c-3")
        await reader.press("s")
        reader.sees("A claim is no evidence: enter goes to it.")
        await reader.press("enter")
        reader.is_on("c-2")
        await reader.press("o")
        reader.is_on("c-1")


async def test_a_similar_claim_is_refused_for_good_and_undo_brings_it_back(
    tmp_path: Path,
) -> None:
    path = generals(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("p", "tab", "x")
        reader.sees("Recorded: not offered again on c-1", "No other claim of this case is like it.")
        reader.sees("q close  tab passages  u undo")
    async with at_desk(path) as reader:
        await reader.press("p", "tab")
        reader.misses("c-2")
        await reader.press("u")
        reader.sees("> c-2 [")


async def test_the_founding_case_offers_something_at_every_size(tmp_path: Path) -> None:
    path = founding(tmp_path)
    for size in ((80, 24), (120, 40), (60, 18)):
        async with at_desk(path, size=size) as reader:
            await reader.press("p")
            reader.sees("Likely passages", "close")
            await reader.press("space", "b", "down", "up", "tab", "z")
            reader.sees("z does nothing here")
            await reader.press("q")
            assert not is_open(reader)


async def test_a_case_that_cannot_be_written_offers_and_refuses_the_act(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path), readonly=True) as reader:
        await reader.press("p")
        reader.sees("> PARAPHRASE, statement report")
        reader.sees("q close  enter go  tab claims")
        await reader.press("s")
        reader.sees("is open for reading only")
        assert reader.case.own_excerpts("c-1") == []


async def test_hostile_words_in_an_offer_act_on_nothing(tmp_path: Path) -> None:
    text = (
        "[b]Gerasimov[/x] was \x1b[31mkilled\x1b]0;owned\x07 \u202enear\u202c Kharkiv [inaudible]."
    )
    path = made_of(
        tmp_path / "a.case",
        source(),
        statement("report", text, title="[/y] \x1b[2J a title"),
        claim("c-1", text="Vitaly Gerasimov was killed near Kharkiv.", priority=1),
        claim("c-2", text="\x1b[2J[/z] Gerasimov was killed.", claimant="\x9b1m", priority=2),
    )
    async with at_desk(path) as reader:
        await reader.press("p")
        reader.sees("[b]Gerasimov[/x]", "[inaudible]", "[/y]")
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(reader.text)
        await reader.press("tab")
        reader.sees("[/z] Gerasimov was killed.")
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(reader.text)
        await reader.press("tab", "s")
        reader.sees("Recorded: supports excerpt on c-1")
        assert reader.case.own_excerpts("c-1") == [("report", "supports", text)]
        assert not {"\x1b", "\x07", "\u202e"} & set(reader.text)
