"""What a merge costs, against reading, hashing and parsing the same lines.

    python -m tests.bench.merges [LAPTOPS [ENTRIES]]

Ten laptops have each recorded 100,000 verdicts on the claims of one case; their bundles are
merged into the case of an eleventh, one after the other. Then one of them has recorded 1,000
more. The floor is to read each bundle's lines, to take their SHA-256 and to parse them as JSON.
The budgets are those of the design: at most 8 times the floor; 0.5 s for 1,000 new entries into
1,000,000; 0.05 s where nothing is new.
"""

import gzip
import hashlib
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.casefile import derive, ledger
from reviewer.casefile.case import CaseFile
from reviewer.model.entry import Draft, Entry, Kind, body_of, payload_of, read_entry
from reviewer.model.records import ClaimRecord
from reviewer.model.signing import DEVICE, to_sign
from reviewer.service.bundling import bundle
from reviewer.service.importing import import_files
from reviewer.service.merging import merge
from reviewer.service.session import Session

LAPTOPS, ENTRIES, MORE = 10, 100_000, 1_000
VALUES = ("verified", "false", "contested", "unverified")
NOTES = ("two sources, one origin", "call them back", "the recording is cut", "")
NOW = 1_646_611_200_000


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, what it is measured against, and its budget; seconds."""

    figure: str
    seconds: float
    floor: float
    budget: str

    @property
    def ratio(self) -> float:
        """So many times the floor."""
        return self.seconds / self.floor


class SeedKey:
    """A device of the bench, which remembers nothing."""

    def __init__(self, seed: int) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key = Ed25519PrivateKey.from_private_bytes(seed.to_bytes(32, "big"))
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """A signature."""
        return self._key.sign(message)

    def newest(self, _case: str) -> dict[str, tuple[int, str]]:
        """Nothing."""
        return {}

    def wrote(self, _case: str, _chain: str, _seq: int, _id: str) -> None:
        """Nothing."""


def figures(laptops: int = LAPTOPS, entries: int = ENTRIES) -> Iterator[Row]:
    """Measure; the case and its bundles are made for it and deleted."""
    with tempfile.TemporaryDirectory(prefix="merges-") as name:
        folder = Path(name)
        empty, bundles, more = _made(folder, laptops, entries)
        ours = folder / "ours.case"
        shutil.copyfile(empty, ours)
        floor = sum(map(_floor, bundles))
        said = f"merge of {laptops} x {entries:,}"
        yield Row(said, _timed(ours, *bundles), floor, "8 times the floor")
        said = f"{MORE:,} new into {laptops * entries:,}"
        yield Row(said, _timed(ours, more), _floor(more), "0.5 s")
        yield Row("the same again, nothing new", _timed(ours, more), _floor(more), "0.05 s")
        yield Row(
            "a whole bundle again, nothing new", _timed(ours, bundles[0]), _floor(bundles[0]), ""
        )


def _timed(path: Path, *others: Path) -> float:
    begun = time.perf_counter()
    merge(path, others, progress=lambda _: True)
    return time.perf_counter() - begun


def _floor(path: Path) -> float:
    begun = time.perf_counter()
    digest = hashlib.sha256()
    with gzip.open(path) as lines:
        for line in lines:
            digest.update(line)
            json.loads(line)
    return time.perf_counter() - begun


def _made(folder: Path, laptops: int, entries: int) -> tuple[Path, list[Path], Path]:
    empty = folder / "empty.case"
    CaseFile.create(empty, title="A long case").close()
    claims = folder / "claims.jsonl"
    with claims.open("w", encoding="utf-8") as file:
        for n in range(laptops * entries):
            record = ClaimRecord(id=f"c-{n:07}", text=f"The ministry said that {n} were wounded.")
            file.write(json.dumps({"claim": record.model_dump(mode="json")}) + "\n")
    with CaseFile.open(empty) as case:
        import_files(case, [claims])
        hashes = dict(case.con.execute("SELECT id, hash FROM claim").fetchall())
    draw = random.Random(7)
    bundles = []
    for n in range(laptops):
        laptop = folder / f"laptop-{n}.case"
        shutil.copyfile(empty, laptop)
        _judge(laptop, f"reader {n}", SeedKey(n + 1), hashes, entries, draw)
        with Session.open(laptop, "bench") as session:
            out = folder / f"laptop-{n}.bundle"
            bundle(session, out, lacking=empty, progress=lambda _: True)
            bundles.append(out)
        if n:
            laptop.unlink()
    laptop = folder / "laptop-0.case"
    _judge(laptop, "reader 0", SeedKey(1), hashes, MORE, draw)
    with Session.open(laptop, "bench") as session:
        bundle(session, folder / "more.bundle", lacking=bundles[0], progress=lambda _: True)
    return empty, bundles, folder / "more.bundle"


def _judge(
    path: Path,
    reader: str,
    key: SeedKey,
    hashes: dict[str, bytes],
    entries: int,
    draw: random.Random,
) -> None:
    """Record verdicts as a reader would; the state is derived once, at the end."""
    ids = list(hashes)
    with CaseFile.open(path) as case, case.write() as con:
        claim = draw.choice(ids)
        draft = _draft(claim, hashes[claim], draw)
        last = ledger.append(con, path, reader, draft, lambda: NOW, key)
        (k,) = con.execute("SELECT max(chain) FROM entry").fetchone()
        for _ in range(entries - 1):
            claim = draw.choice(ids)
            last = _next(con, k, last, _draft(claim, hashes[claim], draw), key)
        signature = key.sign(to_sign(DEVICE, last.id))
        con.execute(
            "INSERT OR IGNORE INTO attest VALUES (?, ?, ?, ?)",
            (bytes.fromhex(last.id), DEVICE, key.public, signature),
        )
        derive.everything(con)


def _draft(claim: str, hash_: bytes, draw: random.Random) -> Draft:
    data = {"value": draw.choice(VALUES), "saw": {}, "excerpts": []}
    note = draw.choice(NOTES)
    words = {"note": note} if note else {}
    return Draft(Kind.VERDICT, claim=claim, subject=hash_.hex(), data=data, words=words)


def _next(con: "ledger.Connection", chain: int, last: Entry, draft: Draft, key: SeedKey) -> Entry:
    payload = payload_of(draft.words)
    body = body_of(
        draft,
        chain=last.chain,
        seq=last.seq + 1,
        previous=last.id,
        witness=last.id,
        lamport=last.lamport + 1,
        at=NOW + last.seq,
        author=last.author,
        payload=payload,
    )
    entry = read_entry(body, payload)
    row = (bytes.fromhex(entry.id), chain, entry.seq, entry.lamport, entry.kind)
    subject, author = bytes.fromhex(entry.subject or ""), bytes.fromhex(entry.author)
    cursor = con.execute(
        "INSERT INTO entry (id, chain, seq, lamport, kind, subject, author, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, subject, author, body),
    )
    if payload is not None:
        con.execute("INSERT INTO payload VALUES (?, ?)", (cursor.lastrowid, payload))
    return entry


def main() -> None:
    """Measure and print."""
    sizes = [int(said) for said in sys.argv[1:]]
    for row in figures(*sizes):
        print(
            f"{row.figure:40} {row.seconds:8.2f} s; floor {row.floor:7.2f} s;"
            f" {row.ratio:6.1f} times; budget {row.budget}",
            flush=True,
        )


if __name__ == "__main__":
    main()
