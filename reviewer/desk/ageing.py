"""Verdicts that age: another look, and opening anew. Each asks for its words in the prompt."""

from __future__ import annotations

from reviewer.desk.handler import Handler
from reviewer.model.entry import Entry, Kind
from reviewer.model.errors import ReviewerError
from reviewer.model.naming import is_by

AGAIN, REOPEN = "AGAIN", "REOPEN"
PROMPTS = (AGAIN, REOPEN)


class Ageing(Handler):
    """`W` and `X`."""

    _held = ""

    def claim_recheck(self) -> None:
        """`W`."""
        from reviewer.service.ageing import EXAMPLE

        found = self.session.findings(Kind.RECHECK, self.reading.claim)
        mine = [one for one in found if is_by(one.reader, self.session.reader)]
        self._held = f"{mine[0].value} {mine[0].words.get('why', '')}".strip() if mine else ""
        self.screen.open_prompt(AGAIN, self._held)
        back = "; nothing takes it back" if self._held else ""
        self.say(f"A day and, behind it, why: {EXAMPLE}{back}; esc leaves.")

    def claim_reopen(self) -> None:
        """`X`."""
        self.screen.open_prompt(REOPEN, "")
        self.say("Why, or nothing; enter puts it back into the queue, esc leaves.")

    def changed(self, text: str) -> None:
        """The reader types; nothing follows from it yet."""

    def taken(self, text: str) -> None:
        """The reader took the prompt."""
        from reviewer.service import ageing

        asked, said = self.screen.writing, text.strip()
        if asked == AGAIN and said == self._held:
            self.left()
            return
        try:
            if asked == REOPEN:
                entry = ageing.reopen(self.session, self.view, said)
            else:
                day, _, why = said.partition(" ")
                entry = ageing.recheck(self.session, self.view, day, why)
        except ReviewerError as error:
            self._refused(error)
            return
        self._done(entry)

    def _refused(self, error: ReviewerError) -> None:
        self.screen.close_writing()
        self.reading.refresh()
        self.screen.draw()
        self.say(error.sentence)

    def _done(self, entry: Entry) -> None:
        self.screen.close_writing()
        self.reading.refresh()
        self.screen.draw()
        undoes = self.screen.keymap.first_key("act.undo")
        self.say(self.session.tell(entry).recorded(undoes))

    def left(self) -> None:
        """The reader left the prompt."""
        self.screen.close_writing()
        self.say("As it was before.")
