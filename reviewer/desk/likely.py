"""What may bear on a claim: likely passages and similar claims, to take, to refuse, to go to."""

import asyncio
import time
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen

from reviewer.desk.bars import Bar
from reviewer.desk.keys import key_of
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import ALERT, BOLD, CURRENT, PLAIN, Run, ended
from reviewer.model.claims import ClaimView, QueueRow
from reviewer.model.errors import CaseError, ClaimChangedError, ReviewerError
from reviewer.model.evidence import Held, Stance
from reviewer.model.likely import NOT_JUDGED, NOT_LINKED, Passage, Suggested, heading
from reviewer.service.commands import Mode
from reviewer.service.keymap import Keymap
from reviewer.service.searching import Indexing
from reviewer.service.suggesting import Suggesting
from reviewer.text.cells import fit
from reviewer.text.display import display, folded
from reviewer.text.wrap import wrap

Offer = Passage | QueueRow
MOST = 40
PIECE_S = 0.02
TOLD_EVERY_S = 0.5
SIGN = "> "
LEAD = "    "
WHOLE_ROWS = 6
STANCES = {
    "likely.supports": Stance.SUPPORTS,
    "likely.refutes": Stance.REFUTES,
    "likely.context": Stance.CONTEXT,
}
RECORDING = (*STANCES, "likely.refuse", "likely.undo")
ON_THE_CHOSEN = (*STANCES, "likely.refuse", "likely.go")


@dataclass(slots=True)
class Left:
    """Where the list was left, to go on there: of which claim, of claims or passages, the row."""

    claim: str = ""
    similar: bool = False
    at: int = 0


class OfferRows(ChoiceRows[Offer]):
    """Offers, two rows each."""

    EACH = 2

    def __init__(self, suggesting: Suggesting) -> None:
        super().__init__(id="commands")
        self.suggesting = suggesting

    def row(self, one: Offer, part: int, *, chosen: bool) -> list[Run]:
        """What it is and where it stands, then how its words begin."""
        width = self.size.width
        if part:
            return [(LEAD, PLAIN), (fit(folded(one.text), max(0, width - len(LEAD))), PLAIN)]
        style = CURRENT if chosen else BOLD
        sign = SIGN if chosen else " " * len(SIGN)
        told = heading(one) if isinstance(one, Passage) else self.suggesting.told(one)
        runs: list[Run] = [(sign, style)]
        if isinstance(one, Passage) and one.held is not Held.VERBATIM:
            held = str(one.held.upper())
            told = told.removeprefix(f"{held}, ")
            runs += [(held, ALERT), (", ", style)]
        return ended([*runs, (display(told, newlines=False), style)], width)


class LikelyScreen(ModalScreen[Offer | None], inherit_bindings=False):
    """The two lists; `tab` changes between them. Its result is where to go, if anywhere."""

    CSS_PATH = "lists.tcss"
    title_bar = query_one("#title", Bar)
    whole = query_one("#whole", Bar)
    hint = query_one("#hint", Bar)

    def __init__(self, suggesting: Suggesting, view: ClaimView, keymap: Keymap, left: Left) -> None:
        super().__init__()
        self.suggesting = suggesting
        self.session = suggesting.session
        self.view = view
        self.keymap = keymap
        self.left = left if left.claim == view.claim.id else Left(view.claim.id)
        self.rows = OfferRows(suggesting)
        self.indexing = Indexing(self.session)
        self.said = ""
        self._behind = False
        self._offered = Suggested()

    def compose(self) -> ComposeResult:
        """A title, the rows, the chosen one whole, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            yield self.rows
            yield Bar(id="whole")
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show what is found so far; what the index lacks is taken in between the keys."""
        self._behind = self.indexing.needed
        self._look(self.left.at)
        if self._behind:
            self.run_worker(self._take_in())

    def on_resize(self) -> None:
        """Wrap the chosen passage for another width."""
        if self.is_mounted:
            self._tell()

    def take_key(self, event: events.Key) -> bool:
        """Give a key to its command."""
        key = key_of(event)
        command = self.keymap.command(Mode.LIKELY, "escape" if key == "ctrl+c" else key)
        self.said = ""
        if command is None:
            self.said = f"{display(key, newlines=False)} does nothing here. "
        elif command.id == "likely.leave":
            self._leave()
            return True
        else:
            self._run(command.id)
        self._tell()
        return True

    def _run(self, command: str) -> None:
        page = max(1, self.rows.fitting - 1)
        steps = {
            "likely.down": 1,
            "likely.up": -1,
            "likely.page_down": page,
            "likely.page_up": -page,
        }
        try:
            if command in steps:
                self.rows.move(steps[command])
                self.left.at = self.rows.at
            elif command == "likely.other":
                self.left.similar = not self.left.similar
                self._look(0)
            elif command == "likely.undo":
                self._recorded(f"{self.session.undo().alone}. ")
            elif self.rows.chosen is not None:
                self._act(command, self.rows.chosen)
        except ClaimChangedError as error:
            self._recorded(f"{error.sentence} ")
        except ReviewerError as error:
            self.said = f"{error.sentence} "

    def _act(self, command: str, one: Offer) -> None:
        if command == "likely.go":
            self.dismiss(one)
            return
        if command == "likely.refuse":
            entry = self.suggesting.refuse(self.view, one)
        elif isinstance(one, QueueRow):
            self.said = "A claim is no evidence: enter goes to it. "
            return
        else:
            made = self.suggesting.take(self.view, one, STANCES[command])
            if made is None:
                self.said = "This very excerpt stands already; nothing changed. "
                return
            entry = made
        undo = self.keymap.first_key("likely.undo")
        self._recorded(f"{self.session.tell(entry).recorded(undo)} ")

    def _recorded(self, sentence: str) -> None:
        self.said = sentence
        self.view = self.session.view(self.view.claim.id)
        self._look(self.rows.at)

    def _look(self, at: int) -> None:
        wanted = self.suggesting.similar if self.left.similar else self.suggesting.passages
        self._offered = wanted(self.view, MOST)
        found: list[Offer] = [*self._offered.passages, *self._offered.claims]
        self.rows.at = at
        self.rows.empty = self._why_none()
        self.rows.show(found, keep=True)
        self.left.at = self.rows.at
        self._tell()

    def _why_none(self) -> str:
        if self._behind:
            return "Nothing yet."
        if self.left.similar:
            return "No other claim of this case is like it."
        return "Nothing else in this case shares words with the claim."

    def _leave(self) -> None:
        if self._behind:
            self._behind = False
            self.said = "Stopped; the next search goes on from there. "
            self._tell()
        else:
            self.dismiss(None)

    async def _take_in(self) -> None:
        """Bring the index up to date; keys come between one piece and the next."""
        told = time.monotonic()
        while self._behind:
            try:
                self._behind = self.indexing.go_on(PIECE_S)
            except CaseError as error:
                self._behind, self.said = False, f"{error.sentence} "
            if not self._behind:
                self._look(self.rows.at)
                return
            if time.monotonic() - told > TOLD_EVERY_S:
                self._tell()
                told = time.monotonic()
            await asyncio.sleep(0)

    def _tell(self) -> None:
        what = NOT_JUDGED if self.left.similar else NOT_LINKED
        claim = display(self.view.claim.id, newlines=False)
        self.title_bar.show([(f" {what} ", ALERT), (f"  {claim}", PLAIN)])
        chosen = self.rows.chosen
        lines = self._wrapped(folded(chosen.text) if chosen else "", "  ")
        if len(lines) > WHOLE_ROWS:
            lines = [*lines[: WHOLE_ROWS - 1], [("  … enter shows it whole", PLAIN)]]
        self.whole.show(*lines or [[]])
        said = self.said
        if self._behind:
            done, records = self.indexing.progress()
            said = f"{said}Looked through {done:,} of {records:,}; esc stops. "
        elif self._offered.partial:
            done, records = self._offered.looked_through, self._offered.records
            said = f"{said}Looked through {done:,} of {records:,}. "
        idle = self._idle()
        footer = self.keymap.footer(Mode.LIKELY, max(10, self.size.width - 2), without=idle)
        if self.left.similar:
            footer = footer.replace("claims", "passages")
        self.hint.show(*self._wrapped(display(said, newlines=False), ""), [(footer, PLAIN)])

    def _idle(self) -> set[str]:
        """The commands that do nothing at the moment."""
        idle: set[str] = set()
        if self.left.similar:
            idle |= {*STANCES}
        if self.session.readonly:
            idle |= {*RECORDING}
        if self.rows.chosen is None:
            idle |= {*ON_THE_CHOSEN}
        return idle

    def _wrapped(self, words: str, lead: str) -> list[list[Run]]:
        width = max(10, self.size.width - 2 - len(lead))
        spans = wrap(words, width) if words else []
        return [[(f"{lead}{words[start:end]}", BOLD)] for start, end in spans]
