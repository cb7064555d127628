"""The search of the whole case: words are typed, hits come, enter goes to one."""

import time
from dataclasses import replace
from functools import partial

from textual import on

from reviewer.desk.narrowing import ChoiceRows, NarrowingScreen
from reviewer.desk.paint import BOLD, CURRENT, HIT, PLAIN, Run, ended, overlaid
from reviewer.desk.prompts import PromptInput
from reviewer.model.searching import Found, Hit, Search, heading, whom
from reviewer.service.search_beside import Answer, Progress, Searcher
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import display, shown

PAGE = 50
PATIENCE_S = 0.3
"""A search that takes longer is said to go on."""
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
    words = overlaid(safe.text, begin, len(safe.text), marks)
    return ended([(f"{lead}{cut}", PLAIN), *words], width)


class SearchScreen(NarrowingScreen[tuple[Hit | None, str], Hit]):
    """Typing searches; enter takes a hit; esc stops, then closes.

    What is on the screen is one whole answer, and stays until the answer to the newest words
    comes. Its result is the hit that was taken, if any, and the words, to begin with the next
    time.
    """

    def __init__(self, searcher: Searcher, words: str = "") -> None:
        super().__init__("Search the case", HitRows(id="commands"))
        self.searcher = searcher
        self._begun_with = words
        self._words: str | None = None
        self._wanted: Search | None = None
        """What is looked for at the moment."""
        self._keeps = False
        self._goal: int | None = None
        """The hit to choose once the page that holds it has come."""
        self._taking = False
        self._slow = False
        self._found = Found(())
        self._behind = False
        self._left_behind = False
        self._told = 0.0
        self._trouble = ""

    def begin(self) -> None:
        """Ready to type; what the index lacks is taken in meanwhile."""
        self.prompt.value = self._begun_with
        self.prompt.action_select_all()
        self.searcher.index(on=True)
        self._look()

    def on_unmount(self) -> None:
        """Leave the case alone."""
        self.searcher.drop()
        self.searcher.index(on=False)

    def take(self) -> None:
        """`enter`: take a hit of what was typed last, as soon as it is known."""
        self._look()
        if self._wanted is not None:
            self._taking = True
        else:
            self.dismiss((self.rows.chosen, self.prompt.value))

    def leave(self) -> None:
        """`esc`."""
        if self._slow or self._taking:
            self._halt()
            self._trouble = "Stopped. "
            self._tell()
        elif self._behind:
            self.searcher.index(on=False)
            self._behind, self._left_behind = False, True
            self._trouble = "Stopped; the next search goes on from there. "
            self._tell()
        else:
            self.dismiss((None, self.prompt.value))

    def move(self, step: int) -> None:
        """Choose the hit so many on; at the end of a page the next one comes."""
        goal = max(0, (self.rows.at if self._goal is None else self._goal) + step)
        self._go_to(goal)

    def _go_to(self, goal: int) -> None:
        self.rows.move(goal - self.rows.at)
        beyond = goal >= len(self.rows.found)
        further = self._wanted is not None and self._wanted.after
        if beyond and self._found.next and self._wanted is None:
            self._ask(Search(self._words or "", limit=PAGE, after=self._found.next), keep=True)
            further = self._found.next
        self._goal = goal if beyond and further else None

    @on(PromptInput.Changed)
    def _look(self) -> None:
        if self.prompt.value == self._words:
            return
        self._words = self.prompt.value
        self._trouble = ""
        self._halt()
        if self._words.strip():
            self._ask(Search(self._words, limit=PAGE))
        else:
            self._show(Found(()))

    def _ask(self, wanted: Search, *, keep: bool = False) -> None:
        self._wanted, self._keeps = wanted, keep
        self.searcher.look(wanted)
        self.set_timer(PATIENCE_S, partial(self._tell_slow, wanted))

    def _halt(self) -> None:
        """Look for nothing any more; what is on the screen stays."""
        self.searcher.drop()
        self._wanted = self._goal = None
        self._taking = self._slow = False

    def heard(self, told: Answer | Progress) -> None:
        """The thread has an answer, or tells how far the index is."""
        if isinstance(told, Progress):
            self._progressed(told)
        elif told.wanted is self._wanted:
            self._wanted, self._slow = None, False
            self._trouble = f"{told.failed} " if told.failed else ""
            self._show(told.found, more=bool(told.wanted.after))

    def _show(self, found: Found, *, more: bool = False) -> None:
        self._found = found
        self.rows.empty = self._why_none()
        self.rows.show([*self.rows.found, *found.hits] if more else found.hits, keep=self._keeps)
        goal, self._goal = self._goal, None
        if goal is not None:
            self._go_to(goal)
        self._tell()
        if self._taking and self._wanted is None:
            self.dismiss((self.rows.chosen, self.prompt.value))

    def _progressed(self, progress: Progress) -> None:
        was, self._behind = self._behind, progress.more and not self._left_behind
        if progress.failed:
            self._trouble = f"{progress.failed} "
        ended = was and not self._behind
        if ended and (self._words or "").strip() and self._wanted is None:
            self._ask(Search(self._words or "", limit=PAGE), keep=True)
        if ended or not was or time.monotonic() - self._told > TOLD_EVERY_S:
            self._told = time.monotonic()
            self._found = replace(
                self._found, looked_through=progress.done, records=progress.records
            )
            self._tell()

    def _why_none(self) -> str:
        if not (self._words or "").strip():
            return 'Type words, "words side by side", begin* or -without.'
        return "Nothing found yet." if self._behind else "Nothing in this case is found for it."

    def _tell_slow(self, wanted: Search) -> None:
        if wanted is self._wanted:
            self._slow = True
            self._tell()

    def _tell(self) -> None:
        said = self._trouble
        if self._slow:
            said = "Looking for it; esc stops. "
        elif self._behind:
            said = f"{self._how_far()}; esc stops. "
        elif self._found.partial:
            said += f"{self._how_far()}. "
        count = f"{len(self.rows.found)}{'+' if self._found.next else ''} found  "
        counted = count if self.rows.found else ""
        keys = "up/down hit  enter go there  esc close"
        self.hint.show([(display(f"{said}{counted}{keys}"), PLAIN)])

    def _how_far(self) -> str:
        return f"Looked through {self._found.looked_through:,} of {self._found.records:,}"
