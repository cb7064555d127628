"""The texts of a case: a list to choose from, and one of them to read without a claim."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from reviewer.desk.bars import Bar
from reviewer.desk.cards import Rows
from reviewer.desk.documents import lay_out
from reviewer.desk.paint import ALERT, BOLD, CURRENT, KEY, PLAIN, REMARK, Run, strip_of
from reviewer.desk.prompts import LEAVING, PromptInput
from reviewer.model.words import Held, Shelved, Target
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


class ShelfRows(Widget):
    """Texts, one a row, one of them chosen."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.found: list[Shelved] = []
        self.at = 0

    def show(self, found: list[Shelved]) -> None:
        """Show these texts, the first chosen."""
        self.found, self.at = found, 0
        self.refresh()

    def move(self, step: int) -> None:
        """Choose the text so many rows on."""
        self.at = max(0, min(self.at + step, len(self.found) - 1))
        self.refresh()

    @property
    def chosen(self) -> Shelved | None:
        """The chosen text."""
        return self.found[self.at] if self.found else None

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        width, height = self.size
        n = max(0, self.at - height + 1) + y
        if not self.found:
            return strip_of([("No text of the case holds these words.", PLAIN)] * (y == 0), width)
        if n >= len(self.found):
            return Strip.blank(width)
        return strip_of(_row(self.found[n], width, chosen=n == self.at), width)


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


class ShelfScreen(ModalScreen[str], inherit_bindings=False):
    """All texts of the case; typing narrows them, enter takes the chosen one."""

    CSS_PATH = "lists.tcss"
    rows = query_one("#commands", ShelfRows)
    prompt = query_one("#narrow", PromptInput)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._looked_for: str | None = None

    def compose(self) -> ComposeResult:
        """A title, what is typed, the texts, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            with Horizontal(id="narrow-row"):
                yield Bar(id="narrow-label")
                yield PromptInput(id="narrow")
            yield ShelfRows(id="commands")
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show all of them, ready to type."""
        statements, recordings = self.session.count_texts()
        held = texts_counted(statements, recordings)
        self.query_one("#title", Bar).show([(f" Texts of the case: {held} ", ALERT)])
        self.query_one("#narrow-label", Bar).show([("search:", KEY)])
        self._narrow()
        self.set_focus(self.prompt)

    def take_key(self, event: events.Key) -> bool:
        """Move in the list, take what is chosen, or close; everything else is typed."""
        page = max(1, self.rows.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if event.key in LEAVING:
            self.dismiss(None)
        elif event.key == "enter":
            # What was typed last may not have been looked for yet.
            self._narrow()
            self.dismiss(self.rows.chosen.id if self.rows.chosen else None)
        elif event.key in steps:
            self.rows.move(steps[event.key])
        else:
            return False
        return True

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
        self.query_one("#hint", Bar).show([(keys, PLAIN)])


def whole_text(target: Target, width: int) -> Rows:
    """A text from its beginning to its end, as rows to read."""
    document = lay_out(target, width, "both")
    rows: Rows = []
    for line in document.lines:
        block = document.blocks[line.block]
        style = STYLES.get(block.role, PLAIN)
        rows.append([(line.prefix, KEY), (block.shown.text[line.start : line.end], style)])
    return rows
