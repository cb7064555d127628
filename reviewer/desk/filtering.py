"""The filter of the queue: typed, counted as it is typed, looked up beside."""

import contextlib

from reviewer.desk import rows
from reviewer.desk.handler import Handler
from reviewer.desk.paint import ALERT
from reviewer.model.errors import FilterError, ReviewerError
from reviewer.service.beside import Beside
from reviewer.service.saved import SavedFilters, naming
from reviewer.service.session import Filter
from reviewer.text.cells import cell_width
from reviewer.text.display import display
from reviewer.text.units import counted

LABEL = len("filter: ")
DIFFERING = "state:in_conflict"
EXAMPLE = "state:new or state:reopened  date:2022-03..2022-04  priority:<3  words -tag:this"


class Filtering(Handler):
    """`f` and `F`."""

    _before = ""
    _wanted: str | None = None
    _offered = -1
    _asked: str | None = None
    _again = False
    """Whether others have changed the case since the look-up began."""
    beside: Beside | None = None
    """What is being looked up, if anything is."""

    def filter_open(self) -> None:
        """`f`."""
        self._before = self.reading.filter_text
        self._wanted, self._asked, self._offered = None, None, -1
        self.screen.open_prompt("FILTER", self.reading.filter_text)
        tab = "; tab: those kept" if self._saved() else "; name = filter keeps one"
        self.say(f"{EXAMPLE}{tab}")

    def filter_clear(self) -> None:
        """`F`."""
        self.halt()
        self.reading.set_filter("")
        self._shown()
        self.say(f"The whole queue: {counted(self.session.count(), 'claim')}.")

    def queue_differing(self) -> None:
        """The claims on which readers differ, and only those."""
        if not self.session.count(self.session.filter(DIFFERING)):
            self.say("Readers differ on no claim.")
            return
        self.halt()
        self._apply(DIFFERING)

    def changed(self, text: str) -> None:
        """The reader typed in the prompt."""
        if text == self._asked:
            return
        self._asked = text
        self.halt()
        try:
            filter_ = self._filter(text)
        except FilterError as error:
            self._point(error)
            return
        except ReviewerError as error:
            self.say(error.sentence)
            return
        if self.session.ready(filter_):
            n = self.session.count(filter_)
            self.say(f"{n} of {counted(self.session.count(), 'claim')}")
        else:
            self._begin(filter_)

    def taken(self, text: str) -> None:
        """The reader took the prompt."""
        try:
            filter_ = self._filter(text)
            said = naming(text)
            if said:
                self._saved_filters().keep(said)
                text = said.filter or self._before
                filter_ = self._filter(text)
            meant = self._saved_filters().meant(text) if text.lstrip().startswith("=") else text
        except FilterError as error:
            self.screen.prompt.cursor_position = error.at
            self._point(error)
            return
        except ReviewerError as error:
            self.say(error.sentence)
            return
        if self.session.ready(filter_):
            self._apply(meant)
            if said:
                self._say_kept(said.name, said.filter)
        else:
            self._wanted = meant
            if self.beside is None or self.beside.filter != filter_:
                self._begin(filter_)
            else:
                self._say_how_far(self.beside)

    def left(self) -> None:
        """The reader left the prompt, or stops what is being looked up for it."""
        if self.stop():
            return
        self.screen.close_writing()
        self.reading.set_filter(self._before)
        self.screen.draw()
        self.say("As it was before.")

    def offer(self, step: int) -> None:
        """`tab`: put the next filter that the reader keeps into the prompt."""
        held = self._saved()
        if not held:
            self.say("No filter is kept yet: write name = filter, and enter keeps it.")
            return
        self._offered = (max(self._offered, -1 if step > 0 else 0) + step) % len(held)
        name, text = list(held.items())[self._offered]
        self.screen.prompt.value = text
        self.screen.prompt.cursor_position = len(text)
        self.changed(text)
        self.say(f"{name} ({self._offered + 1} of {len(held)}): {self.screen.sentence}")

    def stop(self) -> bool:
        """Stop what is being looked up; False where nothing is."""
        beside = self.beside
        if beside is None:
            return False
        self.halt()
        self.say(f"Stopped: {self._how_far(beside)}. Change the filter, or F shows all.")
        return True

    def look_up(self, *, again: bool = False) -> None:
        """Look the filter in force up beside the screen, if that takes long."""
        filter_ = self.reading.filter
        slow = not filter_.served and (again or not self.session.ready(filter_))
        self._again = again and self.beside is not None
        if slow and self.beside is None and self.session.to_look_at(filter_):
            self._begin(filter_, aloud=not again)

    def _filter(self, text: str) -> Filter:
        said = naming(text)
        begin = text.index("=") + 1 if said else 0
        try:
            if text.lstrip().startswith("="):
                text = self._saved_filters().meant(text)
            return self.session.filter(text[begin:])
        except FilterError as error:
            raise error.moved(begin) from error

    def _begin(self, filter_: Filter, *, aloud: bool = True) -> None:
        app = self.screen.app

        def tell(beside: Beside) -> None:
            # The desk may be gone by the time that the thread has something to say.
            with contextlib.suppress(RuntimeError):
                app.call_later(self.heard, beside)

        self.beside = Beside(self.session, filter_, tell)
        self.beside.start()
        if aloud:
            self._say_how_far(self.beside)

    def heard(self, beside: Beside) -> None:
        """The thread tells how far it is, or that it has come to its end."""
        if beside is not self.beside:
            return
        if beside.failed:
            self.beside = self._wanted = None
            self.say(beside.failed)
        elif not beside.over or beside.walk is None:
            if self.screen.writing == "FILTER":
                self._say_how_far(beside)
        else:
            self.beside = None
            self.session.use(beside.walk, beside.acts)
            wanted, self._wanted = self._wanted, None
            if wanted is not None:
                self._apply(wanted)
            elif self.screen.writing == "FILTER":
                self.say(f"{beside.found} of {counted(self.session.count(), 'claim')}")
            else:
                self.screen.draw()
            # The order may be another by now, or the case.
            self.look_up(again=self._again)

    def halt(self) -> None:
        """Look nothing up any more."""
        beside, self.beside, self._wanted = self.beside, None, None
        if beside is not None:
            beside.stop()

    def _say_how_far(self, beside: Beside) -> None:
        self.say(f"{self._how_far(beside)}; esc stops")

    def _how_far(self, beside: Beside) -> str:
        total = self.session.to_look_at(beside.filter)
        seen = round(total * beside.part)
        return f"{beside.found:,} found, {seen:,} of {total:,} claims looked at"

    def _point(self, error: FilterError) -> None:
        """Say what is wrong, with a sign over the place in the prompt below."""
        self.say(error.sentence)
        prompt, width = self.screen.prompt, self.screen.size.width
        shown = display(prompt.value[: error.at], newlines=False)
        column = LABEL + cell_width(shown) - int(prompt.scroll_offset.x)
        if LABEL <= column < width:
            told = rows.status(self.screen.writing, self.screen.sentence, width)
            self.screen.status.show(*told, [(" " * column, rows.PLAIN), ("v", ALERT)])

    def _say_kept(self, name: str, text: str) -> None:
        did = "kept; f and tab offer it" if text else "forgotten"
        self.say(f"The filter '{name}' is {did}. {self.screen.sentence}")

    def _saved_filters(self) -> SavedFilters:
        return SavedFilters(self.session.reader)

    def _saved(self) -> dict[str, str]:
        try:
            return self._saved_filters().all()
        except (ReviewerError, OSError):
            return {}

    def _apply(self, text: str) -> None:
        self.reading.set_filter(text)
        self.screen.close_writing()
        self._shown()

    def _shown(self) -> None:
        reading = self.reading
        row = None if reading.view and reading.in_filter() else reading.first()
        n = self.session.count(reading.filter)
        if row is not None and row.id != reading.claim:
            self.screen.show_claim(row.id, jump=True)
            self.say(f"{counted(n, 'claim')}; went to {row.id}, o goes back.")
            return
        self.screen.draw()
        self.screen.keep_place()
        self.say(
            f"{counted(n, 'claim')}."
            if n
            else "No claim matches; F shows all, f changes the filter."
        )
