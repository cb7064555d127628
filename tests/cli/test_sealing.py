"""Whose key stands behind what was written, and how a reader sees that none does."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import sqlite3
from tests.cli.conftest import Reviewer

SSH_KEYGEN = ("/usr/bin/env", "ssh-keygen")
pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen here")


def make_key(path: Path, words: str = "") -> Path:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    subprocess.run([*SSH_KEYGEN, "-q", "-t", "ed25519", "-N", words, "-f", path], check=True)
    return path


@pytest.fixture
def key(an_empty_home: Path) -> Path:
    """Ada's key, where ssh looks for it."""
    return make_key(an_empty_home / ".ssh" / "id_ed25519")


def fingerprint(key: Path) -> str:
    told = subprocess.run(
        [*SSH_KEYGEN, "-l", "-f", key], check=True, capture_output=True, encoding="ascii"
    )
    return told.stdout.split()[1]


def test_a_reader_without_a_key_is_shown_as_not_sealed_and_works_on(
    reviewer: Reviewer, case: Path
) -> None:
    assert reviewer("readers", case).lines == ["Nobody has recorded anything in this case yet."]
    done = reviewer("decide", case, "c-01", "unverified", "--as", "ada")
    assert (done.code, done.err) == (0, "")
    name, chain = reviewer("readers", case).lines
    assert name == "ada"
    assert chain.endswith(": not sealed")
    assert "2 entries" in chain
    done = reviewer("seal", case, "--as", "ada")
    assert (done.code, done.lines[0].startswith("No key is bound")) == (1, True)
    done = reviewer("export", case, case.parent / "x.md", "--format", "markdown", "--as", "ada")
    assert (done.code, done.err) == (0, "")


def test_an_enrolled_key_seals_at_once_and_before_each_export(
    reviewer: Reviewer, case: Path, key: Path
) -> None:
    reviewer("decide", case, "c-01", "unverified", "--as", "ada")
    done = reviewer("enrol", case, "ada")
    assert done.code == 0
    assert done.lines[0].startswith(f"Recorded: ada seals with the key {fingerprint(key)}")
    assert done.lines[1] == f"Sealed 3 entries with your key {fingerprint(key)}."
    # From now on ada is who reads here.
    reviewer("decide", case, "c-02", "false")
    (row,) = reviewer("readers", case, "--json").rows
    assert (row["reader"], row["sealed"], row["entries"]) == ("ada", 3, 4)
    done = reviewer("export", case, case.parent / "x.md", "--format", "markdown")
    assert done.err == f"Sealed 1 entry with your key {fingerprint(key)}.\n"
    assert reviewer("readers", case).lines[1].endswith(f": sealed with {fingerprint(key)}")
    assert reviewer("seal", case).lines == ["All that you wrote on this device is sealed already."]
    assert f"bound the name to the key {fingerprint(key)}" in reviewer("log", case).out


def test_a_key_with_a_passphrase_is_refused_without_a_question(
    reviewer: Reviewer, case: Path, an_empty_home: Path
) -> None:
    make_key(an_empty_home / ".ssh" / "id_ed25519", words="correct horse")
    done = reviewer("enrol", case, "ada")
    assert done.code == 2
    assert "the key has a passphrase; give it to an agent first with: ssh-add" in done.sentence
    assert reviewer("log", case).out == "Nothing is recorded here yet.\n"


def test_without_any_key_it_says_how_to_make_one(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("enrol", case, "ada")
    assert done.code == 2
    assert "ssh-keygen -t ed25519" in done.sentence


def test_a_key_that_went_away_leaves_the_work_unsealed_and_says_so(
    reviewer: Reviewer, case: Path, key: Path
) -> None:
    reviewer("enrol", case, "ada")
    reviewer("decide", case, "c-01", "unverified")
    key.unlink()
    done = reviewer("export", case, case.parent / "x.md", "--format", "markdown")
    assert done.code == 0
    assert done.err.startswith("Not sealed: ")
    assert "Later: reviewer seal" in done.err
    assert "sealed up to entry 2 of 3" in reviewer("readers", case).lines[1]


def test_a_seal_by_another_key_or_over_another_entry_is_not_counted(
    reviewer: Reviewer, case: Path, key: Path, tmp_path: Path
) -> None:
    reviewer("enrol", case, "ada")
    reviewer("decide", case, "c-01", "unverified")
    with CaseFile.open(case) as opened, opened.read() as con:
        head = con.execute("SELECT id FROM entry ORDER BY lsn DESC LIMIT 1").fetchone()[0]
        sealed = con.execute("SELECT key, sig FROM attest WHERE what = 'seal'").fetchone()
    raw = sqlite3.connect(case)
    # The old seal, put over the newest entry.
    raw.execute("INSERT INTO attest VALUES (?, 'seal', ?, ?)", (head, sealed[0], sealed[1]))
    raw.commit()
    raw.close()
    assert reviewer("readers", case).lines[1].endswith(": NOT SEALED: its seal does not hold")


def test_what_is_handed_to_another_laptop_is_sealed_first(
    reviewer: Reviewer, case: Path, key: Path
) -> None:
    reviewer("enrol", case, "ada")
    reviewer("decide", case, "c-01", "unverified")
    done = reviewer("bundle", case, case.with_name("a.bundle"))
    assert (done.code, done.err) == (0, f"Sealed 1 entry with your key {fingerprint(key)}.\n")
    other = case.with_name("other.case")
    assert reviewer("merge", other, case.with_name("a.bundle")).code == 0
    (row,) = reviewer("readers", other, "--json").rows
    assert (row["reader"], row["sealed"], row["entries"]) == ("ada", 3, 3)
