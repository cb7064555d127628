"""Bringing files into a case, and saying exactly what was done."""

import contextlib
import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from reviewer.casefile.arrivals import Bundle, Fate, FileFacts, Outcome, Refused
from reviewer.casefile.batch import Batches
from reviewer.casefile.case import CaseFile
from reviewer.casefile.rows import id_of
from reviewer.casefile.strangers import Strange
from reviewer.model.errors import CaseError, UnreadableError
from reviewer.model.records import Record, RecordingRecord
from reviewer.readers import chosen, read
from reviewer.readers.given import SIDE, Given
from reviewer.readers.row import Row
from reviewer.readers.wished import check
from reviewer.readers.wishes import Wishes
from reviewer.service.import_report import KEPT, FileReport, ImportReport, Told
from reviewer.service.refused import RefusedRow, SideFiles
from reviewer.service.to_import import ToImport, bare, files_of
from reviewer.text.units import counted

BATCH = 5000
"""So many records are one transaction, a segment counting for one."""
FIRST_ROWS = 3
COLLECTED_AFTER = 200_000
PLAIN = {(outcome,) * n for outcome in (Outcome.NEW, Outcome.UNCHANGED) for n in range(1, 9)}
"""What most rows come to: all new or all unchanged. Of these only the number is told."""


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
        UsageError: a format, an encoding, a language or a name that is none.
    """
    wishes = wishes or Wishes()
    check(wishes)
    report = ImportReport(dry_run)
    with (
        SideFiles(case.path, keep=not dry_run) as side,
        Batches(case, dry_run=dry_run) as batches,
        _seldom_collected(),
    ):
        before = batches.to_do()
        work = _Import(case, batches, side, report, progress, insists=wishes.newer)
        work.run(files_of(paths, wishes))
        if not report.stopped:
            gone = batches.gone()
            report.gone, report.gone_count = gone[:KEPT], len(gone)
        after = batches.to_do()
        report.reopened, report.settled = len(after[0] - before[0]), len(before[0] - after[0])
        report.orphaned, report.found_again = len(after[1] - before[1]), len(before[1] - after[1])
        report.side_files = side.paths()
    return report


@contextlib.contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage seldom: a batch is a heap of new objects, and none of them is any."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECTED_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(slots=True)
class _Import:
    """One import under way."""

    case: CaseFile
    batches: Batches
    side: SideFiles
    report: ImportReport
    progress: Progress
    batches_in: int = 0
    insists: bool = False
    """That these are newer exports, whatever stands in them."""
    pending: list[Bundle] = field(default_factory=list)
    weight: int = 0
    rows: int = 0
    ended: list[FileFacts] = field(default_factory=list)
    aside: list[RefusedRow] = field(default_factory=list)
    """Refused rows that go to the side file once what stands beside them is on the disk."""
    settled: Counter[tuple[tuple[Outcome, ...], tuple[type[Record], ...]]] = field(
        default_factory=Counter
    )
    """How often each run of outcomes came of each run of kinds."""
    told: dict[FileFacts, FileReport] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    """What is wrong with each file that was refused as a whole."""
    looked_at: set[str] = field(default_factory=set)
    strange: dict[str, str] = field(default_factory=dict)
    """Why a collection is none of those that the case holds under its name."""

    def run(self, files: list[ToImport]) -> None:
        waiting = list(reversed(files))
        while waiting and not self.report.stopped:
            file = waiting.pop()
            told = FileReport(str(file.path), translation=str(file.wishes.translation or ""))
            wrong = file.wrong or self._file(file, told)
            if wrong and file.alone is not None and file.wishes.translation:
                # They are called as if they belonged together, and do not: each for itself.
                other = replace(file, path=file.wishes.translation, wishes=file.alone, alone=None)
                waiting += [other, replace(file, wishes=file.alone, alone=None)]
                self.told = {facts: one for facts, one in self.told.items() if one is not told}
                continue
            self.report.files.append(told)
            if wrong:
                self._refuse_file(told, wrong, file.collection)
        self._look_at_strangers()
        if self.wrong and len(self.wrong) == len(self.report.files):
            raise UnreadableError(self.wrong[0])
        self._flush(last=True)
        self.report.again = [self.told[facts].name for facts in self.batches.again]

    def _file(self, file: ToImport, told: FileReport) -> str:
        """Take one file in.

        Returns:
            What is wrong with it as a whole, or nothing.
        """
        try:
            with Given.open(file.path, file.wishes) as given:
                format_ = chosen(given)
                told.format, told.encoding = format_.name, given.encoding.said
                facts = _facts(given, format_.name)
                told.collection = facts.collection
                self.side.of_file(told.name, format_.name, given)
                self.told[facts] = told
                if facts.collection in self.strange:
                    return self.strange[facts.collection]
                for row in read(given, format_):
                    self._row(told, facts, row)
                    if self.weight >= BATCH and not self._flush():
                        return ""
                    if facts.collection in self.strange:
                        return ""
                told.remarks = tuple(given.remarks)
                if "by guess" in given.encoding.doubt:
                    self._odd(told, "the whole file", _guessed(given.encoding.name))
                self.ended.append(facts)
        except UnreadableError as error:
            return bare(file.path, error)
        except MemoryError:
            return "needs more memory than there is; split it"
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
                self._odd(told, row.place, row.odd)
            if self.report.dry_run and len(told.first) < FIRST_ROWS:
                told.first.append(row)
            self.pending.append(Bundle(row.records, facts, row.place, (told, row)))
            self.weight += sum(map(_weight, row.records))

    def _odd(self, told: FileReport, place: str, what: str) -> None:
        self.report.odd_count += 1
        if len(self.report.odd) < KEPT:
            self.report.odd.append(Told(told.name, place, what))

    def _look_at_strangers(self) -> None:
        """Refuse pending files whose ids mean something else in the case."""
        of: dict[str, list[Bundle]] = {}
        for bundle in self.pending if not self.insists else ():
            file = bundle.file
            if file and file.collection not in self.looked_at:
                of.setdefault(file.collection, []).append(bundle)
        self.looked_at.update(of)
        for collection, bundles in of.items():
            found = self.batches.strange(bundles)
            if found is not None:
                own = any(
                    str(getattr(record, "id", "")).split("/")[0] == collection
                    for bundle in bundles
                    for record in bundle.records
                )
                self.strange[collection] = _strange(found, collection, own=own)
        if not self.strange:
            return
        self.pending = [
            bundle
            for bundle in self.pending
            if bundle.file is None or bundle.file.collection not in self.strange
        ]
        self.ended = [file for file in self.ended if file.collection not in self.strange]
        for file, told in self.told.items():
            if file.collection in self.strange and not told.strange:
                told.strange = True
                self._refuse_file(told, self.strange[file.collection], file.collection)

    def _flush(self, *, last: bool = False) -> bool:
        """Write what is pending.

        Returns:
            Whether to go on.
        """
        self._look_at_strangers()
        bundles, self.pending, self.weight = self.pending, [], 0
        ended, self.ended = self.ended, []
        for bundle, fate in self._taken(bundles, ended, last=last and not self.report.stopped):
            told, row = cast(tuple[FileReport, Row], bundle.tag)
            if isinstance(fate, Refused):
                self._refuse(told, replace(row, reason=fate.reason))
            else:
                self.settled[fate, tuple(map(type, row.records))] += 1
                if fate not in PLAIN or self.batches.newer(told.collection):
                    self._told(told, row, fate)
        self._count()
        aside, self.aside = self.aside, []
        for refused in aside:
            self.side.add(refused)
        if not last and not self.progress(self.rows):
            self.report.stopped = True
        return not self.report.stopped

    def _taken(
        self, bundles: list[Bundle], ended: list[FileFacts], *, last: bool
    ) -> Iterator[tuple[Bundle, Fate]]:
        """What became of a batch.

        Raises:
            CaseError: it could not be written; says that earlier ones stay.
        """
        try:
            settled = self.batches.take(bundles, ended, last=last)
        except CaseError as error:
            if not self.batches_in:
                raise
            raise type(error)(
                f"{error.sentence} What was imported before stays; the same command goes on."
            ) from error
        self.batches_in += 1
        return settled

    def _count(self) -> None:
        """Add what was settled to the counts by kind."""
        for (outcomes, kinds), times in self.settled.items():
            for kind, outcome in zip(kinds, outcomes, strict=True):
                if outcome is not Outcome.REPEATED:
                    counts = self.report.kinds.setdefault(kind.kind_name, Counter())
                    counts[outcome.value] += times
        self.settled.clear()

    def _told(self, told: FileReport, row: Row, fate: tuple[Outcome, ...]) -> None:
        """Remember what is to be told one by one: what is changed, added or doubled."""
        for record, outcome in zip(row.records, fate, strict=True):
            if outcome is not Outcome.REPEATED:
                self._note(told, record, outcome)
        last = row.records[-1]
        repeated = all(outcome is Outcome.REPEATED for outcome in fate)
        if repeated and last.kind_name != "source":
            self.report.doubled_count += 1
            if len(self.report.doubled) < KEPT:
                said = f"says again what stood under '{id_of(last)}'"
                self.report.doubled.append(Told(told.name, row.place, said))

    def _note(self, told: FileReport, record: Record, outcome: Outcome) -> None:
        """Remember by its id what is new or changed in a newer export."""
        if record.kind_name in ("source", "case"):
            return
        if outcome is Outcome.CHANGED and len(self.report.altered) < KEPT:
            self.report.altered.append((record.kind_name, id_of(record)))
        elif outcome is Outcome.NEW and self.batches.newer(told.collection):
            self.report.added_count += 1
            if len(self.report.added) < KEPT:
                self.report.added.append((record.kind_name, id_of(record)))

    def _refuse_file(self, told: FileReport, wrong: str, collection: str) -> None:
        self.wrong.append(f"{told.name}: {wrong}.")
        self.batches.partial.add(collection)
        self._refuse(told, Row("the whole file", None, reason=wrong))

    def _refuse(self, told: FileReport, row: Row) -> None:
        told.refused += 1
        self.report.refused_count += 1
        refused = RefusedRow(told.name, row.place, row.reason, row.raw)
        if len(self.report.refused) < KEPT:
            self.report.refused.append(refused)
        self.aside.append(refused)
        self.weight += 1


def _strange(found: Strange, collection: str, *, own: bool) -> str:
    """What to say of a file whose ids mean something else in the case."""
    shared = counted(found.shared, "id")
    most = f"under {found.different} of the {shared}" if found.shared > 1 else "under the one id"
    other = f"say --collection with a name other than '{collection}'" if own else "make it a case"
    return (
        f"not taken in: {most} that it shares with the case it has altogether other words"
        f" ('{found.example}'); if it is a newer export all the same, say --newer, and if it is"
        f" something else, {other}{'' if own else ' of its own'}"
    )


def _guessed(encoding: str) -> str:
    return f"decoded by guess as {encoding}; --encoding overrules"


def _weight(record: Record) -> int:
    return 1 + (len(record.segments) if isinstance(record, RecordingRecord) else 0)


def _facts(given: Given, format_name: str) -> FileFacts:
    return FileFacts(
        collection=given.collection,
        name=given.path.name.encode("utf-8", "backslashreplace").decode(),
        hash=given.survey.sha256,
        size=given.size,
        format=format_name,
        encoding=given.encoding.name,
        doubt=given.encoding.doubt,
        at=time.time_ns() // 1_000_000,
        adds=bool(SIDE.search(given.path.stem)),
    )
