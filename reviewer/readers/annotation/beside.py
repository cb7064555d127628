"""What an annotation says beside the words: it goes into the notes of the segments."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.transcript import Cue, Transcript, rows


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


GENERIC = words(
    "utt utts utterance utterances text texts tx transcript transcription transcriptions"
    " orth orthography sentence sentences phrase phrases ipu ipus speech default tier"
    " token tokens word words w"
)
"""Names of tiers that say what stands in them and not whose voice it is."""
MOST_TIERS = 1000
COMMENTS = words(
    "note notes comment comments remark remarks language languages source sources topic"
    " topics error errors event events noise noises annotator"
)
"""Names of tiers that are about the words beside them."""


def names(name: str) -> list[str]:
    """The words of a tier's name in small letters: `k`, `spch` of `K-Spch`."""
    return re.findall(r"[^\W\d_]+", name.casefold())


def is_generic(name: str) -> bool:
    """Whether a tier's name says nothing of whose voice it holds."""
    return all(word in GENERIC for word in names(name))


def is_comment(name: str) -> bool:
    """Whether a tier's name says that it is about the words in other tiers."""
    return any(word in COMMENTS for word in names(name))


class Timeline:
    """Finds the cue that a stretch of time belongs to; cues are in the order of their starts."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._timed = [n for n, cue in enumerate(cues) if cue.start is not None]
        self._timed.sort(key=lambda n: cues[n].start or 0)
        self._starts = [cues[n].start or 0 for n in self._timed]
        self._cues = cues

    def at(self, start: int | None, end: int | None) -> int | None:
        """The number of the cue with just these times, or of one that is heard meanwhile."""
        if start is None:
            return None
        after = bisect_right(self._starts, start)
        end = start if end is None else end
        # Only a few voices overlap: the nearest cues are enough.
        near = self._timed[max(0, after - 8) : after + 1]
        exact = [n for n in near if (self._cues[n].start, self._cues[n].end) == (start, end)]
        heard = [n for n in near if _overlap(self._cues[n], start, end)]
        return next(iter(exact + heard), None)


def with_notes(given: Given, found: Transcript, notes: Sequence[Sequence[str]]) -> Iterator[Row]:
    """The rows of a transcript, with what stands beside each cue in its segment's note."""
    found.cues = [
        replace(cue, aside="; ".join(filter(None, own)))
        for cue, own in zip(found.cues, notes, strict=True)
    ]
    yield from rows(given, found)


def _overlap(cue: Cue, start: int, end: int) -> bool:
    return cue.start is not None and cue.end is not None and cue.start < end and start < cue.end
