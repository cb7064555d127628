"""Tables of figures day by day: each figure that somebody gave for a day is a claim.

The words of such a claim are the headings and values of the table, nothing else:
`2022-03-06: personnel 11000`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from reviewer.model.records import ClaimRecord
from reviewer.readers.given import Given
from reviewer.readers.row import Row, bundle
from reviewer.readers.tables.columns import FIGURES, Columns, Sample, wished
from reviewer.readers.tables.names import bare
from reviewer.readers.tables.shared import Ids, all_empty
from reviewer.readers.tables.values import NOTHING, date_of

NUMBER = re.compile(r"[-+~≈]?\d[\d  .,]*%?")
DAYS = frozenset(["day", "days", "week", "month", "year", "id", "no", "nr"])
"""Numbers that count and are not counted."""


def figures_of(sample: Sample, wishes: Mapping[str, str]) -> Columns | None:
    """The columns of a table of figures; None where it holds anything else.

    It is one if it has dates, and numbers in all other columns, but for those that say how a
    number is meant (`personnel*`: about).
    """
    asked = wished(sample, wishes)
    if {"text", "speech"} & asked.keys() or sample.has("claim"):
        return None
    date = asked.get("date", next(sample.named("date"), None))
    if date is None or not all(date_of(cell, "day") for cell in sample.column(date)):
        return None
    kept = {at for role, at in asked.items() if role in FIGURES} | {date}
    rest, figures = [], []
    for at, name in enumerate(sample.names):
        cells = sample.column(at)
        if at in kept or not cells:
            continue
        if bare(name) in DAYS or any(name != o and name.startswith(o) for o in sample.names if o):
            rest.append(at)
        elif all(NUMBER.fullmatch(cell) for cell in cells):
            figures.append(at)
        else:
            return None
    if "claim" in asked:
        figures = [asked["claim"]]
    roles = {role: at for role, at in asked.items() if role in FIGURES} | {"date": date}
    rest = [at for at in rest if bare(sample.names[at]) not in DAYS]
    known = {*figures, *rest, *roles.values()}
    left = tuple(at for at in range(len(sample.names)) if at not in known and sample.filled[at])
    if not figures:
        return None
    return Columns(
        sample.names, "figures", roles, tuple(rest), left, sample.headed, more=tuple(figures)
    )


class Figures:
    """Makes claims of the rows of a table of figures."""

    def __init__(self, given: Given, columns: Columns, orders: Mapping[str, str]) -> None:
        self._columns = columns
        self._order = orders["date"]
        self._ids = Ids(given.rows_id)
        self._claimant = given.wishes.source

    def row(self, place: str, cells: Sequence[str]) -> Row:
        """The claims of one day."""
        said = self._columns.cell(cells, "date").strip()
        given = [at for at in self._columns.more if cells[at].strip() not in NOTHING]
        if not said or not given:
            empty = all_empty(cells)
            reason = "" if empty else "no date" if not said else "no figure"
            return Row(place, cells, reason=reason, passed_over=empty)
        date = date_of(said, self._order)
        claimant = self._columns.cell(cells, "claimant") or self._claimant
        parts = []
        for at in given:
            name, value = self._columns.names[at], cells[at].strip()
            claim: dict[str, object] = {
                "id": self._ids.of(f"{said}/{name}", value),
                "text": f"{said}: {name} {value}",
                "claimant": claimant,
                "date": date,
                "context": "\n".join(self._meant(name, cells)),
            }
            parts.append((ClaimRecord, claim))
        return bundle(place, cells, *parts)

    def _meant(self, name: str, cells: Sequence[str]) -> Iterator[str]:
        """How a number is meant, where a column says so."""
        for at in self._columns.rest:
            other = self._columns.names[at]
            if other.startswith(name) and cells[at] not in NOTHING:
                yield f"{other}: {cells[at]}"
