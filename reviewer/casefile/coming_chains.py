"""Checking that entries from elsewhere follow one another, chain by chain, and are signed.

What must hold before an entry counts: it follows the entry that it names, by number and in the
same chain, under the same author; the chain's first entry was made for this case; and on a
chain that names a device, the device has signed the newest entry of each branch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewer.casefile import holding, ledger
from reviewer.casefile.engine import Connection
from reviewer.model.bundles import BundleError, Head
from reviewer.model.entry import Entry, Kind
from reviewer.model.signing import DEVICE, KEY_BYTES, is_signed

LEAP = 1_000_000
"""No counter runs ahead of all others by more: one at its end would end all writing."""


@dataclass(frozen=True, slots=True)
class _Place:
    seq: int
    lamport: int
    here: bool


@dataclass(slots=True)
class _Chain:
    """A chain as far as it was read: `tips` are the entries that none has followed yet."""

    author: str
    device: bytes | None
    tips: dict[str, _Place] = field(default_factory=dict)
    passed: dict[str, _Place] = field(default_factory=dict)
    new: int = 0


class Chains:
    """The chains of a bundle, entry by entry, beside those that this file holds."""

    def __init__(self, con: Connection, case: str, theirs: Mapping[str, tuple[Head, ...]]) -> None:
        self._con = con
        self._case = case
        self._theirs = theirs
        self._chains: dict[str, _Chain] = {}
        row = con.execute("SELECT coalesce(max(lamport), 0) FROM entry").fetchone()
        self._lamport = int(row[0])
        self.new: dict[str, int] = {}
        """How many entries are new, by their author."""

    def take(self, entry: Entry, *, here: bool) -> None:
        """Check the next entry.

        Raises:
            BundleError: it does not stand where it says, or not under its author.
        """
        chain = self._chains.get(entry.chain)
        if chain is None:
            chain = self._chains[entry.chain] = self._begun(entry)
        place = _Place(entry.seq, entry.lamport, here)
        if not here:
            self._follows(chain, entry)
            chain.new += 1
            self.new[entry.author] = self.new.get(entry.author, 0) + 1
        before = chain.tips.pop(entry.previous or "", None)
        # Where a chain forks, one that was followed is followed once more.
        if before is not None and len(self._theirs.get(entry.chain, ())) > 1:
            chain.passed[entry.previous or ""] = before
        chain.tips[entry.id] = place

    def _begun(self, entry: Entry) -> _Chain:
        row = self._con.execute(
            f"SELECT {ledger.ENTRY} FROM entry LEFT JOIN payload ON payload.lsn = entry.lsn"
            " WHERE entry.chain = (SELECT k FROM chain WHERE id = ?)"
            " ORDER BY entry.seq, entry.lsn LIMIT 1",
            (bytes.fromhex(entry.chain),),
        ).fetchone()
        first = ledger.entry_of(row) if row is not None else entry
        if row is None and (entry.seq != 1 or not entry.kind.startswith(Kind.ENROL)):
            raise BundleError(
                f"what comes before entry {entry.id[:12]} is missing: there is an earlier bundle;"
                " merge that first, or ask for a whole one"
            )
        if first.data.get("case", self._case) != self._case:
            raise BundleError(f"entry {first.id[:12]} was written for another case")
        return _Chain(first.author, _device(first))

    def _follows(self, chain: _Chain, entry: Entry) -> None:
        if entry.author != chain.author:
            raise BundleError(f"entry {entry.id[:12]} stands in another reader's chain")
        if entry.lamport > self._lamport + LEAP:
            raise BundleError(f"the counter of entry {entry.id[:12]} leaps ahead")
        self._lamport = max(self._lamport, entry.lamport)
        if entry.seq == 1:
            held = self._place_here(entry)
            if entry.previous is not None or chain.tips or held:
                raise BundleError(f"entry {entry.id[:12]} begins a chain that has a beginning")
            return
        before = self._place_of(chain, entry)
        if before is None or before.seq != entry.seq - 1 or before.lamport >= entry.lamport:
            raise BundleError(f"entry {entry.id[:12]} does not follow the one that it names")

    def _place_here(self, entry: Entry) -> bool:
        row = self._con.execute(
            "SELECT 1 FROM entry WHERE chain = (SELECT k FROM chain WHERE id = ?) LIMIT 1",
            (bytes.fromhex(entry.chain),),
        ).fetchone()
        return row is not None

    def _place_of(self, chain: _Chain, entry: Entry) -> _Place | None:
        """Where the entry before one stands: in the bundle, or here in the same chain."""
        previous = entry.previous or ""
        known = chain.tips.get(previous) or chain.passed.get(previous)
        if known is not None or not previous:
            return known
        for row in holding.held_of(self._con, [bytes.fromhex(previous)]).values():
            (id_,) = self._con.execute(
                "SELECT id FROM chain WHERE k = ?", (row["chain"],)
            ).fetchone()
            if id_.hex() == entry.chain:
                return _Place(row["seq"], row["lamport"], here=True)
        return None

    def signatures(self) -> dict[str, tuple[bytes, bytes]]:
        """The key and the signature over the newest entry of each branch, by its id.

        Raises:
            BundleError: one is missing, or does not hold.
        """
        found = {}
        for id_, chain in self._chains.items():
            said = {head.id: head.signature for head in self._theirs.get(id_, ())}
            for tip, place in chain.tips.items():
                if place.here or chain.device is None:
                    continue
                signature = _bytes(said.get(tip, ""))
                if not is_signed(chain.device, DEVICE, tip, signature):
                    raise BundleError(
                        f"entry {tip[:12]} is not signed by the device that began its chain"
                    )
                found[tip] = (chain.device, signature)
        return found

    def unsigned(self) -> int:
        """How many of the new entries no device speaks for."""
        return sum(chain.new for chain in self._chains.values() if chain.device is None)


def _device(enrol: Entry) -> bytes | None:
    named = enrol.data.get("device")
    if named is None:
        return None
    key = _bytes(str(named))
    if len(key) != KEY_BYTES:
        raise BundleError(f"entry {enrol.id[:12]} names a device without a key")
    return key


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise BundleError("a key or signature in it is none") from error
