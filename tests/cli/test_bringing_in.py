"""`new`, `import` and `demo`: what goes into a case, and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewer.service import importing, refused
from reviewer.service.session import Session
from tests.cli.conftest import Program, Reviewer

GOOD = """
[[source]]
id = "gur"
name = "GUR"

[[statement]]
id = "st-1"
source = "gur"
language = "en"
held = "paraphrase"
text = "The general is dead."

[[claim]]
id = "c-1"
text = "The general is dead."
statements = ["st-1"]
"""
BAD = """
[[claim]]
id = "c-2"
txt = "a typing error"
"""
SCALE = """
[[value]]
value = "holds"
label = "hält"
help = "all of it"

[[value]]
value = "falls"
"""


@pytest.fixture
def empty(reviewer: Reviewer, tmp_path: Path) -> Path:
    case = tmp_path / "my.case"
    assert reviewer("new", case, "--title", "Mine").code == 0
    return case


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_case_says_how_to_go_on(reviewer: Reviewer, tmp_path: Path) -> None:
    case = tmp_path / "a b.case"
    done = reviewer("new", case)
    assert done.lines == [
        f"Made {case}: a b",
        f"To bring evidence in: reviewer import '{case}' FILE...",
    ]
    assert reviewer("status", case, "--json").json["title"] == "a b"


def test_an_import_counts_new_unchanged_changed_and_refused(
    reviewer: Reviewer, empty: Path, tmp_path: Path
) -> None:
    file = written(tmp_path, "case.toml", GOOD + BAD)
    first = reviewer("import", empty, file, "--json")
    assert first.code == 0
    counts = {key: first.json[key] for key in ("new", "unchanged", "changed", "refused")}
    assert counts == {"new": 3, "unchanged": 0, "changed": 0, "refused": 1}
    (row,) = first.json["refused_rows"]
    assert (row["file"], row["place"]) == (str(file), "line 18")
    assert "txt: no such key" in row["reason"]
    side = Path(first.json["side_files"][0])
    assert json.loads(side.read_text())["txt"] == "a typing error"
    again = reviewer("import", empty, file).lines
    assert again[0] == "1 file: 0 new, 3 unchanged, 0 changed, 1 refused"
    written(tmp_path, "case.toml", GOOD.replace("The general is dead", "The general lives"))
    third = reviewer("import", empty, file, "--json").json
    assert (third["unchanged"], third["changed"]) == (1, 2)


def test_a_dry_run_changes_nothing(reviewer: Reviewer, empty: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "case.toml", GOOD + BAD)
    done = reviewer("import", empty, file, "--dry-run", "--json").json
    assert (done["new"], done["refused"], done["side_files"]) == (3, 1, [])
    assert reviewer("queue", empty).lines == ["The case has no claims."]
    lines = reviewer("import", empty, file, "--dry-run").lines
    assert lines[0].startswith("Nothing was imported")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".case", ".lock", ".toml"]


def test_where_every_row_is_refused_it_ends_with_1(
    reviewer: Reviewer, empty: Path, tmp_path: Path
) -> None:
    done = reviewer("import", empty, written(tmp_path, "bad.toml", BAD))
    assert done.code == 1
    assert done.lines[0] == "1 file: 0 new, 0 unchanged, 0 changed, 1 refused"
    assert "is in" not in done.out
    assert any(line.startswith("The refused rows") for line in done.lines)


def test_a_side_file_is_no_case_file_and_every_import_has_its_own(
    reviewer: Reviewer, empty: Path, tmp_path: Path
) -> None:
    written(tmp_path, "case.toml", GOOD + BAD)
    for n in (1, 2):
        done = reviewer("import", empty, tmp_path, "--json").json
        assert (len(done["files"]), done["refused"]) == (1, 1), n
    assert sorted(path.name for path in tmp_path.glob("*.jsonl")) == [
        "my.refused-2.jsonl",
        "my.refused.jsonl",
    ]


def test_refused_rows_that_cannot_be_kept_are_said_to_be_lost(
    reviewer: Reviewer, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(refused, "_new_beside", fails)
    done = reviewer("import", empty, written(tmp_path, "case.toml", GOOD + BAD))
    assert done.code == 1
    assert "No space left on device); the good rows so far were imported" in done.sentence
    assert len(reviewer("queue", empty).lines) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.toml", b"[[claim]\n", "not valid TOML"),
        ("x.toml", b"x = " + b"9" * 5000, "not valid TOML"),
        ("x.toml", b"\xff\xfe[", "not UTF-8 at byte 0"),
        ("x.dat", b"\x00\x01\x02hello\x00", "not text, and not a format"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_named(
    reviewer: Reviewer, empty: Path, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    done = reviewer("import", empty, file)
    assert done.code == 1
    assert done.sentence.startswith(f"{file}: {said}")
    assert reviewer("queue", empty).lines == ["The case has no claims."]
    good = written(tmp_path, "good.toml", GOOD)
    done = reviewer("import", empty, good, file)
    assert (done.code, done.err) == (0, "")
    assert done.lines[0] == "2 files: 3 new, 0 unchanged, 0 changed, 1 refused"
    assert any(
        line.startswith(f"Refused: {file}, the whole file: {said}") and not line.endswith(".")
        for line in done.lines
    )
    (row,) = reviewer("import", empty, file, good, "--json").json["refused_rows"]
    assert (row["file"], row["place"]) == (str(file), "the whole file")
    (kept,) = map(json.loads, (tmp_path / "my.refused.jsonl").read_text().splitlines())
    assert (kept["refused_line"], kept["refused_text"]) == ("the whole file", None)


def test_where_the_one_file_that_can_be_read_holds_nothing_good_it_ends_with_1(
    reviewer: Reviewer, empty: Path, tmp_path: Path
) -> None:
    bad = written(tmp_path, "bad.toml", BAD)
    done = reviewer("import", empty, bad, tmp_path / "no.toml")
    assert done.code == 1
    assert done.lines[0] == "2 files: 0 new, 0 unchanged, 0 changed, 2 refused"
    assert any("no.toml, the whole file: there is no such file" in line for line in done.lines)


def test_a_refused_place_is_told_as_people_count(
    reviewer: Reviewer, empty: Path, tmp_path: Path
) -> None:
    record = {"kind": "recording", "id": "r", "source": "s", "language": "uk", "held": "verbatim"}
    segments = [{"text": "a"}, {"text": "b", "start": 12}]
    file = written(tmp_path, "in.jsonl", json.dumps(record | {"segments": segments}))
    (row,) = reviewer("import", empty, file, "--json").json["refused_rows"]
    assert row["reason"].startswith("segment 2, start: not a time; write")


def test_a_file_that_is_not_there_or_a_format_that_is_not(
    reviewer: Reviewer, empty: Path, tmp_path: Path
) -> None:
    done = reviewer("import", empty, tmp_path / "no.toml")
    assert (done.code, done.sentence) == (1, f"{tmp_path / 'no.toml'}: there is no such file.")
    file = written(tmp_path, "good.toml", GOOD)
    done = reviewer("import", empty, file, "--format", "pdf")
    assert (done.code, "There is no format 'pdf'" in done.sentence) == (2, True)
    (tmp_path / "folder").mkdir()
    assert "no file to import" in reviewer("import", empty, tmp_path / "folder").sentence


def test_a_scale_of_ones_own(reviewer: Reviewer, tmp_path: Path) -> None:
    case = tmp_path / "own.case"
    made = reviewer("new", case, "--scale", written(tmp_path, "scale.toml", SCALE), "--json")
    assert made.json["scale"] == ["holds", "falls"]
    reviewer("import", case, written(tmp_path, "good.toml", GOOD))
    assert reviewer("decide", case, "c-1", "hält", "--json").json["value"] == "holds"
    assert reviewer("queue", case).lines[0].startswith("c-1 [hält]")
    assert "it has: holds, falls." in reviewer("decide", case, "c-1", "verified").sentence


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        ("", "a scale has 1 to 9 [[value]] tables"),
        ("value = 3", "a scale has 1 to 9 [[value]] tables"),
        ("".join(f'[[value]]\nvalue = "v{n}"\n' for n in range(10)), "a scale has 1 to 9"),
        ('[[value]]\nvalu = "x"\n', "value 1, value: is required"),
        ('[[value]]\nvalue = "x"\ncolour = "red"\n', "value 1, colour: no such key"),
        ('[[value]]\nvalue = "Not so"\n', "'Not so' cannot be a value"),
        ('[[value]]\nvalue = "none"\n', "'none' cannot be a value"),
        ('[[value]]\nvalue = "x"\n[[value]]\nvalue = "x"\n', "'x' and 'x' have the same name"),
        ('[[value]]\nvalue = "x"\nlabel = "A b"\n[[value]]\nvalue = "a_b"\n', "the same name"),
        ('[[value]]\nvalue = "x"\nlabel = "a\\u001b"\n', "cannot be printed"),
        ("[[value]", "not valid TOML"),
    ],
)
def test_a_scale_that_cannot_be_is_refused_in_a_sentence(
    reviewer: Reviewer, tmp_path: Path, scale: str, said: str
) -> None:
    file = written(tmp_path, "scale.toml", scale)
    done = reviewer("new", tmp_path / "own.case", "--scale", file)
    assert done.code == 1
    assert done.sentence.startswith(f"{file}: ")
    assert said in done.sentence
    assert not (tmp_path / "own.case").exists()


def test_the_demo_prints_the_queue_and_a_claim_where_there_is_no_terminal(
    program: Program, an_empty_home: Path
) -> None:
    done = program("demo")
    assert (done.code, done.err) == (0, "")
    assert done.lines[0].startswith("Case: The reported death of Major General Vitaly Gerasimov")
    assert sum(line.startswith("c-") for line in done.lines) == 15
    assert "Recording call-2: Second released call: the death" in done.lines
    path = an_empty_home / ".local" / "share" / "reviewer" / "gerasimov.case"
    assert path.exists()


def test_a_second_demo_opens_the_same_case(reviewer: Reviewer, tmp_path: Path) -> None:
    reviewer("demo", "--dir", tmp_path / "new" / "folder")
    case = tmp_path / "new" / "folder" / "gerasimov.case"
    reviewer("decide", case, "c-01", "unverified")
    done = reviewer("demo", "--dir", case.parent)
    assert any(line.startswith("c-01 [unverified]") for line in done.lines)


def test_a_demo_whose_import_fails_leaves_no_case(
    reviewer: Reviewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_more: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(importing, "import_files", fails)
        done = reviewer("demo", "--dir", tmp_path)
    assert done.code == 1
    assert "cannot be made (Input/output error)" in done.sentence
    assert list(tmp_path.iterdir()) == []
    assert reviewer("demo", "--dir", tmp_path).code == 0


def test_the_demo_cases_lose_nothing_on_their_way_in(reviewer: Reviewer, tmp_path: Path) -> None:
    for name, options in (("gerasimov", ()), ("exercise", ("--exercise",))):
        reviewer("demo", "--dir", tmp_path, *options)
        with Session.open(tmp_path / f"{name}.case") as session:
            assert session.status().orphans == 0
            assert session.about.exercise is (name == "exercise")
