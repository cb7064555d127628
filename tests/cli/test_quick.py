"""What is understood without click is what click would have understood."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from reviewer.cli import opening, review
from reviewer.cli.program import program
from reviewer.cli.quick import quick
from reviewer.service import config

UNDERSTOOD = [
    ["a.case"],
    ["a.case", "--as", "ann"],
    ["--as", "Олена", "a.case", "--readonly"],
    ["a.case", "--filter", "-tag:dup kharkiv", "--plain"],
    ["a.case", "--as", "", "--as", "ben"],
    ["a b/ц.case"],
]
LEFT_TO_CLICK = [
    [],
    ["a.case", "b.case"],
    ["a.case", "--json"],
    ["a.case", "--help"],
    ["a.case", "--as"],
    ["a.case", "--as=ann"],
    ["a.case", "--read"],
    ["--", "-a.case"],
    ["a\udcff.case"],
    ["a.case", "--as", "\udcff"],
]


@pytest.mark.parametrize("args", UNDERSTOOD)
def test_review_is_understood_alike(args: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []

    def opens(case: Path, reader: str = "", filter_text: str = "", **how: bool) -> int:
        asked.append((case, reader, filter_text, {k: v for k, v in how.items() if v}))
        return 0

    monkeypatch.setattr(opening, "open_case", opens)
    monkeypatch.setattr(review, "open_case", opens)
    quickly = quick(["review", *args])
    assert quickly is not None
    quickly()
    with program.make_context("reviewer", ["review", *args]) as ctx:
        program.invoke(ctx)
    assert asked[0] == asked[1]


@pytest.mark.parametrize("args", LEFT_TO_CLICK)
def test_what_is_written_otherwise_is_left_to_click(args: list[str]) -> None:
    assert quick(["review", *args]) is None


def test_demo_is_understood() -> None:
    for args, exercise in ((["demo"], False), (["demo", "--exercise"], True)):
        asked = quick(args)
        assert isinstance(asked, partial)
        assert asked.keywords == {"exercise": exercise}
    for other in (["demo", "--dir", "x"], ["queue", "a.case"], ["--help"], []):
        assert quick(other) is None


@pytest.mark.parametrize("said", [None, "", " ", "/elsewhere"])
def test_the_readers_folders_are_those_of_platformdirs(
    said: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        if said is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, said)
    assert config.config_path() == platformdirs.user_config_path("reviewer") / "config.toml"
    assert config.data_dir() == platformdirs.user_data_path("reviewer")
