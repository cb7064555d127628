"""`S` in lines: what to search for, the hits by number, and the way to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.lines.found import marked, signs_for
from reviewer.model.searching import Hit
from tests.casefile.making import claim, recording, source, statement
from tests.lines.at_work import case_of, reading

PARAGRAPHS = [f"Paragraph {n}: nothing was seen." for n in range(40)]


def made(folder: Path) -> Path:
    text = "\n\n".join([*PARAGRAPHS, "Then Герасимова was seen at the bridge."])
    return case_of(
        folder / "a.case",
        source(),
        statement("said", text=text),
        recording("call", lines=["Кто?", "Герасимов убит.", "Повтори."]),
        claim("c-1", text="Vitaly Gerasimov was killed.", priority=1),
        claim("c-2", text="Valery Gerasimov spoke.", recordings=["call"], priority=2),
    )


def search(words: str, number: str) -> tuple[str, ...]:
    return ("S", *words, "enter", *number, "enter")


def test_hits_are_numbered_and_a_number_goes_to_the_claim(tmp_path: Path) -> None:
    with reading(made(tmp_path)) as (reader, _):
        heard = reader.press(*search("valery", "1"))
        assert "Found words stand between [ and ]." in heard
        assert "1 claim c-2" in heard
        assert "[Valery] Gerasimov spoke." in heard
        assert "Names: Valery Gerasimov." in heard
        assert reader.front.claim == "c-2"
        reader.press("o")
        assert reader.front.claim == "c-1"


def test_a_text_goes_beside_the_claim_and_is_read_from_the_hit(tmp_path: Path) -> None:
    with reading(made(tmp_path)) as (reader, _):
        heard = reader.press(*search("gerasimov bridge", "1"))
        assert "Nothing links it to this claim yet" in heard
        assert heard.splitlines()[-1] == (
            "Statement said, paragraph 41: Then Герасимова was seen at the bridge."
        )
        assert reader.front.claim == "c-1"
        assert "Hit 1 of 1" in reader.press("n")


def test_a_segment_of_a_call_is_read_from_there(tmp_path: Path) -> None:
    with reading(made(tmp_path)) as (reader, _):
        heard = reader.press(*search("убит", "1"))
        assert "1 recording call, segment 2 at 00:00:05" in heard
        assert "segment 2" in heard.splitlines()[-1]
        assert heard.splitlines()[-1].endswith("Герасимов убит.")


def test_a_namesake_is_told_apart(tmp_path: Path) -> None:
    with reading(made(tmp_path)) as (reader, _):
        heard = reader.press("S", *"Vitaly Gerasimov", "enter", "q", "enter")
        lines = heard.splitlines()
        assert "1 claim c-1" in heard
        assert "  Names: Vitaly Gerasimov." in lines
        assert "  Names: Valery Gerasimov. Without: Vitaly." in lines
        assert reader.front.claim == "c-1"


def test_enter_gives_the_next_page(tmp_path: Path) -> None:
    claims = [claim(f"c-{n:02}", text=f"The bridge {n}") for n in range(25)]
    with reading(case_of(tmp_path / "a.case", *claims)) as (reader, _):
        heard = reader.press("S", *"bridge", "enter", "enter", *"15", "enter")
        assert "10 claim" in heard
        assert "20 claim" in heard
        assert "21 claim" not in heard
        assert reader.front.claim == "c-14"


@pytest.mark.parametrize("number", ["0", "7", "x", "²"])
def test_a_hit_that_is_not_there_is_said(tmp_path: Path, number: str) -> None:
    with reading(made(tmp_path)) as (reader, _):
        assert f"There is no hit {number} in this list." in reader.press(*search("valery", number))
        assert reader.front.claim == "c-1"


def test_nothing_found_and_nothing_typed_are_said(tmp_path: Path) -> None:
    with reading(made(tmp_path)) as (reader, _):
        assert "Nothing in this case is found for: zeppelin" in reader.press(
            "S", *"zeppelin", "enter"
        )
        assert "Nothing is searched for." in reader.press("S", "enter")
        assert "Nothing in this case is found for: NEAR(" in reader.press("S", *"NEAR(", "enter")


def test_a_long_preparation_asks_whether_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = [claim(f"c-{n:03}", text=f"The bridge {n}") for n in range(500)]
    monkeypatch.setattr("reviewer.lines.searching.PATIENCE_S", 0.0)
    monkeypatch.setattr("reviewer.lines.searching.PIECE_S", 0.0)
    with reading(case_of(tmp_path / "a.case", *claims)) as (reader, _):
        heard = reader.press("S", *"bridge", "enter", "enter", "q", "enter", "q", "enter")
        assert "Prepared 200 of 500 records" in heard
        assert "Prepared 250 of 500 records" in heard
        assert "Looked through 250 of 500 records. The next search goes on from there." in heard


def test_signs_are_such_as_stand_in_no_passage() -> None:
    hits = [
        Hit("claim", "c", "", "", text, ((0, 1),)) for text in ("a [b]", "«a»", "{", "<<", "⟧ [[[")
    ]
    assert signs_for(hits[:1]) == ("«", "»")
    assert signs_for(hits) == ("[[[[", "]]]]")
    assert marked(hits[0], ("«", "»")) == "«a» [b]"
