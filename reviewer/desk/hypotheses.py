"""Competing hypotheses of a claim: its excerpts in rows, the explanations in columns.

After Heuer's Analysis of Competing Hypotheses; see `insight.hypotheses`.
"""

from __future__ import annotations

from reviewer.desk.asking import AskingScreen
from reviewer.desk.cards import Rows, paragraph
from reviewer.desk.keys import CLOSE
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import ALERT, BOLD, CURRENT, KEY, PLAIN, SIGNS, Run
from reviewer.insight.hypotheses import (
    Cell,
    Hypothesis,
    Matrix,
    Rating,
    Row,
    labels,
    leading,
    ranking,
    turn,
    turns,
)
from reviewer.model.claims import ClaimView
from reviewer.model.entry import Entry
from reviewer.service import hypotheses
from reviewer.service.session import Session
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import display, folded

RATINGS = {
    "c": Rating.CONSISTENT,
    "i": Rating.INCONSISTENT,
    "n": Rating.NEUTRAL,
    "0": Rating.UNKNOWN,
}
RIGHT, LEFT = ("l", "right"), ("h", "left")
CELL = 4
TAIL = len(" apart staged")
ITEM_LEAST = 10
BELOW = 4
SHORT = 36
ADD, REWORD = "explanation", "reword"


class MatrixRows(ChoiceRows[Row]):
    """The items, one a row; of the chosen one the cell of the chosen hypothesis is marked."""

    def __init__(self) -> None:
        super().__init__(id="commands", empty="No excerpt is linked to this claim yet.")
        self.matrix = Matrix((), ())
        self.column = 0

    @property
    def item_width(self) -> int:
        """The cells that are left for the words of an item."""
        taken = CELL * len(self.matrix.hypotheses) + TAIL
        return max(ITEM_LEAST, self.size.width - taken)

    def row(self, one: Row, part: int, *, chosen: bool) -> list[Run]:  # noqa: ARG002
        """How it is linked, its words, its ratings, what it tells apart, what if it were staged."""
        excerpt, width = one.excerpt, self.item_width
        odd = "!" if excerpt.orphan else "D" if excerpt.id in self.matrix.supposed else " "
        lead = f"{'>' if chosen else ' '}{odd}{SIGNS[excerpt.stance]} "
        words = fit(folded(excerpt.exact), width - len(lead))
        item = f"{lead}{words}"
        runs: list[Run] = [(item + " " * (width - cell_width(item)), CURRENT if chosen else PLAIN)]
        for n, cell in enumerate(one.cells):
            here = chosen and n == self.column
            runs.append((f" [{cell.sign}]" if here else f"  {cell.sign} ", BOLD if here else PLAIN))
        apart, pairs = one.diagnosticity
        staged = "turns" if turns(self.matrix, {excerpt.id}) else "-"
        return [*runs, (f"{f'{apart}/{pairs}':>6} {staged:>6}", PLAIN)]


class MatrixScreen(AskingScreen[Row]):
    """Rates items against explanations, and says which has the least against it."""

    TITLE_WORDS = "Competing hypotheses, after Heuer's ACH"
    KEYS = (
        "jk item  hl hypothesis  c/i/n consistent, inconsistent, neutral  0 unrate"
        "  a add  e reword  x remove  d suppose deception  u undo  q close"
    )
    WRITING = "enter records it  esc leaves it"
    rows: MatrixRows

    def __init__(self, session: Session, view: ClaimView) -> None:
        self.matrix = Matrix((), ())
        super().__init__(session, view, MatrixRows())

    def load(self) -> None:
        """Read the matrix of the claim."""
        self.matrix = self.rows.matrix = hypotheses.matrix(self.session, self.view)
        self.rows.column = min(self.rows.column, len(self.matrix.hypotheses) - 1)
        self.rows.show(self.matrix.rows, keep=True)

    @property
    def column(self) -> Hypothesis:
        """The chosen hypothesis."""
        return self.matrix.hypotheses[self.rows.column]

    # Keys

    def run_key(self, key: str) -> None:
        """Move, rate, suppose; add, reword, remove."""
        if key in (*CLOSE, "H"):
            self.dismiss("")
        elif step := self.rows.step_of(key):
            self.rows.move(step)
        elif key in (*RIGHT, *LEFT):
            last = len(self.matrix.hypotheses) - 1
            step = 1 if key in RIGHT else -1
            self.rows.column = max(0, min(self.rows.column + step, last))
            self.rows.refresh()
        elif key == "u":
            self.undo()
        else:
            self._change(key)

    def _change(self, key: str) -> None:
        if key == "a":
            self.write(ADD, about=self.view.claim.id)
        elif key == "e":
            hypotheses.check_own(self.session, self.column)
            self.write(REWORD, self.column.text, self.column.key)
        elif key == "x":
            self.recorded(hypotheses.remove(self.session, self.view, self.column))
        elif key in RATINGS or key == "d":
            self._weigh(key)
        else:
            self.said = f"{display(key, newlines=False)} does nothing here."

    def _weigh(self, key: str) -> None:
        chosen = self.rows.chosen
        if chosen is None:
            self.said = "There is nothing to weigh: v on the desk makes an excerpt."
        elif key == "d":
            on = chosen.excerpt.id not in self.matrix.supposed
            entry = hypotheses.suppose(self.session, self.view, chosen.excerpt, on=on)
            self._weighed(entry, f"{'' if on else 'no longer '}supposed to be deception")
        else:
            rating, excerpt = RATINGS[key], chosen.excerpt
            entry = hypotheses.rate(self.session, self.view, excerpt, self.column, rating)
            hypothesis = f"H{self.rows.column + 1}"
            given = f"{rating.label} with {hypothesis}"
            taken = f"not weighed against {hypothesis} any more"
            self._weighed(entry, taken if rating is Rating.UNKNOWN else given)

    def _weighed(self, entry: Entry | None, how: str) -> None:
        # By words and number, as on this screen; the record names both by what never changes.
        words = " ".join(self.rows.chosen.excerpt.exact.split()) if self.rows.chosen else ""
        short = fit(words, SHORT)
        self.recorded(entry)
        if entry is not None:
            self.said = f'Recorded: "{short}" {how}; u undoes.'

    def take_written(self, what: str, text: str) -> None:
        """Record what was written."""
        if what == ADD:
            self.recorded(hypotheses.add(self.session, self.view, text))
            self.rows.column = len(self.matrix.hypotheses) - 1
        else:
            self.recorded(hypotheses.reword(self.session, self.view, self.column, text))

    # Drawing

    def tell(self) -> None:
        """The hypotheses in their order above, the chosen cell in words below."""
        self.show_keys(self.WRITING if self.writing else self.KEYS)
        self.above.show(*self._hypotheses(), self._heads())
        width = max(20, self.size.width - 2)
        below = [row for words in self._below() for row in paragraph(words, width)]
        self.show_below(below, BELOW)

    def _hypotheses(self) -> Rows:
        rows: Rows = []
        width = max(20, self.size.width - 2)
        places = {one.n: one for one in ranking(self.matrix, self.matrix.supposed)}
        for n, one in enumerate(self.matrix.hypotheses):
            place = places[n]
            stands = f"place {place.place}, {place.against} against" if self.matrix.compares else ""
            unknown = f", {place.unknown} open" if place.unknown else ""
            head = f"{'>' if n == self.rows.column else ' '}H{n + 1} {stands}{unknown}"
            shown = fit(display(one.text, newlines=False), max(0, width - len(head) - 2))
            style = BOLD if n == self.rows.column else PLAIN
            rows.append([(head, KEY if place.place > 1 else ALERT), (f"  {shown}", style)])
        return rows

    def _heads(self) -> list[Run]:
        heads = "".join(f"  H{n + 1}" for n in range(len(self.matrix.hypotheses)))
        return [(f"{'item':<{self.rows.item_width}}{heads} apart staged", BOLD)]

    def _below(self) -> list[str]:
        matrix, row = self.matrix, self.rows.chosen
        said = []
        if not matrix.compares:
            said.append("Only the claim itself stands here; a puts another explanation beside it.")
        if row is None:
            return said
        if matrix.supposed:
            left_out = f"{len(matrix.supposed)} supposed to be deception and left out"
            said.append(f"{left_out}: {turn(matrix, matrix.supposed)}.")
        cell = row.cells[self.rows.column]
        words = f'"{row.excerpt.exact}" ({row.excerpt.target})'
        return [f"H{self.rows.column + 1}: {told(cell)}. {self._staged(row)}", *said, words]

    def _staged(self, row: Row) -> str:
        if row.excerpt.orphan:
            return "Its words no longer stand in the text: not counted."
        if not self.matrix.compares:
            return ""
        apart, pairs = row.diagnosticity
        tells = f"It tells {apart} of {pairs} pairs apart. If staged, "
        if not turns(self.matrix, {row.excerpt.id}):
            return f"{tells}the same stays first."
        return f"{tells}{labels(leading(self.matrix, {row.excerpt.id}))} first."


def told(cell: Cell) -> str:
    """A cell in words: `inconsistent, by ada`."""
    if cell.rating is Rating.UNKNOWN:
        return cell.rating.label
    return f"{cell.rating.label}, {f'by {cell.reader}' if cell.reader else 'from the stance'}"
