"""`S`: words are typed, hits come from the whole case, enter goes to one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from unittest.mock import patch

import pytest

from reviewer.desk.search import HitRows, SearchScreen
from reviewer.model.errors import CaseError
from reviewer.model.searching import Found, Search
from reviewer.service import search_beside
from reviewer.service.search_beside import Searcher
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
    stopped = Event()
    go_on, index = Indexing.go_on, Searcher.index

    def slowly(self: Indexing, _seconds: float) -> bool:
        self._piece = 10
        taken.append(go_on(self, 0))
        if len(taken) == 3:
            reader._send(key("esc"))
            assert stopped.wait(10)
        return taken[-1]

    def noticed(self: Searcher, *, on: bool) -> None:
        index(self, on=on)
        if not on:
            stopped.set()

    monkeypatch.setattr(Indexing, "go_on", slowly)
    monkeypatch.setattr(Searcher, "index", noticed)
    async with at_desk(path) as reader:
        await reader.press("S")
        assert len(taken) == 3
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


@contextmanager
def held_up(words: str) -> Iterator[tuple[Event, Event]]:
    """The search for these words has begun, and comes to an end when it may."""
    begun, go_on = Event(), Event()

    def waiting(session: Session, wanted: Search) -> Found:
        found = find(session, wanted)
        if wanted.text == words:
            begun.set()
            assert go_on.wait(10)
        return found

    with patch.object(search_beside, "find", waiting):
        yield begun, go_on
        go_on.set()


async def begin(reader: Reader, words: str, begun: Event) -> None:
    """Type words, and go on while they are still looked for."""
    reader.leaves_searching = True
    await reader.type(words)
    assert await asyncio.to_thread(begun.wait, 10)


async def test_the_newest_words_win_and_typing_does_not_wait_for_the_others(
    tmp_path: Path,
) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("S")
        await reader.type("killed")
        reader.sees("> claim c-1")
        with held_up("spoke") as (begun, go_on):
            await reader.press("ctrl+u")
            await begin(reader, "spoke", begun)
            reader.sees("search: spoke")
            await reader.press("ctrl+u")
            await reader.type("Vitaly")
            reader.sees("search: Vitaly")
            go_on.set()
            reader.leaves_searching = False
            await reader.rest()
        assert [hit.id for hit in rows_of(reader).hits] == ["c-1"]


async def test_what_is_on_the_screen_stays_whole_until_the_answer_comes(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("S")
        with held_up("killed spoke") as (begun, go_on):
            await reader.type("killed")
            before = rows_of(reader).hits
            await begin(reader, " spoke", begun)
            assert rows_of(reader).hits == before
            go_on.set()
            reader.leaves_searching = False
            await reader.rest()
            assert {hit.id for hit in rows_of(reader).hits} == {"c-1", "c-2"}


async def test_enter_takes_what_was_typed_last_once_it_is_found(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("S")
        await reader.type("killed")
        reader.sees("> claim c-1")
        with held_up("spoke") as (begun, go_on):
            await reader.press("ctrl+u")
            await begin(reader, "spoke", begun)
            await reader.press("enter")
            assert isinstance(reader.app.screen, SearchScreen)
            go_on.set()
            reader.leaves_searching = False
            await reader.rest()
        reader.is_on("c-2")


async def test_esc_stops_a_search_that_takes_long_and_then_closes(tmp_path: Path) -> None:
    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("S")
        with held_up("spoke") as (begun, go_on):
            await begin(reader, "spoke", begun)
            front = reader.app.screen
            assert isinstance(front, SearchScreen)
            assert front._wanted is not None
            front._tell_slow(front._wanted)
            await reader.rest()
            reader.sees("Looking for it; esc stops.")
            await reader.press("esc")
            reader.sees("Stopped.")
            go_on.set()
            reader.leaves_searching = False
            await reader.rest()
        assert rows_of(reader).hits == []
        await reader.press("esc")
        reader.is_on("c-1")


async def test_a_search_that_fails_says_why(tmp_path: Path) -> None:
    def failing(_session: Session, _wanted: Search) -> Found:
        raise CaseError("The disk failed.")

    async with at_desk(generals(tmp_path)) as reader:
        await reader.press("S")
        with patch.object(search_beside, "find", failing):
            await reader.type("spoke")
        reader.sees("The disk failed.")
        await reader.type("n")
        reader.misses("The disk failed.")


async def test_a_case_that_is_open_for_reading_only_keeps_its_index_while_the_desk_is_open(
    tmp_path: Path,
) -> None:
    async with at_desk(generals(tmp_path), readonly=True) as reader:
        await reader.press("S")
        await reader.type("spoke")
        reader.sees("> claim c-2")
        await reader.press("esc")
        with patch.object(Indexing, "go_on", side_effect=AssertionError):
            await reader.press("S", "enter")
            reader.is_on("c-2")


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


async def test_words_that_do_not_fit_say_that_they_go_on(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("S")
        await reader.type("deputy commander")
        rows = [row.rstrip() for row in reader.screen]
        long = [row for row in rows if row.startswith("     ") and len(row) > 70]
        assert long
        assert all(row.endswith(("…", ".")) for row in long), long
