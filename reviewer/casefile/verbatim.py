"""What a case holds as bytes, for those who check it without this program."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.casefile import evidence
from reviewer.casefile.engine import Connection
from reviewer.model.entry import Kind, read_entry
from reviewer.model.signing import DEVICE, SEAL, armored, blob_of, public_blob
from reviewer.model.versions import edition_of


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry of the ledger as it is stored; `id` is hex, and the SHA-256 of `body`."""

    id: str
    body: bytes
    payload: bytes | None


@dataclass(frozen=True, slots=True)
class HeldText:
    """The text of one version of a statement or recording; `hash` is that of its record."""

    kind: str
    id: str
    version: int
    hash: str
    text: str


@dataclass(frozen=True, slots=True)
class HeldSignature:
    """A signature as `ssh-keygen` reads it: over the entry `id`, for the author, in a chain."""

    chain: str
    seq: int
    id: str
    author: str
    what: str
    key: bytes
    armored: str


@dataclass(frozen=True, slots=True)
class Binding:
    """A key that an entry of the ledger names: a device's, or a reader's own; as SSH has it."""

    author: str
    what: str
    key: bytes


def entries(con: Connection) -> Iterator[RawEntry]:
    """Every entry, in the order in which they take effect: the same on every machine."""
    order = con.execute("SELECT lsn FROM entry ORDER BY lamport, id").fetchall()
    for (lsn,) in order:
        row = con.execute(
            "SELECT entry.id, entry.body, payload.data FROM entry"
            " LEFT JOIN payload ON payload.lsn = entry.lsn WHERE entry.lsn = ?",
            (lsn,),
        ).fetchone()
        yield RawEntry(row["id"].hex(), row["body"], row["data"])


def texts(con: Connection) -> Iterator[HeldText]:
    """The text of every version of every statement, then of every recording."""
    for kind in ("statement", "recording"):
        versions = con.execute(
            f"SELECT id, version, hash FROM {kind} ORDER BY id, version"
        ).fetchall()
        for row in versions:
            hash_ = row["hash"].hex()
            text = evidence.text_of_version(con, row["id"], hash_)
            if text is not None:
                yield HeldText(kind, row["id"], edition_of(row["version"]), hash_, text)


def signatures(con: Connection) -> Iterator[HeldSignature]:
    """The newest signature of each chain's device, and every seal."""
    rows = con.execute(
        "SELECT chain.id AS chain, entry.seq, entry.id, entry.author, attest.*"
        " FROM attest JOIN entry ON entry.id = attest.target JOIN chain ON chain.k = entry.chain"
        " WHERE attest.what = 'seal' OR entry.seq = (SELECT max(seq) FROM entry AS newest"
        "  WHERE newest.chain = entry.chain AND EXISTS (SELECT 1 FROM attest AS of"
        "   WHERE of.target = newest.id AND of.what = 'device'))"
        " ORDER BY entry.lsn, attest.what, attest.key"
    ).fetchall()
    for row in rows:
        key, text = row["key"], row["sig"].decode("ascii", "replace")
        if row["what"] == DEVICE:
            text = armored(row["key"], row["sig"], DEVICE)
            key = public_blob(key)
        about = (row["chain"].hex(), row["seq"], row["id"].hex(), row["author"].hex())
        yield HeldSignature(*about, row["what"], key, text)


def bindings(con: Connection) -> Iterator[Binding]:
    """Every key that the ledger names, once for each author: those that may have signed."""
    rows = con.execute("SELECT body FROM entry WHERE kind = ? ORDER BY lsn", (Kind.ENROL,))
    named: dict[Binding, None] = {}
    for row in rows:
        entry = read_entry(row["body"])
        device, key = entry.data.get("device"), entry.data.get("key")
        # What is no key is said by a check, and signs nothing.
        with contextlib.suppress(ValueError):
            if device is not None:
                named[Binding(entry.author, DEVICE, public_blob(bytes.fromhex(str(device))))] = None
            if key is not None:
                named[Binding(entry.author, SEAL, blob_of(str(key)))] = None
    yield from named
