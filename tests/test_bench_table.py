"""The table of the bench says what it measured, and whether a budget was kept."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.bench import __main__ as bench
from tests.bench.table import NONE, Budget, Row, markdown, plain


@pytest.mark.parametrize(
    ("budget", "figure", "floor", "met"),
    [
        (Budget(times=2), 20.0, 10.0, "yes"),
        (Budget(times=2), 20.1, 10.0, "NO"),
        (Budget(above=40), 74.0, 34.5, "yes"),
        (Budget(above=40), 75.0, 34.5, "NO"),
        (Budget(most=0), 0.0, None, "yes"),
        (Budget(most=0), 1.0, None, "NO"),
        (Budget(times=2, most=5), 6.0, 4.0, "NO"),
        (NONE, 99.0, None, ""),
    ],
)
def test_a_budget_is_met_or_not(
    budget: Budget, figure: float, floor: float | None, met: str
) -> None:
    assert Row("what", figure, "ms", budget, floor).cells[-1] == met


def test_the_table_has_a_row_for_each_figure() -> None:
    rows = [
        Row("next claim", 28.6, "ms", Budget(2), 10.0),
        Row("an idle minute", 0, "bytes", Budget(most=0)),
    ]
    assert markdown(rows).splitlines() == [
        "| what | figure | floor | ratio | budget | met |",
        "| --- | --: | --: | --: | --: | --- |",
        "| next claim | 28.6 ms | 10 ms | 2.86 | 2 x | NO |",
        "| an idle minute | 0 bytes |  |  | 0 bytes | yes |",
    ]
    head, first, second = plain(rows).splitlines()
    assert head.index("figure") + len("figure") == first.index("ms") + len("ms")
    assert second.endswith("0 bytes  yes")


def test_what_is_measured_again_takes_the_place_of_what_was_and_the_rest_stays() -> None:
    rows = [Row("a key", 2, "ms"), Row("a byte", 3, "bytes"), Row("a filter", 4, "ms")]
    page = bench.written(f"Figures\n\n{bench.BEGIN}{bench.END}\nHow.\n", rows, "On a Sunday.")
    assert page == f"Figures\n\n{bench.BEGIN}On a Sunday.\n\n{markdown(rows)}\n{bench.END}\nHow.\n"
    again = bench.written(page, [Row("a byte", 5, "bytes")], "On a Monday.")
    assert again == page.replace("3 bytes", "5 bytes")
    assert bench.written(page, [], "") == page
    assert bench.written(again, rows, "On a Monday.") == page.replace("Sunday", "Monday")


def test_every_part_that_is_offered_can_be_run() -> None:
    assert all(callable(import_module(f"tests.bench.{part}").rows) for part in bench.PARTS)
