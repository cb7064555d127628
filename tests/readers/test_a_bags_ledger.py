"""The ledger in a bag of ours: whoever forges an entry can seal the bag, and not the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.readers.bag_ledger import ledger_findings
from tests.writers.bags import reasons, unpacked

Entries = list[dict[str, str]]


def sealed(bag: Path) -> Path:
    """Make a bag's manifests say what is there, as a forger would."""
    info = bag / "bag-info.txt"
    lines = info.read_text().splitlines(keepends=True)
    info.write_text("".join(line for line in lines if not line.startswith("Payload-Oxum")))
    payload = [path for path in sorted(bag.glob("data/**/*")) if path.is_file()]
    tags = [bag / name for name in ("bagit.txt", "bag-info.txt")]
    for algorithm in ("sha256", "sha512"):
        manifest = bag / f"manifest-{algorithm}.txt"
        manifest.write_text(listing(bag, algorithm, payload))
        tags.append(manifest)
    for algorithm in ("sha256", "sha512"):
        (bag / f"tagmanifest-{algorithm}.txt").write_text(listing(bag, algorithm, tags))
    return bag


def listing(bag: Path, algorithm: str, files: Iterable[Path]) -> str:
    hashes = [(hashlib.new(algorithm, path.read_bytes()).hexdigest(), path) for path in files]
    return "".join(f"{hash_}  {path.relative_to(bag)}\n" for hash_, path in hashes)


def forged(bag: Path, change: Callable[[Entries], None]) -> str:
    path = bag / "data/ledger.jsonl"
    entries = [json.loads(line) for line in path.open(encoding="utf-8")]
    change(entries)
    path.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries))
    return reasons(sealed(bag))


def test_a_sealed_bag_with_an_honest_ledger_is_valid(tmp_path: Path) -> None:
    assert forged(unpacked(tmp_path), lambda _entries: None) == ""


def test_a_changed_entry_is_found(tmp_path: Path) -> None:
    def change(entries: Entries) -> None:
        entries[1]["body"] = entries[1]["body"].replace('"false"', '"verified"')

    assert "line 2: entry" in forged(unpacked(tmp_path), change)


def test_changed_words_are_found_and_erased_ones_are_not_wrong(tmp_path: Path) -> None:
    def change(entries: Entries) -> None:
        entries[1]["payload"] = entries[1]["payload"].replace("нет", "так")

    def erase(entries: Entries) -> None:
        entries[1]["payload"] = None  # type: ignore[assignment]

    assert "the words of entry" in forged(unpacked(tmp_path), change)
    assert forged(unpacked(tmp_path), erase) == ""


def test_an_entry_that_was_taken_out_is_missed(tmp_path: Path) -> None:
    assert "is missing" in forged(unpacked(tmp_path), lambda entries: entries.pop(2) and None)


def test_an_entry_made_anew_does_not_fit_where_it_is_named(tmp_path: Path) -> None:
    def change(entries: Entries) -> None:
        entries[1]["body"] = entries[1]["body"].replace('"false"', '"verified"')
        entries[1]["id"] = hashlib.sha256(entries[1]["body"].encode()).hexdigest()

    assert "is missing" in forged(unpacked(tmp_path), change)


@given(st.binary(max_size=80))
def test_any_line_in_a_ledger_is_a_finding_and_no_crash(
    tmp_path_factory: pytest.TempPathFactory, line: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "ledger.jsonl"
    path.write_bytes(line)
    for start in (b"", b'{"id": 1, "body_base64": "', b'{"id": "x", "body": "'):
        path.write_bytes(start + line)
        assert all(found.reason for found in ledger_findings(path, "data/ledger.jsonl"))
