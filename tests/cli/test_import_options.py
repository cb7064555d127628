"""What a person may say of a file that does not say it itself; and what is said back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Reviewer

TABLE = (
    "n,who,what,when\n"
    "1,GUR,The general was killed near Kharkiv.,2022-03-07\n"
    "2,Ministry,498 soldiers fell.,2022-03-02\n"
)
CALL = "1\n00:00:01,000 --> 00:00:02,000\nГенерал убит под Харьковом, подтверждаю.\n"


@pytest.fixture
def empty(reviewer: Reviewer, tmp_path: Path) -> Path:
    case = tmp_path / "my.case"
    assert reviewer("new", case).code == 0
    return case


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return written(tmp_path / "week.csv", TABLE)


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def shown(reviewer: Reviewer, case: Path, id_: str) -> dict[str, object]:
    found = reviewer("show", case, id_, "--json")
    assert found.code == 0, found.err
    return dict(found.json)


def claim(reviewer: Reviewer, case: Path, id_: str) -> dict[str, object]:
    return dict(shown(reviewer, case, id_)["claim"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "mapping",
    ["claim=what,claimant=who,date=when,id=n", "claim = col3, claimant=col2,date=col4,id=col1"],
)
def test_map_says_which_column_is_what(
    reviewer: Reviewer, empty: Path, table: Path, mapping: str
) -> None:
    done = reviewer("import", empty, table, "--map", mapping)
    assert (done.code, done.lines[0][:15]) == (0, "1 file: 2 new, ")
    found = claim(reviewer, empty, "week/1")
    assert (found["text"], found["claimant"], found["date"]) == (
        "The general was killed near Kharkiv.",
        "GUR",
        "2022-03-07",
    )
    for some in ("claim = column 3 'what'", "claimant = column 2 'who'", "date = column 4 'when'"):
        assert f"  {some}" in done.lines


def test_a_profile_says_the_same_and_options_overrule_it(
    reviewer: Reviewer, empty: Path, table: Path, tmp_path: Path
) -> None:
    profile = written(
        tmp_path / "mine.toml",
        'collection = "weeks"\nsource = "Desk"\n'
        '[columns]\nclaim = "what"\nclaimant = "n"\nid = "n"\n',
    )
    done = reviewer("import", empty, table, "--profile", profile, "--map", "claimant=who")
    assert done.code == 0
    assert claim(reviewer, empty, "weeks/1")["claimant"] == "GUR"
    done = reviewer("import", empty, table, "--profile", profile, "--collection", "other")
    assert done.code == 0
    assert claim(reviewer, empty, "other/1")["claimant"] == "1"


def test_language_and_source_are_those_of_the_texts(
    reviewer: Reviewer, empty: Path, tmp_path: Path
) -> None:
    call = written(tmp_path / "call.srt", CALL)
    assert reviewer("import", empty, call, "--language", "ru", "--source", "GUR").code == 0
    found = shown(reviewer, empty, "call")
    assert (found["language"], found["source_name"]) == ("ru", "GUR")


def test_collection_stands_before_the_ids(reviewer: Reviewer, empty: Path, tmp_path: Path) -> None:
    call = written(tmp_path / "call.srt", CALL)
    assert reviewer("import", empty, call, "--collection", "tuesday").code == 0
    assert shown(reviewer, empty, "tuesday/call")["id"] == "tuesday/call"


def test_format_and_encoding_overrule_what_is_recognised(
    reviewer: Reviewer, empty: Path, tmp_path: Path
) -> None:
    call = written(tmp_path / "call.srt", CALL, "koi8-r")
    found = reviewer(
        "import", empty, call, "--format", "text", "--encoding", "koi8-r", "--json"
    ).json
    assert (found["files"][0]["format"], found["files"][0]["encoding"]) == ("text", "koi8-r")
    text = shown(reviewer, empty, "call")
    assert "Генерал убит" in str(text["text"])


def test_a_wrong_encoding_that_was_asked_for_is_said(
    reviewer: Reviewer, empty: Path, tmp_path: Path
) -> None:
    call = written(tmp_path / "call.srt", CALL)
    done = reviewer("import", empty, call, "--encoding", "cp1251")
    assert any("cp1251 (as asked, but all of it is UTF-8)" in line for line in done.lines)
    lines = reviewer("show", empty, "call").lines
    assert any("decoded with doubt as cp1251" in line for line in lines)


def test_a_dry_run_shows_the_mapping_and_the_first_rows_and_writes_nothing(
    reviewer: Reviewer, empty: Path, table: Path
) -> None:
    before = empty.read_bytes()
    done = reviewer("import", empty, table, "--map", "claim=what,id=n", "--dry-run")
    assert done.code == 0
    assert done.lines[0] == "Nothing was imported; this is what an import would do."
    assert "  claim = column 3 'what'" in done.lines
    assert "  line 2 would stand as:" in done.lines
    assert any(
        line.startswith("    claim: id: week/1; text: The general was killed")
        for line in done.lines
    )
    found = reviewer("import", empty, table, "--map", "claim=what,id=n", "--dry-run", "--json").json
    assert (found["dry_run"], found["new"]) == (True, 2)
    assert "claim = column 3 'what'" in found["files"][0]["remarks"]
    assert empty.read_bytes() == before
    assert reviewer("queue", empty).lines == ["The case has no claims."]


def test_json_has_every_key_that_scripts_rely_on(
    reviewer: Reviewer, empty: Path, table: Path
) -> None:
    found = reviewer("import", empty, table, "--map", "claim=what,id=n", "--json").json
    assert set(found) >= {
        *("new", "unchanged", "changed", "refused", "refused_rows", "side_files", "kinds"),
        *("new_ids", "changed_ids", "gone", "gone_ids", "doubled", "doubled_rows", "odd"),
        *("passed_over", "reopened", "orphaned", "decided_again", "found_again"),
        *("older_exports", "stopped", "dry_run", "files"),
    }
    assert found["kinds"]["claim"] == {"new": 2}
    assert found["files"][0]["translation"] is None


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--map", "claim"], 2, "'claim' maps nothing; write for example claim=col3"),
        (["--map", "clam=what"], 2, "There is no role 'clam' for a column; there is: "),
        (["--map", "claim=nothing"], 1, "no column 'nothing'; there is: 'n', 'who', 'what'"),
        (["--map", "claim=col9"], 1, "no column 'col9'"),
        (["--format", "pdf"], 2, "There is no format 'pdf'; there is: jsonl"),
        (["--format", "elan"], 1, "week.csv: "),
        (["--encoding", "klingon"], 2, "There is no encoding 'klingon'; write for example utf-8"),
        (["--encoding", "rot13"], 2, "There is no encoding 'rot13'"),
        (["--encoding", "utf-32"], 1, "not utf-32, as was asked: no zero byte stands in it"),
        (["--profile", "no.toml"], 1, "no.toml: cannot be read"),
        (
            ["--map", "text=what,id=n", "--translation", "no.csv"],
            1,
            "no.csv: there is no such file",
        ),
        (["--language", "not a tag"], 2, "'not a tag' is not the tag of a language"),
        (["--translation-language", "??"], 2, "'??' is not the tag of a language"),
        (["--collection", "a/b"], 2, "'a/b' cannot be the name of a collection"),
        (["--collection", " x"], 2, "cannot be the name of a collection"),
        (["--collection", "x" * 300], 2, "cannot be the name of a collection"),
        (["--source", "\x1b[2J"], 2, "cannot be the name of a source"),
        ([], 1, "which of its columns is the claim or the text is not clear"),
    ],
)
def test_a_wrong_value_is_one_sentence(
    reviewer: Reviewer, empty: Path, table: Path, options: list[str], code: int, said: str
) -> None:
    before = empty.read_bytes()
    done = reviewer("import", empty, table, *options)
    assert (done.code, said in done.sentence) == (code, True), done.err
    assert done.out == ""
    assert empty.read_bytes() == before


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("[columns", "not a profile in TOML"),
        ('colums = "x"', "colums: no such key (a profile has format, encoding"),
        ('[columns]\nclam = "col3"', "columns: there is no role 'clam'"),
        ('language = "not a tag"', "is not the tag of a language"),
    ],
)
def test_a_wrong_profile_is_one_sentence(
    reviewer: Reviewer, empty: Path, table: Path, tmp_path: Path, profile: str, said: str
) -> None:
    file = written(tmp_path / "p.toml", profile)
    done = reviewer("import", empty, table, "--profile", file)
    assert done.code in (1, 2)
    assert said in done.sentence
    assert reviewer("queue", empty).lines == ["The case has no claims."]
