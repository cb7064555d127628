"""Origins, the reason that is asked for, likelihood and confidence, in lines."""

from __future__ import annotations

from pathlib import Path

from reviewer.model.entry import Kind
from tests.lines.at_work import reading, shipped_case

WHY = "A letter that cannot be shown."


def test_verified_on_one_origin_is_asked_for_a_reason(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, heard):
        assert "Supported by 3 excerpts, 1 origin; 3 of them not word for word." in heard
        heard = reader.press("1", "enter")
        assert "verified rests on 1 origin (2 asked). Why all the same?" in heard
        assert "Nothing was recorded." in heard
        heard = reader.press("1", "escape")
        assert "Nothing was recorded." in heard
        assert reader.session.log() == []
        heard = reader.press("1", *WHY.replace(" ", "_"), "enter")
        assert "Recorded: verdict verified on c-01; it rests on 1 origin (2 asked)" in heard
        mine = reader.session.view("c-01").mine(reader.session.reader)
        assert mine is not None
        assert mine.words["reason"] == WHY.replace(" ", "_")
        assert "It rests on 1 origin (2 asked): A_letter" in reader.press("k")


def test_origins_are_listed_and_one_is_given(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, _):
        heard = reader.press("O", "enter")
        assert "Supported by origin: Main Intelligence Directorate" in heard
        assert "What would change it: 1 more independent origin asked for." in heard
        assert "No origin is given." in heard
        heard = reader.press("O", *"call-2=novinite", "enter")
        assert "Recorded: origin of call-2: novinite." in heard
        assert "Supported by 3 excerpts, 2 origins" in heard
        assert "Write the id of a source or a text" in reader.press("O", *"call-2", "enter")


def test_likelihood_is_asked_for_where_the_case_uses_it(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, _):
        assert "off; reviewer method CASE --likelihood on" in reader.press("P")
        reader.session.find(Kind.METHOD, "", "likelihood", True)
        reader.press("3", "k")
        heard = reader.press("P", "5", "enter", "l", "enter")
        assert "5 likely, 55-80 %; also: probable" in heard
        assert "Recorded: verdict unverified on c-01. Likelihood: likely (55-80 %)." in heard
        assert "Confidence: low" in heard
        heard = reader.press("P", *"perhaps", "enter", "enter")
        assert "'perhaps' is no likelihood of ICD 203" in heard
        heard = reader.press("c", *"Likely,high-confidence", "enter")
        assert 'But "Likely" and "high-confidence" stand in one sentence' in heard
