"""The search of the whole case, in lines."""

import time

from reviewer.lines.found import hit_lines, signs_for
from reviewer.lines.parts import StatementText, Text, one_line
from reviewer.lines.reading import words_pattern
from reviewer.lines.selecting import Selecting
from reviewer.model.errors import CaseError, NotFoundError
from reviewer.model.evidence import Recording
from reviewer.model.searching import Found, Hit, Search
from reviewer.service.searching import Indexing, find

PAGE = 10
PIECE_S = 0.3
PATIENCE_S = 3.0
"""So long the index is made before the reader is asked whether to go on."""


class Searching(Selecting):
    """The command that searches, and the way to what it found."""

    def do_search_open(self) -> None:
        """Search claims, statements, calls and the reader's notes, and go to a hit."""
        words = self.ask('Search the case for (words, "side by side", begin*, -without)')
        if words is None or not words.strip():
            self.say("Nothing is searched for.")
            return
        sentence = self.bring_on()
        found = find(self.session, Search(words, limit=PAGE))
        hits: list[Hit] = []
        if not found.hits:
            self.say(f"Nothing in this case is found for: {one_line(words)}")
        while found.hits:
            self._print(found, len(hits))
            hits += found.hits
            more = "enter for more, q leaves" if found.next else "that was the last"
            said = self.ask(f"Number of the hit to go to ({more})")
            if said is None or said.strip() == "q":
                break
            if said.strip():
                self._go_to(said.strip(), hits)
                break
            if not found.next:
                break
            found = find(self.session, Search(words, limit=PAGE, after=found.next))
        if found.partial:
            self.say(
                f"Looked through {found.looked_through:,} of {found.records:,} records. {sentence}"
            )

    def _print(self, found: Found, before: int) -> None:
        signs = signs_for(found.hits)
        self.say(f"Found words stand between {signs[0]} and {signs[1]}.")
        for n, hit in enumerate(found.hits, start=before + 1):
            first, *more = hit_lines(hit, signs)
            self.say(f"{n} {first}", *more)

    def bring_on(self) -> str:
        """Bring the index up to date, as long as the reader has the patience for it.

        Returns:
            Why it is not, or nothing.
        """
        indexing = Indexing(self.session)
        asked = time.monotonic()
        try:
            while indexing.needed and indexing.go_on(PIECE_S):
                if time.monotonic() - asked < PATIENCE_S:
                    continue
                done, records = indexing.progress()
                said = self.ask(
                    f"Prepared {done:,} of {records:,} records; enter goes on,"
                    " q searches what is there"
                )
                if said is None or said.strip():
                    return "The next search goes on from there."
                asked = time.monotonic()
        except CaseError as error:
            return error.sentence
        return ""

    def _go_to(self, said: str, hits: list[Hit]) -> None:
        if not said.isdecimal() or not 0 < int(said) <= len(hits):
            raise NotFoundError(f"There is no hit {said} in this list.")
        self.go_to(hits[int(said) - 1])

    def go_to(self, hit: Hit) -> None:
        """Go to a claim, or put a text beside the one that is shown, at what was found."""
        if hit.kind in ("claim", "note"):
            self.go(hit.id, jump=True)
            return
        if self.view is None:
            case = one_line(str(self.session.case.path))
            self.say(f"To read it: reviewer show {case} {one_line(hit.id)}")
            return
        target = self.session.text(hit.id)
        text = self.put_beside(target)
        if text is None:
            raise NotFoundError(f"There is no text '{hit.id}' beside this claim.")
        if isinstance(target, Recording) and hit.segment is None:
            self.print_part(self.texts.beginning(text))
            return
        self.looked_for = hit.words
        self.hit = self._part_of(hit, text)
        self.print_part(self.hit)

    def _part_of(self, hit: Hit, text: Text) -> int:
        """The number of the part that holds a hit; its heading's where it is not read."""
        if hit.segment is not None:
            return self.texts.number(text, hit.segment)
        if hit.field == "text":
            return self.texts.number(text, self.texts.place(text, hit.at))
        first = self.texts.beginning(text)
        if hit.field == "translation" and isinstance(text, StatementText):
            pattern = words_pattern(hit.words)
            for n in range(first + 1, first + text.size(self.language)):
                part = self.texts.part(n)
                if part.start is None and pattern.search(part.text):
                    return n
        return first
