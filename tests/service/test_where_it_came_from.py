"""From which file and line a record came, how it was read, and what is doubtful about it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.model.cards import came_from
from reviewer.model.evidence import Provenance
from reviewer.readers.wishes import Wishes
from reviewer.service.importing import import_files
from reviewer.service.session import Session
from reviewer.shipped import shipped
from tests.cli.conftest import *  # noqa: F403 - the fixture `reviewer`
from tests.cli.conftest import Reviewer

CLAIMS = "id,claim,claimant\n7,The general is dead.,GUR\n8,498 soldiers fell.,Ministry\n"
CALL = "1\n00:00:01,000 --> 00:00:02,000\nГенерал убит под Харьковом, подтверждаю.\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "my.case"
    CaseFile.create(path, title="T").close()
    return path


def brought(case: Path, *paths: Path, **wishes: str) -> None:
    with CaseFile.open(case) as opened:
        assert import_files(opened, paths, Wishes(**wishes)).refused == []  # type: ignore[arg-type]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def found(case: Path, kind: str, id_: str) -> Provenance:
    with Session.open(case, "ann", readonly=True) as session:
        file = session.provenance(kind, id_)
    assert file is not None
    return file


def test_a_claim_knows_its_file_its_line_and_the_hash_of_the_bytes(
    case: Path, tmp_path: Path
) -> None:
    path = written(tmp_path / "week.csv", CLAIMS)
    brought(case, path)
    file = found(case, "claim", "week/8")
    assert (file.file, file.place, file.collection) == ("week.csv", "line 3", "week")
    assert file.hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (file.format, file.encoding, file.doubt, file.gone) == ("table", "utf-8", "", False)
    assert came_from(file) == f"week.csv, line 3 (sha256 {file.hash[:16]})"


def test_a_recording_in_an_old_encoding_says_that_it_was_guessed(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    brought(case, written(tmp_path / "call.srt", CALL, "cp1251"))
    file = found(case, "recording", "call")
    assert (file.encoding, file.doubt) == ("cp1251", "by guess")
    said = "decoded with doubt as cp1251: by guess"
    assert said in came_from(file)
    assert any(
        line.startswith("Came from: call.srt, ") and said in line
        for line in reviewer("show", case, "call").lines
    )
    assert reviewer("show", case, "call", "--json").json["came_from"]["doubt"] == "by guess"


def test_show_says_it_of_the_claim_and_of_each_of_its_texts(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "gerasimov"
    folder.mkdir()
    for file in shipped("fixtures/gerasimov").glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    brought(case, folder)
    shown = reviewer("show", case, "c-01", "--json").json
    assert shown["claim"]["came_from"]["file"] == "claims.toml"
    assert shown["claim"]["came_from"]["collection"] == "gerasimov"
    assert all(one["came_from"]["place"] for one in shown["statements"] + shown["recordings"])
    lines = [line for line in reviewer("show", case, "c-01").lines if "Came from" in line]
    assert len(lines) == 1 + len(shown["statements"]) + len(shown["recordings"])


def test_what_came_from_no_file_says_nothing_of_one(reviewer: Reviewer, tmp_path: Path) -> None:
    from tests.casefile.making import new_case

    path = new_case(tmp_path)
    assert reviewer("show", path, "c-1", "--json").json["claim"]["came_from"] is None
    assert not any("Came from" in line for line in reviewer("show", path, "c-1").lines)


def test_the_newest_file_that_holds_a_record_is_named(case: Path, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    brought(case, written(tmp_path / "old" / "week.csv", CLAIMS))
    newer = written(tmp_path / "week.csv", CLAIMS.replace("id,claim", "\nid,claim"))
    brought(case, newer)
    assert found(case, "claim", "week/8").hash == hashlib.sha256(newer.read_bytes()).hexdigest()


def test_a_name_of_a_file_is_only_text(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    name = "a\x1b[2J\u202e[x]\n.csv"
    brought(case, written(tmp_path / name, CLAIMS), collection="week")
    done = reviewer("show", case, "week/7")
    (line,) = [line for line in done.lines if line.startswith("Came from: ")]
    assert "\x1b" not in done.out
    assert "[x]" in line
    assert found(case, "claim", "week/7").file == name
    assert json.loads(reviewer("show", case, "week/7", "--json").out)


def test_a_name_that_is_no_utf8_is_kept_readable(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "week\udcff.csv"
    try:
        written(path, CLAIMS)
    except (OSError, UnicodeEncodeError):
        pytest.skip("this file system takes no such name")
    brought(case, path, collection="week")
    assert found(case, "claim", "week/7").file == "week\\udcff.csv"
