"""Exports of TimeMap, the map of incidents by Forensic Architecture and Bellingcat.

https://github.com/forensic-architecture/timemap. Events are claims: a claim's text is the
event's `description`, letter for letter. Its sources are statements: their descriptions are the
map makers' words, so they are held as paraphrases. Associations are tags. Dates are
month/day/year.

The three come as one file each. Events and sources meet by their ids, so the ids of both begin
with what the files' names share; events also look for the other two files beside them, by name.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reviewer.model.errors import UnreadableError
from reviewer.model.records import ClaimRecord, Record, SourceRecord, StatementRecord
from reviewer.readers.claimreview.values import lines, numbered_date, part_id, text, texts, without
from reviewer.readers.given import Given
from reviewer.readers.row import Row, bundle
from reviewer.readers.statements.published import is_address, publisher_of
from reviewer.readers.transcript import UNKNOWN_LANGUAGE
from reviewer.readers.wishes import Wishes

PART = re.compile(r"[-_. ]?(events|sources|associations)\Z", re.IGNORECASE)
OF_AN_EVENT = ("id", "description", "date", "sources", "associations")
WITHHELD = "HIDDEN"

Node = Mapping[str, object]
Part = tuple[type[Record], Mapping[str, object]]


def recognises(given: Given) -> bool:
    """Events, sources or associations as TimeMap exports them."""
    head = given.head_text
    if not any(f'"{key}"' in head for key in ("associations", "paths", "filter_paths")):
        return False
    return _kind(given.parsed) != ""


def read(given: Given) -> Iterator[Row]:
    """Claims of events; statements of sources; associations only have names, for tags."""
    whole = given.json()
    kind = _kind(whole)
    if kind == "events":
        yield from _events(given, _objects(whole))
    elif kind == "sources":
        for id_, raw in _objects(whole).items():
            yield bundle(f"source {id_}", raw, *_source(given, id_, raw))
    elif kind == "associations":
        for id_, raw in _objects(whole).items():
            yield Row(f"association {id_}", raw, passed_over=True)
        given.remarks.append("associations are tags: they come in with the file of events")
    else:
        raise UnreadableError("not an export of TimeMap: no events, sources or associations.")


def _kind(value: object) -> str:
    found = list(_objects(value).values())[:100]
    for kind, needed in (
        ("events", {"id", "description", "sources", "associations"}),
        ("sources", {"id", "paths", "description"}),
        ("associations", {"id", "filter_paths"}),
    ):
        if found and all(isinstance(raw, Mapping) and needed <= raw.keys() for raw in found):
            return kind
    return ""


def _objects(value: object) -> dict[str, object]:
    """A list of things with ids, or an object of things by their ids."""
    if isinstance(value, Mapping):
        return {str(key): one for key, one in value.items()}
    found: dict[str, object] = {}
    for n, one in enumerate(value if isinstance(value, list) else (), start=1):
        id_ = text(one.get("id")) if isinstance(one, Mapping) else ""
        # Two of one id are both kept apart here; the case decides what becomes of them.
        found[id_ if id_ and id_ not in found else f"{id_ or 'without an id'} (number {n})"] = one
    return found


def _prefix(given: Given) -> str:
    return given.wishes.collection or PART.sub("", given.collection) or "timemap"


def _companion(given: Given, part: str) -> dict[str, object]:
    """What the other file says that belongs to a file of events; nothing where there is none."""
    stem = given.path.stem
    name = PART.sub(lambda m: m[0].lower().replace("events", part), stem) + given.path.suffix
    path = given.path.with_name(name)
    if name == given.path.name or not path.exists():
        return {}
    try:
        with Given.open(path, Wishes()) as beside:
            value = beside.json()
    except UnreadableError as error:
        given.remarks.append(f"{path.name} lies beside it and cannot be read: {error.sentence}")
        return {}
    if _kind(value) != part:
        return {}
    given.remarks.append(f"read together with {Path(name).name}, which lies beside it")
    return _objects(value)


def _events(given: Given, events: Mapping[str, object]) -> Iterator[Row]:
    given.remarks.append("a claim's text is an event's description; dates are month/day/year")
    sources, associations = _companion(given, "sources"), _companion(given, "associations")
    brought: set[str] = set()
    for id_, raw in events.items():
        if not isinstance(raw, Mapping):
            yield Row(f"event {id_}", raw, reason="not an object")
        elif not text(raw.get("description")):
            reason = "its description is blank; there is nothing to judge"
            yield Row(f"event {id_}", raw, reason=reason)
        else:
            row = _event(given, raw, sources, associations, brought)
            brought |= {one.id for one in row.records if isinstance(one, StatementRecord)}
            yield row


def _event(given: Given, raw: Node, sources: Node, associations: Node, brought: set[str]) -> Row:
    """The claim of an event, after those of its sources that no event before has brought."""
    id_, date = text(raw.get("id")), numbered_date(raw.get("date"), "%m/%d/%Y")
    named = texts(raw.get("sources"))
    held = dict.fromkeys(one for one in named if one in sources)
    shown = {one: part_id(_prefix(given), one) for one in held}
    parts: list[Part] = []
    for one, statement in shown.items():
        if statement not in brought:
            parts += _source(given, one, sources[one])
    kinds = [(one, associations.get(one)) for one in texts(raw.get("associations"))]
    description = raw.get("description")
    claim = {
        "id": part_id(_prefix(given), id_),
        "text": description if isinstance(description, str) else text(description),
        "date": date,
        "tags": tuple(dict.fromkeys(_tag(kind) for _, kind in kinds if _tag(kind))),
        "context": "\n".join(
            [
                *([] if date else lines(raw.get("date"), ("date",))),
                *lines(without(raw, *OF_AN_EVENT)),
                *(f"source: {one}" for one in named if one not in sources),
                *(f"association: {one}" for one, kind in kinds if not _tag(kind)),
            ]
        ),
        "statements": tuple(shown.values()),
    }
    return bundle(f"event {id_}", raw, *parts, (ClaimRecord, claim))


def _tag(association: object) -> str:
    if not isinstance(association, Mapping):
        return ""
    return ": ".join(texts(association.get("filter_paths"))) or text(association.get("title"))


def _source(given: Given, id_: str, raw: object) -> list[Part]:
    """The source of an event: who published it, and what the map makers say of it."""
    node = raw if isinstance(raw, Mapping) else {}
    paths = texts(node.get("paths"))
    url = next((path for path in paths if is_address(path)), "")
    who = publisher_of(url) if url else ""
    name = who or ("withheld by the map's makers" if WITHHELD in paths else "not named")
    said, title = node.get("description"), text(node.get("title"))
    words = said if isinstance(said, str) and said.strip() else "\n".join(paths)
    rest = [path for path in paths if path != url]
    statement = {
        "id": part_id(_prefix(given), id_),
        "source": name,
        "title": "" if title == "-" else title,
        "language": given.wishes.language or UNKNOWN_LANGUAGE,
        "held": "paraphrase",
        "url": url,
        "text": words,
        "note": "\n".join(
            [
                *([] if words is said else ["The file holds no words of it, only where it is."]),
                *lines(rest, ("paths",)),
                *lines(without(node, "id", "paths", "description", "title")),
            ]
        ),
    }
    return [(SourceRecord, {"id": name, "name": name}), (StatementRecord, statement)]
