"""ClaimReview as JSON-LD: one value, or one on each line."""

import json
import re
from collections.abc import Iterator

from reviewer.model.errors import UnreadableError
from reviewer.readers.claimreview import linked
from reviewer.readers.claimreview.review import Review, rows
from reviewer.readers.given import Given
from reviewer.readers.json_value import value_of, why_not
from reviewer.readers.row import Row

NAMES = re.compile(r'"@(?:context|graph|type)"|claimReviewed"')


def recognises(given: Given) -> bool:
    """JSON, or JSON a line, that holds a ClaimReview; how deep it is nested does not matter."""
    head = given.head_text.lstrip()
    if head[:1] not in ("{", "[") or not NAMES.search(head):
        return False
    value = given.parsed
    if value is None:
        value = _value(head.partition("\n")[0])
    return next(linked.reviews(value, ""), None) is not None


def read(given: Given) -> Iterator[Row]:
    """The claims of a file with their ratings, then the lines that cannot be read."""
    if given.parsed is not None or _value(given.head_text.lstrip().partition("\n")[0]) is None:
        reviews = list(linked.reviews(given.json(), ""))
        if not reviews:
            raise UnreadableError("no ClaimReview in it.")
        yield from rows(given, reviews)
        return
    found: list[Review] = []
    refused: list[Row] = []
    for n, line in given.lines():
        if not line.strip():
            continue
        try:
            on_line = list(linked.reviews(value_of(line), f"line {n}"))
        except ValueError as error:
            refused.append(Row(f"line {n}", line, reason=why_not(error)))
            continue
        found += on_line
        if not on_line:
            refused.append(Row(f"line {n}", line, reason="no ClaimReview in it"))
    yield from rows(given, found)
    yield from refused


def _value(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
