"""The words of the field (docs: design, section 3) as values that are read back from a case.

They are plain frozen structs: what stands in a case file was checked on its way in, by
the pydantic models of `model.records`, and the commands that only read stay quick to start.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum

from reviewer.model.clock import day, is_day, long_day, minute
from reviewer.model.method import Rules
from reviewer.model.naming import is_by
from reviewer.structs import Struct, field, replace

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.canonical import Json
    from reviewer.model.findings import Finding


class Held(StrEnum):
    """How faithful the text that is held is to what was said or published."""

    VERBATIM = "verbatim"
    TRANSLATION = "translation"
    PARAPHRASE = "paraphrase"


class Stance(StrEnum):
    """What an excerpt does to its claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"
    UNTOLD = "stance not told"
    """Another reader's, on a claim that is still to be read blind."""


STANCES = (Stance.SUPPORTS, Stance.REFUTES, Stance.CONTEXT)
"""Those that an excerpt is given."""


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


class Source(Struct):
    """Who published. `origin` is who first held the information."""

    id: str
    name: str
    kind: str
    origin: str
    note: str


class Statement(Struct):
    """A published text. `own_origin` is empty where the origin is its source's."""

    id: str
    version: int
    hash: str
    source: Source
    origin: str
    title: str
    date: str
    language: str
    held: Held
    url: str
    text: str
    translation: str
    translation_language: str
    note: str
    own_origin: str = ""
    origin_name: str = ""

    @property
    def first_held_by(self) -> str:
        """Who first held it, by name where the case holds the name."""
        return self.origin_name or self.origin


class Speaker(Struct):
    """A voice in a recording and how it is known whose it is."""

    label: str
    name: str
    known_by: str


class Segment(Struct):
    """One utterance. Times are milliseconds from the start of the recording, if held.

    `note` says what was odd about it when it was imported.
    """

    n: int
    start_ms: int | None
    end_ms: int | None
    speaker: str
    text: str
    translation: str
    note: str = ""


class Recording(Struct):
    """An intercepted call or other audio, held as segments; `own_origin` as of a statement."""

    id: str
    version: int
    hash: str
    source: Source
    origin: str
    title: str
    date: str
    released: str
    release: str
    language: str
    translation_language: str
    held: Held
    cuts: str
    transcribed_by: str
    translated_by: str
    url: str
    note: str
    speakers: tuple[Speaker, ...]
    segments: tuple[Segment, ...]
    own_origin: str = ""
    origin_name: str = ""

    @property
    def first_held_by(self) -> str:
        """Who first held it, by name where the case holds the name."""
        return self.origin_name or self.origin

    @property
    def text(self) -> str:
        """What excerpts are anchored in: the segments' text, a line break between two."""
        return segments_text(self.segments)

    def segments_of(self, start: int, end: int) -> range:
        """The segments in which the words from `start` to `end` of its text stand."""
        begins = [0]
        for segment in self.segments:
            begins.append(begins[-1] + len(segment.text) + 1)
        first = bisect_right(begins, start) - 1
        return range(first, bisect_right(begins, max(start, end - 1)))


def segments_text(segments: tuple[Segment, ...]) -> str:
    """The segments' original text as one string, a line break between two."""
    return "\n".join(segment.text for segment in segments)


Target = Statement | Recording


class Shelved(Struct):
    """A statement or a recording as the list of all texts has it."""

    kind: str
    id: str
    title: str
    source: str
    date: str
    language: str
    held: Held


class Claim(Struct):
    """One checkable assertion."""

    id: str
    version: int
    hash: str
    text: str
    claimant: str
    date: str
    priority: int
    tags: tuple[str, ...]
    parent: str
    context: str


class Excerpt(Struct):
    """Exact words of a statement or segments, linked to a claim.

    `start` and `end` count code points in the target's text, `end` excluded (W3C Web
    Annotation, TextPositionSelector); they are None for an orphan. `reader` is empty for an
    excerpt that came with the case.
    """

    id: str
    claim: str
    target: str
    stance: Stance
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    start_ms: int | None
    end_ms: int | None
    reader: str
    note: str

    @property
    def orphan(self) -> bool:
        """Whether its words no longer stand in the target."""
        return self.start is None


class Rating(Struct):
    """What somebody else published on a claim: evidence, never a verdict of ours.

    `rating` is the publisher's word; `value` the number, with its bounds, if there is one.
    """

    id: str
    claim: str
    source: Source
    rating: str
    value: str
    title: str
    url: str
    date: str
    text: str
    note: str


class Verdict(Struct):
    """One reader's dated judgement. `at` is milliseconds UTC, by the reader's clock.

    Where the words of its note were erased on purpose, `erased` is set and the note says by whom.
    """

    id: str
    claim: str
    reader: str
    value: str
    note: str
    at: int
    standing: bool
    stale: str
    erased: bool = False
    data: dict[str, Json] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    """What else its entry says: in its body, and in words that can be erased."""

    @property
    def as_of(self) -> str:
        """The day as of which it holds: as its reader said, else the one on which it was given."""
        said = self.data.get("as_of")
        return said if isinstance(said, str) and is_day(said) else day(self.at)

    @property
    def dated(self) -> str:
        """` as of 8 March 2022` where that is not the day on which it was given, or nothing."""
        return "" if self.as_of == day(self.at) else f" as of {long_day(self.as_of)}"


class Adjudication(Struct):
    """What settles readings that differed; they stay. `readings` are the ids of those verdicts.

    `agrees` is the id of the one whose value it has, or empty. `at` is milliseconds UTC.
    """

    id: str
    claim: str
    reader: str
    value: str
    reason: str
    at: int
    readings: tuple[str, ...]
    agrees: str
    erased: bool = False


class Note(Struct):
    """A reader's note in force on a claim; `id` is that of the entry that holds it.

    Where its words were erased on purpose, `erased` is set and the text says by whom.
    """

    reader: str
    text: str
    at: int
    id: str
    erased: bool = False


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


class Provenance(Struct):
    """The newest imported file in which a record stood, and where in it.

    `hash` is the SHA-256 of the file's bytes; `gone` is set where a newer file of the same
    collection no longer holds the record.
    """

    file: str
    place: str
    collection: str
    hash: str
    format: str
    encoding: str
    doubt: str
    at: int
    gone: bool


class LogLine(Struct):
    """One entry of the ledger, told for people. `at` is milliseconds UTC.

    `words` is the whole of a note or a quotation, of which the sentence has the beginning; where
    they were erased on purpose, `erased` says by whom and when.
    """

    id: str
    at: int
    reader: str
    kind: str
    claim: str
    sentence: str
    undone: bool
    words: str
    erased: str = ""

    def holds(self, words: str) -> bool:
        """Whether all of these words stand in it: of its reader, day, kind, claim, what it says."""
        at = minute(self.at)
        state = "undone" if self.undone else ""
        said = (self.reader, self.kind, self.claim, self.sentence, self.words, at, state)
        text = " ".join(said).casefold()
        return all(word in text for word in words.casefold().split())

    @property
    def short(self) -> str:
        """The sentence without its full stop: it may end with words of a reader that have one."""
        ends = self.sentence.endswith(".") and not self.sentence.endswith("...")
        return self.sentence[:-1] if ends else self.sentence

    @property
    def alone(self) -> str:
        """The same as the beginning of a line: `Undid: verdict false on c-1`."""
        return f"{self.short[:1].upper()}{self.short[1:]}"

    def recorded(self, undo: str) -> str:
        """What a screen says of it: `Recorded: verdict false on c-1; u undoes.`."""
        return f"Recorded: {self.short}; {undo} undoes."


class About(Struct):
    """What a case is: its title and whether it is a fictional exercise."""

    id: str
    title: str
    about: str
    exercise: bool
    origins: int = 0
    """How many independent origins the case itself asks a strong verdict to rest on; 0: none."""


def origins_of(text: str) -> int:
    """How many origins a case asks for, from what it says of itself; 0 where it says nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 1 else 0


class Disagreement(Struct):
    """A claim on which standing verdicts differ, with each of them, the oldest first."""

    claim: str
    text: str
    verdicts: tuple[Verdict, ...]


class Status(Struct):
    """Progress of a case."""

    claims: int
    decided: int
    undecided: int
    verdicts: dict[str, int]
    states: dict[str, int]
    readers: dict[str, int]
    stale: int
    orphans: int
    today: int
    waiting: int = 0
    """How many of the asking reader's verdicts wait for a second reading."""
