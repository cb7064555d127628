"""What a check finds: sentences with the place that each is about, and who wrote there."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.model.clock import minute
from reviewer.model.entry import Entry

MOST_KEPT = 10_000
"""So many findings are kept with their words; the rest are counted."""
SHORT = 10
"""So many digits of an id are said to people."""

Tick = Callable[[str, int, int], None]
"""Told now and then: what is being checked, how many of it are done, how many there are."""


class Nature(StrEnum):
    """What a finding means."""

    BROKEN = "broken"
    MISSING = "missing"
    NAME = "name"
    ERASED = "erased"
    FORK = "fork"
    UNSIGNED = "unsigned"
    UNSEALED = "unsealed"


FAULTS = (Nature.BROKEN, Nature.MISSING, Nature.NAME)
"""With any of these a case is not whole. The others are told, and nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    `part` is what was checked: file, ledger, signature, evidence or derived. `entry` is the id
    of an entry, or nothing; `table` and `row` are those of evidence or of a derived row. `k` is
    the key of the entry's chain in this file.
    """

    nature: Nature
    part: str
    said: str
    entry: str = ""
    k: int = 0
    seq: int = 0
    claim: str = ""
    table: str = ""
    row: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether the case is not whole with it."""
        return self.nature in FAULTS


@dataclass(frozen=True, slots=True)
class Bound:
    """That an entry binds an SSH key to a reader's name: in which chain, as which of it."""

    key: bytes
    k: int
    seq: int


@dataclass(slots=True)
class Chain:
    """A chain as it was walked: what its first entry says, and where it ends.

    `device` and `case` are as the first entry names them; `head` is the id of its last entry.
    """

    k: int
    id: str
    author: str = ""
    device: str = ""
    case: str = ""
    seq: int = 0
    lamport: int = 0
    head: str = ""
    forked_at: int = 0
    """The lowest number that two of its entries have, or 0."""
    signed: int = 0
    """The last entry that a valid signature of its device covers."""
    sealed: int = 0
    """The last entry that a valid seal covers."""


@dataclass(slots=True)
class Found:
    """What is found while a case is checked, and what is learned of its chains and readers."""

    tick: Tick
    kept: list[Finding] = field(default_factory=list)
    counts: Counter[Nature] = field(default_factory=Counter)
    chains: dict[int, Chain] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """The names of readers by author, from the words of their first entries."""
    keys: dict[str, list[Bound]] = field(default_factory=dict)
    """The SSH keys that each author is bound to."""

    def add(self, finding: Finding) -> None:
        """Keep a finding, or only count it where there are too many."""
        self.counts[finding.nature] += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(finding)

    def broken(
        self,
        part: str,
        said: str,
        *,
        entry: str = "",
        claim: str = "",
        table: str = "",
        row: str = "",
    ) -> None:
        """Something is not as it was written."""
        found = Finding(Nature.BROKEN, part, said, entry, claim=claim, table=table, row=row)
        self.add(found)

    def name(self, author: str) -> str:
        """Who an author is, or the first digits of what stands for him."""
        return self.names.get(author) or f"reader {author[:SHORT]}"

    def told(self, entry: Entry) -> str:
        """An entry for people: which, whose, when, and about which claim."""
        about = f" on {entry.claim}" if entry.claim else ""
        who = f"{self.name(entry.author)}, {minute(entry.at)}"
        return f"entry {entry.id[:SHORT]} ({who}, {entry.kind}{about})"

    def of_entry(
        self, entry: Entry, k: int, said: str, *, part: str = "ledger", nature: Nature | None = None
    ) -> None:
        """Something about an entry; `said` goes on where its name ends."""
        self.add(
            Finding(
                nature or Nature.BROKEN,
                part,
                f"{self.told(entry)}: {said}",
                entry=entry.id,
                k=k,
                seq=entry.seq,
                claim=entry.claim,
            )
        )
