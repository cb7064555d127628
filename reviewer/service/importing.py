"""Bringing files into a case, and saying exactly what was done."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reviewer.casefile.batch import Batches
from reviewer.casefile.case import CaseFile
from reviewer.casefile.intake import Bundle, Fate, FileFacts, Outcome, Refused
from reviewer.model.errors import UnreadableError
from reviewer.readers import chosen, files_under, read, translation_beside
from reviewer.readers.given import Given, Wishes
from reviewer.readers.row import Row
from reviewer.service.refused import RefusedRow, SideFiles

BATCH = 5000
"""So many records are one transaction, a segment counting for one."""
KEPT = 1000
"""So many refused, odd, doubled and gone ones are told one by one; all are counted."""
FIRST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A place in a file and what is to be said of it."""

    file: str
    place: str
    what: str


@dataclass(slots=True)
class FileReport:
    """What was made of one file. `remarks` say how it was understood."""

    name: str
    format: str = ""
    encoding: str = ""
    remarks: tuple[str, ...] = ()
    rows: int = 0
    refused: int = 0
    passed_over: int = 0
    first: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class ImportReport:
    """What an import did.

    `kinds` counts new, unchanged and changed records by kind. `doubled` are rows that say
    again what stood before; `odd` ones were taken in and flagged; `gone` are the kind and id
    of what an earlier file of the same collection held. `side_files` hold the refused rows.
    """

    dry_run: bool
    files: list[FileReport] = field(default_factory=list)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    refused_count: int = 0
    doubled: list[Told] = field(default_factory=list)
    doubled_count: int = 0
    odd: list[Told] = field(default_factory=list)
    odd_count: int = 0
    gone: list[tuple[str, str]] = field(default_factory=list)
    gone_count: int = 0
    passed_over: int = 0
    reopened: int = 0
    orphaned: int = 0
    side_files: tuple[Path, ...] = ()
    stopped: bool = False

    def count(self, outcome: Outcome) -> int:
        """How many records of all kinds had this outcome."""
        return sum(counts[outcome.value] for counts in self.kinds.values())

    @property
    def side_file(self) -> Path | None:
        """The first of the side files."""
        return next(iter(self.side_files), None)

    @property
    def new(self) -> int:
        """Records that were not held before."""
        return self.count(Outcome.NEW)

    @property
    def unchanged(self) -> int:
        """Records that were held as they stand."""
        return self.count(Outcome.UNCHANGED)

    @property
    def changed(self) -> int:
        """Records that became a new version."""
        return self.count(Outcome.CHANGED)


Progress = Callable[[int], bool]
"""Told how many rows are safely in; says whether to go on."""


def import_files(
    case: CaseFile,
    paths: Sequence[Path],
    wishes: Wishes | None = None,
    *,
    dry_run: bool = False,
    progress: Progress = lambda _: True,
) -> ImportReport:
    """Import files and folders in batches, each of them on the disk as a whole or not at all.

    A file that cannot be read is one that is refused; the others are taken in. An import that
    was stopped goes on when it is given again: what is in already is unchanged.

    Raises:
        UnreadableError: no file could be read; nothing was imported.
        CaseError: the case could not be written; what was imported before stays.
        UsageError: a format or an encoding that is none.
    """
    report = ImportReport(dry_run)
    with SideFiles(case.path, keep=not dry_run) as side, Batches(case, dry_run=dry_run) as batches:
        before = batches.to_do()
        _Import(case, batches, side, report, progress).run(_files(paths, wishes or Wishes()))
        if not report.stopped:
            gone = batches.gone()
            report.gone, report.gone_count = gone[:KEPT], len(gone)
        after = batches.to_do()
        report.reopened, report.orphaned = after[0] - before[0], after[1] - before[1]
        report.side_files = side.paths()
    return report


@dataclass(frozen=True, slots=True)
class _File:
    """A file to import, or why it is none."""

    path: Path
    wishes: Wishes
    wrong: str = ""


def _files(paths: Sequence[Path], wishes: Wishes) -> list[_File]:
    """Every file with what was wished for it; those of a folder are one collection."""
    found: list[_File] = []
    for path in paths:
        of = wishes
        if path.is_dir() and not wishes.collection:
            of = replace(wishes, collection=path.resolve().name)
        try:
            found += [_File(file, of) for file in files_under(path)]
        except UnreadableError as error:
            found.append(_File(path, of, _bare(path, error)))
    return found if wishes.translation else _paired(found)


def _paired(files: list[_File]) -> list[_File]:
    """Where a file and its translation are both named, the one with the other."""
    paths = [file.path for file in files]
    beside = {file.path: translation_beside(file.path, paths) for file in files}
    translations = set(beside.values())
    return [
        replace(file, wishes=replace(file.wishes, translation=beside[file.path]))
        for file in files
        if file.path not in translations
    ]


def _bare(path: Path, error: UnreadableError) -> str:
    return error.sentence.removeprefix(f"{path}: ").rstrip(".")


@dataclass(slots=True)
class _Import:
    """One import under way."""

    case: CaseFile
    batches: Batches
    side: SideFiles
    report: ImportReport
    progress: Progress
    pending: list[Bundle] = field(default_factory=list)
    weight: int = 0
    rows: int = 0
    ended: list[FileFacts] = field(default_factory=list)
    aside: list[RefusedRow] = field(default_factory=list)
    """Refused rows that go to the side file once what stands beside them is on the disk."""
    raws: dict[int, tuple[FileReport, Row]] = field(default_factory=dict)

    def run(self, files: list[_File]) -> None:
        unreadable: list[str] = []
        for file in files:
            told = FileReport(str(file.path))
            self.report.files.append(told)
            wrong = file.wrong or self._file(file, told)
            if wrong:
                unreadable.append(f"{file.path}: {wrong}.")
                self._refuse(told, Row("the whole file", None, reason=wrong))
            if self.report.stopped:
                break
        if unreadable and len(unreadable) == len(files):
            raise UnreadableError(unreadable[0])
        self._flush(last=True)

    def _file(self, file: _File, told: FileReport) -> str:
        """Take one file in.

        Returns:
            What is wrong with it as a whole, or nothing.
        """
        try:
            with Given.open(file.path, file.wishes) as given:
                format_ = chosen(given)
                told.format, told.encoding = format_.name, given.encoding.said
                facts = _facts(given, format_.name)
                for row in read(given, format_):
                    self._row(told, facts, row)
                    if self.weight >= BATCH and not self._flush():
                        return ""
                told.remarks = tuple(given.remarks)
                self.ended.append(facts)
        except UnreadableError as error:
            return _bare(file.path, error)
        return ""

    def _row(self, told: FileReport, facts: FileFacts, row: Row) -> None:
        told.rows += 1
        self.rows += 1
        if row.passed_over:
            told.passed_over += 1
            self.report.passed_over += 1
        elif not row.records:
            self._refuse(told, row)
        else:
            if row.odd:
                self.report.odd_count += 1
                if len(self.report.odd) < KEPT:
                    self.report.odd.append(Told(told.name, row.place, row.odd))
            if self.report.dry_run and len(told.first) < FIRST_ROWS:
                told.first.append(row)
            bundle = Bundle(row.records, facts, row.place)
            self.raws[id(bundle)] = (told, row)
            self.pending.append(bundle)
            self.weight += sum(1 + len(getattr(r, "segments", ())) for r in row.records)

    def _flush(self, *, last: bool = False) -> bool:
        """Write what is pending.

        Returns:
            Whether to go on.
        """
        bundles, self.pending, self.weight = self.pending, [], 0
        ended, self.ended = self.ended, []
        for bundle, fate in self.batches.take(bundles, ended, last=last):
            told, row = self.raws.pop(id(bundle))
            self._settled(told, row, fate)
        aside, self.aside = self.aside, []
        for refused in aside:
            self.side.add(refused)
        if not last and not self.progress(self.rows):
            self.report.stopped = True
        return not self.report.stopped

    def _settled(self, told: FileReport, row: Row, fate: Fate) -> None:
        if isinstance(fate, Refused):
            self._refuse(told, replace(row, reason=fate.reason))
            return
        repeated = 0
        for record, outcome in zip(row.records, fate, strict=True):
            if outcome is Outcome.REPEATED:
                repeated += 1
            else:
                counts = self.report.kinds.setdefault(record.kind_name, Counter())
                counts[outcome.value] += 1
        if repeated == len(row.records) and row.records[-1].kind_name != "source":
            self.report.doubled_count += 1
            if len(self.report.doubled) < KEPT:
                self.report.doubled.append(Told(told.name, row.place, "says again what stood"))

    def _refuse(self, told: FileReport, row: Row) -> None:
        told.refused += 1
        self.report.refused_count += 1
        refused = RefusedRow(told.name, row.place, row.reason, row.raw)
        if len(self.report.refused) < KEPT:
            self.report.refused.append(refused)
        self.aside.append(refused)
        self.weight += 1


def _facts(given: Given, format_name: str) -> FileFacts:
    return FileFacts(
        collection=given.collection,
        name=given.path.name.encode("utf-8", "backslashreplace").decode(),
        hash=given.sha256,
        size=given.size,
        format=format_name,
        encoding=given.encoding.name,
        doubt=given.encoding.doubt,
        at=time.time_ns() // 1_000_000,
    )
