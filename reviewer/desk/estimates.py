"""Likelihood and confidence for a verdict: the tables of ICD 203, a key for each word."""

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from reviewer.desk.bars import Bar, key_rows
from reviewer.desk.cards import Rows, paragraph, quotations
from reviewer.desk.keys import key_of
from reviewer.desk.paint import ALERT, BOLD, CURRENT, PLAIN, Run
from reviewer.model.canonical import Json
from reviewer.model.claims import ClaimView
from reviewer.model.likelihood import CONFIDENCES, LIKELIHOODS, MEANINGS
from reviewer.text.cells import fit
from reviewer.text.display import display

LEVELS = {level[0]: level for level in CONFIDENCES}
"""`h`, `m`, `l`."""
WORD = len("roughly even chance") + 1
LEAST_BELOW = 6
HINT = "1-7 h m l choose  0 neither  enter records  q closes"


class EstimateScreen(ModalScreen[dict[str, str] | None], inherit_bindings=False):
    """The two tables; its result is what was chosen, '' for what is taken back."""

    CSS_PATH = "lists.tcss"

    def __init__(self, of: str, given: Mapping[str, Json], view: ClaimView) -> None:
        """Begin.

        Args:
            of: the claim and its verdict, for the title.
            given: what was said before.
            view: the claim, told below the tables where there is room.
        """
        super().__init__()
        self.view = view
        self.of = of
        self.likelihood = str(given.get("likelihood", ""))
        self.confidence = str(given.get("confidence", ""))

    def compose(self) -> ComposeResult:
        """A title, the tables, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            yield Bar(id="table")
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show what was given before."""
        self._show()

    def on_resize(self) -> None:
        """Fit the words to another width."""
        if self.is_mounted:
            self._show()

    def take_key(self, event: events.Key) -> bool:
        """Choose, record or leave."""
        key = key_of(event)
        if key in ("escape", "q", "ctrl+c"):
            self.dismiss(None)
        elif key == "enter":
            self.dismiss({"likelihood": self.likelihood, "confidence": self.confidence})
        elif key == "0":
            self.likelihood = self.confidence = ""
        elif key in LEVELS:
            self.confidence = LEVELS[key]
        elif key.isascii() and key.isdecimal() and 0 < int(key) <= len(LIKELIHOODS):
            self.likelihood = LIKELIHOODS[int(key) - 1].word
        if self.is_active:
            self._show()
        return True

    def _show(self) -> None:
        width = max(10, self.size.width - 2)
        what = " Likelihood and confidence "
        of = fit(f"  {display(self.of, newlines=False)}", max(0, width - len(what)))
        self.query_one("#title", Bar).show([(what, ALERT), (of, PLAIN)])
        rows = [[(fit(text, width), style) for text, style in row] for row in self._tables()]
        below = self.size.height - len(rows) - 4
        if below >= LEAST_BELOW:
            about = [*paragraph(self.view.claim.text, width), [], *quotations(self.view, width)]
            rows = [*rows, [], *about[:below]]
        self.query_one("#table", Bar).show(*rows)
        self.query_one("#hint", Bar).show(*key_rows(HINT, width, helped=True))

    def _tables(self) -> Rows:
        rows: Rows = [[], [("Likelihood: how probable it is that the claim is true.", BOLD)]]
        for n, step in enumerate(LIKELIHOODS, start=1):
            said = f"{step.word:<{WORD}}{step.range:<8} also: {step.other}"
            rows.append(_choice(str(n), said, chosen=step.word == self.likelihood))
        rows += [[], [("Confidence: how well founded that is.", BOLD)]]
        for key, level in LEVELS.items():
            rows.append(
                _choice(key, f"{level:<10}{MEANINGS[level]}", chosen=level == self.confidence)
            )
        return [*rows, [], [("They are recorded apart, and never said in one sentence.", PLAIN)]]


def _choice(key: str, words: str, *, chosen: bool) -> list[Run]:
    return [(f"{'>' if chosen else ' '} {key}  {words}", CURRENT if chosen else PLAIN)]
