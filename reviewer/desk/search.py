"""The search of the whole case: words are typed, hits come, enter goes to one."""

import asyncio
import time

from textual import on

from reviewer.desk.narrowing import ChoiceRows, NarrowingScreen
from reviewer.desk.paint import BOLD, CURRENT, HIT, PLAIN, Run, overlaid
from reviewer.desk.prompts import PromptInput
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
LEAD = 20
"""Cells of a passage that stand before its first marked word, where it has to be cut."""
SIGN = "> "


class HitRows(ChoiceRows[Hit]):
    """Hits, two rows each."""

    EACH = 2

    @property
    def hits(self) -> list[Hit]:
        """The hits that are listed."""
        return self.found

    def row(self, one: Hit, part: int, *, chosen: bool) -> list[Run]:
        """Where a hit stands and whom it names, then the passage."""
        width = self.size.width
        return _passage(one, width) if part else _heading(one, width, chosen=chosen)


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


class SearchScreen(NarrowingScreen[tuple[Hit | None, str], Hit]):
    """Typing searches; enter takes a hit; esc stops, then closes.

    Its result is the hit that was taken, if any, and the words, to begin with the next time.
    """

    def __init__(self, session: Session, words: str = "") -> None:
        super().__init__("Search the case", HitRows(id="commands"))
        self.session = session
        self.indexing = Indexing(session)
        self._begun_with = words
        self._looked_for: str | None = None
        self._found = Found(())
        self._behind = False
        self._waiting = False
        self._trouble = ""

    def begin(self) -> None:
        """Ready to type; what the index lacks is taken in between the keys."""
        self.prompt.value = self._begun_with
        self.prompt.action_select_all()
        self._behind = self.indexing.needed
        self._look()
        if self._behind:
            self.run_worker(self._take_in())

    def take(self) -> None:
        """`enter`."""
        # What was typed last may not have been looked for yet.
        self._look()
        self.dismiss((self.rows.chosen, self.prompt.value))

    def leave(self) -> None:
        """`esc`."""
        if self._behind:
            self._behind = False
            self._trouble = "Stopped; the next search goes on from there. "
            self._tell()
        else:
            self.dismiss((None, self.prompt.value))

    def move(self, step: int) -> None:
        """Choose the hit so many on; at the end of a page the next one comes."""
        if self.rows.at + step >= len(self.rows.found) and self._found.next:
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
        self.rows.empty = self._why_none()
        self.rows.show(self._found.hits, keep=keep)
        self._tell()

    def _look_further(self) -> None:
        wanted = Search(self._looked_for or "", limit=PAGE, after=self._found.next)
        self._found = find(self.session, wanted)
        self.rows.show([*self.rows.found, *self._found.hits], keep=True)
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
        count = f"{len(self.rows.found)}{'+' if self._found.next else ''} found  "
        counted = count if self.rows.found else ""
        keys = "up/down hit  enter go there  esc close"
        self.hint.show([(display(f"{said}{counted}{keys}"), PLAIN)])
