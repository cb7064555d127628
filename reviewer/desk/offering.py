"""The command that lists what may bear on the claim, and the way to what was chosen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.desk.handler import Handler
from reviewer.model.claims import QueueRow
from reviewer.model.likely import as_hit
from reviewer.text.display import display

if TYPE_CHECKING:
    from reviewer.desk.likely import Left, Offer
    from reviewer.service.suggesting import Suggesting


class Offering(Handler):
    """`p`."""

    _suggesting: Suggesting | None = None
    _left: Left | None = None

    def likely_open(self) -> None:
        """`p`."""
        # What it needs is loaded by the first one: the desk must not wait for it.
        from reviewer.desk.likely import Left, LikelyScreen
        from reviewer.service.suggesting import Suggesting

        if self._suggesting is None:
            self._suggesting = Suggesting(self.session)
        screen = LikelyScreen(self._suggesting, self.view, self.screen.keymap, self._left or Left())
        self._left = screen.left
        self.screen.app.push_screen(screen, self._taken)

    def _taken(self, one: Offer | None) -> None:
        # Whatever was taken in the list stands in the texts now.
        self.reading.refresh()
        self.screen.draw()
        if isinstance(one, QueueRow):
            back = self.screen.keymap.first_key("claim.back")
            self.screen.show_claim(one.id, jump=True)
            self.say(f"{display(one.id, newlines=False)}; {back} goes back.")
        elif one is not None:
            self.screen.searching.go_to(as_hit(one))
        else:
            self.say(self.screen.sentence)
