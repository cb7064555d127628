"""Taking records into the evidence tables: new, unchanged, or a new version beside the old."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.casefile import derive, evidence
from reviewer.casefile.engine import Connection
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
        content = record.content()
        hash_ = content_hash(content)
        id_ = str(content["id"]) or f"q-{hash_.hex()[:10]}"
        table = TABLES[type(record)]
        held = self.con.execute(
            f"SELECT version, hash FROM {table} WHERE id = ? ORDER BY version DESC LIMIT 1",
            (id_,),
        ).fetchone()
        if held is not None and (held["hash"] == hash_ or self._stands_already(record, id_)):
            return Outcome.UNCHANGED
        self._insert(record, id_, held["version"] + 1 if held else 1, hash_)
        return Outcome.CHANGED if held else Outcome.NEW

    def _stands_already(self, record: Record, id_: str) -> bool:
        """Whether an excerpt is the one that is held, with more or less quoted around it."""
        if not isinstance(record, ExcerptRecord):
            return False
        held = self.con.execute(
            "SELECT claim, target, stance, exact, note, start FROM excerpt WHERE id = ?", (id_,)
        ).fetchone()
        target = self._target(record.target)
        if held is None or target is None:
            return False
        places = anchors.find(target.text, record.exact, record.prefix, record.suffix, limit=2)
        said = (record.claim, record.target, record.stance, record.exact, record.note)
        return (said, places) == (tuple(held)[:5], [held["start"]])

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

    def _insert(self, record: Record, id_: str, version: int, hash_: bytes) -> None:
        match record:
            case SourceRecord():
                self._source(record, version, hash_)
            case StatementRecord():
                self._statement(record, version, hash_)
            case RecordingRecord():
                self._recording(record, version, hash_)
            case ClaimRecord():
                self._claim(record, version, hash_)
            case ExcerptRecord():
                self._excerpt(record, id_, version, hash_)

    def _source(self, record: SourceRecord, version: int, hash_: bytes) -> None:
        self.con.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                record.id,
                version,
                hash_,
                record.name,
                record.kind,
                record.origin or record.id,
                record.note,
            ),
        )

    def _needs_source(self, id_: str) -> None:
        if self.con.execute("SELECT 1 FROM source WHERE id = ?", (id_,)).fetchone() is None:
            raise RefusedError(f"its source '{id_}' is not in the case; import it too")

    def _needs_id_free_of(self, table: str, id_: str) -> None:
        if self.con.execute(f"SELECT 1 FROM {table} WHERE id = ?", (id_,)).fetchone():
            raise RefusedError(f"a {table} has the id '{id_}' already")

    def _statement(self, record: StatementRecord, version: int, hash_: bytes) -> None:
        self._needs_source(record.source)
        self._needs_id_free_of("recording", record.id)
        self.con.execute(
            "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.id,
                version,
                hash_,
                record.source,
                record.origin,
                record.title,
                record.date,
                record.language,
                record.held,
                record.url,
                record.text,
                record.translation,
                record.translation_language,
                record.note,
            ),
        )
        self._touch(record.id)

    def _recording(self, record: RecordingRecord, version: int, hash_: bytes) -> None:
        self._needs_source(record.source)
        self._needs_id_free_of("statement", record.id)
        speakers = [s.model_dump() for s in record.speakers]
        self.con.execute(
            "INSERT INTO recording VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.id,
                version,
                hash_,
                record.source,
                record.origin,
                record.title,
                record.date,
                record.released,
                record.release,
                record.language,
                record.translation_language,
                record.held,
                record.cuts,
                record.transcribed_by,
                record.translated_by,
                record.url,
                record.note,
                json.dumps(speakers, ensure_ascii=False),
            ),
        )
        self.con.executemany(
            "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (record.id, version, n, s.start, s.end, s.speaker, s.text, s.translation)
                for n, s in enumerate(record.segments)
            ),
        )
        self._touch(record.id)

    def _claim(self, record: ClaimRecord, version: int, hash_: bytes) -> None:
        self.con.execute(
            "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.id,
                version,
                hash_,
                record.text,
                record.claimant,
                record.date,
                record.priority,
                json.dumps(record.tags, ensure_ascii=False),
                record.parent,
                record.context,
            ),
        )
        targets: Iterable[str] = dict.fromkeys((*record.statements, *record.recordings))
        self.con.executemany(
            "INSERT INTO shown_with VALUES (?, ?, ?, ?)",
            ((record.id, version, n, target) for n, target in enumerate(targets)),
        )
        self.claims.add(record.id)

    def _excerpt(self, record: ExcerptRecord, id_: str, version: int, hash_: bytes) -> None:
        if evidence.claim(self.con, record.claim) is None:
            raise RefusedError(f"its claim '{record.claim}' is not in the case; import it too")
        target = self._target(record.target)
        if target is None:
            raise RefusedError(f"its target '{record.target}' is not in the case; import it too")
        text = target.text
        places = anchors.find(text, record.exact, record.prefix, record.suffix)
        if not places:
            raise RefusedError(f"its words do not stand in '{record.target}', letter for letter")
        if len(places) > 1:
            raise RefusedError(
                f"its words stand {len(places)} times in '{record.target}';"
                " add prefix or suffix to say which"
            )
        anchor = anchors.make(text, places[0], places[0] + len(record.exact))
        self.con.execute(
            "INSERT INTO quotation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                id_,
                version,
                hash_,
                record.claim,
                record.target,
                record.stance,
                anchor.exact,
                anchor.prefix,
                anchor.suffix,
                bytes.fromhex(target.hash),
                anchor.start,
                anchor.end,
                record.note,
            ),
        )
        self.claims.add(record.claim)
        # It may have stood on another claim before.
        rows = self.con.execute("SELECT claim FROM quotation WHERE id = ?", (id_,)).fetchall()
        self.claims.update(row["claim"] for row in rows)

    def _target(self, id_: str) -> Target | None:
        if id_ not in self._targets:
            self._targets[id_] = evidence.target(self.con, id_)
        return self._targets[id_]

    def _touch(self, id_: str) -> None:
        self.targets.add(id_)
        self._targets.pop(id_, None)
