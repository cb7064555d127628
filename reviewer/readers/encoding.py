"""Which encoding a file is in, and its text decoded a piece at a time.

A byte order mark decides; then UTF-8 if every byte of the file agrees; then a guess, which is
said. Nothing that was decoded with doubt passes for certain.
"""

import codecs
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.model.errors import UsageError
from reviewer.readers.encoding_guess import guessed

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
NAMES = {"gb18030": "gb18030 (GB2312 is a part of it)"}
SAMPLE = 256 * 1024
MOSTLY = 0.9
"""From this share of good UTF-8 sequences on, the rest is taken for damage."""
NO_TEXT = frozenset(
    ["idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs"]
)
"""What Python calls encodings of text too, and no file of evidence is in."""
LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding that was taken. `doubt` says why it may be wrong, or nothing."""

    name: str
    mark: int = 0
    doubt: str = ""

    @property
    def said(self) -> str:
        """For a person: `utf-8`, or `cp1251 by guess`."""
        return NAMES.get(self.name, self.name) + (f" ({self.doubt})" if self.doubt else "")


def named(name: str) -> Encoding:
    """The encoding that a person asked for.

    Raises:
        UsageError: Python knows no text encoding of this name.
    """
    try:
        known = codecs.lookup(name)
        if known.name.replace("_", "-") in NO_TEXT:
            raise LookupError(name)
        "x".encode(known.name)
    except (LookupError, ValueError) as error:
        raise UsageError(
            f"There is no encoding '{name}'; write for example utf-8, cp1251, koi8-r, utf-16."
        ) from error
    return Encoding(known.name)


def marked(head: bytes) -> Encoding | None:
    """The encoding that a byte order mark at the beginning of a file says, if it has one."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark))
    return None


def unmarked_wide(head: bytes) -> Encoding | None:
    """UTF-16 or 32 without a mark, known by where its zero bytes stand.

    In every script line ends and blanks are ASCII, and so have a zero byte each.
    """
    sample = head[:LOOKED_AT]
    if len(sample) < 4 or 0 not in sample or _mostly_ascii(sample):
        return None
    for name in WIDE:
        if _zeros_fit(sample, name) and _is_text(sample, name):
            return Encoding(name, 0, "it has no byte order mark; so its zero bytes stand")
    return None


def _mostly_ascii(sample: bytes) -> bool:
    return sum(32 <= byte < 127 or byte in b"\t\n\r" for byte in sample) > 0.75 * len(sample)


def _zeros_fit(sample: bytes, name: str) -> bool:
    """Whether zero bytes stand where the high bytes of this encoding do."""
    if name.startswith("utf-32"):
        first, second = (3, 2) if name.endswith("le") else (0, 1)
        planes = sample[second::4]
        return not any(sample[first::4]) and len(planes) > 1 and planes.count(0) > 0.9 * len(planes)
    little = name.endswith("le")
    high, low = (sample[1::2], sample[::2]) if little else (sample[::2], sample[1::2])
    beside = [other for byte, other in zip(high, low, strict=False) if not byte]
    printed = sum(32 <= other < 127 or other in b"\t\n\r" for other in beside)
    return len(beside) > 1 and printed > 0.9 * len(beside) and high.count(0) > 2 * low.count(0)


def _is_text(sample: bytes, name: str) -> bool:
    """Whether a text in this encoding holds neither controls nor what is no character."""
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(sample)
    except UnicodeDecodeError:
        return False
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\n\r\f" for c in text)
    return odd <= len(text) // 100


class Utf8Count:
    """Counts good and bad UTF-8 sequences of a file, fed piece by piece."""

    def __init__(self) -> None:
        self.bad = 0
        self.good = 0
        self._strict = codecs.getincrementaldecoder("utf-8")("strict")
        self._after: codecs.IncrementalDecoder | None = None

    def feed(self, piece: bytes, *, final: bool = False) -> None:
        """Take the next piece."""
        if self._after is None:
            try:
                self._strict.decode(piece, final)
            except UnicodeDecodeError:
                self._after = codecs.getincrementaldecoder("utf-8")("replace")
                piece = self._strict.getstate()[0] + piece
            else:
                self.good += 0 if piece.isascii() else 1
                return
        text = self._after.decode(piece, final)
        bad = text.count("\ufffd")
        self.bad += bad
        self.good += len(text) - len(text.encode("ascii", "ignore")) - bad


def chosen(head: bytes, sample: bytes, count: Utf8Count, language: str = "") -> Encoding:
    """The encoding of a file that has no mark and is not marked as wide.

    Args:
        head: how it begins.
        sample: lines of it that are not ASCII.
        count: its UTF-8 sequences, all of them.
        language: the tag of its language, where a person said it.
    """
    if not count.bad:
        return Encoding("utf-8")
    damaged = Encoding("utf-8", 0, not_in("utf-8", count.bad))
    if count.good and count.good >= MOSTLY * (count.good + count.bad):
        return damaged
    name = guessed(sample or head, language)
    if name:
        return Encoding(name, 0, "by guess")
    # What makes sense in none of them, and has UTF-8 in it, is UTF-8 that was damaged.
    return damaged if count.good else Encoding("cp1252", 0, "by guess; it fits none that is known")


def not_in(name: str, places: int) -> str:
    """What is doubtful about a text that is not in its encoding in so many places."""
    said = "1 place" if places == 1 else f"{places} places"
    return f"{said} not {name.upper() if name.startswith('utf') else name}, shown as \ufffd"


def wrong_places(pieces: Iterable[bytes], encoding: Encoding) -> int:
    """In how many places a file is not in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding.name)
    shown, held = decoder("replace"), decoder("ignore")
    count, skip = 0, encoding.mark
    for piece in pieces:
        piece, skip = piece[skip:], max(0, skip - len(piece))
        count += len(shown.decode(piece)) - len(held.decode(piece))
    return count + len(shown.decode(b"", final=True)) - len(held.decode(b"", final=True))


def decoded(pieces: Iterable[bytes], encoding: Encoding) -> Iterator[str]:
    """The text of a file piece by piece; what is not in the encoding becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    skip = encoding.mark
    for piece in pieces:
        if skip:
            piece, skip = piece[skip:], max(0, skip - len(piece))
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
