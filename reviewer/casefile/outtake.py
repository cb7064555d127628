"""Giving records out as they came in, so that what is exported can be imported.

What must hold: a record that is given out and taken into the same case again is unchanged.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.casefile import evidence
from reviewer.casefile.engine import Connection, Row
from reviewer.model.about import origins_of
from reviewer.model.canonical import Json
from reviewer.model.claims import ClaimView
from reviewer.model.clock import media
from reviewer.model.evidence import Excerpt, Recording, Segment, Target
from reviewer.text import anchors

OURS = ("version", "hash")

Object = dict[str, Json]


@dataclass(slots=True)
class Outtake:
    """Gives out the case, and then claim by claim what belongs to it, each record once."""

    con: Connection
    _given: set[tuple[str, str]] = field(default_factory=set)

    def case(self) -> Object:
        """What the case says of itself."""
        rows = dict(self.con.execute("SELECT key, value FROM about").fetchall())
        asked = origins_of(rows.get("origins", ""))
        return {
            "kind": "case",
            "title": rows.get("title", ""),
            "about": rows.get("about", ""),
            "exercise": rows.get("exercise") == "yes",
            **({"origins": asked} if asked else {}),
        }

    def claim(self, view: ClaimView) -> Iterator[Object]:
        """A claim after its sources and texts, and then the excerpts that came with it."""
        for target in view.targets:
            yield from self._text(target)
        row = self._newest("claim", view.claim.id)
        if row is not None:
            yield {"kind": "claim", **self._claim(row)}
        for rating in view.ratings:
            yield from self._rating(rating.id)
        for excerpt in view.excerpts:
            text = view.target(excerpt.target)
            if text is not None and not excerpt.reader and not excerpt.orphan:
                yield {"kind": "excerpt", **_excerpt(excerpt, text)}

    def rest(self) -> Iterator[Object]:
        """The sources and texts that belong to none of the claims given out so far."""
        texts = "SELECT id FROM statement UNION SELECT id FROM recording ORDER BY id"
        for (id_,) in self.con.execute(texts).fetchall():
            target = evidence.target(self.con, id_)
            if target is not None:
                yield from self._text(target)
        for (id_,) in self.con.execute("SELECT DISTINCT id FROM source ORDER BY id").fetchall():
            yield from self._source(id_)

    def _newest(self, table: str, id_: str) -> Row | None:
        row: Row | None = self.con.execute(
            f"SELECT * FROM {table} WHERE id = ? ORDER BY version DESC LIMIT 1", (id_,)
        ).fetchone()
        return row

    def _is_first(self, kind: str, id_: str) -> bool:
        if (kind, id_) in self._given:
            return False
        self._given.add((kind, id_))
        return True

    def _source(self, id_: str) -> Iterator[Object]:
        row = self._newest("source", id_)
        if row is None or not self._is_first("source", id_):
            return
        record = _content(row)
        yield from self._source(str(record["origin"]))
        yield {**record, "kind": "source", "source_kind": record["kind"]}

    def _text(self, target: Target) -> Iterator[Object]:
        if not self._is_first("text", target.id):
            return
        kind = "recording" if isinstance(target, Recording) else "statement"
        row = self._newest(kind, target.id)
        if row is None:
            return
        yield from self._source(target.source.id)
        yield from self._source(target.origin)
        found = _content(row)
        if isinstance(target, Recording):
            found["speakers"] = json.loads(row["speakers"])
            found["segments"] = [_segment(segment) for segment in target.segments]
        yield {"kind": kind, **found}

    def _rating(self, id_: str) -> Iterator[Object]:
        row = self._newest("rating", id_)
        if row is not None and self._is_first("rating", id_):
            yield from self._source(str(row["source"]))
            yield {"kind": "rating", **_content(row)}

    def _claim(self, row: Row) -> Object:
        found = _content(row)
        found["tags"] = json.loads(row["tags"])
        shown = self.con.execute(
            "SELECT w.target, EXISTS (SELECT 1 FROM recording WHERE id = w.target) AS recorded"
            " FROM shown_with AS w WHERE w.claim = ? AND w.version = ? ORDER BY w.n",
            (row["id"], row["version"]),
        ).fetchall()
        found["statements"] = [one["target"] for one in shown if not one["recorded"]]
        found["recordings"] = [one["target"] for one in shown if one["recorded"]]
        return found


def _content(row: Row) -> Object:
    """A row under the names of the case format, which are those of the columns."""
    return {key: row[key] for key in row.keys() if key not in OURS}  # noqa: SIM118 - no mapping


def _segment(segment: Segment) -> Object:
    times = {"start": segment.start_ms, "end": segment.end_ms}
    return {
        **{key: media(ms, exact=True) for key, ms in times.items() if ms is not None},
        "speaker": segment.speaker,
        "text": segment.text,
        "translation": segment.translation,
        **({"note": segment.note} if segment.note else {}),
    }


def _excerpt(excerpt: Excerpt, target: Target) -> Object:
    prefix, suffix = anchors.telling_context(target.text, excerpt.start or 0, excerpt.end or 0)
    return {
        "id": excerpt.id,
        "claim": excerpt.claim,
        "target": excerpt.target,
        "stance": excerpt.stance.value,
        "exact": excerpt.exact,
        "prefix": prefix,
        "suffix": suffix,
        "note": excerpt.note,
    }
