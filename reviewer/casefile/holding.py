"""What a case file holds, and which of its entries it may give away.

An entry is given away where it is proven: on a chain whose first entry names a device, up to
the newest that the device signed. What a merge that was cut off left without a signature waits
until that merge has been finished.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

from reviewer.casefile import ledger
from reviewer.casefile.engine import Connection, Row
from reviewer.casefile.rows import TABLES
from reviewer.model.bundles import Head, Held
from reviewer.model.signing import DEVICE, SEAL

WANTS = "wants"
"""The row of `about` that has the ids of entries whose words are missing here, if any."""
EVERY = tuple(TABLES.values())
COUNTED = (*EVERY, SEAL)
AT_ONCE = 500
"""So many ids are asked for with one query."""


@dataclass(frozen=True, slots=True)
class Branches:
    """A chain as it may be given away: its heads, and how much of it there is.

    `ids` is which entries, where not all up to the head's number are meant; `unsigned` counts
    those that stay behind.
    """

    key: int
    heads: tuple[Head, ...]
    unsigned: int = 0
    ids: frozenset[bytes] | None = None


def held(con: Connection, branches: dict[str, Branches] | None = None) -> Held:
    """What this file holds, for another to know what it lacks."""
    branches = chains(con) if branches is None else branches
    return Held(
        {chain: of.heads for chain, of in branches.items() if of.heads},
        {table: digest(con, table) for table in COUNTED},
        tuple(wants(con)),
    )


def chains(con: Connection) -> dict[str, Branches]:
    """Every chain of the file, by its id in hex."""
    rows = con.execute(
        "SELECT chain.k, chain.id, count(*) AS entries, max(entry.seq) AS last"
        " FROM entry JOIN chain ON chain.k = entry.chain GROUP BY entry.chain"
    ).fetchall()
    return {
        row["id"].hex(): _straight(con, row["k"], row["last"])
        if row["entries"] == row["last"]
        else _forked(con, row["k"])
        for row in rows
    }


def _straight(con: Connection, key: int, last: int) -> Branches:
    signed = con.execute(
        "SELECT entry.seq, entry.id, attest.sig FROM entry"
        " JOIN attest ON attest.target = entry.id AND attest.what = ?"
        " WHERE entry.chain = ? ORDER BY entry.seq DESC LIMIT 1",
        (DEVICE, key),
    ).fetchone()
    if signed is not None:
        head = Head(signed["seq"], signed["id"].hex(), signed["sig"].hex())
        return Branches(key, (head,), last - head.seq)
    if names_device(con, key):
        return Branches(key, (), last)
    row = con.execute(
        "SELECT id FROM entry WHERE chain = ? ORDER BY seq DESC LIMIT 1", (key,)
    ).fetchone()
    return Branches(key, (Head(last, row["id"].hex()),))


def names_device(con: Connection, key: int) -> bool:
    """Whether the first entry of a chain names a device that signs it."""
    row = con.execute(
        f"SELECT {ledger.ENTRY} FROM entry LEFT JOIN payload ON payload.lsn = entry.lsn"
        " WHERE entry.chain = ? ORDER BY entry.seq LIMIT 1",
        (key,),
    ).fetchone()
    return row is not None and "device" in ledger.entry_of(row).data


def _forked(con: Connection, key: int) -> Branches:
    """A chain that two wrote on, as copied laptops do: each branch up to its signature."""
    rows = con.execute(
        f"SELECT entry.seq, attest.sig, {ledger.ENTRY} FROM entry"
        " LEFT JOIN payload ON payload.lsn = entry.lsn"
        " LEFT JOIN attest ON attest.target = entry.id AND attest.what = ?"
        " WHERE entry.chain = ? ORDER BY entry.seq DESC",
        (DEVICE, key),
    ).fetchall()
    signs = names_device(con, key)
    given: dict[str, None] = {}
    heads = []
    for row in rows:
        id_, previous = row["id"].hex(), ledger.entry_of(row).previous
        if id_ not in given:
            if signs and row["sig"] is None:
                continue
            heads.append(Head(row["seq"], id_, row["sig"].hex() if row["sig"] else ""))
        given[id_] = None
        given[previous or ""] = None
    given.pop("", None)
    ids = frozenset(map(bytes.fromhex, given))
    return Branches(key, tuple(heads), len(rows) - len(ids), ids)


def digest(con: Connection, table: str) -> tuple[int, str]:
    """How many versions a table of evidence has, or how many seals there are; and which."""
    said = hashlib.sha256()
    count = 0
    which = f"SELECT id, version FROM {table} ORDER BY id, version"
    if table == SEAL:
        which = "SELECT hex(target), hex(key) FROM attest WHERE what = 'seal' ORDER BY target, key"
    for id_, version in con.execute(which):
        said.update(f"{id_}\0{version}\n".encode())
        count += 1
    return count, said.hexdigest()


def wants(con: Connection) -> list[str]:
    """The entries whose words are missing here though nobody erased them."""
    row = con.execute("SELECT value FROM about WHERE key = ?", (WANTS,)).fetchone()
    return list(map(str, json.loads(row["value"]))) if row else []


def keep_wants(con: Connection, ids: list[str]) -> None:
    """Remember them, within a transaction."""
    if ids:
        con.execute(
            "INSERT INTO about (key, value) VALUES (?1, ?2)"
            " ON CONFLICT (key) DO UPDATE SET value = ?2",
            (WANTS, json.dumps(sorted(ids))),
        )
    else:
        con.execute("DELETE FROM about WHERE key = ?", (WANTS,))


def forks(con: Connection, chains: Collection[str] | None = None) -> int:
    """In how many places two entries have one number of one chain; of these chains, or of all."""
    only = "" if chains is None else f"WHERE chain IN ({', '.join('?' * len(chains))})"
    keys = []
    for chain in chains or ():
        row = con.execute("SELECT k FROM chain WHERE id = ?", (bytes.fromhex(chain),)).fetchone()
        keys.append(row["k"] if row else 0)
    (found,) = con.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM entry {only}"
        " GROUP BY chain, seq HAVING count(*) > 1)",
        keys,
    ).fetchone()
    return int(found)


def held_of(con: Connection, ids: list[bytes]) -> dict[bytes, Row]:
    """Those of these entries that are held: number, place in the chain, whether with words."""
    found: dict[bytes, Row] = {}
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        rows = con.execute(
            "SELECT entry.id, entry.lsn, entry.chain, entry.seq, entry.lamport, entry.author,"
            " payload.lsn IS NOT NULL AS worded FROM entry"
            " LEFT JOIN payload ON payload.lsn = entry.lsn"
            f" WHERE entry.id IN ({', '.join('?' * len(some))})",
            some,
        ).fetchall()
        found.update({row["id"]: row for row in rows})
    return found
