"""Checking a seal: an armored signature by a reader's SSH key over an entry (PROTOCOL.sshsig).

Without `ssh-keygen`, so that every seal of a bundle can be checked before it counts.
"""

import base64
import hashlib

from reviewer.model.signing import BEGIN, END, MAGIC, NAMESPACES, SEAL, message_of

HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}


def holds(key: bytes, entry_id: str, armored: str) -> bool:
    """Whether a seal over an entry is one by this key (its SSH blob).

    Keys of all kinds that OpenSSH makes, but for DSA; of those held by hardware (`sk-`), only
    Ed25519.
    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        lines = armored.strip().splitlines()
        if (lines[0], lines[-1]) != (BEGIN, END):
            return False
        blob = base64.b64decode("".join(lines[1:-1]), validate=True)
        version = len(MAGIC) + 4
        named, namespace, reserved, hash_, signature = _parts(blob[version:], 5)
        said = namespace.decode()
        if (named, said) != (key, NAMESPACES[SEAL]) or not blob.startswith(MAGIC):
            return False
        digest = HASHES[hash_](message_of(entry_id)).digest()
        message = MAGIC + b"".join(map(_string, (namespace, reserved, hash_, digest)))
        _check(key, message, signature)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, LookupError, TypeError):
        return False
    return True


def _check(key: bytes, message: bytes, signature: bytes) -> None:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
    from cryptography.hazmat.primitives.serialization import load_ssh_public_key

    (kind,) = _parts(key, 1)
    algorithm, value = _parts(signature, 2)
    if kind == b"sk-ssh-ed25519@openssh.com":
        # PROTOCOL.u2f: the key signs the application's and the message's hash with its counter.
        _, public, application = _parts(key, 3)
        rest = signature[len(_string(algorithm)) + len(_string(value)) :]
        message = hashlib.sha256(application).digest() + rest + hashlib.sha256(message).digest()
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(value, message)
        return
    loaded = load_ssh_public_key(kind + b" " + base64.b64encode(key))
    if isinstance(loaded, ed25519.Ed25519PublicKey):
        loaded.verify(value, message)
    elif isinstance(loaded, rsa.RSAPublicKey):
        used = {b"rsa-sha2-256": hashes.SHA256(), b"rsa-sha2-512": hashes.SHA512()}[algorithm]
        loaded.verify(value, message, padding.PKCS1v15(), used)
    elif isinstance(loaded, ec.EllipticCurvePublicKey):
        r, s = (int.from_bytes(part, "big") for part in _parts(value, 2))
        sizes = {256: hashes.SHA256(), 384: hashes.SHA384(), 521: hashes.SHA512()}
        der = utils.encode_dss_signature(r, s)
        loaded.verify(der, message, ec.ECDSA(sizes[loaded.curve.key_size]))
    else:
        raise TypeError("a key of a kind that is not known")


def _string(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def _parts(blob: bytes, count: int) -> list[bytes]:
    parts = []
    at = 0
    for _ in range(count):
        size = int.from_bytes(blob[at : at + 4], "big")
        part = blob[at + 4 : at + 4 + size]
        if len(part) != size:
            raise ValueError("it ends too early")
        parts.append(part)
        at += 4 + size
    return parts
