"""Checking what devices signed.

A signature over an entry speaks for all before it in its chain. So the newest of each chain is
always checked, and all others where there are not too many of them.
"""

from dataclasses import dataclass

from reviewer.casefile import ledger
from reviewer.casefile.engine import Connection, DamagedError
from reviewer.casefile.verify.findings import SHORT, Chain, Finding, Found, Nature
from reviewer.model.entry import Entry
from reviewer.model.signing import (
    DEVICE,
    SEAL,
    is_signed,
)

MOST_CHECKED = 20_000
"""So many signatures are all checked; of more than that the newest of each chain."""
EVERY = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """How many signatures of devices there are, and how many of them were checked."""

    held: int
    checked: int


def devices(con: Connection, found: Found, *, every: bool = False) -> Checked:
    """Check the signatures of devices.

    Args:
        con: within a snapshot.
        found: what was learned of the chains; findings go there.
        every: check each of them, however many there are.
    """
    (held,) = con.execute("SELECT count(*) FROM attest WHERE what = ?", (DEVICE,)).fetchone()
    _of_nothing(con, found)
    checked = 0
    if every or held <= MOST_CHECKED:
        checked = _all(con, found, held)
    for chain in found.chains.values():
        if not chain.device:
            found.add(_unsigned(chain, found))
            continue
        newest = _cover(con, chain, found)
        if not (every or held <= MOST_CHECKED) and newest:
            checked += 1
            found.tick("signatures", checked, len(found.chains))
            _check(con, found, chain, newest)
    return Checked(held, checked)


def _of_nothing(con: Connection, found: Found) -> None:
    rows = con.execute(
        "SELECT lower(hex(target)), what FROM attest"
        " WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.id = attest.target)"
    )
    for target, what in rows:
        which = "a seal" if what == SEAL else "a signature"
        found.broken(
            "signature",
            f"entry {target[:SHORT]} is missing, and {which} of it is here: somebody took it out",
            entry=target,
        )


def _all(con: Connection, found: Found, held: int) -> int:
    rows = con.execute(
        "SELECT entry.chain, entry.id FROM attest JOIN entry ON entry.id = attest.target"
        " WHERE attest.what = ? GROUP BY entry.id ORDER BY entry.chain, entry.seq",
        (DEVICE,),
    )
    done = 0
    for k, id_ in rows:
        done += 1
        _check(con, found, found.chains[k], id_)
        if done % EVERY == 0:
            found.tick("signatures", done, held)
    return done


def _check(con: Connection, found: Found, chain: Chain, id_: bytes) -> None:
    """Check every signature of a device over one entry."""
    rows = con.execute(
        "SELECT key, sig FROM attest WHERE target = ? AND what = ?", (id_, DEVICE)
    ).fetchall()
    for key, sig in rows:
        if key.hex() != chain.device:
            said = "it is signed by another device than its chain's"
        elif not is_signed(key, DEVICE, id_.hex(), sig):
            said = "the signature over it does not hold"
        else:
            continue
        of_entry(con, found, chain, id_, said)


def of_entry(con: Connection, found: Found, chain: Chain, id_: bytes, said: str) -> None:
    """Say something about an entry, in as many words as can still be read of it."""
    entry = _entry(con, id_)
    if entry is not None:
        found.of_entry(entry, chain.k, said, part="signature")
    else:
        found.broken("signature", f"entry {id_.hex()[:SHORT]}: {said}", entry=id_.hex())


def _entry(con: Connection, id_: bytes) -> Entry | None:
    try:
        return ledger.by_id(con, id_.hex())
    except DamagedError:
        # What is wrong with it, the walk has said.
        return None


def _cover(con: Connection, chain: Chain, found: Found) -> bytes | None:
    """Look for entries at a chain's end that no signature covers.

    Returns:
        The newest entry that is signed.
    """
    # Below a fork the branches share their entries: the newest signature of any covers those.
    rows = con.execute(
        "SELECT id, seq, EXISTS (SELECT 1 FROM attest WHERE target = entry.id AND what = :device"
        " AND key = :key) AS signed FROM entry WHERE chain = :chain ORDER BY seq DESC",
        {"device": DEVICE, "key": bytes.fromhex(chain.device), "chain": chain.k},
    )
    newest: bytes | None = None
    bare: list[bytes] = []
    covered: set[bytes] = set()
    for id_, seq, signed in rows:
        if signed or id_ in covered:
            newest = newest or id_
            chain.signed = max(chain.signed, seq)
            covered = {*covered, _previous(con, id_)} - {id_}
        else:
            bare.append(id_)
        if newest and seq <= (chain.forked_at or seq):
            break
    if bare:
        count = len(bare)
        behind = f", nor the {count - 1} after it" if count > 1 else ""
        said = f"its device did not sign it{behind}: somebody else put it there"
        of_entry(con, found, chain, bare[-1], said)
    return newest


def _previous(con: Connection, id_: bytes) -> bytes:
    entry = _entry(con, id_)
    return bytes.fromhex(entry.previous or "") if entry else b""


def _unsigned(chain: Chain, found: Found) -> Finding:
    said = f"{found.name(chain.author)}'s chain {chain.id[:SHORT]} ({chain.seq} entries) is of a"
    return Finding(
        Nature.UNSIGNED,
        "signature",
        f"{said} reviewer before signatures: nothing shows on which device it was written",
        k=chain.k,
        seq=chain.seq,
    )
