"""The timeline: nothing is drawn more exactly than it is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.writers.dossier.dates import Axis, Span, span
from tests.writers.pages import page_of, parsed, words
from tests.writers.views import a_recording, a_statement, a_verdict, a_view


@pytest.mark.parametrize(
    ("date", "days", "vague"),
    [
        ("2022", 365, True),
        ("2024-02", 29, True),
        ("2022-12", 31, True),
        ("9999-12", 31, True),
        ("2022-03-07", 1, False),
        ("2022-03-07T14:05:00Z", 0, False),
        ("2022-03-07T14:05", 0, False),
    ],
)
def test_a_date_is_a_span_as_long_as_it_is_vague(date: str, days: int, vague: bool) -> None:
    found = span(date)
    assert found is not None
    assert (found.end - found.start, found.vague) == (days, vague)


@pytest.mark.parametrize("date", ["", "soon", "0000", "2022-13", "2022-02-30", "99999", "‹1B›"])
def test_what_is_no_date_is_not_drawn(date: str) -> None:
    assert span(date) is None


def test_times_of_different_zones_lie_where_they_are() -> None:
    assert span("2022-03-07T14:05:00Z") == span("2022-03-07T16:05:00+02:00")


spans = st.builds(
    lambda start, length, vague: Span(float(start), float(start + length), vague),
    *(st.integers(1, 3_000_000), st.integers(0, 400), st.booleans()),
)


@given(st.lists(spans, min_size=1, max_size=12))
def test_everything_lies_on_the_line_in_its_order(drawn: list[Span]) -> None:
    axis = Axis(drawn)
    ends = sorted({s.start for s in drawn} | {s.end for s in drawn})
    places = [axis.at(day) for day in ends]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    # Every stretch has room for the date at its beginning.
    assert all(stretch.width >= 22 for stretch in axis.stretches)


def test_a_long_time_in_which_nothing_happened_is_cut() -> None:
    axis = Axis([Span(100, 101), Span(102, 103), Span(2000, 2001)])
    assert [(s.start, s.end) for s in axis.stretches] == [(100, 103), (2000, 2001)]


def test_months_and_years_are_bars_and_days_are_marks_and_the_undated_is_listed() -> None:
    view = a_view(
        statements=(replace(a_statement(), date="2022-03"),),
        recordings=(a_recording(),),
        verdicts=(a_verdict("false"), a_verdict("verified", standing=False)),
    )
    root = parsed(page_of(view))
    (drawing,) = root.all(class_="timeline")
    rows = [(words(row.text()), len(row.all("rect"))) for row in drawing.all("li")]
    assert rows == [
        ("2022-03 (day not known) statement: GUR: A title", 1),
        ("2022-03-07 claim made: GUR", 0),
        ("2022-03-07 14:05 UTC verdict: anna: false", 0),
        ("2022-03-07 14:05 UTC verdict, no longer standing: anna: verified", 0),
        ("2022-03-08 call released: GUR: A call", 0),
    ]
    assert "call took place: A call" in words(root.all("article")[0].text())


def test_the_drawing_says_in_words_what_it_is() -> None:
    scale = parsed(page_of(a_view())).all(class_="timeline")[0].all("svg")[-1]
    assert scale.all("title")[0].text() == "Timeline from 2022-03-07 to 2022-03-07"
    assert "Dated events: 1" in scale.all("desc")[0].text()
    assert [text.text() for text in scale.all("text")] == ["2022-03-07"]
