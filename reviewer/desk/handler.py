"""What the handlers of the desk share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.desk.reading import Reading
from reviewer.model.claims import ClaimView
from reviewer.service.session import Session

if TYPE_CHECKING:
    from reviewer.desk.review import ReviewScreen


class Handler:
    """Commands of one kind; a method for each, named after the command's id."""

    def __init__(self, screen: ReviewScreen) -> None:
        self.screen = screen

    @property
    def reading(self) -> Reading:
        """Where the reader is."""
        return self.screen.reading

    @property
    def session(self) -> Session:
        """The open case."""
        return self.screen.reading.session

    @property
    def view(self) -> ClaimView:
        """The claim on the screen; commands that need one are disabled without."""
        view = self.reading.view
        if view is None:
            raise RuntimeError("a command ran without a claim on the screen")
        return view

    def say(self, sentence: str) -> None:
        """Put a sentence into the status line."""
        self.screen.say(sentence)
