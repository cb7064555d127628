"""The picture as cells, and the reading of Textual's frames into it.

A cell holds one cluster of text that is safe to show, and its style. A wide cluster holds
its first cell; the second is empty, and neither stands without the other: whoever writes
over one half blanks the other. What a frame may do is place, style, write and erase; all
else in it is left out.
"""

from __future__ import annotations

from reviewer.desk.driver.styles import PLAIN, Style, on_blank, restyled
from reviewer.text.cells import clusters, is_single
from reviewer.text.display import display
from reviewer.text.patterns import compiled

Cell = tuple[str, Style]
Row = list[Cell]

BLANK: Cell = (" ", PLAIN)

MOST_MARKS = 16
"""As many marks as a letter may carry; terminals keep fewer."""

_BEGINS = r"\x1b\[\d+;\d+H"
_PIECES = (
    r"\x1b\[(?P<place>\d*(?:;\d*)?)H"
    r"|\x1b\[(?P<style>[\d;]*)m"
    r"|\x1b\[(?P<erase>\d?[JK])"
    r"|(?P<line>\r?\n)"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\]8;[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x1f\x7f-\x9f]"
)


def is_frame(data: str) -> bool:
    """Tell whether a piece of what Textual writes is a frame: such a one begins with a place."""
    return compiled(_BEGINS).match(data) is not None


class Picture:
    """What the terminal is to show, of a fixed size."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.rows: list[Row] = [[BLANK] * width for _ in range(height)]
        self.changed: set[int] = set(range(height))
        """The rows that were written to since somebody emptied this."""
        self.cursor = (0, 0)
        """Column and row where the last frame left it: where the reader writes, if anywhere."""
        self._joins = False

    def read(self, frame: str) -> None:
        """Take in a frame."""
        x = y = 0
        style = PLAIN
        self._joins = False
        for token in compiled(_PIECES).finditer(frame):
            kind, words = token.lastgroup, token[token.lastgroup or 0]
            if kind == "text":
                x = self.write(x, y, words, style)
            elif kind == "style":
                style = restyled(style, words)
            elif kind == "place":
                x, y = _place(words)
                self._joins = False
            elif kind == "line":
                x, y, self._joins = 0, y + 1, False
            elif kind == "erase":
                self._erase(x, y, words, style)
        self.cursor = (min(x, self.width - 1), min(y, self.height - 1))

    def write(self, x: int, y: int, text: str, style: Style) -> int:
        """Write a text; return the column after it. What has no room is left out."""
        if y >= self.height:
            return x
        self.changed.add(y)
        text = display(text, newlines=False)
        if is_single(text):
            text = text[: max(0, self.width - x)]
            self._put(x, y, _single(text, style))
            return x + len(text)
        for start, end, cells in clusters(text):
            cluster = text[start:end]
            if cells == 0:
                self._join(x, y, cluster)
                continue
            if x + cells > self.width:
                self._put(x, y, [(" ", on_blank(style))] * (self.width - x))
                return self.width
            look = on_blank(style) if cluster == " " else style
            cell: Row = [(cluster[: MOST_MARKS + 1], look), ("", look)]
            self._put(x, y, cell[:cells])
            x += cells
        return x

    def _put(self, x: int, y: int, cells: Row) -> None:
        if not cells:
            return
        row, end = self.rows[y], x + len(cells)
        if row[x][0] == "" and x:
            row[x - 1] = BLANK
        if end < self.width and row[end][0] == "":
            row[end] = BLANK
        row[x:end] = cells
        self._joins = True

    def _join(self, x: int, y: int, marks: str) -> None:
        """Put marks on the letter before them, where this frame wrote it."""
        row, at = self.rows[y], min(x, self.width) - 1
        if not self._joins or at < 0:
            return
        at -= row[at][0] == "" and at > 0
        text, style = row[at]
        row[at] = (f"{text}{marks}"[: MOST_MARKS + 1], style)

    def _erase(self, x: int, y: int, code: str, style: Style) -> None:
        if y >= self.height:
            return
        how, whole = code[:-1] or "0", code[-1] == "J"
        blank = (" ", Style(ground=style.ground))
        first, last = {"0": (x, self.width), "1": (0, x + 1)}.get(how, (0, self.width))
        first, last = min(first, self.width), min(last, self.width)
        self._put(first, y, [blank] * (last - first))
        self.changed.add(y)
        others = {"0": range(y + 1, self.height), "1": range(y)}.get(how, range(self.height))
        for other in others if whole else ():
            self.rows[other] = [blank] * self.width
            self.changed.add(other)


def _single(text: str, style: Style) -> Row:
    blank = (" ", on_blank(style))
    return [blank if letter == " " else (letter, style) for letter in text]


def _place(words: str) -> tuple[int, int]:
    row, _, column = words.partition(";")
    return max(0, int(column or 1) - 1), max(0, int(row or 1) - 1)
