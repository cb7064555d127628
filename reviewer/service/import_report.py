"""What an import did, for whoever tells it."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.casefile.arrivals import Outcome
from reviewer.readers.row import Row
from reviewer.service.refused import RefusedRow

KEPT = 1000
"""So many refused, odd, doubled, new, changed and gone ones are told; all are counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A place in a file and what is to be said of it."""

    file: str
    place: str
    what: str


@dataclass(slots=True)
class FileReport:
    """What was made of one file. `remarks` say how it was understood.

    A `strange` one has ids of the case that mean something else there; it was not taken in.
    """

    name: str
    format: str = ""
    encoding: str = ""
    collection: str = ""
    strange: bool = False
    translation: str = ""
    remarks: tuple[str, ...] = ()
    rows: int = 0
    refused: int = 0
    passed_over: int = 0
    first: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class ImportReport:
    """What an import did.

    `kinds` counts new, unchanged and changed records by kind. `added` and `altered` are the kind
    and id of what is new or changed in a newer export, `gone` of what an earlier one held and
    this one does not. `again` are exports that a newer one had followed already. `doubled` are
    rows that say again what stood before; `odd` ones were taken in and flagged. `side_files` hold
    the refused rows.
    """

    dry_run: bool
    files: list[FileReport] = field(default_factory=list)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    refused_count: int = 0
    doubled: list[Told] = field(default_factory=list)
    doubled_count: int = 0
    odd: list[Told] = field(default_factory=list)
    odd_count: int = 0
    again: list[str] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)
    added_count: int = 0
    altered: list[tuple[str, str]] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    gone_count: int = 0
    passed_over: int = 0
    reopened: int = 0
    settled: int = 0
    orphaned: int = 0
    found_again: int = 0
    side_files: tuple[Path, ...] = ()
    stopped: bool = False

    def count(self, outcome: Outcome) -> int:
        """How many records of all kinds had this outcome."""
        return sum(counts[outcome.value] for counts in self.kinds.values())

    @property
    def side_file(self) -> Path | None:
        """The first of the side files."""
        return next(iter(self.side_files), None)

    @property
    def new(self) -> int:
        """Records that were not held before."""
        return self.count(Outcome.NEW)

    @property
    def unchanged(self) -> int:
        """Records that were held as they stand."""
        return self.count(Outcome.UNCHANGED)

    @property
    def changed(self) -> int:
        """Records that became a new version."""
        return self.count(Outcome.CHANGED)
