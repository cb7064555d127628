"""The page of formats is made from the program and from files that nobody here wrote."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from reviewer.readers import FORMATS
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from tests.data import real

DOCS = Path(__file__).resolve().parents[2] / "docs"


def _loaded(name: str) -> ModuleType:
    sys.path.insert(0, str(DOCS))
    try:
        spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(DOCS))
    return module


accounts = _loaded("format_accounts")
maker = _loaded("make_formats")


def test_the_page_names_every_format_and_nothing_else() -> None:
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    assert page.startswith(maker.names())
    assert set(maker.COMES_IN) <= {one.name for one in FORMATS}


def test_the_page_has_a_line_for_every_real_file_and_each_adds_up() -> None:
    real("claims")
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    for job in maker.jobs():
        assert f"\n| {job.name} | " in page
    assert "!=" not in page.partition("| file |")[2]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("claims/fever/fever_labelled_dev_3000.json", "3,000 objects | 3000 claims"),
        ("transcripts/subtitles-broken/wv-missing_timeframe.srt", "4 lines of times"),
        ("transcripts/court/tribunals-300.csv", "300 rows | 4 statements"),
        ("hostile/sqlite/zerolength.sqlite", "0 bytes | nothing |  |  | the whole | empty"),
    ],
)
def test_a_line_of_the_page_says_what_became_of_the_file(path: str, said: str) -> None:
    real(path)
    made = maker.line(maker.Job((path,)))
    assert made.good
    assert said in str(made)


def test_reasons_come_in_groups_and_without_words_of_the_file() -> None:
    told = [("no text: its 'text' is empty", f"line {n}") for n in (2, 3, 5, 8)]
    told += [("its times '0:0x' could not be read", "line 9")]
    assert maker._grouped(told) == [
        "4 x no text: its 'text' is empty (line 2, line 3, line 5, ...)",
        "its times … could not be read (line 9)",
    ]


def test_an_account_that_misses_a_row_says_so(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("claim,verdict\na,true\nb,false\n", encoding="utf-8")
    with Given.open(path) as given:
        found = accounts.account("table", given, [Row("line 2", ["a", "true"], passed_over=True)])
    assert (found.there, found.found, found.good) == (2, 1, False)
    assert found.said == "2 rows (!= 1)"


def test_without_the_folder_of_real_files_it_says_so_and_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(maker, "DATA", tmp_path / "none")
    assert maker.main(["--check"]) == 0
    assert "nothing was done" in capsys.readouterr().out
