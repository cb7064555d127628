"""What the bench prints: a row for each figure, beside its floor and its budget."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEAD = ("what", "figure", "floor", "ratio", "budget", "met")


@dataclass(frozen=True, slots=True)
class Budget:
    """At most so many times the floor, so much above it, or so much of the unit itself."""

    times: float | None = None
    above: float | None = None
    most: float | None = None

    def met_by(self, figure: float, floor: float | None) -> bool:
        """Whether a figure keeps to it."""
        return all(
            (
                self.most is None or figure <= self.most,
                self.times is None or floor is None or figure <= self.times * floor,
                self.above is None or floor is None or figure - floor <= self.above,
            )
        )

    def told(self, unit: str) -> str:
        """The budget in words."""
        limits = (
            ("{} x", self.times),
            (f"{{}} {unit} above", self.above),
            (f"{{}} {unit}", self.most),
        )
        return ", ".join(
            words.format(number(limit)) for words, limit in limits if limit is not None
        )


NONE = Budget()


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: its floor was measured in the same run, by turns with it."""

    name: str
    figure: float
    unit: str
    budget: Budget = NONE
    floor: float | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        none = self.floor is None
        ratio = f"{self.figure / self.floor:.2f}" if self.floor else ""
        met = "yes" if self.budget.met_by(self.figure, self.floor) else "NO"
        return (
            self.name,
            f"{number(self.figure)} {self.unit}",
            "" if none else f"{number(self.floor or 0)} {self.unit}",
            ratio,
            self.budget.told(self.unit),
            "" if self.budget == NONE else met,
        )


def number(value: float) -> str:
    """A number with as many digits as mean something."""
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def plain(rows: Iterable[Row]) -> str:
    """The table for a terminal."""
    cells = [HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(HEAD))]
    return "\n".join(_aligned(line, widths).rstrip() for line in cells)


def _aligned(line: Sequence[str], widths: list[int]) -> str:
    name, *others = line
    return "  ".join(
        [name.ljust(widths[0]), *(c.rjust(w) for c, w in zip(others, widths[1:], strict=True))]
    )


def markdown(rows: Iterable[Row]) -> str:
    """The table for `docs/performance.md`."""
    lines = [HEAD, ("---", "--:", "--:", "--:", "--:", "---"), *(row.cells for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
