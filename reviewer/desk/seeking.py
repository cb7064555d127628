"""Going to a claim of a filter that takes long: at once where it is near, else once it is found.

Meanwhile the reader scrolls and reads on. What would be recorded on the claim that is still on
the screen is refused: a key typed ahead was meant for the one that comes.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.desk.handler import Handler
from reviewer.model.claims import QueueRow
from reviewer.model.errors import StoppedError
from reviewer.service.ahead import Ahead, Find
from reviewer.service.commands import Command

MEANT_FOR_THE_NEXT = (
    *("verdict.", "note.", "claim.set_aside", "claim.mark", "select.", "excerpt.take_back"),
)
GOING_ON = (
    *("evidence.page", "evidence.line", "evidence.pane", "evidence.more", "evidence.less"),
    *("evidence.language", "excerpt.next", "excerpt.previous", "layout."),
    *("claim.next", "claim.previous", "claim.first", "claim.last"),
    *("app.step_back", "app.redraw", "app.interrupt"),
)
"""Commands that leave it alone, or see to it themselves; all others stop it."""

Then = Callable[[QueueRow | None], None]


@dataclass(frozen=True, slots=True)
class _Sought:
    ahead: Ahead
    then: Then


class Seeking(Handler):
    """Looks for claims, for the commands that go to them."""

    _sought: _Sought | None = None
    _quicker = ""
    """The claim at which another reader was quicker."""

    @property
    def ahead(self) -> Ahead | None:
        """What is looked for at the moment, if anything is."""
        return self._sought.ahead if self._sought else None

    def seek(self, find: Find, then: Then, said: str = "") -> None:
        """Go on with the claim that is found, or with None where there is none.

        Args:
            find: which claim.
            then: what to do with it; it may be done later.
            said: what has been done already, to be said where it takes longer.
        """
        if self.ahead is not None and self.ahead.find == find:
            self._say_still()
            return
        self.stop()
        try:
            row = self.session.quickly(find)
        except StoppedError:
            self.screen.draw()
            self._begin(find, then)
            self._say_still(said)
        else:
            self._land(find, row, then, said)

    def stop(self) -> bool:
        """Look no longer; False where nothing was looked for."""
        sought, self._sought = self._sought, None
        if sought is not None:
            sought.ahead.stop()
        return sought is not None

    def step_back(self) -> bool:
        """`esc`: stop, and stay; False where nothing was looked for."""
        stopped = self.stop()
        if stopped:
            self.say(f"Stopped; still on {self.reading.claim}.")
        return stopped

    def refuses(self, command: Command) -> str:
        """Why a command cannot be given while a claim is looked for; others may stop that."""
        if self._sought is None:
            return ""
        if command.id.startswith(MEANT_FOR_THE_NEXT):
            return "another claim is still looked for; esc stops, then it is for this one"
        if not command.id.startswith(GOING_ON):
            self.stop()
        return ""

    def _begin(self, find: Find, then: Then) -> None:
        app = self.screen.app

        def tell(ahead: Ahead) -> None:
            # The desk may be gone by the time that the thread has something to say.
            with contextlib.suppress(RuntimeError):
                app.call_later(self._heard, ahead)

        self._sought = _Sought(Ahead(self.session, find, tell), then)
        self._sought.ahead.start()

    def _heard(self, ahead: Ahead) -> None:
        sought = self._sought
        if sought is None or ahead is not sought.ahead:
            return
        self._sought = None
        find = ahead.find
        if ahead.failed:
            self.say(ahead.failed)
        elif find != self.reading.find(find.which):
            self.say("The queue is another now; nothing was gone to.")
        elif ahead.row is not None and not find.still(self.session, ahead.row):
            self._begin(find, sought.then)
        else:
            self._land(find, ahead.row, sought.then)

    def _land(self, find: Find, row: QueueRow | None, then: Then, said: str = "") -> None:
        """Go on with a claim; where another reader was quicker, with the next one."""
        if find.which != "undecided" or row is None or self.session.hold(row.id):
            self._quicker = ""
        elif row.id != self._quicker:
            self._quicker = row.id
            self.seek(find, then, said)
            return
        # It is found again though another has it: others have all that wait before them.
        self._quicker = ""
        then(row)

    def _say_still(self, said: str = "") -> None:
        self.say(f"{said} Still looking for the claim to go to; esc stops.".lstrip())
