"""A filter says what it means, or exactly where it went wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.errors import FilterError
from reviewer.model.filters import FIELDS, Term, parse_filter


def terms(text: str) -> list[tuple[str, str, bool]]:
    return [(term.field, term.value, term.negated) for term in parse_filter(text)]


def test_a_filter_is_written_like_a_search_that_people_know() -> None:
    text = 'state:undecided verdict:false claimant:"Defence Ministry" tag:dead -tag:dup kharkiv'
    assert terms(text) == [
        ("state", "undecided", False),
        ("verdict", "false", False),
        ("claimant", "Defence Ministry", False),
        ("tag", "dead", False),
        ("tag", "dup", True),
        ("", "kharkiv", False),
    ]


def test_an_empty_filter_asks_for_nothing() -> None:
    assert parse_filter("") == parse_filter(" \t ") == ()


def test_each_condition_knows_its_place() -> None:
    assert [term.at for term in parse_filter("kharkiv  -tag:dup  «дим»")] == [0, 9, 19]


def test_words_in_quotation_marks_are_one_condition() -> None:
    assert terms('"killed near" -"state:new"') == [
        ("", "killed near", False),
        ("", "state:new", True),
    ]


def test_a_name_is_known_in_any_case_and_a_choice_in_any_spelling() -> None:
    assert terms('STATE:In-Review state:"set aside"') == [
        ("state", "in_review", False),
        ("state", "set_aside", False),
    ]


def test_a_value_may_hold_a_colon_and_a_hyphen_stands_within_a_word() -> None:
    assert terms("id:s:1 pre-war") == [("id", "s:1", False), ("", "pre-war", False)]


def test_a_lone_hyphen_is_a_word() -> None:
    assert terms("- x") == [("", "-", False), ("", "x", False)]


def test_empty_quotation_marks_ask_for_nothing_and_so_do_not_hide_everything() -> None:
    assert parse_filter('""') == parse_filter('-""') == ()


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("kharkiv stat:new", 8, "no 'stat' to filter by. Did you mean state: ?"),
        ("-clamant:x", 0, "no 'clamant' to filter by. Did you mean claimant: ?"),
        ("qqq:x", 0, "There is: state, verdict,"),
        ("state:undecidet", 0, "'undecidet' is not a state. Did you mean undecided?"),
        ("x state:zzz", 2, "It may be: undecided, new,"),
        ("priority:0", 0, "'0' is not a priority"),
        ("priority:10", 0, "'10' is not a priority"),
        ("marked:maybe", 0, "'maybe' is not a marked"),
        ("has:orphans", 0, "Did you mean orphan?"),
        ("state:", 6, "What should 'state:' be? undecided, new,"),
        ('state:""', 8, "What should 'state:' be?"),
        ("state: new", 6, "What should 'state:' be?"),
        ('tag:a "open', 6, "opened and not closed"),
        ('claimant:"open', 9, "opened and not closed"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_was_perhaps_meant(
    text: str, at: int, said: str
) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    assert caught.value.at == at
    assert said in caught.value.sentence
    assert caught.value.exit_code == 2


pieces = st.sampled_from(["state", "tag", ":", '"', "-", " ", "a", "new", "«", "\u202e", "\x00"])


@given(st.lists(pieces | st.text(max_size=3), max_size=8).map("".join))
def test_whatever_is_typed_is_understood_or_refused_at_a_place_in_it(text: str) -> None:
    found, mistake = understood(text)
    assert mistake is None or 0 <= mistake.at <= len(text)
    assert all(isinstance(term, Term) and term.value for term in found)
    assert all(not term.field or term.field in FIELDS for term in found)


def understood(text: str) -> tuple[tuple[Term, ...], FilterError | None]:
    try:
        return parse_filter(text), None
    except FilterError as error:
        return (), error
