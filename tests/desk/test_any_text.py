"""`p`: every text of the case, whatever claim it belongs to, to read and to link."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.desk.shelf import MOST
from reviewer.model.records import RatingRecord, Record
from reviewer.service.importing import import_files
from tests.casefile.making import claim, excerpt, recording, source, statement
from tests.desk.cases import founding, made_of
from tests.desk.reader import Reader, at_desk

LINES = ("Виталий Герасимов убит.", "Повтори.", "Связи нет, ничего не работает.")


def small(folder: Path, *more: Record) -> Path:
    return made_of(
        folder / "small.case",
        source(),
        source("ria", name="RIA Novosti"),
        statement(title="Announcement", date="2022-03-07"),
        statement("ria-2-march", "498 soldiers fell.", source="ria", held="verbatim"),
        recording(lines=LINES, title="The first call", date="2022-03-08"),
        claim("c-1", statements=["gur-7-march"]),
        claim("c-2"),
        *more,
    )


def listed(reader: Reader) -> list[str]:
    """The rows of the list: without title, search and keys."""
    return [line for line in reader.screen[2:-1] if line.strip()]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_p_lists_all_texts_and_esc_leaves(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_desk(small(tmp_path), size=size) as reader:
        before = reader.text
        await reader.press("T")
        reader.sees("Texts of the case: 2 statements and 1 recording")
        reader.sees("type to search", "esc close")
        rows = "\n".join(listed(reader))
        assert len(listed(reader)) == 3
        for some in ("gur-7-march", "TRANSLATION", "ria-2-march", "call-1", "2022-03-08"):
            assert some in rows
        assert all(len(line) <= size[0] for line in reader.screen)
        await reader.press("esc")
        assert reader.text == before
        assert reader.case.acts == []


async def test_typing_narrows_the_list_by_ids_titles_sources_and_words(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("T")
        for words, expected in (
            ("novosti", ["ria-2-march"]),
            ("GUR-7", ["gur-7-march"]),
            ("first CALL", ["call-1"]),
            ("герасимов", ["call-1"]),
            ("%", []),
        ):
            await reader.type(words)
            assert [
                next(w for w in row.split() if "-" in w[3:] and not w[0].isdigit())
                for row in listed(reader)
                if expected
            ] == expected
            if not expected:
                reader.sees("No text of the case holds these words.")
            await reader.press("ctrl+u")
        await reader.press("esc")
        assert reader.mode == "READ"


async def test_enter_takes_what_was_typed_even_if_it_was_typed_in_one_go(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.at_once("T", "novosti", "enter")
        reader.says("ria-2-march; nothing links it to this claim yet: v makes an excerpt.")


async def test_a_row_that_was_gone_to_is_the_one_that_is_taken(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("T", "down", "down", "enter")
        reader.says("call-1; nothing links it")
        reader.sees("CALL", "Связи нет")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_v_makes_an_excerpt_on_a_text_that_was_laid_beside_and_it_stays(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = small(tmp_path)
    async with at_desk(path, size=size) as reader:
        await reader.at_once("T", "novosti", "enter")
        reader.is_on("c-1")
        assert "2/2" in reader.pane("statement")[0]
        assert "no excerpt" in reader.pane("statement")[0]
        await reader.press("v", "s")
        reader.says("Recorded: supports excerpt on c-1")
        made = [("ria-2-march", "supports", "498 soldiers fell.")]
        assert reader.case.own_excerpts("c-1") == made
        await reader.press("j", "k")
        reader.is_on("c-1")
        reader.sees("498 soldiers fell.")
    async with at_desk(path, "ada") as reader:
        assert reader.case.own_excerpts("c-1") == made
        await reader.press("g")
        assert [s.id for s in reader.case.view("c-1").statements] == ["gur-7-march", "ria-2-march"]
        await reader.press("u")
        assert reader.case.own_excerpts("c-1") == []


async def test_a_call_beside_a_claim_without_evidence_can_be_linked(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("j")
        reader.is_on("c-2")
        reader.sees("Nothing is linked to this claim")
        await reader.at_once("T", "call-1", "enter")
        await reader.press("v", "j", "c")
        assert reader.case.own_excerpts("c-2") == [("call-1", "context", LINES[1])]


async def test_what_was_only_looked_at_is_left_with_the_claim(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.at_once("T", "novosti", "enter")
        reader.sees("498 soldiers fell.")
        await reader.press("j", "k")
        reader.is_on("c-1")
        reader.misses("498 soldiers fell.")
        assert reader.case.acts == []


async def test_a_text_that_belongs_to_the_claim_is_only_gone_to(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.at_once("T", "gur-7", "enter")
        assert reader.status.startswith("gur-7-march.")


# A case with texts and no claims


async def test_without_claims_enter_opens_a_text_to_read(tmp_path: Path) -> None:
    path = made_of(tmp_path / "texts.case", source(), statement(title="Announcement"))
    call = {
        "kind": "recording",
        "id": "call-9",
        "source": "gur",
        "language": "ru",
        "held": "verbatim",
        "title": "Two officers",
        "segments": [
            {"start": "00:01", "end": "00:04", "speaker": "A", "text": LINES[0],
             "translation": "Vitaly Gerasimov is dead."},
            {"start": "01:05", "speaker": "B", "text": LINES[1], "note": "the end is not held"},
        ],
    }  # fmt: skip
    (tmp_path / "call.jsonl").write_text(json.dumps(call), encoding="utf-8")
    with CaseFile.open(path) as case:
        assert import_files(case, [tmp_path / "call.jsonl"]).refused == []
    async with at_desk(path) as reader:
        reader.sees("This case holds 1 statement and 1 recording, and no claims yet.", "T lists")
        await reader.at_once("T", "officers", "enter")
        reader.sees(
            *("Two officers", "0:01", "A", LINES[0], "Vitaly Gerasimov is dead."),
            *("1:05", "B", LINES[1], "the end is not held"),
        )
        await reader.press("q")
        assert reader.mode == "READ"
        await reader.press("T", "esc")
        await reader.at_once("T", "announcement", "enter")
        reader.sees("Major General Vitaly Gerasimov was killed near Kharkiv.")
        await reader.press("esc", "v")
        assert reader.mode == "READ"
        assert reader.case.acts == []


async def test_in_a_case_with_nothing_the_list_says_so_and_enter_does_nothing(
    tmp_path: Path,
) -> None:
    async with at_desk(made_of(tmp_path / "empty.case")) as reader:
        await reader.press("T")
        reader.sees("Texts of the case: none")
        await reader.press("enter")
        assert reader.mode == "READ"


# What may be in a title, and how many there may be


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_titles_are_only_text(tmp_path: Path, size: tuple[int, int]) -> None:
    titles = [
        "[bold]not markup[/bold] [/x]",
        "\x1b[2J\x1b[31mred\x07",
        "\u202egnp.exe\u202c",
        "two\nlines\ttabbed\r",
        "\u0645\u0642\u062a\u0644 \u0627\u0644\u062c\u0646\u0631\u0627\u0644",
        "将军在哈尔科夫附近被打死" * 9,
        "e\u0301" * 60,
        "\u200b\ufeff\u2066" * 5,
    ]
    more = [
        statement(f"s-{n}", f"Text {n}.", title=title, held="verbatim")
        for n, title in enumerate(titles)
    ]
    async with at_desk(small(tmp_path, *more), size=size) as reader:
        await reader.press("T")
        assert len(listed(reader)) == 11
        reader.sees("[bold]not markup[/bold] [/x]")
        assert not any(ord(c) < 32 or c in "\u202e\u200b\x9b" for c in reader.text if c != "\n")
        assert all(strip.cell_length == size[0] for strip in reader.strips)
        for n in range(len(titles)):
            await reader.at_once(f"s-{n}", "enter")
            assert f"s-{n};" in reader.status
            await reader.press("T")


async def test_ten_thousand_texts_are_searched_and_the_first_of_them_shown(tmp_path: Path) -> None:
    path = small(tmp_path)
    file = tmp_path / "many.jsonl"
    file.write_text(
        "\n".join(
            json.dumps(
                {"kind": "statement", "id": f"s-{n:05}", "source": "gur", "language": "en",
                 "held": "verbatim", "text": f"Statement number {n}.", "date": "2022-03-09"}
            )
            for n in range(10_000)
        )
    )  # fmt: skip
    with CaseFile.open(path) as case:
        assert import_files(case, [file]).new == 10_000
    async with at_desk(path) as reader:
        await reader.press("T")
        reader.sees("Texts of the case: 10002 statements", f"the first {MOST}: type more words")
        await reader.press(*["pagedown"] * 15)
        assert reader.app.screen.rows.at == MOST - 1  # type: ignore[attr-defined]
        await reader.type("s-0999 7")
        assert [row for row in listed(reader) if "s-09997" in row]
        reader.misses("the first")
        await reader.press("enter")
        reader.sees("Statement number 9997.")


async def test_a_recording_of_ten_thousand_segments_opens(tmp_path: Path) -> None:
    long = recording("long", [], title="A day", segments=[
        {"text": f"Строка {n}.", "speaker": "A"} for n in range(10_000)
    ])  # fmt: skip
    async with at_desk(small(tmp_path, long)) as reader:
        await reader.at_once("T", "long", "enter")
        reader.sees("Строка 0.")
        await reader.press("v", "s")
        assert reader.case.own_excerpts("c-1") == [("long", "supports", "Строка 0.")]


# What others published


def rated(folder: Path) -> Path:
    return small(
        folder,
        excerpt("c-1", "was killed near Kharkiv"),
        RatingRecord(
            claim="c-1", source="ria", rating="Fake [red]", value="1 (best 5)", date="2022-03-10",
            text="He is alive.", url="https://ria.example/1",
        ),
    )  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_published_rating_is_others_words_and_no_verdict(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_desk(rated(tmp_path), size=size) as reader:
        row = reader.screen[reader.row_of("published:")]
        assert row.startswith('published: "Fake [red]" (1 (best 5)) by RIA Novosti, 2022-03-10')
        reader.misses("others:", "IN CONFLICT", "[7 false]")
        assert reader.case.verdict_of("c-1") == ""
        with reader.case.session() as session:
            status = session.status()
            assert (status.decided, status.verdicts, status.readers) == (0, {}, {})
            assert not session.view("c-1").verdicts
        await reader.press("i")
        reader.sees("Rated", '"Fake [red]" (1 (best 5)) by RIA Novosti', "Reasons", "He is alive.")
        await reader.press("q", "t")
        reader.sees("History of c-1", "Nothing is recorded here.")


# Where a text came from


async def test_the_card_says_from_which_file_and_line_and_what_is_doubtful(tmp_path: Path) -> None:
    path = founding(tmp_path)
    file = tmp_path / "posts.csv"
    file.write_bytes(
        "id;text;date\n1;Генерал убит под Харьковом, сообщили в штабе.;2022-03-07\n".encode(
            "cp1251"
        )
    )
    with CaseFile.open(path) as case:
        assert import_files(case, [file]).refused == []
    async with at_desk(path, size=(120, 40)) as reader:
        await reader.at_once("T", "posts/1", "enter")
        await reader.press("i")
        card = []
        for _ in range(20):
            card += [line for line in reader.screen[1:-1] if line not in card]
            await reader.press("space")
        words = " ".join(" ".join(card).split())
        assert "Came from claims.toml, line " in words
        assert "Came from posts.csv, line 2, decoded with doubt as cp1251: by guess" in words
