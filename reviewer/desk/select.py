"""Making an excerpt: choosing words or lines of a text, then its stance."""

from reviewer.desk.documents import Document
from reviewer.desk.handler import Handler
from reviewer.desk.paint import SELECTED
from reviewer.desk.panes import Mark
from reviewer.model.evidence import Recording, Stance, Target
from reviewer.service.commands import Mode
from reviewer.text.sentences import Span, sentences
from reviewer.text.units import words

SHORT = 40


class Selecting(Handler):
    """The commands of the mode SELECT.

    The cursor is a line (a segment or a sentence) until `h` or `l` makes it a word. `v`
    fixes the beginning; moving then extends.
    """

    _lines: list[Span]
    _words: list[Span]
    _cursor: Span = (0, 0)
    _anchor: Span | None = None
    _by_word = False

    @property
    def active(self) -> bool:
        """Whether the reader is selecting."""
        return self.screen.mode is Mode.SELECT

    @property
    def span(self) -> Span:
        """What is selected now."""
        if self._anchor is None:
            return self._cursor
        return (min(self._anchor[0], self._cursor[0]), max(self._anchor[1], self._cursor[1]))

    def select_start(self) -> None:
        """`v` while reading."""
        self._take_text()
        if not self._lines:
            self.say("There are no words in this text to select.")
            return
        self.screen.mode = Mode.SELECT
        if self.reading.language == "translation":
            self.reading.language = "both"
        self._draw()

    def marks(self, pane: str, document: Document) -> list[Mark]:
        """The marks of the selection in one pane."""
        if not self.active or pane != self.reading.pane:
            return []
        return [
            Mark(block, start, end, SELECTED) for block, start, end in document.spans(*self.span)
        ]

    def select_down(self) -> None:
        """`j`."""
        self._line(1)

    def select_up(self) -> None:
        """`k`."""
        self._line(-1)

    def select_right(self) -> None:
        """`l`."""
        self._word(1)

    def select_left(self) -> None:
        """`h`."""
        self._word(-1)

    def select_from_here(self) -> None:
        """`v` while selecting."""
        self._anchor = self._cursor
        self._draw()

    def select_pane(self) -> None:
        """`tab`."""
        if self.reading.switch_pane():
            self._take_text()
        self._draw()

    def select_supports(self) -> None:
        """`s`."""
        self._link(Stance.SUPPORTS)

    def select_refutes(self) -> None:
        """`r`."""
        self._link(Stance.REFUTES)

    def select_context(self) -> None:
        """`c`."""
        self._link(Stance.CONTEXT)

    def select_leave(self) -> None:
        """`esc`: one step back."""
        if self._anchor is not None:
            self._anchor = None
        elif self._by_word:
            self._by_word = False
            self._cursor = self._around(self._lines, self._cursor[0])
        else:
            self._close()
            self.screen.draw()
            self.say("Nothing was selected.")
            return
        self._draw()

    def _target(self) -> Target:
        target = self.reading.target(self.reading.pane)
        if target is None:
            raise RuntimeError("a selection without a text")
        return target

    def _take_text(self) -> None:
        target = self._target()
        if isinstance(target, Recording):
            self._lines = _segments(target)
        else:
            self._lines = sentences(target.text)
        self._words = words(target.text)
        self._anchor, self._by_word = None, False
        pane = self.screen.active_pane
        excerpt = self.reading.excerpt
        start = pane.document.position_of(pane.top) or 0
        hit = self.screen.finds.place(self.reading.pane, pane.document)
        if hit is not None:
            # The eyes are on what was found.
            start = hit
        elif excerpt and excerpt.target == target.id and excerpt.start is not None:
            start = excerpt.start
        if self._lines:
            self._cursor = self._around(self._lines, start)

    @staticmethod
    def _around(spans: list[Span], position: int) -> Span:
        for span in spans:
            if position < span[1]:
                return span
        return spans[-1]

    def _line(self, step: int) -> None:
        at = self._lines.index(self._around(self._lines, self._cursor[0])) + step
        if not 0 <= at < len(self._lines):
            self.say("The text ends here.")
            return
        line = self._lines[at]
        by_word = self._by_word and self._words
        self._cursor = self._around(self._words, line[0]) if by_word else line
        self._draw()

    def _word(self, step: int) -> None:
        if not self._words:
            self.say("There are no words in this text.")
            return
        here = self._words.index(self._around(self._words, self._cursor[0]))
        at = here + step if self._by_word else here
        self._by_word = True
        if not 0 <= at < len(self._words):
            self.say("The text ends here.")
            return
        self._cursor = self._words[at]
        self._draw()

    def _draw(self) -> None:
        self.screen.draw()
        pane = self.screen.active_pane
        line = pane.document.line_at(self._cursor[0])
        last = pane.document.line_at(max(self._cursor[0], self._cursor[1] - 1))
        if line is None:
            self.reading.context = None
            self.screen.draw()
            line = pane.document.line_at(self._cursor[0])
        if line is not None:
            pane.bring(line, last)
        start, end = self.span
        chosen = " ".join(self._target().text[start:end].split())
        if len(chosen) > SHORT:
            # At a blank, where there is one: half a word says nothing.
            half = SHORT // 2 - 2
            begins, ends = chosen[:half].rpartition(" "), chosen[-half:].partition(" ")
            chosen = f"{begins[0] or begins[2]} ... {ends[2] or ends[0]}"
        extend = self.screen.keymap.first_key("select.from_here")
        how = "moving extends it" if self._anchor is not None else f"{extend} extends it from here"
        self.say(f'"{chosen}"; {how}.')

    def _link(self, stance: Stance) -> None:
        target = self._target()
        start, end = self.span
        view = self.reading.view
        if view is None:
            return
        entry = self.session.link(view, target, start, end, stance)
        self._close()
        if entry is None:
            self.screen.draw()
            self.say("This very excerpt stands already; nothing changed.")
            return
        self.reading.refresh()
        for n, stop in enumerate(self.reading.stops):
            if stop.excerpt and stop.excerpt.id == entry.id:
                self.reading.choose_stop(n)
        self.screen.draw()
        self.screen.painter.bring_excerpts()
        undo = self.screen.keymap.first_key("act.undo")
        self.say(self.session.tell(entry).recorded(undo))

    def _close(self) -> None:
        self.screen.mode = Mode.READ


def _segments(recording: Recording) -> list[Span]:
    spans = []
    at = 0
    for segment in recording.segments:
        if segment.text.strip():
            spans.append((at, at + len(segment.text)))
        at += len(segment.text) + 1
    return spans
