"""One reader at work on one case: everything a front end may ask for or do."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from reviewer.casefile import acts, evidence, ledger, queue, shelf, views
from reviewer.casefile.case import CaseFile
from reviewer.casefile.ledger import Clock, default_reader, wall_clock
from reviewer.casefile.queue import ORDERS, Filter, Order
from reviewer.casefile.walks import Stretch, Walk
from reviewer.model.entry import Draft, Entry, Kind
from reviewer.model.errors import FilterError, NotFoundError, NothingToDoError, UsageError
from reviewer.model.filters import Term, mapped, parse_filter
from reviewer.model.scale import Scale
from reviewer.model.words import (
    ClaimView,
    Excerpt,
    LogLine,
    Provenance,
    QueueRow,
    Recording,
    Shelved,
    Source,
    Stance,
    State,
    Status,
    Target,
)
from reviewer.service.telling import log_line
from reviewer.text import anchors

ALL = queue.ALL
DEFAULT = queue.DEFAULT
LONGEST_NAME = 80
QUICK = 5000
"""As many claims are looked at while the reader waits, and more of them beside."""

__all__ = ["ALL", "DEFAULT", "ORDERS", "Filter", "Order", "Session"]


class Session:
    """A reader's hold on an open case. Reads fetch at once; every act is committed or raises.

    Acts take the view that the reader had on the screen. They raise `ClaimChangedError` if
    somebody else has changed the claim since, and then record nothing.
    """

    def __init__(self, case: CaseFile, reader: str, *, clock: Clock = wall_clock) -> None:
        self.case = case
        self.reader = reader
        self.clock = clock
        self.about = case.about()
        self.scale = case.scale()
        self.order = queue.DEFAULT
        self._walk: Walk | None = None
        self._version = case.data_version()

    @classmethod
    def open(
        cls, path: Path, reader: str = "", *, readonly: bool = False, clock: Clock = wall_clock
    ) -> Self:
        """Open a case as this reader, or as the account where no name is given.

        Raises:
            CaseError: the case cannot be opened.
            UsageError: the name cannot be a reader's.
        """
        name = checked_reader(reader or default_reader())
        return cls(CaseFile.open(path, readonly=readonly), name, clock=clock)

    def close(self) -> None:
        """Close the case."""
        self.case.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def readonly(self) -> bool:
        """Whether acts are refused because the case is open for reading only."""
        return self.case.readonly

    # Reading

    def view(self, claim: str, known: dict[str, Target | None] | None = None) -> ClaimView:
        """A claim with everything on it.

        Args:
            claim: its id.
            known: texts that were read before within one snapshot, not to be read again.

        Raises:
            NotFoundError: the case has no such claim.
        """
        with self.case.read() as con:
            return views.claim_view(con, self.reader, claim, known)

    def texts(self, words: str = "", *, limit: int = 200) -> list[Shelved]:
        """Statements and recordings of the case that hold all of these words."""
        with self.case.read() as con:
            return shelf.texts(con, words, limit)

    def sources(self) -> list[Source]:
        """Every source of the case."""
        with self.case.read() as con:
            return [evidence.source(con, id_) for id_ in evidence.sources(con)]

    def text_ids(self) -> list[str]:
        """The id of every statement and recording."""
        with self.case.read() as con:
            return shelf.ids(con)

    def count_texts(self) -> tuple[int, int]:
        """How many statements and how many recordings the case holds."""
        with self.case.read() as con:
            return shelf.count(con)

    def text(self, id_: str) -> Target:
        """A statement or a recording.

        Raises:
            NotFoundError: the case has none of this id.
        """
        target = self.found_text(id_)
        if target is None:
            raise NotFoundError(f"There is no statement or recording '{id_}' in this case.")
        return target

    def found_text(self, id_: str) -> Target | None:
        """A statement or a recording, or None where the case has none of this id."""
        with self.case.read() as con:
            return evidence.target(con, id_)

    def has_claim(self, id_: str) -> bool:
        """Whether the case has a claim of this id."""
        with self.case.read() as con:
            return evidence.claim(con, id_) is not None

    def provenance(self, kind: str, id_: str) -> Provenance | None:
        """The newest imported file in which a record stood; None where none is known.

        Args:
            kind: claim, statement, recording, rating.
            id_: its id.
        """
        with self.case.read() as con:
            return evidence.provenance(con, kind, id_)

    def filter(self, text: str) -> Filter:
        """A filter from what a reader typed.

        Raises:
            FilterError: names the mistake and its place.
        """
        parts = mapped(parse_filter(text), lambda term: _of_scale(term, self.scale))
        return queue.compile_filter(parts, self.reader)

    def rows(
        self,
        filter_: Filter = ALL,
        *,
        after: str = "",
        before: str = "",
        limit: int | None = None,
        whole: bool = False,
    ) -> list[QueueRow]:
        """Rows of the queue in order, behind the claim `after` or up to `before`.

        Long texts are cut unless they are wanted `whole`.
        """
        with self.case.read() as con:
            return queue.page(
                con,
                self.reader,
                filter_,
                order=self.order,
                after=queue.key_of(con, after, self.order) if after else None,
                before=queue.key_of(con, before, self.order) if before else None,
                limit=limit,
                whole=whole,
                pieces=self._pieces(filter_),
            )

    def row(self, claim: str) -> QueueRow | None:
        """One claim as the queue lists it."""
        with self.case.read() as con:
            return queue.row(con, self.reader, claim)

    def last(self, filter_: Filter = ALL) -> QueueRow | None:
        """The last claim of the queue."""
        with self.case.read() as con:
            return queue.last(
                con, self.reader, filter_, order=self.order, pieces=self._pieces(filter_)
            )

    def next_undecided(self, filter_: Filter = ALL, *, after: str = "") -> QueueRow | None:
        """The next claim that waits for a verdict, from the top again at the end."""
        with self.case.read() as con:
            key = queue.key_of(con, after, self.order) if after else None
            pieces = self._pieces(filter_)
            return queue.next_undecided(
                con, self.reader, filter_, order=self.order, after=key, pieces=pieces
            )

    def count(self, filter_: Filter = ALL) -> int:
        """How many claims the filter holds."""
        walk = self._walk_of(filter_)
        if walk is not None:
            return walk.found
        with self.case.read() as con:
            return queue.count(con, filter_)

    def position(self, claim: str, filter_: Filter = ALL) -> int:
        """How many claims of the filter stand before this one."""
        walk = self._walk_of(filter_)
        with self.case.read() as con:
            place = queue.key_of(con, claim, self.order)
            if walk is not None and place is not None:
                return walk.before(con, place)
            return queue.position(con, claim, filter_, order=self.order)

    def ready(self, filter_: Filter) -> bool:
        """Whether counts and pages of a filter are there at once, or it is looked up beside."""
        if filter_.served or self._walk_of(filter_) is not None:
            return True
        return self.to_look_at(filter_) <= QUICK

    def to_look_at(self, filter_: Filter) -> int:
        """How many claims have to be looked at to know what a filter holds."""
        with self.case.read() as con:
            return queue.count(con, replace(filter_, where=queue.ALL.where))

    def use(self, walk: Walk) -> None:
        """Take what was found beside for as long as its filter and order are those in force."""
        self._walk = walk

    def _walk_of(self, filter_: Filter) -> Walk | None:
        walk = self._walk
        if walk is None or walk.order is not self.order or walk.filter != filter_:
            return None
        return walk

    def _pieces(self, filter_: Filter) -> list[Stretch] | None:
        walk = self._walk_of(filter_)
        return walk.holding() if walk is not None else None

    def _touched(self, claim: str) -> None:
        if self._walk is not None and claim:
            with self.case.read() as con:
                self._walk.touched(con, claim)

    def matches(self, claim: str, filter_: Filter) -> bool:
        """Whether the filter holds this claim."""
        with self.case.read() as con:
            return queue.matches(con, claim, filter_)

    def target(self, id_: str) -> Target:
        """A statement or a recording.

        Raises:
            NotFoundError: the case has none of this id.
        """
        with self.case.read() as con:
            found = evidence.target(con, id_)
        if found is None:
            raise NotFoundError(f"There is no statement or recording '{id_}' in this case.")
        return found

    def status(self) -> Status:
        """Progress of the case."""
        with self.case.read() as con:
            return views.status(con, self.clock())

    def log(self, *, claim: str = "", reader: str = "", limit: int = 50) -> list[LogLine]:
        """The newest entries as sentences, newest first."""
        with self.case.read() as con:
            found = views.entries(con, claim=claim, reader=reader, limit=limit)
            return [
                log_line(entry, name, self.scale, undone=undone, target=self._subject(entry))
                for entry, name, undone in found
            ]

    def changed_by_others(self) -> bool:
        """Whether another connection has committed since this was asked last."""
        version = self.case.data_version()
        changed, self._version = version != self._version, version
        return changed

    # Acts

    def decide(self, view: ClaimView, value: str, note: str | None = None) -> Entry | None:
        """Record a verdict.

        Args:
            view: the claim as the reader saw it.
            value: a value of the case's scale.
            note: its note; None is the reader's note in force.

        Returns:
            The entry, or None where the very same verdict stands already.

        Raises:
            NotFoundError: the scale has no such value.
        """
        named = self.scale.named(value).value
        now = self.view(view.claim.id)
        words = now.note_of(self.reader) if note is None else note.strip()
        mine = [v for v in now.verdicts if v.standing and v.reader == self.reader]
        same_note = words == now.note_of(self.reader)
        if len(mine) == 1 and mine[0].value == named and not mine[0].stale and same_note:
            return None
        draft = Draft(
            Kind.VERDICT,
            claim=view.claim.id,
            subject=view.claim.hash,
            data={
                "value": named,
                "saw": {target.id: target.hash for target in view.targets},
                "excerpts": [excerpt.id for excerpt in view.excerpts],
            },
            words={"note": words} if words or not same_note else {},
        )
        return self._record(draft, view)

    def withdraw(self, view: ClaimView) -> Entry:
        """Take this reader's verdict back.

        Raises:
            NothingToDoError: the reader has no verdict on this claim.
        """
        now = self.view(view.claim.id)
        if now.mine(self.reader) is None:
            raise NothingToDoError(f"You have no verdict on {view.claim.id} to withdraw.")
        draft = Draft(Kind.WITHDRAW, claim=view.claim.id, subject=view.claim.hash)
        return self._record(draft, view)

    def note(self, view: ClaimView, text: str) -> Entry | None:
        """Write or change this reader's note; None where it stands already as it is."""
        text = text.strip()
        if text == self.view(view.claim.id).note_of(self.reader):
            return None
        draft = Draft(Kind.NOTE, claim=view.claim.id, subject=view.claim.hash, words={"note": text})
        return self._record(draft, view)

    def set_aside(self, view: ClaimView, *, on: bool = True) -> Entry | None:
        """Set a claim aside for later, or take it back; None where it is so already.

        Raises:
            NothingToDoError: it has a verdict, and waits for nothing.
        """
        state = view.row.state
        if on and state in (State.DECIDED, State.IN_CONFLICT):
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
        return self._record(draft, view)

    def unlink(self, view: ClaimView, excerpt: Excerpt) -> Entry:
        """Take back an excerpt that this reader made.

        Raises:
            UsageError: it came with the case or is another reader's.
            NothingToDoError: it was taken back already.
        """
        if excerpt.reader != self.reader:
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
        return self._record(draft, view)

    def undo(self) -> LogLine:
        """Undo this reader's newest act, in whichever session it was done.

        Returns:
            The undo entry, told: its `claim` is the one that it changed.

        Raises:
            NothingToDoError: nothing is left to undo.
        """
        entry, act = acts.undo(self.case, self.reader, clock=self.clock)
        self._touched(act.claim)
        return log_line(entry, self.reader, self.scale, undone=False, target=act)

    def redo(self) -> LogLine:
        """Bring back what this reader undid last.

        Raises:
            NothingToDoError: nothing was undone, or the reader has acted anew since.
        """
        entry, act = acts.redo(self.case, self.reader, clock=self.clock)
        self._touched(act.claim)
        return log_line(entry, self.reader, self.scale, undone=False, target=act)

    def tell(self, entry: Entry) -> LogLine:
        """An entry of this reader's, told for people."""
        return log_line(entry, self.reader, self.scale, undone=False, target=None)

    def _flag(self, kind: Kind, view: ClaimView, *, on: bool) -> Entry:
        draft = Draft(kind, claim=view.claim.id, subject=view.claim.hash, data={"on": on})
        return self._record(draft, view)

    def _record(self, draft: Draft, view: ClaimView) -> Entry:
        entry = acts.record(self.case, self.reader, draft, seen=view.seen, clock=self.clock)
        self._touched(view.claim.id)
        return entry

    def _subject(self, entry: Entry) -> Entry | None:
        if entry.kind not in (Kind.UNDO, Kind.REDO) or entry.subject is None:
            return None
        with self.case.read() as con:
            return ledger.by_id(con, entry.subject)


def _of_scale(term: Term, scale: Scale) -> Term:
    """A condition on the verdict with the value as the scale spells it."""
    if term.field != "verdict":
        return term
    if term.value.casefold() == "none":
        return replace(term, value="none")
    try:
        return replace(term, value=scale.named(term.value).value)
    except NotFoundError as error:
        raise FilterError(error.sentence, term.at) from error


def checked_reader(name: str) -> str:
    """A reader's name as it may be written into the ledger.

    Raises:
        UsageError: it is empty, too long, or holds what cannot be printed.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(
            f"A reader's name has 1 to {LONGEST_NAME} printable characters; say --as NAME."
        )
    return name
