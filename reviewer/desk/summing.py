"""The command that sums the sitting up."""

from __future__ import annotations

from reviewer.desk.handler import Handler


class Summing(Handler):
    """`M`."""

    def sitting_summary(self) -> None:
        """`M`."""
        # What it needs is loaded by the first one.
        from reviewer.desk.summary import SummaryScreen

        key = self.screen.keymap.first_key("sitting.summary")
        self.screen.app.push_screen(SummaryScreen(self.session, key))
