"""Signatures over entries: a device's own key, and the SSH keys that people already have.

Both sign an entry's id in hex and a line's end, in the form of OpenSSH's PROTOCOL.sshsig, so
that anybody can check either with `ssh-keygen -Y verify`. A signature over an entry speaks for
all before it in its chain, since each names the one before it.
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Protocol

DEVICE = "device"
SEAL = "seal"
NAMESPACES = {DEVICE: "reviewer-device", SEAL: "reviewer-seal"}
KEY_TYPE = b"ssh-ed25519"
KEY_BYTES = 32
BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
MAGIC = b"SSHSIG"
LINE = 70


class Device(Protocol):
    """What signs for the machine and account that an entry is written on."""

    @property
    def is_made(self) -> bool:
        """Whether there is a key already; asking for it makes one."""

    @property
    def public(self) -> bytes:
        """The public key: 32 bytes, Ed25519 (RFC 8032)."""

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of a signature."""

    def newest(self, case: str) -> dict[str, tuple[int, str]]:
        """The number and id of the newest entry it knows to have written, by chain."""

    def wrote(self, case: str, chain: str, seq: int, id_: str) -> None:
        """Remember an entry that is on the disk, to notice where an older copy is put back."""


def message_of(entry_id: str) -> bytes:
    """What is signed for an entry: its id in hex and a line's end."""
    return f"{entry_id}\n".encode("ascii")


def to_sign(what: str, entry_id: str) -> bytes:
    """The bytes that the key itself signs (PROTOCOL.sshsig, "Blob format")."""
    digest = hashlib.sha512(message_of(entry_id)).digest()
    return MAGIC + _strings(NAMESPACES[what].encode(), b"", b"sha512", digest)


def public_blob(public: bytes) -> bytes:
    """An Ed25519 public key as SSH writes it (RFC 8709, section 4)."""
    return _strings(KEY_TYPE, public)


def public_line(blob: bytes) -> str:
    """A public key as a line of `authorized_keys` or `allowed_signers` has it."""
    kind = _parts(blob, 1)[0].decode("ascii", "replace")
    return f"{kind} {base64.b64encode(blob).decode('ascii')}"


def blob_of(line: str) -> bytes:
    """The key in a line such as `ssh-ed25519 AAAA... comment`.

    Raises:
        ValueError: there is none in it.
    """
    kind, _, rest = line.strip().partition(" ")
    blob = _decoded(rest.partition(" ")[0])
    if _parts(blob, 1)[0] != kind.encode("utf-8", "replace"):
        raise ValueError("not an SSH key: it is of another kind than it says")
    return blob


def fingerprint(blob: bytes) -> str:
    """A key as `ssh-keygen -l` names it: SHA256:..."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def armored(public: bytes, signature: bytes, what: str) -> str:
    """A device's signature as a file that `ssh-keygen -Y verify` reads."""
    blob = (
        MAGIC
        + (1).to_bytes(4, "big")
        + _strings(
            public_blob(public),
            NAMESPACES[what].encode(),
            b"",
            b"sha512",
            _strings(KEY_TYPE, signature),
        )
    )
    text = base64.b64encode(blob).decode("ascii")
    lines = [text[at : at + LINE] for at in range(0, len(text), LINE)]
    return "\n".join([BEGIN, *lines, END, ""])


@dataclass(frozen=True, slots=True)
class Signed:
    """What an armored signature says of itself; nothing of it is proven by reading it."""

    key: bytes
    namespace: str


def read_armored(text: str) -> Signed:
    """The key and the namespace that stand in an armored signature.

    Raises:
        ValueError: it is none.
    """
    lines = text.strip().splitlines()
    if len(lines) < 3 or (lines[0], lines[-1]) != (BEGIN, END):
        raise ValueError("not an SSH signature")
    blob = _decoded("".join(lines[1:-1]))
    version = len(MAGIC) + 4
    if not blob.startswith(MAGIC) or len(blob) < version:
        raise ValueError("not an SSH signature")
    key, namespace = _parts(blob[version:], 2)
    return Signed(key, namespace.decode("utf-8", "replace"))


def is_signed(public: bytes, what: str, entry_id: str, signature: bytes) -> bool:
    """Whether a device's key has signed an entry."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, to_sign(what, entry_id))
    except (InvalidSignature, ValueError):
        return False
    return True


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ValueError("not an SSH key or signature: it is no base64") from error


def _strings(*parts: bytes) -> bytes:
    """Strings as SSH writes them: each with its length before it (RFC 4251, section 5)."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _parts(blob: bytes, count: int) -> list[bytes]:
    """The first so many strings of a blob."""
    parts = []
    at = 0
    for _ in range(count):
        size = int.from_bytes(blob[at : at + 4], "big")
        at += 4 + size
        if size > len(blob) or at > len(blob):
            raise ValueError("not an SSH key or signature: it ends too early")
        parts.append(blob[at - size : at])
    return parts
