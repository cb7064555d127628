"""Two laptops with copies of one case."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.casefile.making import new_case
from tests.merging.laptops import Laptop


@pytest.fixture
def two(tmp_path: Path) -> tuple[Laptop, Laptop]:
    """Ann's and Borys's, of the same small case; nothing is recorded yet."""
    first = new_case(tmp_path)
    second = tmp_path / "second.case"
    shutil.copyfile(first, second)
    return (
        Laptop(first, tmp_path / "home-ann", "machine-ann"),
        Laptop(second, tmp_path / "home-borys", "machine-borys"),
    )
