"""What a bundle brings: all of it checked, before the first line of it counts.

Everything is taken at its bytes: an entry's id is the hash of its body, its words are those
that it binds, it follows the entry that it names; a version of evidence has the hash and the
number that follow from what is stored of it, and is one that an import could have made.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reviewer.casefile import evidence, holding, redaction
from reviewer.casefile.arrivals import Outcome, Ready
from reviewer.casefile.coming_chains import Chains
from reviewer.casefile.engine import Connection, Row
from reviewer.casefile.packed import Lines, Packed, Said
from reviewer.casefile.rows import record_of
from reviewer.model.bundles import BundleError, Manifest
from reviewer.model.entry import Entry, Kind
from reviewer.model.proving import proven
from reviewer.model.seals import holds
from reviewer.model.versions import edition_of, numbered

MANY = 20_000
"""From so many lines on it is looked first whether there is anything new in them."""
Progress = Callable[[int], bool]
"""Called with how many lines were read; says whether to go on."""
Versions = dict[tuple[str, str], dict[int, bytes]]


class StoppedError(Exception):
    """The reader has stopped it; what was written stands."""


@dataclass(slots=True)
class Coming:
    """What a bundle brings that this file does not hold. `marks` prove a second reading."""

    manifest: Manifest
    marks: list[bytes] = field(default_factory=list)
    entries: dict[str, int] = field(default_factory=dict)
    """How many are new, by author."""
    evidence: Counter[str] = field(default_factory=Counter)
    """How many versions are new, by table."""
    words: int = 0
    """Entries held here whose missing words come."""
    claims: set[str] = field(default_factory=set)
    """Those that new entries are about; and, next, the chains that they stand in."""
    chains: set[str] = field(default_factory=set)
    seals: int = 0
    unsigned: int = 0
    signatures: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.entries or self.evidence or self.words or self.seals)


def examined(con: Connection, packed: Packed, case: str, progress: Progress) -> Coming:
    """Check a whole bundle, and find what is new in it.

    Args:
        con: within one snapshot.
        packed: the bundle.
        case: the id of this case; '' takes any.
        progress: called after each block.

    Raises:
        BundleError: something in it does not hold, and what.
        StoppedError: `progress` said so.
    """
    lines = Lines(packed)
    coming = Coming(lines.manifest)
    if case and lines.manifest.case != case:
        raise BundleError(f"it belongs to another case, '{lines.manifest.title}'")
    if _nothing_new(con, lines.manifest):
        return coming
    check = _Check(con, coming, case or lines.manifest.case)
    read = 0
    for block in lines.blocks():
        check.block(block)
        read += len(block)
        if not progress(read):
            raise StoppedError
    coming.marks = lines.marks
    coming.entries = check.chains.new
    coming.signatures = check.chains.signatures()
    coming.unsigned = check.chains.unsigned()
    return coming


def _nothing_new(con: Connection, manifest: Manifest) -> bool:
    """Whether the first line of a long bundle shows already that all in it is held."""
    if manifest.entries + manifest.evidence < MANY:
        return False
    heads = {bytes.fromhex(head.id) for of in manifest.held.chains.values() for head in of}
    if len(holding.held_of(con, list(heads))) < len(heads) or holding.wants(con):
        return False
    tables = manifest.held.tables
    return all(holding.digest(con, table) == tables.get(table) for table in holding.COUNTED)


class _Check:
    def __init__(self, con: Connection, coming: Coming, case: str) -> None:
        self.con = con
        self.coming = coming
        self.chains = Chains(con, case, coming.manifest.held.chains)
        self._editions: dict[tuple[str, str], int] = {}

    def block(self, block: list[Said]) -> None:
        self._entries([said for said in block if "entry" in said])
        self._evidence([said for said in block if "evidence" in said])
        for said in block:
            if "seal" in said:
                self.coming.seals += seal_of(self.con, said) is not None
            elif not said.keys() & {"entry", "evidence", "file"}:
                raise BundleError("a line of it is not one of a bundle")

    def _entries(self, block: list[Said]) -> None:
        bodies = [body_of(said) for said in block]
        ids = [hashlib.sha256(body).digest() for body, _ in bodies]
        here = holding.held_of(self.con, ids)
        for id_, (body, payload) in zip(ids, bodies, strict=True):
            row = here.get(id_)
            if row is None:
                entry = entry_of(body, payload)
                self.chains.take(entry, here=False)
                self.coming.claims.add(entry.claim)
                self.coming.chains.add(entry.chain)
            elif brings_words(self.con, id_, row, body, payload):
                self.coming.words += 1

    def _evidence(self, block: list[Said]) -> None:
        for one in new_evidence(self.con, block):
            key = (one.table, one.id)
            edition = edition_of(one.version)
            before = self._editions.get(key, 0)
            if edition > before + 1 and not _has_edition(self.con, *key, edition - 1):
                raise BundleError(
                    f"an earlier version of {one.table} '{one.id}' is missing: there is an earlier"
                    " bundle; merge that first, or ask for a whole one"
                )
            self._editions[key] = max(edition, before)
            self.coming.evidence[one.table] += 1


def _has_edition(con: Connection, table: str, id_: str, edition: int) -> bool:
    row = con.execute(
        f"SELECT 1 FROM {table} WHERE id = ? AND version BETWEEN ? AND ? LIMIT 1",
        (id_, numbered(edition, bytes(5)), numbered(edition, b"\xff" * 5)),
    ).fetchone()
    return row is not None


def body_of(said: Said) -> tuple[bytes, bytes | None]:
    """The bytes of an entry and of its words, from a line.

    Raises:
        BundleError: it has none.
    """
    body, payload = said["entry"], said.get("payload")
    if not isinstance(body, str) or not isinstance(payload, str | None):
        raise BundleError("an entry in it is none")
    return body.encode(), payload.encode() if payload is not None else None


def entry_of(body: bytes, payload: bytes | None) -> Entry:
    """An entry from its bytes.

    Raises:
        BundleError: it is none.
    """
    try:
        return proven(body, payload)
    except ValueError as error:
        raise BundleError(str(error)) from error


def brings_words(con: Connection, id_: bytes, row: Row, body: bytes, payload: bytes | None) -> bool:
    """Whether an entry that is held lacks these words, and nobody has erased them."""
    if payload is None or row["worded"] or erased(con, [id_]):
        return False
    entry_of(body, payload)
    return True


def erased(con: Connection, ids: list[bytes]) -> set[bytes]:
    """Those of these entries, held here, of which another says that their words are erased.

    So it is with the first entry of a chain whose reader's name was erased in another chain.
    """
    found: set[bytes] = set()
    names = json.dumps([author.hex() for author in redaction.nameless(con)])
    for at in range(0, len(ids), holding.AT_ONCE):
        some = ids[at : at + holding.AT_ONCE]
        rows = con.execute(
            f"SELECT subject AS id FROM entry WHERE subject IN ({', '.join('?' * len(some))})"
            " AND kind = ?",
            (*some, Kind.REDACT),
        ).fetchall()
        if names != "[]":
            rows += con.execute(
                f"SELECT id FROM entry WHERE id IN ({', '.join('?' * len(some))}) AND kind = ?"
                " AND lower(hex(author)) IN (SELECT value FROM json_each(?))",
                (*some, Kind.ENROL, names),
            ).fetchall()
        found.update(row["id"] for row in rows)
    return found


def seal_of(con: Connection, said: Said) -> tuple[bytes, bytes, bytes] | None:
    """The target, the key and the seal of a line; None where it is held.

    Raises:
        BundleError: it does not hold.
    """
    try:
        target, key = bytes.fromhex(said["seal"]), bytes.fromhex(said["key"])
        signature = said["signature"].encode("ascii")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BundleError("a seal in it is none") from error
    held = con.execute(
        "SELECT 1 FROM attest WHERE target = ? AND what = 'seal' AND key = ?", (target, key)
    ).fetchone()
    if held is not None:
        return None
    if not holds(key, target.hex(), signature.decode()):
        raise BundleError(f"the seal over entry {target.hex()[:12]} does not hold")
    return target, key, signature


def new_evidence(con: Connection, block: Iterable[Said]) -> list[Ready]:
    """The versions of evidence in a block that are not held, ready to be written.

    Raises:
        BundleError: one is not what its hash says, or no import could have made it.
    """
    said = list(block)
    held = _versions(con, said)
    many = Counter((one.get("evidence"), _id(one)) for one in said)
    found: list[Ready] = []
    for one in said:
        table, id_, version, hash_ = _named(one)
        versions = held[table, id_]
        if version in versions:
            if versions[version] != hash_:
                raise BundleError(f"{table} '{id_}' has two texts under one number")
            continue
        versions[version] = hash_
        only = many[table, id_] == 1 and len(versions) == 1
        found.append(_ready(one, hash_, Outcome.NEW if only else Outcome.CHANGED))
    return found


def _id(said: Said) -> str:
    row = said.get("row")
    id_ = row.get("id") if isinstance(row, dict) else None
    if not isinstance(id_, str):
        raise BundleError("a record in it has no id")
    return id_


def _named(said: Said) -> tuple[str, str, int, bytes]:
    table, version, hash_ = said["evidence"], said.get("version"), said.get("hash")
    try:
        number, digest = int(version), bytes.fromhex(hash_)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise BundleError("a record in it has no number or hash") from error
    fits = type(version) is int and numbered(edition_of(number), digest) == number
    if not fits or not 0 < number < 1 << 63 or len(digest) != hashlib.sha256().digest_size:
        raise BundleError(f"the number of {table} '{_id(said)}' is not that of its text")
    return str(table), _id(said), number, digest


def _versions(con: Connection, block: list[Said]) -> Versions:
    ids: dict[str, set[str]] = {}
    for said in block:
        table = said["evidence"]
        if table not in holding.EVERY:
            raise BundleError("it holds evidence of a kind that this reviewer does not know")
        ids.setdefault(table, set()).add(_id(said))
    held: Versions = {(table, id_): {} for table, of in ids.items() for id_ in of}
    for table, of in ids.items():
        rows = con.execute(
            f"SELECT id, version, hash FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(of)),),
        ).fetchall()
        for row in rows:
            held[table, row["id"]][row["version"]] = row["hash"]
    return held


def _ready(said: Said, hash_: bytes, outcome: Outcome) -> Ready:
    table, row, parts = said["evidence"], said["row"], said.get("parts", [])
    try:
        if table == "quotation":
            row = row | {"target_hash": bytes.fromhex(row["target_hash"])}
        record = record_of(table, row, parts)
        # Rows of one table are written together, so their columns must stand in one order.
        columns = {name: row[name] for name in sorted(row)}
        same = evidence.row_hash(table, columns, parts) == hash_
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise BundleError(f"{table} '{_id(said)}' is not one that a case holds") from error
    if not same:
        raise BundleError(f"{table} '{_id(said)}' was changed: its hash is another")
    return Ready(record, table, _id(said), columns, parts, hash_, outcome, said["version"])
