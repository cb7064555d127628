"""Checking who vouches for a device: the seals of readers' own SSH keys."""

from collections.abc import Callable
from itertools import combinations

from reviewer.casefile.engine import Connection
from reviewer.casefile.verify.findings import SHORT, Bound, Chain, Finding, Found, Nature
from reviewer.casefile.verify.signatures import of_entry
from reviewer.model.errors import ReviewerError
from reviewer.model.signing import NAMESPACES, SEAL, fingerprint, message_of, read_armored

CheckSeal = Callable[[str, bytes, str], bool]
"""Whether ssh-keygen finds that an armored signature holds: armored, message, namespace."""

Sealed = tuple[int, int, bytes]
"""The key of a chain in this file, a number in it, and the SSH key that sealed up to there."""


def seals(con: Connection, found: Found, check: CheckSeal | None) -> int:
    """Check the seals, and say which chains have none.

    Args:
        con: within a snapshot.
        found: what was learned of the chains; findings go there.
        check: asks ssh-keygen; nothing where there is none, and then no seal is believed.

    Returns:
        How many seals there are.
    """
    rows = con.execute(
        "SELECT attest.key, attest.sig, entry.id, entry.chain, entry.seq FROM attest"
        " JOIN entry ON entry.id = attest.target WHERE attest.what = ? ORDER BY entry.lsn",
        (SEAL,),
    ).fetchall()
    held: list[Sealed] = []
    for n, (key, sig, id_, k, seq) in enumerate(rows, 1):
        chain = found.chains[k]
        wrong = _seal_fault(found, chain, key, sig, id_.hex(), check)
        if wrong:
            of_entry(con, found, chain, id_, wrong)
        elif check is not None:
            chain.sealed = max(chain.sealed, seq)
            held.append((k, seq, key))
        found.tick("seals", n, len(rows))
    if rows and check is None:
        raise ReviewerError(
            "There is no ssh-keygen here, and without it seals cannot be checked; install OpenSSH."
        )
    _unsealed(found)
    _strangers(found, held)
    return len(rows)


def _seal_fault(
    found: Found, chain: Chain, key: bytes, sig: bytes, id_: str, check: CheckSeal | None
) -> str:
    try:
        armored = sig.decode("ascii")
        signed = read_armored(armored)
    except ValueError:
        return "the seal over it is no SSH signature"
    if signed.key != key or signed.namespace != NAMESPACES[SEAL]:
        return "the seal over it is of another key or purpose than is said"
    if key not in {bound.key for bound in found.keys.get(chain.author, [])}:
        name = found.name(chain.author)
        return f"it is sealed by {fingerprint(key)}, which {name} has not bound to the name"
    if check is not None and not check(armored, message_of(id_), NAMESPACES[SEAL]):
        return "the seal over it does not hold"
    return ""


def _unsealed(found: Found) -> None:
    chains = [chain for chain in found.chains.values() if chain.author]
    sealed = {_device(chain) for chain in chains if chain.sealed}
    for chain in chains:
        if found.keys.get(chain.author) and _device(chain) not in sealed:
            found.add(_in_a_name(chain, found))
        elif chain.sealed < chain.seq:
            found.add(Finding(Nature.UNSEALED, "signature", _up_to(chain, found), k=chain.k))


def _device(chain: Chain) -> tuple[str, str]:
    return (chain.author, chain.device or chain.id)


def _in_a_name(chain: Chain, found: Found) -> Finding:
    name = found.name(chain.author)
    device = f"device {chain.device[:SHORT]}" if chain.device else "a device that is not known"
    return Finding(
        Nature.NAME,
        "signature",
        f"{chain.seq} entries are in {name}'s name by {device}, which {name} has not sealed: if it"
        f" is {name}'s, seal there; if not, somebody else wrote them",
        k=chain.k,
        seq=1,
    )


def _up_to(chain: Chain, found: Found) -> str:
    name = found.name(chain.author)
    if not chain.sealed:
        return f"{name}'s chain {chain.id[:SHORT]} is unsealed: {chain.seq} entries"
    rest = chain.seq - chain.sealed
    return f"{name}'s chain {chain.id[:SHORT]} is sealed up to number {chain.sealed}; {rest} after"


def _strangers(found: Found, held: list[Sealed]) -> None:
    """Find names under which several keys seal that do not know of each other.

    Anybody can bind a key of his own to another's name, in a chain of his own, and seal that
    chain with it. What he cannot do is have it sealed by the other's key. So two keys of a name
    must have sealed the same chain, or each a chain in which the other is bound.
    """
    for author, bound in sorted(found.keys.items()):
        sealed = [one for one in held if found.chains[one[0]].author == author]
        apart = [{key} for key in sorted({key for _, _, key in sealed})]
        for one, other in combinations(sorted({key for _, _, key in sealed}), 2):
            if _know_each_other(one, other, sealed, bound):
                apart = _joined(apart, one, other)
        if len(apart) > 1:
            keys = ", ".join(fingerprint(min(group)) for group in apart)
            name = found.name(author)
            said = (
                f"{name}'s name is bound to keys that do not know of each other ({keys}): if all"
                f" are {name}'s, enrol each where the others are in use and seal there; if not,"
                " somebody else wrote under it"
            )
            found.add(Finding(Nature.NAME, "signature", said))


def _know_each_other(one: bytes, other: bytes, sealed: list[Sealed], bound: list[Bound]) -> bool:
    chains = ({k for k, _, key in sealed if key == which} for which in (one, other))
    return bool(set.intersection(*chains)) or (
        _vouches(one, other, sealed, bound) and _vouches(other, one, sealed, bound)
    )


def _vouches(one: bytes, other: bytes, sealed: list[Sealed], bound: list[Bound]) -> bool:
    """Whether a key has sealed that another one is bound to the same name."""
    return any(
        k == of.k and seq >= of.seq and key == one and of.key == other
        for k, seq, key in sealed
        for of in bound
    )


def _joined(groups: list[set[bytes]], one: bytes, other: bytes) -> list[set[bytes]]:
    with_them = [group for group in groups if group & {one, other}]
    return [group for group in groups if group not in with_them] + [set().union(*with_them)]
