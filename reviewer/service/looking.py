"""What may be asked of a case: claims, texts, the queue, the log. Nothing here records."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from pathlib import Path

from reviewer.casefile import blind, evidence, history, leases, ledger, queue, shelf, views
from reviewer.casefile.case import CaseFile
from reviewer.casefile.disagreements import disagreements
from reviewer.casefile.disk import LITTLE, LOCAL, kind_of
from reviewer.casefile.engine import free_space
from reviewer.casefile.ledger import Clock, default_reader, wall_clock
from reviewer.casefile.queue import Filter
from reviewer.casefile.walks import Stretch, Walk
from reviewer.model.clock import day
from reviewer.model.errors import FilterError, NotFoundError, UsageError
from reviewer.model.filters import Term, mapped, parse_filter
from reviewer.model.scale import Scale
from reviewer.model.words import (
    ClaimView,
    Disagreement,
    LogLine,
    Provenance,
    QueueRow,
    Shelved,
    Source,
    Status,
    Target,
)
from reviewer.service.identity import DeviceKey
from reviewer.service.rulebook import Rulebook
from reviewer.service.telling import log_line
from reviewer.structs import replace
from reviewer.text.patterns import compiled

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TypeVar

    from reviewer.model.entry import Kind
    from reviewer.model.findings import Finding
    from reviewer.model.method import Rules

    Found = TypeVar("Found")

ALL = queue.ALL
LONGEST_NAME = 80
HEX = "[0-9a-f]{4,64}"
QUICK = 5000
"""As many claims are looked at while the reader waits, and more of them beside."""
AT_ONCE_S = 0.03
"""So long is looked for a claim to go to before that is done beside."""


class Looking:
    """A reader's hold on an open case, for reading. Reads fetch at once."""

    def __init__(self, case: CaseFile, reader: str, *, clock: Clock = wall_clock) -> None:
        self.case = case
        self.reader = reader
        self.clock = clock
        self.about = case.about()
        self.scale = case.scale()
        self.order = queue.DEFAULT
        self.rulebook = Rulebook(reader, self.about, self.scale)
        self._walk: Walk | None = None
        self._outdated = self._strict = False
        self._acted: list[str] = []
        self._held: evidence.Segments = {}
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
        case = CaseFile.open(path, readonly=readonly)
        case.device = DeviceKey()
        return cls(case, name, clock=clock)

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

    def little_room(self) -> str:
        """A sentence where little room is left to record in, or nothing."""
        free = None if self.readonly else free_space(self.case.path)
        if free is None or free >= LITTLE:
            return ""
        return f"Only {free / 1e6:.0f} MB are free on the disk of the case."

    @property
    def foreign_disk(self) -> str:
        """The kind of file system that holds the case, where it may be no disk of this machine."""
        kind = kind_of(self.case.path)
        return "" if kind in LOCAL else kind

    def missing_entries(self) -> int:
        """How many entries this device has written to the case that it does not hold now.

        There are some where an older copy was put back over the file.
        """
        if self.case.device is None:
            return 0
        with self.case.read() as con:
            return ledger.missing(con, self.case.device)

    def view(self, claim: str, known: dict[str, Target | None] | None = None) -> ClaimView:
        """A claim with everything on it.

        Args:
            claim: its id.
            known: texts that were read before within one snapshot, not to be read again.

        Raises:
            NotFoundError: the case has no such claim.
        """
        with self.case.read() as con:
            view = views.claim_view(con, self.reader, claim, known, self._held)
            view = self.rulebook.applied(con, view)
        # A claim is read again after each act, and the next one often has the same call.
        self._held = {(call.id, call.hash): call.segments for call in view.recordings}
        return view

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
            found = evidence.target(con, id_)
            return self.rulebook.text(con, found) if found else None

    def rules(self) -> Rules:
        """The rules of the case in force."""
        with self.case.read() as con:
            return self.rulebook.rules(con)

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
        today = day(self.clock())
        with self.case.read() as con:
            return queue.compile_filter(parts, self.reader, today, blind=blind.asked(con))

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
        return next(iter(self.upcoming(filter_, after=after)), None)

    def next_free(self, filter_: Filter, *, after: str, holder: str) -> QueueRow | None:
        """The next claim that waits and no other sitting than `holder` has before it.

        Where others have all that wait before them, it is the next of theirs.
        """
        with self.case.read() as con:
            taken = leases.of_others(con, self.reader, holder, self.clock())
        return next(iter(self.upcoming(filter_, after=after, taken=taken)), None)

    def upcoming(
        self, filter_: Filter, *, after: str, taken: Collection[str] = (), most: int = 1
    ) -> list[QueueRow]:
        """The next claims that wait for a verdict; those that are `taken` where all are."""
        with self.case.read() as con:
            return queue.upcoming(
                con,
                self.reader,
                filter_,
                order=self.order,
                after=queue.key_of(con, after, self.order) if after else None,
                pieces=self._pieces(filter_),
                taken=taken,
                most=most,
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
            known = walk.before if walk is not None else None
            return queue.position(con, claim, filter_, order=self.order, before=known)

    def quickly(self, find: Callable[[Self], Found]) -> Found:
        """What a look-up finds, if that takes no longer than a reader notices.

        Raises:
            StoppedError: it takes longer; nothing is known of its end.
        """
        until = time.monotonic() + AT_ONCE_S
        self._strict = True
        try:
            with self.case.until(lambda: time.monotonic() > until):
                return find(self)
        finally:
            self._strict = False

    def ready(self, filter_: Filter) -> bool:
        """Whether counts and pages of a filter are there at once, or it is looked up beside."""
        if filter_.served or self._walk_of(filter_) is not None:
            return True
        return self.to_look_at(filter_) <= QUICK

    def to_look_at(self, filter_: Filter) -> int:
        """How many claims have to be looked at to know what a filter holds."""
        with self.case.read() as con:
            return queue.count(con, replace(filter_, where=queue.ALL.where))

    def use(self, walk: Walk, since: int) -> None:
        """Take what was found beside for as long as its filter and order are those in force.

        Args:
            walk: what was found.
            since: how many acts of this session it has seen (`acts`); later ones are added.
        """
        self._walk, self._outdated = walk, False
        with self.case.read() as con:
            for claim in dict.fromkeys(self._acted[since:]):
                walk.touched(con, claim)

    @property
    def acts(self) -> int:
        """How many acts were done in this session."""
        return len(self._acted)

    def _walk_of(self, filter_: Filter) -> Walk | None:
        walk = self._walk
        if walk is None or walk.order is not self.order.behind or walk.filter != filter_:
            return None
        return walk

    def _pieces(self, filter_: Filter) -> list[Stretch] | None:
        # What others have done since may stand where nothing was found: a list may be late, a
        # move may not.
        walk = None if self._outdated and self._strict else self._walk_of(filter_)
        return walk.holding() if walk is not None else None

    def _touched(self, claim: str) -> None:
        if not claim:
            return
        self._acted.append(claim)
        if self._walk is not None:
            with self.case.read() as con:
                self._walk.touched(con, claim)

    def matches(self, claim: str, filter_: Filter) -> bool:
        """Whether the filter holds this claim."""
        with self.case.read() as con:
            return queue.matches(con, claim, filter_)

    def holds_findings(self) -> bool:
        """Whether readers recorded anything beside their verdicts, be it hidden from this one."""
        with self.case.read() as con:
            return shelf.holds_findings(con)

    def read_blind(self) -> int:
        """How many claims have records on them that only their writers may see yet."""
        with self.case.read() as con:
            return blind.count(con)

    def findings(self, kind: Kind, about: str | None = None) -> list[Finding]:
        """The findings of a kind in force, oldest first: all, or those about one thing.

        Args:
            kind: one of `FINDINGS`.
            about: the id of a claim, a source or a text; '' is the whole case.
        """
        from reviewer.casefile import findings

        with self.case.read() as con:
            if about is None:
                return findings.of_kind(con, self.reader, kind)
            return findings.about(con, self.reader, kind, about)

    def due(self, claim: str) -> str:
        """Since when a claim is due for another look, and why; nothing where it is not."""
        if not self._any_dates():
            return ""
        from reviewer.service.ageing import due_on

        due = due_on(self, claim)
        return due.words if due else ""

    def count_due(self) -> int:
        """How many claims are due for another look."""
        if not self._any_dates():
            return 0
        from reviewer.service.ageing import due_claims

        return len(due_claims(self))

    def _any_dates(self) -> bool:
        with self.case.read() as con:
            return queue.any_dates(con)

    def findings_of(self, claim: str) -> list[Finding]:
        """Every finding that was recorded on a claim, oldest first."""
        from reviewer.casefile import findings

        with self.case.read() as con:
            return findings.of_claim(con, self.reader, claim)

    def status(self) -> Status:
        """Progress of the case."""
        with self.case.read() as con:
            return views.status(con, self.reader, self.clock())

    def log(
        self,
        *,
        claim: str = "",
        reader: str = "",
        kind: str = "",
        before: str = "",
        limit: int = 50,
    ) -> list[LogLine]:
        """The newest entries as sentences, newest first.

        Args:
            claim: only those about this claim.
            reader: only those of this reader.
            kind: only those of this kind, as `Kind` calls it.
            before: only those that came before the entry of this id.
            limit: at most so many.
        """
        with self.case.read() as con:
            found = history.entries(
                *(con, self.reader),
                claim=claim,
                reader=reader,
                kind=kind,
                before=before,
                limit=limit,
            )
        return [self._line(logged) for logged in found]

    def logged(self, beginning: str) -> LogLine:
        """The entry whose id begins with these hex digits, told.

        Raises:
            NotFoundError: there is none, or more than one.
        """
        beginning = beginning.strip().lower()
        with self.case.read() as con:
            ids = history.named(con, beginning) if compiled(HEX).fullmatch(beginning) else []
            found = history.one(con, self.reader, ids[0]) if len(ids) == 1 else None
        if found is None:
            several = "More than one entry begins" if ids else "No entry of this case begins"
            raise NotFoundError(f"{several} with '{beginning}'; the log names them: reviewer log")
        return self._line(found)

    def _line(self, logged: history.Logged) -> LogLine:
        return log_line(
            logged.entry,
            logged.reader,
            self.scale,
            undone=logged.undone,
            target=logged.about,
            whose=logged.whose,
        )

    def disagreements(self, *, limit: int = 50) -> list[Disagreement]:
        """The claims on which readers differ, those furthest apart on the scale first."""
        with self.case.read() as con:
            return disagreements(con, self.reader, limit=limit)

    def changed_by_others(self) -> bool:
        """Whether another connection has committed since this was asked last."""
        version = self.case.data_version()
        changed, self._version = version != self._version, version
        self._outdated = self._outdated or changed
        return changed


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
