"""Bags: a case as a folder that anybody can check and read without this program.

The standard: BagIt 1.0, RFC 8493. What is handed on lies in `data`; manifests of SHA-256 and
SHA-512 say what belongs there; what a case puts there is `bag_contents`'s to say. It is all of
one copy of the case, which lies with it: everything in a bag says what that copy says. A bag
appears under its name whole, or not at all.
"""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from textwrap import wrap

import reviewer
from reviewer.files import sync
from reviewer.model.about import About
from reviewer.model.clock import iso
from reviewer.model.errors import ReviewerError
from reviewer.text.display import folded
from reviewer.writers.bag_contents import COPY, EXERCISE, Part

ALGORITHMS = ("sha256", "sha512")
AGENT = "reviewer"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PIECE = 1 << 20
LINE = 79
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Bagged:
    """What was written: how many files of payload, and of how many bytes."""

    path: Path
    files: int
    size: int


def write(
    out: Path,
    about: About,
    copy: Callable[[Path], None],
    parts: Callable[[Path], Iterable[Part]],
    *,
    at: int,
    organisation: str = "",
) -> Bagged:
    """Write a bag, whole or not at all.

    Args:
        out: the folder; there may be nothing of its name.
        about: the case.
        copy: makes the copy of the case, at the path that it gets.
        parts: the rest of the payload, read from the copy at the path that it gets: names
            below `data` and texts; see `bag_contents.contents`.
        at: when it is written, in milliseconds UTC.
        organisation: who hands it on, if that is to be said.

    Raises:
        ReviewerError: there is such a file or folder, or it cannot be written.
    """
    if os.path.lexists(out):
        raise ReviewerError(f"{out} exists already; name another folder for the bag.")
    if not out.parent.is_dir():
        raise ReviewerError(f"There is no folder {out.parent}; make it first.")
    unborn: Path | None = None
    try:
        unborn = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".new", dir=out.parent))
        bag = _Bag(unborn)
        bag.fill(copy, parts)
        bag.close(about, at, organisation)
        # A folder takes the place of an empty one at most.
        unborn.rename(out)
        sync(out.parent)
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        if unborn is not None:
            shutil.rmtree(unborn, ignore_errors=True)
    return Bagged(out, bag.files, bag.size)


def encoded(path: str) -> str:
    """A path as manifests write it: line breaks and percent signs percent-encoded."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


class _Bag:
    """A bag while it is made. `files` and `size` are of its payload."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = 0
        self.size = 0
        self._payload: dict[str, tuple[str, ...]] = {}
        self._tags: dict[str, tuple[str, ...]] = {}

    def fill(self, copy: Callable[[Path], None], parts: Callable[[Path], Iterable[Part]]) -> None:
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        copied = data / COPY
        copy(copied)
        for name, pieces in parts(copied):
            self._add(f"data/{name}", pieces)
        # Whoever read the copy may have left a lock or an empty log beside it.
        for left in data.glob(f"*{COPY}?*"):
            left.unlink()
        hashes, size = _hashed(copied)
        self._count(f"data/{COPY}", hashes, size)

    def close(self, about: About, at: int, organisation: str) -> None:
        info = {
            "Source-Organization": organisation,
            "Bagging-Date": iso(at).partition("T")[0],
            "Bag-Software-Agent": f"{AGENT} {reviewer.__version__}",
            "External-Identifier": about.id,
            "External-Description": " ".join(_said(about)),
            "Payload-Oxum": f"{self.size}.{self.files}",
        }
        lines = [_folded(label, said) for label, said in info.items() if said.strip()]
        self._tag("bagit.txt", [DECLARATION])
        self._tag("bag-info.txt", lines)
        payload = sorted(self._payload.items())
        for n, algorithm in enumerate(ALGORITHMS):
            self._tag(f"manifest-{algorithm}.txt", _manifest(payload, n))
        tags = sorted(self._tags.items())
        for n, algorithm in enumerate(ALGORITHMS):
            self._tag(f"tagmanifest-{algorithm}.txt", _manifest(tags, n))
        for folder in [self.folder, *(path for path in self.folder.rglob("*") if path.is_dir())]:
            sync(folder)

    def _add(self, name: str, pieces: Iterable[str]) -> None:
        self._count(name, *self._write(name, pieces))

    def _tag(self, name: str, pieces: Iterable[str]) -> None:
        self._tags[name], _ = self._write(name, pieces)

    def _count(self, name: str, hashes: tuple[str, ...], size: int) -> None:
        self._payload[name] = hashes
        self.files += 1
        self.size += size

    def _write(self, name: str, pieces: Iterable[str]) -> tuple[tuple[str, ...], int]:
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts:
            raise ValueError(f"{name} is no path in a bag")
        path = self.folder.joinpath(*parts)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        hashes = [hashlib.new(algorithm) for algorithm in ALGORITHMS]
        size = 0
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                data = piece.encode()
                file.write(data)
                size += len(data)
                for hash_ in hashes:
                    hash_.update(data)
            file.flush()
            os.fsync(file.fileno())
        return tuple(hash_.hexdigest() for hash_ in hashes), size


def _manifest(hashes: Iterable[tuple[str, tuple[str, ...]]], n: int) -> Iterator[str]:
    for name, of_file in hashes:
        yield f"{of_file[n]}  {encoded(name)}\n"


def _hashed(path: Path) -> tuple[tuple[str, ...], int]:
    hashes = [hashlib.new(algorithm) for algorithm in ALGORITHMS]
    size = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            size += len(piece)
            for hash_ in hashes:
                hash_.update(piece)
    return tuple(hash_.hexdigest() for hash_ in hashes), size


def _said(about: About) -> Iterator[str]:
    if about.exercise:
        yield EXERCISE
    yield about.title
    yield about.about


def _folded(label: str, said: str) -> str:
    """A line of bag-info.txt; a long one goes on in lines that are indented."""
    whole = f"{label}: {folded(said)}"
    lines = wrap(
        whole, LINE, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    return "".join(f"{line}\n" for line in lines)


def _cannot_write(out: Path, error: OSError) -> ReviewerError:
    if error.errno in FULL:
        return ReviewerError(
            f"The disk that holds {out} is full; nothing was written. Free some space and try"
            " again."
        )
    if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
        return ReviewerError(f"{out} exists already; name another folder for the bag.")
    return ReviewerError(
        f"{out} cannot be written ({error.strerror}); name a folder in one of your own."
    )
