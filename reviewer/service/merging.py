"""Merging bundles and other case files into a case: nothing that anybody did is lost by it."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.casefile import coming, history, merging, redaction
from reviewer.casefile.case import CaseFile
from reviewer.casefile.coming import Coming, StoppedError
from reviewer.casefile.disagreements import disagreements
from reviewer.casefile.engine import Connection
from reviewer.casefile.merging import Counts, Written
from reviewer.casefile.packed import Lines, Packed
from reviewer.model.about import About
from reviewer.model.bundles import BundleError, Manifest
from reviewer.model.judgements import Disagreement
from reviewer.model.scale import HOUSE, Scale
from reviewer.service import known
from reviewer.service.bundling import opened, refused
from reviewer.text.display import display

LONGEST_NAME = 20
SHOWN = 5
"""So many of the claims on which readers differ are told one by one: they fit on one screen."""
Progress = Callable[[str], bool]
"""Called with how far it is, in words; says whether to go on."""


@dataclass(slots=True)
class Merged:
    """What one file brought. `readers` has how many entries are whose; `left` stayed there.

    `withheld` counts the names that it had, and that were erased here.
    """

    name: str
    entries: int = 0
    evidence: int = 0
    words: int = 0
    erased: int = 0
    seals: int = 0
    withheld: int = 0
    unsigned: int = 0
    left: int = 0
    readers: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether it brought anything."""
        return bool(self.entries or self.evidence or self.words or self.seals)


@dataclass(slots=True)
class MergeReport:
    """What a merge did, or would do."""

    path: Path
    scale: Scale = HOUSE
    dry_run: bool = False
    made: bool = False
    stopped: bool = False
    merged: list[Merged] = field(default_factory=list)
    before: Counts = field(default_factory=Counts)
    after: Counts = field(default_factory=Counts)
    """How the case stands where the merge touched it."""
    named_still: list[str] = field(default_factory=list)
    """Entries here with a name of which the merge has told that it was erased."""
    differ: list[Disagreement] = field(default_factory=list)
    """Claims that the merge touched and on which readers differ now: the first of them."""


class _DryRunError(Exception):
    """Rolls the transaction of a dry run back."""


def merge(
    path: Path, others: Sequence[Path], *, dry_run: bool = False, progress: Progress
) -> MergeReport:
    """Take in what bundles and other case files bring that a case does not hold.

    All of a file is checked before anything of it is written. Stopped or cut off at any point,
    what was written stands, and the same call goes on from there.

    Args:
        path: the case; where there is none, it is made of the first of the others.
        others: bundles and case files of the same case.
        dry_run: only find what would come.
        progress: called after each batch.

    Raises:
        CaseError: one of them is no such file, is damaged, or something in it does not hold.
    """
    report = MergeReport(path, dry_run=dry_run)
    with contextlib.ExitStack() as stack:
        if not path.exists():
            report.made = True
            into = path
            if dry_run:
                into = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "new.case"
            _make(into, others[0])
            path = into
        known.meet(path)
        case = stack.enter_context(CaseFile.open(path))
        if not dry_run:
            known.remember(case)
        report.scale = case.scale()
        stack.enter_context(case.cached(merging.CACHE_KIB))
        with _trying(case) if dry_run else contextlib.nullcontext() as con:
            _merge(case, others, report, con, progress)
    return report


def _make(path: Path, source: Path) -> None:
    """Make the case that a bundle or a case file is of; it is empty yet."""
    with opened(source) as packed:
        try:
            manifest = Lines(packed).manifest
        except BundleError as error:
            raise refused(source, error) from error
    exercise = manifest.exercise == "yes"
    like = About(manifest.case, manifest.title, manifest.about, exercise, manifest.origins)
    CaseFile.create(path, title=manifest.title, scale=manifest.scale, like=like).close()


@contextlib.contextmanager
def _trying(case: CaseFile) -> Iterator[Connection]:
    with contextlib.suppress(_DryRunError), case.write() as con:
        yield con
        raise _DryRunError


def _merge(
    case: CaseFile,
    others: Sequence[Path],
    report: MergeReport,
    trying: Connection | None,
    progress: Progress,
) -> None:
    with case.read() as con:
        report.before.differ = merging.differing(con)
    claims: set[str] = set()
    try:
        for other in others:
            with opened(other, case) as packed:
                try:
                    claims |= _one(case, packed, report, trying, progress)
                except BundleError as error:
                    raise refused(other, error) from error
    except StoppedError:
        report.stopped = True
    with case.read() as con:
        report.after.differ = merging.differing(con)
        report.named_still = [id_.hex() for id_ in redaction.named_still(con)]
        report.differ = disagreements(con, "", of=claims, limit=SHOWN) if claims else []
    if any(one.erased for one in report.merged) and trying is None:
        case.wipe()


def _one(
    case: CaseFile,
    packed: Packed,
    report: MergeReport,
    trying: Connection | None,
    progress: Progress,
) -> set[str]:
    """Merge one file; gives the claims that its new entries are about."""
    told = Merged(packed.name)
    report.merged.append(told)
    # On one line of a terminal, whatever the file is called.
    name = display(Path(packed.name).name, newlines=False)[:LONGEST_NAME]
    with case.read() as con:
        found = coming.examined(
            con, packed, case.about().id, lambda n: progress(f"{n:,} lines of {name} read")
        )
    _same_scale(case, found.manifest)
    told.left, told.unsigned = found.manifest.unsigned, found.unsigned
    if not found.anything:
        return set()
    with case.read() as con:
        before = merging.counts(con, found)
    report.before.stale += before.stale
    report.before.forks += before.forks

    def wrote(lines: int) -> bool:
        return progress(f"{lines:,} lines of {name} merged")

    done = Written()
    try:
        if trying is not None:
            merging.tried(trying, packed, found, wrote, done)
        else:
            merging.write(case, packed, found, wrote, done)
    finally:
        _tell(case, told, found, done)
        with case.read() as con:
            after = merging.counts(con, found)
        report.after.stale += after.stale
        report.after.forks += after.forks
    return done.claims


def _tell(case: CaseFile, told: Merged, found: Coming, done: Written) -> None:
    told.entries, told.evidence, told.words = done.entries, done.evidence, done.words
    told.erased, told.seals, told.withheld = done.erased, done.seals, done.withheld
    told.tables = dict(found.evidence)
    with case.read() as con:
        for author, count in found.entries.items():
            name = history.name_of(con, author)
            told.readers[name] = told.readers.get(name, 0) + count


def _same_scale(case: CaseFile, manifest: Manifest) -> None:
    ours = [(v.key, v.value) for v in case.scale().values]
    if ours != [(v.key, v.value) for v in manifest.scale.values]:
        raise BundleError(
            "its verdicts are those of another scale"
            f" ({', '.join(v.value for v in manifest.scale.values)})"
        )
