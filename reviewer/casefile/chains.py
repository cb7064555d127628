"""Who wrote which chains of the ledger, on which devices, and what is sealed of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.casefile.engine import Connection, Row
from reviewer.casefile.ledger import entry_of
from reviewer.model.signing import SEAL


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """A chain as it stands in this file; ids and keys are hex.

    Attributes:
        id: the chain's.
        author: whose it is.
        name: the reader's name, or nothing where it was erased.
        device: the public key that signs it, or nothing in one of an older program.
        entries: how many it holds.
        head: the id of its newest entry.
        at: when that was written, by its writer's clock.
        sealed: the number of the newest entry that bears a seal, or 0; `sealed_id` its id.
        seal_key: the SSH key of that seal.
        seal: the seal itself, armored. What it says is not yet checked.
    """

    id: str
    author: str
    name: str
    device: str
    entries: int
    head: str
    at: int
    sealed: int
    sealed_id: str
    seal_key: str
    seal: str


CHAINS = """
SELECT chain.id AS chain, chain.k AS k, first.author AS author,
       coalesce((SELECT name FROM reader WHERE reader.author = first.author), '') AS name,
       (SELECT count(*) FROM entry WHERE entry.chain = chain.k) AS entries,
       first.id, first.body, payload.data
FROM chain
JOIN entry AS first ON first.lsn = (
  SELECT lsn FROM entry WHERE entry.chain = chain.k ORDER BY seq LIMIT 1)
LEFT JOIN payload ON payload.lsn = first.lsn
ORDER BY first.lsn
"""
NEWEST = """
SELECT entry.id, entry.seq, entry.body, payload.data FROM entry
LEFT JOIN payload ON payload.lsn = entry.lsn
WHERE entry.chain = ? ORDER BY entry.seq DESC, entry.lsn DESC LIMIT 1
"""
SEALED = """
SELECT entry.seq, entry.id, attest.key, attest.sig FROM entry
JOIN attest ON attest.target = entry.id AND attest.what = 'seal'
WHERE entry.chain = ? ORDER BY entry.seq DESC LIMIT 1
"""


def chains(con: Connection) -> list[ChainFacts]:
    """Every chain that holds entries, in the order in which they came into this file."""
    return [_facts(con, row) for row in con.execute(CHAINS).fetchall()]


def _facts(con: Connection, row: Row) -> ChainFacts:
    head = entry_of(con.execute(NEWEST, (row["k"],)).fetchone())
    seal = con.execute(SEALED, (row["k"],)).fetchone()
    return ChainFacts(
        id=row["chain"].hex(),
        author=row["author"].hex(),
        name=row["name"],
        device=str(entry_of(row).data.get("device", "")),
        entries=row["entries"],
        head=head.id,
        at=head.at,
        sealed=seal["seq"] if seal else 0,
        seal_key=seal["key"].hex() if seal else "",
        seal=bytes(seal["sig"]).decode("ascii", "replace") if seal else "",
        sealed_id=seal["id"].hex() if seal else "",
    )


def enrolled_keys(con: Connection, author: bytes) -> list[str]:
    """The SSH keys that a reader has bound to the name, the first one first: public lines."""
    rows = con.execute(
        "SELECT entry.id, entry.body, NULL AS data FROM entry"
        " WHERE subject IS NULL AND kind = 'enrol' AND author = ? ORDER BY lamport, id",
        (author,),
    ).fetchall()
    lines = (entry_of(row).data.get("key") for row in rows)
    return list(dict.fromkeys(str(line) for line in lines if line))


def keep_seals(con: Connection, seals: Iterable[tuple[str, bytes, str]]) -> None:
    """Keep seals, within a transaction: the entry's id, the key's blob, the armored signature."""
    con.executemany(
        "INSERT OR IGNORE INTO attest (target, what, key, sig) VALUES (?, ?, ?, ?)",
        [(bytes.fromhex(id_), SEAL, key, sig.encode("ascii")) for id_, key, sig in seals],
    )
