"""What docs/verify.md has a stranger type finds what is wrong, word for word as it stands there."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.service.exporting import export
from reviewer.service.session import Session
from tests.casefile.tampering import Forger, a_case, in_his_hands
from tests.cli.conftest import ROOT
from tests.readers.test_a_bags_ledger import sealed

PAGE = ROOT / "docs" / "verify.md"
NEEDED = ("bash", "sha256sum", "sqlite3", "ssh-keygen", "awk")

absent = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(absent), reason=f"not here: {', '.join(absent)}")


def commands() -> str:
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert len(blocks) == 6
    return "\n".join(blocks)


def typed(folder: Path) -> str:
    """What the page's commands print where the bag lies."""
    done = subprocess.run(
        ["bash", "-c", commands()],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


def bag_of(case: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    with Session.open(case, "ada") as session:
        export(session, "bag", folder / "bag")
    return folder / "bag"


def test_a_whole_bag_gives_no_word(tmp_path: Path) -> None:
    bag = bag_of(a_case(tmp_path), tmp_path / "out")
    assert typed(bag.parent) == ""
    index = (bag / "data/signatures/index.txt").read_text().splitlines()
    assert [line.split()[1] for line in index].count("reviewer-seal") == 3
    assert [line.split()[1] for line in index].count("reviewer-device") == 3
    assert len((bag / "data/signatures/allowed_signers").read_text().splitlines()) == 6


def longer(column: str) -> str:
    return f"CAST({column} || ' ' AS BLOB)"


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda f, con: f.forge(con), "broken: nothing before"),
        (lambda f, con: f.a_reader(con), "broken: missing, and seen by"),
        (lambda f, con: f.delete(con), "broken: nothing before"),
        (lambda f, con: con.execute("DELETE FROM payload WHERE lsn = 2"), "broken: words gone of"),
        (
            lambda f, con: con.execute("UPDATE entry SET lamport = 99 WHERE lsn = 3"),
            "broken: columns of",
        ),
        (
            lambda f, con: con.execute("UPDATE statement SET text = text || '!'"),
            "broken: statement",
        ),
        (
            lambda f, con: con.execute(
                "UPDATE entry SET body = CAST(body || ' ' AS BLOB) WHERE lsn = 3"
            ),
            "broken: entries",
        ),
        (
            lambda f, con: con.execute(
                "UPDATE payload SET data = CAST(data || ' ' AS BLOB) WHERE lsn = 2"
            ),
            "broken: words",
        ),
    ],
)
def test_what_was_tampered_with_is_said(
    tmp_path: Path, tamper: Callable[[Forger, sqlite3.Connection], object], said: str
) -> None:
    # He makes the bag's manifests fit, too.
    bag = bag_of(a_case(tmp_path), tmp_path / "out")
    with in_his_hands(bag / "data/copy.case") as con:
        tamper(Forger(bag / "data/copy.case", random.Random(3)), con)
    sealed(bag)
    assert said in typed(bag.parent)


def test_a_signature_that_was_changed_is_said(tmp_path: Path) -> None:
    bag = bag_of(a_case(tmp_path), tmp_path / "out")
    (seal,) = sorted((bag / "data/signatures").glob("*-seal.sig"))[:1]
    other = sorted((bag / "data/signatures").glob("*-device.sig"))[0]
    seal.write_bytes(other.read_bytes())
    assert f"data/signatures/{seal.name}: FAILED" in typed_anyway(bag.parent)
    sealed(bag)
    assert f"broken: {seal.name} over number" in typed(bag.parent)


def typed_anyway(folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-c", commands()], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout
