"""Dates as exact as they are known, laid on a line."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise

YEAR, MONTH, DAY = 4, 7, 10
EDGE = 2.0
CUT = 8.0
LEAST = 22.0
LONG = 0.3
MOST_CUTS = 2


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something may have been, in days since the year 1, UTC.

    `vague` is a date of which the day is not known.
    """

    start: float
    end: float
    vague: bool = False


def span(text: str) -> Span | None:
    """The span of a date of the case format; None for none, and for what is no date."""
    try:
        if len(text) == YEAR:
            return _days(date(int(text), 1, 1), date(int(text), 12, 31))
        if len(text) == MONTH:
            year, month = int(text[:4]), int(text[5:])
            return _days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        if len(text) == DAY:
            day = date.fromisoformat(text).toordinal()
            return Span(day, day + 1)
        return _moment(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def _days(first: date, last: date) -> Span:
    return Span(first.toordinal(), last.toordinal() + 1, vague=True)


def _moment(at: datetime) -> Span:
    # A time without a zone is drawn as if it were UTC; its label says it as it stands.
    at = at.astimezone(UTC) if at.tzinfo else at
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    day = at.toordinal() + seconds / 86400
    return Span(day, day)


def day_of(day: float) -> str:
    """The date of a day."""
    return date.fromordinal(min(max(int(day), 1), date.max.toordinal())).isoformat()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the line that is drawn to scale, from `x` to `x + width` per cent."""

    start: float
    end: float
    x: float
    width: float

    def at(self, day: float) -> float:
        """Where a day lies, in per cent of the line."""
        if self.end <= self.start:
            return self.x + self.width / 2
        return self.x + (day - self.start) / (self.end - self.start) * self.width


class Axis:
    """A line that all spans lie on, cut where nothing happened for long."""

    def __init__(self, spans: Sequence[Span]) -> None:
        parts = _parts(sorted((s.start, s.end) for s in spans))
        room = 100 - 2 * EDGE - CUT * (len(parts) - 1)
        spare = room - LEAST * len(parts)
        days = sum(end - start for start, end in parts)
        x = EDGE
        stretches = []
        for start, end in parts:
            share = (end - start) / days if days else 1 / len(parts)
            width = LEAST + spare * share
            stretches.append(Stretch(start, end, x, width))
            x += width + CUT
        self.stretches = tuple(stretches)

    def at(self, day: float) -> float:
        """Where a day of one of the spans lies, in per cent."""
        return next(s for s in self.stretches if day <= s.end).at(day)


def _parts(ordered: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches between the longest gaps."""
    covered = [ordered[0]]
    for start, end in ordered[1:]:
        if start <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(end, covered[-1][1]))
        else:
            covered.append((start, end))
    whole = covered[-1][1] - covered[0][0]
    gaps = sorted(
        ((b[0] - a[1], n) for n, (a, b) in enumerate(pairwise(covered), start=1)), reverse=True
    )
    at = sorted(n for gap, n in gaps[:MOST_CUTS] if gap > whole * LONG)
    bounds = [0, *at, len(covered)]
    return [(covered[a][0], covered[b - 1][1]) for a, b in pairwise(bounds)]
