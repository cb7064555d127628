"""`S`: words are typed, hits come from the whole case, enter goes to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.desk.search import HitRows, SearchScreen
from reviewer.model.searching import Search
from reviewer.service.searching import Indexing, find
from reviewer.service.session import Session
from tests.casefile.making import claim, recording, source, statement
from tests.desk.cases import founding, made_of
from tests.desk.reader import Reader, at_desk, key


def rows_of(reader: Reader) -> HitRows:
    front = reader.app.screen
    assert isinstance(front, SearchScreen)
    return front.rows


def generals(folder: Path) -> Path:
    return made_of(
        folder / "a.case",
        source(),
        statement("said", text=f"{'Nothing is known. ' * 200}\n\nХарьков: Герасимова видели."),
        recording("call", lines=["Кто?", "Герасимов убит.", "Повтори."]),
        claim("c-1", text="Vitaly Gerasimov was killed.", priority=1),
        claim("c-2", text="Valery Gerasimov spoke.", recordings=["call"], priority=2),
    )


async def test_words_find_as_they_are_typed_and_enter_goes_to_the_claim(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("S")
        reader.sees("Search the case", "begin*")
        await reader.type("valery gera")
        reader.sees("> claim c-2", "Names: Valery Gerasimov.", "Valery Gerasimov spoke.")
        assert reader.style_of("Valery Gerasimov spoke").underline
        await reader.press("enter")
        reader.is_on("c-2")
        reader.says("c-2; o goes back.")
        await reader.press("o")
        reader.is_on("c-1")


async def test_a_namesake_stands_behind_and_says_who_is_not_named(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path), size=(120, 40)) as reader:
        await reader.press("S")
        await reader.type("Vitaly Gerasimov")
        assert rows_of(reader).hits[0].id == "c-1"
        reader.sees("Names: Vitaly Gerasimov.", "Names: Valery Gerasimov. Without: Vitaly.")


async def test_enter_opens_a_text_beside_the_claim_at_the_words(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("S")
        await reader.type("Gerasimova Kharkiv")
        await reader.press("enter")
        reader.is_on("c-1")
        reader.says("said; nothing links it to this claim yet: v makes an excerpt.")
        reader.sees("Герасимова видели.")
        assert reader.style_of("Харьков").reverse
        assert reader.pane("statement")[0].startswith(">>")
        await reader.press("S", "down")
        assert rows_of(reader).hits[0].id == "said", "the words of the last search stand there"


async def test_enter_opens_a_call_at_its_segment(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("S")
        await reader.type("убит")
        await reader.press("enter")
        reader.sees("Герасимов убит.")
        assert reader.style_of("убит").reverse
        assert reader.pane("recording")[0].startswith(">>")
        await reader.press("n")
        reader.says("Hit 1 of 1")


async def test_the_second_of_the_same_words_is_gone_to_where_it_was_found(tmp_path: Path) -> None:
    text = "\n\n".join(f"Paragraph {n}. The bridge was open." for n in range(100))
    lines = ["the bridge", "nothing", "the bridge, he says, and the river"]
    path = made_of(
        tmp_path / "a.case",
        source(),
        statement("said", text=text),
        recording("call", lines=lines),
        claim("c-1"),
    )
    async with at_desk(path) as reader:
        for words, seen in (("bridge river", "and the river"), ('"80 the bridge"', "Paragraph 80")):
            await reader.press("S")
            await reader.type(words)
            await reader.press("enter")
            reader.sees(seen)


async def test_arrows_choose_and_the_next_page_comes_by_itself(tmp_path: Path) -> None:
    claims = [claim(f"c-{n:03}", text=f"The bridge {n}") for n in range(120)]
    async with at_desk(made_of(tmp_path / "a.case", *claims)) as reader:
        await reader.press("S")
        await reader.type("bridge")
        reader.sees("50+ found")
        await reader.press("down", "down", "up")
        assert rows_of(reader).at == 1
        await reader.at_once(*["pagedown"] * 20)
        assert len(rows_of(reader).hits) == 120
        assert len({hit.id for hit in rows_of(reader).hits}) == 120
        reader.sees("120 found")
        await reader.press("enter")
        reader.is_on("c-119")


async def test_esc_closes_and_leaves_everything_as_it_was(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        before = reader.claim
        await reader.press("S")
        await reader.type("kharkiv")
        await reader.press("esc")
        assert not isinstance(reader.app.screen, SearchScreen)
        reader.is_on(before)


async def test_the_index_is_made_beside_the_screen_and_esc_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = [claim(f"c-{n:04}", text=f"The bridge {n}") for n in range(300)]
    path = made_of(tmp_path / "a.case", *claims)
    taken: list[bool] = []
    go_on = Indexing.go_on

    def slowly(self: Indexing, _seconds: float) -> bool:
        self._piece = 10
        taken.append(go_on(self, 0))
        if len(taken) == 3:
            # The key comes between one piece and the next.
            reader._send(esc)
        return taken[-1]

    esc = key("esc")
    monkeypatch.setattr(Indexing, "go_on", slowly)
    async with at_desk(path) as reader:
        await reader.press("S")
        assert 3 <= len(taken) <= 5
        reader.sees("Stopped; the next search goes on from there.", "of 300")
        await reader.type("bridge")
        done = len(rows_of(reader).hits)
        assert 0 < done < 300
        await reader.press("esc")
        monkeypatch.setattr(Indexing, "go_on", go_on)
        await reader.press("S")
        reader.misses("Looked through")
    with Session.open(path, "ada") as session:
        assert not Indexing(session).needed
        assert len(find(session, Search("bridge", limit=400)).hits) == 300


async def test_keys_typed_at_once_are_looked_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(session: Session, wanted: Search) -> object:
        asked.append(wanted.text)
        return find(session, wanted)

    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("S")
        monkeypatch.setattr("reviewer.desk.search.find", counted)
        await reader.type("gerasimov")
        assert asked[-1] == "gerasimov"
        assert len(asked) < len("gerasimov")


async def test_whatever_is_typed_is_words(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("S")
        for words in ('"', "*", "NEAR(", "-", "a AND", "words : x", "[bold]"):
            await reader.paste(words)
            reader.sees("Search the case")
            await reader.press("ctrl+u")


async def test_hostile_evidence_is_shown_as_marks(tmp_path: Path) -> None:
    path = made_of(tmp_path / "a.case", claim("c-1", text="\x1b[2J [/bold] general\u202e evil"))
    async with at_desk(path) as reader:
        await reader.press("S")
        await reader.type("general")
        assert "\x1b" not in reader.text
        reader.sees("[/bold]", "general")


async def test_a_case_without_claims_shows_the_text_that_was_found(tmp_path: Path) -> None:
    path = made_of(tmp_path / "a.case", source(), statement("said", text="The bridge was open."))
    async with at_desk(path) as reader:
        await reader.press("S")
        await reader.type("bridge")
        await reader.press("enter")
        reader.sees("The bridge was open.")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40), (200, 60)])
async def test_hits_fit_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_desk(founding(tmp_path), size=size) as reader:
        await reader.press("S")
        await reader.type("gerasimov")
        reader.sees("> ", "Gerasimov")
        await reader.at_once(*["down"] * 30)
        assert any(line.startswith((" > ", "> ")) for line in reader.screen), reader.picture("")
