"""Judging: verdicts, notes, setting aside, marking, undo. Written before the screen moves."""

import contextlib
from collections.abc import Iterator

from textual.app import SuspendNotSupported

from reviewer.desk.handler import Handler
from reviewer.model.claims import QueueRow, State
from reviewer.model.entry import Entry
from reviewer.model.errors import ReasonNeededError, ReviewerError, UsageError
from reviewer.model.judgements import LogLine
from reviewer.model.scale import ScaleValue
from reviewer.service.editor import edit, editor


class Judging(Handler):
    """The commands that record."""

    _kept = ("", "")
    """The claim whose draft was kept last, and its text."""
    _warned = ""
    """The note that was not saved at once, because of its words."""
    _told_fault = False
    """Whether the status line says what is wrong with them."""

    def verdict(self, key: int) -> None:
        """`1` to `9`: record the verdict, then show the next undecided claim."""
        value = self.session.scale.by_key(key)
        if value is None:
            return
        if self.screen.held:
            # It would judge one claim after another unread.
            self.say(f"{key} is held down; let it go, then read the claim.")
            return
        try:
            self.judge(value)
        except ReasonNeededError as error:
            self.screen.reasons.ask(value, error)

    def judge(self, value: ScaleValue, reason: str = "") -> None:
        """Record a verdict, and show the next undecided claim.

        Raises:
            ReasonNeededError: it needs a reason, and none is given.
        """
        claim = self.reading.claim
        draft = self.reading.places.draft(claim)
        words = {"reason": reason} if reason else None
        entry = self.session.decide(self.view, value.value, draft.strip() or None, words=words)
        if entry is None:
            self.say(f"{claim} is {value.label} already; nothing changed.")
            return
        said = self._said(entry) + self._mind()
        if draft:
            self.reading.places.forget_draft(claim)
            said = said.replace("with a note", "with your draft as its note")
        if "readings" in entry.data:
            from reviewer.service.second_reading import what_of_the_other

            said += f" {what_of_the_other(self.session, entry, self._key('readings.open'))}"
        said += self._for_rivals(claim, value.value)
        self.reading.refresh()

        def go_on(row: QueueRow | None) -> None:
            if row is not None:
                self.screen.show_claim(row.id, jump=True)
                self.say(said + self.screen.moves.read_too())
            else:
                self.screen.draw()
                self.say(f"{said} {self.screen.moves.nothing_waits()}")

        self.screen.seeking.seek(self.reading.find("undecided"), go_on, said)

    def _for_rivals(self, claim: str, value: str) -> str:
        # Imported where it is first needed: the first verdict waits for it, the first frame not.
        from reviewer.service.rivals import after_verdict

        return after_verdict(self.session, claim, value)

    def _mind(self) -> str:
        if not self.session.as_of:
            return ""
        from reviewer.service.ageing import mind

        said = mind(self.view, self.session.as_of)
        return f" {said}" if said else ""

    def verdict_withdraw(self) -> None:
        """`0`."""
        self._done(self.session.withdraw(self.view))

    def claim_set_aside(self) -> None:
        """`s`."""
        if self.screen.held:
            self.say("s is held down; let it go, then read the claim.")
            return
        aside = self.view.row.state is State.SET_ASIDE
        said = self._said(self.session.set_aside(self.view, on=not aside))
        self.reading.refresh()

        def go_on(row: QueueRow | None) -> None:
            if row is None:
                self.screen.draw()
                self.say(said)
            else:
                self.screen.show_claim(row.id, jump=True)
                self.say(said + self.screen.moves.read_too())

        if aside:
            go_on(None)
        else:
            self.screen.seeking.seek(self.reading.find("undecided"), go_on, said)

    def claim_mark(self) -> None:
        """`m`."""
        self._done(self.session.mark(self.view, on=not self.view.row.marked))

    def note_write(self) -> None:
        """`c`."""
        claim = self.reading.claim
        self._kept = ("", "")
        draft = self.reading.places.draft(claim)
        text = draft or self.view.note_of(self.session.reader)
        self.screen.open_note(text)
        self.say("Your draft is back, not saved yet." if draft else f"Your note on {claim}.")

    def keep_draft(self, text: str) -> None:
        """Keep what is written so far; called at every keystroke, and again where it is drawn."""
        if self._kept == (self.reading.claim, text):
            return
        recorded = text.strip() == self.view.note_of(self.session.reader)
        try:
            self.reading.places.keep_draft(self.reading.claim, "" if recorded else text)
            self._kept = (self.reading.claim, text)
        except OSError as error:
            self.say(f"No draft of the note can be kept ({error.strerror}); enter saves the note.")
            return
        self._check(text)

    def _check(self, text: str) -> None:
        """Say at once what the rules of likelihood do not let stand; nothing stops the typing."""
        fault = self._fault(text)
        if fault:
            self.say(f"{fault}.")
        elif self._told_fault:
            self.say(f"Your note on {self.reading.claim}.")
        self._told_fault = bool(fault)

    def _fault(self, text: str) -> str:
        if not self.view.rules.likelihood:
            return ""
        from reviewer.insight.wording import first_fault

        return first_fault(text)

    def save_note(self, text: str) -> None:
        """Record the note; it stays a draft where that fails.

        One that the rules of likelihood speak against is recorded the second time.
        """
        fault = self._fault(text)
        if fault and self.screen.writing and text != self._warned:
            self._warned = text
            self.say(f"{fault}. enter again saves it as it is.")
            return
        self._warned = ""
        try:
            entry = self.session.note(self.view, text)
        except ReviewerError as error:
            self.screen.close_writing()
            self.reading.refresh()
            self.screen.draw()
            self.say(f"{error.sentence} Your draft is kept; c opens it.")
            return
        self.reading.places.forget_draft(self.reading.claim)
        self.screen.close_writing()
        if entry is None:
            self.screen.draw()
            self.say("The note stands as it was.")
        else:
            self._done(entry)

    def leave_note(self) -> None:
        """Back to reading; the draft stays."""
        self.screen.close_writing()
        self.screen.draw()
        if self.reading.places.draft(self.reading.claim):
            self.say("Your draft is kept, not saved; c goes on with it.")
        else:
            saved = self.view.note_of(self.session.reader)
            self.say("The note stands as it was." if saved else "No note.")

    def note_editor(self) -> None:
        """`e`."""
        claim = self.reading.claim
        self._kept = ("", "")
        text = self.reading.places.draft(claim) or self.view.note_of(self.session.reader)
        command = editor()
        if not command:
            raise UsageError("Neither $VISUAL nor $EDITOR is set; c writes the note here.")
        try:
            written = edit(command, text, self.keep_draft, self._outside)
        except SuspendNotSupported as error:
            raise UsageError("No editor can be run here; c writes the note.") from error
        self.save_note(written)

    @contextlib.contextmanager
    def _outside(self) -> Iterator[None]:
        # Nothing may be drawn while the editor has the terminal; and an error that left
        # `suspend` would leave the terminal with neither of the two.
        failed: OSError | None = None
        with self.screen.app.suspend(), self.screen.app.batch_update():
            try:
                yield
            except OSError as error:
                failed = error
        if failed is not None:
            raise failed

    def act_undo(self) -> None:
        """`u`."""
        self._undone(self.session.undo(), f"{self._key('act.redo')} redoes")

    def act_redo(self) -> None:
        """`U`."""
        self._undone(self.session.redo(), f"{self._key('act.undo')} undoes")

    def _undone(self, line: LogLine, how: str) -> None:
        elsewhere = line.claim and line.claim != self.reading.claim
        # What came from another laptop may be about a claim that is not held here.
        if elsewhere and self.session.has_claim(line.claim):
            self.screen.show_claim(line.claim, jump=True)
        else:
            self.reading.refresh()
            self.screen.draw()
        self.say(f"{line.alone}; {how}.")

    def _done(self, entry: Entry | None) -> None:
        said = self._said(entry)
        self.reading.refresh()
        self.screen.draw()
        self.say(said)

    def _said(self, entry: Entry | None) -> str:
        if entry is None:
            return "It is so already; nothing changed."
        return self.session.tell(entry).recorded(self._key("act.undo"))

    def _key(self, command: str) -> str:
        return self.screen.keymap.first_key(command)
