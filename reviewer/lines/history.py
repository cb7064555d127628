"""The history, in lines: told, narrowed, one's own acts undone from it, words erased."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.insight.ageing import evidence, sentences
from reviewer.lines.offering import Offering
from reviewer.lines.parts import one_line
from reviewer.model.clock import iso, minute
from reviewer.model.errors import ReviewerError
from reviewer.service.ageing import changes

if TYPE_CHECKING:
    from reviewer.model.judgements import LogLine

LONGEST_HISTORY = 200
ANSWER = re.compile(r"([uoEe]?)\s*(\d{1,4})")
HOW = (
    "A number tells its entry whole; u3 undoes entry 3, E3 erases its words, o3 goes to its claim;"
    " / and words narrow;"
)


class History(Offering):
    """The command that lists what was recorded, and what is done with an entry of it."""

    def do_claim_history(self) -> None:
        """List what was recorded of the claim, then, if asked, of the case."""
        claim = self.claim
        found = self._print_log(claim, "")
        if not found:
            return
        self._print_changes()
        while True:
            other = "the whole case" if claim else "this claim alone"
            said = self.ask(f"{HOW} enter lists {other}; q leaves")
            if said is None or said.strip() == "q":
                self.say("The history is closed.")
                return
            said = said.strip()
            if not said:
                claim = "" if claim else self.claim
                found = self._print_log(claim, "")
            elif said.startswith("/"):
                found = self._print_log(claim, said[1:])
            elif self._answer_log(said, found):
                return

    def _print_log(self, claim: str, words: str) -> list[LogLine]:
        """Print the newest entries, newest last; the last one has the number 1."""
        log = self.session.log(claim=claim, limit=LONGEST_HISTORY)
        found = [line for line in log if line.holds(words)]
        if not log:
            self.say("Nothing has been recorded about this claim.")
            return []
        newest = f"the newest {len(log)} of " if len(log) == LONGEST_HISTORY else ""
        of = "" if claim else " in the case"
        self.say(f"History: {newest}what was recorded{of}, newest last.")
        if not found:
            self.say(f"None of it has the words '{one_line(words.strip())}'.")
        for n, line in reversed(list(enumerate(found, start=1))):
            undone = " (undone)" if line.undone else ""
            said = f"{one_line(line.reader)}: {one_line(line.sentence)}{undone}"
            self.say(f"{n} {minute(line.at)}, {said}")
        return found

    def _print_changes(self) -> None:
        for change in changes(self.session, self.shown):
            self.say(f"What changed between two verdicts by {one_line(change.new.reader)}:")
            for line in (*sentences(change, self.session.scale), *evidence(change)):
                self.say(one_line(line))

    def _answer_log(self, said: str, found: list[LogLine]) -> bool:
        """Do what was answered; whether the history is done with."""
        answer = ANSWER.fullmatch(said)
        if answer is None or not 0 < int(answer[2]) <= len(found):
            self.say(f"There is no entry '{one_line(said)}' in this list.")
            return False
        how, one = answer[1], found[int(answer[2]) - 1]
        if how == "o":
            return self._go_to_claim_of(one)
        try:
            if how == "u":
                self._undo_chosen(one)
            elif how:
                self._erase(one)
            else:
                self._tell_whole(one)
        except ReviewerError as error:
            self.say(error.sentence)
        return False

    def _undo_chosen(self, one: LogLine) -> None:
        self.say(f"{one_line(self.session.undo_act(one.id).alone)}.")
        self.refresh()

    def _tell_whole(self, one: LogLine) -> None:
        self.say(f"Recorded {iso(one.at)} by {one_line(one.reader)}, entry {one.id}:")
        self.say(one_line(one.sentence), *map(one_line, one.words.splitlines()))

    def _go_to_claim_of(self, one: LogLine) -> bool:
        if not one.claim or not self.session.has_claim(one.claim):
            self.say("It is about no claim of this case.")
            return False
        self.go(one.claim, jump=True)
        return True

    def _erase(self, one: LogLine) -> None:
        self.say(f"{one.reader}: {one.sentence}")
        agreed = self.ask("Erase its words for good, for everybody? y goes on, all else does not")
        why = None
        if agreed is not None and agreed.strip() == "y":
            why = self.ask("Why? It stands with the erasure; name nobody in it (may be empty)")
        if why is None:
            self.say("Nothing was erased.")
            return
        erasure = self.session.redact(one.id, why)
        self.refresh()
        self.say("Erased for good. Copies, backups and exports keep the words.")
        if not erasure.wiped:
            self.say("Another program reads the file: erase it once more later.")
