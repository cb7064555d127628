"""JSON Lines: exactly what is stored, in characters that cannot act."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.judgements import Note
from reviewer.text.display import is_safe
from reviewer.writers.jsonl_file import as_json, judgements, lines
from tests.writers.views import AT, a_recording, a_verdict, a_view, an_excerpt


@given(st.text())
def test_it_says_what_was_given_and_cannot_act(text: str) -> None:
    written = as_json({"text": text, text: [1, None, True]})
    assert is_safe(written)
    assert "\n" not in written
    assert json.loads(written) == {"text": text, text: [1, None, True]}


def test_letters_of_any_script_stand_as_they_are() -> None:
    assert as_json("Герасимов جنرال 将军 é") == '"Герасимов جنرال 将军 é"'


def test_what_acts_is_escaped() -> None:
    assert as_json("\x1b\x9b\u202e\U000e0041\ud800") == (
        '"\\u001b\\u009b\\u202e\\udb40\\udc41\\ud800"'
    )


def test_records_are_lines() -> None:
    assert list(lines([{"a": 1}, {"b": "\n"}])) == ['{"a": 1}\n', '{"b": "\\n"}\n']


def test_judgements_have_kinds_of_their_own() -> None:
    view = a_view(
        recordings=(a_recording(),),
        excerpts=(
            an_excerpt("re", "вбито", 5),
            an_excerpt("re", "Хто", 12, reader="anna"),
            an_excerpt("re", "weg", None),
        ),
        verdicts=(a_verdict("false", stale="re changed"),),
        notes=(Note("anna", "why", AT, "n-1"),),
    )
    said = list(judgements(view))
    assert [record["kind"] for record in said] == ["link", "orphan", "verdict", "note"]
    assert said[0]["reader"] == "anna"
    assert said[1]["orphan"] is True
    assert (said[2]["stale"], said[2]["at"]) == ("re changed", "2022-03-07T14:05:00.000Z")
    assert (said[3]["claim"], said[3]["id"]) == ("c-1", "n-1")
