"""The card of a claim's texts, on which they are graded and facts of a call are added."""

from collections.abc import Mapping, Sequence

from textual import events

from reviewer.desk import cards
from reviewer.desk.bars import key_rows
from reviewer.desk.keys import key_of
from reviewer.desk.lists import TextScreen
from reviewer.desk.paint import ALERT, PLAIN
from reviewer.model.claims import ClaimView
from reviewer.model.entry import Entry
from reviewer.model.errors import ClaimChangedError, ReviewerError
from reviewer.model.evidence import Excerpt, Provenance, Recording, Target
from reviewer.model.findings import Finding
from reviewer.model.grades import CREDIBILITY, RELIABILITY
from reviewer.service.asking import findings_for
from reviewer.service.files_of import file_of
from reviewer.service.grading import grade_information, grade_source
from reviewer.service.session import Session
from reviewer.text.cells import fit
from reviewer.text.display import display

MOST_SAID = 3

Files = Mapping[str, Provenance | None]


class CardScreen(TextScreen):
    """The claim, its excerpt and the texts on the desk. Grades act on one text; `tab` the other."""

    def __init__(
        self, session: Session, view: ClaimView, targets: Sequence[Target], excerpt: Excerpt | None
    ) -> None:
        claim = display(view.claim.id, newlines=False)
        super().__init__(f"Claim and sources of {claim}", self._rows)
        self.session = session
        self.view = view
        self.targets = targets
        self.excerpt = excerpt
        self.at = 0
        self.changed = False
        self._of_claim = session.provenance("claim", view.claim.id)
        self._files: Files = {text.id: file_of(session, text) for text in targets}
        self._begins: list[int] = []
        self._findings: list[Finding] = findings_for(session, view)

    def _rows(self, width: int) -> cards.Rows:
        view, excerpt = self.view, self.excerpt
        rows = cards.claim_card(view.claim, width, self._of_claim)
        rows += cards.rating_cards(view, width)
        if excerpt is not None:
            rows += [[], *cards.excerpt_card(excerpt, view.target(excerpt.target), width)]
        self._begins = []
        for target in self.targets:
            self._begins.append(len(rows) + 1)
            file = self._files[target.id]
            rows += [[], *cards.target_card(target, width, file, self._findings, view.claim.id)]
        return rows

    def show_head(self) -> None:
        """Show the title and the keys that it has now."""
        self._tell("")

    def take_key(self, event: events.Key) -> bool:
        """Grade, add, undo; or scroll and close as every text."""
        key = key_of(event)
        said = ""
        try:
            if key in RELIABILITY or key in CREDIBILITY:
                said = self._grade(key)
            elif key == "u":
                said = self._recorded(f"{self.session.undo().alone}.")
            elif key == "e":
                said = self._facts()
            elif key == "tab" and self.targets:
                self.at = (self.at + 1) % len(self.targets)
                self.sheet.top = self._begins[self.at]
                self.sheet.scroll_rows(0)
            elif key == "i":
                self.dismiss(None)
                return True
            else:
                super().take_key(event)
        except ClaimChangedError as error:
            said = self._recorded(error.sentence)
        except ReviewerError as error:
            said = error.sentence
        if self.is_current:
            self._tell(said)
        return True

    def _grade(self, key: str) -> str:
        if not self.targets:
            return "No text is on the desk that could be graded."
        text = self.targets[self.at]
        entry: Entry | None
        if key in RELIABILITY:
            entry = grade_source(self.session, text.source, key)
        else:
            entry = grade_information(self.session, self.view, text, key)
        if entry is None:
            return f"Your grade is {key} already; nothing changed."
        said = self._recorded(self.session.tell(entry).recorded("u"))
        begins = self._begins[self.at]
        if not self.sheet.top <= begins < self.sheet.top + self.sheet.size.height - MOST_SAID:
            self.sheet.top = begins
            self.sheet.scroll_rows(0)
        return said

    def _facts(self) -> str:
        texts = [*self.targets[self.at :], *self.targets, *self.view.recordings]
        call = next((text for text in texts if isinstance(text, Recording)), None)
        if call is None:
            return "No call is held for this claim."
        from reviewer.desk.facts import FactsScreen

        facts = FactsScreen(self.session, self.view, call)
        self.app.push_screen(facts, lambda _: self._added(facts.changed))
        return ""

    def _added(self, changed: bool) -> None:
        if changed:
            self._recorded("")
        self._tell("")

    def _recorded(self, sentence: str) -> str:
        """Draw the card again after an act."""
        self.changed = True
        view = self.session.view(self.view.claim.id)
        for text in self.targets:
            view = view.beside(text)
        self.view = view
        self._findings = findings_for(self.session, view)
        self.sheet.rows = self.make(self.sheet.size.width)
        self.sheet.scroll_rows(0)
        return sentence

    def _tell(self, said: str) -> None:
        width = max(0, self.size.width - 2)
        heading = f" {self.heading} "
        title = [(heading, ALERT)]
        if self.targets:
            grading = f"  grading {display(self.targets[self.at].id, newlines=False)}"
            title.append((fit(grading, max(0, width - len(heading))), PLAIN))
        self.title_bar.show(title)
        # Over some rows: a remedy must not be cut off.
        rows = cards.paragraph(" ".join(said.split()), width)[:MOST_SAID]
        self.hint.show(*rows if said else [], *key_rows(self._hint(), width, helped=True))

    def _hint(self) -> str:
        keys = ["j/k space/b"]
        if self.targets:
            keys += ["A-F source", "1-6 information"]
        if len(self.targets) > 1:
            keys.append("tab text")
        if self.view.recordings:
            keys.append("e facts")
        return "  ".join([*keys, "u undo", "q close"])
