"""The power fails while verdicts are recorded: what was said to be recorded is there.

With `REVIEWER_LONG=1` it fails ten thousand times in each journal mode.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewer.casefile import engine
from reviewer.casefile.engine import sqlite3
from reviewer.service.session import Session
from tests.casefile.making import Ticking, new_case
from tests.everyday import times
from tests.safety import power
from tests.safety.test_nothing_lost import CLAIMS, many_claims

SEEDS = times(2, 50)
CUTS = times(60, 200)
ACTS = 24
USED = {"WAL": "FULL", "TRUNCATE": "EXTRA"}


@dataclass
class Told:
    """What the cuts of one journal mode did."""

    cuts: int = 0
    lost: int = 0
    corrupt: int = 0
    damage: str = ""
    """What SQLite says of the first file that is not whole."""


def worked(path: Path, seed: int) -> power.Book:
    """Verdicts, notes and undos on a case, on a disk whose book is kept."""
    chance = random.Random(seed)
    with power.watched(path.parent) as book, Session.open(path, "ann", clock=Ticking()) as ann:
        # A log that is written back often meets more of the moments that matter.
        ann.case.con.execute(f"PRAGMA wal_autocheckpoint = {chance.choice((20, 60, 1000))}")
        for _ in range(ACTS):
            view = ann.view(chance.choice(CLAIMS))
            value = chance.choice(("verified", "false", "contested"))
            entry = ann.decide(view, value, "words " * chance.choice((0, 1, 200)))
            if entry is not None:
                book.acknowledge(entry.id)
        ann.undo()
    return book


def cut_again_and_again(folder: Path, seed: int, told: Told) -> None:
    """Record, and let the power fail at as many places of it as the run is long."""
    path = new_case(folder, many_claims)
    before = {path.name: path.read_bytes()}
    book = worked(path, seed)
    chance = random.Random(seed)
    places = set(chance.sample(range(len(book.events) + 1), CUTS))
    for disk, said in power.play(book.events, before, places):
        told.cuts += 1
        found = folder / "found"
        found.mkdir()
        for name, data in power.cut(disk, chance).items():
            (found / name).write_bytes(data)
        _judge(found / path.name, said, told)
        for file in found.iterdir():
            file.unlink()
        found.rmdir()


def _judge(path: Path, said: list[str], told: Told) -> None:
    ids: set[str] = set()
    con = engine.connect(path, readonly=False)
    try:
        found = con.execute("PRAGMA integrity_check(1)").fetchone()[0]
        whole = found == "ok"
        if whole:
            ids = {row[0].hex() for row in con.execute("SELECT id FROM entry").fetchall()}
    except sqlite3.DatabaseError as error:
        whole, found = False, str(error)
    finally:
        con.close()
    told.corrupt += not whole
    told.damage = told.damage or ("" if whole else found)
    told.lost += whole and not ids >= set(said)
    # Beside what was said there may be the reader's name, and the act that was under way.
    assert len(ids) <= len(said) + 2


def every_seed(folder: Path) -> Told:
    told = Told()
    for seed in range(SEEDS):
        (folder / str(seed)).mkdir()
        cut_again_and_again(folder / str(seed), seed, told)
    return told


@pytest.mark.parametrize("journal", USED)
def test_a_power_cut_takes_nothing_that_was_said_to_be_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal: str
) -> None:
    monkeypatch.setattr(engine, "wal_is_safe", lambda: journal == "WAL")
    assert engine.journal_mode() == (journal, USED[journal])
    told = every_seed(tmp_path)
    print(f"power cuts, {journal} with {USED[journal]}, seeds 0 to {SEEDS - 1}: {told}")
    assert told.cuts == SEEDS * CUTS
    assert (told.lost, told.corrupt, told.damage) == (0, 0, "")


def test_with_less_care_a_power_cut_does_take_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "journal_mode", lambda *_: ("WAL", "NORMAL"))
    told = every_seed(tmp_path)
    print(f"power cuts, WAL with NORMAL, seeds 0 to {SEEDS - 1}: {told}")
    assert told.lost > 0
    assert (told.corrupt, told.damage) == (0, "")


def test_without_any_care_a_power_cut_breaks_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "journal_mode", lambda *_: ("TRUNCATE", "OFF"))
    told = every_seed(tmp_path)
    print(f"power cuts, TRUNCATE with OFF, seeds 0 to {SEEDS - 1}: {told}")
    assert told.corrupt > 0
