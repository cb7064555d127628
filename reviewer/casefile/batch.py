"""One import into a case: batches of bundles, each a transaction.

Apart from the other acts because it needs pydantic, which those must not wait for.
"""

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from reviewer.casefile.arrivals import Bundle, Fate, FileFacts, Outcome, Refused
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.intake import Intake
from reviewer.casefile.strangers import Strange, strange
from reviewer.model.records import Record, RecordingRecord, StatementRecord

CACHE_KIB = 64 * 1024
"""As much of a case is held in memory: ids made of hashes fall all over its indexes."""
ADDS = re.compile(r"\.refused(-\d+)?(\.[^.]*)?\Z")
"""The names of files that add to an export rather than being a newer one."""


@dataclass(frozen=True, slots=True)
class _Held:
    """The files of a collection that a case held before: `read` is what its newest run read.

    `rows` has the row and the run of each, by its name, hash, format, encoding and doubt.
    """

    newest: int
    read: set[int]
    rows: dict[tuple[str, ...], tuple[int, int]]


OWN_IDS = ("jsonl", "toml", "case-table", "table", "json")
"""The formats in which a text has an id of its own, and not the name of its file."""
MOST_OF_ONE_TEXT = 2
"""A source and a text: what a file that is one text brings."""


class _DryRunError(Exception):
    """Rolls the transaction of a dry run back."""


class Batches:
    """An import in batches. What one has taken in stays, whatever becomes of the next.

    A context manager; a dry run is one transaction that is rolled back at its end.

    The files of one import are one export of their collections, and the newest from then on;
    they are called so once the import has come to its end, since only then is it known what
    they do not hold. `again` are the files that had been the newest before.
    """

    def __init__(self, case: CaseFile, *, dry_run: bool = False) -> None:
        self.case = case
        self.dry_run = dry_run
        self._stack = contextlib.ExitStack()
        self._con: Connection | None = None
        self._intake: Intake | None = None
        self._waiting: list[Bundle] = []
        self._files: dict[FileFacts, None] = {}
        self._ended: list[FileFacts] = []
        self._known: dict[str, _Held] = {}
        self._run = 0
        self.partial: set[str] = set()
        """Collections of which something could not be read: nothing of them is called gone."""
        self.again: list[FileFacts] = []

    def __enter__(self) -> Self:
        self._stack.enter_context(self.case.cached(CACHE_KIB))
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
                self._ended.append(file)
            if last:
                self._complete(con)
        return iter(settled)

    def strange(self, bundles: Sequence[Bundle]) -> Strange | None:
        """Whether most ids that these share with the case stand for other texts there."""
        records = [record for bundle in bundles for record in bundle.records]
        named = {
            (record.kind_name, record.id)
            for bundle in bundles
            for record in bundle.records
            if isinstance(record, StatementRecord | RecordingRecord)
            and bundle.file is not None
            and bundle.file.format not in OWN_IDS
            and len(bundle.records) <= MOST_OF_ONE_TEXT
        }
        with self._reading() as con:
            return strange(con, records, named if len(bundles) == 1 else ())

    def gone(self) -> list[tuple[str, str]]:
        """Kind and id of what earlier files of the same collections held and these do not."""
        collections = {file.collection for file in self._files if not file.adds} - self.partial
        with self._reading() as con:
            rows = con.execute(
                "SELECT kind, id FROM brought WHERE kind NOT IN ('source', 'case')"
                " AND file IN (SELECT n FROM file"
                " WHERE collection IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1"
                " FROM file AS newer WHERE newer.collection = file.collection"
                " AND newer.complete AND newer.run > file.run))"
                " ORDER BY kind, id",
                (json.dumps(sorted(collections)),),
            ).fetchall()
        return [(row[0], row[1]) for row in rows]

    def newer(self, collection: str) -> bool:
        """Whether the case held an export of this collection before this import."""
        return collection in self._known and self._known[collection].newest > 0

    def to_do(self) -> tuple[frozenset[str], frozenset[str]]:
        """The claims that are reopened now, and the excerpts that are orphans."""
        with self._reading() as con:
            reopened = con.execute("SELECT claim FROM queue WHERE state = 'reopened'").fetchall()
            orphans = con.execute("SELECT id FROM excerpt WHERE start IS NULL").fetchall()
        return frozenset(row[0] for row in reopened), frozenset(row[0] for row in orphans)

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
        """Give a file its row; the same bytes read in the same way have one already."""
        held = self._held_of(con, file.collection)
        said = (file.name, file.hash, file.format, file.encoding, file.doubt)
        n, run = held.rows.get(said, (0, 0))
        # What adds to an export is of its run, and what is in that stays in it.
        new = held.newest if file.adds and held.newest else self._run
        if not n:
            (n,) = con.execute(
                "INSERT INTO file (collection, name, hash, format, encoding, doubt, size, at, run,"
                " complete) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) RETURNING n",
                (
                    file.collection,
                    file.name,
                    bytes.fromhex(file.hash),
                    *said[2:],
                    file.size,
                    file.at,
                    new,
                ),
            ).fetchone()
            held.rows[said] = n, new
        elif run < held.newest:
            con.execute("UPDATE file SET run = ?, complete = 0 WHERE n = ?", (new, n))
            held.rows[said] = n, new
            if not file.adds:
                self.again.append(file)
        file.n = n
        self._files[file] = None

    def _held_of(self, con: Connection, collection: str) -> _Held:
        """The files of a collection that were held before this import."""
        if collection not in self._known:
            rows = con.execute(
                "SELECT name, hash, format, encoding, doubt, n, run FROM file WHERE collection = ?",
                (collection,),
            ).fetchall()
            newest = max((row["run"] for row in rows), default=0)
            self._known[collection] = _Held(
                newest,
                {row["n"] for row in rows if row["run"] == newest and not ADDS.search(row["name"])},
                {(row[0], row[1].hex(), *row[2:5]): (row["n"], row["run"]) for row in rows},
            )
        return self._known[collection]

    def _complete(self, con: Connection) -> None:
        """The import has come to its end: what it read is the newest of its collections."""
        whole = [file for file in self._ended if file.collection not in self.partial]
        of: dict[str, set[int]] = {}
        for file in whole:
            if not file.adds:
                of.setdefault(file.collection, set()).add(file.n)
        for collection, read in of.items():
            held = self._held_of(con, collection)
            if held.newest and read != held.read:
                con.execute(
                    "UPDATE file SET run = ? WHERE n IN (SELECT value FROM json_each(?))",
                    (self._run, json.dumps(sorted(read))),
                )
        con.execute(
            "UPDATE file SET complete = 1"
            " WHERE NOT complete AND n IN (SELECT value FROM json_each(?))",
            (json.dumps([file.n for file in whole]),),
        )

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
