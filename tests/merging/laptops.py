"""Laptops that hold copies of one case and work apart, for tests of what a merge makes of it."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from reviewer.casefile import apart, batch, derive, erasing, holding, ledger, telling
from reviewer.casefile.arrivals import Outcome
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.model.bundles import Held
from reviewer.model.canonical import text_hash
from reviewer.model.entry import Draft, Kind
from reviewer.model.records import Record
from reviewer.model.signing import Device
from reviewer.service.bundling import bundle
from reviewer.service.merging import MergeReport, merge
from reviewer.service.session import Session
from tests.casefile.making import rebuilt, state_of

EVIDENCE = (*holding.EVERY, "segment", "oddity", "shown_with")
LSN = {"finding": (0,), "act": (0,), "verdict": (0,), "note": (2,), "flag": (3,), "excerpt": (12,)}
"""Which columns of the state are numbers of this file alone."""


@dataclass
class Laptop:
    """A case file, the state directory of its account, and what its machine is known by."""

    path: Path
    home: Path
    machine: str
    ahead: int = 0
    """How wrong its clock is, ms."""
    now: int = 1_646_611_200_000
    backups: list[Path] = field(default_factory=list)

    def clock(self) -> int:
        self.now += 1000
        return self.now + self.ahead

    @contextlib.contextmanager
    def at_work(self, reader: str = "ann") -> Iterator[Session]:
        """A session on this machine; one with its snapshot is the same machine."""

        def fingerprint(_path: Path, author: bytes, device: Device | None) -> bytes:
            key = device.public.hex() if device else ""
            return text_hash(f"{self.machine}|{author.hex()}|{key}")

        with (
            mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(self.home)}),
            mock.patch.object(ledger, "_fingerprint", fingerprint),
            Session.open(self.path, reader, clock=self.clock) as session,
        ):
            yield session

    def take_in(self, *records: Record) -> None:
        with CaseFile.open(self.path) as case:
            fates, _ = batch.take_in(case, records)
        assert [fate for fate in fates if not isinstance(fate, Outcome)] == []

    def redact(self, reader: str, entry: str) -> None:
        """Erase the words of an entry, as its reader or another has decided."""
        with self.at_work(reader) as session:
            case = session.case
            with case.write() as con:
                target = ledger.by_id(con, entry)
                assert target is not None
                draft = Draft(
                    Kind.REDACT, claim=target.claim, subject=entry, data={"erased": "words"}
                )
                made = ledger.append(con, case.path, reader, draft, self.clock, case.device)
                touched = {target.claim} - {""}
                erasing.erase(con, [bytes.fromhex(entry)], touched)
                derive.claims(con, touched)
            case.remember(made)

    def backup(self) -> None:
        out = self.path.with_name(f"{self.path.stem}-{len(self.backups)}.backup")
        with CaseFile.open(self.path) as case:
            case.backup(out)
        self.backups.append(out)

    def restore(self, n: int, *, forgetting: bool) -> None:
        """Put a backup back over the file, as `cp` does it; the account may be new as well."""
        self.path.write_bytes(self.backups[n].read_bytes())
        if forgetting:
            shutil.rmtree(self.home / "reviewer" / "written", ignore_errors=True)

    def restore_elsewhere(self, path: Path) -> None:
        """Move the file to another machine, with the account: it goes on in new chains."""
        shutil.move(self.path, path)
        self.path, self.machine = path, f"{self.machine}, moved"

    def cloned(self, path: Path, home: Path, machine: str) -> Laptop:
        """A copy of the file and of the account; the same machine where it is a snapshot."""
        shutil.copyfile(self.path, path)
        if self.home.exists():
            shutil.copytree(self.home, home)
        return Laptop(path, home, machine, self.ahead, self.now)

    def bundled(self, out: Path, lacking: Path | None = None) -> Path:
        with self.at_work() as session:
            assert bundle(session, out, lacking=lacking, progress=go_on) is not None
        return out

    def merge(self, *others: Path, steps: int | None = None) -> MergeReport:
        """Merge, stopped after so many steps."""
        left = iter(range(steps)) if steps is not None else None
        going = go_on if left is None else (lambda _: next(left, None) is not None)
        with told_here():
            return merge(self.path, others, progress=going)

    def reading(self) -> contextlib.AbstractContextManager[CaseFile]:
        return CaseFile.open(self.path)


def go_on(_: object) -> bool:
    return True


@contextlib.contextmanager
def told_here() -> Iterator[None]:
    """Have case files told without a process for each; that one is tested by itself."""

    def told(path: Path, beside: Path, other: Held | None = None) -> object:
        out = (beside / "told.tmp").open("w+b")
        with CaseFile.open(path, readonly=True) as case, case.snapshot():
            out.writelines(telling.lines(case.con, 0, other))
        out.seek(0)
        return out

    with mock.patch.object(apart, "told", told):
        yield


def contents(con: Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that must be alike in two files after a merge, without what is a file's own."""
    ids = {row[0]: row[1].hex() for row in con.execute("SELECT lsn, id FROM entry").fetchall()}
    found = {
        table: sorted(map(tuple, con.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
        for table in EVIDENCE
    }
    found["entry"] = sorted(map(tuple, con.execute(ENTRIES).fetchall()), key=repr)
    found["payload"] = sorted(map(tuple, con.execute(PAYLOADS).fetchall()), key=repr)
    for table, rows in state_of(con).items():
        found[table] = sorted((_portable(table, row, ids) for row in rows), key=repr)
    return found


ENTRIES = (
    "SELECT entry.id, chain.id, seq, lamport, kind, subject, author, body FROM entry"
    " JOIN chain ON chain.k = entry.chain"
)
PAYLOADS = "SELECT entry.id, payload.data FROM payload JOIN entry ON entry.lsn = payload.lsn"


def _portable(table: str, row: tuple[object, ...], ids: dict[int, str]) -> tuple[object, ...]:
    said = list(row)
    for at in LSN.get(table, ()):
        said[at] = ids.get(said[at], said[at])
    if table == "act":
        said[3] = ids.get(said[3], said[3])
    return tuple(said)


def check(con: Connection) -> None:
    """What must hold in any file: the state follows from the ledger, and no page is damaged."""
    assert rebuilt(con) == state_of(con)
    assert con.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    assert con.execute("PRAGMA foreign_key_check").fetchall() == []


def ids_of(laptop: Laptop) -> set[bytes]:
    with laptop.reading() as case:
        return {row[0] for row in case.con.execute("SELECT id FROM entry").fetchall()}


def worded(laptop: Laptop) -> set[bytes]:
    with laptop.reading() as case:
        return {row[0] for row in case.con.execute(PAYLOADS).fetchall()}
