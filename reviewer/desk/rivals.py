"""A claim and one that stands against it, side by side; with several, one after another."""

from __future__ import annotations

from reviewer.desk.asking import AskingScreen
from reviewer.desk.cards import Rows, paragraph, quotations
from reviewer.desk.keys import CLOSE, DOWN, UP
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import BOLD, CURRENT, PLAIN, REMARK, Run, fitted
from reviewer.insight.rivals import Rivalry
from reviewer.model.claims import ClaimView, QueueRow
from reviewer.model.errors import NotFoundError
from reviewer.service.rivals import Rival, oppose, part, rivals, told
from reviewer.service.searching import Indexing
from reviewer.service.sections import verdicts
from reviewer.service.session import Session
from reviewer.service.suggesting import Suggesting
from reviewer.text.cells import fit
from reviewer.text.display import display

KINDS = tuple(Rivalry)
OFFERED = 40
PIECE_S = 0.02
PIECES = 10
"""So many pieces of the index are made while the reader waits; the next search goes on."""
GAP = 3
LEAST_LISTED, MOST_LISTED = 3, 8
AGAINST = "against"


class RivalRows(ChoiceRows[Rival | QueueRow]):
    """The rivals of a claim, or claims that may be set against it."""

    def row(
        self,
        one: Rival | QueueRow,
        part: int,  # noqa: ARG002
        *,
        chosen: bool,
    ) -> list[Run]:
        """Its id, and how it stands or what it says."""
        if isinstance(one, Rival):
            words = f"{one.claim}  {one.kind.label}, says {one.reader}"
        else:
            words = f"{one.id}  {one.text}"
        shown = fit(display(words, newlines=False), max(0, self.size.width - 2))
        return [("> " if chosen else "  ", BOLD), (shown, CURRENT if chosen else PLAIN)]


class RivalScreen(AskingScreen[Rival | QueueRow]):
    """Its result is the claim to go to, or nothing."""

    TITLE_WORDS = "Rival accounts"
    KEYS = "r next  enter go  a add  tab how they stand  x unlink  u undo  q close"
    WRITING = "an id or words of a similar claim  up/down row  enter adds it  esc back"

    def __init__(self, session: Session, view: ClaimView) -> None:
        super().__init__(session, view, RivalRows(id="commands"))
        self._similar: list[QueueRow] = []

    def load(self) -> None:
        """Read the rivals of the claim."""
        self.rows.empty = "No claim stands against this one; a sets one against it."
        self.rows.show(rivals(self.session, self.view.claim.id), keep=True)

    def run_key(self, key: str) -> None:
        """Go from one to the next, add, change, take back."""
        chosen = self.rows.chosen
        if key in CLOSE:
            self.dismiss("")
        elif key == "a":
            self._begin()
        elif key == "u":
            self.undo()
        elif key in (*DOWN, "r"):
            last = self.rows.at == len(self.rows.found) - 1
            self.rows.move(-self.rows.at if last and key == "r" else 1)
        elif key in UP:
            self.rows.move(-1)
        elif isinstance(chosen, Rival):
            self._do(key, chosen)
        elif key in ("enter", "tab", "x"):
            self.said = "Nothing is chosen; a adds."
        else:
            self.said = f"{display(key, newlines=False)} does nothing here."

    def _do(self, key: str, chosen: Rival) -> None:
        if key == "enter":
            if not self.session.has_claim(chosen.claim):
                raise NotFoundError(f"There is no claim '{chosen.claim}' in this case.")
            self.dismiss(chosen.claim)
        elif key == "tab":
            kind = KINDS[(KINDS.index(chosen.kind) + 1) % len(KINDS)]
            self.recorded(oppose(self.session, self.view, chosen.claim, kind))
        elif key == "x":
            self.recorded(part(self.session, self.view, chosen.claim))
        else:
            self.said = f"{display(key, newlines=False)} does nothing here."

    # Adding

    def _begin(self) -> None:
        indexing = Indexing(self.session)
        for _ in range(PIECES):
            if not indexing.needed or not indexing.go_on(PIECE_S):
                break
        held = {rival.claim for rival in rivals(self.session, self.view.claim.id)}
        found = Suggesting(self.session).similar(self.view, OFFERED).claims
        self._similar = [row for row in found if row.id not in held]
        self.write(AGAINST)
        self.typed("")

    def typed(self, text: str) -> None:
        """Offer the claim of that id, then the similar ones that hold the words."""
        words = text.casefold().split()
        found = [
            row
            for row in self._similar
            if all(w in f"{row.id} {row.text}".casefold() for w in words)
        ]
        named = self.session.row(text.strip()) if text.strip() else None
        if named is not None:
            found = [named, *(row for row in found if row.id != named.id)]
        self.rows.empty = "No similar claim; write the id of one."
        self.rows.show(found)

    def take_written(self, what: str, text: str) -> None:  # noqa: ARG002
        """Set the chosen claim against this one: as rival accounts, from which nothing follows."""
        # What was typed last may not have come to the list yet.
        named = self.session.row(text.strip()) if text.strip() else None
        chosen = named or self.rows.chosen
        if not isinstance(chosen, QueueRow):
            raise NotFoundError(f"There is no claim '{text.strip()}' in this case.")
        self.recorded(oppose(self.session, self.view, chosen.id, Rivalry.COMPETE))
        self.said = f"{self.said} tab says how they stand."

    # Drawing

    def tell(self) -> None:
        """The two claims side by side, and what follows from one for the other."""
        self.show_keys(self.WRITING if self.writing else self.KEYS)
        chosen = self.rows.chosen
        width = max(20, self.size.width - 2)
        if chosen is None:
            self.above.show(*self._claim(self.view, width), [])
            self.show_below([], 0)
            return
        id_ = chosen.claim if isinstance(chosen, Rival) else chosen.id
        column = (width - GAP) // 2
        follows: list[str] = []
        try:
            other = self.session.view(id_)
            right = self._claim(other, column)
            if isinstance(chosen, Rival):
                follows = told(chosen, self.view, other, self.session.reader)
        except NotFoundError as error:
            right = paragraph(error.sentence, column)
        rows = _beside(self._claim(self.view, column), right, column)
        below = [row for words in follows for row in paragraph(words, width)]
        listed = min(MOST_LISTED, max(LEAST_LISTED, len(self.rows.found)))
        room = max(3, self.size.height - listed - len(below) - 5)
        if len(rows) > room:
            rows = [*rows[: room - 1], [("…", REMARK)]]
        self.above.show(*rows, [])
        self.show_below(below, len(below))

    def _claim(self, view: ClaimView, width: int) -> Rows:
        claim = view.claim
        here = "  (this claim)" if claim.id == self.view.claim.id else ""
        head = fit(display(f"{claim.id}{here}", newlines=False), width)
        who = ", ".join((claim.claimant or "claimant unknown", claim.date or "date unknown"))
        rows = [
            [(head, BOLD)],
            *paragraph(claim.text, width),
            *paragraph(who, width),
            *paragraph(f"Verdicts: {verdicts(self.session, view)}", width),
        ]
        # While one is chosen the list needs the room.
        return rows if self.writing else [*rows, [], *quotations(view, width)]


def _beside(left: Rows, right: Rows, column: int) -> Rows:
    """Two columns as rows."""
    rows: Rows = []
    for n in range(max(len(left), len(right))):
        one = left[n] if n < len(left) else []
        other = right[n] if n < len(right) else []
        rows.append([*fitted(one, column), (" | ", PLAIN), *other])
    return rows
