"""The desk's one screen: it shows what the painter draws, and gives each key to its handler."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from functools import partial

from textual import events, on
from textual.app import ComposeResult

from reviewer.desk.against import Against
from reviewer.desk.ageing import PROMPTS, Ageing
from reviewer.desk.filtering import Filtering
from reviewer.desk.find import Finds
from reviewer.desk.handler import Handler
from reviewer.desk.judge import Judging
from reviewer.desk.keys import key_of
from reviewer.desk.look import Looking
from reviewer.desk.moves import Moving
from reviewer.desk.offering import Offering
from reviewer.desk.ordering import Ordering
from reviewer.desk.painter import Painter
from reviewer.desk.panes import EvidencePane
from reviewer.desk.prompts import LEAVING, PromptInput
from reviewer.desk.reading import STATEMENT
from reviewer.desk.searching import Searching
from reviewer.desk.second import Second
from reviewer.desk.seeking import Seeking
from reviewer.desk.select import Selecting
from reviewer.desk.summing import Summing
from reviewer.desk.view import DeskArea, View
from reviewer.desk.watching import Watching
from reviewer.desk.weighing import REASON, Reasons, Weighing
from reviewer.desk.writing import WritingScreen
from reviewer.model.errors import ClaimChangedError, ReviewerError
from reviewer.service.commands import COMMANDS, Command, Mode
from reviewer.text.display import display

OFFERING = {"tab": 1, "shift+tab": -1}
"""The keys that step through the filters a reader keeps."""
WATCH_S = 0.5
DRAWN_S = 0.05
"""By then a frame has been sent."""
HELD_WITHIN_S = 0.05
HELD_FROM = 3
"""A key is held down from the third time that it comes so fast: two may be pressed at once by
somebody who knows what he does, and keyboards repeat a held one 25 times a second."""
ELSEWHERE = {
    Mode.SELECT: ("while selecting", "select.start"),
    Mode.LIKELY: ("in the likely passages", "likely.open"),
    Mode.HISTORY: ("in the history", "claim.history"),
}
"""Where a command of another mode can be given, and what leads there."""
UNSEEN = ("app.close", "app.suspend", "app.redraw")
"""The commands that may be given while the terminal is too small to show the desk."""


class ReviewScreen(WritingScreen):
    """The desk. What the reader sees is drawn from `reading`; handlers change that.

    The painter may have drawn already: then the screen shows what stands there.
    """

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""

    def __init__(self, painter: Painter) -> None:
        super().__init__(painter)
        self.reading = painter.reading
        self.session = painter.reading.session
        self.keymap = painter.keymap
        self.statement, self.recording = painter.panes
        self.status = painter.status
        self.held = False
        self._place_due = False
        self._last_key = ("", 0.0, 0)
        self.seeking = Seeking(self)
        self.moves = Moving(self)
        self.judging = Judging(self)
        self.reasons = Reasons(self)
        self.weighing = Weighing(self)
        self.finds = Finds(self)
        self.filters = Filtering(self)
        self.ordering = Ordering(self)
        self.selecting = Selecting(self)
        self.looking = Looking(self)
        self.searching = Searching(self)
        self.offering = Offering(self)
        self.summing = Summing(self)
        self.watching = Watching(self)
        self.ageing = Ageing(self)
        self.second = Second(self)
        self.against = Against(self)
        self.handlers = self._handlers()
        painter.overlays = [self.finds.marks, self.selecting.marks]

    def compose(self) -> ComposeResult:
        """The one tree of all layouts."""
        yield View(self.painter.small, id="too-small")
        with DeskArea(self.painter, id="desk"):
            for name, part in self.painter.parts.items():
                yield View(part, id=name)
            yield from self.prompt_line()

    def on_mount(self) -> None:
        """Show what is drawn, and watch for what others record."""
        self.painter.on_layout = self.desk.lay_out
        self._fit()
        self.filters.look_up()
        self.set_interval(WATCH_S, self.watching.look)

    def on_unmount(self) -> None:
        """Keep the place, and leave nothing behind that still reads the case."""
        self._keep_due_place()
        self.seeking.stop()
        self.filters.halt()
        self.ordering.close()
        self.searching.close()

    def _fit(self) -> None:
        self.painter.fit(*self.size)
        self.set_class(self.painter.layout.tiny, "-tiny")

    @property
    def mode(self) -> Mode:
        """What keys mean now."""
        return self.painter.mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self.painter.mode = mode

    @property
    def sentence(self) -> str:
        """What the status line says."""
        return self.painter.sentence

    # Keys

    def take_key(self, event: events.Key) -> bool:
        """Give a key to its command; False where it is for the text being written."""
        self.painter.settled = True
        if self.writing:
            return self._end_writing(event.key)
        key = key_of(event)
        self._repeats(key)
        command = self.keymap.command(self.mode, key)
        if self.painter.layout.tiny and (command is None or command.id not in UNSEEN):
            return True
        if command is None:
            self.say(f"{display(key, newlines=False)} does nothing here; ? lists the keys")
        else:
            self.run(command)
        return True

    def _repeats(self, key: str) -> None:
        last, at, times = self._last_key
        now = time.monotonic()
        times = times + 1 if key == last and now - at < HELD_WITHIN_S else 1
        self._last_key = (key, now, times)
        self.held = times >= HELD_FROM

    def _end_writing(self, key: str) -> bool:
        noting = self.writing == "NOTE"
        if key == "enter" and noting:
            self.judging.save_note(self.note_area.text)
        elif key == "enter":
            self._prompting.taken(self.prompt.value)
        elif key in LEAVING and noting:
            self.judging.leave_note()
        elif key in LEAVING:
            self._prompting.left()
        elif key in OFFERING and self.writing == "FILTER":
            self.filters.offer(OFFERING[key])
        else:
            return False
        return True

    @property
    def _prompting(self) -> Finds | Filtering | Ageing | Reasons:
        """Whose the prompt is."""
        if self.writing in PROMPTS:
            return self.ageing
        if self.writing == REASON:
            return self.reasons
        return self.filters if self.writing == "FILTER" else self.finds

    def on_paste(self, event: events.Paste) -> None:
        """A paste is text, and while reading there is nowhere to put it."""
        event.stop()
        self.say("Pasted text is ignored while reading; c opens the note.")

    def run(self, command: Command) -> None:
        """Give a command, or say why it cannot be given."""
        reason = self.why_not(command) or self.seeking.refuses(command)
        if reason:
            self.say(f"{command.title}: {reason}.")
            return
        try:
            self.handlers[command.id]()
        except ClaimChangedError as error:
            self.reading.refresh()
            self.draw()
            self.say(error.sentence)
        except ReviewerError as error:
            self.say(error.sentence)

    def why_not(self, command: Command) -> str:
        """Why a command cannot be given now, or nothing."""
        if command.mode is not self.mode:
            where, opens = ELSEWHERE[command.mode]
            return f"only {where}; {self.keymap.first_key(opens)} begins"
        return command.disabled(self.reading.situation(finding=self.finds.active))

    def _handlers(self) -> dict[str, Callable[[], None]]:
        rooms: tuple[Handler, ...] = (
            *(
                self.moves,
                self.judging,
                self.weighing,
                self.finds,
                self.selecting,
                self.looking,
                self.searching,
                self.offering,
                self.summing,
                self.filters,
                self.ageing,
                self.second,
                self.ordering,
                self.against,
            ),
        )
        found: dict[str, Callable[[], None]] = {}
        for command in COMMANDS:
            if command.mode in (Mode.LIKELY, Mode.HISTORY):
                # Their lists give them.
                continue
            stem, _, key = command.id.partition(".")
            if stem == "verdict" and key.isdigit():
                found[command.id] = partial(self.judging.verdict, int(key))
                continue
            name = command.id.replace(".", "_")
            found[command.id] = next(getattr(room, name) for room in rooms if hasattr(room, name))
        return found

    # Drawing

    def say(self, sentence: str) -> None:
        """Put a sentence into the status line, behind the mode's word."""
        self.painter.say(sentence)

    def show_claim(self, claim: str, *, jump: bool = False) -> None:
        """Put a claim on the screen from its beginning."""
        self.seeking.stop()
        self.reading.go(claim, jump=jump)
        self.finds.forget()
        for pane in self.painter.panes:
            pane.to_top()
        self.draw()
        self.painter.bring_excerpts()
        self.keep_place()

    @property
    def active_pane(self) -> EvidencePane:
        """The pane that scrolls."""
        return self.statement if self.reading.pane == STATEMENT else self.recording

    def keep_place(self) -> None:
        """Remember where the reader is, once it is drawn: a disk takes longer than a frame."""
        if not self._place_due:
            self._place_due = True
            self.set_timer(DRAWN_S, self._keep_due_place)

    def _keep_due_place(self) -> None:
        if self._place_due:
            self.keep_place_now()

    def keep_place_now(self) -> None:
        """Remember it before anything else. What cannot be kept is no loss worth a word."""
        self._place_due = False
        with contextlib.suppress(OSError):
            self.reading.places.keep_place(self.reading.place(self.painter.scroll()))

    def on_resize(self) -> None:
        """Fit the layout to another size."""
        if self.is_mounted:
            self._fit()
            if self.writing and not self.painter.layout.tiny:
                # What was hidden while the terminal was too small has lost the keys.
                self.call_after_refresh(self.go_on_writing)

    @on(PromptInput.Changed)
    def _prompt_changed(self, event: PromptInput.Changed) -> None:
        if self.writing:
            self._prompting.changed(event.value)

    def on_text_area_changed(self) -> None:
        """Keep what is written, as after each key."""
        self.keep_note()

    def keep_note(self) -> None:
        """Keep what is written of the note so far: after each key, and before the next."""
        if self.writing == "NOTE":
            self.judging.keep_draft(self.note_area.text)
