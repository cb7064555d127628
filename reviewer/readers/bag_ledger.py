"""Checking the ledger in a bag of ours, line by line.

A line holds an entry's id, its body and its payload; see `writers.bag.ledger_line`. What must
hold: an id is the SHA-256 of its body; a payload is the one that the body names; the entry
before an entry in its chain is there, one number before it, and so is the newest that its
writer had seen. The last two are what tells of an entry that was taken out.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.readers.bag_tags import Finding

LONGEST_LINE = 1 << 26

Place = tuple[object, object]
Object = dict[str, object]


class _WrongError(ValueError):
    """A line that is no entry's, or is not what its hashes say; the sentence says why."""


@dataclass(frozen=True, slots=True)
class _Link:
    """That an entry names another one; `place` is where in its chain that must stand."""

    n: int
    which: str
    id: object
    place: Place | None


def ledger_findings(path: Path, name: str) -> Iterator[Finding]:
    """What is wrong with a ledger; `name` is its path in the bag."""
    places: dict[str, Place] = {}
    links: list[_Link] = []
    try:
        for n, line in _lines(path):
            try:
                id_, body = _entry(line)
            except _WrongError as error:
                yield Finding(name, f"line {n}: {error}")
                continue
            if id_ in places:
                yield Finding(name, f"line {n}: entry {id_} stands there twice")
            places[id_] = (body.get("c"), body.get("n"))
            links.extend(_links(n, body))
    except OSError as error:
        yield Finding(name, f"cannot be read ({error.strerror})")
        return
    for link in links:
        held = places.get(link.id) if isinstance(link.id, str) else None
        if held is None:
            yield Finding(name, f"line {link.n}: the entry {link.which} is missing ({link.id})")
        elif link.place not in (None, held):
            yield Finding(name, f"line {link.n}: the entry {link.which} stands elsewhere in it")


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        n = 0
        while line := file.readline(LONGEST_LINE):
            n += 1
            yield n, line


def _entry(line: bytes) -> tuple[str, Object]:
    """The id of an entry and what its body says."""
    entry = _object(line, "the line")
    id_, body = str(entry.get("id")), _bytes(entry, "body")
    if body is None or hashlib.sha256(body).hexdigest() != id_:
        raise _WrongError(f"entry {id_} was changed: its id is not the hash of its body")
    said = _object(body, f"entry {id_}")
    payload = _bytes(entry, "payload")
    if payload is not None and hashlib.sha256(payload).hexdigest() != said.get("x"):
        raise _WrongError(f"the words of entry {id_} were changed")
    return id_, said


def _links(n: int, body: Object) -> Iterator[_Link]:
    before, seen, seq = body.get("p"), body.get("w"), body.get("n")
    if before is not None or seq != 1:
        place = (body.get("c"), seq - 1 if isinstance(seq, int) else None)
        yield _Link(n, "before it in its chain", before, place)
    if seen is not None:
        yield _Link(n, "that its writer had seen", seen, None)


def _object(data: bytes, what: str) -> Object:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _WrongError(f"{what} is no JSON object")
    return found


def _bytes(entry: Object, name: str) -> bytes | None:
    text, coded = entry.get(name), entry.get(f"{name}_base64")
    if isinstance(text, str):
        return text.encode(errors="replace")
    try:
        return base64.b64decode(coded, validate=True) if isinstance(coded, str) else None
    except ValueError:
        raise _WrongError(f"its {name} is not base64") from None
