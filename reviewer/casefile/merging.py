"""Taking in what a bundle brings, once all of it was checked: set union, batch by batch.

Each block is one transaction that leaves a whole file, with the state derived of what it
touches; between two of them others may write, and what was written stands whenever it ends.
Nothing asks in which order bundles come, or whether one came before.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from reviewer.casefile import coming, derive, erasing, holding, ledger, search_index
from reviewer.casefile.case import CaseFile
from reviewer.casefile.coming import Coming, Progress, StoppedError
from reviewer.casefile.engine import Connection
from reviewer.casefile.files import Files
from reviewer.casefile.packed import Lines, Packed, Said
from reviewer.casefile.writing import derive_from, write_rows
from reviewer.model.bundles import BundleError
from reviewer.model.entry import Entry, Kind
from reviewer.model.proving import again
from reviewer.model.signing import DEVICE, SEAL

CACHE_KIB = 64 * 1024
"""As much of a case is held in memory: ids made of hashes fall all over its indexes."""


@dataclass(slots=True)
class Counts:
    """How a case stands where a merge touches it: what it is told by, before and after."""

    differ: int = 0
    stale: int = 0
    forks: int = 0


@dataclass(slots=True)
class Written:
    """What was written of a bundle."""

    entries: int = 0
    evidence: int = 0
    words: int = 0
    erased: int = 0
    seals: int = 0
    withheld: int = 0
    """Names of readers that came, and were erased here before."""
    claims: set[str] = field(default_factory=set)
    """The claims that new entries are about."""


def differing(con: Connection) -> int:
    """On how many claims readers differ."""
    (differ,) = con.execute("SELECT count(*) FROM queue WHERE state = 'in_conflict'").fetchone()
    return int(differ)


def counts(con: Connection, found: Coming | None = None) -> Counts:
    """How many claims readers differ on, how many verdicts are stale, and chains forked.

    Args:
        con: the connection.
        found: what comes. Verdicts and chains that it cannot touch are not counted.
    """
    everything = "SELECT count(*) FROM verdict WHERE standing AND stale <> ''"
    if found is None or found.evidence:
        (stale,) = con.execute(everything).fetchone()
    else:
        said = json.dumps(sorted(found.claims))
        only = " AND claim IN (SELECT value FROM json_each(?))"
        (stale,) = con.execute(everything + only, (said,)).fetchone()
    return Counts(
        differing(con), stale, holding.forks(con, None if found is None else found.chains)
    )


def write(case: CaseFile, packed: Packed, found: Coming, progress: Progress, done: Written) -> None:
    """Write what is new in a bundle, in transactions of at most 10,000 lines.

    Args:
        case: the open case.
        packed: the bundle.
        found: what checking all of it has shown.
        progress: called after each transaction; says whether to go on.
        done: gets what was written.

    Raises:
        BundleError: the bundle is not the one that was checked.
        StoppedError: `progress` said so; what was written stands.
    """
    files = Files()
    read = 0
    lines = Lines(packed)
    for n, block in enumerate(lines.blocks()):
        if lines.marks[n] != found.marks[n]:
            raise BundleError("it was changed while it was read; merge it again once it is still")
        with case.write() as con:
            write_block(con, block, found, files, done)
        read += len(block)
        if not progress(read) and not lines.ended:
            raise StoppedError


def tried(
    con: Connection, packed: Packed, found: Coming, progress: Progress, done: Written
) -> None:
    """Write all of it within one transaction, which the caller takes back."""
    files = Files()
    read = 0
    for block in Lines(packed).blocks():
        write_block(con, block, found, files, done)
        read += len(block)
        if not progress(read):
            raise StoppedError


def write_block(
    con: Connection, block: list[Said], found: Coming, files: Files, done: Written
) -> None:
    """Write what is new in a block, within a transaction, and derive what follows from it."""
    files.said([said for said in block if "file" in said and "evidence" not in said])
    rows = coming.new_evidence(con, [said for said in block if "evidence" in said])
    write_rows(con, rows)
    files.write(con, rows, block)
    derive_from(con, rows)
    done.evidence += len(rows)
    _write_entries(con, [said for said in block if "entry" in said], found, done)
    for said in block:
        seal = coming.seal_of(con, said) if "seal" in said else None
        if seal is not None and holding.held_of(con, [seal[0]]):
            _attest(con, seal[0], SEAL, *seal[1:])
            done.seals += 1


def _write_entries(con: Connection, block: list[Said], found: Coming, done: Written) -> None:
    bodies = [coming.body_of(said) for said in block]
    ids = [hashlib.sha256(body).digest() for body, _ in bodies]
    here = holding.held_of(con, ids)
    new: list[tuple[bytes, bytes, bytes | None]] = []
    late: list[tuple[int, bytes, bytes]] = []
    for id_, (body, payload) in zip(ids, bodies, strict=True):
        row = here.get(id_)
        if row is None:
            new.append((id_, body, payload))
        elif coming.brings_words(con, id_, row, body, payload):
            late.append((row["lsn"], id_, payload or b""))
    entries, withheld = _append(con, new)
    for _, entry in entries:
        if entry.id in found.signatures:
            key, signature = found.signatures[entry.id]
            _attest(con, bytes.fromhex(entry.id), DEVICE, key, signature)
    con.executemany(
        "INSERT INTO payload (lsn, data) VALUES (?, ?)", [(lsn, data) for lsn, _, data in late]
    )
    derive.take(con, entries)
    touched = {entry.claim for _, entry in entries if entry.touches}
    erased = [e.subject for _, e in entries if e.kind == Kind.REDACT and e.subject]
    done.claims |= touched
    done.entries += len(entries)
    done.words += len(late)
    done.withheld += withheld
    done.erased += erasing.erase(con, map(bytes.fromhex, erased), touched)
    _words_came(con, [id_ for _, id_, _ in late], touched)
    bare = {id_ for id_, _, payload in new if payload is None}
    _keep_wants(con, [e for _, e in entries if bytes.fromhex(e.id) in bare])
    derive.claims(con, sorted(touched), new=dict(entries))


def _append(
    con: Connection, new: list[tuple[bytes, bytes, bytes | None]]
) -> tuple[list[tuple[int, Entry]], int]:
    """Append entries to the ledger, each with its words unless those are erased.

    Returns:
        The entries with their numbers, and how many came with a name that is erased here.
    """
    entries = [again(body, payload) for _, body, payload in new]
    chains = _chains(con, {entry.chain for entry in entries})
    (last,) = con.execute("SELECT coalesce(max(lsn), 0) FROM entry").fetchone()
    numbered = list(enumerate(entries, last + 1))
    con.executemany(
        f"INSERT INTO entry ({', '.join(ledger.COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            ledger.row_of(entry, body, lsn=lsn, chain=chains[entry.chain])
            for (lsn, entry), (_, body, _) in zip(numbered, new, strict=True)
        ],
    )
    erased = coming.erased(con, [id_ for id_, _, payload in new if payload is not None])
    con.executemany(
        "INSERT INTO payload (lsn, data) VALUES (?, ?)",
        [
            (lsn, payload)
            for (lsn, _), (id_, _, payload) in zip(numbered, new, strict=True)
            if payload is not None and id_ not in erased
        ],
    )
    names = [e for e in entries if e.kind == Kind.ENROL and bytes.fromhex(e.id) in erased]
    return numbered, len(names)


def _chains(con: Connection, ids: Iterable[str]) -> dict[str, int]:
    keys = {}
    for id_ in sorted(ids):
        con.execute(
            "INSERT INTO chain (id) VALUES (?) ON CONFLICT DO NOTHING", (bytes.fromhex(id_),)
        )
        row = con.execute("SELECT k FROM chain WHERE id = ?", (bytes.fromhex(id_),)).fetchone()
        keys[id_] = int(row["k"])
    return keys


def _attest(con: Connection, target: bytes, what: str, key: bytes, signature: bytes) -> None:
    con.execute(
        "INSERT INTO attest (target, what, key, sig) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (target, what, key, signature),
    )


def _words_came(con: Connection, ids: list[bytes], touched: set[str]) -> None:
    """What follows from words that were missing and are here now."""
    for row in holding.held_of(con, ids).values():
        touched.update(_claims_of(con, row["lsn"]))
        derive.readers(con, [row["author"].hex()])
    if ids:
        search_index.forget(con)


def _claims_of(con: Connection, lsn: int) -> list[str]:
    return [row[0] for row in con.execute("SELECT claim FROM act WHERE lsn = ?", (lsn,)).fetchall()]


def _keep_wants(con: Connection, bare: list[Entry]) -> None:
    """Remember which words are missing, for the next bundle that has them."""
    before = set(holding.wants(con))
    wanted = before | {entry.id for entry in bare if entry.payload_hash is not None}
    held = holding.held_of(con, list(map(bytes.fromhex, wanted)))
    lacking = [id_ for id_, row in held.items() if not row["worded"]]
    now = {id_.hex() for id_ in set(lacking) - coming.erased(con, lacking)}
    if now != before:
        holding.keep_wants(con, sorted(now))
