"""The parts of a call's card as a list: a reader says what he knows of one."""

from reviewer.desk import cards
from reviewer.desk.filling import FillingScreen
from reviewer.desk.lists import TextScreen
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import BOLD, CURRENT, PLAIN, REMARK, Run
from reviewer.model.claims import ClaimView
from reviewer.model.entry import Kind
from reviewer.model.evidence import Recording
from reviewer.model.intercepts import UNKNOWN, Part, card_of
from reviewer.model.naming import is_by
from reviewer.service.asking import say_of_call
from reviewer.service.session import Session
from reviewer.text.cells import fit
from reviewer.text.display import folded

LABEL = 17


class PartRows(ChoiceRows[Part]):
    """Parts of a card, one a row."""

    def row(self, one: Part, part: int, *, chosen: bool) -> list[Run]:  # noqa: ARG002
        """What it is called, and what is said of it."""
        sign = ">" if chosen else " "
        style = CURRENT if chosen else BOLD
        plain = CURRENT if chosen else REMARK if one.unknown else PLAIN
        said = folded(one.text) or UNKNOWN
        room = max(0, self.size.width - LABEL - 1)
        return [(f"{sign}{one.label:<{LABEL}}", style), (fit(said, room), plain)]


class FactsScreen(FillingScreen[Part]):
    """What is known of a call; `enter` types what the reader knows besides."""

    def __init__(self, session: Session, view: ClaimView, call: Recording) -> None:
        super().__init__(session, view, PartRows(id="commands"))
        self.call = call

    def load(self) -> None:
        """Read the card."""
        found = self.session.findings(Kind.CARD, self.call.id)
        self.rows.show(card_of(self.call, found), keep=True)

    def act(self, key: str) -> None:
        """`enter` or `e` types; `i` shows the chosen part whole."""
        chosen = self.rows.chosen
        if chosen is None:
            return
        if key in ("enter", "e"):
            self.ask(
                chosen.label,
                self._mine(chosen),
                lambda text: self._say_of(chosen, text),
                self.call.id,
            )
        elif key == "i":
            whole = TextScreen(self.heading(), lambda width: self.whole(width))
            self.app.push_screen(whole)

    def _say_of(self, part: Part, text: str) -> None:
        self.recorded(say_of_call(self.session, self.call, part.key, text))

    def _mine(self, part: Part) -> str:
        for one in part.said:
            if is_by(one.reader, self.session.reader):
                words = one.words.get("said", "")
                known = one.value != UNKNOWN
                return words if known else f"{UNKNOWN}{f': {words}' if words else ''}"
        return ""

    def heading(self) -> str:
        """The title."""
        return f"What is known of {self.call.id}"

    def whole(self, width: int) -> cards.Rows:
        """The chosen part whole."""
        chosen = self.rows.chosen
        return cards.labelled([(chosen.label, chosen.text)], width) if chosen else []

    def keys(self) -> str:
        """The line of keys."""
        return "j/k field  enter what you know (empty: take back)  u undo  q close"
