"""A damaged case gives back what still proves itself, and says what it could not.

With `REVIEWER_LONG=1` the case is larger and has two thousand damaged bytes.
"""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from reviewer.casefile import ledger
from reviewer.casefile.case import CaseFile
from reviewer.casefile.rescue.bring import Rescued, rescue
from reviewer.cli.main import run
from reviewer.model.entry import Draft, Kind
from reviewer.model.errors import CaseError
from reviewer.model.evidence import Stance
from reviewer.service.identity import DeviceKey
from reviewer.service.session import Session
from tests.casefile.making import (
    Ticking,
    at_work,
    claim,
    ledger_of,
    new_case,
    rebuilt,
    source,
    state_of,
    statement,
    take_in,
)
from tests.everyday import LONG, times

ENTRIES = times(3_000, 100_000)
FLIPS_A_MB = 23
"""As many as two thousand in a case of a hundred thousand entries."""
SEEDS = times(2, 5)


def brought_back(broken: Path) -> tuple[Path, Rescued]:
    out = broken.with_name(f"{broken.stem}-rescued.case")
    return out, rescue(broken, out, progress=lambda done, total: None)


def worked_on(folder: Path) -> Path:
    """A small case on which two readers have done everything once."""
    path = new_case(folder)
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false", "they deny it")
        borys.decide(borys.view("c-1"), "verified", "a long note " * 600)
        view = borys.view("c-2")
        borys.link(view, view.statements[0], 0, 6, Stance.REFUTES)
        ann.mark(ann.view("c-3"))
        ann.undo()
        ann.decide(ann.view("c-1"), "contested")
    return path


def evidence_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = ("source", "statement", "recording", "segment", "claim", "shown_with", "quotation")
    with CaseFile.open(path) as case:
        return {
            table: sorted(map(tuple, case.con.execute(f"SELECT * FROM {table}").fetchall()))
            for table in tables
        }


def test_a_case_that_is_whole_comes_back_as_it_is(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    before = path.read_bytes()
    out, rescued = brought_back(path)
    assert path.read_bytes() == before
    assert not rescued.lost
    assert rescued.sure
    with CaseFile.open(path) as old, CaseFile.open(out) as new:
        assert new.about() == old.about()
        assert new.scale() == old.scale()
        assert {row[1:2] for row in ledger_of(new.con)} == {row[1:2] for row in ledger_of(old.con)}
        assert state_of(new.con).keys() == state_of(old.con).keys()
        assert state_of(new.con)["queue"] == state_of(old.con)["queue"]
        assert rebuilt(new.con) == state_of(new.con)
        signed = "SELECT * FROM attest ORDER BY target"
        assert new.con.execute(signed).fetchall() == old.con.execute(signed).fetchall()
    assert evidence_of(out) == evidence_of(path)
    with Session.open(out, "ann") as ann:
        assert ann.view("c-1").note_of("borys") == ("a long note " * 600).strip()
        assert ann.decide(ann.view("c-4"), "false") is not None


def test_work_that_stands_only_in_the_log_beside_comes_back(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    left = tmp_path / "left"
    left.mkdir()
    with at_work(path, "ann") as (ann,):
        ann.decide(ann.view("c-1"), "false", "only in the log")
        for beside in tmp_path.glob(f"{path.name}*"):
            shutil.copy(beside, left)
    out, rescued = brought_back(left / path.name)
    assert rescued.entries == 2
    with Session.open(out, "ann") as ann:
        assert ann.view("c-1").note_of("ann") == "only in the log"


def test_a_title_page_that_is_gone_takes_nothing_with_it(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    data = bytearray(path.read_bytes())
    data[:4096] = bytes(4096)
    path.write_bytes(data)
    with pytest.raises(CaseError):
        CaseFile.open(path)
    _, rescued = brought_back(path)
    assert rescued.entries == 8
    assert rescued.lost_entries == 0
    assert rescued.evidence["claim"] == 4


def test_what_was_changed_stays_out_and_is_named(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    data = path.read_bytes()
    assert data.count(b"was killed near Kharkiv") > 1
    data = data.replace(b"Major General Vitaly", b"Major General Vitalii"[:20])
    data = data.replace(b"they deny it", b"they own  it").replace(
        b'"value":"verified"', b'"value":"verifies"'
    )
    path.write_bytes(data)
    out, rescued = brought_back(path)
    assert rescued.unproven == ["statement gur-7-march", "excerpt e-1"]
    assert rescued.lost_words == 2
    assert rescued.lost_entries == 1
    assert rescued.orphans == 1
    with Session.open(out, "ann") as ann:
        assert [v.reader for v in ann.view("c-1").verdicts if v.standing] == ["ann"]
        assert ann.view("c-1").statements == ()
        assert rebuilt(ann.case.con) == state_of(ann.case.con)


def test_the_command_says_what_came_back_and_what_did_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = worked_on(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"they deny it", b"they own  it"))
    assert run(["rescue", str(path), str(tmp_path / "out.case")]) == 1
    said = capsys.readouterr().out
    assert "Brought back of 'Losses of March 2022': 8 entries of the ledger, 4 claims" in said
    assert "The words of 2 entries are lost." in said
    assert "Import its files again, and merge a backup or another laptop's copy in." in said
    assert run(["rescue", "--json", str(path), str(tmp_path / "2.case")]) == 1
    assert json.loads(capsys.readouterr().out)["lost_words"] == 2


@pytest.mark.parametrize("content", [b"", b"<!DOCTYPE html><p>no case", bytes(9000)])
def test_a_file_with_nothing_of_a_case_in_it_gives_no_case(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.case").write_bytes(content)
    with pytest.raises(CaseError, match=r"Nothing in .* proves itself"):
        rescue(tmp_path / "x.case", tmp_path / "out.case", progress=lambda done, total: None)
    assert [file.name for file in tmp_path.iterdir()] == ["x.case"]


def test_another_file_is_not_written_over(tmp_path: Path) -> None:
    path = worked_on(tmp_path)
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(CaseError, match="exists already"):
        rescue(path, tmp_path / "mine", progress=lambda done, total: None)
    with pytest.raises(CaseError, match="cannot be read"):
        rescue(tmp_path / "no.case", tmp_path / "out.case", progress=lambda done, total: None)
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with many entries; a thousand claims, each judged again and again."""
    path = new_case(tmp_path_factory.mktemp("large"), list)
    take_in(path, source(), statement(), *(claim(f"c-{n}") for n in range(1_000)))
    clock = Ticking()
    with CaseFile.open(path) as case:
        case.device = DeviceKey()
        hashes = dict(case.con.execute("SELECT id, hash FROM claim").fetchall())
        with case.write() as con:
            for n in range(ENTRIES - 1):
                id_ = f"c-{n % 1_000}"
                said = {"value": "false", "saw": {"gur-7-march": "00" * 32}, "excerpts": []}
                draft = Draft(
                    Kind.VERDICT,
                    claim=id_,
                    subject=hashes[id_].hex(),
                    data=said,
                    words={"note": f"the note number {n} says why"},
                )
                ledger.append(con, path, "ann", draft, clock, case.device)
    return path


@pytest.mark.parametrize("seed", range(SEEDS))
def test_bytes_flipped_at_random_cost_less_than_two_entries_in_a_hundred(
    large: Path, tmp_path: Path, seed: int
) -> None:
    data = bytearray(large.read_bytes())
    chance = random.Random(seed)
    flips = 2_000 if LONG else FLIPS_A_MB * len(data) // 1_000_000
    for _ in range(flips):
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    path = tmp_path / "broken.case"
    path.write_bytes(data)
    out, rescued = brought_back(path)
    print(
        f"rescue, seed {seed}: {flips} bytes flipped in {len(data):,}: {rescued.entries:,} of"
        f" {ENTRIES:,} entries, {rescued.words:,} with their words, {rescued.evidence}"
    )
    assert rescued.entries >= ENTRIES * 0.98
    assert rescued.lost_entries >= ENTRIES - rescued.entries - 1
    with CaseFile.open(large) as old, CaseFile.open(out) as new:
        ids = "SELECT id FROM entry"
        assert set(new.con.execute(ids).fetchall()) <= set(old.con.execute(ids).fetchall())
        assert new.con.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
