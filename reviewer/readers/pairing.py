"""Two files of one recording, an original and its translation, put side by side by time.

No word is lost and none stands twice: a translation that fits no original is kept as a
segment of its own, with empty text, and says so.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import accumulate

from reviewer.readers.transcript import Cue

NEAR = 40
"""Milliseconds by which times may differ and still be the same: a frame of film."""
STEP = 100
FARTHEST = 10 * 60 * 1000
"""A shift between two files is looked for up to ten minutes."""
SAMPLE = 300
NEIGHBOURS = 500
AT_MOST = 200
"""As many originals are compared with one translation; more at one time are no transcript."""
ALONE = "only in the translation: no original stands at its time"


@dataclass(slots=True)
class Paired:
    """What came of it. `cues` holds all: with translation, without, and translations alone.

    `shift` is how many milliseconds the translation was moved by to fit.
    """

    cues: list[Cue]
    alone: list[Cue] = field(default_factory=list)
    """Translations that fit no original, as their file has them."""
    without: list[Cue] = field(default_factory=list)
    """Originals without a translation."""
    shift: int = 0
    said: list[str] = field(default_factory=list)
    """Sentences on how it was done, for the one who imports."""


def pair(original: list[Cue], translation: list[Cue]) -> Paired:
    """Put translations to the originals whose times they share most.

    Cues of the same count and times pair one to one, also where one file is shifted against
    the other. Where the files are cut differently, all translations that overlap an original
    most stand under it, one a line.
    """
    shift = _even_shift(original, translation)
    if shift is not None:
        places = {n: [n] for n in range(len(original))}
    else:
        shift = _likely_shift(original, translation)
        places = _by_overlap(original, translation, shift)
    found = _put(original, translation, places, shift)
    found.shift = shift
    if shift:
        found.said.append(f"the translation was moved by {shift / 1000:+.3f} s to fit")
    if found.alone:
        n = len(found.alone)
        found.said.append(f"{n} of {len(translation)} translations fit no original; kept apart")
    if found.without:
        n = len(found.without)
        found.said.append(f"{n} of {len(original)} segments have no translation of their own")
    return found


def _even_shift(original: list[Cue], translation: list[Cue]) -> int | None:
    """By how much all cues differ alike; None where they differ otherwise."""
    if len(original) != len(translation):
        return None
    both = list(zip(original, translation, strict=True))
    if all((a.start, a.end) == (b.start, b.end) for a, b in both):
        return 0
    gaps = [a.start - b.start for a, b in both if a.start is not None and b.start is not None]
    if len(gaps) != len(original):
        return None
    middle = sorted(gaps)[len(gaps) // 2]
    if any(abs(gap - middle) > NEAR for gap in gaps):
        return None
    return middle if abs(middle) > NEAR else 0


def _likely_shift(original: list[Cue], translation: list[Cue]) -> int:
    """The shift by which most beginnings coincide, if they do far oftener than without one."""
    ours = [cue.start for cue in original if cue.start is not None]
    theirs = sorted(cue.start for cue in translation if cue.start is not None)
    some = ours[:: len(ours) // SAMPLE + 1]
    votes: Counter[int] = Counter()
    for start in some:
        # As many on either side: a window that leans would find the shift that it leans to.
        middle = bisect_left(theirs, start)
        first = max(bisect_left(theirs, start - FARTHEST), middle - NEIGHBOURS)
        last = min(bisect_right(theirs, start + FARTHEST), middle + NEIGHBOURS)
        votes.update((start - other) // STEP for other in theirs[first:last])
    if not votes:
        return 0
    best, _ = max(votes.items(), key=lambda item: (_around(votes, item[0]), -abs(item[0])))
    enough = len(some) * min(1.0, len(theirs) / len(ours)) / 2
    if _around(votes, best) < max(enough, 2 * _around(votes, 0), 3):
        return 0
    fitting = sorted(
        start - theirs[n]
        for start in some
        for n in [bisect_left(theirs, start - (best + 2) * STEP)]
        if n < len(theirs) and start - theirs[n] >= (best - 1) * STEP
    )
    return fitting[len(fitting) // 2] if fitting else 0


def _around(votes: Counter[int], step: int) -> int:
    return votes[step - 1] + votes[step] + votes[step + 1]


def _by_overlap(original: list[Cue], translation: list[Cue], shift: int) -> dict[int, list[int]]:
    """Which translations stand under which original, by their places in the lists."""
    spans = sorted((*_span(cue, 0), n) for n, cue in enumerate(original) if cue.start is not None)
    starts = [start for start, _, _ in spans]
    furthest = list(accumulate((end for _, end, _ in spans), max))
    exact: dict[tuple[int, int], list[int]] = {}
    for start, end, n in reversed(spans):
        exact.setdefault((start, end), []).append(n)
    places: dict[int, list[int]] = {}
    for at, cue in enumerate(translation):
        if cue.start is None:
            continue
        begin, end = _span(cue, shift)
        same = exact.get((begin, end), [])
        # Where several originals share one time, translations take them in turn.
        while same and same[-1] in places:
            same.pop()
        free = same[-1] if same else None
        best = free if free is not None else _best(spans, starts, furthest, begin, end)
        if best is not None:
            places.setdefault(best, []).append(at)
    return places


def _best(
    spans: list[tuple[int, int, int]], starts: list[int], furthest: list[int], begin: int, end: int
) -> int | None:
    """The original that a stretch of time overlaps most, the first of equals."""
    best, most = None, -1
    at = bisect_right(starts, end) - 1
    for place in range(at, max(at - AT_MOST, -1), -1):
        if furthest[place] < begin:
            break
        start, stop, n = spans[place]
        shared = min(end, stop) - max(begin, start)
        instant = shared == 0 and (begin == end or start == stop)
        if (shared > 0 or instant) and shared >= most:
            best, most = n, shared
    return best


def _span(cue: Cue, shift: int) -> tuple[int, int]:
    start = (cue.start or 0) + shift
    return start, max(start, start if cue.end is None else cue.end + shift)


def _put(
    original: list[Cue], translation: list[Cue], places: dict[int, list[int]], shift: int
) -> Paired:
    found = Paired([])
    for n, cue in enumerate(original):
        under = [translation[at] for at in places.get(n, [])]
        if not under:
            found.without.append(cue)
        found.cues.append(_joined(cue, under))
    used = {at for under in places.values() for at in under}
    found.alone = [cue for at, cue in enumerate(translation) if at not in used]
    _between(found, shift)
    return found


def _joined(cue: Cue, under: list[Cue]) -> Cue:
    if not under:
        return cue
    notes = [cue.note] if cue.note else []
    for other in under:
        if other.note:
            notes.append(f"its translation: {other.note}")
        if other.speaker and not cue.speaker:
            notes.append(f"the translation names who speaks: {other.speaker}")
    words = [cue.translation, *(other.text for other in under)]
    also = [other.translation for other in under]
    joined = "\n".join(filter(None, words + also))
    return replace(cue, translation=joined, note="; ".join(dict.fromkeys(notes)))


def _between(found: Paired, shift: int) -> None:
    """Put the translations that stand alone among the cues, where their time is."""
    last = 0
    times = list(accumulate((last if c.start is None else c.start for c in found.cues), max))
    after: dict[int, list[Cue]] = {}
    for cue in found.alone:
        moved = replace(
            cue,
            text="",
            translation="\n".join(filter(None, [cue.text, cue.translation])),
            start=None if cue.start is None else cue.start + shift,
            end=None if cue.end is None else cue.end + shift,
            note="; ".join(filter(None, [cue.note, ALONE])),
        )
        at = len(times) if moved.start is None else bisect_right(times, moved.start)
        after.setdefault(at, []).append(moved)
    cues: list[Cue] = []
    for n in range(len(found.cues) + 1):
        cues += sorted(after.get(n, []), key=lambda c: (c.start is None, c.start or 0))
        cues += found.cues[n : n + 1]
    found.cues = cues
