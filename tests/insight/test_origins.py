"""Origins are counted, not sources: what a claim rests on, and what would change that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.insight.origins import (
    basis,
    by_origin,
    first_held,
    grounds,
    indispensable,
    is_known,
    supported,
    what_would_change,
)
from reviewer.model.claims import ClaimView
from reviewer.model.evidence import Excerpt, Held, Source, Stance
from reviewer.model.method import Rules
from reviewer.structs import replace
from tests.writers.views import a_statement, a_verdict, a_view, an_excerpt

RULE = Rules(origins=2, gated=("verified",))


def resting_on(*texts: tuple[str, str], stance: Stance = Stance.SUPPORTS) -> ClaimView:
    """A claim with an excerpt for each text, given as its id and its origin."""
    statements = tuple(
        replace(a_statement(), id=id_, origin=origin, source=Source(id_, id_, "outlet", origin, ""))
        for id_, origin in texts
    )
    excerpts = tuple(
        an_excerpt(id_, f"words {n}", 0, id=f"e-{n}", stance=stance)
        for n, (id_, _) in enumerate(texts)
    )
    return replace(a_view(), statements=statements, recordings=(), excerpts=excerpts, rules=RULE)


def test_sources_that_share_an_origin_are_one_witness() -> None:
    view = resting_on(("gur-post", "gur"), ("call-1", "gur"), ("paper", "gur"))
    assert supported(view) == "supported by 3 excerpts, 1 origin"
    assert [origin.id for origin in grounds(view).origins] == ["gur"]


def test_what_refutes_and_what_is_context_supports_nothing() -> None:
    for stance in (Stance.REFUTES, Stance.CONTEXT):
        view = resting_on(("a", "a"), ("b", "b"), stance=stance)
        assert supported(view) == "supported by no excerpt"
        assert grounds(view, stance).independent == 2


def test_an_orphan_does_not_count() -> None:
    view = resting_on(("a", "a"), ("b", "b"))
    lost = replace(view.excerpts[1], start=None, end=None)
    view = replace(view, excerpts=(view.excerpts[0], lost))
    assert supported(view) == "supported by 1 excerpt, 1 origin"


def test_an_excerpt_of_a_text_that_is_not_held_does_not_count() -> None:
    view = resting_on(("a", "a"), ("b", "b"))
    view = replace(view, statements=view.statements[:1], missing=("b",))
    assert supported(view) == "supported by 1 excerpt, 1 origin"


def test_an_origin_that_nobody_knows_makes_none() -> None:
    view = resting_on(("a", "a"), ("b", "unknown"), ("c", "Unknown: left at the door"))
    assert supported(view) == "supported by 3 excerpts, 1 origin (and one unknown)"
    assert is_known("unknown soldier's diary")
    assert "1 more independent origin asked for." in what_would_change(view)


def test_an_origin_given_by_the_name_of_a_source_is_that_source() -> None:
    view = resting_on(("gur", ""), ("paper", "  GUR "))
    assert grounds(view).independent == 1


def test_a_paraphrase_counts_and_is_said() -> None:
    view = resting_on(("a", "a"), ("b", "b"))
    told = (replace(view.statements[0], held=Held.PARAPHRASE), view.statements[1])
    found = grounds(replace(view, statements=told))
    assert (found.independent, found.without_the_words) == (2, 1)


def test_the_line_names_the_excerpt_without_which_it_would_fall_below() -> None:
    view = resting_on(("a", "a"), ("b", "b"))
    assert [one.id for one in indispensable(grounds(view), 2)] == ["e-0", "e-1"]
    assert what_would_change(view) == (
        'Without "words 0" (a) it would rest on 1 origin, and likewise without 1 other.'
    )
    spare = resting_on(("a", "a"), ("a2", "a"), ("b", "b"))
    assert [one.id for one in indispensable(grounds(spare), 2)] == ["e-2"]
    assert what_would_change(spare) == 'Without "words 2" (b) it would rest on 1 origin.'


def test_the_line_says_so_where_no_single_excerpt_decides() -> None:
    three = resting_on(("a", "a"), ("b", "b"), ("c", "c"))
    assert what_would_change(three) == (
        "No single excerpt decides: without any one it still rests on 2 origins."
    )
    assert "A first excerpt" in what_would_change(replace(three, excerpts=()))


def test_a_verdict_says_on_how_little_it_rests() -> None:
    view = resting_on(("a", "a"))
    bare = a_verdict("verified")
    assert basis(view, bare) == "rests on 1 origin (2 asked): no reason is given"
    given_ = replace(
        bare, data={"origins": ["a"], "origins_asked": 2}, words={"reason": "Seen by us."}
    )
    assert basis(view, given_) == "rests on 1 origin (2 asked): Seen by us."
    erased = replace(given_, words={})
    assert basis(view, erased) == "rests on 1 origin (2 asked): [the reason is not held any more]"
    assert basis(view, a_verdict("false")) == ""
    assert basis(replace(view, rules=Rules()), bare) == ""
    assert basis(view, replace(bare, standing=False)) == ""


@pytest.mark.parametrize(
    ("start", "held_by"),
    [("paper", "mod"), ("ria", "mod"), ("mod", "mod"), ("A local society", "A local society")],
)
def test_an_origin_is_followed_to_whoever_held_it_first(start: str, held_by: str) -> None:
    known = {"paper": "ria", "ria": "mod", "mod": "mod"}
    assert first_held(start, lambda id_: known.get(id_, "")) == held_by


IDS = st.sampled_from("abcdef")


@given(st.dictionaries(IDS, IDS), IDS)
def test_following_ends_at_one_place_whatever_names_whatever(
    known: dict[str, str], start: str
) -> None:
    def origin_of(id_: str) -> str:
        return known.get(id_, "")

    end = first_held(start, origin_of)
    assert first_held(end, origin_of) == end
    if start in known:
        assert first_held(known[start], origin_of) == end


@given(st.lists(st.tuples(st.sampled_from("stuv"), IDS), max_size=6, unique_by=lambda t: t[0]))
def test_every_excerpt_stands_under_exactly_one_origin(texts: list[tuple[str, str]]) -> None:
    view = resting_on(*texts)
    grouped: list[Excerpt] = [e for one in by_origin(view, view.excerpts) for e in one.excerpts]
    assert sorted(e.id for e in grouped) == sorted(e.id for e in view.excerpts)
    found = grounds(view)
    for needed in indispensable(found, 2):
        left = replace(view, excerpts=tuple(e for e in view.excerpts if e != needed))
        assert grounds(left).independent < found.independent
