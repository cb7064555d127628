"""Taking records into the evidence tables: new, unchanged, or a new version beside the old.

Records come in bundles, what stands in one place of a file: all of a bundle is taken in or
none. A batch of bundles is looked up with one query a table and written with one statement a
table, so that an import costs little more than the writing itself.
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.casefile import evidence, quoting
from reviewer.casefile.arrivals import Bundle, Fate, Outcome, Ready, Refused, RefusedError
from reviewer.casefile.brought import CASE, Brought, Key
from reviewer.casefile.engine import Connection
from reviewer.casefile.evidence import Parts, Value
from reviewer.casefile.quoting import Text
from reviewer.casefile.rows import TABLES, columns_of, id_of
from reviewer.casefile.writing import derive_from, write_rows
from reviewer.model.records import (
    CaseRecord,
    ExcerptRecord,
    RatingRecord,
    Record,
    RecordingRecord,
    SourceRecord,
    StatementRecord,
)
from reviewer.model.versions import edition_of, numbered


@dataclass(slots=True)
class Intake:
    """Takes batches of bundles in, over one transaction or several of the same import."""

    con: Connection
    seen: Brought = field(default_factory=Brought)
    """What this import has brought: one id, one content."""
    _held: dict[Key, tuple[int, bytes]] = field(default_factory=dict)
    _texts: dict[str, Text | None] = field(default_factory=dict)
    _pending: list[Ready] = field(default_factory=list)
    _pending_texts: dict[str, Ready] = field(default_factory=dict)
    _brought: list[tuple[str, str, int, str]] = field(default_factory=list)
    _empty: frozenset[str] = frozenset()
    """The tables in which nothing stood before this import."""

    def __post_init__(self) -> None:
        self._empty = frozenset(
            table
            for table in TABLES.values()
            if self.con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None
        )

    def take(self, bundles: Sequence[Bundle]) -> list[Fate]:
        """Take bundles in, within a transaction, and derive what rests on them.

        Returns:
            The fate of each, in their order. One that waits for another may come again.
        """
        self._texts.clear()
        # An id may have to be made of the content: once is enough.
        keys = [tuple(map(_key_of, bundle.records)) for bundle in bundles]
        self._look_up(bundles, keys)
        fates: list[Fate] = []
        for bundle, known_as in zip(bundles, keys, strict=True):
            try:
                fates.append(self._bundle(bundle, known_as))
            except RefusedError as refused:
                fates.append(Refused(str(refused), refused.waiting))
                self._keep_sources(bundle)
        written, self._pending = self._pending, []
        self._pending_texts.clear()
        write_rows(self.con, written)
        self._write_places()
        derive_from(self.con, written)
        return fates

    def _keep_sources(self, bundle: Bundle) -> None:
        """Take the sources of a bundle that is refused: later ones count on them."""
        sources = tuple(one for one in bundle.records if isinstance(one, SourceRecord))
        if sources and len(sources) < len(bundle.records):
            with contextlib.suppress(RefusedError):
                alone = Bundle(sources, bundle.file, bundle.place)
                self._bundle(alone, tuple(map(_key_of, sources)))

    def _look_up(self, bundles: Sequence[Bundle], keys: Sequence[tuple[Key, ...]]) -> None:
        """Fetch the newest version of every record that is named, with one query a table."""
        wanted: dict[str, set[str]] = {table: set() for table in ("case", *TABLES.values())}
        for bundle, known_as in zip(bundles, keys, strict=True):
            for record, (table, id_) in zip(bundle.records, known_as, strict=True):
                wanted[table].add(id_)
                for other, named in _named_in(record):
                    wanted[other].add(named)
        del wanted["case"]
        self._held.clear()
        for table, ids in wanted.items():
            if table in self._empty:
                # Only what this import has brought can be there.
                ids = {id_ for id_ in ids if self.seen.get((table, id_)) is not None}
            if not ids:
                continue
            rows = self.con.execute(
                f"SELECT id, max(version), hash FROM {table}"
                " WHERE id IN (SELECT value FROM json_each(?)) GROUP BY id",
                (json.dumps(list(ids)),),
            ).fetchall()
            for id_, version, hash_ in rows:
                self._held[table, id_] = (version, hash_)

    def _bundle(self, bundle: Bundle, keys: tuple[Key, ...]) -> Fate:
        before = len(self._pending)
        was: dict[Key, tuple[int, bytes] | None] = {}
        try:
            outcomes = [
                self._record(record, key, was)
                for record, key in zip(bundle.records, keys, strict=True)
            ]
        except RefusedError:
            self._forget(before)
            for key, held in was.items():
                if held is None:
                    self._held.pop(key, None)
                else:
                    self._held[key] = held
            raise
        self._remember(bundle, keys)
        return tuple(outcomes)

    def _record(
        self, record: Record, key: Key, was: dict[Key, tuple[int, bytes] | None]
    ) -> Outcome:
        """Make a record ready; `was` gets what was held under its key before this bundle."""
        if isinstance(record, CaseRecord):
            return self._case(record)
        earlier = self.seen.get(key)
        ready = self._ready(record, key, earlier)
        repeated = earlier is not None or key in was
        was.setdefault(key, self._held.get(key))
        if ready.outcome is not Outcome.UNCHANGED:
            self._held[key] = (ready.version, ready.hash)
            self._pending.append(ready)
            if ready.table in ("statement", "recording"):
                self._pending_texts[ready.id] = ready
        return Outcome.REPEATED if repeated else ready.outcome

    def _forget(self, before: int) -> None:
        """Take back what was made ready of a bundle that is refused."""
        refused = self._pending[before:]
        del self._pending[before:]
        if any(ready.table in ("statement", "recording") for ready in refused):
            self._pending_texts = {
                ready.id: ready
                for ready in self._pending
                if ready.table in ("statement", "recording")
            }

    def _remember(self, bundle: Bundle, keys: tuple[Key, ...]) -> None:
        for key in keys:
            self.seen.add(key, b"" if key == CASE else self._held[key][1])
        if bundle.file is not None:
            n, place = bundle.file.n, bundle.place
            self._brought += [(table, id_, n, place) for table, id_ in keys]

    def _ready(self, record: Record, key: Key, earlier: bytes | None) -> Ready:
        """A record as it would be written; nothing is written yet.

        Raises:
            RefusedError: it refers to what is not there, its words do not stand, or another
                of its id has come in with this import.
        """
        table, id_ = key
        columns, parts = self._row(record, id_)
        hash_ = evidence.row_hash(table, columns, parts)
        held = self._held.get(key)
        if earlier is not None and not hash_.startswith(earlier):
            raise RefusedError(f"the id '{id_}' stands twice; {self._first(table, id_)}")
        if held is not None and held[1] == hash_:
            return Ready(record, table, id_, columns, parts, hash_, Outcome.UNCHANGED, held[0])
        outcome = Outcome.CHANGED if held else Outcome.NEW
        version = numbered(edition_of(held[0]) + 1 if held else 1, hash_)
        return Ready(record, table, id_, columns, parts, hash_, outcome, version)

    def _row(self, record: Record, id_: str) -> tuple[Mapping[str, Value], Parts]:
        if isinstance(record, ExcerptRecord):
            return self._excerpt(record, id_), []
        self._refers(record)
        return columns_of(record, id_)

    def _first(self, table: str, id_: str) -> str:
        self._write_places()
        row = self.con.execute(
            "SELECT file.name, brought.place FROM brought JOIN file ON file.n = brought.file"
            " WHERE kind = ? AND id = ?",
            (table, id_),
        ).fetchone()
        return f"first at {row[0]}, {row[1]}" if row else "the first was taken"

    def _refers(self, record: Record) -> None:
        if isinstance(record, RatingRecord):
            self._needs("source", record.source, "its source")
            self._needs("claim", record.claim, "its claim")
        elif isinstance(record, StatementRecord | RecordingRecord):
            self._needs("source", record.source, "its source")
            other = "recording" if isinstance(record, StatementRecord) else "statement"
            self._needs_id_free_of(other, record.id)

    def _needs(self, table: str, id_: str, what: str) -> None:
        if (table, id_) not in self._held:
            raise RefusedError(f"{what} '{id_}' is not in the case; import it too", waiting=True)

    def _needs_id_free_of(self, table: str, id_: str) -> None:
        if (table, id_) in self._held:
            raise RefusedError(f"a {table} has the id '{id_}' already")

    def _excerpt(self, record: ExcerptRecord, id_: str) -> dict[str, Value]:
        self._needs("claim", record.claim, "its claim")
        target = self._text(record.target)
        if target is None:
            raise RefusedError(
                f"its target '{record.target}' is not in the case; import it too", waiting=True
            )
        held = ("quotation", id_) in self._held
        return quoting.columns(self.con, record, id_, target, held=held)

    def _text(self, id_: str) -> Text | None:
        if (ready := self._pending_texts.get(id_)) is not None:
            return quoting.text_to_come(ready)
        if id_ not in self._texts:
            self._texts[id_] = quoting.text_held(self.con, id_)
        return self._texts[id_]

    def _case(self, record: CaseRecord) -> Outcome:
        if self.seen.get(CASE) is not None:
            raise RefusedError(
                f"what the case says of itself stands twice; {self._first('case', '')}"
            )
        wanted = {
            "title": record.title,
            "about": record.about,
            "exercise": "yes" if record.exercise else "no",
        }
        if record.origins is not None:
            wanted["origins"] = str(record.origins)
        held = dict(self.con.execute("SELECT key, value FROM about").fetchall())
        if all(held.get(key) == value for key, value in wanted.items()):
            return Outcome.UNCHANGED
        self.con.executemany(
            "INSERT INTO about (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            wanted.items(),
        )
        return Outcome.CHANGED if held.get("about") else Outcome.NEW

    def _write_places(self) -> None:
        self.con.executemany(
            "INSERT INTO brought (kind, id, file, place) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (kind, id) DO UPDATE SET file = excluded.file, place = excluded.place"
            " WHERE file <> excluded.file OR place <> excluded.place",
            self._brought,
        )
        self._brought.clear()


def _key_of(record: Record) -> Key:
    """The table that a record stands in, and its id."""
    return CASE if isinstance(record, CaseRecord) else (TABLES[type(record)], id_of(record))


def _named_in(record: Record) -> tuple[Key, ...]:
    """The records of other tables whose presence decides whether this one can stand."""
    if isinstance(record, RatingRecord):
        return (("source", record.source), ("claim", record.claim))
    if isinstance(record, StatementRecord):
        return (("source", record.source), ("recording", record.id))
    if isinstance(record, RecordingRecord):
        return (("source", record.source), ("statement", record.id))
    return (("claim", record.claim),) if isinstance(record, ExcerptRecord) else ()
