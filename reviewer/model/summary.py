"""What a sitting came to: what one reader did in it, and what it leaves."""

from __future__ import annotations

from reviewer.structs import Struct, field


class Done(Struct):
    """An act of a reader's that is in force. `at` is milliseconds UTC.

    `value` is that of a verdict which stands, else ''.
    """

    kind: str
    claim: str
    value: str
    at: int


class Left(Struct):
    """What waits in a case, in claims: the states of work, and what the readers owe it.

    `waiting` are the reader's own verdicts that wait for a second reading; `once` are claims
    decided by one reader alone; `stale` are the reader's own verdicts that are; `due` is what was
    put off to a day that has come.
    """

    undecided: int
    states: dict[str, int]
    waiting: int
    once: int
    stale: int
    orphans: int
    due: int = 0


class Summary(Struct):
    """A sitting. Times are milliseconds UTC.

    `seen` is None where nobody counted, as for a sitting that is over. `pace` is the median of
    the times from one verdict to the next. `days` are this reader's verdicts of the last days,
    as days since 1970, the oldest first.
    """

    reader: str
    began: int
    until: int
    seen: int | None
    decided: int
    verdicts: dict[str, int]
    recorded: dict[str, int]
    pace: int | None
    left: Left
    days: tuple[tuple[int, int], ...] = field(default_factory=tuple)

    @property
    def did_anything(self) -> bool:
        """Whether anything was recorded and is in force."""
        return bool(self.decided or self.recorded)
