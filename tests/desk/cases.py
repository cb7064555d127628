"""The cases that the desk is tried on: the two that ship, and small ones made for a state."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewer.casefile import batch
from reviewer.casefile.arrivals import Outcome
from reviewer.casefile.case import CaseFile
from reviewer.model.records import Record
from reviewer.service.importing import import_files
from reviewer.shipped import shipped


def founding(folder: Path) -> Path:
    """The founding case with what came later, imported from the files that ship."""
    return _copied(folder, "gerasimov")


def exercise(folder: Path) -> Path:
    """The exercise, imported likewise."""
    return _copied(folder, "exercise")


def made_of(path: Path, *records: Record) -> Path:
    """A case of its own; a second call adds to it."""
    opened = CaseFile.open(path) if path.exists() else CaseFile.create(path, title="A case")
    with opened as case:
        fates, _ = batch.take_in(case, records)
    assert all(isinstance(fate, Outcome) for fate in fates), fates
    return path


def _copied(folder: Path, name: str) -> Path:
    path = folder / f"{name}.case"
    path.write_bytes(_imported(name))
    return path


@cache
def _imported(name: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.case"
        with CaseFile.create(path, title="") as case:
            assert import_files(case, [shipped(f"fixtures/{name}")]).refused == []
        return path.read_bytes()
