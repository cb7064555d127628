"""Files are brought into a case whole or not at all, and every row is accounted for."""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.model.errors import CaseError, ReadOnlyError, UnreadableError
from reviewer.service.import_report import ImportReport
from reviewer.service.importing import import_files
from reviewer.shipped import shipped
from tests.casefile.making import left_beside, new_case, rebuilt, state_of


def brought_in(case: Path, *paths: Path, dry_run: bool = False) -> ImportReport:
    with CaseFile.open(case) as opened:
        return import_files(opened, paths, dry_run=dry_run)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return (report.new, report.unchanged, report.changed, len(report.refused))


def lines(path: Path, *records: dict[str, object] | str) -> Path:
    path.write_text(
        "\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), encoding="utf-8"
    )
    return path


def claim(id_: str, **more: object) -> dict[str, object]:
    return {"kind": "claim", "id": id_, "text": f"What {id_} says.", **more}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path)


@pytest.mark.parametrize("name", ["gerasimov", "exercise"])
def test_a_case_that_ships_comes_in_whole_and_a_second_time_changes_nothing(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "shipped.case"
    CaseFile.create(path, title="T").close()
    first = brought_in(path, shipped(f"fixtures/{name}"))
    assert first.refused == []
    assert first.side_file is None
    assert first.new > 10
    again = brought_in(path, shipped(f"fixtures/{name}"))
    assert counts(again) == (0, first.new, 0, 0)
    with CaseFile.open(path) as opened:
        assert rebuilt(opened.con) == state_of(opened.con)


def test_files_in_any_order_make_the_same_case(tmp_path: Path) -> None:
    files = list(shipped("fixtures/gerasimov").glob("*.toml"))
    chance = random.Random(2)
    states = []
    for n in range(4):
        chance.shuffle(files)
        path = tmp_path / f"{n}.case"
        CaseFile.create(path, title="T").close()
        assert brought_in(path, *files).refused == []
        with CaseFile.open(path) as opened:
            states.append(state_of(opened.con))
    assert states[1:] == states[:-1]


def test_what_is_refused_is_kept_beside_the_case_with_its_place_and_reason(
    case: Path, tmp_path: Path
) -> None:
    file = lines(
        tmp_path / "in.jsonl",
        claim("c-8"),
        claim("c-9", priority=12),
        "{broken",
        {"kind": "excerpt", "claim": "c-8", "target": "no", "stance": "context", "exact": "x"},
    )
    before = os.umask(0)
    try:
        report = brought_in(case, file)
    finally:
        os.umask(before)
    assert counts(report) == (1, 0, 0, 3)
    assert report.side_file == case.with_name(f"{case.stem}.refused.jsonl")
    assert stat.S_IMODE(report.side_file.stat().st_mode) == 0o600
    kept = [json.loads(line) for line in report.side_file.read_text("utf-8").splitlines()]
    assert [(row["refused_file"], row["refused_line"]) for row in kept] == [
        (str(file), "line 2"),
        (str(file), "line 3"),
        (str(file), "line 4"),
    ]
    assert kept[0]["priority"] == 12
    assert kept[0]["refused_reason"].startswith("priority: ")
    assert kept[1]["refused_text"] == "{broken"
    assert kept[2]["refused_reason"] == "its target 'no' is not in the case; import it too"


def test_an_older_side_file_is_never_written_over_nor_brought_in_again(
    case: Path, tmp_path: Path
) -> None:
    lines(tmp_path / "in.jsonl", claim("c-9", priority=12))
    first = brought_in(case, tmp_path)
    second = brought_in(case, tmp_path)
    assert first.side_file is not None
    assert second.side_file is not None
    assert first.side_file != second.side_file
    assert first.side_file.read_bytes() == second.side_file.read_bytes()
    assert counts(first) == counts(second) == (0, 0, 0, 1)


def test_what_was_refused_comes_in_once_it_is_mended(case: Path, tmp_path: Path) -> None:
    report = brought_in(case, lines(tmp_path / "in.jsonl", claim("c-9", priority=12)))
    assert report.side_file is not None
    kept = json.loads(report.side_file.read_text("utf-8"))
    mended = lines(tmp_path / "mended.jsonl", {**kept, "priority": 2})
    assert counts(brought_in(case, mended)) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("again", "said"),
    [
        (claim("c-8", text="Other words."), "the id 'c-8' stands twice; first at a.jsonl, line 1"),
        (
            {"kind": "case", "title": "Second"},
            "what the case says of itself stands twice; first at a.jsonl, line 2",
        ),
    ],
    ids=["claim", "case"],
)
def test_a_record_that_stands_twice_in_one_import_is_refused_the_second_time(
    case: Path, tmp_path: Path, again: dict[str, object], said: str
) -> None:
    first = lines(tmp_path / "a.jsonl", claim("c-8"), {"kind": "case", "title": "First"})
    second = lines(tmp_path / "b.jsonl", again)
    report = brought_in(case, first, second)
    assert [refused.reason for refused in report.refused] == [said]
    assert report.new == 2


def test_a_dry_run_tells_the_same_and_leaves_no_trace(case: Path, tmp_path: Path) -> None:
    file = lines(tmp_path / "in.jsonl", claim("c-8"), claim("c-1", text="Other."), "{broken")
    before = case.read_bytes()
    report = brought_in(case, file, dry_run=True)
    assert counts(report) == (1, 0, 1, 1)
    assert (report.dry_run, report.side_file) == (True, None)
    assert case.read_bytes() == before
    assert left_beside(case) == [f"{case.name}.lock", "in.jsonl"]
    assert counts(brought_in(case, file)) == counts(report)


def test_a_file_that_cannot_be_read_at_all_is_refused_and_the_others_are_taken_in(
    case: Path, tmp_path: Path
) -> None:
    good = lines(tmp_path / "a.jsonl", claim("c-8"))
    broken = tmp_path / "b.toml"
    broken.write_text("[[claim]\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    report = brought_in(case, empty, broken, good)
    assert counts(report) == (1, 0, 0, 2)
    assert [file.name for file in report.files] == [str(empty), str(broken), str(good)]
    assert [(row.file, row.place) for row in report.refused] == [
        (str(empty), "the whole file"),
        (str(broken), "the whole file"),
    ]
    assert report.refused[1].reason.startswith("not valid TOML: ")
    assert report.side_file is not None
    assert len(report.side_file.read_text("utf-8").splitlines()) == 2


def test_where_no_file_can_be_read_nothing_is_imported(case: Path, tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text("[[claim]\n")
    before = case.read_bytes()
    with pytest.raises(UnreadableError, match=r"b\.toml: not valid TOML"):
        brought_in(case, tmp_path / "b.toml", tmp_path / "no.toml")
    assert case.read_bytes() == before
    assert not list(tmp_path.glob("*.refused*"))


def test_a_case_that_is_open_for_reading_takes_nothing_in(case: Path, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", claim("c-8"), "{broken")
    with CaseFile.open(case, readonly=True) as opened, pytest.raises(ReadOnlyError):
        import_files(opened, [file])
    assert not list(tmp_path.glob("*.refused*"))


def test_refused_rows_that_cannot_be_kept_are_said_to_be_the_only_thing_missing(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reviewer.service import refused

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    file = lines(tmp_path / "a.jsonl", claim("c-8"), "{broken")
    monkeypatch.setattr(refused, "_new_beside", full)
    with pytest.raises(CaseError, match=r"No space left.*the good rows so far were imported"):
        brought_in(case, file)
    monkeypatch.undo()
    assert counts(brought_in(case, lines(tmp_path / "b.jsonl", claim("c-8")))) == (0, 1, 0, 0)


def test_rows_of_any_depth_are_refused_and_kept(case: Path, tmp_path: Path) -> None:
    deep = ['{"kind": "claim", "x": ' + "[" * n + "]" * n + "}" for n in range(850, 1010, 3)]
    report = brought_in(case, lines(tmp_path / "deep.jsonl", *deep))
    assert len(report.refused) == len(deep)
    assert report.side_file is not None
    assert len(report.side_file.read_text("utf-8").splitlines()) == len(deep)


def test_hostile_rows_are_kept_in_the_side_file_as_json(case: Path, tmp_path: Path) -> None:
    raw = claim("c\x1b[2J", text="\ud800", tags=["\u202e", "\x00"])
    report = brought_in(
        case, lines(tmp_path / "in.jsonl", raw, '{"kind": "claim", "id": "\\udcff"}')
    )
    assert report.side_file is not None
    kept = [json.loads(line) for line in report.side_file.read_text("utf-8").splitlines()]
    second = {"kind": "claim", "id": "\udcff"}
    assert [one | record for one, record in zip(kept, [raw, second], strict=True)] == kept


def test_a_folder_is_brought_in_as_its_files(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    lines(folder / "a.jsonl", claim("c-8"))
    (folder / "b.toml").write_text('[[claim]]\nid = "c-9"\ntext = "x"\n')
    shutil.copyfile(case, folder / "a.case")
    report = brought_in(case, folder)
    assert [Path(file.name).name for file in report.files] == ["a.jsonl", "b.toml"]
    assert counts(report) == (2, 0, 0, 0)
