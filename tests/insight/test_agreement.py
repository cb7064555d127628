"""Agreement against published worked examples, another program, and what must always hold."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.insight.agreement import LINE, agreement, line_of, read_blind, units
from reviewer.insight.coefficients import (
    Table,
    ac1,
    alpha,
    intervals,
    kappa,
    linear,
    of_value,
    per_cent,
)
from reviewer.model.agreement import KAPPA, ORDINAL, WEIGHTED, Compared, Reading
from reviewer.model.scale import HOUSE, scale_of
from reviewer.writers.claimreview import LADDER
from tests.everyday import times

# Krippendorff (2011), section C: four observers, twelve units, missing data.
KRIPPENDORFF = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# Hayes and Krippendorff (2007), table 1: the tone of forty articles by five observers, 0 to 3.
TONE = """1,1,2,.,2 1,1,0,1,. 2,3,3,3,. .,0,0,.,0 0,0,0,.,0 0,0,0,.,0 1,0,2,.,1 1,.,2,0,. 2,2,2,.,2
2,1,1,1,. .,1,0,0,. 0,0,0,0,. 1,2,2,2,. 3,3,2,2,3 1,1,1,.,1 1,1,1,.,1 2,1,2,.,2 1,2,3,3,. 1,1,0,1,.
0,0,0,.,0 0,0,1,1,. 0,0,.,0,0 2,3,3,3,. 0,0,0,0,. 1,2,.,2,2 0,1,1,1,. 0,0,0,1,0 1,2,1,2,. 1,1,2,2,.
1,1,2,.,2 1,1,0,.,0 2,1,2,1,. 2,2,.,2,2 3,2,2,2,. 2,2,2,.,2 2,2,3,.,2 2,2,2,.,2 2,2,.,1,2 2,2,2,2,.
1,1,1,.,1"""
# Gwet, irrCAC (2019), vignette "overview": two abstractors on a hundred cases.
ABSTRACTORS: Table = {("e", "e"): 13, ("a", "a"): 20, ("a", "n"): 7, ("n", "a"): 4, ("n", "n"): 56}
# Fleiss (1971) as in the same vignette (distrib.6raters): six psychiatrists, fifteen patients.
SIX = """0 0 0 6 0 | 0 3 0 0 3 | 0 1 4 0 1 | 0 0 0 0 6 | 0 3 0 3 0 | 2 0 4 0 0 | 0 0 4 0 2
| 2 0 3 1 0 | 2 0 0 4 0 | 0 0 0 0 6 | 1 0 0 5 0 | 1 1 0 4 0 | 0 3 3 0 0 | 1 0 0 5 0 | 0 2 0 3 1"""
# Cohen (1968), table 1: two judges, 200 cases, and how grave he held each confusion to be.
DIAGNOSES = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
GRAVE = ((0, 1, 3), (1, 0, 6), (3, 6, 0))


def tally_of(rows: list[list[str]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(value for value in row if value != ".") for row in rows)


def test_alpha_is_krippendorffs_own_nominal_and_ordinal_with_missing_values() -> None:
    observers = [row.split() for row in KRIPPENDORFF]
    tally = tally_of([list(unit) for unit in zip(*observers, strict=True)])
    assert alpha(tally) == pytest.approx(0.743, abs=0.0005)
    assert alpha(tally, "12345") == pytest.approx(0.815, abs=0.0005)


def test_alpha_is_that_of_hayes_and_krippendorff_for_five_observers() -> None:
    tally = tally_of([unit.split(",") for unit in TONE.split()])
    assert tally.total() == 40
    ordinal = alpha(tally, "0123")
    assert ordinal == pytest.approx(0.7598, abs=0.00005)
    low, high = intervals(tally, {"ordinal": lambda t: alpha(t, "0123")})["ordinal"]
    assert low < ordinal < high
    assert high - low < 0.25


def test_kappa_weighted_kappa_and_ac1_are_those_of_cohen_and_gwet() -> None:
    assert kappa(ABSTRACTORS) == pytest.approx(0.7964094, abs=1e-7)
    assert kappa(ABSTRACTORS, linear("ean")) == pytest.approx(0.843, abs=0.0005)
    assert ac1(ABSTRACTORS, 3) == pytest.approx(0.8493305, abs=1e-7)
    assert alpha(ABSTRACTORS) == pytest.approx(0.7972585, abs=1e-7)
    assert per_cent(ABSTRACTORS) == 0.89
    cases = {(str(a), str(b)): n for a, row in enumerate(DIAGNOSES) for b, n in enumerate(row)}
    assert kappa(cases) == pytest.approx(0.492, abs=0.0005)
    weighted = kappa(cases, lambda a, b: GRAVE[int(a)][int(b)])
    assert weighted == pytest.approx(0.348, abs=0.0005)


def test_ac1_of_several_readers_is_gwets_also_where_some_read_only_some() -> None:
    patients = [
        [value for value, n in zip("abcde", row.split(), strict=True) for _ in range(int(n))]
        for row in SIX.split("|")
    ]
    tally = tally_of(patients)
    assert ac1(tally, 5) == pytest.approx(0.4448007, abs=1e-7)
    assert alpha(tally) == pytest.approx(0.4204384, abs=1e-7)
    assert per_cent(tally) == pytest.approx(0.5511111, abs=1e-7)
    raters = [row.split() for row in KRIPPENDORFF]
    raters[1][11], raters[2][11] = ".", "3"  # the same data as Gwet prints it
    assert ac1(tally_of([list(unit) for unit in zip(*raters, strict=True)]), 5) == pytest.approx(
        0.77544, abs=1e-5
    )


def test_intervals_cover_about_what_gwets_do() -> None:
    measures = {"kappa": kappa, "ac1": lambda t: ac1(t, 3), "per cent": per_cent}
    found = intervals(ABSTRACTORS, measures)
    # Gwet prints (0.680, 0.913), (0.764, 0.935) and (0.828, 0.952), from variances.
    printed = {"kappa": (0.680, 0.913), "ac1": (0.764, 0.935), "per cent": (0.828, 0.952)}
    for name, ends in printed.items():
        assert found[name] == pytest.approx(ends, abs=0.02), name
    assert intervals(ABSTRACTORS, measures) == found


ORDER = "abcd"
everyday = settings(max_examples=times(60, 1000), deadline=None)
tables = st.dictionaries(
    st.tuples(st.sampled_from(ORDER), st.sampled_from(ORDER)), st.integers(1, 40), min_size=1
)
tallies = st.dictionaries(
    st.lists(st.sampled_from(ORDER), min_size=1, max_size=5).map(tuple),
    st.integers(1, 20),
    min_size=1,
)


@everyday
@given(tallies)
def test_alpha_is_that_of_another_program(tally: dict[tuple[str, ...], int]) -> None:
    krippendorff = pytest.importorskip("krippendorff", reason="krippendorff is not installed")
    rows = [given for given, n in tally.items() for _ in range(n)]
    matrix = [
        [float(ORDER.index(row[n])) if n < len(row) else math.nan for row in rows] for n in range(5)
    ]
    used = {value for row in rows if len(row) > 1 for value in row}
    for level, order in (("nominal", ""), ("ordinal", ORDER)):
        ours = alpha(tally, order)
        if len(used) < 2:
            assert ours is None
            continue
        theirs = krippendorff.alpha(reliability_data=matrix, level_of_measurement=level)
        assert ours == pytest.approx(theirs, abs=1e-9)


@everyday
@given(tables, st.permutations(ORDER))
def test_names_of_values_and_the_order_of_readers_change_nothing(
    table: dict[tuple[str, str], int], other: list[str]
) -> None:
    named = dict(zip(ORDER, other, strict=True))
    renamed = {(named[a], named[b]): n for (a, b), n in table.items()}
    turned = {(b, a): n for (a, b), n in table.items()}
    for measure in (kappa, alpha, per_cent, lambda t: ac1(t, 4)):
        assert measure(renamed) == pytest.approx(measure(table))
        assert measure(turned) == pytest.approx(measure(table))
    assert kappa(turned, linear(ORDER)) == pytest.approx(kappa(table, linear(ORDER)))
    assert kappa(table, linear(ORDER[::-1])) == pytest.approx(kappa(table, linear(ORDER)))
    assert alpha(table, ORDER[::-1]) == pytest.approx(alpha(table, ORDER))


@everyday
@given(tables)
def test_no_coefficient_is_above_1_and_it_is_1_only_where_all_agree(
    table: dict[tuple[str, str], int],
) -> None:
    agreed = all(a == b for a, b in table)
    found = (kappa(table), kappa(table, linear(ORDER)), alpha(table), alpha(table, ORDER))
    for value in (*found, ac1(table, 4), per_cent(table)):
        assert value is None or -1 <= value <= 1 + 1e-12
        if value is not None:
            assert math.isclose(value, 1) is agreed
    values = {value for pair in table for value in pair}
    assert (found[0] is None) == (len(values) < 2)


@everyday
@given(tallies)
def test_the_agreement_on_values_adds_up_to_that_of_all(tally: dict[tuple[str, ...], int]) -> None:
    pairs = {given: n for given, n in tally.items() if len(given) == 2}
    if pairs:
        readings = Counter(value for given, n in pairs.items() for value in given * n)
        shares = {value: of_value(pairs, value) or 0 for value in readings}
        total = sum(shares[value] * n for value, n in readings.items()) / readings.total()
        assert total == pytest.approx(per_cent(pairs))


def of(readers: Compared) -> dict[str, float | None]:
    return {one.name: one.value for one in readers.measures}


def some_readings(claims: int, seed: int = 1) -> dict[str, dict[str, str]]:
    chosen = random.Random(seed)
    values = [value.value for value in HOUSE.values]
    found = {}
    for n in range(claims):
        value = chosen.choice(values)
        other = value if chosen.random() < 0.7 else chosen.choice(values)
        found[f"c-{n}"] = {"ann": value, "borys": other}
    return found


def test_the_line_is_the_table_that_is_published_with_verdicts() -> None:
    assert list(LINE) == sorted(LADDER, key=lambda value: -LADDER[value])
    assert line_of(HOUSE) == LINE
    own = scale_of([("verified", "verified", "somebody said so"), ("false", "false", "")])
    assert line_of(own) == ()


def test_under_the_minimum_there_are_counts_and_no_coefficient() -> None:
    found = agreement(some_readings(29), HOUSE)
    assert (found.claims, found.minimum) == (29, 30)
    assert found.all.agreed == found.pairs[0].agreed > 15
    assert found.all.measures == found.pairs[0].measures == ()
    assert all(value.measure is None and value.claims for value in found.values)
    assert sum(value.readings for value in found.values) == 58
    more = agreement(some_readings(30), HOUSE)
    assert of(more.pairs[0])[KAPPA] is not None
    assert agreement(some_readings(29), HOUSE, minimum=5).all.measures
    assert not agreement({"c": {"ann": "false", "borys": "false"}}, HOUSE, minimum=0).all.measures


def test_what_needs_an_order_leaves_out_what_has_no_place_in_it() -> None:
    given = some_readings(200)
    found = agreement(given, HOUSE, draws=50)
    on_line = {c: s for c, s in given.items() if {*s.values()} <= {*LINE}}
    alone = agreement(on_line, HOUSE, draws=50)
    ordinal = next(one for one in found.all.measures if one.name == ORDINAL)
    assert ordinal.claims == len(on_line) < 200
    assert of(found.all)[ORDINAL] == of(alone.all)[ORDINAL]
    assert of(found.pairs[0])[WEIGHTED] == of(alone.pairs[0])[WEIGHTED]
    none = agreement(given, HOUSE, line=(), draws=50)
    assert ORDINAL not in of(none.all)
    assert WEIGHTED not in of(none.pairs[0])


def test_who_reads_first_has_nobody_to_look_at() -> None:
    def read(*given: tuple[str, bool]) -> set[str]:
        return read_blind([Reading("c", reader, "false", blind) for reader, blind in given])

    assert read(("ann", False), ("borys", True)) == {"c"}
    assert read(("ann", True), ("borys", True), ("dora", True)) == {"c"}
    assert read(("ann", False), ("borys", True), ("dora", False)) == set()
    assert read(("ann", True), ("borys", False)) == set()


def test_of_one_readers_verdicts_the_last_counts_and_one_reader_is_no_agreement() -> None:
    given = [
        *(Reading("c", "ann", "false"), Reading("c", "borys", "false")),
        *(Reading("c", "ann", "verified"), Reading("d", "ann", "false")),
    ]
    assert units(given) == {"c": {"ann": "verified", "borys": "false"}}


def test_three_readers_are_compared_by_pair_only_where_both_have_read() -> None:
    given = {
        "c-1": {"ann": "false", "borys": "false", "dora": "verified"},
        "c-2": {"ann": "false", "dora": "false"},
    }
    found = agreement(given, HOUSE)
    pairs = {pair.readers: (pair.claims, pair.agreed) for pair in found.pairs}
    assert pairs == {("ann", "borys"): (1, 1), ("ann", "dora"): (2, 1), ("borys", "dora"): (1, 0)}
    assert (found.all.claims, found.all.agreed) == (2, 1)
    false = next(value for value in found.values if value.value == "false")
    assert (false.claims, false.readings, false.against) == (2, 4, (("verified", 1),))
