"""What was made out on the pages of a damaged case, kept apart until it has proven itself.

It lies in a database of its own, since a case may be larger than the memory. Nothing in it is
believed: an entry is one whose body hashes to an id that stands somewhere, words are those
whose hash an entry holds, a version of evidence is one whose hash is made anew from its row.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reviewer.casefile import engine
from reviewer.casefile.engine import sqlite3
from reviewer.casefile.evidence import row_hash
from reviewer.casefile.rescue.pages import Pages, Record, Value, carved
from reviewer.model.entry import Entry, read_entry

HASH = 32
EVIDENCE = ("source", "statement", "recording", "claim", "rating", "quotation")
PARTS = ("segment", "oddity", "shown_with")
BY_KEY = frozenset({"source", "segment", "oddity", "shown_with", "attest", "about"})
"""The tables whose rows lie sorted by their key; those of the others are numbered."""
TOLD = ("about", "scale")
MIGRATION = re.compile(r"m\d{3}_")
SAID = ("id", "title", "about", "exercise", "origins")
MOST = 2**62
FIRST_NUMBERED = 1 << 40
"""Versions of older cases have the number of their edition alone."""
EVERY = 200
BEGINNING = b"{"

SCHEMA = """
CREATE TABLE body (id BLOB PRIMARY KEY, lamport INTEGER, body BLOB) WITHOUT ROWID;
CREATE TABLE carved (id BLOB PRIMARY KEY, lamport INTEGER, body BLOB) WITHOUT ROWID;
CREATE TABLE named (id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE listed (id TEXT, version INTEGER, PRIMARY KEY (id, version)) WITHOUT ROWID;
CREATE TABLE words (hash BLOB PRIMARY KEY, data BLOB) WITHOUT ROWID;
"""
KEYS = {
    "segment": "recording, version, n",
    "oddity": "recording, version, n",
    "shown_with": "claim, version, n",
    "attest": "target, what, key",
    "about": "key",
    "scale": "key",
}
SEGMENTS = (
    "SELECT s.start_ms, s.end_ms, s.speaker, s.text, s.translation, o.note FROM segment AS s"
    " LEFT JOIN oddity AS o USING (recording, version, n)"
    " WHERE s.recording = ? AND s.version = ? ORDER BY s.n"
)
TARGETS = "SELECT target FROM shown_with WHERE claim = ? AND version = ? ORDER BY n"


class Finds:
    """The rows that were made out, and which of them prove themselves."""

    def __init__(self, path: Path, columns: Mapping[str, tuple[str, ...]]) -> None:
        self.columns = columns
        self.con = sqlite3.connect(path, isolation_level=None)
        self.con.execute("PRAGMA journal_mode = OFF")
        self.con.execute("PRAGMA synchronous = OFF")
        self.con.executescript(SCHEMA)
        for table, names in columns.items():
            key = f", UNIQUE ({KEYS[table]})" if table in KEYS else ""
            self.con.execute(f"CREATE TABLE {table} ({_listed(names)}{key})")
        self._shapes: dict[tuple[bool, int], list[str]] = {}
        for table, names in columns.items():
            self._shapes.setdefault((table in BY_KEY, len(names)), []).append(table)

    def close(self) -> None:
        """Close it."""
        self.con.close()

    def gather(self, pages: Pages) -> Iterator[int]:
        """Take everything in that can be made out; gives the number of pages looked through."""
        self.con.execute("BEGIN")
        for done, (number, data) in enumerate(pages.each(), 1):
            for record in pages.records(number, data):
                self._take(record)
            for found in carved(data):
                self._carve(found)
            if done % EVERY == 0:
                yield done
        self.con.execute("COMMIT")

    def _take(self, record: Record) -> None:
        values = record.values
        if record.by_key and len(values) == 2 and _is_hash(values[0]):
            # The index of the entries by their ids.
            self._name(values[0])
        if record.by_key and len(values) == 3 and _lists(values):
            self.con.execute("INSERT OR IGNORE INTO listed VALUES (?, ?)", values[:2])
        if not record.by_key and len(values) == 9 and _is_hash(values[1]):
            self._entry(values[1], values[8])
        if not record.by_key and len(values) == 2:
            self._words(values[1])
        for table in self._shapes.get((record.by_key, len(values)), ()):
            if table == "scale":
                values = (record.number, *values[1:])
            if _fits(table, values):
                marks = ", ".join("?" * len(values))
                self.con.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", values)

    def _entry(self, id_: Value, body: Value) -> None:
        self._name(id_)
        if isinstance(body, bytes) and hashlib.sha256(body).digest() == id_:
            self._keep("body", body)

    def _keep(self, table: str, body: bytes) -> None:
        entry = entry_in(body)
        if entry is not None:
            self.con.execute(
                f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?)",
                (bytes.fromhex(entry.id), entry.lamport, body),
            )

    def _name(self, id_: Value) -> None:
        self.con.execute("INSERT OR IGNORE INTO named VALUES (?)", (id_,))

    def _words(self, data: Value) -> None:
        if isinstance(data, bytes) and data.startswith(BEGINNING):
            digest = hashlib.sha256(data).digest()
            self.con.execute("INSERT OR IGNORE INTO words VALUES (?, ?)", (digest, data))

    def _carve(self, found: bytes) -> None:
        if found.startswith(b'{"a":"'):
            self._keep("carved", found)
        else:
            self._words(found)

    def prove(self) -> None:
        """Keep the entries that prove themselves.

        A body that was found without its row is one of the ledger if its hash stands anywhere:
        in the index, beside another body, as what came before or was seen by another entry.
        """
        self.con.execute("BEGIN")
        for (body,) in self.con.execute("SELECT body FROM body"):
            self._names_of(body)
        self.con.execute("INSERT OR IGNORE INTO named SELECT target FROM attest")
        added = True
        while added:
            new = self.con.execute(
                "SELECT * FROM carved WHERE id IN (SELECT id FROM named)"
                " AND id NOT IN (SELECT id FROM body)"
            ).fetchall()
            added = bool(new)
            self.con.executemany("INSERT OR IGNORE INTO body VALUES (?, ?, ?)", new)
            for _, _, body in new:
                self._names_of(body)
        self.con.execute("COMMIT")

    def _names_of(self, body: bytes) -> None:
        entry = entry_in(body)
        for id_ in (entry.previous, entry.witness) if entry is not None else ():
            if id_:
                self._name(bytes.fromhex(id_))

    def entries(self) -> Iterator[tuple[Entry, bytes]]:
        """Every entry that has proven itself, with its body, in the order of taking effect."""
        for (body,) in self.con.execute("SELECT body FROM body ORDER BY lamport, id"):
            entry = entry_in(body)
            if entry is not None:
                yield entry, body

    def listed(self) -> set[tuple[str, int]]:
        """The id and version of each record of evidence that an index lists."""
        return {(row[0], row[1]) for row in self.con.execute("SELECT * FROM listed")}

    def words_of(self, entry: Entry) -> bytes | None:
        """The words that an entry binds, if they were found."""
        row = self.con.execute(
            "SELECT data FROM words WHERE hash = ?", (bytes.fromhex(entry.payload_hash or ""),)
        ).fetchone()
        return bytes(row[0]) if row else None

    def rows(self, table: str) -> Iterator[tuple[Value, ...]]:
        """Every row of a table that was made out."""
        yield from self.con.execute(f"SELECT * FROM {table}")

    def parts(self, table: str, of: str, id_: str, version: int) -> list[tuple[Value, ...]]:
        """The rows of a version of a record that has parts."""
        return self.con.execute(
            f"SELECT * FROM {table} WHERE {of} = ? AND version = ?", (id_, version)
        ).fetchall()

    def is_proven(self, table: str, row: tuple[Value, ...]) -> bool:
        """Whether the hash of a version of evidence follows from what was found of it."""
        named = dict(zip(self.columns[table], row, strict=True))
        id_, version, hash_ = named["id"], named.pop("version"), named.pop("hash")
        parts = []
        if table in ("recording", "claim"):
            given = SEGMENTS if table == "recording" else TARGETS
            parts = [list(part) for part in self.con.execute(given, (id_, version)).fetchall()]
        if table == "recording":
            parts = [part if part[5] is not None else part[:5] for part in parts]
        try:
            return row_hash(table, named, parts) == hash_  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return False


def entry_in(body: bytes) -> Entry | None:
    """The entry that a body is, if it is one that has a place in a chain."""
    try:
        entry = read_entry(body)
        for id_ in (
            entry.chain,
            entry.previous or "",
            entry.witness or "",
            entry.payload_hash or "",
        ):
            bytes.fromhex(id_)
    except ValueError:
        return None
    return entry if 0 < entry.lamport <= MOST and 0 < entry.seq <= MOST else None


def _is_hash(value: Value) -> bool:
    return isinstance(value, bytes) and len(value) == HASH


def _lists(values: tuple[Value, ...]) -> bool:
    """Whether a row of an index is one of an index of records by their id and version."""
    id_, version, row = values
    numbered = isinstance(version, int) and version >= FIRST_NUMBERED
    return isinstance(id_, str) and numbered and isinstance(row, int)


def _fits(table: str, values: tuple[Value, ...]) -> bool:
    """Whether a row of as many values may be one of this table."""
    if table in EVIDENCE:
        return isinstance(values[0], str) and isinstance(values[1], int) and _is_hash(values[2])
    if table in PARTS:
        return isinstance(values[0], str) and all(isinstance(n, int) for n in values[1:3])
    if table == "attest":
        return _is_hash(values[0]) and isinstance(values[3], bytes)
    known = values[0] in SAID
    if table == "scale":
        # The rows that tell which migrations were done look the same.
        known = values[0] in range(1, 10) and not MIGRATION.match(str(values[2]))
    return known and all(isinstance(value, str) for value in values[1:])


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def columns_of_case() -> dict[str, tuple[str, ...]]:
    """The names of the columns of every table that is brought back, from the schema."""
    from reviewer.shipped import shipped

    con = engine.sqlite3.connect(":memory:")
    con.executescript(shipped("schema.sql").read_text(encoding="utf-8"))
    tables = (*EVIDENCE, *PARTS, "attest", *TOLD)
    found = {
        table: tuple(row[0] for row in con.execute(f"SELECT * FROM {table} LIMIT 0").description)
        for table in tables
    }
    con.close()
    return found
