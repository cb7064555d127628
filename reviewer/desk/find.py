"""Finding words in the texts on the screen, and limiting the queue."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reviewer.desk.documents import Document
from reviewer.desk.handler import Handler
from reviewer.desk.paint import CURRENT, HIT
from reviewer.desk.panes import Mark
from reviewer.desk.reading import RECORDING, STATEMENT
from reviewer.model.cards import is_translated
from reviewer.model.errors import FilterError
from reviewer.text.units import counted

LONGEST_SHOWN = 40
MOST_HITS = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """Where the words stand: a pane, a block of its document, a place in it."""

    pane: str
    block: int
    start: int
    end: int


def _found(words: str, documents: list[tuple[str, Document]]) -> Iterator[Hit]:
    pattern = re.compile(re.escape(words), re.IGNORECASE)
    for pane, document in documents:
        for n, block in enumerate(document.blocks):
            if block.role != "remark":
                for match in pattern.finditer(block.shown.text):
                    yield Hit(pane, n, *match.span())


class Finds(Handler):
    """`/`, `n`, `N`, `f` and `F`."""

    _words = ""
    _at = -1
    _before = ""
    _looked_for: tuple[str, list[tuple[str, Document]]] = ("", [])
    _hits: list[Hit]

    @property
    def active(self) -> bool:
        """Whether something is being looked for."""
        return bool(self._words)

    def find_open(self) -> None:
        """`/`."""
        self._before = self._words
        self.screen.open_prompt("FIND", self._words)
        self.say("Type what to find; enter keeps it, n and N step, esc leaves.")

    def find_next(self) -> None:
        """`n`."""
        self._step(1)

    def find_previous(self) -> None:
        """`N`."""
        self._step(-1)

    def filter_open(self) -> None:
        """`f`."""
        self._before = self.reading.filter_text
        self.screen.open_prompt("FILTER", self.reading.filter_text)
        self.say("state:undecided verdict:false tag:casualties claimant:name words -not:this")

    def filter_clear(self) -> None:
        """`F`."""
        self.reading.set_filter("")
        self._shown_by_filter()
        self.say(f"The whole queue: {counted(self.session.count(), 'claim')}.")

    def changed(self, text: str) -> None:
        """The reader typed in the prompt."""
        if self.screen.writing == "FILTER":
            self._try_filter(text)
        else:
            self._words, self._at = text, -1
            hits = self._look()
            self.screen.draw()
            if text:
                self.say(self._count(hits) if hits else self._nowhere())

    def taken(self, text: str) -> None:
        """The reader took the prompt."""
        if self.screen.writing == "FILTER":
            self._take_filter(text)
            return
        self.screen.close_writing()
        self._words = text
        if text:
            self._step(1)
        else:
            self.screen.draw()
            self.say("Nothing is looked for now.")

    def left(self) -> None:
        """The reader left the prompt."""
        filtering = self.screen.writing == "FILTER"
        self.screen.close_writing()
        if filtering:
            self.reading.set_filter(self._before)
        else:
            self._words = self._before
        self.screen.draw()
        self.say("As it was before.")

    def step_back(self) -> bool:
        """Forget what was looked for; False where nothing was."""
        if not self._words:
            return False
        self.forget()
        self.screen.draw()
        self.say("Nothing is looked for now.")
        return True

    def forget(self) -> None:
        """Forget what was looked for."""
        self._words, self._at = "", -1

    def hits(self) -> list[Hit]:
        """Every place where the words stand, in the order of the panes."""
        documents = [
            (pane.id or STATEMENT, pane.document)
            for pane in (self.screen.statement, self.screen.recording)
            if self.reading.target(pane.id or STATEMENT) is not None
        ]
        if (self._words, documents) != self._looked_for:
            self._looked_for = (self._words, documents)
            found = _found(self._words, documents) if self._words else iter(())
            self._hits = list(islice(found, MOST_HITS))
        return self._hits

    def _look(self) -> list[Hit]:
        """The hits; where there is none, also in what of a recording is not shown."""
        hits = self.hits()
        if not hits and self._words and self.reading.context is not None:
            self.reading.context = None
            self.screen.draw()
            hits = self.hits()
        return hits

    def _count(self, hits: list[Hit]) -> str:
        return f"{MOST_HITS} hits or more" if len(hits) == MOST_HITS else counted(len(hits), "hit")

    def _nowhere(self) -> str:
        texts = [t for t in map(self.reading.target, (STATEMENT, RECORDING)) if t]
        if not texts:
            return "There is no text on the screen to find words in."
        total = len(self.reading.view.targets) if self.reading.view else len(texts)
        where = f"{len(texts)} of {counted(total, 'text')}" if total > len(texts) else "texts"
        hidden = self.reading.language != "both" and any(map(is_translated, texts))
        also = "; L shows the other language" if hidden else ""
        return f"'{self._words[:LONGEST_SHOWN]}' does not stand in the {where} shown here{also}."

    def marks(self, pane: str, document: Document) -> list[Mark]:
        """The marks of the hits in one pane."""
        hits = self.hits()
        chosen = hits[self._at] if 0 <= self._at < len(hits) else None
        return [
            Mark(hit.block, hit.start, hit.end, CURRENT if hit == chosen else HIT)
            for hit in hits
            if hit.pane == pane and hit.block < len(document.blocks)
        ]

    def _step(self, step: int) -> None:
        hits = self._look()
        if not hits:
            self.screen.draw()
            self.say(self._nowhere())
            return
        self._at = (max(self._at, -1 if step > 0 else 0) + step) % len(hits)
        hit = hits[self._at]
        self.reading.pane = RECORDING if hit.pane == RECORDING else STATEMENT
        self.screen.draw()
        pane = self.screen.active_pane
        pane.bring(pane.document.line_of(hit.block, hit.start))
        self.say(f"Hit {self._at + 1} of {len(hits)}; n and N step, esc ends.")

    def _try_filter(self, text: str) -> None:
        try:
            filter_ = self.session.filter(text)
        except FilterError as error:
            self.say(error.sentence)
            return
        self.say(f"{self.session.count(filter_)} of {counted(self.session.count(), 'claim')}")

    def _take_filter(self, text: str) -> None:
        try:
            self.reading.set_filter(text)
        except FilterError as error:
            self.screen.prompt.cursor_position = error.at
            self.say(error.sentence)
            return
        self.screen.close_writing()
        self._shown_by_filter()

    def _shown_by_filter(self) -> None:
        reading = self.reading
        row = None if reading.view and reading.in_filter() else reading.first()
        if row is not None and row.id != reading.claim:
            self.screen.show_claim(row.id, jump=True)
            n = self.session.count(reading.filter)
            self.say(f"{counted(n, 'claim')}; went to {row.id}, o goes back.")
            return
        self.screen.draw()
        self.screen.keep_place()
        n = self.session.count(reading.filter)
        self.say(
            f"{counted(n, 'claim')}."
            if n
            else "No claim matches; F shows all, f changes the filter."
        )
