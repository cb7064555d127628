"""Bags to test with."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings

from reviewer.casefile import verbatim
from reviewer.casefile.case import CaseFile
from reviewer.casefile.outtake import Outtake
from reviewer.model.about import About
from reviewer.readers.bag import check
from reviewer.writers import jsonl_file
from reviewer.writers.bag import Bagged, write
from reviewer.writers.bag_contents import Part, contents
from tests.casefile.making import at_work, founding, new_case, statement, take_in

AT = 1_646_661_900_000
ABOUT = About("00ff", "Losses", "of March", exercise=False)
SLOW = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def bag_of(case: Path, out: Path) -> Bagged:
    """Make a bag of a case as `export --format bag` does."""
    with CaseFile.open(case) as opened:
        about = opened.about()

        def parts(copy: Path) -> Iterable[Part]:
            with CaseFile.open(copy, readonly=True) as copied, copied.read() as con:
                outtake = Outtake(con)
                evidence = jsonl_file.lines([outtake.case(), *outtake.rest()])
                yield from contents(
                    about,
                    at=AT,
                    evidence=evidence,
                    dossier=["<!doctype html><title>Losses</title>"],
                    entries=verbatim.entries(con),
                    texts=verbatim.texts(con),
                    signatures=verbatim.signatures(con),
                    bindings=verbatim.bindings(con),
                )

        return write(out, about, opened.backup, parts, at=AT)


def small(out: Path, parts: Iterable[Part], about: About = ABOUT, organisation: str = "") -> Bagged:
    """Make a bag that holds these parts beside a copy of nothing."""
    copy: Callable[[Path], None] = lambda path: path.write_bytes(b"case") and None  # noqa: E731
    return write(out, about, copy, lambda _copy: parts, at=AT, organisation=organisation)


@cache
def worked_on() -> tuple[tuple[str, bytes], ...]:
    """The files of the bag of a case that two readers have worked on."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = new_case(folder, founding)
        with at_work(case, "anna", "борис") as (anna, boris):
            anna.decide(anna.view("c-1"), "false", "нет: 😀")
            boris.decide(boris.view("c-1"), "verified", "так")
            anna.undo()
            view = boris.view("c-2")
            boris.note(view, "line\nline")
        take_in(case, statement(text="It was corrected."))
        bag_of(case, folder / "bag")
        files = [path for path in (folder / "bag").rglob("*") if path.is_file()]
        return tuple((str(p.relative_to(folder / "bag")), p.read_bytes()) for p in files)


def unpacked(folder: Path) -> Path:
    """That bag in a folder of its own."""
    bag = folder / "bag"
    if bag.exists():
        shutil.rmtree(bag)
    for name, data in worked_on():
        path = bag / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return bag


def reasons(bag: Path) -> str:
    return "\n".join(f"{found.path}: {found.reason}" for found in check(bag))
