"""Findings are handed over whole or not at all, and what goes out comes in again as it was."""

from __future__ import annotations

import csv
import json
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.casefile.case import CaseFile
from reviewer.model.errors import ReviewerError, UnreadableError, UsageError
from reviewer.model.records import (
    ClaimRecord,
    ExcerptRecord,
    RatingRecord,
    Record,
    RecordingRecord,
    SourceRecord,
    StatementRecord,
)
from reviewer.model.tables import KINDS
from reviewer.readers.bag import check
from reviewer.service.exporting import export, export_to
from reviewer.service.gathering import Asked
from reviewer.service.importing import ImportReport, import_files
from reviewer.service.session import Session
from tests.casefile.making import at_work, founding, new_case, rebuilt, state_of, take_in

PUBLISHER = Asked(
    publisher="The Desk", publisher_url="https://desk.example", base_url="https://desk.example/c/"
)
EVIDENCE = ("source", "statement", "recording", "segment", "oddity", "claim", "shown_with")
FILES = ("csv", "jsonl", "markdown", "html", "annotations")


@contextmanager
def worked_on(folder: Path) -> Iterator[tuple[Path, Session]]:
    case = new_case(folder, founding)
    with at_work(case, "anna") as (anna,):
        anna.decide(anna.view("c-1"), "unverified", "=one origin")
        yield case, anna


def evidence_of(case: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the evidence in its newest version, the numbers of versions left out."""
    with CaseFile.open(case) as opened:
        found = {}
        for table in (*EVIDENCE, "rating", "quotation"):
            rows = opened.con.execute(f"SELECT * FROM {table}").fetchall()
            found[table] = sorted(
                tuple(row[key] for key in row.keys() if key != "version")  # noqa: SIM118
                for row in rows
            )
        return found


def brought_into_a_new_case(folder: Path, source: Path) -> tuple[Path, ImportReport]:
    path = new_case(folder, list)
    with CaseFile.open(path) as case:
        return path, import_files(case, [source])


@pytest.mark.parametrize("format_name", FILES)
def test_a_file_is_there_whole_for_its_owner_alone_and_never_over_another(
    tmp_path: Path, format_name: str
) -> None:
    with worked_on(tmp_path) as (_, anna):
        out = tmp_path / f"out.{format_name}"
        done = export(anna, format_name, out)
        assert (done.claims, stat.S_IMODE(out.stat().st_mode)) == (4, 0o600)
        first = out.read_bytes()
        with pytest.raises(ReviewerError, match=r"exists already; name another file, or add"):
            export(anna, format_name, out)
        assert out.read_bytes() == first
        export(anna, format_name, out, force=True)
        assert not list(tmp_path.glob(".out*"))


def test_what_fails_in_the_middle_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with worked_on(tmp_path) as (_, anna):
        seen = Session.view

        def fails(session: Session, claim: str, known: object = None) -> object:
            if claim == "c-3":
                raise OSError(5, "Input/output error")
            return seen(session, claim)

        monkeypatch.setattr(Session, "view", fails)
        before = sorted(path.name for path in tmp_path.iterdir())
        for format_name in FILES:
            with pytest.raises(ReviewerError, match="cannot be written"):
                export(anna, format_name, tmp_path / "out")
        with pytest.raises(ReviewerError, match="cannot be written"):
            export(anna, "csv", tmp_path / "tables", Asked(table="all"))
        assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("format_name", ["csv", "jsonl"])
def test_all_tables_are_a_folder_and_one_table_a_file(tmp_path: Path, format_name: str) -> None:
    with worked_on(tmp_path) as (_, anna):
        out = tmp_path / "tables"
        assert export(anna, format_name, out, Asked(table="all")).claims == 4
        assert sorted(path.stem for path in out.iterdir()) == sorted(KINDS)
        with pytest.raises(ReviewerError, match="exists already; name another folder"):
            export(anna, format_name, out, Asked(table="all"))
        one = tmp_path / "one"
        export(anna, format_name, one, Asked(table="verdicts"))
        assert one.read_bytes() == (out / f"verdicts.{format_name}").read_bytes()
        if format_name == "csv":
            (row,) = csv.DictReader(one.read_text("utf-8-sig").splitlines())
            assert (row["claim"], row["note"]) == ("c-1", "'=one origin")
        else:
            row = json.loads(one.read_text("utf-8"))
            assert (row["claim"], row["note"]) == ("c-1", "=one origin")


def test_a_wrong_wish_is_a_wrong_use(tmp_path: Path) -> None:
    with worked_on(tmp_path) as (_, anna):
        out = tmp_path / "out"
        with pytest.raises(UsageError, match="no table 'claim'; there is: claims, verdicts"):
            export(anna, "csv", out, Asked(table="claim"))
        with pytest.raises(UsageError, match="html has no tables"):
            export(anna, "html", out, Asked(table="claims"))
        with pytest.raises(UsageError, match="whole case; leave out --filter"):
            export(anna, "bag", out, filter_text="c-1")
        for asked, format_name in ((Asked(table="all"), "csv"), (Asked(), "bag")):
            with pytest.raises(UsageError, match="a folder and cannot be printed"):
                export_to(anna, format_name, lambda _: None, asked)
        assert not out.exists()


def test_a_review_that_cannot_be_published_says_what_it_lacks(tmp_path: Path) -> None:
    with worked_on(tmp_path) as (_, anna):
        out = tmp_path / "out.json"
        with pytest.raises(ReviewerError, match=r"the publisher's name; .*c-2: a verdict"):
            export(anna, "claimreview", out)
        assert not out.exists()
        with pytest.raises(ReviewerError, match="c-3: a verdict") as told:
            export(anna, "claimreview", out, PUBLISHER)
        assert "publisher" not in told.value.sentence
        assert export(anna, "claimreview", out, PUBLISHER, filter_text="id:c-1").claims == 1
        review = json.loads(out.read_text("utf-8"))
        assert review["@context"] == "https://schema.org"
        assert review["reviewRating"]["alternateName"] == "unverified"
        assert "ratingValue" not in review["reviewRating"]
        draft = tmp_path / "draft.json"
        export(anna, "claimreview", draft, Asked(draft=True))
        assert draft.read_text("utf-8").count('"creativeWorkStatus"') == 4


@pytest.mark.parametrize("format_name", ["jsonl", "csv", "bag"])
def test_what_goes_out_comes_in_again_as_it_was(tmp_path: Path, format_name: str) -> None:
    with worked_on(tmp_path) as (case, anna):
        out = tmp_path / "out"
        export(anna, format_name, out, Asked(table="all" if format_name == "csv" else ""))
        with CaseFile.open(case) as opened:
            same = import_files(opened, [out])
        assert (same.new, same.changed, same.refused_count) == (0, 0, 0)
        again, report = brought_into_a_new_case(tmp_path, out)
        assert (report.changed, report.refused_count) == (0, 0)
        assert evidence_of(again) == evidence_of(case)
        with CaseFile.open(again) as opened:
            assert rebuilt(opened.con) == state_of(opened.con)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12
) | st.sampled_from(["=1+1", "'=x", '"', "a;b", "; ", "[1]", "a\r\nb", "\t", "@x", ",", " x "])
IDS = st.sampled_from(["a", "б", "c d", "[e]", "=f", "'g"])


@st.composite
def cases(draw: st.DrawFn) -> list[Record]:
    statement, call = draw(st.permutations(["s-1", "=s", "r;1", "r-2"]))[:2]
    claims = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    words, lines = draw(WORDS), draw(st.lists(WORDS, min_size=1, max_size=3))
    text = f"{draw(WORDS)}\n{words}"
    start = text.index(words)
    records: list[Record] = [
        SourceRecord(id="gur", name=draw(WORDS), origin=draw(st.sampled_from(["", "gur", "x"]))),
        StatementRecord.model_validate(
            {
                "id": statement,
                "source": "gur",
                "origin": draw(st.sampled_from(["", "gur", "mod"])),
                "language": "uk",
                "held": "verbatim",
                "text": text,
                "title": draw(WORDS),
            }
        ),
        RecordingRecord.model_validate(
            {
                "id": call,
                "source": "gur",
                "language": "ru",
                "held": "paraphrase",
                "segments": [
                    {"text": line, "start": "-00:01.5", "note": draw(WORDS)} for line in lines
                ],
            }
        ),
    ]
    for id_ in claims:
        records.append(
            ClaimRecord(
                id=id_,
                text=draw(WORDS),
                tags=tuple(draw(st.lists(WORDS.filter(str.strip), max_size=2))),
                context=draw(WORDS),
                statements=(statement,),
                recordings=(call,),
            )
        )
        records.append(RatingRecord(claim=id_, source="gur", rating=draw(WORDS), text=draw(WORDS)))
    # The excerpt's words may stand more than once; then what stands before them tells which.
    records.append(
        ExcerptRecord.model_validate(
            {
                "claim": claims[0],
                "target": statement,
                "stance": "context",
                "exact": words,
                "prefix": text[:start],
            }
        )
    )
    return records  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_any_case_goes_out_and_comes_in_as_it_was(records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = new_case(folder, list)
        take_in(case, *records)
        with at_work(case, "anna") as (anna,):
            export(anna, "jsonl", folder / "out.jsonl")
            export(anna, "csv", folder / "out", Asked(table="all"))
        for out in (folder / "out.jsonl", folder / "out"):
            again, report = brought_into_a_new_case(folder, out)
            assert report.refused == []
            assert evidence_of(again) == evidence_of(case), out.name
            again.unlink()


def test_a_bag_is_whole_and_a_broken_one_is_not_brought_in(tmp_path: Path) -> None:
    with worked_on(tmp_path) as (_, anna):
        bag = tmp_path / "bag"
        export(anna, "bag", bag, Asked(organisation="The Desk"))
        assert check(bag) == []
        assert "Source-Organization: The Desk" in (bag / "bag-info.txt").read_text("utf-8")
        broken = tmp_path / "broken"
        shutil.copytree(bag, broken)
        evidence = broken / "data" / "evidence.jsonl"
        evidence.write_bytes(evidence.read_bytes().replace(b"498", b"489"))
        empty = new_case(tmp_path, list)
        with CaseFile.open(empty) as opened:
            with pytest.raises(UnreadableError, match=r"not whole \(data/evidence.jsonl"):
                import_files(opened, [broken])
            assert opened.con.execute("SELECT count(*) FROM claim").fetchone()[0] == 0


def test_where_nothing_can_be_written_it_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_given: object, **_more: object) -> None:
        raise OSError(30, "Read-only file system")

    with worked_on(tmp_path) as (_, anna), monkeypatch.context() as patched:
        patched.setattr("reviewer.service.exporting.os.open", read_only)
        patched.setattr("reviewer.service.exporting.tempfile.mkdtemp", read_only)
        patched.setattr(Path, "unlink", read_only)
        for asked in (Asked(), Asked(table="all")):
            with pytest.raises(ReviewerError, match=r"cannot be written \(Read-only file system\)"):
                export(anna, "csv", tmp_path / "out", asked)
