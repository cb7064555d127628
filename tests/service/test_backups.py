"""A backup is whole while others write, is checked, and is remembered."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.casefile import engine
from reviewer.casefile.case import CaseFile
from reviewer.model.errors import CaseError
from reviewer.service.backups import back_up, last_backup
from reviewer.service.condition import keeping
from tests.casefile.making import at_work, new_case, rebuilt, state_of

WRITER = """
import sys
from pathlib import Path
from reviewer.service.session import Session
with Session.open(Path(sys.argv[1]), "writer") as session:
    print("writing", flush=True)
    n = 0
    while not Path(sys.argv[2]).exists():
        n += 1
        session.note(session.view("c-1"), f"note {n}")
    print(n, flush=True)
"""


def test_a_backup_beside_a_writer_is_whole_and_the_writer_goes_on(tmp_path: Path) -> None:
    path, enough = new_case(tmp_path), tmp_path / "enough"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(enough)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    copies = [tmp_path / f"copy-{n}.case" for n in range(3)]
    with at_work(path, "ann") as (ann,):
        for copy in copies:
            ann.decide(ann.view("c-2"), "false", str(copy))
            back_up(ann, copy)
        enough.touch()
        written = int(writer.stdout.readline())
        assert writer.wait() == 0
        assert len(ann.log(kind="note", limit=1_000_000)) == written
        for copy in copies:
            assert stat.S_IMODE(copy.stat().st_mode) == 0o600
            with CaseFile.open(copy) as held:
                assert state_of(held.con) == rebuilt(held.con)
                (notes,) = held.con.execute(
                    "SELECT count(*) FROM payload WHERE data LIKE '%' || ? || '%'", (str(copy),)
                ).fetchone()
                assert notes == 1
    assert not list(tmp_path.glob(".*.new"))


def test_the_last_backup_is_remembered_and_none_goes_over_a_file(tmp_path: Path) -> None:
    path, out = new_case(tmp_path), tmp_path / "kept.case"
    with at_work(path, "ann") as (ann,):
        assert last_backup(ann) is None
        assert keeping(ann).last_backup == "none known here"
        back_up(ann, out)
        made = last_backup(ann)
        assert made is not None
        assert (made.path, made.size) == (str(out), out.stat().st_size)
        assert keeping(ann).last_backup == f"2022-03-07 00:00 UTC, to {out}"
        before = out.read_bytes()
        with pytest.raises(CaseError, match="exists already"):
            back_up(ann, out)
        assert out.read_bytes() == before
        out.unlink()
        assert keeping(ann).last_backup.endswith("and is there no more")


def test_a_copy_with_a_changed_entry_is_not_kept(tmp_path: Path) -> None:
    path, out = new_case(tmp_path), tmp_path / "kept.case"
    with at_work(path, "ann") as (ann,):
        ann.decide(ann.view("c-1"), "false")
    con = engine.connect(path, readonly=False)
    guard = "entry_unchanged"
    (made,) = con.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (guard,)).fetchone()
    con.execute(f"DROP TRIGGER {guard}")
    changed = "CAST(replace(body, 'false', 'true') AS BLOB)"
    con.execute(f"UPDATE entry SET body = {changed} WHERE lsn = 2")
    con.execute(made)
    con.close()
    with (
        CaseFile.open(path) as case,
        pytest.raises(CaseError, match=r"is damaged \(entry [0-9a-f]{12} was changed\)"),
    ):
        case.backup(out)
    assert not out.exists()
    assert not list(tmp_path.glob(".*.new"))


def test_what_stands_behind_the_work_is_told_without_making_a_key(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,):
        before = keeping(ann)
        assert (before.device_key, before.own_keys, before.last_seal) == ("none yet", (), "none")
        assert ann.case.device is not None
        assert not ann.case.device.is_made
        ann.mark(ann.view("c-1"))
        assert keeping(ann).device_key.startswith("SHA256:")
        assert keeping(ann).missing == 0
