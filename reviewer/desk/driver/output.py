"""Textual's own driver on the standard output; the terminal's user is never asked for focus."""

import sys
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

FOCUS_REPORTS = "\x1b[?1004h"


class OutputDriver(LinuxDriver):
    """Draws on the standard output, so that the standard error may go to a file."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._file = sys.__stdout__
        self.has_terminal = False

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data != FOCUS_REPORTS:
            # Each change to another window would draw parts of the screen anew.
            super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self.has_terminal = True
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _run_input_thread(self) -> None:
        # Textual's own prints a traceback and ends as if all were well.
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - a fault, told as any other
            self._app.call_later(self._app._handle_exception, error)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        super().stop_application_mode()
        self.has_terminal = False
