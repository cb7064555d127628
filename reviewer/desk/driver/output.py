"""Textual's own driver on the standard output; the terminal's user is never asked for focus."""

import sys
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from reviewer.desk.terminal import Terminal

FOCUS_REPORTS = "\x1b[?1004h"


class OutputDriver(LinuxDriver):
    """Draws on the standard output, so that the standard error may go to a file."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._file = sys.__stdout__
        self.has_terminal = False
        self.terminal: Terminal | None = None
        """The terminal as it was before, where somebody took it already."""

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data != FOCUS_REPORTS:
            # Each change to another window would draw parts of the screen anew.
            super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self.has_terminal = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self.terminal is not None:
            # What this driver found is not what the shell is to find.
            self.attrs_before = self.terminal.attributes
            self.terminal.held = False
            self.terminal = None

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
