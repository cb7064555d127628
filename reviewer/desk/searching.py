"""The command that searches the whole case, and the way to what it found."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from reviewer.desk.find import Hit as Place
from reviewer.desk.handler import Handler
from reviewer.desk.reading import RECORDING, STATEMENT
from reviewer.model.evidence import Recording, Target
from reviewer.model.searching import Hit
from reviewer.text.display import display

if TYPE_CHECKING:
    from reviewer.service.search_beside import Answer, Progress, Searcher

FAR = 1 << 30


class Searching(Handler):
    """`S`."""

    _words = ""
    searcher: Searcher | None = None
    """What searches beside the screen, once there was a search."""

    def search_open(self) -> None:
        """`S`."""
        # What a search needs is loaded by the first one: the desk must not wait for it.
        from reviewer.desk.search import SearchScreen
        from reviewer.service.search_beside import Searcher

        if self.searcher is None or not self.searcher.is_alive():
            self.searcher = Searcher(self.session, self._tell)
            self.searcher.start()
        self.screen.app.push_screen(SearchScreen(self.searcher, self._words), self._taken)

    @property
    def indexing(self) -> bool:
        """Whether the index of the search is being brought up to date."""
        return self.searcher is not None and self.searcher.indexing

    def close(self) -> None:
        """The desk ends."""
        if self.searcher is not None:
            self.searcher.close()

    def _tell(self, told: Answer | Progress) -> None:
        # The desk may be gone by the time that the thread has something to say.
        with contextlib.suppress(RuntimeError):
            self.screen.app.call_later(self._heard, told)

    def _heard(self, told: Answer | Progress) -> None:
        from reviewer.desk.search import SearchScreen

        front = self.screen.app.screen
        if isinstance(front, SearchScreen):
            front.heard(told)

    def _taken(self, taken: tuple[Hit | None, str] | None) -> None:
        hit, self._words = taken or (None, self._words)
        if hit is not None:
            self.go_to(hit)

    def go_to(self, hit: Hit) -> None:
        """Go to a claim, or put a text beside the one on the screen, at what was found."""
        if hit.kind in ("claim", "note"):
            self.screen.show_claim(hit.id, jump=True)
            self.say(f"{display(hit.id, newlines=False)}; {self._key('claim.back')} goes back.")
            return
        target = self.session.text(hit.id)
        if self.reading.view is None:
            title = display(target.title or target.id, newlines=False)
            from reviewer.desk.lists import TextScreen
            from reviewer.desk.shelf import whole_text

            screen = TextScreen(title, lambda width: whole_text(target, width))
            self.screen.app.push_screen(screen)
            return
        self._beside(target, hit)

    def _beside(self, target: Target, hit: Hit) -> None:
        """Put the text beside the claim, scrolled to what was found in it."""
        reading, finds = self.reading, self.screen.finds
        linked = reading.view is not None and reading.view.target(target.id) is not None
        reading.lay_beside(target)
        reading.context = None
        if hit.field == "translation" or reading.language == "translation":
            reading.language = "both"
        self.screen.draw()
        self.screen.painter.bring_excerpts()
        pane = RECORDING if isinstance(target, Recording) else STATEMENT
        if hit.words and hit.field in ("text", "translation"):
            finds.look_for(hit.words, lambda place: self._distance(place, pane, hit))
        self.screen.keep_place()
        select = self._key("select.start")
        unlinked = f"; nothing links it to this claim yet: {select} makes an excerpt"
        self.say(f"{display(hit.id, newlines=False)}{'' if linked else unlinked}.")

    def _distance(self, place: Place, pane: str, hit: Hit) -> int:
        """How far a place in the texts on the screen is from what was found."""
        if place.pane != pane:
            return FAR
        shows = self.screen.statement if pane == STATEMENT else self.screen.recording
        block = shows.document.blocks[place.block]
        translated = block.base is None
        wrong = translated is not (hit.field == "translation")
        if hit.segment is not None:
            return (block.segment != hit.segment) * (FAR // 2) + wrong * (FAR // 4) + place.start
        at = (block.base or 0) + block.shown.source(place.start)
        return wrong * (FAR // 2) + abs(at - hit.at)

    def _key(self, command: str) -> str:
        return self.screen.keymap.first_key(command)
