"""Many readers on one host: the race of the write-ahead log, a crowd, shared files.

With `REVIEWER_LONG=1` each race and each crowd runs for ten minutes, and the schedule is shown
to break an older SQLite that has no lock. Figures: docs/reliability.md.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from reviewer.casefile import engine
from reviewer.casefile.case import CaseFile
from reviewer.model.errors import CaseError
from reviewer.service.session import Session
from tests.casefile.making import new_case

ROOT = Path(__file__).resolve().parents[2]
LONG = bool(os.environ.get("REVIEWER_LONG"))
SECONDS = 600 if LONG else 2
ANN, BORYS, TEAM, STRANGER = 61_001, 61_002, 61_100, 61_003
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="root alone can act as several accounts")


def run(module: str, folder: Path, *options: object) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.casefile.{module}", folder, *map(str, options)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    print(done.stdout)
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@pytest.mark.parametrize("which", [[], ["--stdlib"], ["--stdlib", "--wal"]], ids=" ".join)
def test_a_case_is_whole_after_the_race_of_the_log(tmp_path: Path, which: list[str]) -> None:
    seen = run("racing", tmp_path, SECONDS, *which)
    assert seen["intact"], seen


@pytest.mark.skipif(not LONG, reason="it may take a minute until an older SQLite fails")
@pytest.mark.skipif(
    engine.wal_is_safe(sqlite3.sqlite_version_info), reason="Python's own SQLite has the fix"
)
def test_without_the_lock_the_race_breaks_an_older_sqlite(tmp_path: Path) -> None:
    assert not run("racing", tmp_path, 120, "--stdlib", "--wal", "--no-lock")["intact"]


@pytest.mark.parametrize("pace", [1.0, 0.0])
def test_a_crowd_loses_nothing_and_no_two_are_led_to_one_claim(tmp_path: Path, pace: float) -> None:
    claims = 2_000_000 if LONG and not pace else 5000
    seen = run("crowd", tmp_path, SECONDS, "--pace", pace, "--claims", claims)
    assert (seen["lost"], seen["twice"], seen["refused"], seen["check"]) == (0, 0, 0, "ok")
    assert all(seen["each"])


def as_account(uid: int, act: Callable[[], None]) -> None:
    """Do something as another account of the team's, or of no team."""
    # Where the program lies another account may not look: all is imported before.
    with TemporaryDirectory() as folder, Session.open(new_case(Path(folder)), "ann") as ann:
        ann.decide(ann.view("c-1"), "false")
    child = os.fork()
    if not child:
        try:
            os.setgroups([])
            group = TEAM if uid in (ANN, BORYS) else uid
            os.setresgid(group, group, group)
            os.setresuid(uid, uid, uid)
            os.environ["XDG_STATE_HOME"] = str(Path(os.environ["SHARED_STATE"]) / str(uid))
            act()
        except BaseException:  # noqa: BLE001 - nothing of the tests may run on in a child
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0


@pytest.fixture
def team_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that a group of two accounts shares, on a way that all may go."""
    state = tmp_path / "state"
    folder = tmp_path / "team"
    for made in (state, folder):
        made.mkdir()
    for uid in (ANN, BORYS, STRANGER):
        own = state / str(uid)
        own.mkdir(mode=0o700)
        os.chown(own, uid, -1)
    for parent in (state, *state.parents):
        if parent.stat().st_mode & 0o055 != 0o055:
            parent.chmod(parent.stat().st_mode | 0o055)
    os.chown(folder, ANN, TEAM)
    folder.chmod(0o2770)
    monkeypatch.setenv("SHARED_STATE", str(state))
    return folder


@as_root
def test_two_accounts_share_a_case_of_their_groups(team_folder: Path) -> None:
    path = new_case(team_folder)
    os.chown(path, ANN, TEAM)
    path.chmod(0o660)

    def judge(reader: str, claim: str) -> None:
        with Session.open(path, reader) as session:
            assert session.decide(session.view(claim), "false") is not None
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in team_folder.iterdir()}
            assert set(modes.values()) == {0o660}, modes

    as_account(ANN, lambda: judge("ann", "c-1"))
    as_account(BORYS, lambda: judge("borys", "c-2"))
    as_account(ANN, lambda: judge("ann", "c-3"))
    with CaseFile.open(path) as case:
        assert case.con.execute("SELECT count(*) FROM verdict").fetchone()[0] == 3


@as_root
def test_a_lock_that_was_made_before_the_group_was_let_in_is_opened_to_it(
    team_folder: Path,
) -> None:
    path = new_case(team_folder)
    os.chown(path, ANN, TEAM)
    lock = path.with_name(f"{path.name}.lock")
    as_account(ANN, lambda: Session.open(path, "ann").close())
    assert stat.S_IMODE(lock.stat().st_mode) == 0o600
    path.chmod(0o660)
    as_account(ANN, lambda: Session.open(path, "ann").close())
    assert stat.S_IMODE(lock.stat().st_mode) == 0o660
    as_account(BORYS, lambda: Session.open(path, "borys").close())


@pytest.mark.parametrize("mode", [0o644, 0o666, 0o664, 0o601])
def test_a_case_that_everybody_can_read_is_mended_and_it_is_said_once(
    tmp_path: Path, mode: int
) -> None:
    path = new_case(tmp_path)
    path.chmod(mode)
    with CaseFile.open(path) as case:
        assert case.mended.startswith(f"Everybody on this machine could read {path}; now only")
    assert stat.S_IMODE(path.stat().st_mode) == mode & 0o770
    with CaseFile.open(path) as case:
        assert case.mended == ""


@as_root
def test_anothers_case_that_everybody_can_read_is_refused_with_the_remedy(
    team_folder: Path,
) -> None:
    team_folder.chmod(0o755)
    path = new_case(team_folder)
    path.chmod(0o644)

    def a_stranger_looks() -> None:
        with pytest.raises(CaseError, match=f"root, who can mend that with: chmod o-rwx {path}"):
            CaseFile.open(path)

    as_account(STRANGER, a_stranger_looks)
    assert [p.name for p in team_folder.iterdir()] == [path.name]
