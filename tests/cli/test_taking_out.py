"""`export` and `backup`: whole or not at all, never over somebody's file."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from reviewer.casefile import engine
from reviewer.service.session import Session
from reviewer.text import sheets
from tests.cli.conftest import Program, Reviewer


def judged(reviewer: Reviewer, case: Path) -> Path:
    reviewer("decide", case, "c-01", "unverified", "--note", "=1+1", "--as", "anna")
    reviewer("decide", case, "c-01", "misleading", "--as", "boris")
    reviewer("decide", case, "c-13", "contested", "--as", "anna")
    reviewer("note", case, "c-14", "look again", "--as", "anna")
    reviewer(
        *("link", case, "c-01", "call-2", "--quote", "fall silent", "--stance", "context"),
        *("--as", "anna"),
    )
    return case


def test_a_table_has_a_row_for_each_claim_and_each_verdict_that_stands(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    done = reviewer("export", judged(reviewer, case), out, "--format", "csv")
    assert done.lines == [
        f"Wrote 16 claims to {out}",
        "1 cell began like a formula and got an apostrophe before it",
    ]
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 17
    mine = [row for row in rows if row["claim"] == "c-01"]
    assert [(row["reader"], row["verdict"], row["dissent"]) for row in mine] == [
        ("anna", "unverified", "yes"),
        ("boris", "misleading", "yes"),
    ]
    assert mine[0]["note"] == "'=1+1"
    assert sheets.original(mine[0]["note"]) == "=1+1"
    assert "call-2" in mine[0]["held_as_paraphrase"]
    assert next(row for row in rows if row["claim"] == "c-02")["verdict"] == ""
    assert {row["exercise"] for row in rows} == {"no"}


def test_a_filter_limits_what_is_written(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done = reviewer(
        *("export", case, out, "--format", "csv", "--filter", "tag:casualties", "--json")
    )
    assert done.json["claims"] == 2
    done = reviewer("export", case, tmp_path / "o", "--format", "csv", "--filter", "what:ever")
    assert done.code == 2
    assert not (tmp_path / "o").exists()


def wherever_from(shown: Any) -> Any:
    """What is shown of a claim, but for the files that it came from."""
    if isinstance(shown, list):
        return [wherever_from(one) for one in shown]
    if not isinstance(shown, dict):
        return shown
    return {key: wherever_from(value) for key, value in shown.items() if key != "came_from"}


def test_what_is_exported_is_imported_again(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out.jsonl", tmp_path / "other.case"
    assert reviewer("export", judged(reviewer, case), out, "--format", "jsonl").code == 0
    same = reviewer("import", case, out, "--json").json
    assert (same["new"], same["changed"], same["refused"]) == (0, 0, 0)
    assert same["passed_over"] == 6
    reviewer("new", other)
    there = reviewer("import", other, out, "--json").json
    assert (there["unchanged"], there["changed"], there["refused"]) == (0, 0, 0)
    assert there["new"] == same["unchanged"]
    fixtures = Path(__file__).parents[2] / "fixtures" / "gerasimov"
    back = reviewer("import", other, fixtures, "--json").json
    assert (back["new"], back["changed"], back["refused"]) == (0, 0, 0)
    for claim in ("c-01", "c-13"):
        mine = wherever_from(reviewer("show", case, claim, "--json").json)
        theirs = wherever_from(reviewer("show", other, claim, "--json").json)
        assert theirs["statements"] == mine["statements"]
        assert theirs["recordings"] == mine["recordings"]
        assert theirs["excerpts"] == [e for e in mine["excerpts"] if not e["reader"]]
        assert theirs["verdicts"] == []


def test_the_exercise_goes_out_and_in_unchanged(reviewer: Reviewer, tmp_path: Path) -> None:
    reviewer("demo", "--exercise", "--dir", tmp_path)
    case, out, other = (tmp_path / name for name in ("exercise.case", "o.jsonl", "other.case"))
    reviewer("export", case, out, "--format", "jsonl")
    same = reviewer("import", case, out, "--json").json
    assert (same["new"], same["changed"], same["refused"]) == (0, 0, 0)
    reviewer("new", other)
    assert reviewer("import", other, out, "--json").json["refused"] == 0
    assert reviewer("status", other, "--json").json["exercise"] is True
    shown = [reviewer("show", path, "x-01", "--json").json for path in (other, case)]
    assert wherever_from(shown[0]) == wherever_from(shown[1])


def test_judgements_stand_in_the_json_lines(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    reviewer("export", judged(reviewer, case), out, "--format", "jsonl")
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    verdicts = [r for r in records if r["kind"] == "verdict"]
    assert {(v["claim"], v["reader"], v["value"]) for v in verdicts} == {
        ("c-01", "anna", "unverified"),
        ("c-01", "boris", "misleading"),
        ("c-13", "anna", "contested"),
    }
    assert verdicts[0]["note"] == "=1+1"
    (link,) = [r for r in records if r["kind"] == "link"]
    assert (link["reader"], link["exact"]) == ("anna", "fall silent")


def test_an_orphan_is_told_and_never_moved(reviewer: Reviewer, tmp_path: Path) -> None:
    records = [
        {"kind": "source", "id": "s", "name": "S", "source_kind": "court"},
        {"kind": "statement", "id": "st", "source": "s", "language": "en", "held": "verbatim"}
        | {"text": "Twelve were killed."},
        {"kind": "claim", "id": "c-1", "text": "Twelve.", "statements": ["st"]},
        {"kind": "excerpt", "claim": "c-1", "target": "st", "stance": "supports"}
        | {"exact": "Twelve were"},
    ]
    case, file = tmp_path / "o.case", tmp_path / "o.jsonl"
    file.write_text("\n".join(map(json.dumps, records)))
    reviewer("new", case)
    reviewer("import", case, file)
    reviewer("decide", case, "c-1", "unverified", "--as", "anna")
    records[1]["text"] = "Ten were killed."
    file.write_text("\n".join(map(json.dumps, records[:3])))
    reviewer("import", case, file)
    lines = reviewer("show", case, "c-1").lines
    assert any("ORPHAN" in line for line in lines)
    assert "STALE: st changed; this verdict was given before that." in lines
    out = tmp_path / "out.jsonl"
    reviewer("export", case, out, "--format", "jsonl")
    kinds = [json.loads(line)["kind"] for line in out.read_text().splitlines()]
    assert kinds.count("orphan") == 1
    assert "excerpt" not in kinds
    reviewer("export", case, tmp_path / "out.md", "--format", "markdown")
    dossier = (tmp_path / "out.md").read_text()
    assert "**ORPHAN: these words no longer stand in the text**" in dossier
    assert "**STALE: st changed; the verdict was given before that.**" in dossier
    assert "### Verdict: reopened" in dossier
    shown = reviewer("show", case, "c-1", "--json").json
    assert shown["statements"][0]["source_kind"] == "court"
    assert shown["excerpts"][0]["orphan"] is True


def test_nothing_is_written_over(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.md"
    out.write_text("mine")
    done = reviewer("export", case, out, "--format", "markdown")
    assert done.code == 1
    assert "add --force" in done.sentence
    assert out.read_text() == "mine"
    assert reviewer("export", case, out, "--format", "markdown", "--force").code == 0
    assert out.read_text().startswith("# The reported death")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert reviewer("backup", case, out).sentence.endswith("name another file for the backup.")


def test_no_force_writes_over_a_case(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    before = case.read_bytes()
    done = reviewer("export", case, case, "--format", "csv", "--force")
    assert done.code == 1
    assert "is a database, perhaps a case" in done.sentence
    assert case.read_bytes() == before
    done = reviewer("export", case, tmp_path, "--format", "csv", "--force")
    assert (done.code, "not an ordinary file" in done.sentence) == (1, True)
    done = reviewer("export", case, tmp_path / "no" / "o.csv", "--format", "csv")
    assert (done.code, "make it first" in done.sentence) == (1, True)


def test_an_export_that_fails_leaves_nothing(
    reviewer: Reviewer, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = Session.view
    seen = []

    def fails_later(session: Session, claim: str) -> object:
        seen.append(claim)
        if len(seen) > 5:
            raise MemoryError
        return views(session, claim)

    monkeypatch.setattr(Session, "view", fails_later)
    for format_name in ("csv", "jsonl", "markdown"):
        seen.clear()
        assert reviewer("export", case, tmp_path / "o", "--format", format_name).code == 1
        assert not (tmp_path / "o").exists()
        assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("format_name", ["csv", "jsonl", "markdown"])
def test_an_export_goes_to_the_standard_output(
    reviewer: Reviewer,
    program: Program,
    case: Path,
    tmp_path: Path,
    format_name: str,
) -> None:
    judged(reviewer, case)
    out = tmp_path / "out"
    reviewer("export", case, out, "--format", format_name, "--filter", "id:c-01")
    done = program(
        "export", case, "-", "--format", format_name, "--filter", "id:c-01", cwd=tmp_path
    )
    assert done.code == 0
    stamped = "As of "
    assert [line for line in done.out.split("\n") if stamped not in line] == [
        line for line in out.read_bytes().decode().split("\n") if stamped not in line
    ]
    assert done.err.count("\n") == (format_name == "csv")
    assert not (tmp_path / "-").exists()
    assert program("export", case, "./-", "--format", format_name, cwd=tmp_path).code == 0
    assert (tmp_path / "-").exists()


def test_an_export_to_the_standard_output_prints_nothing_else(
    reviewer: Reviewer, case: Path
) -> None:
    done = reviewer("export", case, "-", "--format", "csv", "--json")
    assert (done.code, done.out) == (2, "")
    assert "leave out --json" in done.sentence


def test_an_empty_case_is_exported_too(reviewer: Reviewer, tmp_path: Path) -> None:
    case = tmp_path / "empty.case"
    reviewer("new", case)
    for format_name in ("csv", "jsonl", "markdown"):
        out = tmp_path / format_name
        assert reviewer("export", case, out, "--format", format_name, "--json").json["claims"] == 0
        assert out.read_text(encoding="utf-8")


def test_a_backup_is_a_whole_case(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.case"
    reviewer("decide", case, "c-01", "false", "--as", "anna")
    done = reviewer("backup", case, out, "--json")
    assert done.json == {"case": str(case), "backup": str(out), "bytes": out.stat().st_size}
    assert reviewer("queue", out, "--json").out == reviewer("queue", case, "--json").out
    assert reviewer("doctor", out, "--json").json["case"]["problems"] == []


def test_a_backup_is_taken_while_another_writes(
    reviewer: Reviewer, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE_S", 0.1)
    with Session.open(case, "anna") as other, other.case.write():
        done = reviewer("backup", case, tmp_path / "copy.case")
        assert done.code == 0, done.err
        assert reviewer("queue", case).code == 0
