"""A pane of evidence: a title, and a document that scrolls under it by its own lines."""

from __future__ import annotations

from reviewer.desk.documents import Document
from reviewer.desk.driver.styles import Style
from reviewer.desk.paint import (
    ALERT,
    PLAIN,
    REMARK,
    TITLE,
    TRANSLATION,
    UNSEEN,
    Run,
    over,
    overlaid,
)
from reviewer.desk.parts import Part
from reviewer.structs import Struct
from reviewer.text.cells import cell_width, fit

TITLE_ROWS = 1
LEAST_SOURCE = 8


class Mark(Struct):
    """A style over a part of a block's shown text."""

    block: int
    start: int
    end: int
    style: Style


class Sign(Struct):
    """A sign in the gutter beside a part of a block's shown text."""

    block: int
    start: int
    end: int
    text: str
    style: Style


class PaneTitle(Struct):
    """What a pane's title says, of which as much is drawn as fits."""

    kind: str
    alert: str = ""
    id: str = ""
    grade: str = ""
    source: str = ""
    place: str = ""


class EvidencePane(Part):
    """Shows a document, scrolled as the reader scrolls it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        """`statement` or `recording`."""
        self.document = Document([], 1)
        self.top = 0
        self.title = PaneTitle("")
        self.active = False
        self.marks: dict[int, list[tuple[int, int, Style]]] = {}
        self.signs: dict[int, list[Sign]] = {}
        self.text = ""
        """The id of what the document holds."""
        self.laid_out_rows = 0
        self._brought: tuple[int, int, int] | None = None
        self.left_at: tuple[Document, int, int] | None = None
        """The layout in which the reader left it, the line on top but for a brought excerpt, and
        the line on top, while nobody scrolls."""

    def show(
        self,
        document: Document,
        *,
        title: PaneTitle,
        marks: list[Mark],
        signs: list[Sign],
        active: bool,
    ) -> None:
        """Show a document with what is marked on it."""
        self.document = document
        self.title = title
        self.active = active
        self.marks = {}
        for mark in marks:
            self.marks.setdefault(mark.block, []).append((mark.start, mark.end, mark.style))
        self.signs = {}
        for sign in signs:
            self.signs.setdefault(sign.block, []).append(sign)
        self.top = self._kept(self.top)
        self.on_change()

    @property
    def rows(self) -> int:
        """How many lines of the document fit."""
        return max(0, self.region.height - TITLE_ROWS)

    @property
    def bottom(self) -> bool:
        """Whether the end of the document is on the screen."""
        return self.top + self.rows >= len(self.document.lines)

    def scroll_lines(self, step: int) -> bool:
        """Scroll by lines; False where the end stops it."""
        top = self._kept(self.top + step)
        self._brought = self.left_at = None
        if top == self.top:
            return False
        self.top = top
        self.on_change()
        return True

    @property
    def brought(self) -> bool:
        """Whether it shows what was brought to the screen, and nobody scrolled since."""
        return self._brought is not None

    @property
    def origin(self) -> int:
        """The line on top, or the one that was before something was brought."""
        return self.top if self._brought is None else self._brought[0]

    def to_top(self) -> None:
        """Begin at the beginning, as for another text."""
        self.top = 0
        self._brought = self.left_at = None

    def bring(self, first: int, last: int | None = None) -> None:
        """Scroll so that these lines are on the screen, with some lines before them.

        They stay there when the pane becomes lower or higher, until the reader scrolls.
        """
        last = first if last is None else last
        self._brought = (self.top, first, last)
        self.left_at = None
        if self.top <= first and last < self.top + self.rows:
            return
        before = max(0, min(2, self.rows - (last - first + 1)))
        self.top = self._kept(first - before)
        self.on_change()

    def refit(self) -> None:
        """Show what was shown, after the pane became lower or higher."""
        if self._brought is not None:
            self.top, first, last = self._brought
            self.bring(first, last)
        self.top = self._kept(self.top)
        self.laid_out_rows = self.rows
        self.on_change()

    def row(self, y: int, width: int) -> list[Run]:
        """What stands in a row."""
        if y == 0:
            return self._title(width)
        n = self.top + y - TITLE_ROWS
        return self._line(n) if n < len(self.document.lines) else []

    def _title(self, width: int) -> list[Run]:
        title = self.title
        sign = ">>" if self.active else "--"
        below = len(self.document.lines) - self.top - self.rows
        alert = f" {title.alert} " if title.alert else ""
        place = f" {title.place}" if title.place else ""
        if cell_width(f"{sign} {title.kind} {alert}{place}  {title.id}") > width:
            place = place.replace("excerpt ", "")
        place = fit(place, width - cell_width(f"{sign} {title.kind} {alert} "))
        above = f"{self.top} above" if self.top else ""
        rest = f"{below} below" if below > 0 else ""
        hidden = [f"  {above}, {rest}", f"  {rest}"] if rest and above else [f"  {rest}{above}"]
        room = width - cell_width(f"{sign} {title.kind} {alert}{place} ")
        # What is least needed goes first where it is narrow: source, grade, lines left, id.
        id_ = f" {title.id}" if title.id and cell_width(title.id) + 1 <= room else ""
        room -= cell_width(id_)
        more = next((some for some in hidden if some.strip() and cell_width(some) <= room), "")
        room -= cell_width(more)
        grade = f" {title.grade}" if title.grade and len(title.grade) + 2 <= room else ""
        room -= len(grade)
        source = f"  {title.source}" if title.source else ""
        source = fit(source, room - 1) if room > LEAST_SOURCE else ""
        dashes = max(0, room - cell_width(source) - 1)
        return [
            (f"{sign} {title.kind}", TITLE),
            (" ", PLAIN),
            (alert, ALERT),
            (f"{id_}{grade}{source} ", TITLE),
            ("-" * dashes, PLAIN),
            (f"{place}{more} ", TITLE),
        ]

    def _line(self, n: int) -> list[Run]:
        line = self.document.lines[n]
        block = self.document.blocks[line.block]
        runs: list[Run] = [*self._gutter(n), (line.prefix, PLAIN)]
        marks = self.marks.get(line.block, [])
        unseen = [(start, end, UNSEEN) for start, end in block.shown.marks]
        base = {"translation": TRANSLATION, "remark": REMARK}.get(block.role, PLAIN)
        for text, style in overlaid(block.shown.text, line.start, line.end, [*unseen, *marks]):
            runs.append((text, over(base, style)))
        return runs

    def _gutter(self, n: int) -> list[Run]:
        """The signs of a line, the chosen excerpt's first; of several stances, two are seen."""
        line = self.document.lines[n]
        found: dict[str, Run] = {}
        for sign in reversed(self.signs.get(line.block, [])):
            if sign.start < max(line.end, line.start + 1) and line.start < sign.end:
                found.setdefault(sign.text, (sign.text, sign.style))
        return [*found.values(), (" ", PLAIN), (" ", PLAIN)][:2]

    def _kept(self, top: int) -> int:
        return max(0, min(top, len(self.document.lines) - self.rows))
