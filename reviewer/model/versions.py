"""The number of a version of evidence: the same wherever the version is held.

Two laptops that each take in a newer text of one id make two versions of the same edition. A
number made of the edition and of the content's hash keeps them apart, and orders them alike
on every machine: after a merge both have the same current version.
"""

HASH_BYTES = 5
_BITS = HASH_BYTES * 8


def numbered(edition: int, hash_: bytes) -> int:
    """The number of a version, from its edition (1, 2, ...) and the hash of what it holds."""
    return edition << _BITS | int.from_bytes(hash_[:HASH_BYTES], "big")


def edition_of(version: int) -> int:
    """Which edition a version is: one more than the newest held where it was taken in."""
    return version >> _BITS
