"""What the commands print as JSON. Scripts rely on these keys: add to them, never rename."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from reviewer.insight.origins import basis, grounds
from reviewer.model.about import About
from reviewer.model.claims import ClaimView, QueueRow
from reviewer.model.clock import iso
from reviewer.model.evidence import Excerpt, Provenance, Rating, Recording, Statement, Target
from reviewer.model.judgements import LogLine, Note, Verdict

if TYPE_CHECKING:
    from reviewer.insight.ageing import Change
    from reviewer.model.entry import Entry
    from reviewer.model.findings import Finding
    from reviewer.model.gaps import Gap
    from reviewer.model.likely import Passage
    from reviewer.model.scale import Scale

Object = dict[str, object]


def row_object(row: QueueRow) -> Object:
    """A claim of the queue."""
    return {
        "id": row.id,
        "text": row.text,
        "claimant": row.claimant,
        "date": row.date,
        "state": row.state.value,
        "verdict": row.verdict or None,
        "priority": row.priority,
        "excerpts": row.excerpts,
        "marked": row.marked,
    }


def passage_object(one: "Passage") -> Object:
    """A likely passage. It is linked to nothing; `start` and `end` are code points in `field`."""
    return {
        "kind": one.kind,
        "id": one.id,
        "title": one.title,
        "date": one.date,
        "held": one.held.value,
        "field": one.field,
        "segment": one.segment,
        "start_ms": one.start_ms,
        "speaker": one.speaker,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "linked": False,
    }


def view_object(
    view: ClaimView, about: About, files: Mapping[tuple[str, str], Provenance] | None = None
) -> Object:
    """A claim with all its evidence and judgements, and the files that they came from."""
    files = files or {}
    row = row_object(view.row)
    return {
        "case": {"title": about.title, "exercise": about.exercise},
        "claim": {
            **asdict(view.claim),
            **{key: row[key] for key in ("state", "verdict", "marked")},
            "came_from": _file(files.get(("claim", view.claim.id))),
        },
        "statements": [target_object(s, files.get(("statement", s.id))) for s in view.statements],
        "recordings": [target_object(r, files.get(("recording", r.id))) for r in view.recordings],
        "excerpts": [_excerpt(excerpt) for excerpt in view.excerpts],
        "ratings": [_rating(rating) for rating in view.ratings],
        "supported_by": _support(view),
        "verdicts": [_verdict(view, verdict) for verdict in view.verdicts],
        "adjudication": _adjudication(view),
        "notes": [_note(note) for note in view.notes],
        "missing": list(view.missing),
    }


def entry_object(entry: "Entry", reader: str) -> Object:
    """An entry of the ledger, as an act recorded it."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "claim": entry.claim,
        "reader": reader,
        "at": iso(entry.at),
        **{key: value for key, value in entry.data.items() if key != "claim"},
        **entry.words,
    }


def line_object(line: LogLine) -> Object:
    """An entry of the ledger, told."""
    return {**asdict(line), "at": iso(line.at)}


def target_object(target: Target, file: Provenance | None = None) -> Object:
    """A statement or a recording, and the file that it came from."""
    found = _recording(target) if isinstance(target, Recording) else _statement(target)
    return {**found, "came_from": _file(file)}


def _file(file: Provenance | None) -> Object | None:
    return {**asdict(file), "at": iso(file.at)} if file else None


def _target(target: Target) -> Object:
    """What a statement and a recording share; `source` is its id, as in the case format."""
    return {
        "id": target.id,
        "version": target.version,
        "hash": target.hash,
        "source": target.source.id,
        "source_name": target.source.name,
        "source_kind": target.source.kind,
        "origin": target.origin,
        "title": target.title,
        "date": target.date,
        "language": target.language,
        "translation_language": target.translation_language,
        "held": target.held.value,
        "url": target.url,
        "note": target.note,
    }


def _statement(statement: Statement) -> Object:
    return {
        **_target(statement),
        "text": statement.text,
        "translation": statement.translation,
    }


def _recording(recording: Recording) -> Object:
    return {
        **_target(recording),
        "released": recording.released,
        "release": recording.release,
        "cuts": recording.cuts,
        "transcribed_by": recording.transcribed_by,
        "translated_by": recording.translated_by,
        "speakers": [asdict(speaker) for speaker in recording.speakers],
        "segments": [asdict(segment) for segment in recording.segments],
    }


def _excerpt(excerpt: Excerpt) -> Object:
    return {**asdict(excerpt), "stance": excerpt.stance.value, "orphan": excerpt.orphan}


def _rating(rating: Rating) -> Object:
    return {**asdict(rating), "source": rating.source.id, "source_name": rating.source.name}


def _support(view: ClaimView) -> Object:
    found = grounds(view)
    return {"excerpts": len(found.excerpts), "origins": found.independent}


def _verdict(view: ClaimView, verdict: Verdict) -> Object:
    return {**_alone(verdict), "rests_on": basis(view, verdict)}


def _alone(verdict: Verdict) -> Object:
    return {**asdict(verdict), "at": iso(verdict.at), "as_of": verdict.as_of}


def change_object(change: "Change", scale: "Scale") -> Object:
    """What changed between two verdicts: in words, and as the differences of their evidence."""
    from reviewer.insight.ageing import sentences

    return {
        "claim": change.new.claim,
        "reader": change.new.reader,
        "from": _alone(change.old),
        "to": _alone(change.new),
        "said": list(sentences(change, scale)),
        "differences": [asdict(one) for one in change.differences],
    }


def _adjudication(view: ClaimView) -> Object | None:
    found = view.adjudication
    if found is None:
        return None
    return {**asdict(found), "at": iso(found.at), "standing": view.settled is not None}


def _note(note: Note) -> Object:
    return {**asdict(note), "at": iso(note.at)}


def finding_object(one: "Finding") -> Object:
    """A finding: what a reader recorded beside his verdict."""
    from reviewer.writers.jsonl_file import found

    return {**found(one), "kind": one.kind}


def gap_object(gap: "Gap") -> Object:
    """Something that is not known."""
    return {
        "kind": gap.kind,
        "about": gap.about,
        "claim": gap.claim or None,
        "key": gap.key,
        "text": gap.text,
        "question": asdict(gap.question) if gap.question else None,
    }
