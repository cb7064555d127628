"""Why a verdict is given on too few origins; on whose word a claim rests; how likely it is."""

from __future__ import annotations

from reviewer.desk.handler import Handler
from reviewer.model.errors import ReasonNeededError, ReviewerError
from reviewer.model.scale import ScaleValue

REASON = "REASON"


class Reasons(Handler):
    """The line in which a reader says why, once a rule of the case has asked."""

    _value: ScaleValue | None = None

    def ask(self, value: ScaleValue, needed: ReasonNeededError) -> None:
        """Ask why a verdict is given all the same; nothing is recorded yet."""
        self._value = value
        self.screen.open_prompt(REASON, self.reading.places.draft(self._draft))
        # A reason is gone on with, not replaced as a filter is.
        self.screen.prompt.action_end()
        self.say(f"{needed.rests} Why all the same? enter records it, esc records nothing.")

    def changed(self, text: str) -> None:
        """The reader typed; it is there again where the verdict is asked for again.

        It is kept like a note at every keystroke: nothing runs when a line drops.
        """
        try:
            self.reading.places.keep_draft(self._draft, text)
        except OSError as error:
            self.say(f"No draft of the reason can be kept ({error.strerror}); enter records it.")

    @property
    def _draft(self) -> str:
        return f"{self.reading.claim}\n{REASON}"

    def taken(self, text: str) -> None:
        """The reader gave the reason."""
        if self._value is None or not text.strip():
            self.say("Say why in words; esc records nothing.")
            return
        self.screen.close_writing()
        draft = self._draft
        try:
            self.screen.judging.judge(self._value, text)
        except ReviewerError as error:
            self.reading.refresh()
            self.screen.draw()
            self.say(error.sentence)
            return
        self.reading.places.forget_draft(draft)

    def left(self) -> None:
        """The reader left it: no verdict."""
        self._value = None
        self.screen.close_writing()
        self.screen.draw()
        self.say("Nothing was recorded.")


class Weighing(Handler):
    """`O` and `P`. What opens over the desk is imported when it is first opened."""

    def origins_open(self) -> None:
        """`O`."""
        from reviewer.desk.origins import OriginsScreen

        self.screen.app.push_screen(OriginsScreen(self.session, self.view), self._back)

    def estimate_open(self) -> None:
        """`P`."""
        from reviewer.desk.estimates import EstimateScreen

        mine = self.view.mine(self.session.reader)
        if mine is not None:
            label = self.session.scale.label(mine.value)
            of = f"your verdict on {self.reading.claim}: {label}"
            self.screen.app.push_screen(EstimateScreen(of, mine.data, self.view), self._estimated)

    def _back(self, _: str | None) -> None:
        # An origin may have been given there, and with it the count beside the verdict.
        self.reading.refresh()
        self.screen.draw()
        self.say(f"Back at {self.reading.claim}.")

    def _estimated(self, given: dict[str, str] | None) -> None:
        mine = self.view.mine(self.session.reader)
        if given is None or mine is None:
            self.say("Nothing was recorded.")
            return
        try:
            entry = self.session.decide(self.view, mine.value, more={**given})
        except ReasonNeededError as error:
            self.say(f"{error.sentence} Give the verdict again first.")
            return
        except ReviewerError as error:
            self.reading.refresh()
            self.screen.draw()
            self.say(error.sentence)
            return
        self.reading.refresh()
        self.screen.draw()
        undo = self.screen.keymap.first_key("act.undo")
        already = "It is so already; nothing changed."
        self.say(self.session.tell(entry).recorded(undo) if entry else already)
