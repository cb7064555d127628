"""Which encoding a file is in, and its text decoded a piece at a time.

A byte order mark decides; then UTF-8 if every byte of the file agrees; then a guess, which is
said. Nothing that was decoded with doubt passes for certain.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.model.errors import UsageError

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GUESSES = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1255", "cp1256", "koi8_r", "koi8_u",
    "iso8859_2", "iso8859_5", "cp866", "gb18030", "big5", "shift_jis", "euc_kr", "euc_jp",
)  # fmt: skip
NAMES = {"gb18030": "gb18030 (GB2312 is a part of it)"}
SAMPLE = 256 * 1024
MOSTLY = 0.9
"""From this share of good UTF-8 sequences on, the rest is taken for damage."""


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
        b"".decode(known.name)
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
    """UTF-16 or 32 without a mark, known by where the zero bytes of its ASCII stand."""
    sample = head[:4096]
    if len(sample) < 4 or 0 not in sample:
        return None
    zeros = [sample[n::4].count(0) * 4 / len(sample) for n in range(4)]
    full = [share > 0.8 for share in zeros]
    for name, shape in (
        ("utf-32-le", [False, True, True, True]),
        ("utf-32-be", [True, True, True, False]),
        ("utf-16-le", [False, True, False, True]),
        ("utf-16-be", [True, False, True, False]),
    ):
        if full == shape:
            return Encoding(name, 0, "it has no byte order mark; so its zero bytes stand")
    return None


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


def chosen(head: bytes, sample: bytes, count: Utf8Count) -> Encoding:
    """The encoding of a file that has no mark and is not marked as wide.

    Args:
        head: how it begins.
        sample: lines of it that are not ASCII.
        count: its UTF-8 sequences, all of them.
    """
    if not count.bad:
        return Encoding("utf-8")
    if count.good and count.good >= MOSTLY * (count.good + count.bad):
        places = "1 place" if count.bad == 1 else f"{count.bad} places"
        return Encoding("utf-8", 0, f"{places} not UTF-8, shown as \ufffd")
    from charset_normalizer import from_bytes

    best = from_bytes(sample or head, cp_isolation=list(GUESSES), threshold=0.4).best()
    if best is None:
        return Encoding("cp1252", 0, "by guess; it fits none that is known")
    return Encoding(best.encoding, 0, "by guess")


def decoded(pieces: Iterable[bytes], encoding: Encoding) -> Iterator[str]:
    """The text of a file piece by piece; what is not in the encoding becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    skip = encoding.mark
    for piece in pieces:
        if skip:
            piece, skip = piece[skip:], max(0, skip - len(piece))
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
