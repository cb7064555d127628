"""The queue as rows: a window of it around a claim, read by key as the window moves."""

from __future__ import annotations

from reviewer.desk.paint import ALERT, CURRENT, PLAIN, Run
from reviewer.desk.parts import Part
from reviewer.model.claims import QueueRow, State
from reviewer.service.places import Places
from reviewer.service.session import ALL, Filter, Session
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import display

STATE_SIGNS = {
    State.NEW: " ",
    State.IN_REVIEW: ".",
    State.SET_ASIDE: "s",
    State.IN_CONFLICT: "!",
    State.NEEDS_SECOND: "&",
    State.REOPENED: "?",
}
LEGEND = "1-9: verdict  s aside  . in review  ! differ  ? reopened  & second  * marked"
DRAFT = " DRAFT "


class QueueList(Part):
    """Some rows of the filtered queue with one of them chosen, by the claim's id."""

    def __init__(self, session: Session, places: Places) -> None:
        super().__init__()
        self.session = session
        self.places = places
        self.filter: Filter = ALL
        self.chosen = ""
        self.rows: list[QueueRow] = []
        self.empty = "No claim here."
        self.drafted: frozenset[str] = frozenset()
        """The claims among the rows on which a note is written and not saved."""
        self._drawn: tuple[object, ...] | None = None

    def show(self, filter_: Filter, chosen: str, *, empty: str) -> None:
        """Show the rows around a claim; `empty` is said where there is none."""
        self.filter = filter_
        self.chosen = chosen
        self.empty = empty
        self.read()

    def fit(self, width: int, height: int) -> None:
        """Read as many rows as fit now."""
        self.region = self.region._replace(width=width, height=height)
        self.read()

    def read(self) -> None:
        """Read the window again, and draw it if it is another; not while it is hidden."""
        if not self.region.height:
            return
        ready = self.session.ready(self.filter)
        rows = self._window(self.region.height) if ready else []
        drafted = frozenset(row.id for row in rows if self.places.has_draft(row.id))
        drawn = (rows, drafted, self.chosen, self.empty)
        if drawn != self._drawn:
            self.rows, self.drafted = rows, drafted
            self._drawn = drawn
            self.on_change()

    def move(self, step: int) -> None:
        """Choose the row so many steps on, as far as there are rows."""
        if not self.session.ready(self.filter):
            return
        here = self.session.row(self.chosen) if self.chosen else None
        if here is None:
            self.to_end(last=False)
            return
        found = (
            self.session.rows(self.filter, after=here.id, limit=step)
            if step > 0
            else self.session.rows(self.filter, before=here.id, limit=-step)
        )
        if found:
            self.chosen = (found[-1] if step > 0 else found[0]).id
            self.read()

    def to_end(self, *, last: bool) -> None:
        """Choose the first or the last row."""
        if not self.session.ready(self.filter):
            return
        row = (
            self.session.last(self.filter)
            if last
            else next(iter(self.session.rows(self.filter, limit=1)), None)
        )
        if row is not None:
            self.chosen = row.id
            self.read()

    def _window(self, height: int) -> list[QueueRow]:
        if not self.chosen:
            return self.session.rows(self.filter, limit=height)
        before = self.session.rows(self.filter, before=self.chosen, limit=height)
        after = self.session.rows(self.filter, after=self.chosen, limit=height)
        here = self.session.row(self.chosen)
        inside = here is not None and self.session.matches(self.chosen, self.filter)
        rows = [*before, *([here] if here and inside else []), *after]
        # The chosen row stands a third down, unless an end of the queue is nearer.
        top = max(0, min(len(before) - height // 3, len(rows) - height))
        return rows[top : top + height]

    def row(self, y: int, width: int) -> list[Run]:
        """What stands in a row."""
        if not self.rows:
            return [(self.empty, PLAIN)] if y == 0 else []
        return self._row(self.rows[y], width) if y < len(self.rows) else []

    def _row(self, row: QueueRow, width: int) -> list[Run]:
        chosen = row.id == self.chosen
        mark = CURRENT if chosen else PLAIN
        left = f"{'>' if chosen else ' '}{'*' if row.marked else ' '}{self._sign(row)} "
        who = fit(display(row.claimant, newlines=False), 18) if width >= 72 else ""
        count = f"{row.excerpts} exc" if row.excerpts else ""
        right = f"  {who}{' ' * (18 - cell_width(who))} {count:>6}" if width >= 72 else ""
        id_ = display(row.id, newlines=False)
        room = max(0, width - len(left) - cell_width(id_) - 2 - cell_width(right))
        draft = DRAFT if row.id in self.drafted and room > len(DRAFT) else ""
        room -= len(draft)
        text = fit(display(row.text, newlines=False), room)
        gap = " " * (room - cell_width(text))
        sign_style = ALERT if row.state is State.IN_CONFLICT and not chosen else mark
        # Its sign and id alone are marked: a step then sends two of them, not two rows.
        return [
            (left, sign_style),
            (id_, mark),
            ("  ", PLAIN),
            (draft, ALERT),
            (f"{text}{gap}{right}", PLAIN),
        ]

    def _sign(self, row: QueueRow) -> str:
        for value in self.session.scale.values:
            if value.value == row.verdict:
                return str(value.key)
        return STATE_SIGNS.get(row.state, " ")
