"""`p` in lines: likely passages by number, taken, refused, gone to; similar claims behind them."""

from __future__ import annotations

from pathlib import Path

from tests.casefile.making import claim, recording, source, statement
from tests.lines.at_work import case_of, reading


def made(folder: Path) -> Path:
    text = "Nothing else was said. Gen. V. Gerasimov was killed near Kharkiv. Weather was fair."
    return case_of(
        folder / "a.case",
        source(),
        statement("report", text, held="paraphrase"),
        recording("call", lines=["Кто?", "Герасимов убит.", "Повтори."]),
        claim("c-1", text="Vitaly Gerasimov was killed near Kharkiv.", priority=1),
        claim("c-2", text="Valery Gerasimov was not killed.", priority=2),
    )


def test_a_passage_is_taken_refused_and_taken_back(tmp_path: Path) -> None:
    with reading(made(tmp_path)) as (reader, _):
        heard = reader.press("p", "s", "1", "enter", "x", "1", "enter", "q", "enter")
        assert "Likely passages: not linked yet." in heard
        assert "1 PARAPHRASE, statement report" in heard
        assert "2 recording call, segment 2" in heard
        assert 'Recorded: supports excerpt on c-1: "Gen. V. Gerasimov' in heard
        assert 'Recorded: not offered again on c-1: "Герасимов убит."' in heard
        assert "The list is closed." in heard
        (made_,) = reader.session.view("c-1").excerpts
        assert made_.exact == "Gen. V. Gerasimov was killed near Kharkiv."
        reader.press("u", "u")
        assert "1 PARAPHRASE, statement report" in reader.press("p", "q", "enter")


def test_a_number_goes_there_and_enter_lists_similar_claims(tmp_path: Path) -> None:
    with reading(made(tmp_path)) as (reader, _):
        heard = reader.press("p", "2", "enter")
        assert heard.splitlines()[-1].endswith("Герасимов убит.")
        assert reader.front.claim == "c-1"
        heard = reader.press("p", "enter", "s", "1", "enter")
        assert "Similar claims: nothing here is evidence." in heard
        assert "1 c-2 [new]" in heard
        assert "A claim is no evidence; its number goes to it." in heard
        reader.press("p", "enter", "1", "enter")
        assert reader.front.claim == "c-2"
        assert "There is no offer '99'" in reader.press("p", "9", "9", "enter")
