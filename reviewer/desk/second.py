"""Second readings: asking for one, and looking at two."""

from reviewer.desk.handler import Handler

NOTHING = "Readers differ on no claim that you may see."


class Second(Handler):
    """The commands of second readings."""

    def readings_ask(self) -> None:
        """`R`."""
        from reviewer.service import second_reading

        entry = second_reading.ask(self.session, self.view)
        if entry is None:
            self.say(f"You have asked for a second reading of {self.reading.claim} already.")
            return
        self.reading.refresh()
        self.screen.draw()
        self.say(self.session.tell(entry).recorded("u"))

    def readings_open(self) -> None:
        """`D`."""
        from reviewer.desk.readings import ReadingsScreen
        from reviewer.service import adjudicating

        view = self.reading.view
        here = view is not None and len(adjudicating.readings(view)) > 1
        if not here and not self.session.disagreements(limit=1):
            here_too = f" {adjudicating.too_few(view)}" if view is not None else ""
            self.say(f"{NOTHING}{here_too}")
            return
        screen = ReadingsScreen(self.session, self.reading.claim)
        self.screen.app.push_screen(screen, self._back)

    def _back(self, claim: str | None) -> None:
        self.reading.refresh()
        moved = bool(claim) and claim != self.reading.claim
        if claim and moved:
            self.screen.show_claim(claim, jump=True)
        self.screen.draw()
        self.say(f"{'At' if moved else 'Back at'} {self.reading.claim}.")
