"""One reader at work on one case: everything a front end may ask for or do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer.casefile import evidence, queue
from reviewer.casefile.queue import ORDERS, Filter, Order
from reviewer.model.claims import JUDGED, ClaimView, State
from reviewer.model.entry import Draft, Entry, Kind
from reviewer.model.errors import NothingToDoError, UsageError
from reviewer.model.evidence import Excerpt, Recording, Stance, Target
from reviewer.model.judgements import LogLine
from reviewer.model.naming import is_by
from reviewer.service.identity import checked_reader
from reviewer.service.queueing import ALL
from reviewer.service.sitting import Sitting
from reviewer.service.spoken import Spoken
from reviewer.service.telling import log_line, what
from reviewer.structs import replace

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.casefile.erasing import Erasure
    from reviewer.model.canonical import Json

DEFAULT = queue.DEFAULT

__all__ = ["ALL", "DEFAULT", "ORDERS", "Filter", "Order", "Session", "checked_reader"]


class Session(Sitting):
    """A reader's hold on an open case: what may be asked, and the acts.

    Every act is committed or raises. Acts take the view that the reader had on the screen. They
    raise `ClaimChangedError` if somebody else has changed the claim since, and then record
    nothing.
    """

    as_of = ""
    """The day as of which the verdicts of this sitting hold, where that is not its own."""

    def prepare(self) -> None:
        """Import what the first act needs, so that it is recorded as soon as every other.

        What is imported while it is recorded keeps others from writing.
        """
        import rfc8785  # noqa: F401
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: F401

        from reviewer.casefile import acts, placing  # noqa: F401
        from reviewer.model import signing  # noqa: F401
        from reviewer.service import weighing  # noqa: F401

    def decide(
        self,
        view: ClaimView,
        value: str,
        note: str | None = None,
        *,
        more: Mapping[str, Json] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> Entry | None:
        """Record a verdict.

        Args:
            view: the claim as the reader saw it.
            value: a value of the case's scale.
            note: its note; None is the reader's note in force.
            more: what else the verdict says of itself. `as_of` is the day as of which it holds:
                without it that of the sitting, else the day on which it is given.
            words: its erasable words beside the note; `reason` is why it is given although it
                rests on fewer origins than the case asks for.

        Returns:
            The entry, or None where the very same verdict stands already.

        Raises:
            NotFoundError: the scale has no such value.
            ReasonNeededError: it rests on too few origins, and no reason is given.
        """
        from reviewer.service.weighing import weighed

        scaled = self.scale.named(value)
        named = scaled.value
        more = dict(more or {})
        dated = more.pop("as_of", None) or self.as_of
        now = self.view(view.claim.id)
        text = now.note_of(self.reader) if note is None else note.strip()
        mine = [v for v in now.verdicts if v.standing and is_by(v.reader, self.reader)]
        same_note = text == now.note_of(self.reader)
        same = len(mine) == 1 and mine[0].value == named and not mine[0].stale and same_note
        if same and not more and not words and dated in ("", mine[0].as_of):
            return None
        before = mine[0] if len(mine) == 1 else None
        data, said = weighed(now, scaled, before, more or {}, words or {})
        draft = Draft(
            Kind.VERDICT,
            claim=view.claim.id,
            subject=view.claim.hash,
            data={
                "value": named,
                **view.rested_on,
                **({"as_of": dated} if dated else {}),
                **data,
            },
            words={**({"note": text} if text or not same_note else {}), **said},
        )
        return self.record(draft, view)

    def withdraw(self, view: ClaimView) -> Entry:
        """Take this reader's verdict back.

        Raises:
            NothingToDoError: the reader has no verdict on this claim.
        """
        now = self.view(view.claim.id)
        if now.mine(self.reader) is None:
            raise NothingToDoError(f"You have no verdict on {view.claim.id} to withdraw.")
        draft = Draft(Kind.WITHDRAW, claim=view.claim.id, subject=view.claim.hash)
        return self.record(draft, view)

    def note(self, view: ClaimView, text: str) -> Entry | None:
        """Write or change this reader's note; None where it stands already as it is."""
        text = text.strip()
        if text == self.view(view.claim.id).note_of(self.reader):
            return None
        draft = Draft(Kind.NOTE, claim=view.claim.id, subject=view.claim.hash, words={"note": text})
        return self.record(draft, view)

    def set_aside(self, view: ClaimView, *, on: bool = True) -> Entry | None:
        """Set a claim aside for later, or take it back; None where it is so already.

        Raises:
            NothingToDoError: it has a verdict, and waits for nothing.
        """
        state = view.row.state
        if on and state in JUDGED:
            raise NothingToDoError(f"{view.claim.id} has a verdict; there is nothing to put off.")
        aside = state is State.SET_ASIDE
        return None if aside is on else self._flag(Kind.SET_ASIDE, view, on=on)

    def mark(self, view: ClaimView, *, on: bool = True) -> Entry | None:
        """Mark a claim for work on the queue, or take the mark away; None where it is so."""
        return None if view.row.marked is on else self._flag(Kind.MARK, view, on=on)

    def link(
        self, view: ClaimView, target: Target, start: int, end: int, stance: Stance
    ) -> Entry | None:
        """Make an excerpt of the target's text from `start` to `end`, code points.

        Returns:
            The entry, or None where the very same excerpt stands already.

        Raises:
            UsageError: there are no words between the two places.
        """
        inside = 0 <= start < end <= len(target.text)
        if not inside or not target.text[start:end].strip():
            raise UsageError("There are no words between these two places.")
        for held in self.view(view.claim.id).excerpts:
            if (held.target, held.start, held.end, held.stance) == (target.id, start, end, stance):
                return None
        from reviewer.text import anchors

        anchor = anchors.make(target.text, start, end)
        times: Sequence[int | None] = (None, None)
        if isinstance(target, Recording):
            times = evidence.times_of(target, start, end)
        draft = Draft(
            Kind.LINK,
            claim=view.claim.id,
            subject=view.claim.hash,
            data={
                "target": target.id,
                "target_hash": target.hash,
                "stance": stance.value,
                "exact": anchor.exact,
                "prefix": anchor.prefix,
                "suffix": anchor.suffix,
                "start": anchor.start,
                "end": anchor.end,
                "start_ms": times[0],
                "end_ms": times[1],
            },
        )
        return self.record(draft, view)

    def unlink(self, view: ClaimView, excerpt: Excerpt) -> Entry:
        """Take back an excerpt that this reader made.

        Raises:
            UsageError: it came with the case or is another reader's.
            NothingToDoError: it was taken back already.
        """
        if not is_by(excerpt.reader, self.reader):
            whose = f"{excerpt.reader}'s" if excerpt.reader else "part of the case"
            raise UsageError(f"This excerpt is {whose}; only your own can be taken back.")
        if excerpt.id not in {held.id for held in self.view(view.claim.id).excerpts}:
            raise NothingToDoError(f"This excerpt on {view.claim.id} was taken back already.")
        draft = Draft(
            Kind.UNLINK,
            claim=view.claim.id,
            subject=view.claim.hash,
            supersedes=[excerpt.id],
            data={"target": excerpt.target, "exact": excerpt.exact},
        )
        return self.record(draft, view)

    def find(
        self,
        kind: Kind,
        about: str,
        key: str,
        value: Json,
        *,
        view: ClaimView | None = None,
        more: Mapping[str, Json] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> Entry:
        """Record a finding: the value of a key about a claim, a source, a text or the case.

        Args:
            kind: one of `FINDINGS`.
            about: what it is about, by its id; '' is the whole case.
            key: what of it.
            value: what was found; None takes this reader's earlier finding back.
            view: the claim on which it was found, as the reader saw it; None: it is on none.
            more: what else belongs to it.
            words: its erasable words.
        """
        data = {"about": about, "key": key, "value": value, **(more or {})}
        said = dict(words or {})
        if view is None:
            from reviewer.casefile import acts

            draft = Draft(kind, data=data, words=said)
            return acts.record(self.case, self.reader, draft, clock=self.clock)
        draft = Draft(kind, view.claim.id, subject=view.claim.hash, data=data, words=said)
        return self.record(draft, view)

    def undo(self) -> LogLine:
        """Undo this reader's newest act, in whichever session it was done.

        Returns:
            The undo entry, told: its `claim` is the one that it changed.

        Raises:
            NothingToDoError: nothing is left to undo.
        """
        from reviewer.casefile import acts

        entry, act = acts.undo(self.case, self.reader, clock=self.clock)
        self._touched(act.claim)
        return log_line(entry, self.reader, self.scale, undone=False, target=Spoken(self)(act))

    def undo_act(self, id_: str) -> LogLine:
        """Undo one act of this reader's that is in force; the newest need not be the one.

        Returns:
            The undo entry, told, with the verdicts that rest on what was undone.

        Raises:
            NotFoundError: there is no such entry.
            NothingToDoError: it is another's, is no act, was undone, or later ones took its place.
        """
        from reviewer.casefile import acts

        entry, act, resting = acts.undo_act(
            self.case, self.reader, id_, lambda one: what(one, self.scale), clock=self.clock
        )
        self._touched(act.claim)
        line = log_line(entry, self.reader, self.scale, undone=False, target=Spoken(self)(act))
        if not resting:
            return line
        rests = " and ".join(f"your {what(one, self.scale)}" for one in resting)
        return replace(line, sentence=f"{line.sentence}; on it rested {rests}")

    def redact(self, id_: str, why: str = "") -> Erasure:
        """Erase the words of an entry for good, for everybody; this cannot be undone.

        The entry stays, and says who erased them. A draft of the note on this machine goes too.

        Raises:
            NotFoundError: there is no such entry.
            NothingToDoError: it has no words that could be erased.
        """
        from reviewer.casefile import erasing
        from reviewer.service.places import Places

        reader = self.logged(id_).reader
        erasure = erasing.redact(self.case, self.reader, id_, why.strip(), clock=self.clock)
        if erasure.target.claim:
            Places(self.about.id, reader).forget_draft(erasure.target.claim)
        self._touched(erasure.target.claim)
        return erasure

    def redo(self) -> LogLine:
        """Bring back what this reader undid last.

        Raises:
            NothingToDoError: nothing was undone, or the reader has acted anew since.
        """
        from reviewer.casefile import acts

        entry, act = acts.redo(self.case, self.reader, clock=self.clock)
        self._touched(act.claim)
        return log_line(entry, self.reader, self.scale, undone=False, target=Spoken(self)(act))

    def tell(self, entry: Entry) -> LogLine:
        """An entry of this reader's, told for people."""
        spoken = Spoken(self)(entry)
        return log_line(spoken, self.reader, self.scale, undone=False, target=None)

    def _flag(self, kind: Kind, view: ClaimView, *, on: bool) -> Entry:
        draft = Draft(kind, claim=view.claim.id, subject=view.claim.hash, data={"on": on})
        return self.record(draft, view)

    def record(self, draft: Draft, view: ClaimView) -> Entry:
        """Record an act on a claim as its reader had it on the screen."""
        # What reads alone, and the first frame, start without it.
        from reviewer.casefile import acts

        entry = acts.record(self.case, self.reader, draft, seen=view.seen, clock=self.clock)
        self._touched(view.claim.id)
        return entry
