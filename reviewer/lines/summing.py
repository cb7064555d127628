"""The summary of the sitting and the agreement of the readers, in lines and without a plot."""

from __future__ import annotations

from reviewer.lines.offering import Offering
from reviewer.lines.parts import one_line
from reviewer.text.units import counted


class Summing(Offering):
    """The command that sums the sitting up."""

    def do_sitting_summary(self) -> None:
        """Print the summary, then, if asked, how far the readers agree."""
        from reviewer.service.summing import fields, summary

        for label, value in fields(summary(self.session), self.session.scale):
            self.say(one_line(f"{label}: {value}"))
        said = self.ask("a prints how far the readers agree; enter goes on")
        if said is not None and said.strip().lower() == "a":
            self._agreement()

    def _agreement(self) -> None:
        from reviewer.service.agreeing import AT_ONCE, agreement, read_twice
        from reviewer.service.telling_agreement import NONE_YET, notes, sections

        several = read_twice(self.session)
        if several > AT_ONCE:
            self.say(f"Read by two or more: {counted(several, 'claim')}: reviewer agreement.")
            return
        found = agreement(self.session)
        if not found.claims:
            self.say(NONE_YET)
            return
        for heading, said in sections(found, self.session.scale):
            self.say(one_line(f"{heading}:"))
            self.say(*(one_line(f"{label}: {value}") for label, value in said))
        self.say(*notes(found, self.session.scale))
