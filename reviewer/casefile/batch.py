"""One import into a case: batches of bundles, each a transaction.

Apart from the other acts because it needs pydantic, which those must not wait for.
"""

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.intake import Bundle, Fate, FileFacts, Intake, Outcome, Refused
from reviewer.model.records import Record


class _DryRunError(Exception):
    """Rolls the transaction of a dry run back."""


class Batches:
    """An import in batches. What one has taken in stays, whatever becomes of the next.

    A context manager; a dry run is one transaction that is rolled back at its end.
    """

    def __init__(self, case: CaseFile, *, dry_run: bool = False) -> None:
        self.case = case
        self.dry_run = dry_run
        self._stack = contextlib.ExitStack()
        self._con: Connection | None = None
        self._intake: Intake | None = None
        self._waiting: list[Bundle] = []
        self._files: dict[FileFacts, None] = {}
        self._run = 0

    def __enter__(self) -> Self:
        if self.dry_run:
            self._stack.enter_context(contextlib.suppress(_DryRunError))
            self._con = self._stack.enter_context(self.case.write())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.dry_run and error is None:
            undo = _DryRunError()
            self._stack.__exit__(_DryRunError, undo, None)
        else:
            self._stack.__exit__(kind, error, trace)

    def take(
        self, bundles: Sequence[Bundle], ended: Iterable[FileFacts] = (), *, last: bool = False
    ) -> Iterator[tuple[Bundle, Fate]]:
        """Take a batch in.

        Args:
            bundles: what to take in.
            ended: files of which nothing more will come.
            last: nothing more will come at all; what waited for others is settled.

        Returns:
            Each bundle that is settled, with its fate; all of it is on the disk by then.
        """
        with self._transaction() as con:
            if self._intake is None:
                self._intake = Intake(con)
                (run,) = con.execute("SELECT coalesce(max(run), 0) + 1 FROM file").fetchone()
                self._run = run
            for bundle in bundles:
                if bundle.file is not None and bundle.file not in self._files:
                    self._register(con, bundle.file)
            settled = self._settle(self._intake, bundles)
            if last:
                settled += self._settle_waiting(self._intake)
            for file in ended:
                if file not in self._files:
                    self._register(con, file)
                con.execute("UPDATE file SET complete = 1 WHERE n = ? AND NOT complete", (file.n,))
        return iter(settled)

    def gone(self) -> list[tuple[str, str]]:
        """Kind and id of what earlier files of the same collections held and these do not."""
        with self._reading() as con:
            rows = con.execute(
                "SELECT kind, id FROM brought WHERE file IN (SELECT n FROM file"
                " WHERE collection IN (SELECT value FROM json_each(?))"
                " AND n NOT IN (SELECT value FROM json_each(?))) AND kind NOT IN ('source', 'case')"
                " ORDER BY kind, id",
                (
                    json.dumps(sorted({file.collection for file in self._files})),
                    json.dumps([file.n for file in self._files]),
                ),
            ).fetchall()
        return [(row[0], row[1]) for row in rows]

    def to_do(self) -> tuple[int, int]:
        """How many claims are reopened now, and how many excerpts are orphans."""
        with self._reading() as con:
            reopened, orphans = con.execute(
                "SELECT coalesce(sum(state = 'reopened'), 0), coalesce(sum(orphans), 0) FROM queue"
            ).fetchone()
        return int(reopened), int(orphans)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self._con is not None:
            yield self._con
            return
        with self.case.write() as con:
            yield con

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._con is not None:
            yield self._con
            return
        with self.case.read() as con:
            yield con

    def _register(self, con: Connection, file: FileFacts) -> None:
        row = con.execute(
            "SELECT n, run, (SELECT max(run) FROM file WHERE collection = :collection) AS newest"
            " FROM file WHERE collection = :collection AND hash = :hash AND name = :name",
            {
                "collection": file.collection,
                "hash": bytes.fromhex(file.hash),
                "name": file.name,
            },
        ).fetchone()
        if row is None:
            file.n = con.execute(
                "INSERT INTO file (collection, name, hash, size, format, encoding, doubt, at, run,"
                " complete) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) RETURNING n",
                (
                    file.collection,
                    file.name,
                    bytes.fromhex(file.hash),
                    file.size,
                    file.format,
                    file.encoding,
                    file.doubt,
                    file.at,
                    self._run,
                ),
            ).fetchone()[0]
        else:
            file.n = row["n"]
            if row["run"] != row["newest"]:
                con.execute("UPDATE file SET run = ? WHERE n = ?", (self._run, file.n))
        self._files[file] = None

    def _settle(self, intake: Intake, bundles: Sequence[Bundle]) -> list[tuple[Bundle, Fate]]:
        settled: list[tuple[Bundle, Fate]] = []
        for bundle, fate in zip(bundles, intake.take(bundles), strict=True):
            if isinstance(fate, Refused) and fate.waiting:
                self._waiting.append(bundle)
            else:
                settled.append((bundle, fate))
        return settled

    def _settle_waiting(self, intake: Intake) -> list[tuple[Bundle, Fate]]:
        settled: list[tuple[Bundle, Fate]] = []
        while waiting := self._waiting:
            self._waiting = []
            fates = intake.take(waiting)
            if all(isinstance(fate, Refused) and fate.waiting for fate in fates):
                return [*settled, *zip(waiting, fates, strict=True)]
            for bundle, fate in zip(waiting, fates, strict=True):
                if isinstance(fate, Refused) and fate.waiting:
                    self._waiting.append(bundle)
                else:
                    settled.append((bundle, fate))
        return settled


def take_in(
    case: CaseFile, records: Iterable[Record], *, dry_run: bool = False
) -> tuple[list[Outcome | str], dict[str, int]]:
    """Import records that come from no file, all in one transaction.

    Returns:
        For each record, in the order given, what became of it or why it was refused; and
        the count of new, unchanged, changed and refused.
    """
    bundles = [Bundle((record,)) for record in records]
    with Batches(case, dry_run=dry_run) as batches:
        fates = {id(bundle): fate for bundle, fate in batches.take(bundles, last=True)}
    told: list[Outcome | str] = []
    for bundle in bundles:
        fate = fates[id(bundle)]
        told.append(fate.reason if isinstance(fate, Refused) else fate[0])
    counted = (Outcome.NEW, Outcome.UNCHANGED, Outcome.CHANGED)
    counts = {outcome.value: told.count(outcome) for outcome in counted}
    counts["refused"] = len(told) - sum(counts.values())
    return told, counts
