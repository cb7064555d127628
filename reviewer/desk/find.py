"""Finding words in the texts on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from reviewer.desk.documents import Document
from reviewer.desk.handler import Handler
from reviewer.desk.paint import CURRENT, HIT
from reviewer.desk.panes import Mark
from reviewer.desk.reading import RECORDING, STATEMENT
from reviewer.model.cards import is_translated
from reviewer.structs import Struct
from reviewer.text.units import counted

LONGEST_SHOWN = 40
MOST_HITS = 2_000


class Hit(Struct):
    """Where the words stand: a pane, a block of its document, a place in it."""

    pane: str
    block: int
    start: int
    end: int


def _found(
    words: str, documents: list[tuple[str, Document]], only: dict[str, list[int]] | None
) -> Iterator[Hit]:
    """The hits in the blocks of documents: in all, or only in these of each pane."""
    pattern = re.compile(re.escape(words), re.IGNORECASE)
    for pane, document in documents:
        for n in range(len(document.blocks)) if only is None else only.get(pane, []):
            block = document.blocks[n]
            if block.role != "remark":
                for match in pattern.finditer(block.text):
                    yield Hit(pane, n, *match.span())


class Finds(Handler):
    """`/`, `n` and `N`."""

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

    def changed(self, text: str) -> None:
        """The reader typed in the prompt."""
        self._words, self._at = text, -1
        hits = self._look()
        self.screen.draw()
        if text:
            self.say(self._count(hits) if hits else self._nowhere())

    def taken(self, text: str) -> None:
        """The reader took the prompt."""
        self.screen.close_writing()
        self._words = text
        if text:
            self._step(1)
        else:
            self.screen.draw()
            self.say("Nothing is looked for now.")

    def left(self) -> None:
        """The reader left the prompt."""
        self.screen.close_writing()
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

    def look_for(self, words: str, distance: Callable[[Hit], int]) -> None:
        """Look for words that stand somewhere, and go to the nearest place of them."""
        self._words, self._at = words, -1
        hits = self.hits()
        if hits:
            self._at = min(range(len(hits)), key=lambda n: distance(hits[n]))
            self._bring(hits[self._at])
        else:
            self.forget()
            self.screen.draw()

    def place(self, pane: str, document: Document) -> int | None:
        """The place in a pane's text of the hit that was stepped to, where it is in that pane.

        A hit in a translation stands for the end of what it translates.
        """
        hits = self.hits() if self._words and self._at >= 0 else []
        if not 0 <= self._at < len(hits) or hits[self._at].pane != pane:
            return None
        hit = hits[self._at]
        block = document.blocks[hit.block]
        if block.base is not None:
            return block.base + block.shown.source(hit.start)
        before = [one for one in document.blocks[: hit.block] if one.base is not None]
        return before[-1].base if before else None

    def hits(self) -> list[Hit]:
        """Every place where the words stand, in the order of the panes."""
        documents = [
            (pane.name, pane.document)
            for pane in (self.screen.statement, self.screen.recording)
            if self.reading.target(pane.name) is not None
        ]
        if (self._words, documents) != self._looked_for:
            only = self._narrowed(documents)
            self._looked_for = (self._words, documents)
            found = _found(self._words, documents, only) if self._words else iter(())
            self._hits = list(islice(found, MOST_HITS))
        return self._hits

    def _narrowed(self, documents: list[tuple[str, Document]]) -> dict[str, list[int]] | None:
        """The blocks in which the words can stand, where only letters were typed to them."""
        before, shown = self._looked_for
        typed_on = before and shown == documents and self._words.startswith(before)
        if not typed_on or len(self._hits) == MOST_HITS:
            return None
        blocks = {(hit.pane, hit.block): None for hit in self._hits}
        return {pane: [n for p, n in blocks if p == pane] for pane, _ in documents}

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
        self._bring(hits[self._at])
        self.say(f"Hit {self._at + 1} of {len(hits)}; n and N step, esc ends.")

    def _bring(self, hit: Hit) -> None:
        self.reading.pane = RECORDING if hit.pane == RECORDING else STATEMENT
        self.screen.draw()
        pane = self.screen.active_pane
        pane.bring(pane.document.line_of(hit.block, hit.start))
