"""Others at work on the same case: what they do appears in place, and nothing moves."""

from reviewer.desk.handler import Handler
from reviewer.desk.lists import QueueScreen
from reviewer.model.errors import ReviewerError
from reviewer.service.news import news


class Watching(Handler):
    """Looks every moment whether others have written; the looking reads one number."""

    def look(self) -> None:
        """Hold the claim on the screen, and show what others have done since the last look."""
        try:
            self.session.stay(self.reading.claim)
            # What is written into the index of the search by our own hand is no news.
            ours = self.screen.searching.indexing or self.screen.ordering.alike is not None
            if not ours and self.session.changed_by_others():
                self._show()
        except ReviewerError as error:
            self.say(error.sentence)

    def _show(self) -> None:
        before = self.reading.view
        if before is None:
            self.reading.begin()
        else:
            self.reading.refresh()
        self.screen.filters.look_up(again=True)
        self.screen.draw()
        front = self.screen.app.screen
        if isinstance(front, QueueScreen):
            front.read()
        now = self.reading.view
        if before is not None and now is not None:
            told = " ".join(news(before, now, self.session.reader, self.session.scale))
            if told:
                self.say(told)
