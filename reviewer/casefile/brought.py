"""What one import has brought so far, in little memory: a file may have a million rows."""

Key = tuple[str, str]
"""The table that a record stands in, and its id."""

CASE: Key = ("case", "")
"""What the case says of itself."""

BUCKETS = 1 << 16
MARK = 8
"""So many bytes of a hash stand for a key, and so many for a content."""


class Brought:
    """The keys of an import, each with the first bytes of the hash of its content.

    A key is held as eight bytes of its own hash. That two of ten million share them happens
    once in a hundred thousand such imports; then the second is told as a repetition of the
    first, or refused as one that contradicts it, and nothing is lost.
    """

    def __init__(self) -> None:
        self._buckets: list[bytearray | None] = [None] * BUCKETS

    def get(self, key: Key) -> bytes | None:
        """The first bytes of what was brought under a key; None where nothing was."""
        hashed = hash(key)
        bucket = self._buckets[hashed % BUCKETS]
        at = -1 if bucket is None else _place(bucket, _mark(hashed))
        return None if bucket is None or at < 0 else bytes(bucket[at + MARK : at + 2 * MARK])

    def add(self, key: Key, content: bytes) -> None:
        """Remember a key with the hash of its content, in place of an earlier one."""
        hashed = hash(key)
        bucket = self._buckets[hashed % BUCKETS]
        if bucket is None:
            bucket = self._buckets[hashed % BUCKETS] = bytearray()
        mark, said = _mark(hashed), content[:MARK].ljust(MARK, b"\0")
        at = _place(bucket, mark)
        if at < 0:
            bucket += mark + said
        else:
            bucket[at + MARK : at + 2 * MARK] = said


def _mark(hashed: int) -> bytes:
    return hashed.to_bytes(MARK, "little", signed=True)


def _place(bucket: bytearray, mark: bytes) -> int:
    """Where a mark stands; -1 where it does not. Only every second one is that of a key."""
    at = bucket.find(mark)
    while at >= 0 and at % (2 * MARK):
        at = bucket.find(mark, at + 1)
    return at
