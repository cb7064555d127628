"""Who wrote in a case, from which devices, and what of it is sealed."""

from dataclasses import dataclass

from reviewer import ssh
from reviewer.casefile import chains
from reviewer.casefile.chains import ChainFacts
from reviewer.model.naming import shown_name
from reviewer.model.signing import NAMESPACES, SEAL, blob_of, fingerprint, message_of
from reviewer.service.looking import Looking

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Written:
    """What one reader wrote on one device, in one copy of the file.

    Attributes:
        reader: the name, or the beginning of the author's id where it was erased.
        device: the public key of the device in hex, or nothing in an older chain.
        entries: how many.
        at: when the newest was written, by the clock of its writer.
        sealed: up to which entry a seal by the reader's own key holds, or 0.
        key: the SSH key of that seal, as ssh-keygen names it.
        doubt: why a seal that stands there is not counted.
    """

    reader: str
    device: str
    entries: int
    at: int
    sealed: int
    key: str
    doubt: str

    @property
    def words(self) -> str:
        """How it stands with the seal, in words."""
        if self.doubt:
            return f"NOT SEALED: {self.doubt}"
        if not self.sealed:
            return "not sealed"
        whole = self.sealed == self.entries
        upto = "sealed" if whole else f"sealed up to entry {self.sealed} of {self.entries}"
        return f"{upto} with {self.key}"


def written(session: Looking) -> list[Written]:
    """What each reader wrote on each device, in the order in which it came into this file."""
    with session.case.read() as con:
        held = chains.chains(con)
        keys = {one.author: chains.enrolled_keys(con, bytes.fromhex(one.author)) for one in held}
    return [_told(one, keys[one.author]) for one in held]


def _told(chain: ChainFacts, lines: list[str]) -> Written:
    doubt = _doubt(chain, lines) if chain.sealed else ""
    counts = chain.sealed and not doubt
    return Written(
        reader=shown_name(bytes.fromhex(chain.author), chain.name),
        device=chain.device,
        entries=chain.entries,
        at=chain.at,
        sealed=chain.sealed if counts else 0,
        key=fingerprint(bytes.fromhex(chain.seal_key)) if counts else "",
        doubt=doubt,
    )


def _doubt(chain: ChainFacts, lines: list[str]) -> str:
    """Why the newest seal of a chain does not count."""
    blob = bytes.fromhex(chain.seal_key)
    if blob not in map(blob_of, lines):
        return "its seal is by a key that the reader has not enrolled"
    try:
        if not ssh.is_sound(chain.seal, NAMESPACES[SEAL], message_of(chain.sealed_id)):
            return "its seal does not hold"
    except ssh.SshError as error:
        return f"its seal could not be checked: {error}"
    return ""
