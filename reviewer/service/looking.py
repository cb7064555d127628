"""What may be asked of a case: claims, texts, findings, the log. Nothing here records."""

from __future__ import annotations

from pathlib import Path

from reviewer.casefile import blind, evidence, history, ledger, queue, shelf, views
from reviewer.casefile.case import CaseFile
from reviewer.casefile.disagreements import disagreements
from reviewer.casefile.disk import LITTLE, LOCAL, kind_of
from reviewer.casefile.engine import free_space
from reviewer.casefile.ledger import Clock, default_reader, wall_clock
from reviewer.model.about import Status
from reviewer.model.claims import ClaimView
from reviewer.model.errors import NotFoundError
from reviewer.model.evidence import Provenance, Shelved, Source, Target
from reviewer.model.judgements import Disagreement, LogLine
from reviewer.service.identity import DeviceKey, checked_reader
from reviewer.service.queueing import Queueing
from reviewer.service.rulebook import Rulebook
from reviewer.service.spoken import Spoken
from reviewer.service.telling import log_line
from reviewer.text.patterns import compiled

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Self

    from reviewer.model.entry import Kind
    from reviewer.model.findings import Finding
    from reviewer.model.method import Rules

HEX = "[0-9a-f]{4,64}"


class Looking(Queueing):
    """A reader's hold on an open case, for reading. Reads fetch at once."""

    def __init__(self, case: CaseFile, reader: str, *, clock: Clock = wall_clock) -> None:
        super().__init__(case, reader, clock=clock)
        self.about = case.about()
        self.rulebook = Rulebook(reader, self.about, self.scale)
        self._held: evidence.Segments = {}

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

    def links_of(self, claim: str) -> list[Finding]:
        """The links that set other claims against this one, oldest first."""
        from reviewer.casefile import findings

        with self.case.read() as con:
            return findings.links_of(con, self.reader, claim)

    def words_of_excerpt(self, id_: str) -> str:
        """The words of an excerpt in force, or nothing."""
        from reviewer.casefile import findings

        with self.case.read() as con:
            return findings.words_of_excerpt(con, id_)

    def count_rivals(self, claim: str) -> int:
        """How many claims stand against this one."""
        # Asked for each claim, and most cases have no finding of any kind.
        found = self.links_of(claim) if self.holds_findings() else []
        return len({(one.about, one.key) for one in found if one.about != one.key})

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
        spoken = Spoken(self)
        return [self._line(logged, spoken) for logged in found]

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
        return self._line(found, Spoken(self))

    def _line(self, logged: history.Logged, spoken: Spoken) -> LogLine:
        return log_line(
            spoken(logged.entry),
            logged.reader,
            self.scale,
            undone=logged.undone,
            target=spoken(logged.about) if logged.about else None,
            whose=logged.whose,
        )

    def disagreements(self, *, limit: int = 50) -> list[Disagreement]:
        """The claims on which readers differ, those furthest apart on the scale first."""
        with self.case.read() as con:
            return disagreements(con, self.reader, limit=limit)
