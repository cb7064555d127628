"""The rows of the desk that are not evidence: each a widget of a few lines of runs."""

from textual.strip import Strip
from textual.widget import Widget

from reviewer.desk.paint import PLAIN, Run
from reviewer.desk.strips import strip_of

ANSWERS = "? keys"


def key_rows(keys: str, width: int, *, helped: bool = False) -> list[list[Run]]:
    """Keys with their words in as many rows as they need, broken only between two of them.

    `helped`: `?` tells of them, which is said where that takes no row of its own.
    """
    rows: list[str] = []
    for one in keys.split("  "):
        if rows and len(rows[-1]) + 2 + len(one) <= width:
            rows[-1] += f"  {one}"
        else:
            rows.append(one)
    if helped and len(rows[-1]) + 2 + len(ANSWERS) <= width:
        rows[-1] += f"  {ANSWERS}"
    return [[(row, PLAIN)] for row in rows]


class Bar(Widget):
    """Some rows of safe text. It is drawn again only when its words change."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.lines: list[list[Run]] = [[]]

    def show(self, *lines: list[Run]) -> None:
        """Show these rows."""
        if list(lines) == self.lines:
            return
        if len(lines) != len(self.lines):
            self.styles.height = len(lines)
        self.lines = list(lines)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        width = self.size.width
        return strip_of(self.lines[y], width) if y < len(self.lines) else Strip.blank(width)
