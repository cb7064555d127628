"""A filter says what it means, or exactly where it went wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.errors import FilterError
from reviewer.model.filters import (
    FIELDS,
    Group,
    Part,
    Term,
    parse_filter,
    range_of,
    terms_of,
    written,
)


def terms(text: str) -> list[tuple[str, str, bool]]:
    return [(term.field, term.value, term.negated) for term in terms_of(parse_filter(text))]


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


pieces = st.sampled_from(
    [
        "state",
        "tag",
        ":",
        "(",
        ")",
        " or ",
        "..",
        "<",
        "date:",
        "priority:",
        '"',
        "-",
        " ",
        "a",
        "new",
        "«",
        "\u202e",
        "\x00",
    ]
)


@given(st.lists(pieces | st.text(max_size=3), max_size=8).map("".join))
def test_whatever_is_typed_is_understood_or_refused_at_a_place_in_it(text: str) -> None:
    found, mistake = understood(text)
    assert mistake is None or 0 <= mistake.at <= len(text)
    assert all(term.value for term in terms_of(found))
    assert all(not term.field or term.field in FIELDS for term in terms_of(found))


def understood(text: str) -> tuple[tuple[Part, ...], FilterError | None]:
    try:
        return parse_filter(text), None
    except FilterError as error:
        return (), error


def test_or_lets_either_of_the_two_conditions_beside_it() -> None:
    assert parse_filter("tag:a state:new OR state:reopened kharkiv") == (
        Term("tag", "a", False, 0),
        Group(
            ((Term("state", "new", False, 6),), (Term("state", "reopened", False, 19),)), False, 6
        ),
        Term("", "kharkiv", False, 34),
    )


def test_parentheses_group_and_a_hyphen_negates_the_group() -> None:
    (group,) = parse_filter("-(tag:a kharkiv or (tag:b state:new))")
    assert isinstance(group, Group)
    assert group.negated
    (option,) = group.options
    assert isinstance(option[1], Group)
    assert [len(of) for of in option[1].options] == [1, 2]
    assert written((group,)) == '-((tag:"a" ("kharkiv" or (tag:"b" state:"new"))))'


def test_in_quotation_marks_or_and_parentheses_are_words() -> None:
    assert terms('"or" "(a)" order f(x)') == [
        ("", "or", False),
        ("", "(a)", False),
        ("", "order", False),
        ("", "f(x)", False),
    ]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("priority:2", 2, 3),
        ("priority:1..3", 1, 4),
        ("priority:3..", 3, None),
        ("priority:..3", None, 4),
        ("priority:<3", None, 3),
        ("priority:<=3", None, 4),
        ("priority:>3", 4, None),
        ('priority:">= 3"', 3, None),
        ("excerpts:0", 0, 1),
        ("date:2022-03", "2022-03", "2022-03\U0010ffff"),
        ("date:2022-03..2022-04", "2022-03", "2022-04\U0010ffff"),
        ("date:>2022-03-07", "2022-03-07\U0010ffff", "\U0010ffff"),
        ("date:>=2022-03-07t14:05z", "2022-03-07T14:05Z", "\U0010ffff"),
        ("date:<2022", "\x01", "2022"),
        ("date:none", "", "\x01"),
    ],
)
def test_numbers_and_dates_may_be_ranges(
    text: str, low: int | str | None, high: int | str | None
) -> None:
    (term,) = parse_filter(text)
    assert isinstance(term, Term)
    span = range_of(term)
    assert (span.low, span.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("or kharkiv", 0, "'or' stands between two conditions"),
        ("kharkiv or", 8, "'or' stands between two conditions"),
        ("a or or b", 2, "'or' stands between two conditions"),
        ("a or (b", 5, "opened and not closed; add a )"),
        ("a ) b", 2, "closed and none was opened"),
        ("a or ()", 2, "'or' stands between two conditions"),
        ("x priority:3..1", 2, "It runs backwards."),
        ("priority:1..10", 0, "'1..10' is not a priority"),
        ("priority:high", 0, "'high' is not a priority. It may be: 1 to 9"),
        ("date:march", 0, "'march' is not a date. It may be: 2022-03"),
        ("date:2022-04..2022-03", 0, "It runs backwards."),
        ("excerpts:many", 0, "'many' is not a number of excerpts"),
        ("stale:ja", 0, "'ja' is not a stale. It may be: yes, no."),
        ("(" * 40 + "a", 20, "More than 20 groups"),
    ],
)
def test_a_mistake_in_a_range_or_a_group_is_named_with_its_place(
    text: str, at: int, said: str
) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    assert caught.value.at == at
    assert said in caught.value.sentence


words_ = st.text(st.characters(exclude_characters='"', codec="utf-8"), min_size=1, max_size=5)
one_term = st.builds(
    lambda field, value, negated: Term(field, value, negated, 0),
    st.sampled_from(["", "tag", "claimant", "id"]),
    words_,
    st.booleans(),
) | st.sampled_from(
    [
        Term("state", "in_review", False, 0),
        Term("priority", "<3", True, 0),
        Term("date", "2022-03..2022-04", False, 0),
        Term("has", "note", True, 0),
    ]
)


def grouped(parts: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    option = st.lists(parts, min_size=1, max_size=3).map(tuple)
    options = st.lists(option, min_size=1, max_size=3).map(tuple)
    return st.builds(lambda of, negated: Group(of, negated, 0), options, st.booleans())


def bare(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """A filter without the places of its conditions."""
    return tuple(
        replace(part, at=0)
        if isinstance(part, Term)
        else replace(part, at=0, options=tuple(bare(option) for option in part.options))
        for part in parts
    )


@given(st.lists(st.recursive(one_term, grouped, max_leaves=8), max_size=4).map(tuple))
def test_what_is_written_of_a_filter_is_understood_as_the_same(parts: tuple[Part, ...]) -> None:
    once = bare(parse_filter(written(parts)))
    assert bare(parse_filter(written(once))) == once
    assert [replace(t, at=0) for t in terms_of(once)] == list(terms_of(parts))
