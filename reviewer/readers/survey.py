"""One look through all bytes of a file before anything is taken from it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.readers import encoding as encodings
from reviewer.readers.encoding import Utf8Count


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a file's bytes.

    Attributes:
        sha256: of all of them, in hex.
        utf8: how much of them is UTF-8.
        sample: lines of it that are not ASCII.
        longest_line: in bytes.
        lines: how many line ends, at most.
        blank: whether nothing but blanks and line ends is in it.
    """

    sha256: str
    utf8: Utf8Count
    sample: bytes
    longest_line: int
    lines: int
    blank: bool


def survey(pieces: Iterable[bytes]) -> Survey:
    """Look through a file, piece by piece."""
    digest, utf8, sample = hashlib.sha256(), Utf8Count(), b""
    line, longest, lines, blank = 0, 0, 0, True
    for piece in pieces:
        digest.update(piece)
        utf8.feed(piece)
        blank = blank and not piece.strip()
        lines += max(piece.count(b"\n"), piece.count(b"\r"))
        if not piece.isascii() and len(sample) < encodings.SAMPLE:
            odd = b"\n".join(one for one in piece.splitlines() if not one.isascii())
            sample += odd[: encodings.SAMPLE]
        first, last = _first_end(piece), _last_end(piece)
        if first < 0:
            line += len(piece)
        else:
            inner = max(map(len, piece[first : last + 1].splitlines()), default=0)
            longest = max(longest, line + first, inner)
            line = len(piece) - last - 1
    utf8.feed(b"", final=True)
    return Survey(digest.hexdigest(), utf8, sample, max(longest, line), lines, blank)


def _first_end(piece: bytes) -> int:
    ends = [at for at in (piece.find(b"\n"), piece.find(b"\r")) if at >= 0]
    return min(ends, default=-1)


def _last_end(piece: bytes) -> int:
    return max(piece.rfind(b"\n"), piece.rfind(b"\r"))
