"""Tables by kind: every word in its cell, nothing that runs, each record once."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.about import About
from reviewer.model.claims import ClaimView
from reviewer.model.evidence import Rating, Segment, Source, Speaker
from reviewer.model.judgements import Note
from reviewer.model.scale import HOUSE
from reviewer.model.tables import COLUMNS, KINDS
from reviewer.text.sheets import listed, original, unlisted
from reviewer.writers.csv_tables import Tables
from tests.writers.views import (
    ABOUT,
    AT,
    GUR,
    a_recording,
    a_statement,
    a_verdict,
    a_view,
    an_excerpt,
)

RATER = Source("r", "The Rater", "outlet", "r", "")


def a_full_view(text: str = "He is dead.") -> ClaimView:
    call = replace(a_recording(), speakers=(Speaker("A", text, "unknown"),))
    oddly = Segment(3, -500, None, "A", text, text, "its time could not be read")
    view = a_view(
        text,
        statements=(replace(a_statement(text), note=text),),
        recordings=(replace(call, segments=(*call.segments, oddly)),),
        excerpts=(an_excerpt("st", text, 0, id="q-1", note=text, start_ms=1, end_ms=61_001),),
        verdicts=(a_verdict("false", note=text), a_verdict("verified", "boris", standing=False)),
        notes=(Note("anna", text, AT, "n-1"),),
    )
    rating = Rating("r-1", "c-1", RATER, text, "1 (worst 1, best 6)", text, "", "", text, "")
    authored = tuple(text.id for text in view.targets)
    return replace(view, ratings=(rating,), authored=authored)


def table(kind: str, *views: ClaimView, about: About = ABOUT) -> list[dict[str, str]]:
    text = "".join(Tables(about, HOUSE).lines(kind, iter(views)))
    assert text.startswith("\ufeffcase,exercise,")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_columns_and_its_rows(kind: str) -> None:
    rows = table(kind, a_full_view(), about=About("", "=T", "", exercise=True))
    counts = {"verdicts": 2, "segments": 4, "sources": 2, "findings": 0}
    assert len(rows) == counts.get(kind, 1)
    for row in rows:
        assert tuple(row) == ("case", "exercise", *COLUMNS[kind])
        assert None not in row.values()
        assert (row["case"], row["exercise"]) == ("'=T", "yes")


def test_rows_say_what_is_held() -> None:
    view = a_full_view()
    (claim,) = table("claims", view)
    assert (claim["statements"], claim["recordings"], claim["tags"]) == ("st", "re", "a; b")
    given, taken_back = table("verdicts", view)
    assert (given["standing"], taken_back["standing"]) == ("yes", "no")
    assert given["at"] == "2022-03-07T14:05:00.000Z"
    (excerpt,) = table("excerpts", view)
    assert (excerpt["start"], excerpt["end"]) == ("0", "11")
    assert (excerpt["start_time"], excerpt["end_time"]) == ("00:00:00.001", "00:01:01.001")
    assert excerpt["orphan"] == "no"
    segments = table("segments", view)
    assert [row["n"] for row in segments] == ["0", "1", "2", "3"]
    assert (segments[1]["start"], segments[2]["start"]) == ("00:01:02.000", "")
    assert original(segments[3]["start"]) == "-00:00:00.500"
    assert segments[3]["note"] == "its time could not be read"
    (recording,) = table("recordings", view)
    assert json.loads(recording["speakers"])[0]["name"] == "He is dead."
    (rating,) = table("ratings", view)
    assert (rating["source"], rating["value"]) == ("r", "1 (worst 1, best 6)")
    assert [row["name"] for row in table("sources", view)] == ["GUR", "The Rater"]


def test_texts_of_several_claims_are_given_out_once() -> None:
    first = a_full_view()
    second = replace(first, claim=replace(first.claim, id="c-2"))
    for kind in ("statements", "recordings", "segments", "sources"):
        assert table(kind, first, second) == table(kind, first)
    assert [row["id"] for row in table("claims", first, second)] == ["c-1", "c-2"]


def test_an_orphan_has_no_place() -> None:
    (row,) = table("excerpts", a_view(excerpts=(an_excerpt("st", "gone", None),)))
    assert (row["start"], row["end"], row["orphan"]) == ("", "", "yes")


texts = st.text(
    st.one_of(
        st.sampled_from("'=+-@|%＝ \t\r\n\u00a0\u200b;[\"],"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=12,
)


@given(texts, st.sampled_from(KINDS))
def test_every_cell_can_be_had_back_and_none_runs(text: str, kind: str) -> None:
    tables = Tables(ABOUT, HOUSE)
    view = a_full_view(text)
    written = "".join(tables.lines(kind, [view])).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(written, newline="")))[1:]
    held = [
        [cell if isinstance(cell, str) else None for cell in row]
        for row in Tables(ABOUT, HOUSE).rows(kind, [view])
    ]
    guarded = 0
    for row, known in zip(rows, held, strict=True):
        for cell, was in zip(row[2:], known, strict=True):
            assert not cell.lstrip(" \u00a0\u200b").startswith(tuple("=+-@|%＝\t\r\n"))
            assert was is None or original(cell) == was
            guarded += original(cell) != cell
    assert tables.guarded == guarded


@given(st.lists(st.one_of(st.text(max_size=5), st.sampled_from(["a; b", "[]", "", '["a"]']))))
def test_a_list_in_a_cell_is_the_same_list_again(values: list[str]) -> None:
    assert unlisted(listed(values)) == values


def test_a_list_is_for_people_where_it_can_be() -> None:
    assert listed(["losses", "air war"]) == "losses; air war"
    assert listed(["a; b"]) == '["a; b"]'
    assert listed([]) == ""
    assert listed([""]) == '[""]'


def test_the_publisher_of_two_texts_is_one_source() -> None:
    view = a_view(statements=(a_statement(),), recordings=(a_recording(),))
    assert [row["id"] for row in table("sources", view)] == [GUR.id]
