"""The texts of a case: a list to choose from, and one of them to read without a claim."""

from textual import on

from reviewer.desk.cards import Rows
from reviewer.desk.documents import lay_out
from reviewer.desk.narrowing import ChoiceRows, NarrowingScreen
from reviewer.desk.paint import ALERT, BOLD, CURRENT, KEY, PLAIN, REMARK, Run
from reviewer.desk.prompts import PromptInput
from reviewer.model.evidence import Held, Shelved, Target
from reviewer.service.session import Session
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import display
from reviewer.text.units import texts_counted

MOST = 200
DAY = len("2022-03-07")
DATE_WIDTH = DAY + 2
KIND_WIDTH = 11
LANGUAGE_WIDTH = 5
STYLES = {"remark": REMARK, "translation": REMARK}


class ShelfRows(ChoiceRows[Shelved]):
    """Texts, one a row."""

    def row(self, one: Shelved, part: int, *, chosen: bool) -> list[Run]:  # noqa: ARG002
        """A text: its date, what it is, its title, whose it is."""
        return _row(one, self.size.width, chosen=chosen)


def _row(text: Shelved, width: int, *, chosen: bool) -> list[Run]:
    style = CURRENT if chosen else PLAIN
    held = "" if text.held is Held.VERBATIM else f"{text.held.upper()}  "
    day = display(text.date[:DAY], newlines=False)
    language = fit(display(text.language, newlines=False), LANGUAGE_WIDTH - 1)
    room = max(0, width - 1 - DATE_WIDTH - KIND_WIDTH - LANGUAGE_WIDTH - len(held))
    title = display(text.title or text.id, newlines=False)
    more = ", ".join(filter(None, (text.source, text.id if text.title else "")))
    about = fit(f"  {display(more, newlines=False)}", max(0, room - cell_width(title)))
    return [
        (f" {day:<{DATE_WIDTH}}{text.kind:<{KIND_WIDTH}}{language:<{LANGUAGE_WIDTH}}", style),
        (held, ALERT if held else style),
        (fit(title, room), style if chosen else BOLD),
        (about, style),
    ]


class ShelfScreen(NarrowingScreen[str, Shelved]):
    """All texts of the case; enter takes the chosen one."""

    def __init__(self, session: Session) -> None:
        held = texts_counted(*session.count_texts())
        rows = ShelfRows(id="commands", empty="No text of the case holds these words.")
        super().__init__(f"Texts of the case: {held}", rows)
        self.session = session
        self._looked_for: str | None = None

    def begin(self) -> None:
        """Show all of them."""
        self._narrow()

    def take(self) -> None:
        """`enter`."""
        # What was typed last may not have been looked for yet.
        self._narrow()
        self.dismiss(self.rows.chosen.id if self.rows.chosen else None)

    @on(PromptInput.Changed)
    def _narrow(self) -> None:
        if self.prompt.value == self._looked_for:
            return
        self._looked_for = self.prompt.value
        # One more than is shown says whether there are more.
        found = self.session.texts(self.prompt.value, limit=MOST + 1)
        self.rows.show(found[:MOST])
        more = f"the first {MOST}: type more words  " if len(found) > MOST else ""
        keys = f"{more}type to search  up/down row  enter open  esc close"
        self.hint.show([(keys, PLAIN)])


def whole_text(target: Target, width: int) -> Rows:
    """A text from its beginning to its end, as rows to read."""
    document = lay_out(target, width, "both")
    rows: Rows = []
    for line in document.lines:
        block = document.blocks[line.block]
        style = STYLES.get(block.role, PLAIN)
        rows.append([(line.prefix, KEY), (block.text[line.start : line.end], style)])
    return rows
