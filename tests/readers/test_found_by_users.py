"""What people found at their own tables: nothing taken for something else, nothing dropped."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.model.errors import UnreadableError
from reviewer.model.records import ClaimRecord, RecordingRecord, StatementRecord
from reviewer.readers import chosen, read
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.tables.ours import SHEET
from reviewer.readers.tables.shared import MOST_BESIDE
from reviewer.readers.wishes import Wishes
from reviewer.service.exporting import export
from reviewer.service.gathering import Asked
from reviewer.service.import_report import ImportReport
from reviewer.service.importing import import_files
from reviewer.service.session import Session
from reviewer.writers.csv_file import COLUMNS
from tests.casefile.making import new_case
from tests.data import real
from tests.service.test_handing_over import brought_into_a_new_case, evidence_of, worked_on

DAM = [
    ("1", "The dam broke at night", "Port Office", "Source: BBC\nSeen: yes\nEditor: Olena"),
    ("2", "No train left on Monday", "Railway", "Source: AFP\nSeen: no\nEditor: Olena"),
    ("3", "The bridge stands", "City", "Source: BBC\nSeen: yes\nEditor: Ihor"),
    ("4", "Power was cut", "Grid", "Source: TASS\nSeen: no\nEditor: Ihor"),
]


def came(path: Path, **wishes: object) -> tuple[str, list[Row], list[str]]:
    """The format of a file, its rows, and what was said of it."""
    with Given.open(path, Wishes(**wishes)) as given:  # type: ignore[arg-type]
        format_ = chosen(given)
        return format_.name, list(read(given, format_)), given.remarks


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def claims(rows: list[Row]) -> list[ClaimRecord]:
    return [r for row in rows for r in row.records if isinstance(r, ClaimRecord)]


def imported(case: Path, *paths: Path) -> ImportReport:
    with CaseFile.open(case) as opened:
        return import_files(opened, paths)


# Tables that look like transcripts


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize(
    "header", [("ID", "Claim", "Who", "Notes"), ("№", "Твердження", "Хто", "Нотатки")]
)
def test_a_table_whose_cells_hold_lines_with_colons_is_a_table(
    tmp_path: Path, mark: str, quoting: int, header: tuple[str, ...]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark, quoting=quoting).writerows([header, *DAM])  # type: ignore[arg-type]
    name, rows, _ = came(written(tmp_path / "t.csv", text.getvalue()))
    assert name == "table"
    assert [(c.text, c.claimant) for c in claims(rows)] == [row[1:3] for row in DAM]
    assert claims(rows)[0].context == f"{header[3]}: {DAM[0][3]}"


def test_a_transcript_with_quotations_in_it_stays_one(tmp_path: Path) -> None:
    said = 'Anna: He said "no, never", I think\nBob: "Yes, and more"\n'
    assert came(written(tmp_path / "t.txt", said * 4))[0] == "transcript"


def test_all_tables_of_claims_with_long_contexts_come_in_again_as_they_were(
    tmp_path: Path,
) -> None:
    with worked_on(tmp_path) as (case, anna):
        more = [
            {"kind": "claim", "id": f"n-{n}", "text": text, "context": f"{notes}\r\n\nEnd: yes"}
            for n, text, _, notes in DAM
        ]
        lines = "".join(f"{json.dumps(one)}\n" for one in more)
        import_files(anna.case, [written(tmp_path / "more.jsonl", lines)])
        export(anna, "csv", tmp_path / "out", asked=Asked(table="all"))
        again, report = brought_into_a_new_case(tmp_path, tmp_path / "out")
        assert {file.format for file in report.files} == {"case-table"}
        assert not report.refused
        assert evidence_of(again)["claim"] == evidence_of(case)["claim"]


def test_an_averitec_case_comes_back_from_its_tables(tmp_path: Path) -> None:
    case = new_case(tmp_path, list)
    few = json.loads(real("claims", "averitec", "dev.json").read_text("utf-8"))[:60]
    imported(case, written(tmp_path / "dev.json", json.dumps(few)))
    with Session.open(case, "ann") as ann:
        export(ann, "csv", tmp_path / "out", asked=Asked(table="all"))
    again, report = brought_into_a_new_case(tmp_path, tmp_path / "out")
    assert {file.format for file in report.files} == {"case-table"}
    assert not report.refused
    assert evidence_of(again) == evidence_of(case)


def test_the_sheet_for_reading_is_refused_with_what_to_import_instead(tmp_path: Path) -> None:
    assert ",".join(COLUMNS).startswith(SHEET)
    with worked_on(tmp_path) as (case, anna):
        export(anna, "csv", tmp_path / "sheet.csv")
        before = evidence_of(case)
        with pytest.raises(UnreadableError, match=r"--table all .* or with --format jsonl"):
            import_files(anna.case, [tmp_path / "sheet.csv"])
        assert evidence_of(case) == before


# Refused rows, mended


def test_refused_rows_of_a_table_without_headings_come_in_once_mended(tmp_path: Path) -> None:
    case = new_case(tmp_path, list)
    good = "".join(f"p{n}   Claim number {n} of many words   true   x{n}\n" for n in range(20))
    file = written(tmp_path / "liar.txt", good + "p90   Claim that lacks, a cell   false\n")
    (side,) = imported(case, file).side_files
    assert side.name == "liar.refused.csv"
    header, row = csv.reader(side.read_text("utf-8").splitlines())
    assert header == [
        *("refused_file", "refused_line", "refused_reason"),
        *("id", "claim", "rating", "column 4"),
    ]
    mended = io.StringIO(newline="")
    csv.writer(mended).writerows([header, [*row, "x90"]])
    before = evidence_of(case)["source"]
    report = imported(case, written(tmp_path / "liar.refused.csv", mended.getvalue()))
    assert evidence_of(case)["source"] == before
    assert not report.refused
    with Session.open(case, "ann") as ann:
        claim = ann.view("liar/p90").claim
    assert (claim.text, claim.context) == ("Claim that lacks, a cell", "column 4: x90")


def test_a_refused_object_comes_back_as_it_was_and_under_its_own_collection(
    tmp_path: Path,
) -> None:
    case = new_case(tmp_path, list)
    bad = {"id": 2, "claim": "b", "priority": "77", "said": {"by": "Ann"}, "n": 1, "l": [{"a": 1}]}
    listed = [{"id": 1, "claim": "a", "priority": "2"}, bad]
    file = written(tmp_path / "vr.json", json.dumps(listed))
    (side,) = imported(case, file).side_files
    assert side.name == "vr.refused.jsonl"
    kept = json.loads(side.read_text("utf-8"))
    assert {key: value for key, value in kept.items() if not key.startswith("refused_")} == bad
    side.write_text(json.dumps({**kept, "priority": "3"}) + "\n", encoding="utf-8")
    before = evidence_of(case)["source"]
    assert not imported(case, side).refused
    assert evidence_of(case)["source"] == before
    with Session.open(case, "ann") as ann:
        assert ann.view("vr/2").claim.claimant == "Ann"


def test_a_segment_that_was_refused_never_makes_a_recording_of_its_own(tmp_path: Path) -> None:
    case = new_case(tmp_path, list)
    text = "start,end,speaker,text\n" + "1.0,2.0,Ann,Hello there\n" * 4 + "1.0,2.0\n"
    (side,) = imported(case, written(tmp_path / "talk.csv", text)).side_files
    assert side.name == f"{case.stem}.refused.jsonl"


# Nothing dropped


def test_a_translation_without_an_original_is_a_statement_of_its_own(tmp_path: Path) -> None:
    written(tmp_path / "m-en.csv", "id,text\n1,Hello\n9,Only here\n9,Here too\n")
    file = written(tmp_path / "m.csv", "id,text\n1,Привіт\n")
    _, rows, remarks = came(
        file, translation=tmp_path / "m-en.csv", language="uk", translation_language="en"
    )
    found = [r for row in rows for r in row.records if isinstance(r, StatementRecord)]
    assert [(s.text, s.held, s.language) for s in found] == [
        ("Привіт", "verbatim", "uk"),
        ("Only here", "translation", "en"),
        ("Here too", "translation", "en"),
    ]
    assert "no original of the id '9'" in found[1].note
    assert len({s.id for s in found}) == 3
    assert all("no original of '9'" in row.odd for row in rows[1:])
    assert "translations without an original, each a statement of its own: 9" in remarks


def test_a_long_cell_is_kept_whole_and_one_without_end_is_cut_with_a_flag(tmp_path: Path) -> None:
    long, endless = "word " * 200, "x" * (MOST_BESIDE + 100)
    rows = came(written(tmp_path / "t.csv", f"claim,sentence\nA b,{long}\nC d,{endless}\n"))[1]
    assert claims(rows)[0].context == f"sentence: {long}"
    assert (rows[0].odd, rows[1].place) == ("", "line 3")
    assert rows[1].odd == "its 'sentence' was cut: 100 of its 20,100 characters are left out"
    assert claims(rows)[1].context == f"sentence: {'x' * MOST_BESIDE} [cut here]"


# Sheets as people keep them


@pytest.mark.parametrize("title", ["", "Claims of the week,,,,\n", "Claims of the week\n,,,,\n"])
def test_headings_in_plain_language_are_known_below_a_title_too(tmp_path: Path, title: str) -> None:
    text = (
        f"{title}No.,What was said,By whom,When,Where\n"
        "1,The dam broke at night,Port Office,2023-03-01,Odesa\n"
        "2,No train left on Monday,Railway,2023-03-02,Kyiv\n"
        "Total,2,,,\n"
    )
    _, rows, _ = came(written(tmp_path / "t.csv", text))
    first = claims(rows)[0]
    assert (first.id, first.claimant, first.date) == ("t/1", "Port Office", "2023-03-01")
    assert first.context == "Where: Odesa"
    assert [row.reason for row in rows if row.reason] == ["no claim: a line of totals"]


@pytest.mark.parametrize("total", ["Разом,7,", ",Итого: 7,", "Sum,7,7", ",7,", "9,7,Ann"])
def test_a_line_of_totals_or_a_bare_number_is_no_claim(tmp_path: Path, total: str) -> None:
    text = f"id,claim,хто\n1,The dam broke,Ann\n{total}\n"
    rows = came(written(tmp_path / "t.csv", text))[1]
    assert [(c.text, c.claimant) for c in claims(rows)] == [("The dam broke", "Ann")]
    assert rows[1].reason.startswith("no claim: ")


def test_headings_above_a_column_named_by_its_place_are_no_claim(tmp_path: Path) -> None:
    text = "Folge;Was war?;Von?\n" + "x1;Der Damm brach in der Nacht;Hafen\n" * 2
    rows = came(written(tmp_path / "t.csv", text), columns={"claim": "col2"})[1]
    assert {c.text for c in claims(rows)} == {"Der Damm brach in der Nacht"}


def test_numbers_of_days_are_dates_only_where_the_whole_column_is(tmp_path: Path) -> None:
    for last, dates in (("45000", ["2023-03-02", "2023-03-15"]), ("soon", ["", ""])):
        text = f"claim,date\nThe dam broke,44987\nThe bridge stands,{last}\n"
        _, rows, remarks = came(written(tmp_path / "t.csv", text))
        assert [c.date for c in claims(rows)] == dates
        assert any("numbers of days" in remark for remark in remarks) == (last == "45000")


def test_a_date_that_is_no_day_is_kept_and_flagged(tmp_path: Path) -> None:
    text = "claim,date\nThe dam broke,31.02.2023\nThe bridge stands,01.02.2023\n"
    first, second = came(written(tmp_path / "t.csv", text))[1]
    assert first.odd == "its 'date' is '31.02.2023'; there is no such date"
    assert claims([first])[0].context == "date: 31.02.2023"
    assert (second.odd, claims([second])[0].date) == ("", "2023-02-01")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("xl/workbook.xml", "an Excel workbook, not text; save the sheet as CSV"),
        ("word/document.xml", "a Word document, not text; save it as text"),
        ("a.txt", "a zip archive, not text; unpack it"),
    ],
)
def test_an_office_document_is_called_what_it_is(tmp_path: Path, inside: str, said: str) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        archive.writestr(inside, "x")
    with pytest.raises(UnreadableError, match=said):
        came(tmp_path / "t.xlsx")


# What was guessed is said


@pytest.mark.parametrize("encoding", ["cp1251", "mac_cyrillic"])
@pytest.mark.parametrize("times", [1, 40])
def test_a_guessed_encoding_is_flagged(tmp_path: Path, encoding: str, times: int) -> None:
    said = "Я сказав, що дамба зруйнована. Її підірвали вночі, і Дніпро вийшов із берегів.\n"
    (tmp_path / "t.txt").write_bytes((said * times).encode(encoding))
    report = imported(new_case(tmp_path, list), tmp_path / "t.txt")
    (odd,) = report.odd
    assert odd.what == f"decoded by guess as {encoding}; --encoding overrules"


CUE = "1\n00:00:01,000 --> 00:00:02,000\nWords\n"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("talk-2004.uk.srt", "uk"),
        ("talk-eng.srt", "en"),
        ("talk_rus.srt", "ru"),
        ("talk.uk.refused.srt", "uk"),
        ("who-is.srt", "und"),
        ("talk-v2.srt", "und"),
        ("uk.srt", "und"),
    ],
)
def test_the_name_of_a_file_says_its_language(tmp_path: Path, name: str, language: str) -> None:
    _, rows, remarks = came(written(tmp_path / name, CUE))
    (recording,) = [r for row in rows for r in row.records if isinstance(r, RecordingRecord)]
    assert recording.language == language
    said = f"its language is {language}, as its name says"
    assert (said in remarks) == (language != "und")
    (recording,) = [
        r
        for row in came(tmp_path / name, language="de")[1]
        for r in row.records
        if isinstance(r, RecordingRecord)
    ]
    assert recording.language == "de"
