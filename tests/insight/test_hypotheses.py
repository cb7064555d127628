"""The ranking of hypotheses after Heuer: by what speaks against them, and by nothing else."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from reviewer.insight.hypotheses import (
    Cell,
    Hypothesis,
    Matrix,
    Rating,
    Row,
    leading,
    ranking,
    turn,
    turns,
)
from reviewer.model.evidence import Excerpt, Stance

Grid = list[list[Rating]]


def excerpt(n: int, *, orphan: bool = False) -> Excerpt:
    start = None if orphan else n
    return Excerpt(
        id=f"e-{n}", claim="c", target="t", stance=Stance.CONTEXT, exact="words", prefix="",
        suffix="", start=start, end=start, start_ms=None, end_ms=None, reader="", note="",
    )  # fmt: skip


def matrix(grid: Grid, columns: int) -> Matrix:
    hypotheses = tuple(Hypothesis(f"h{n}", f"hypothesis {n}") for n in range(columns))
    rows = [Row(excerpt(n), tuple(map(Cell, ratings))) for n, ratings in enumerate(grid)]
    return Matrix(hypotheses, tuple(rows))


def of(*rows: str) -> Matrix:
    return matrix([[Rating(sign) for sign in row] for row in rows], len(rows[0]))


def places(found: Matrix, left_out: frozenset[str] = frozenset()) -> dict[str, tuple[int, int]]:
    return {
        found.hypotheses[one.n].key: (one.place, one.against) for one in ranking(found, left_out)
    }


@st.composite
def grids(draw: st.DrawFn) -> Matrix:
    columns = draw(st.integers(2, 5))
    row = st.lists(st.sampled_from(Rating), min_size=columns, max_size=columns)
    return matrix(draw(st.lists(row, max_size=8)), columns)


@given(grids(), st.randoms())
def test_the_order_of_the_items_never_matters(found: Matrix, chance: random.Random) -> None:
    rows = list(found.rows)
    chance.shuffle(rows)
    assert ranking(Matrix(found.hypotheses, tuple(rows))) == ranking(found)


@given(grids(), st.randoms())
def test_the_order_of_the_hypotheses_never_matters(found: Matrix, chance: random.Random) -> None:
    order = list(range(len(found.hypotheses)))
    chance.shuffle(order)
    hypotheses = tuple(found.hypotheses[n] for n in order)
    rows = tuple(Row(row.excerpt, tuple(row.cells[n] for n in order)) for row in found.rows)
    assert places(Matrix(hypotheses, rows)) == places(found)


@given(grids(), st.integers(0, 7), st.sampled_from((Rating.NEUTRAL, Rating.UNKNOWN)))
def test_leaving_out_an_item_that_says_nothing_never_turns_the_ranking(
    found: Matrix, at: int, rating: Rating
) -> None:
    silent = Row(excerpt(99), tuple(Cell(rating) for _ in found.hypotheses))
    rows = (*found.rows[:at], silent, *found.rows[at:])
    with_it = Matrix(found.hypotheses, rows)
    assert not turns(with_it, {"e-99"})
    assert places(with_it) == places(with_it, frozenset({"e-99"})) == places(found)
    assert silent.diagnosticity[0] == 0


@given(grids(), st.sampled_from(Rating))
def test_an_item_that_is_the_same_to_all_tells_nothing_apart(found: Matrix, rating: Rating) -> None:
    same = Row(excerpt(99), tuple(Cell(rating) for _ in found.hypotheses))
    n = len(found.hypotheses)
    assert same.diagnosticity == (0, n * (n - 1) // 2)
    with_it = Matrix(found.hypotheses, (*found.rows, same))
    assert leading(with_it) == leading(found)


@given(grids(), st.data())
def test_consistent_items_count_for_nothing(found: Matrix, data: st.DataObject) -> None:
    signs = [
        Rating.NEUTRAL if cell.rating is Rating.CONSISTENT else cell.rating
        for row in found.rows
        for cell in row.cells
    ]
    n = len(found.hypotheses)
    grid = [signs[at : at + n] for at in range(0, len(signs), n)]
    assert places(matrix(grid, n)) == places(found)


@given(grids())
def test_leaving_everything_out_leaves_all_in_the_first_place(found: Matrix) -> None:
    everything = {row.excerpt.id for row in found.rows}
    assert leading(found, everything) == set(range(len(found.hypotheses)))


@given(grids(), st.data())
def test_one_more_item_against_a_hypothesis_never_lifts_it(
    found: Matrix, data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, len(found.hypotheses) - 1))
    cells = [Cell(Rating.NEUTRAL) for _ in found.hypotheses]
    cells[n] = Cell(Rating.INCONSISTENT)
    more = Matrix(found.hypotheses, (*found.rows, Row(excerpt(99), tuple(cells))))
    key = found.hypotheses[n].key
    assert places(more)[key] >= places(found)[key]


def test_the_least_inconsistent_stands_first_however_much_speaks_for_another() -> None:
    found = of("CC?", "CN?", "CIN", "INN", "CCN")
    assert places(found) == {"h0": (2, 1), "h1": (2, 1), "h2": (1, 0)}
    assert found.unknown == 2
    assert [one.unknown for one in ranking(found)] == [2, 0, 0]


def test_supposing_the_item_that_decides_to_be_deception_turns_the_ranking() -> None:
    found = of("CI", "CN", "NN")
    assert leading(found) == {0}
    assert turns(found, {"e-0"})
    assert turn(found, {"e-0"}) == "the ranking turns: H1 and H2 first instead of H1"
    assert not turns(found, {"e-1", "e-2"})
    assert turn(found, {"e-1"}) == "H1 still first"


def test_a_change_below_the_first_place_is_said_and_is_no_turn() -> None:
    found = of("NIN", "NIN", "NII", "CNI")
    assert not turns(found, {"e-0", "e-1"})
    assert turn(found, {"e-0", "e-1"}) == "H1 still first, others move"


def test_how_far_an_item_tells_apart_is_counted_in_pairs() -> None:
    (row,) = of("CIN?").rows
    assert row.diagnosticity == (3, 6)
    (row,) = of("CII").rows
    assert row.diagnosticity == (2, 3)


def test_an_orphan_counts_for_nothing() -> None:
    row = Row(excerpt(1, orphan=True), (Cell(Rating.INCONSISTENT), Cell(Rating.CONSISTENT)))
    found = Matrix((Hypothesis("a", "a"), Hypothesis("b", "b")), (row,))
    assert leading(found) == {0, 1}
