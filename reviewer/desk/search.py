"""The search of the whole case: words are typed, hits come, enter goes to one."""

import asyncio
import time

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from reviewer.desk.bars import Bar
from reviewer.desk.paint import ALERT, BOLD, CURRENT, HIT, KEY, PLAIN, Run, overlaid, strip_of
from reviewer.desk.prompts import LEAVING, PromptInput
from reviewer.model.errors import CaseError
from reviewer.model.searching import Found, Hit, Search, heading, whom
from reviewer.service.searching import Indexing, find
from reviewer.service.session import Session
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import display, shown

PAGE = 50
PIECE_S = 0.02
"""So long a piece of the index is made between two keys."""
TOLD_EVERY_S = 0.5
ROWS = 2
LEAD = 20
"""Cells of a passage that stand before its first marked word, where it has to be cut."""
SIGN = "> "


class HitRows(Widget):
    """Hits, two rows each, one of them chosen."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.hits: list[Hit] = []
        self.at = 0
        self.empty = ""

    def show(self, hits: list[Hit], empty: str, *, keep: bool = False) -> None:
        """Show these hits, or say why there is none; `keep` leaves the chosen one chosen."""
        self.hits, self.empty = hits, empty
        self.at = min(self.at, max(0, len(hits) - 1)) if keep else 0
        self.refresh()

    def move(self, step: int) -> None:
        """Choose the hit so many on."""
        self.at = max(0, min(self.at + step, len(self.hits) - 1))
        self.refresh()

    @property
    def chosen(self) -> Hit | None:
        """The chosen hit."""
        return self.hits[self.at] if self.hits else None

    @property
    def fitting(self) -> int:
        """How many hits there is room for."""
        return max(1, self.size.height // ROWS)

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        width = self.size.width
        if not self.hits:
            return strip_of([(self.empty, PLAIN)] * (y == 0), width)
        n = max(0, self.at - self.fitting + 1) + y // ROWS
        if n >= len(self.hits) or y >= self.fitting * ROWS:
            return Strip.blank(width)
        chosen = n == self.at
        if y % ROWS == 0:
            return strip_of(_heading(self.hits[n], width, chosen=chosen), width)
        return strip_of(_passage(self.hits[n], width), width)


def _heading(hit: Hit, width: int, *, chosen: bool) -> list[Run]:
    style = CURRENT if chosen else BOLD
    sign = SIGN if chosen else " " * len(SIGN)
    named = display(whom(hit), newlines=False)
    room = max(0, width - len(SIGN))
    # Whom it names comes first: it is what tells one hit from another.
    named = fit(named, room * 2 // 3)
    left = max(0, room - cell_width(named) - 2)
    about = fit(display(heading(hit), newlines=False), left)
    gap = " " * max(0, room - cell_width(about) - cell_width(named))
    return [(f"{sign}{about}{gap}", style), (named, style)]


def _passage(hit: Hit, width: int) -> list[Run]:
    safe = shown(hit.passage, newlines=False)
    marks = [(safe.at(start), safe.at(end), HIT) for start, end in hit.marks]
    lead = "    "
    begin, first = 0, marks[0][0] if marks else 0
    room = width - len(lead)
    if cell_width(safe.text) > room and first > LEAD:
        gap = safe.text.find(" ", first - LEAD, first)
        begin = gap + 1 if gap >= 0 else first
    cut = "… " if begin or hit.cut[0] else ""
    return [(f"{lead}{cut}", PLAIN), *overlaid(safe.text, begin, len(safe.text), marks)]


class SearchScreen(ModalScreen[tuple[Hit | None, str]], inherit_bindings=False):
    """Typing searches; up and down choose a hit; enter takes it; esc stops, then closes.

    Its result is the hit that was taken, if any, and the words, to begin with the next time.
    """

    CSS_PATH = "lists.tcss"
    rows = query_one("#commands", HitRows)
    prompt = query_one("#narrow", PromptInput)

    def __init__(self, session: Session, words: str = "") -> None:
        super().__init__()
        self.session = session
        self.indexing = Indexing(session)
        self._begun_with = words
        self._looked_for: str | None = None
        self._found = Found(())
        self._behind = False
        self._waiting = False
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """A title, what is typed, the hits, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            with Horizontal(id="narrow-row"):
                yield Bar(id="narrow-label")
                yield PromptInput(id="narrow")
            yield HitRows(id="commands")
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Ready to type; what the index lacks is taken in between the keys."""
        self.query_one("#title", Bar).show([(" Search the case ", ALERT)])
        self.query_one("#narrow-label", Bar).show([("search:", KEY)])
        self.prompt.value = self._begun_with
        self.prompt.action_select_all()
        self.set_focus(self.prompt)
        self._behind = self.indexing.needed
        self._look()
        if self._behind:
            self.run_worker(self._take_in())

    def take_key(self, event: events.Key) -> bool:
        """Move in the list, take what is chosen, or close; everything else is typed."""
        page = self.rows.fitting
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if event.key in LEAVING:
            self._step_back()
        elif event.key == "enter":
            # What was typed last may not have been looked for yet.
            self._look()
            self.dismiss((self.rows.chosen, self.prompt.value))
        elif event.key in steps:
            self._move(steps[event.key])
        else:
            return False
        return True

    def _step_back(self) -> None:
        if self._behind:
            self._behind = False
            self._trouble = "Stopped; the next search goes on from there. "
            self._tell()
        else:
            self.dismiss((None, self.prompt.value))

    def _move(self, step: int) -> None:
        if self.rows.at + step >= len(self.rows.hits) and self._found.next:
            self._look_further()
        self.rows.move(step)

    @on(PromptInput.Changed)
    def _typed(self) -> None:
        # All keys that have come by then are looked for at once.
        if not self._waiting:
            self._waiting = True
            self.call_later(self._look)

    def _look(self) -> None:
        self._waiting = False
        if self.prompt.value != self._looked_for:
            self._looked_for = self.prompt.value
            self._search()

    def _search(self, *, keep: bool = False) -> None:
        self._found = find(self.session, Search(self._looked_for or "", limit=PAGE))
        self.rows.show(list(self._found.hits), self._why_none(), keep=keep)
        self._tell()

    def _look_further(self) -> None:
        wanted = Search(self._looked_for or "", limit=PAGE, after=self._found.next)
        self._found = find(self.session, wanted)
        self.rows.show([*self.rows.hits, *self._found.hits], "", keep=True)
        self._tell()

    def _why_none(self) -> str:
        if not (self._looked_for or "").strip():
            return 'Type words, "words side by side", begin* or -without.'
        return "Nothing found yet." if self._behind else "Nothing in this case is found for it."

    async def _take_in(self) -> None:
        """Bring the index up to date; keys come between one piece and the next."""
        told = time.monotonic()
        while self._behind:
            try:
                self._behind = self.indexing.go_on(PIECE_S)
            except CaseError as error:
                self._behind, self._trouble = False, f"{error.sentence} "
            if not self._behind:
                self._search(keep=True)
                return
            if time.monotonic() - told > TOLD_EVERY_S:
                self._tell()
                told = time.monotonic()
            await asyncio.sleep(0)

    def _tell(self) -> None:
        done, records = self.indexing.progress()
        said = self._trouble
        if self._behind:
            said = f"Looked through {done:,} of {records:,}; esc stops. "
        elif done < records:
            said += f"Looked through {done:,} of {records:,}. "
        count = f"{len(self.rows.hits)}{'+' if self._found.next else ''} found  "
        counted = count if self.rows.hits else ""
        keys = "up/down hit  enter go there  esc close"
        self.query_one("#hint", Bar).show([(display(f"{said}{counted}{keys}"), PLAIN)])
