"""The commands that set claims and explanations against each other: `r` and `H`."""

from __future__ import annotations

from reviewer.desk.handler import Handler


class Against(Handler):
    """What opens is loaded by the first who opens it: the desk must not wait for it."""

    def rivals_open(self) -> None:
        """`r`."""
        from reviewer.desk.rivals import RivalScreen

        self.screen.app.push_screen(RivalScreen(self.session, self.view), self._left)

    def hypotheses_open(self) -> None:
        """`H`."""
        from reviewer.desk.hypotheses import MatrixScreen

        self.screen.app.push_screen(MatrixScreen(self.session, self.view), self._left)

    def _left(self, claim: str | None) -> None:
        # What was recorded there may have changed where work on the claim stands.
        self.reading.refresh()
        self.screen.draw()
        if claim and claim != self.reading.claim:
            back = self.screen.keymap.first_key("claim.back")
            self.screen.show_claim(claim, jump=True)
            self.say(f"{claim}; {back} goes back.")
        else:
            self.say(f"Back at {self.reading.claim}.")
