"""What every part of the bench is given: the cases, and how often to measure."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import platformdirs

from reviewer.service.session import Session
from tests.bench.cases import case_of

FEW = 1_000


def usual_folder() -> Path:
    """Where the cases are kept, if nothing else is said."""
    return Path(platformdirs.user_cache_dir("reviewer")) / "bench"


@dataclass
class Bench:
    """A run of the bench."""

    folder: Path
    quick: bool = False

    @property
    def claims(self) -> int:
        """How many claims the large case has."""
        return FEW if self.quick else 1_000_000

    @property
    def few(self) -> int:
        """How many the small one has."""
        return FEW

    @property
    def runs(self) -> int:
        """How often each figure is measured."""
        return 3 if self.quick else 11

    def case(self, claims: int) -> Path:
        """The case of so many claims."""
        return case_of(self.folder, claims)

    @property
    def large(self) -> Path:
        """The large case."""
        return self.case(self.claims)

    @property
    def small(self) -> Path:
        """The small case."""
        return self.case(self.few)

    @cached_property
    def first_word(self) -> str:
        """A word by which the first claim of the queue is known."""
        with Session.open(self.large, "bench", readonly=True) as session:
            (row,) = session.rows(limit=1)
        return max(row.text.split()[:4], key=len)
