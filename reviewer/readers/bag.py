"""Checking a bag: that a folder holds what its manifests say, all of it and nothing else.

The standard: BagIt, RFC 8493 (1.0), and its drafts from 0.93 to 0.97. A bag comes from
anywhere: no path in it is followed out of it, nothing but ordinary files is opened, and files
are read piece by piece. In a bag of ours the ledger is checked as well: every id is the hash
of its entry, and no entry that another names is missing.
"""

import hashlib
import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.model.errors import UnreadableError
from reviewer.readers.bag_ledger import ledger_findings
from reviewer.readers.bag_tags import (
    OLDEST_STRICT,
    Declaration,
    Finding,
    Line,
    TagError,
    declaration,
    fetch_lines,
    information,
    manifest_lines,
)

__all__ = ["Finding", "check"]

MANIFEST = re.compile(r"(tag)?manifest-([A-Za-z0-9_-]+)\.txt")
ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
PIECE = 1 << 20
PAYLOAD = "data/"
AGENT = "reviewer "
LEDGER = "data/ledger.jsonl"

Hashes = dict[str, str]


def check(folder: Path) -> list[Finding]:
    """What is wrong with a bag; nothing where it is complete and valid.

    Raises:
        UnreadableError: there is no such folder.
    """
    if not folder.is_dir():
        raise UnreadableError(f"{folder} is not a folder; a bag is one, with bagit.txt in it.")
    bag = _Bag(folder)
    return list(dict.fromkeys(bag.check()))


@dataclass(slots=True)
class _Manifest:
    """One manifest: which hash of which file."""

    name: str
    algorithm: str
    is_tag: bool
    hashes: Hashes = field(default_factory=dict)


class _Bag:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, int] = {}
        self.same: dict[str, list[str]] = defaultdict(list)
        self.manifests: list[_Manifest] = []

    def check(self) -> Iterator[Finding]:
        yield from self._look()
        try:
            declared = declaration(self.folder / "bagit.txt")
        except TagError as error:
            yield Finding("bagit.txt", str(error))
            return
        if not (self.folder / "data").is_dir():
            yield Finding("data", "there is no such folder, and so no payload")
        yield from self._read_manifests(declared)
        yield from self._read_fetch(declared)
        yield from self._unlisted(declared)
        yield from self._compare()
        yield from self._information(declared)

    def _look(self) -> Iterator[Finding]:
        """Find every ordinary file, without following a link to a folder."""
        closed: list[OSError] = []
        for here, folders, names in os.walk(self.folder, onerror=closed.append):
            for name in [*folders, *names]:
                path = Path(here, name)
                inner = path.relative_to(self.folder).as_posix()
                try:
                    yield from self._found(path, inner, is_folder=name in folders)
                except OSError as problem:
                    yield Finding(inner, f"cannot be looked at ({problem.strerror})")
        for error in closed:
            yield Finding(str(error.filename), f"cannot be looked into ({error.strerror})")
        for names in self.same.values():
            if len(names) > 1:
                yield Finding(
                    names[0],
                    f"{names[1]} is the same name where capitals or accents do not count: one"
                    " would take the other's place",
                )

    def _found(self, path: Path, inner: str, *, is_folder: bool) -> Iterator[Finding]:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            if is_folder or not self._leads_inside(path):
                yield Finding(inner, "a link to a folder, or out of the bag; it is not followed")
                return
            status = path.stat()
        if stat.S_ISREG(status.st_mode):
            self.files[inner] = status.st_size
            self.same[_folded(inner)].append(inner)
        elif not stat.S_ISDIR(status.st_mode):
            yield Finding(inner, "not an ordinary file")

    def _leads_inside(self, path: Path) -> bool:
        real, bag = os.path.realpath(path), os.path.realpath(self.folder)
        return Path(real).is_relative_to(bag) and path.is_file()

    def _read_manifests(self, declared: Declaration) -> Iterator[Finding]:
        for name in sorted(self.files):
            match = MANIFEST.fullmatch(name)
            if match is None:
                continue
            algorithm = re.sub("[^a-z0-9]", "", match[2].lower())
            if algorithm not in ALGORITHMS:
                yield Finding(name, f"{match[2]} is no hash that can be computed here")
                continue
            manifest = _Manifest(name, algorithm, is_tag=bool(match[1]))
            self.manifests.append(manifest)
            yield from self._read_manifest(manifest, declared)
        if all(manifest.is_tag for manifest in self.manifests):
            yield Finding("manifest-sha512.txt", "there is no manifest of the payload at all")

    def _read_manifest(self, manifest: _Manifest, declared: Declaration) -> Iterator[Finding]:
        try:
            for line in manifest_lines(self.folder / manifest.name, declared):
                yield from self._take(manifest, line, declared)
        except TagError as error:
            yield Finding(manifest.name, str(error))

    def _take(self, manifest: _Manifest, line: Line, declared: Declaration) -> Iterator[Finding]:
        wrong = _wrong(manifest, line, declared)
        if wrong:
            yield Finding(manifest.name, f"line {line.n}: {wrong}")
            return
        held = manifest.hashes.setdefault(self._held(line.path), line.hash)
        if held != line.hash:
            yield Finding(
                line.path, f"stands in {manifest.name} twice, with different hashes (line {line.n})"
            )

    def _held(self, path: str) -> str:
        """The file that a manifest means: file systems spell accents in two ways."""
        if path in self.files:
            return path
        plain = unicodedata.normalize("NFC", path)
        alike = self.same.get(_folded(path), [])
        spelled = [name for name in alike if unicodedata.normalize("NFC", name) == plain]
        return spelled[0] if len(spelled) == 1 else path

    def _read_fetch(self, declared: Declaration) -> Iterator[Finding]:
        if "fetch.txt" not in self.files:
            return
        try:
            for line in fetch_lines(self.folder / "fetch.txt", declared):
                wrong = _unsafe(line.path) or _outside_payload(line.path)
                if wrong:
                    yield Finding("fetch.txt", f"line {line.n}: {wrong}")
                elif self._held(line.path) not in self.files:
                    yield Finding(line.path, "was to be fetched and is not here: incomplete")
        except TagError as error:
            yield Finding("fetch.txt", str(error))

    def _unlisted(self, declared: Declaration) -> Iterator[Finding]:
        """Files of the payload that no manifest lists, or by 1.0 not every one."""
        payload = [manifest for manifest in self.manifests if not manifest.is_tag]
        every = declared.version >= OLDEST_STRICT
        names = set(self.files) | {name for manifest in payload for name in manifest.hashes}
        for name in sorted(names):
            if not name.startswith(PAYLOAD):
                continue
            without = [manifest.name for manifest in payload if name not in manifest.hashes]
            if without and (every or len(without) == len(payload)):
                yield Finding(name, f"is not listed in {', '.join(without)}")

    def _compare(self) -> Iterator[Finding]:
        """Read every file that is listed once, whatever the number of its hashes."""
        wanted: dict[str, list[_Manifest]] = defaultdict(list)
        for manifest in self.manifests:
            for name in manifest.hashes:
                wanted[name].append(manifest)
        for name in sorted(wanted):
            if name not in self.files:
                said_by = ", ".join(manifest.name for manifest in wanted[name])
                yield Finding(name, f"is listed in {said_by} and is not here")
                continue
            try:
                found = _hashed(self.folder / name, {m.algorithm for m in wanted[name]})
            except OSError as error:
                yield Finding(name, f"cannot be read ({error.strerror})")
                continue
            for manifest in wanted[name]:
                if found[manifest.algorithm] != manifest.hashes[name]:
                    yield Finding(name, f"is not what {manifest.name} says: it was changed")

    def _information(self, declared: Declaration) -> Iterator[Finding]:
        if "bag-info.txt" not in self.files:
            return
        try:
            said = information(self.folder / "bag-info.txt", declared)
        except TagError as error:
            yield Finding("bag-info.txt", str(error))
            return
        sizes = [size for name, size in self.files.items() if name.startswith(PAYLOAD)]
        counted = f"{sum(sizes)}.{len(sizes)}"
        for label, value in said:
            if label.casefold() == "payload-oxum" and value != counted:
                yield Finding(
                    "bag-info.txt", f"Payload-Oxum is {value}, and {counted} is here (bytes.files)"
                )
        ours = any(
            label == "Bag-Software-Agent" and value.startswith(AGENT) for label, value in said
        )
        if ours and LEDGER in self.files:
            yield from ledger_findings(self.folder / LEDGER, LEDGER)


def _wrong(manifest: _Manifest, line: Line, declared: Declaration) -> str:
    """Why a line of a manifest cannot be followed; nothing where it can."""
    digits = hashlib.new(manifest.algorithm, usedforsecurity=False).digest_size * 2
    if len(line.hash) != digits or not re.fullmatch("[0-9a-f]+", line.hash):
        return f"no {manifest.algorithm} hash"
    unsafe = _unsafe(line.path)
    if unsafe:
        return unsafe
    if not manifest.is_tag:
        return _outside_payload(line.path)
    if line.path.startswith(PAYLOAD):
        return f"{line.path} is payload, and no tag file"
    strict = declared.version >= OLDEST_STRICT
    if strict and line.path.startswith("tagmanifest-"):
        return f"{line.path} is a tag manifest, which none may list"
    return ""


def _unsafe(path: str) -> str:
    parts = re.split(r"[/\\]", path)
    if not path or "\0" in path or path.startswith(("/", "\\", "~")) or re.match("[A-Za-z]:", path):
        return f"{path!r} leads out of the bag"
    return f"{path!r} leads out of the bag" if ".." in parts else ""


def _outside_payload(path: str) -> str:
    return "" if path.startswith(PAYLOAD) else f"{path!r} does not lie in data/"


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def _hashed(path: Path, algorithms: set[str]) -> Hashes:
    hashes = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            for hash_ in hashes.values():
                hash_.update(piece)
    return {name: hash_.hexdigest() for name, hash_ in hashes.items()}
