"""A claim under review: its state of work, its row in the queue, and everything seen of it."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.evidence import Recording
from reviewer.model.method import Rules
from reviewer.model.naming import is_by
from reviewer.structs import Struct, field, replace

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.canonical import Json
    from reviewer.model.evidence import Claim, Excerpt, Rating, Statement, Target
    from reviewer.model.findings import Finding
    from reviewer.model.judgements import Adjudication, Note, Verdict


class State(StrEnum):
    """The state of work on a claim. Never mixed with the verdict."""

    NEW = "new"
    IN_REVIEW = "in_review"
    SET_ASIDE = "set_aside"
    NEEDS_SECOND = "needs_second"
    DECIDED = "decided"
    IN_CONFLICT = "in_conflict"
    ADJUDICATED = "adjudicated"
    REOPENED = "reopened"

    @property
    def label(self) -> str:
        """As people read it: `in review`."""
        needs = self is State.NEEDS_SECOND
        return "needs a second reader" if needs else self.value.replace("_", " ")


JUDGED = (State.DECIDED, State.IN_CONFLICT, State.ADJUDICATED)
"""The states of a claim that waits for no verdict."""


class QueueRow(Struct):
    """A claim as the queue lists it. `text` may be cut; `show` gives it whole."""

    id: str
    text: str
    claimant: str
    date: str
    priority: int
    state: State
    verdict: str
    excerpts: int
    marked: bool


class ClaimView(Struct):
    """A claim with everything that a reader sees of it.

    `seen` stands for the state it was read in: an act that hands it back is refused if
    somebody else has changed the claim since.
    """

    claim: Claim
    row: QueueRow
    statements: tuple[Statement, ...]
    recordings: tuple[Recording, ...]
    excerpts: tuple[Excerpt, ...]
    verdicts: tuple[Verdict, ...]
    notes: tuple[Note, ...]
    missing: tuple[str, ...]
    seen: int
    ratings: tuple[Rating, ...] = ()
    adjudication: Adjudication | None = None
    """What was settled last, in force or overtaken by later verdicts."""
    blind: bool = False
    """Whether its readings are not all in: what others recorded on it is not in this view."""
    authored: tuple[str, ...] = ()
    """The ids of the texts that the claim's author put beside it."""
    rules: Rules = field(default_factory=Rules)
    """The rules of the case in force."""
    findings: tuple[Finding, ...] = ()
    """What readers found on it, and of its sources and calls; only where it is read to be
    written into a file."""

    @property
    def settled(self) -> Adjudication | None:
        """What settled the readings that differ, where it is in force."""
        return self.adjudication if self.row.state is State.ADJUDICATED else None

    def target(self, id_: str) -> Target | None:
        """The statement or recording of this id, if it is among those shown."""
        return next((target for target in self.targets if target.id == id_), None)

    def beside(self, text: Target | None) -> ClaimView:
        """The same with one more text, if it is not among those shown."""
        if text is None or self.target(text.id) is not None:
            return self
        if isinstance(text, Recording):
            return replace(self, recordings=(*self.recordings, text))
        return replace(self, statements=(*self.statements, text))

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every statement, then every recording."""
        return (*self.statements, *self.recordings)

    @property
    def rested_on(self) -> dict[str, Json]:
        """What a judgement made now records of what it rests on: the texts seen, the excerpts."""
        return {
            "saw": {target.id: target.hash for target in self.targets},
            "excerpts": [excerpt.id for excerpt in self.excerpts],
        }

    def mine(self, reader: str) -> Verdict | None:
        """This reader's standing verdict."""
        for verdict in self.verdicts:
            if verdict.standing and is_by(verdict.reader, reader):
                return verdict
        return None

    def note_of(self, reader: str) -> str:
        """The words of this reader's note in force, or nothing."""
        mine = (n.text for n in self.notes if is_by(n.reader, reader) and not n.erased)
        return next(mine, "")
