"""Entries are signed by the device that they are written on."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from reviewer.casefile import ledger
from reviewer.casefile.case import CaseFile
from reviewer.model.errors import ReviewerError
from reviewer.model.signing import DEVICE, is_signed
from reviewer.service.config import state_dir
from reviewer.service.identity import DeviceKey
from reviewer.service.session import Session
from tests.casefile.making import new_case


def key_file() -> Path:
    return state_dir() / "device.key"


def at_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(home))


def judged(path: Path, *claims: str, reader: str = "ada") -> None:
    with Session.open(path, reader) as session:
        for claim in claims:
            session.decide(session.view(claim), "unverified")


def test_the_first_act_makes_a_key_that_its_owner_alone_reads(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with Session.open(path, "ada") as session:
        session.view("c-1")
        assert not key_file().exists()
        session.mark(session.view("c-1"))
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600
    key_file().chmod(0o644)
    assert DeviceKey().public == DeviceKey().public
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600


def test_every_entry_is_signed_and_the_first_of_a_chain_names_the_key(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    judged(path, "c-1", "c-2")
    with CaseFile.open(path) as case, case.read() as con:
        rows = con.execute(
            "SELECT entry.id, entry.seq, entry.body, attest.key, attest.sig FROM entry"
            " JOIN attest ON attest.target = entry.id AND attest.what = 'device' ORDER BY seq"
        ).fetchall()
        (entries,) = con.execute("SELECT count(*) FROM entry").fetchone()
        case_id = ledger.case_id(con)
    assert len(rows) == entries == 3
    named = json.loads(rows[0]["body"])["d"]
    assert named == {"case": case_id, "device": DeviceKey().public.hex()}
    for row in rows:
        assert row["key"] == DeviceKey().public
        assert is_signed(row["key"], DEVICE, row["id"].hex(), row["sig"])


def test_two_devices_of_one_reader_write_two_chains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_case(tmp_path)
    for home, claim in (("laptop", "c-1"), ("desktop", "c-2"), ("laptop", "c-3")):
        at_home(monkeypatch, tmp_path / home)
        judged(path, claim)
    with CaseFile.open(path) as case, case.read() as con:
        chains = con.execute("SELECT count(*) FROM entry GROUP BY chain ORDER BY chain").fetchall()
    assert [row[0] for row in chains] == [3, 2]


def test_an_older_copy_put_back_over_the_file_is_noticed_and_forks_nothing(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    judged(path, "c-1")
    backup = tmp_path / "older.case"
    with CaseFile.open(path) as case:
        case.backup(backup)
    judged(path, "c-2", "c-3")
    # As `cp` does it, into the same file.
    path.write_bytes(backup.read_bytes())
    with Session.open(path, "ada") as session:
        assert session.missing_entries() == 2
        session.decide(session.view("c-4"), "false")
        with session.case.read() as con:
            twice = con.execute(
                "SELECT 1 FROM entry GROUP BY chain, seq HAVING count(*) > 1"
            ).fetchall()
            assert twice == []
            (chains,) = con.execute("SELECT count(*) FROM chain").fetchone()
            assert chains == 2
        assert session.missing_entries() == 2


def test_a_spoilt_key_records_nothing_and_says_where_it_lies(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    judged(path, "c-1")
    key_file().write_text("not a key", encoding="ascii")
    with Session.open(path, "ada") as session:
        with pytest.raises(ReviewerError, match=r"device\.key, is damaged; nothing was recorded"):
            session.decide(session.view("c-2"), "false")
        assert session.view("c-2").verdicts == ()


def test_a_home_that_was_copied_with_the_case_starts_a_chain_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_case(tmp_path)
    at_home(monkeypatch, tmp_path / "one")
    judged(path, "c-1")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    other = tmp_path / "other.case"
    shutil.copy(path, other)
    judged(path, "c-2")
    at_home(monkeypatch, tmp_path / "two")
    judged(other, "c-3")
    with CaseFile.open(path) as one, CaseFile.open(other) as two:
        ours = {tuple(row) for row in one.con.execute("SELECT chain.id, seq FROM entry"
                " JOIN chain ON chain.k = entry.chain WHERE seq > 2")}  # fmt: skip
        theirs = {tuple(row) for row in two.con.execute("SELECT chain.id, seq FROM entry"
                " JOIN chain ON chain.k = entry.chain WHERE lsn > 2")}  # fmt: skip
    assert not ours & theirs
