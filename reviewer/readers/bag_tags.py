"""The tag files of a bag as what they say (RFC 8493, 2.1.1, 2.1.3, 2.2.2 and 2.2.3)."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DECLARED = re.compile(
    r"BagIt-Version: (\d)\.(\d{1,2})[ \t]*(?:\r\n|\r|\n)"
    r"Tag-File-Character-Encoding: ([A-Za-z0-9_.:-]+)[ \t]*(?:\r\n|\r|\n)?"
)
VERSIONS = ((0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0))
OLDEST_STRICT = (1, 0)
"""From this version on every manifest lists every file."""
NO_CHARSETS = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined")
"""What Python calls encodings and no file is written in."""
LONGEST_DECLARATION = 4096
LONGEST_LINE = 1 << 16
MOST_INFORMATION = 1 << 22
LARGEST = 1 << 28
MANIFEST_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)", re.DOTALL)
FETCH_LINE = re.compile(r"(\S+)[ \t]+(\d+|-)[ \t]+(.+)", re.DOTALL)
INFORMATION_LINE = re.compile(r"([^:\s][^:]*):(.*)", re.DOTALL)
ENCODED = re.compile("%(0A|0D|25)", re.IGNORECASE)
ENCODED_BEFORE_1 = re.compile("%(0A|0D)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a bag, and with which file of it."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """What `bagit.txt` says: the version, and the encoding of the other tag files."""

    version: tuple[int, int]
    encoding: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a manifest, or of fetch.txt, where it has no hash."""

    n: int
    path: str
    hash: str = ""


class TagError(ValueError):
    """A tag file that does not say what it should; the sentence says why."""


def declaration(path: Path) -> Declaration:
    """What `bagit.txt` says.

    Raises:
        TagError: it is missing, or is no declaration of a known version.
    """
    if not path.is_file() or path.is_symlink():
        raise TagError("is missing; without it a folder is no bag")
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_DECLARATION)
        text = data.decode()
    except OSError as error:
        raise TagError(f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError:
        raise TagError("is not UTF-8") from None
    match = DECLARED.fullmatch(text)
    if match is None:
        raise TagError("does not say, in two lines, its BagIt-Version and the encoding of tags")
    version = (int(match[1]), int(match[2]))
    if version not in VERSIONS:
        raise TagError(f"says version {match[1]}.{match[2]}; 0.93 to 0.97 and 1.0 are known")
    if not _is_charset(match[3]):
        raise TagError(f"says the encoding {match[3]}, which is not known")
    return Declaration(version, match[3])


def _is_charset(name: str) -> bool:
    try:
        "".encode(name)
        return codecs.lookup(name).name.replace("-", "_") not in NO_CHARSETS
    except (LookupError, ValueError):
        return False


def manifest_lines(path: Path, declared: Declaration) -> Iterator[Line]:
    """The lines of a manifest, with their paths decoded.

    Raises:
        TagError: it cannot be read, or a line is none of a manifest.
    """
    for n, text in _lines(path, declared):
        match = MANIFEST_LINE.fullmatch(text)
        if match is None:
            raise TagError(f"line {n} is not a hash and a path")
        yield Line(n, _path(match[2], declared), match[1].lower())


def fetch_lines(path: Path, declared: Declaration) -> Iterator[Line]:
    """The lines of `fetch.txt`.

    Raises:
        TagError: it cannot be read, or a line is none of it.
    """
    for n, text in _lines(path, declared):
        match = FETCH_LINE.fullmatch(text)
        if match is None:
            raise TagError(f"line {n} is not an address, a length and a path")
        yield Line(n, _path(match[3], declared))


def information(path: Path, declared: Declaration) -> list[tuple[str, str]]:
    """The labels and values of `bag-info.txt`, in order; folded lines are joined.

    Raises:
        TagError: it cannot be read, or a line is neither a label's nor the rest of one.
    """
    found: list[tuple[str, str]] = []
    size = 0
    for n, text in _lines(path, declared):
        size += len(text)
        if size > MOST_INFORMATION:
            raise TagError(f"is longer than {MOST_INFORMATION:,} characters")
        match = INFORMATION_LINE.fullmatch(text)
        if text[0] in " \t" and found:
            label, value = found[-1]
            found[-1] = (label, f"{value} {text.strip()}")
        elif match is not None:
            found.append((match[1].strip(), match[2].strip()))
        else:
            raise TagError(f"line {n} is not a label and a value")
    return found


def _lines(path: Path, declared: Declaration) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, without their ends, counted from 1."""
    try:
        if path.stat().st_size > LARGEST:
            raise TagError(f"is larger than {LARGEST:,} bytes")
        with path.open(encoding=declared.encoding, newline=None) as file:
            n = 0
            while line := file.readline(LONGEST_LINE):
                n += 1
                if len(line) == LONGEST_LINE:
                    raise TagError(f"line {n} is longer than {LONGEST_LINE:,} characters")
                text = line.removesuffix("\n")
                if text.strip():
                    yield n, text
    except OSError as error:
        raise TagError(f"cannot be read ({error.strerror})") from error
    except UnicodeError:
        raise TagError(f"is not {declared.encoding}, as bagit.txt says") from None


def _path(text: str, declared: Declaration) -> str:
    """A path out of a manifest. Before 1.0 a percent sign stood for itself."""
    pattern = ENCODED if declared.version >= OLDEST_STRICT else ENCODED_BEFORE_1
    path = pattern.sub(lambda match: chr(int(match[1], 16)), text)
    while path.startswith("./"):
        path = path[2:]
    return path
