"""Verdicts that age, in lines."""

from __future__ import annotations

from pathlib import Path

from reviewer.service.demo import bring_later, ensure_demo
from reviewer.service.session import Session
from tests.lines.at_work import reading


def test_a_verdict_of_march_in_lines(tmp_path: Path) -> None:
    path, _ = ensure_demo(tmp_path, "gerasimov")
    with Session.open(path, "ada") as ada:
        ada.as_of = "2022-03-08"
        ada.decide(ada.view("c-01"), "unverified", "One origin.")
    with reading(path) as (reader, _):
        heard = reader.press("g")
        assert "as of 8 March 2022: unverified." in heard
        assert "To be looked at again" not in heard
        heard = reader.press("W", *"2022-05-24 state media may answer", "enter")
        assert "Recorded: c-01 to be looked at again on 24 May 2022" in heard
        heard = reader.press("ctrl+l")
        assert "To be looked at again since 24 May 2022: state media may answer." in heard
        heard = reader.press("X", *"The report of May.", "enter")
        assert "Recorded: c-01 reopened: The report of May." in heard
        assert "Stale: reopened: The report of May; this verdict was given before that." in heard
        assert "To be looked at again" not in heard
    bring_later(path)
    with reading(path) as (reader, _):
        reader.session.as_of = "2022-06-06"
        reader.press("g", "4", "g")
        heard = reader.press("t", "escape")
        assert "What changed between two verdicts by ada:\n" in heard
        assert "unverified, as of 8 March 2022 -> contested, as of 6 June 2022\n" in heard
        assert (
            "3 texts are new: bbc-2022-06-06, pravda-2022-05-24, state-media-2022-05-23." in heard
        )
        assert "1 excerpt gives context to it since.\n" in heard
