"""JSON Lines: the case format, so that what is exported can be imported, with judgements.

Records of evidence are those of docs/case-format.md. What readers made of it stands beside
them as records of the kinds `verdict`, `adjudication`, `note`, `link`, `orphan` and `finding`,
which an import passes over.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from reviewer.insight.origins import basis
from reviewer.model.claims import ClaimView
from reviewer.model.clock import iso
from reviewer.model.findings import Finding
from reviewer.text.display import is_safe

OF_FINDING = ("claim", "about", "key", "value")

Object = Mapping[str, object]


def as_json(value: object) -> str:
    """JSON on one line, with every character escaped that could act on a terminal.

    What JSON has no form for, such as the dates of TOML, is written as a string.
    """
    text = json.dumps(value, ensure_ascii=False, default=str)
    if is_safe(text):
        return text
    return text.translate({ord(c): json.dumps(c)[1:-1] for c in set(text) if not is_safe(c)})


def lines(records: Iterable[Object]) -> Iterator[str]:
    """A line for each record."""
    for record in records:
        yield f"{as_json(record)}\n"


def judgements(view: ClaimView) -> Iterator[Object]:
    """What readers made of a claim, as records."""
    for excerpt in view.excerpts:
        if excerpt.reader or excerpt.orphan:
            kind = "link" if excerpt.reader else "orphan"
            yield {"kind": kind, **asdict(excerpt), "orphan": excerpt.orphan}
    for verdict in view.verdicts:
        few = {"rests_on": found} if (found := basis(view, verdict)) else {}
        more = {"at": iso(verdict.at), "as_of": verdict.as_of}
        yield {"kind": "verdict", **asdict(verdict), **few, **more}
    if view.adjudication is not None:
        settled = {**asdict(view.adjudication), "at": iso(view.adjudication.at)}
        yield {"kind": "adjudication", **settled, "standing": view.settled is not None}
    for note in view.notes:
        yield {"kind": "note", "claim": view.claim.id, **asdict(note), "at": iso(note.at)}


def found(one: Finding) -> Object:
    """What a reader found beside a verdict, as a record."""
    more = {key: value for key, value in one.data.items() if key not in OF_FINDING}
    return {
        "kind": "finding",
        "id": one.id,
        "finding": one.kind,
        "about": one.about,
        "claim": one.claim,
        "key": one.key,
        "value": one.value,
        **({"more": more} if more else {}),
        "words": one.erased or dict(one.words),
        "reader": one.reader,
        "at": iso(one.at),
    }
