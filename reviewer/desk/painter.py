"""Drawing the desk: from where the reader is to the widgets of its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import bidirectional

from reviewer.desk import rows
from reviewer.desk.bars import Bar
from reviewer.desk.documents import Document, lay_out, remark
from reviewer.desk.marks import marks_on
from reviewer.desk.panes import EvidencePane, PaneTitle
from reviewer.desk.reading import RECORDING, STATEMENT
from reviewer.model.words import Recording, Statement, Target
from reviewer.service.places import Place

if TYPE_CHECKING:
    from reviewer.desk.review import ReviewScreen

SMALLEST = (60, 18)
SIDE_FROM = 110
TALL = 36
KEPT_LAYOUTS = 12
LOOKED_AT = 500
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "ckb", "syr", "dv"})


class Painter:
    """Draws a review screen. Widgets that show the same already are not drawn again."""

    def __init__(self, screen: ReviewScreen, place: Place | None) -> None:
        self.screen = screen
        self.reading = screen.reading
        self.place = place
        self.settled = False
        """Whether the reader has begun; until then each layout is the first."""
        self.layouts: dict[tuple[object, ...], Document] = {}

    def draw(self) -> None:
        """Draw everything from where the reader is."""
        reading, width = self.reading, self.screen.size.width
        self._fit_layout()
        wide = max(20, width)
        self.screen.head.show(rows.head(reading, wide))
        self.screen.claim_bar.show(*rows.claim(reading, self._claim_width(), self._claim_rows()))
        for pane in (self.screen.statement, self.screen.recording):
            self.draw_pane(pane)
        self.screen.queue.show(reading.filter, reading.claim, empty=rows.empty_queue(reading))
        self.screen.note_bar.show(*rows.note(reading, wide))
        self.screen.verdicts.show(*rows.verdicts(reading, wide))
        self.screen.record.show(*rows.record(reading, self._claim_width()))
        self.screen.keys.show([(self.footer(wide - 1), rows.PLAIN)])

    def footer(self, width: int) -> str:
        """The line of keys: those that are keys now, and not text."""
        if self.screen.writing == "NOTE":
            return "enter save  esc keep as a draft  ctrl+j new line"
        return self.screen.keymap.footer(self.screen.mode, width)

    def draw_pane(self, pane: EvidencePane) -> None:
        """Draw one pane of evidence."""
        reading = self.reading
        name = pane.id or STATEMENT
        if reading.zoomed and reading.pane != name:
            # It is hidden and has no width: it is laid out when it is seen again.
            return
        target = reading.target(name)
        pane.set_class(target is None, "-empty")
        active = reading.pane == name and target is not None
        if target is None:
            empty = Document([remark(rows.no_target(reading, name))], max(1, pane.size.width))
            title = PaneTitle("STATEMENT" if name == STATEMENT else "CALL")
            pane.text = ""
            pane.show(empty, title=title, marks=[], signs=[], active=False)
            return
        document = self.document(pane)
        if document is not pane.document and pane.text == target.id:
            self._exchange(pane, document)
        pane.text = target.id
        pane.laid_out_rows = pane.rows
        marks, signs = marks_on(document, reading, target)
        marks += self.screen.finds.marks(name, document)
        marks += self.screen.selecting.marks(name, document)
        pane.show(
            document,
            title=rows.pane_title(reading, name, target),
            marks=marks,
            signs=signs,
            active=active,
        )

    def document(self, pane: EvidencePane) -> Document:
        """The document of a pane, laid out for its width."""
        target = self.reading.target(pane.id or STATEMENT)
        if target is None:
            return pane.document
        around = self.reading.around(target)
        language = self.reading.language
        orphans = tuple(e for e in self.reading.excerpts_on(target) if e.orphan)
        key = (target.id, target.version, pane.size.width, language, around, orphans)
        if key not in self.layouts:
            while len(self.layouts) >= KEPT_LAYOUTS:
                del self.layouts[next(iter(self.layouts))]
            self.layouts[key] = lay_out(target, max(1, pane.size.width), language, around, orphans)
        return self.layouts[key]

    def bring_excerpts(self) -> None:
        """Scroll each pane to the chosen excerpt, or to its first."""
        for pane in (self.screen.statement, self.screen.recording):
            if lines := self._excerpt_lines(pane):
                pane.bring(*lines)

    def _excerpt_lines(self, pane: EvidencePane) -> tuple[int, int] | None:
        """The first and last line of the chosen excerpt, or of a pane's first."""
        chosen = self.reading.excerpt
        target = self.reading.target(pane.id or STATEMENT)
        if target is None:
            return None
        placed = [e for e in self.reading.excerpts_on(target) if e.start is not None]
        wanted = chosen if chosen in placed else next(iter(placed), None)
        if wanted is None or wanted.start is None or wanted.end is None:
            return None
        first = pane.document.line_at(wanted.start)
        last = pane.document.line_at(max(wanted.start, wanted.end - 1))
        return None if first is None else (first, first if last is None else last)

    def scroll(self) -> tuple[int, int]:
        """Where the texts are scrolled to, as places in them: they hold in any layout."""
        statement, recording = self.screen.statement, self.screen.recording
        return statement.document.place(statement.top), recording.document.place(recording.top)

    def lay_out_again(self) -> None:
        """Lay the texts out for another width; until the reader has begun, as at the start."""
        self.draw()
        if self.settled:
            return
        if self.place is None:
            self.bring_excerpts()
            return
        panes = (self.screen.statement, self.screen.recording)
        for pane, place in zip(panes, self.place.scroll, strict=True):
            pane.to_top()
            pane.scroll_lines(pane.document.line_of_place(place))

    def _exchange(self, pane: EvidencePane, document: Document) -> None:
        """Give a pane its text in another layout, what was on the screen staying there."""
        lines = self._excerpt_lines(pane)
        bottom = pane.top + pane.laid_out_rows
        seen = lines is not None and pane.top <= lines[0] and lines[1] < bottom
        seen = seen or pane.brought
        old, top, origin, left_at = pane.document, pane.top, pane.origin, pane.left_at
        pane.document = document
        lines = self._excerpt_lines(pane) if seen else None
        # From the line that was left, not from the one that stands for it in this layout:
        # through several widths it would wander off.
        left_at = left_at or (old, origin if lines else top)
        pane.to_top()
        pane.scroll_lines(document.counterpart(*left_at))
        if lines:
            pane.bring(*lines)
        pane.left_at = left_at

    @property
    def tiny(self) -> bool:
        """Whether the terminal is too small to show the desk."""
        width, height = self.screen.size
        return width < SMALLEST[0] or height < SMALLEST[1]

    def _fit_layout(self) -> None:
        width, height = self.screen.size
        self.screen.set_class(self.tiny, "-tiny")
        side = self.reading.side if self.reading.side is not None else self._roomy(width)
        self.screen.set_class(side and not self.reading.zoomed, "-side")
        self.screen.set_class(self.reading.zoomed, "-zoomed")
        self.screen.set_class(
            self.reading.zoomed and self.reading.pane == RECORDING, "-zoom-recording"
        )
        if self.tiny:
            self.screen.query_one("#too-small", Bar).show(*rows.too_small(width, height, SMALLEST))

    def _claim_width(self) -> int:
        return max(20, self.screen.claim_bar.size.width or self.screen.size.width)

    def _claim_rows(self) -> int:
        return 3 if self.screen.size.height < TALL else 5

    def _roomy(self, width: int) -> bool:
        # Terminals that order right-to-left text do so by the row: two panes on one row
        # would be mixed, so such a text gets full rows.
        texts = (self.reading.target(STATEMENT), self.reading.target(RECORDING))
        return width >= SIDE_FROM and not any(map(_right_to_left, texts))


def _right_to_left(target: Target | None) -> bool:
    if target is None:
        return False
    language = target.language.split("-")[0].lower()
    if language != "und":
        return language in RIGHT_TO_LEFT
    beginning = target.text[:LOOKED_AT] if isinstance(target, Statement) else _beginning(target)
    return any(bidirectional(letter) in ("R", "AL") for letter in beginning)


def _beginning(target: Recording) -> str:
    return " ".join(segment.text for segment in target.segments[:10])[:LOOKED_AT]
