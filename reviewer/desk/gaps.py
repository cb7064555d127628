"""What is not known, as a list: of the claim or of the whole case."""

from reviewer.desk import cards
from reviewer.desk.filling import FillingScreen
from reviewer.desk.lists import TextScreen
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import CURRENT, PLAIN, REMARK, Run
from reviewer.model.claims import ClaimView
from reviewer.model.errors import UsageError
from reviewer.model.evidence import Recording
from reviewer.model.gaps import CALL, GRADE, Gap, counted, details, headline
from reviewer.model.grades import RELIABILITY
from reviewer.model.questions import Question
from reviewer.service import asking
from reviewer.service.grading import grade_source
from reviewer.service.session import Session
from reviewer.text.cells import fit
from reviewer.text.display import display, folded

QUESTION_KEYS = "m asked  r answer  x close or open"


class GapRows(ChoiceRows[Gap]):
    """Gaps, one a row."""

    def __init__(self) -> None:
        super().__init__(
            id="commands", empty="Nothing is recorded as not known. a adds a question."
        )
        self.of_case = False

    def row(self, one: Gap, part: int, *, chosen: bool) -> list[Run]:  # noqa: ARG002
        """A gap in one line; a question that is settled is faint."""
        on = f"{one.claim}  " if self.of_case and one.claim else ""
        said = folded(f"{on}{headline(one)}")
        settled = one.question is not None and not one.question.waits
        style = CURRENT if chosen else REMARK if settled else PLAIN
        return [(f"{'>' if chosen else ' '}{fit(said, max(0, self.size.width - 1))}", style)]


class GapsScreen(FillingScreen[Gap]):
    """What is not known; keys add a question, say who was asked, and what was answered."""

    CLOSES_TOO = ("Q",)

    def __init__(self, session: Session, view: ClaimView) -> None:
        self.gap_rows = GapRows()
        super().__init__(session, view, self.gap_rows)

    def load(self) -> None:
        """Read the gaps of the claim or of the case."""
        if self.gap_rows.of_case:
            found = list(asking.gaps_of_case(self.session, settled=True))
        else:
            found = asking.gaps_of(self.session, self.view, settled=True)
        self.rows.show(found, keep=True)

    def act(self, key: str) -> None:
        """Add, ask, answer, close, or show whole."""
        chosen = self.rows.chosen
        if key == "tab":
            self.gap_rows.of_case = not self.gap_rows.of_case
            self.rows.at = 0
            self.load()
        elif key == "a":
            self.ask("question", "", self._add)
        elif chosen is None:
            return
        elif key == "enter":
            heading = display(self.heading(), newlines=False)
            self.app.push_screen(TextScreen(heading, lambda width: self._rows(chosen, width)))
        elif chosen.question is not None:
            self._of_question(key, chosen.question)
        elif chosen.kind == CALL and key == "e":
            self.ask(chosen.label, "", lambda text: self._say_of(chosen, text), chosen.about)
        elif chosen.kind == GRADE and key in RELIABILITY:
            source = next(one for one in self.session.sources() if one.id == chosen.about)
            self.recorded(grade_source(self.session, source, key))

    def _of_question(self, key: str, one: Question) -> None:
        if key == "m":
            self.ask("asked whom", "", lambda whom: self._when(one, whom), one.key)
        elif key == "r":
            self.ask("answer", one.answer, lambda text: self._answer(one, text), one.key)
        elif key == "x":
            view = self.session.view(one.claim)
            self.recorded(asking.settle(self.session, view, one.key, is_open=not one.waits))

    def _add(self, text: str) -> None:
        if not text.strip():
            raise UsageError("A question needs words.")
        label = "what would change the verdict, or nothing"
        self.ask(label, "", lambda would: self._ask(text, would))

    def _ask(self, text: str, would: str) -> None:
        entry = asking.ask(self.session, self.view, text, would)
        self.recorded(entry)
        # What is asked next, or answered, is this one.
        keys = [gap.key for gap in self.rows.found]
        self.rows.at = keys.index(str(entry.data["key"]))

    def _when(self, one: Question, whom: str) -> None:
        if not whom.strip():
            raise UsageError("Say who was asked.")
        self.ask("on (empty: today)", "", lambda on: self._asked(one, whom, on), one.key)

    def _asked(self, one: Question, whom: str, on: str) -> None:
        view = self.session.view(one.claim)
        self.recorded(asking.asked(self.session, view, one.key, whom, on))

    def _answer(self, one: Question, text: str) -> None:
        view = self.session.view(one.claim)
        self.recorded(asking.answer(self.session, view, one.key, text))

    def _say_of(self, gap: Gap, text: str) -> None:
        call = self.session.text(gap.about)
        if isinstance(call, Recording):
            self.recorded(asking.say_of_call(self.session, call, gap.key, text))

    def heading(self) -> str:
        """The title."""
        waiting = [gap for gap in self.rows.found if gap.question is None or gap.question.waits]
        what = "in the case" if self.gap_rows.of_case else f"of {self.view.claim.id}"
        return f"Not known {what}: {counted(waiting)}"

    def whole(self, width: int) -> cards.Rows:
        """The chosen gap whole."""
        chosen = self.rows.chosen
        return self._rows(chosen, width) if chosen else []

    def _rows(self, gap: Gap, width: int) -> cards.Rows:
        return [
            row for line in (headline(gap), *details(gap)) for row in cards.paragraph(line, width)
        ]

    def keys(self) -> str:
        """The line of keys, for what is chosen."""
        chosen = self.rows.chosen
        of_chosen = ""
        if chosen is not None:
            ways = {CALL: "e what you know  ", GRADE: "A-F grade it  "}
            of_chosen = ways.get(chosen.kind, f"{QUESTION_KEYS}  ")
        other = "this claim" if self.gap_rows.of_case else "whole case"
        return f"a add  {of_chosen}u undo  tab {other}  q close"
