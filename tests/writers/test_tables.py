"""CSV: no cell of it runs in a spreadsheet, and every cell can be had back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.about import About
from reviewer.model.evidence import Held, Stance
from reviewer.model.scale import HOUSE
from reviewer.text.sheets import guard, original
from reviewer.writers.csv_file import COLUMNS, Table
from tests.data import real
from tests.writers.views import ABOUT, a_recording, a_statement, a_verdict, a_view, an_excerpt

SIGNS = "=+-@|%＝＋－＠"
UNSEEN = [" ", "\u00a0", "\u200b", "\ufeff", "\u3000", "\t ", "\u2060"]


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", *UNSEEN])
def test_what_begins_like_a_formula_is_guarded(sign: str, before: str) -> None:
    cell = f"{before}{sign}1+1"
    assert guard(cell) == f"'{cell}"
    assert guard(f"fine\n{cell}") == f"fine\n'{cell}"
    assert guard(f"fine\r\n{cell}") == f"fine\r\n'{cell}"
    assert guard(f"fine\r{cell}") == f"fine\r'{cell}"


@pytest.mark.parametrize("cell", ["\tx", "\rx", "\nx", "\t=1"])
def test_what_begins_with_a_tab_or_a_line_break_is_guarded(cell: str) -> None:
    assert guard(cell).startswith("'")


@pytest.mark.parametrize("cell", ["", "a=1", "3 + 4", "'quoted'", "a\n\nb", "ні-ні", "a\tb"])
def test_what_does_not_stays_as_it_is(cell: str) -> None:
    assert guard(cell) == cell == original(cell)


@given(st.text(alphabet="'=+-@|%＝a \t\r\n\u00a0\u200b\ufeff\ud7ff1", max_size=12))
def test_every_cell_can_be_had_back(cell: str) -> None:
    assert original(guard(cell)) == cell


@given(st.text(alphabet="'=+@a \t\r\n\u00a0\u200b", max_size=12))
def test_no_line_of_a_guarded_cell_begins_like_a_formula(cell: str) -> None:
    for line in guard(cell).replace("\r", "\n").split("\n"):
        assert not line.strip(" \t\u00a0\u200b").startswith(tuple(SIGNS))


def test_known_attacks_are_guarded_and_come_back() -> None:
    payloads = real("hostile", "csv-injection", "csv-payload.txt").read_text().splitlines()
    table = Table(ABOUT, HOUSE)
    views = [a_view(payload, claimant=payload) for payload in payloads]
    rows = read("".join(table.lines(views)))
    for payload, row in zip(payloads, rows, strict=True):
        assert original(row["text"]) == original(row["claimant"]) == payload
        assert not row["text"].startswith(tuple("=+-@|%\t\r"))
    assert table.guarded == 2 * sum(payload[0] in SIGNS for payload in payloads)


def test_the_first_bytes_tell_a_spreadsheet_that_it_is_utf8() -> None:
    text = "".join(Table(ABOUT, HOUSE).lines([]))
    assert text.encode().startswith(b"\xef\xbb\xbfcase,exercise,claim,")
    assert text.endswith("\r\n")


def test_a_row_says_what_it_rests_on() -> None:
    view = a_view(
        statements=(a_statement(held=Held.TRANSLATION),),
        recordings=(a_recording(),),
        excerpts=(
            an_excerpt("st", "dead", 6),
            an_excerpt("re", "Хто", 12, stance=Stance.REFUTES),
            an_excerpt("re", "gone", None, stance=Stance.CONTEXT),
        ),
        verdicts=(
            a_verdict("false", standing=False),
            a_verdict("verified", note="два\nрядки", stale="st changed"),
        ),
    )
    (row,) = read("".join(Table(About("", "T", "", exercise=True), HOUSE).lines([view])))
    assert list(row) == list(COLUMNS)
    assert row["exercise"] == "yes"
    assert (row["verdict"], row["reader"], row["at"]) == (
        "verified",
        "anna",
        "2022-03-07T14:05:00.000Z",
    )
    assert (row["note"], row["stale"], row["dissent"]) == ("два\nрядки", "st changed", "no")
    assert (row["supports"], row["refutes"], row["context"], row["orphans"]) == tuple("1101")
    assert (row["evidence"], row["held_as_paraphrase"]) == ("st; re", "re")
    assert row["tags"] == "a; b"


def test_readers_who_differ_have_a_row_each() -> None:
    view = a_view(verdicts=(a_verdict("false"), a_verdict("verified", "boris")))
    rows = read("".join(Table(ABOUT, HOUSE).lines([view])))
    assert [(row["reader"], row["verdict_label"], row["dissent"]) for row in rows] == [
        ("anna", "false", "yes"),
        ("boris", "verified", "yes"),
    ]
