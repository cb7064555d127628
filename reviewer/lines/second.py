"""Second readings in lines: asking for one, and settling two."""

from reviewer.lines.offering import Offering
from reviewer.lines.origins import beside_lines
from reviewer.lines.parts import one_line
from reviewer.model.claims import ClaimView
from reviewer.model.clock import day
from reviewer.service import adjudicating, second_reading

MOST = 50


class Second(Offering):
    """The commands of second readings."""

    def do_readings_ask(self) -> None:
        """Ask for a second reading."""
        self._recorded(second_reading.ask(self.session, self.shown))
        self.refresh()

    def do_readings_open(self) -> None:
        """Print the readings of a claim on which readers differ, and settle them."""
        view = self.shown if self.view else None
        if view is None or len(adjudicating.readings(view)) < 2:
            found = self.session.disagreements(limit=MOST)
            if not found:
                why = f" {adjudicating.too_few(view)}" if view is not None else ""
                self.say(f"Readers differ on no claim that you may see.{why}")
                return
            self.say(f"Readers differ on: {', '.join(one_line(one.claim) for one in found)}.")
            self.go(found[0].claim, jump=True)
            view = self.shown
        self._tell_readings(view)
        self._settle(view)

    def _tell_readings(self, view: ClaimView) -> None:
        for n, verdict in enumerate(adjudicating.readings(view)):
            label = self.session.scale.label(verdict.value)
            blind = "read blind" if verdict.data.get("blind") else "not read blind"
            whose = adjudicating.named(self.session, view, n)
            self.say(f"{one_line(whose)}, {day(verdict.at)}, {blind}: {one_line(label)}.")
            self.say(*beside_lines(view, verdict))
            if verdict.note:
                self.say(f"Its note: {one_line(verdict.note)}")

    def _settle(self, view: ClaimView) -> None:
        found = adjudicating.readings(view)
        letters = "abcdefg"[: len(found)]
        said = self.ask(
            f"Settle it: {'/'.join(letters)} agrees, a verdict's number and why, or a question"
            " with ? before it"
        )
        if not said or not said.strip():
            self.say("Nothing was settled.")
            return
        first, _, why = said.strip().partition(" ")
        value = self.session.scale.by_key(int(first)) if first.isdigit() else None
        if first.startswith("?"):
            self.recorded(adjudicating.send_back(self.session, view, said.strip()[1:]))
        elif len(first) == 1 and first.lower() in letters:
            reading = found[letters.index(first.lower())]
            self.recorded(adjudicating.agree(self.session, view, reading, why))
        elif value is not None:
            self.recorded(adjudicating.settle(self.session, view, value.value, why))
        else:
            self.say(f"'{one_line(first)}' is none of these; nothing was settled.")
            return
        self.refresh()
        self.say(*self.judged())
