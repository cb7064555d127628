"""A table comes in row by row: cut as it was written, its columns known, nothing swallowed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as holds
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError, UsageError
from reviewer.model.records import ClaimRecord, RatingRecord, Record, SourceRecord, StatementRecord
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.tables import FORMATS
from reviewer.readers.tables.profile import read_profile
from reviewer.readers.tables.table import shape_of
from reviewer.readers.wishes import Wishes

HEADINGS = "id,claim,label\n"


def read(path: Path, wishes: Wishes | None = None) -> tuple[list[Row], list[str]]:
    with Given.open(path, wishes or Wishes()) as given:
        format_ = next(f for f in FORMATS if f.recognises(given))
        return list(format_.read(given)), given.remarks


def table(
    tmp_path: Path, text: str | bytes, name: str = "t.csv", **wishes: object
) -> tuple[list[Row], list[str]]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, Wishes(**wishes))  # type: ignore[arg-type]


def of(rows: list[Row], model: type[Record]) -> list[Record]:
    return [record for row in rows for record in row.records if isinstance(record, model)]


def texts(rows: list[Row]) -> list[str]:
    return [record.text for record in of(rows, ClaimRecord)]  # type: ignore[attr-defined]


def refused(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row.place, row.reason) for row in rows if row.reason]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_usual_separator_and_line_end_is_recognised(
    tmp_path: Path, mark: str, end: str
) -> None:
    lines = [mark.join(cells) for cells in (("id", "claim", "label"), ("7", "It rained.", "true"))]
    rows, _ = table(tmp_path, "\ufeff" + end.join(lines) + end)
    assert of(rows, ClaimRecord) == [ClaimRecord(id="t/7", text="It rained.")]
    assert of(rows, RatingRecord) == [RatingRecord(claim="t/7", source="t", rating="true")]


def test_quotes_that_are_only_quotes_stay_in_the_text(tmp_path: Path) -> None:
    rows, remarks = table(
        tmp_path,
        'id\tclaim\tlabel\n1\tHe said "no.\tfalse\n2\t"Yes" is an answer\ttrue\n3\t"open\ttrue\n',
    )
    assert texts(rows) == ['He said "no.', '"Yes" is an answer', '"open']
    assert "cells are separated by tabs, quotes are text" in remarks


def test_a_quoted_cell_may_hold_separators_quotes_and_lines(tmp_path: Path) -> None:
    rows, _ = table(tmp_path, HEADINGS + '1,"a, ""b""\r\n\nc",true\n2,d,false\n')
    assert texts(rows) == ['a, "b"\r\n\nc', "d"]
    assert [row.place for row in rows] == ["line 2", "line 5"]


def test_a_quote_that_never_closes_does_not_swallow_the_rows_after_it(tmp_path: Path) -> None:
    good = "".join(f'{n},"claim, {n}",true\n' for n in range(3, 50))
    rows, _ = table(tmp_path, HEADINGS + '1,"first, one",true\n2,"open,true\n' + good)
    assert refused(rows) == [
        ("line 3", "a quote in it is not closed, or stands alone where it should be doubled")
    ]
    assert len(texts(rows)) == 48


def test_a_quote_that_closes_in_a_later_good_row_does_not_take_that_row(tmp_path: Path) -> None:
    rows, _ = table(
        tmp_path, HEADINGS + '1,"a, b",true\n2,"open,true\n3,plain,true\n4,",",false\n5,c,true\n'
    )
    assert texts(rows)[:2] == ["a, b", "plain"]
    assert texts(rows)[-1] == "c"


def test_rows_with_too_many_or_too_few_cells_are_refused_with_all_their_cells(
    tmp_path: Path,
) -> None:
    rows, _ = table(tmp_path, HEADINGS + "1,a,true\n2,b\n3,c,true,more\n4,d,true,,\n\n5,e,false\n")
    assert refused(rows) == [
        ("line 3", "2 cells where the table has 3 columns"),
        ("line 4", "4 cells where the table has 3 columns"),
    ]
    assert [row.raw for row in rows if row.reason] == [["2", "b"], ["3", "c", "true", "more"]]
    assert texts(rows) == ["a", "d", "e"]


def test_a_cell_of_half_a_megabyte_and_a_zero_byte_come_in_whole(tmp_path: Path) -> None:
    long = "word " * 100_000
    rows, _ = table(tmp_path, HEADINGS + f'1,"{long}",true\n2,a\x00b,true\n')
    assert texts(rows) == [long, "a\x00b"]


def test_cells_joined_by_three_blanks_are_cut_there_and_it_is_said(tmp_path: Path) -> None:
    head = "claim_id  claim  label  claim_url\n"
    lines = "".join(f"{n}   Claim, {n}   False   https://e.org/{n}\n" for n in range(9))
    rows, remarks = table(tmp_path, head + lines, "scrape.txt")
    assert texts(rows)[:2] == ["Claim, 0", "Claim, 1"]
    assert remarks[0] == "cells are separated by three blanks, quotes are text"


def test_prose_and_ragged_files_are_no_tables(tmp_path: Path) -> None:
    prose = "He came, he saw.\nNobody, it seems, was there, or so they say.\nThe end.\n"
    with Given.open(_written(tmp_path, "prose.txt", prose), Wishes()) as given:
        assert not any(f.recognises(given) for f in FORMATS)
    with (
        Given.open(_written(tmp_path, "prose2.txt", prose), Wishes()) as given,
        pytest.raises(UnreadableError, match=r"not a table: .* save it again"),
    ):
        list(FORMATS[-1].read(given))


def test_a_table_whose_columns_say_nothing_asks_which_is_the_claim(tmp_path: Path) -> None:
    text = "system,status,place\nOrlan,captured,here\nTruck,damaged,there\n"
    with pytest.raises(UnreadableError, match=r"say it: --map claim=.* 'system', 'status'"):
        table(tmp_path, text)
    rows, remarks = table(tmp_path, text, columns={"claim": "col1"})
    assert texts(rows) == ["Orlan", "Truck"]
    assert "claim = column 1 'system'" in remarks
    assert of(rows, ClaimRecord)[0].context == "status: captured\nplace: here"  # type: ignore[attr-defined]


def test_a_role_or_a_column_that_there_is_not_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"no column 'text7'; there is: 'id', 'claim'"):
        table(tmp_path, HEADINGS + "1,a,true\n", columns={"claim": "text7"})
    with pytest.raises(UsageError, match=r"no role 'clam'"):
        table(tmp_path, HEADINGS + "1,a,true\n", columns={"clam": "col1"})


def test_a_person_overrules_the_names_of_the_columns(tmp_path: Path) -> None:
    rows, _ = table(
        tmp_path,
        "id,claim,said,who\n1,summary,The words,Ann\n",
        columns={"claim": "said", "claimant": "col4"},
    )
    (claim,) = of(rows, ClaimRecord)
    assert claim == ClaimRecord(
        id="t/1", text="The words", claimant="Ann", context="claim: summary"
    )


def test_names_of_columns_are_known_in_other_languages(tmp_path: Path) -> None:
    rows, _ = table(tmp_path, "дата,твердження,вердикт\n07.03.2022,Йшов дощ.,правда\n")
    (claim,) = of(rows, ClaimRecord)
    assert (claim.text, claim.date) == ("Йшов дощ.", "2022-03-07")  # type: ignore[attr-defined]
    assert of(rows, RatingRecord)[0].rating == "правда"  # type: ignore[attr-defined]


def test_the_whole_column_decides_whether_the_day_stands_first(tmp_path: Path) -> None:
    for last, first, order in (
        ("25/12/2021", "2021-02-01", "day"),
        ("12/25/2021", "2021-01-02", "month"),
    ):
        rows, remarks = table(tmp_path, f"claim,date\na,01/02/2021\nb,{last}\n")
        assert of(rows, ClaimRecord)[0].date == first  # type: ignore[attr-defined]
        assert f"in 'date' the {order} stands first" in remarks


def test_a_date_that_leaves_the_order_open_stays_in_words(tmp_path: Path) -> None:
    rows, _ = table(tmp_path, "claim,date\na,01/02/2021\nb,2021-02-31\n")
    assert [(c.date, c.context) for c in of(rows, ClaimRecord)] == [  # type: ignore[attr-defined]
        ("", "date: 01/02/2021"),
        ("", "date: 2021-02-31"),
    ]


def test_an_id_is_made_of_the_words_and_not_of_the_row(tmp_path: Path) -> None:
    one, _ = table(tmp_path, "claim,label\nA rained.,true\nB rained.,false\n")
    other, _ = table(tmp_path, "claim,label\nB rained.,false\nA rained.,true\n")
    assert {r.id for r in of(one, ClaimRecord)} == {r.id for r in of(other, ClaimRecord)}  # type: ignore[attr-defined]


def test_an_id_that_comes_again_for_something_else_is_told_apart(tmp_path: Path) -> None:
    lines = "".join(f"{n},c{n},true\n" for n in range(20))
    rows, _ = table(tmp_path, HEADINGS + lines + "3,another,false\n3,c3,true\n")
    ids = [record.id for record in of(rows, ClaimRecord)]  # type: ignore[attr-defined]
    assert ids[20].startswith("t/3/")
    assert ids[21] == "t/3"


def test_a_long_article_becomes_a_statement_of_the_publisher(tmp_path: Path) -> None:
    rows, _ = table(
        tmp_path,
        "claim,label,publisher,title,claim_url,body\n"
        'It rained.,false,Checkers,No rain,https://e.org/1,"<p>It was <b>dry</b>.</p>"\n',
    )
    source, statement, claim, rating = rows[0].records
    assert isinstance(source, SourceRecord)
    assert source.name == "Checkers"
    assert isinstance(statement, StatementRecord)
    assert (statement.text, statement.held, statement.source) == (
        "It was dry.", "verbatim", "Checkers",
    )  # fmt: skip
    assert isinstance(claim, ClaimRecord)
    assert claim.statements == (statement.id,)
    assert isinstance(rating, RatingRecord)
    assert (rating.rating, rating.url) == ("false", "https://e.org/1")


def test_a_source_comes_once_even_if_the_first_row_with_it_is_refused(tmp_path: Path) -> None:
    rows, _ = table(
        tmp_path,
        "id,claim,label,checker,priority\n1,a,true,Ann,77\n2,b,true,Ann,2\n3,c,true,Ann,2\n",
    )
    assert refused(rows)[0][0] == "line 2"
    assert [len(row.records) for row in rows] == [0, 3, 2]


def test_refused_rows_can_be_written_again_and_come_in_once_mended(tmp_path: Path) -> None:
    text = HEADINGS + '1,"a, b",true\n2,"c, d"\n'
    rows, _ = table(tmp_path, text)
    with Given.open(tmp_path / "t.csv", Wishes()) as given:
        shape = shape_of(given)
    assert shape is not None
    raw = next(row.raw for row in rows if row.reason)
    assert shape.line(raw) == '2,"c, d"'  # type: ignore[arg-type]
    mended = ",".join([*shape.header, "refused_file", "refused_line", "refused_reason"])
    rows, remarks = table(tmp_path, f'{mended}\n2,"c, d",true,t.csv,3,2 cells\n', "t.refused.csv")
    assert of(rows, ClaimRecord) == [ClaimRecord(id="t/2", text="c, d")]
    assert not any("refused" in remark for remark in remarks)


def test_a_profile_is_what_a_person_would_say_again(tmp_path: Path) -> None:
    path = _written(tmp_path, "p.toml", 'source = "Us"\n[columns]\nclaim = "col3"\n')
    assert read_profile(path) == Wishes(source="Us", columns={"claim": "col3"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colums = 1", "colums: no such key"),
        ('[columns]\nclam = "x"', "there is no role 'clam'"),
        ("[columns", "not a profile in TOML"),
    ],
)
def test_a_mistake_in_a_profile_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read_profile(_written(tmp_path, "p.toml", text))


def test_objects_of_json_are_rows_whether_listed_or_one_a_line(tmp_path: Path) -> None:
    lines = '{"id": 1, "claim": "a", "said": {"by": "Ann"}}\n{"id": 2}\n{"id": 3, "claim": "c"'
    for name, text, places in (
        ("a.jsonl", lines + ', "x": true}\n', ["line 1", "line 2", "line 3"]),
        ("b.json", f"[{','.join(lines.split(chr(10)))}}}]", ["object 1", "object 2", "object 3"]),
    ):
        rows, _ = table(tmp_path, text, name)
        assert [row.place for row in rows] == places
        assert texts(rows) == ["a", "c"]
        assert of(rows, ClaimRecord)[0].claimant == "Ann"  # type: ignore[attr-defined]
        assert rows[1].passed_over


def test_a_refused_object_keeps_its_keys(tmp_path: Path) -> None:
    rows, _ = table(tmp_path, '[{"claim": "a", "who": "Ann"}, {"who": "Bob"}, 7]', "a.json")
    assert refused(rows) == [
        ("object 2", "no claim: its 'claim' is empty"),
        ("object 3", "not an object"),
    ]
    assert rows[1].raw == {"who": "Bob"}


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@holds(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=20))
def test_what_a_writer_of_csv_wrote_comes_back(
    tmp_path: Path, cells: list[tuple[str, str]]
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(["claim", "note"])
    # What comes first shows that quotes enclose cells; blanks only are no claim.
    writer.writerow(["x, y", "z"])
    writer.writerows((f"c {a}", b) for a, b in cells)
    rows, _ = table(tmp_path, written.getvalue())
    assert not refused(rows)
    assert texts(rows) == ["x, y", *(f"c {a}" for a, _ in cells)]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@holds(st.binary(max_size=300))
def test_any_bytes_give_rows_or_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.csv"
    for before in (b"", b"id,claim,label\n1,a,true\n", b'{"claim": "a"}\n', b'[{"claim": "a"},'):
        path.write_bytes(before + data)
        try:
            with Given.open(path, Wishes()) as given:
                for format_ in FORMATS:
                    if format_.recognises(given):
                        assert all(isinstance(row, Row) for row in format_.read(given))
        except UnreadableError as error:
            assert error.sentence  # noqa: PT017


def _written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path
