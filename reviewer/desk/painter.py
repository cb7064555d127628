"""Drawing the desk: from where the reader is to what stands in each of its parts.

It knows nothing of Textual: the first frame is drawn by it before Textual is imported, and
the desk then shows the very same parts.
"""

from __future__ import annotations

from functools import partial
from unicodedata import bidirectional

from reviewer.desk import rows
from reviewer.desk.documents import Document, lay_out, remark
from reviewer.desk.geometry import SIDE_FROM, SMALLEST, TALL, Layout, Region
from reviewer.desk.marks import marks_on
from reviewer.desk.panes import EvidencePane, PaneTitle
from reviewer.desk.parts import Lines, Part, nothing
from reviewer.desk.queue_list import QueueList
from reviewer.desk.reading import RECORDING, STATEMENT
from reviewer.model.evidence import Recording, Statement
from reviewer.service.commands import Mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reviewer.desk.panes import Mark
    from reviewer.desk.reading import Reading
    from reviewer.model.evidence import Target
    from reviewer.service.keymap import Keymap
    from reviewer.service.places import Place

KEPT_LAYOUTS = 12
LOOKED_AT = 500
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "ckb", "syr", "dv"})


class Painter:
    """Draws the parts of the desk. Those that show the same already are not drawn again."""

    def __init__(
        self, reading: Reading, keymap: Keymap, sentence: str, place: Place | None
    ) -> None:
        self.reading = reading
        self.keymap = keymap
        self.place = place
        self.width = self.height = 0
        self.mode = Mode.READ
        self.writing = ""
        """What is written: `NOTE`, the word of a prompt, or nothing."""
        self.sentence = sentence
        """What the status line says."""
        self.settled = False
        """Whether the reader has begun; until then each layout is the first."""
        self.layouts: dict[tuple[object, ...], Document] = {}
        self.overlays: list[Callable[[str, Document], list[Mark]]] = []
        """Who else marks something in a pane."""
        self.on_layout: Callable[[], None] = nothing
        self.regions: Mapping[str, Region] = {}
        self.small, self.head, self.claim, self.record = Lines(), Lines(), Lines(), Lines()
        self.note, self.verdicts, self.status, self.keys = Lines(), Lines(), Lines(), Lines()
        # Beside the claim itself a mark is enough; a whole row costs a slow line more.
        self.queue = QueueList(reading.session, reading.places)
        self.statement, self.recording = EvidencePane(STATEMENT), EvidencePane(RECORDING)
        self.status.on_height = partial(self._arrange, refit=True)

    @property
    def parts(self) -> dict[str, Part]:
        """The parts by the names of their regions."""
        return {
            "head": self.head,
            "queue": self.queue,
            "claim": self.claim,
            STATEMENT: self.statement,
            RECORDING: self.recording,
            "record": self.record,
            "note": self.note,
            "verdicts": self.verdicts,
            "status": self.status,
            "keys": self.keys,
        }

    @property
    def panes(self) -> tuple[EvidencePane, EvidencePane]:
        """The two panes of evidence."""
        return self.statement, self.recording

    def fit(self, width: int, height: int) -> None:
        """Draw for a screen of this size, if it is not drawn for it already."""
        if (width, height) != (self.width, self.height):
            self.width, self.height = width, height
            self.draw()
            self.say(self.sentence)

    def say(self, sentence: str) -> None:
        """Put a sentence into the status line, behind the mode's word."""
        self.sentence = sentence
        self.status.show(*rows.status(self.writing or self.mode, sentence, self.width))

    def draw(self) -> None:
        """Draw everything from where the reader is."""
        reading, wide = self.reading, max(20, self.width)
        layout = self.layout
        if layout.tiny:
            self.small.show(*rows.too_small(self.width, self.height, SMALLEST))
        work = max(20, layout.work_width)
        self.head.show(rows.head(reading, wide))
        self.claim.show(*rows.claim(reading, work, 3 if self.height < TALL else 5))
        self.note.show(*rows.note(reading, wide))
        self.verdicts.show(*rows.verdicts(reading, wide))
        if layout.record:
            self.record.show(*rows.record(reading, work))
        self.keys.show([(self.footer(wide - 1), rows.PLAIN)])
        widths = [pane.region.width for pane in self.panes]
        self._arrange(refit=False)
        for pane in self.panes:
            self.draw_pane(pane)
        if layout.queue:
            self.queue.show(reading.filter, reading.claim, empty=rows.empty_queue(reading))
        if not self.settled and widths != [pane.region.width for pane in self.panes]:
            self._begin()

    @property
    def layout(self) -> Layout:
        """The layout in force."""
        reading = self.reading
        side = reading.side if reading.side is not None else self._roomy(self.width)
        return Layout(
            self.width,
            self.height,
            side=side,
            zoomed=reading.pane if reading.zoomed else "",
            empty=(reading.target(STATEMENT) is None, reading.target(RECORDING) is None),
        )

    def _arrange(self, *, refit: bool) -> None:
        """Give each part its region; `refit` the panes that have another height then."""
        names = ("claim", "record", "note", "verdicts", "status")
        bars = (self.claim, self.record, self.note, self.verdicts, self.status)
        heights = {name: len(bar.lines) for name, bar in zip(names, bars, strict=True)}
        regions = self.layout.regions(heights, self.writing)
        if regions == self.regions:
            return
        self.regions = regions
        for name, part in self.parts.items():
            part.region = regions.get(name, part.region)
        if refit:
            for pane in self.panes:
                if pane.rows != pane.laid_out_rows:
                    pane.refit()
            if "queue" in regions:
                self.queue.read()
        self.on_layout()

    def footer(self, width: int) -> str:
        """The line of keys: those that are keys now, and not text."""
        if self.writing == "NOTE":
            return "enter save  esc keep as a draft  ctrl+j new line"
        return self.keymap.footer(self.mode, width)

    def draw_pane(self, pane: EvidencePane) -> None:
        """Draw one pane of evidence."""
        reading = self.reading
        name = pane.name
        if reading.zoomed and reading.pane != name:
            # It is hidden and has no width: it is laid out when it is seen again.
            return
        target = reading.target(name)
        active = reading.pane == name and target is not None
        if target is None:
            empty = Document([remark(rows.no_target(reading, name))], max(1, pane.region.width))
            title = PaneTitle("STATEMENT" if name == STATEMENT else "CALL")
            pane.text = ""
            pane.show(empty, title=title, marks=[], signs=[], active=False)
            return
        document = self.document(pane)
        if document is not pane.document and pane.text == target.id:
            self._exchange(pane, document)
            pane.laid_out_rows = pane.rows
        pane.text = target.id
        marks, signs = marks_on(document, reading, target)
        for overlay in self.overlays:
            marks += overlay(name, document)
        pane.show(
            document,
            title=rows.pane_title(reading, name, target),
            marks=marks,
            signs=signs,
            active=active,
        )
        if pane.rows != pane.laid_out_rows:
            pane.refit()

    def document(self, pane: EvidencePane) -> Document:
        """The document of a pane, laid out for its width."""
        target = self.reading.target(pane.name)
        if target is None:
            return pane.document
        around = self.reading.around(target)
        language = self.reading.language
        orphans = tuple(e for e in self.reading.excerpts_on(target) if e.orphan)
        key = (target.id, target.version, pane.region.width, language, around, orphans)
        if key not in self.layouts:
            while len(self.layouts) >= KEPT_LAYOUTS:
                del self.layouts[next(iter(self.layouts))]
            self.layouts[key] = lay_out(
                target, max(1, pane.region.width), language, around, orphans
            )
        return self.layouts[key]

    def bring_excerpts(self) -> None:
        """Scroll each pane to the chosen excerpt, or to its first."""
        for pane in self.panes:
            if lines := self._excerpt_lines(pane):
                pane.bring(*lines)

    def _excerpt_lines(self, pane: EvidencePane) -> tuple[int, int] | None:
        """The first and last line of the chosen excerpt, or of a pane's first."""
        chosen = self.reading.excerpt
        target = self.reading.target(pane.name)
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
        statement, recording = self.panes
        return statement.document.place(statement.top), recording.document.place(recording.top)

    def _begin(self) -> None:
        """Show what is to be seen first: where the reader left, or the first excerpts."""
        if self.place is None:
            self.bring_excerpts()
            return
        for pane, place in zip(self.panes, self.place.scroll, strict=True):
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
        left_at = left_at or (old, origin, top)
        pane.to_top()
        pane.scroll_lines(document.counterpart(left_at[0], left_at[1] if lines else left_at[2]))
        if lines:
            pane.bring(*lines)
        pane.left_at = left_at

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
