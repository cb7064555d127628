"""What readers recorded, as values read back from a case: verdicts, what settles them, notes."""

from __future__ import annotations

from reviewer.model.clock import day, is_day, long_day, minute
from reviewer.structs import Struct, field

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.canonical import Json


def unstopped(words: str) -> str:
    """Words without their full stop, for what a sentence goes on with; `...` stays."""
    ends = words.endswith(".") and not words.endswith("...")
    return words[:-1] if ends else words


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
    def why_stale(self) -> str:
        """Why it is stale, as the beginning of a sentence: a reader's words may end with a stop."""
        return unstopped(self.stale)

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
    Where a rule of the case asked for a reason, `origins_asked` is how many origins it asked for,
    and `origins` are those on which the claim rested then.
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
    origins: tuple[str, ...] = ()
    origins_asked: int = 0


class Note(Struct):
    """A reader's note in force on a claim; `id` is that of the entry that holds it.

    Where its words were erased on purpose, `erased` is set and the text says by whom.
    """

    reader: str
    text: str
    at: int
    id: str
    erased: bool = False


class Disagreement(Struct):
    """A claim on which standing verdicts differ, with each of them, the oldest first."""

    claim: str
    text: str
    verdicts: tuple[Verdict, ...]


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
        return unstopped(self.sentence)

    @property
    def alone(self) -> str:
        """The same as the beginning of a line: `Undid: verdict false on c-1`."""
        return f"{self.short[:1].upper()}{self.short[1:]}"

    def recorded(self, undo: str) -> str:
        """What a screen says of it: `Recorded: verdict false on c-1; u undoes.`."""
        return f"Recorded: {self.short}; {undo} undoes."
