"""Web annotations: every excerpt as a W3C annotation, in JSON-LD.

The standard: Web Annotation Data Model, https://www.w3.org/TR/annotation-model/ (REC 2017).
An annotation's target is the text that the words stand in, named by the SHA-256 of its UTF-8
(the hash that the text's own file has in a bag), so that positions cannot be read in another
version of it. Positions count code points. Three selectors say where:

- the words, with what stands around them (4.2.4);
- their position (4.2.5);
- in a recording, the time of the segments they lie on (4.2.1, media fragments). A segment
  holds more than its quoted words, and all selectors of a target should select the same, so
  the time is refined by the words (4.2.9).

What it says of them is in its bodies: the stance, the claim that it is on, the note, and the
newest grades as tags of MISP's taxonomy `admiralty-scale`, where grades were given.

The file is one AnnotationCollection (5.1) with its only AnnotationPage embedded: an array of
annotations would have no place for whose collection it is, nor for the word "exercise".
"""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator

from reviewer.insight.origins import basis
from reviewer.model.about import About
from reviewer.model.claims import ClaimView
from reviewer.model.clock import iso
from reviewer.model.evidence import Excerpt, Recording, Target
from reviewer.model.grades import INFORMATION, SOURCE, grade_of, tag
from reviewer.text import anchors
from reviewer.writers.jsonl_file import as_json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
EXERCISE = "EXERCISE, everything in this case is invented: "
ORPHAN = "These words no longer stand in the text."

Node = dict[str, object]
Made = Callable[[str], int | None]


def lines(views: Iterable[ClaimView], about: About, made: Made) -> Iterator[str]:
    """The file, piece by piece: a line for each annotation.

    Args:
        views: the claims.
        about: their case.
        made: when a reader made the excerpt of this id, in milliseconds UTC.
    """
    collection, page = _urn(about, "annotations"), _urn(about, "annotations/1")
    label = f"{EXERCISE if about.exercise else ''}{about.title}"
    head = {"@context": CONTEXT, "id": collection, "type": "AnnotationCollection", "label": label}
    opening = {"id": page, "type": "AnnotationPage", "partOf": collection, "startIndex": 0}
    yield f'{as_json(head)[:-1]}, "first": {as_json(opening)[:-1]}, "items": ['
    total = 0
    hashes: dict[str, str] = {}
    for view in views:
        for text in view.targets:
            if text.id not in hashes:
                hashes[text.id] = _text_hash(text)
        for excerpt in view.excerpts:
            node = annotation(excerpt, view, about, hashes, made)
            yield f"{',' if total else ''}\n{as_json(node)}"
            total += 1
    yield f'\n]}}, "last": {as_json(page)}, "total": {total}}}\n'


def annotation(
    excerpt: Excerpt, view: ClaimView, about: About, hashes: dict[str, str], made: Made
) -> Node:
    """An excerpt as an annotation.

    Args:
        excerpt: an excerpt of the claim.
        view: its claim.
        about: the case.
        hashes: the SHA-256 of each text of the claim, in hex, by the text's id.
        made: when a reader made the excerpt of this id.
    """
    node: Node = {
        "id": _urn(about, f"excerpt/{excerpt.id}"),
        "type": "Annotation",
        "motivation": "assessing",
        "dcterms:identifier": excerpt.id,
    }
    if excerpt.reader:
        node["creator"] = {"type": "Person", "name": excerpt.reader}
        at = made(excerpt.id)
        if at is not None and iso(at).endswith("Z"):
            node["created"] = iso(at)
    node["body"] = list(_bodies(excerpt, view, about))
    text = view.target(excerpt.target)
    node["target"] = {
        "type": "SpecificResource",
        "source": _source(excerpt, text, about, hashes),
        "selector": list(_selectors(excerpt, text)),
    }
    return node


def _bodies(excerpt: Excerpt, view: ClaimView, about: About) -> Iterator[Node]:
    yield _body("classifying", excerpt.stance.value)
    yield {
        "id": _urn(about, f"claim/{view.claim.id}"),
        **_body("linking", view.claim.text),
        "dcterms:identifier": view.claim.id,
    }
    text = view.target(excerpt.target)
    if text is not None:
        grade = grade_of(text, view.claim.id, view.findings)
        for key, given in ((SOURCE, grade.source), (INFORMATION, grade.information)):
            if given:
                yield _body("tagging", tag(key, str(given[0].value)))
    if excerpt.note:
        yield _body("commenting", excerpt.note)
    for verdict in view.verdicts:
        few = basis(view, verdict) if verdict.standing else ""
        if few:
            yield _body("describing", f"A verdict on this claim {few}")
    if excerpt.orphan:
        yield _body("tagging", "orphan")
        yield _body("describing", ORPHAN)


def _body(purpose: str, value: str) -> Node:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _source(excerpt: Excerpt, text: Target | None, about: About, hashes: dict[str, str]) -> Node:
    """The text that the words stand in; an orphan's is the one it once stood in, whichever."""
    node: Node = {"id": _urn(about, f"text/{excerpt.target}"), "type": "Text"}
    if text is not None:
        if not excerpt.orphan:
            node |= {"dcterms:isVersionOf": {"id": node["id"]}}
            node |= {"id": f"urn:sha256:{hashes[text.id]}"}
        node |= {"format": "text/plain", "language": text.language}
        said = {"dcterms:title": text.title, "via": text.url}
        node |= {key: value for key, value in said.items() if value}
    return {**node, "dcterms:identifier": excerpt.target}


def _selectors(excerpt: Excerpt, text: Target | None) -> Iterator[Node]:
    quotation: Node = {"type": "TextQuoteSelector", "exact": excerpt.exact}
    if text is None or excerpt.start is None or excerpt.end is None:
        yield quotation | {"prefix": excerpt.prefix, "suffix": excerpt.suffix}
        return
    anchor = anchors.make(text.text, excerpt.start, excerpt.end)
    yield quotation | {"prefix": anchor.prefix, "suffix": anchor.suffix}
    yield {"type": "TextPositionSelector", "start": excerpt.start, "end": excerpt.end}
    times = _times(excerpt, text)
    if times:
        fragment: Node = {"type": "FragmentSelector", "conformsTo": MEDIA_FRAGMENTS}
        yield fragment | {"value": times, "refinedBy": quotation}


def _times(excerpt: Excerpt, text: Target) -> str:
    """The media fragment of an excerpt; nothing where its times are not held or run backwards.

    A half-open one would say that the words go on to the end of the recording.
    """
    start, end = excerpt.start_ms, excerpt.end_ms
    if not isinstance(text, Recording) or start is None or end is None or not 0 <= start < end:
        return ""
    return anchors.media_fragment(start, end)


def _text_hash(text: Target) -> str:
    return hashlib.sha256(text.text.encode()).hexdigest()


def _urn(about: About, name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{about.id}/{name}").urn
