"""Taking records into the evidence tables: new, unchanged, or a new version beside the old."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.casefile import derive, evidence
from reviewer.casefile.engine import Connection
from reviewer.casefile.evidence import Parts, Value
from reviewer.model.canonical import content_hash
from reviewer.model.records import (
    CaseRecord,
    ClaimRecord,
    ExcerptRecord,
    Record,
    RecordingRecord,
    SourceRecord,
    StatementRecord,
)
from reviewer.model.words import Target
from reviewer.text import anchors

ORDER = (CaseRecord, SourceRecord, StatementRecord, RecordingRecord, ClaimRecord, ExcerptRecord)
TABLES = {
    SourceRecord: "source",
    StatementRecord: "statement",
    RecordingRecord: "recording",
    ClaimRecord: "claim",
    ExcerptRecord: "quotation",
}


class Outcome(StrEnum):
    """What became of a record."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"


class RefusedError(Exception):
    """A record that cannot stand in this case; the reason is for a person."""


@dataclass(slots=True)
class Intake:
    """Takes records in, within one transaction, in any order of files.

    Call `add` for each record in the order of `ORDER`, then `finish` once.
    """

    con: Connection
    claims: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    _targets: dict[str, Target | None] = field(default_factory=dict)

    def add(self, record: Record) -> Outcome:
        """Take one record in.

        Raises:
            RefusedError: it refers to what is not there, or its words do not stand.
        """
        if isinstance(record, CaseRecord):
            return self._case(record)
        if isinstance(record, ExcerptRecord) and self._stands_already(record):
            return Outcome.UNCHANGED
        table = TABLES[type(record)]
        columns, parts = self._row(record)
        hash_ = evidence.row_hash(table, columns, parts)
        held = self.con.execute(
            f"SELECT version, hash FROM {table} WHERE id = ? ORDER BY version DESC LIMIT 1",
            (columns["id"],),
        ).fetchone()
        if held is not None and held["hash"] == hash_:
            return Outcome.UNCHANGED
        version = held["version"] + 1 if held else 1
        self._insert(table, {"version": version, "hash": hash_, **columns})
        self._insert_parts(record, version, parts)
        self._touch(record, str(columns["id"]))
        return Outcome.CHANGED if held else Outcome.NEW

    def _stands_already(self, record: ExcerptRecord) -> bool:
        """Whether an excerpt is the one that is held, with more or less quoted around it."""
        held = self.con.execute(
            "SELECT claim, target, stance, exact, note, start FROM excerpt WHERE id = ?",
            (_id_of(record),),
        ).fetchone()
        target = self._target(record.target)
        if held is None or target is None:
            return False
        places = anchors.find(target.text, record.exact, record.prefix, record.suffix, limit=2)
        said = (record.claim, record.target, record.stance, record.exact, record.note)
        where = [] if held["start"] is None else [held["start"]]
        return (said, places) == (tuple(held)[:5], where)

    def finish(self) -> None:
        """Derive the state of every claim that the new evidence touches."""
        for claim in sorted(self.claims | derive.claims_on(self.con, self.targets)):
            derive.claim(self.con, claim, texts_changed=True)

    def _case(self, record: CaseRecord) -> Outcome:
        wanted = {
            "title": record.title,
            "about": record.about,
            "exercise": "yes" if record.exercise else "no",
        }
        held = dict(self.con.execute("SELECT key, value FROM about").fetchall())
        if all(held.get(key) == value for key, value in wanted.items()):
            return Outcome.UNCHANGED
        self.con.executemany(
            "INSERT INTO about (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            wanted.items(),
        )
        return Outcome.CHANGED if held.get("about") else Outcome.NEW

    def _insert(self, table: str, columns: Mapping[str, Value]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        places = ", ".join("?" * len(columns))
        self.con.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(columns.values())
        )

    def _insert_parts(self, record: Record, version: int, parts: Parts) -> None:
        if isinstance(record, RecordingRecord):
            self.con.executemany(
                "INSERT INTO segment (recording, version, n, start_ms, end_ms, speaker, text,"
                " translation) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                ((record.id, version, n, *part) for n, part in enumerate(parts)),
            )
        elif isinstance(record, ClaimRecord):
            self.con.executemany(
                "INSERT INTO shown_with (claim, version, n, target) VALUES (?, ?, ?, ?)",
                ((record.id, version, n, *part) for n, part in enumerate(parts)),
            )

    def _row(self, record: Record) -> tuple[dict[str, Value], Parts]:
        """What is stored of a record: its columns, and its segments or targets."""
        match record:
            case SourceRecord():
                return {**_texts(record), "origin": record.origin or record.id}, []
            case StatementRecord():
                self._needs_source(record.source)
                self._needs_id_free_of("recording", record.id)
                return _texts(record), []
            case RecordingRecord():
                self._needs_source(record.source)
                self._needs_id_free_of("statement", record.id)
                return _recording(record)
            case ClaimRecord():
                return _claim(record)
            case ExcerptRecord():
                return self._excerpt(record), []
            case _:
                raise TypeError(f"no evidence is made of a {type(record).__name__}")

    def _needs_source(self, id_: str) -> None:
        if self.con.execute("SELECT 1 FROM source WHERE id = ?", (id_,)).fetchone() is None:
            raise RefusedError(f"its source '{id_}' is not in the case; import it too")

    def _needs_id_free_of(self, table: str, id_: str) -> None:
        if self.con.execute(f"SELECT 1 FROM {table} WHERE id = ?", (id_,)).fetchone():
            raise RefusedError(f"a {table} has the id '{id_}' already")

    def _excerpt(self, record: ExcerptRecord) -> dict[str, Value]:
        if evidence.claim(self.con, record.claim) is None:
            raise RefusedError(f"its claim '{record.claim}' is not in the case; import it too")
        target = self._target(record.target)
        if target is None:
            raise RefusedError(f"its target '{record.target}' is not in the case; import it too")
        places = anchors.find(target.text, record.exact, record.prefix, record.suffix)
        if not places:
            raise RefusedError(f"its words do not stand in '{record.target}', letter for letter")
        if len(places) > 1:
            raise RefusedError(
                f"its words stand {len(places)} times in '{record.target}';"
                " add prefix or suffix to say which"
            )
        anchor = anchors.make(target.text, places[0], places[0] + len(record.exact))
        return {
            "id": _id_of(record),
            "claim": record.claim,
            "target": record.target,
            "stance": record.stance.value,
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "target_hash": bytes.fromhex(target.hash),
            "start": anchor.start,
            "end": anchor.end,
            "note": record.note,
        }

    def _target(self, id_: str) -> Target | None:
        if id_ not in self._targets:
            self._targets[id_] = evidence.target(self.con, id_)
        return self._targets[id_]

    def _touch(self, record: Record, id_: str) -> None:
        """Remember what must be derived anew."""
        if isinstance(record, StatementRecord | RecordingRecord):
            self.targets.add(id_)
            self._targets.pop(id_, None)
        elif isinstance(record, ClaimRecord):
            self.claims.add(id_)
        elif isinstance(record, ExcerptRecord):
            # It may have stood on another claim before.
            rows = self.con.execute("SELECT claim FROM quotation WHERE id = ?", (id_,)).fetchall()
            self.claims.update(row["claim"] for row in rows)


def _id_of(record: ExcerptRecord) -> str:
    return record.id or f"q-{content_hash(record.content()).hex()[:10]}"


def _texts(record: Record) -> dict[str, Value]:
    """The columns of a record that holds nothing but text."""
    return {name: str(value) for name, value in record.content().items()}


def _recording(record: RecordingRecord) -> tuple[dict[str, Value], Parts]:
    columns: dict[str, Value] = {
        name: str(value)
        for name, value in record.content().items()
        if name not in ("segments", "speakers")
    }
    speakers = [speaker.model_dump() for speaker in record.speakers]
    columns["speakers"] = json.dumps(speakers, ensure_ascii=False)
    parts = [[s.start, s.end, s.speaker, s.text, s.translation] for s in record.segments]
    return columns, parts


def _claim(record: ClaimRecord) -> tuple[dict[str, Value], Parts]:
    columns: dict[str, Value] = {
        "id": record.id,
        "text": record.text,
        "claimant": record.claimant,
        "date": record.date,
        "priority": record.priority,
        "tags": json.dumps(record.tags, ensure_ascii=False),
        "parent": record.parent,
        "context": record.context,
    }
    targets = dict.fromkeys((*record.statements, *record.recordings))
    return columns, [[target] for target in targets]
