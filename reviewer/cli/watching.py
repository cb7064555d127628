"""Showing how far long work is, and stopping it where it leaves nothing half done."""

import signal
import sys
import threading
from abc import ABC, abstractmethod
from typing import Any, Self


class Interruptible(ABC):
    """Long work that shows how far it is, on a terminal, and is told of ctrl+c."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self._before: Any = None

    @abstractmethod
    def interrupted(self) -> None:
        """Somebody pressed ctrl+c."""

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, lambda *_: self.interrupted())
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)


class Watched(Interruptible):
    """Long work that stops between batches at ctrl+c, and at once the second time."""

    def __init__(self, doing: str) -> None:
        super().__init__()
        self.doing = doing
        self.stop = False

    def progress(self, so_far: str) -> bool:
        """Show how far it is.

        Returns:
            Whether to go on.
        """
        if self.shown:
            ending = "stopping" if self.stop else "ctrl+c stops here"
            told = f"\r{self.doing}... {so_far}; {ending:<17}"
            print(told, end="", file=sys.stderr, flush=True)
        return not self.stop

    def __enter__(self) -> Self:
        if self.shown:
            print(f"{self.doing}...", end="", file=sys.stderr, flush=True)
        return super().__enter__()

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        if self.shown:
            print(file=sys.stderr)

    def interrupted(self) -> None:
        """Stop after this batch, or now."""
        if self.stop:
            raise KeyboardInterrupt
        self.stop = True
