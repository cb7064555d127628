"""Likely passages and similar claims for a claim, and what a reader does with one.

Nothing that is offered is evidence: it becomes an excerpt when a reader takes it, by the same
entry as one that he selected himself.
"""

from collections.abc import Iterator
from itertools import accumulate

from reviewer.casefile import likely, likely_reading, queue, refusals, search_index
from reviewer.model.claims import ClaimView, QueueRow
from reviewer.model.entry import Draft, Entry, Kind
from reviewer.model.errors import ReviewerError, UsageError
from reviewer.model.evidence import Excerpt, Recording, Stance
from reviewer.model.likely import Passage, Suggested, refusal
from reviewer.model.naming import author_of
from reviewer.service.session import Session

CLAIMS = ("claim",)


class Suggesting:
    """What may have to do with a claim, for one reader of one case.

    How rare words are is sampled once for as long as the index stays as it is.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._samples: dict[tuple[str, ...], likely.Sample] = {}

    def passages(self, view: ClaimView, limit: int) -> Suggested:
        """Passages that are not linked to the claim yet and were not refused, best first."""
        with self.session.case.read() as con:
            done, records = search_index.progress(con, likely.TEXTS)
            found = likely.texts(con, view.claim, self._sample(likely.TEXTS))
            refused = refusals.refused(con, author_of(self.session.reader), view.claim.id)
            linked = _Linked(view)
            wanted: list[Passage] = []
            for one in found:
                if len(wanted) == limit:
                    break
                if one not in linked and refusals.known_by(refusal(one)) not in refused:
                    wanted.append(likely_reading.whole(con, one))
        return Suggested(tuple(wanted), (), done, records)

    def similar(self, view: ClaimView, limit: int) -> Suggested:
        """Other claims like this one, as the queue lists them, best first; none refused."""
        with self.session.case.read() as con:
            done, records = search_index.progress(con, CLAIMS)
            found = likely.claims(con, view.claim, self._sample(CLAIMS))
            refused = refusals.refused(con, author_of(self.session.reader), view.claim.id)
            wanted: list[QueueRow] = []
            for id_ in found:
                row = queue.row(con, self.session.reader, id_)
                if len(wanted) == limit:
                    break
                if row and refusals.known_by(refusal(row)) not in refused:
                    wanted.append(row)
        return Suggested((), tuple(wanted), done, records)

    def take(self, view: ClaimView, one: Passage, stance: Stance) -> Entry | None:
        """Link a passage as an excerpt; None where the very same one stands already.

        The words of a segment's translation are linked as the original words of the segment.

        Raises:
            UsageError: they are the translation of a statement, whose original words nobody
                can tell but a reader.
            ReviewerError: the text has changed since it was offered.
        """
        target = self.session.text(one.id)
        start, end = one.start, one.end
        if one.segment is not None and isinstance(target, Recording):
            if one.segment >= len(target.segments):
                raise _changed(one)
            segment = target.segments[one.segment]
            held = segment.translation if one.of_translation else segment.text
            if one.of_translation:
                start, end = 0, len(segment.text)
            base = sum(len(before.text) + 1 for before in target.segments[: one.segment])
        elif isinstance(target, Recording):
            raise _changed(one)
        elif one.of_translation:
            raise UsageError(
                "These words are a translation; go there and select the original words."
            )
        else:
            held, base = target.text, 0
        if held[one.start : one.end] != one.text:
            raise _changed(one)
        return self.session.link(view, target, base + start, base + end, stance)

    def told(self, row: QueueRow) -> str:
        """A similar claim as its list says it: its verdict or state of work, who says it when."""
        standing = self.session.scale.label(row.verdict) if row.verdict else row.state.label
        who = ", ".join(filter(None, (row.claimant, row.date)))
        return f"{row.id} [{standing}]{f' {who}' if who else ''}"

    def refuse(self, view: ClaimView, one: Passage | QueueRow) -> Entry:
        """Record that this reader does not want it offered on this claim again."""
        draft = Draft(Kind.DISMISS, claim=view.claim.id, subject=view.claim.hash, data=refusal(one))
        return self.session.record(draft, view)

    def _sample(self, kinds: tuple[str, ...]) -> likely.Sample:
        held = self._samples.get(kinds)
        with self.session.case.read() as con:
            if held is None or held.last != likely.last_of(con):
                held = self._samples[kinds] = likely.sample(con, kinds)
        return held


class _Linked:
    """The places that a claim's excerpts hold already."""

    def __init__(self, view: ClaimView) -> None:
        self._view = view
        self._places = list(self._placed())

    def __contains__(self, one: Passage) -> bool:
        # Where a translation stands in its original is known of a segment only.
        return any(
            (one.id, one.segment) == (id_, segment)
            and (segment is not None if one.of_translation else start < one.end and one.start < end)
            for id_, segment, start, end in self._places
        )

    def _placed(self) -> Iterator[tuple[str, int | None, int, int]]:
        for excerpt in self._view.excerpts:
            target = self._view.target(excerpt.target)
            if excerpt.start is None or excerpt.end is None:
                continue
            if isinstance(target, Recording):
                yield from _in_segments(target, excerpt, excerpt.start, excerpt.end)
            else:
                yield excerpt.target, None, excerpt.start, excerpt.end


def _in_segments(
    recording: Recording, excerpt: Excerpt, start: int, end: int
) -> Iterator[tuple[str, int | None, int, int]]:
    sizes = (len(segment.text) + 1 for segment in recording.segments)
    begins = list(accumulate(sizes, initial=0))
    for n in recording.segments_of(start, end):
        yield excerpt.target, n, max(0, start - begins[n]), end - begins[n]


def _changed(one: Passage) -> ReviewerError:
    return ReviewerError(f"'{one.id}' has changed since this was offered; open the list again.")
