"""Showing how far long work is, and stopping it where it leaves nothing half done."""

import signal
import sys
import threading
from typing import Any, Self


class Watched:
    """Long work that shows how far it is, on a terminal, and stops between batches at ctrl+c."""

    def __init__(self, doing: str) -> None:
        self.doing = doing
        self.stop = False
        self.shown = sys.stderr.isatty()
        self._before: Any = None

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
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self.shown:
            print(file=sys.stderr)

    def _interrupted(self, *_: object) -> None:
        if self.stop:
            raise KeyboardInterrupt
        self.stop = True
