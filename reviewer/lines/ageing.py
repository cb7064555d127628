"""Verdicts that age, in lines: another look, opening anew."""

from reviewer.lines.offering import Offering
from reviewer.service import ageing


class Ageing(Offering):
    """The commands about the age of verdicts."""

    def do_claim_recheck(self) -> None:
        """Set the day of another look, or take it back."""
        said = self.ask(f"Look again on which day, and why ({ageing.EXAMPLE}; empty takes it back)")
        if said is None:
            self.say("No day is set.")
            return
        day, _, why = said.strip().partition(" ")
        self.recorded(ageing.recheck(self.session, self.shown, day, why))
        self.refresh()

    def do_claim_reopen(self) -> None:
        """Put the claim back into the queue."""
        why = self.ask("Reopen it, because (may be empty)")
        if why is None:
            self.say("It is not reopened.")
            return
        self.recorded(ageing.reopen(self.session, self.shown, why))
        self.refresh()
        self.say(*self.judged())
