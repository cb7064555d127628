"""What is recorded: verdicts, notes, marks; undo and redo."""

from reviewer.lines.moving import Moving
from reviewer.lines.parts import one_line
from reviewer.model.claims import State
from reviewer.model.entry import Entry
from reviewer.model.errors import ReasonNeededError, UsageError
from reviewer.model.judgements import LogLine
from reviewer.service.ageing import mind
from reviewer.service.editor import EditorError, edit, editor


class Judging(Moving):
    """The commands that record."""

    def do_verdict(self, key: int) -> None:
        """Record a verdict and go on to the next claim that waits for one."""
        value = self.session.scale.by_key(key)
        if value is None:
            return
        try:
            entry = self.session.decide(self.shown, value.value)
        except ReasonNeededError as needed:
            reason = self.ask(f"{needed.rests} Why all the same?")
            if reason is None or not reason.strip():
                self.say("Nothing was recorded.")
                return
            entry = self.session.decide(self.shown, value.value, words={"reason": reason})
        if entry is None:
            self.say(
                f"The verdict {one_line(value.label)} stands already on {one_line(self.claim)};"
                " nothing was recorded."
            )
            return
        self.recorded(entry)
        from reviewer.service.rivals import after_verdict

        if follows := after_verdict(self.session, self.claim, value.value):
            self.say(one_line(follows.strip()))
        if self.session.as_of and (said := mind(self.shown, self.session.as_of)):
            self.say(one_line(said))
        self._go_on()

    def do_verdict_withdraw(self) -> None:
        """Take the verdict back."""
        self.recorded(self.session.withdraw(self.shown))
        self._stay()

    def do_claim_set_aside(self) -> None:
        """Set the claim aside and go on, or take it back into the queue."""
        on = self.shown.row.state != State.SET_ASIDE
        self._recorded(self.session.set_aside(self.shown, on=on))
        if on:
            self._go_on()
        else:
            self.refresh()

    def do_claim_mark(self) -> None:
        """Mark the claim, or take the mark away."""
        self._recorded(self.session.mark(self.shown, on=not self.shown.row.marked))
        self.refresh()

    def _recorded(self, entry: Entry | None) -> None:
        if entry is None:
            self.say("It is so already; nothing changed.")
        else:
            self.recorded(entry)

    def do_act_undo(self) -> None:
        """Undo the newest act."""
        self._answered(self.session.undo(), f"{self.key('act.redo')} brings it back.")

    def do_act_redo(self) -> None:
        """Bring back what was undone last."""
        self._answered(self.session.redo(), f"{self.key('act.undo')} undoes it again.")

    def _answered(self, line: LogLine, then: str) -> None:
        self.say(f"{one_line(line.alone)}. {then}")
        if line.claim and line.claim != self.claim:
            self.go(line.claim, jump=True)
        else:
            self._stay()

    def _stay(self) -> None:
        self.refresh()
        self.say(*self.judged())

    def _go_on(self) -> None:
        row = self.session.take_next(self.filter, after=self.claim)
        if row:
            self.go(row.id, jump=True)
            return
        self.refresh()
        self.say(self.no_other())

    # The note

    def do_note_write(self) -> None:
        """Write the note in one line; every keystroke is kept."""
        text = self.ask("Note", self._note_so_far(), self._keep_draft)
        if text is None:
            self._not_recorded()
        else:
            self._save_note(text)

    def do_note_editor(self) -> None:
        """Write the note in the reader's own editor."""
        command = editor()
        write = f"{self.key('note.write')} writes the note here."
        if not command:
            raise UsageError(f"Neither $VISUAL nor $EDITOR is set; {write}")
        if self.means.outside is None:
            raise UsageError(f"An editor needs a terminal; {write}")
        try:
            text = edit(command, self._note_so_far(), self._keep_draft, self.means.outside)
        except EditorError as error:
            self.say(error.sentence)
            self._not_recorded()
            return
        self._save_note(text)

    def _not_recorded(self) -> None:
        if self.places.draft(self.claim):
            again = f"{self.key('note.write')} goes on with it"
            self.say(f"The note is not recorded; its draft is kept, {again}.")
        else:
            self._unchanged()

    def _unchanged(self) -> None:
        noted = self.shown.note_of(self.session.reader)
        self.say("The note stands as it was." if noted else "No note is written.")

    def _note_so_far(self) -> str:
        return self.places.draft(self.claim) or self.shown.note_of(self.session.reader)

    def _keep_draft(self, text: str) -> None:
        recorded = text.strip() == self.shown.note_of(self.session.reader)
        try:
            self.places.keep_draft(self.claim, "" if recorded else text)
        except OSError as error:
            self.say(f"The draft of the note cannot be kept ({error.strerror}).")

    def _save_note(self, text: str) -> None:
        # Should it be refused, since somebody else changed the claim, the draft is there.
        self._keep_draft(text)
        entry = self.session.note(self.shown, text)
        self.places.forget_draft(self.claim)
        if entry is None:
            self._unchanged()
            return
        self.recorded(entry)
        if self.shown.rules.likelihood:
            from reviewer.insight.wording import first_fault

            if fault := first_fault(text):
                self.say(f"But {one_line(fault)}; {self.key('note.write')} changes the note.")
        self.refresh()
