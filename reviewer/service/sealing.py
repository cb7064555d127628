"""Seals: a reader's own SSH key put behind all that his chains hold so far.

A device's key shows which account on which machine wrote an entry. That it was this person, a
seal shows: at the end of a sitting, before a bundle and before an export. Without a key the
work goes on, and is shown as unsealed.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from reviewer import ssh
from reviewer.casefile import acts, chains
from reviewer.casefile.chains import ChainFacts
from reviewer.model.entry import Draft, Entry, Kind
from reviewer.model.errors import ReviewerError, UsageError
from reviewer.model.naming import author_of
from reviewer.model.signing import (
    NAMESPACES,
    SEAL,
    blob_of,
    fingerprint,
    message_of,
    public_line,
    read_armored,
)
from reviewer.service.config import state_dir
from reviewer.service.identity import keep_reader_name
from reviewer.service.places import replace_file
from reviewer.service.session import Session

NAMESPACE = NAMESPACES[SEAL]
TRIAL = message_of("a trial, to see whether the key can be used")


@dataclass(frozen=True, slots=True)
class Sealing:
    """What came of an attempt to seal: entries newly sealed, by which key, or why not."""

    entries: int = 0
    key: str = ""
    why_not: str = ""

    @property
    def sentence(self) -> str:
        """What to tell the reader; nothing where there was nothing to do."""
        if self.why_not:
            return f"Not sealed: {self.why_not}."
        count = f"{self.entries} {'entry' if self.entries == 1 else 'entries'}"
        return f"Sealed {count} with your key {self.key}." if self.entries else ""


def own_chains(session: Session) -> list[ChainFacts]:
    """The chains that this reader writes on this device."""
    author, device = author_of(session.reader).hex(), session.case.device
    with session.case.read() as con:
        held = chains.chains(con)
    ours = device.public.hex() if device is not None else ""
    return [chain for chain in held if (chain.author, chain.device) == (author, ours)]


def bound_keys(session: Session) -> list[str]:
    """The SSH keys that this reader has bound to the name, as public lines."""
    with session.case.read() as con:
        return chains.enrolled_keys(con, author_of(session.reader))


def seal(session: Session) -> Sealing:
    """Seal what this reader has written on this device and not sealed yet.

    Nothing is done for a reader who has bound no key to the name (`enrol`).
    """
    if session.readonly or session.case.device is None:
        return Sealing()
    lines = bound_keys(session)
    if not lines:
        return Sealing()
    open_ = [chain for chain in own_chains(session) if chain.sealed < chain.entries]
    if not open_:
        return Sealing()
    try:
        blob, seals = _seals(lines, [chain.head for chain in open_])
        with session.case.write() as con:
            chains.keep_seals(con, ((id_, blob, sig) for id_, sig in seals.items()))
    except (ssh.SshError, ReviewerError) as error:
        return Sealing(why_not=str(error))
    return Sealing(sum(c.entries - c.sealed for c in open_), fingerprint(blob))


def enrol(session: Session, key: Path | None = None) -> tuple[Entry, Sealing]:
    """Bind this reader's name to an SSH key, and seal with it what he has written here.

    Args:
        session: the reader's.
        key: the key's file, or its public half where an agent holds the other; None takes
            the one that git signs with, or the first of the usual ones that can be used.

    Returns:
        The entry that binds the key, and what was sealed.

    Raises:
        UsageError: no key can be used without asking for its words; nothing was recorded.
    """
    path, blob = _chosen(key)
    _keep_path(blob, path)
    keep_reader_name(session.reader)
    draft = Draft(Kind.ENROL, data={"key": public_line(blob)}, words={"name": session.reader})
    entry = acts.record(session.case, session.reader, draft, clock=session.clock)
    return entry, seal(session)


def _chosen(key: Path | None) -> tuple[Path, bytes]:
    reasons = []
    for path in [key] if key is not None else ssh.usual_keys():
        try:
            return path, read_armored(ssh.sign(path, NAMESPACE, TRIAL)).key
        except (ssh.SshError, ValueError) as error:
            reasons.append(f"{path}: {error}")
    said = "; ".join(reasons) or "there is none in ~/.ssh; make one with: ssh-keygen -t ed25519"
    raise UsageError(f"No SSH key can be used to seal ({said}). Nothing was recorded.")


def _seals(lines: list[str], ids: list[str]) -> tuple[bytes, dict[str, str]]:
    """Seals over entries by a key that this reader has bound to the name, the newest first.

    Raises:
        SshError: none of them signs here.
    """
    reason = "the key that you enrolled is not on this machine"
    for blob in map(blob_of, reversed(lines)):
        for path in _paths(blob):
            try:
                seals = {id_: ssh.sign(path, NAMESPACE, message_of(id_)) for id_ in ids}
                if all(read_armored(sig).key == blob for sig in seals.values()):
                    return blob, seals
            except ssh.SshError as error:
                reason = str(error)
    raise ssh.SshError(reason)


def _paths(blob: bytes) -> list[Path]:
    """Where a key may lie: where it lay when it was enrolled, or else with an agent."""
    known = [Path(_kept_paths().get(fingerprint(blob), "")), *ssh.usual_keys()]
    public = state_dir() / "seal.pub"
    replace_file(public, public_line(blob) + "\n")
    return [*(path for path in dict.fromkeys(known) if path.is_file()), public]


def _kept_paths() -> dict[str, str]:
    try:
        raw = json.loads(_kept().read_text(encoding="utf-8"))
        return {str(key): str(path) for key, path in raw.items()}
    except (OSError, ValueError, AttributeError):
        # Where the key lay is a convenience: it is looked for in the usual places too.
        return {}


def _keep_path(blob: bytes, path: Path) -> None:
    kept = _kept_paths() | {fingerprint(blob): str(path.resolve())}
    replace_file(_kept(), json.dumps(kept, indent=1))


def _kept() -> Path:
    return state_dir() / "seal-keys.json"
