"""Quotations that are found again after a text has changed, or are orphans.

An anchor is the TextQuoteSelector and the TextPositionSelector of the W3C Web Annotation
Data Model (https://www.w3.org/TR/annotation-model/, 4.2.4 and 4.2.5) in one: the exact
words, what stood before and after them, and their position in code points, start
included and end excluded. All of it is of the text as stored, never as shown.

The rule that everything here keeps: **an anchor resolves to the words that were quoted or
to nothing**. A quotation that moved to look-alike words would put a reader's verdict under
a sentence that the reader never saw, so words are compared code point by code point, and
wherever two places could be meant, neither is. Two cases decide the design:

- *The words stand at the recorded position, and in the same context elsewhere too.* In the
  very text the anchor was made on, the position is right: `stands` asks for that. In a
  changed text it proves nothing (a copy inserted above pushes the quoted words on and
  takes their place): an orphan.
- *The words stand once in the changed text, but stood twice in the old one.* The one left
  may be the other one ("12 killed" in two sentences, of which the quoted one was
  corrected). Only the old text can tell, and it is still held, so `resolve` takes it.
"""

from __future__ import annotations

from reviewer.structs import Struct
from reviewer.text.cells import is_boundary

CONTEXT = 32
MOST_CONTEXT = 4096


class Anchor(Struct):
    """The exact words of a quotation, their surroundings, and where they stood."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def make(text: str, start: int, end: int, context: int = 32) -> Anchor:
    """Anchor the words between two positions.

    Args:
        text: The text as stored.
        start: The position of the first code point.
        end: The position after the last one.
        context: How many code points to take on each side at most: fewer at the ends of
            the text, and where the last of them would be cut from its combining marks.

    Returns:
        An anchor that `stands` in this text.

    Raises:
        ValueError: The span is empty or not inside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no words from {start} to {end} in a text of {len(text)} characters")
    first = max(0, start - context)
    while first < start and not is_boundary(text, first):
        first += 1
    last = min(len(text), end + context)
    while last > end and not is_boundary(text, last):
        last -= 1
    return Anchor(text[start:end], text[first:start], text[end:last], start, end)


def find(
    text: str, exact: str, prefix: str = "", suffix: str = "", *, limit: int | None = None
) -> list[int]:
    """Find every place where the words stand, with `prefix` before and `suffix` after.

    Args:
        text: The text to look in.
        exact: The words.
        prefix: What must stand right before them.
        suffix: What must stand right after them.
        limit: How many places are enough: 2 tells a unique place from an ambiguous one.

    Returns:
        The start of `exact` at each place, in order; places may overlap.

    Raises:
        ValueError: `exact` is empty.
    """
    if not exact:
        raise ValueError("a quotation of no words stands everywhere")
    whole = prefix + exact + suffix
    places: list[int] = []
    at = text.find(whole)
    while at >= 0 and (limit is None or len(places) < limit):
        places.append(at + len(prefix))
        at = text.find(whole, at + 1)
    return places


def stands(text: str, anchor: Anchor) -> bool:
    """Tell whether the words stand at the recorded position, in the recorded context.

    In the text the anchor was made on (the same version, known by its hash) this is the
    whole question. In another one ask `resolve`.
    """
    begin = anchor.start - len(anchor.prefix)
    return (
        bool(anchor.exact)
        and begin >= 0
        and anchor.end == anchor.start + len(anchor.exact)
        and text.startswith(anchor.prefix + anchor.exact + anchor.suffix, begin)
    )


def resolve(text: str, anchor: Anchor, *, before: str | None = None) -> tuple[int, int] | None:
    """Find where the quotation stands in a text that may have changed.

    With `before`, the text that the anchor was made on:

    1. if `text` is that text, it stands where it stood;
    2. if the words in their context stand in exactly one place of each text, or the words
       alone do, it stands there;
    3. else it is an orphan, as is an anchor that does not stand in `before`.

    Without it the copies that there may have been are unknown, and words that stand once
    need a witness that they are the same ones:

    1. if the words in their context stand in exactly one place, it stands there;
    2. if the words alone do, and either that is the recorded position, or all the context
       of one side is still beside them, it stands there;
    3. else it is an orphan.

    Args:
        text: The text as it is now.
        anchor: The quotation.
        before: The text that the anchor was made on, where it is still held. Give it: two
            passages that agree in words and whole context can only be told apart with it.

    Returns:
        The start and end of the words in `text`, or None for an orphan.

    Raises:
        ValueError: The anchor has no words.
    """
    exact = anchor.exact
    quoted = find(text, exact, anchor.prefix, anchor.suffix, limit=2)
    alone = find(text, exact, limit=2)
    if before is not None:
        if not stands(before, anchor):
            return None
        if before == text:
            return anchor.start, anchor.end
        was_quoted = find(before, exact, anchor.prefix, anchor.suffix, limit=2)
        was_alone = find(before, exact, limit=2)
        if len(quoted) == len(was_quoted) == 1:
            return _span(quoted[0], exact)
        if len(alone) == len(was_alone) == 1:
            return _span(alone[0], exact)
        return None
    if len(quoted) == 1:
        return _span(quoted[0], exact)
    if len(alone) == 1 and _has_witness(text, anchor, alone[0]):
        return _span(alone[0], exact)
    return None


def media_fragment(start_ms: int | None, end_ms: int | None) -> str:
    """Give a stretch of a recording as a W3C media fragment, in seconds.

    The rule: Media Fragments URI 1.0, 4.2.1 (https://www.w3.org/TR/media-frags/).

    Args:
        start_ms: Where it starts, in milliseconds; None for the start of the recording.
        end_ms: Where it ends, itself excluded; None for the end of the recording.

    Returns:
        ``t=12.5,19``; ``t=,19`` with an open start, ``t=12.5`` with an open end.

    Raises:
        ValueError: Both ends are open, the start is negative, or the end is not after it.
    """
    first = 0 if start_ms is None else start_ms
    if first < 0 or (start_ms is None and end_ms is None):
        raise ValueError(f"no stretch of a recording from {start_ms} to {end_ms} ms")
    if end_ms is not None and end_ms <= first:
        raise ValueError(f"a stretch from {start_ms} to {end_ms} ms ends before it starts")
    opening = "" if start_ms is None else _seconds(start_ms)
    return f"t={opening}" if end_ms is None else f"t={opening},{_seconds(end_ms)}"


def _has_witness(text: str, anchor: Anchor, at: int) -> bool:
    """Tell whether more than the words says that this is where they were quoted."""
    end = at + len(anchor.exact)
    return (
        (at, end) == (anchor.start, anchor.end)
        or (bool(anchor.prefix) and text.endswith(anchor.prefix, 0, at))
        or (bool(anchor.suffix) and text.startswith(anchor.suffix, end))
    )


def _span(at: int, exact: str) -> tuple[int, int]:
    """Give the span of words that start at a position."""
    return at, at + len(exact)


def _seconds(ms: int) -> str:
    """Write milliseconds as seconds, without zeros that say nothing."""
    whole, rest = divmod(ms, 1000)
    return f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)


def telling_context(text: str, start: int, end: int) -> tuple[str, str]:
    """As much of what stands before and after a place as tells it from every other.

    Both are empty where the words stand once.
    """
    exact = text[start:end]
    size, prefix, suffix = 0, "", ""
    while len(find(text, exact, prefix, suffix, limit=2)) > 1 and size < MOST_CONTEXT:
        size = size * 2 or CONTEXT
        anchor = make(text, start, end, size)
        prefix, suffix = anchor.prefix, anchor.suffix
    return prefix, suffix
