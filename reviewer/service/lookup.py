"""What is looked up beside the screen: in a thread that can be stopped and tells how it ended."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial

from reviewer.model.errors import ReviewerError, StoppedError

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from typing import Self


class LookUp(threading.Thread, ABC):
    """One look-up. `tell` is called in its thread, the last time when it is over."""

    def __init__(self, name: str, tell: Callable[[Self], None]) -> None:
        super().__init__(daemon=True, name=name)
        self.failed = ""
        """Why nothing was found, as a sentence."""
        self.stopped = False
        self._tell = partial(tell, self)

    def run(self) -> None:
        """Look until it is known, or stopped: then nothing is told."""
        try:
            self.look()
        except StoppedError:
            return
        except ReviewerError as error:
            self.failed = error.sentence
        if not self.stopped:
            self._tell()

    @abstractmethod
    def look(self) -> None:
        """Look, over a connection of its own.

        Raises:
            StoppedError: it was stopped meanwhile.
            ReviewerError: the case cannot be read.
        """

    def stop(self) -> None:
        """Stop; whatever it was looking at is left at once."""
        self.stopped = True
