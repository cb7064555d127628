"""Likely passages and similar claims, in lines: by number, to go to, to take, to refuse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.lines.parts import one_line
from reviewer.lines.searching import Searching
from reviewer.model.claims import QueueRow
from reviewer.model.errors import NotFoundError, UsageError
from reviewer.model.likely import NOT_JUDGED, NOT_LINKED, STANCE_KEYS, Passage, as_hit, heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.service.suggesting import Suggesting

PAGE = 10
ANSWER = re.compile(r"([srcx]?)\s*(\d{1,4})")


def passage_lines(passages: tuple[Passage, ...]) -> Iterator[str]:
    """Likely passages with numbers: what each stands in, its words below it."""
    for n, one in enumerate(passages, start=1):
        yield f"{n} {one_line(heading(one))}"
        yield f"  {one_line(one.text)}"


class Offering(Searching):
    """The command that lists what may bear on the claim, and what is done with an offer."""

    _suggesting: Suggesting | None = None

    def do_likely_open(self) -> None:
        """List likely passages, then, if asked, similar claims."""
        from reviewer.service.suggesting import Suggesting

        if self._suggesting is None:
            self._suggesting = Suggesting(self.session)
        sentence = self.bring_on()
        if sentence:
            self.say(f"Not all of the case was looked through. {sentence}")
        similar = False
        while True:
            offers = self._list(similar=similar)
            other = "passages" if similar else "similar claims"
            take = "" if similar else " s3, r3 or c3 takes passage 3 with that stance;"
            said = self.ask(
                f"A number goes there;{take} x3 refuses it for good; enter lists {other}; q leaves"
            )
            if said is None or said.strip() == "q":
                self.say("The list is closed.")
                return
            if not said.strip():
                similar = not similar
            elif self._answer(said.strip(), offers):
                return

    def _list(self, *, similar: bool) -> list[Passage | QueueRow]:
        suggesting = self._suggesting
        if suggesting is None:
            return []
        if similar:
            rows = suggesting.similar(self.shown, PAGE).claims
            self.say(NOT_JUDGED if rows else "No other claim of this case is like it.")
            for n, row in enumerate(rows, start=1):
                self.say(f"{n} {one_line(suggesting.told(row))}", f"  {one_line(row.text)}")
            return list(rows)
        passages = suggesting.passages(self.shown, PAGE).passages
        self.say(NOT_LINKED if passages else "Nothing else shares words with this claim.")
        self.say(*passage_lines(passages))
        return list(passages)

    def _answer(self, said: str, offers: list[Passage | QueueRow]) -> bool:
        """Do what was answered; whether the list is done with."""
        found = ANSWER.fullmatch(said)
        if found is None or not 0 < int(found[2]) <= len(offers):
            raise NotFoundError(f"There is no offer '{said}' in this list.")
        one = offers[int(found[2]) - 1]
        if not found[1]:
            self._go(one)
            return True
        self._act(found[1], one)
        return False

    def _act(self, how: str, one: Passage | QueueRow) -> None:
        if self._suggesting is None:
            return
        if how == "x":
            self.recorded(self._suggesting.refuse(self.shown, one))
        elif isinstance(one, QueueRow):
            raise UsageError("A claim is no evidence; its number goes to it.")
        else:
            entry = self._suggesting.take(self.shown, one, STANCE_KEYS[how])
            if entry is None:
                self.say("This very excerpt stands already; nothing was recorded.")
            else:
                self.recorded(entry)
        self.refresh()

    def _go(self, one: Passage | QueueRow) -> None:
        if isinstance(one, QueueRow):
            self.go(one.id, jump=True)
            return
        self.go_to(as_hit(one))
