"""Rival accounts and competing hypotheses in lines: told row by row, changed by short answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.lines.offering import Offering
from reviewer.lines.parts import one_line
from reviewer.model.errors import ClaimChangedError, ReviewerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.insight.hypotheses import Matrix
    from reviewer.model.entry import Entry
    from reviewer.service.rivals import Rival

ANSWERED_RIVAL = re.compile(r"(?:([xeom])\s*)?(\d{1,3})")
ANSWERED_RATING = re.compile(r"(\d{1,4})\s+(h?\d)\s*([cinCIN0])")
DECEPTION = re.compile(r"d\s*(\d{1,4})")
ABOUT_RIVALS = (
    "A number goes there; a ID sets a claim against this one; e2, o2 or m2 says that claim 2"
    " excludes this one, that one of the two is true, that both may be wrong; x2 takes your link"
    " back."
)
ABOUT_MATRIX = (
    "a WORDS adds an explanation; 3 H2 c, i or n rates item 3 against H2, 0 takes that back;"
    " d3 supposes item 3 to be deception or no longer; e H2 WORDS words yours anew; x H2 removes"
    " it."
)


class Against(Offering):
    """The commands that set claims and explanations against each other."""

    def do_rivals_open(self) -> None:
        """Tell the claim beside those that stand against it, and ask what to do."""
        self._conversing(self._tell_rivals, ABOUT_RIVALS, self._answer_rivals)

    def do_hypotheses_open(self) -> None:
        """Tell the matrix of the claim, and ask what to change."""
        self._conversing(self._tell_matrix, ABOUT_MATRIX, self._answer_matrix)

    def _conversing(
        self, tell: Callable[[], None], prompt: str, answer: Callable[[str], bool]
    ) -> None:
        """Tell and ask until the reader leaves. What cannot be done is said, and asked again."""
        tell()
        self.say(prompt)
        while True:
            said = self.ask("Answer; enter leaves")
            if said is None or not said.strip() or said.strip() == "q":
                self.say(f"Back at claim {one_line(self.claim)}.")
                return
            try:
                if answer(said.strip()):
                    return
            except ClaimChangedError as error:
                self.say(error.sentence)
                self.refresh()
                tell()
            except ReviewerError as error:
                self.say(error.sentence)

    def _changed(self, entry: Entry | None) -> bool:
        if entry is None:
            self.say("It is so already; nothing was recorded.")
            return False
        self.recorded(entry)
        self.refresh()
        return False

    # Rivals

    def _tell_rivals(self) -> None:
        from reviewer.lines.sections import section_lines
        from reviewer.service.sections import Sections

        empty = True
        sections = Sections(self.session, reader=self.session.reader, claim=self.claim)
        for section in sections.rivals(self.shown):
            empty = False
            self.say(*section_lines(section))
        if empty:
            self.say(f"No claim stands against {one_line(self.claim)}.")
        for n, rival in enumerate(self._rivals(), start=1):
            self.say(one_line(f"{n} {rival.claim}: {rival.kind.label}"))

    def _rivals(self) -> list[Rival]:
        from reviewer.service.rivals import rivals

        return rivals(self.session, self.claim)

    def _answer_rivals(self, said: str) -> bool:
        from reviewer.insight.rivals import Rivalry
        from reviewer.service.rivals import oppose, part

        verb, _, named = said.partition(" ")
        if verb == "a" and named.strip():
            entry = oppose(self.session, self.shown, named.strip(), Rivalry.COMPETE)
            self._changed(entry)
            self._tell_rivals()
            return False
        found = ANSWERED_RIVAL.fullmatch(said)
        held = self._rivals()
        if found is None or not 0 < int(found[2]) <= len(held):
            raise UsageError(f"'{said}' is no answer here.")
        rival = held[int(found[2]) - 1]
        if not found[1]:
            self.go(rival.claim, jump=True)
            return True
        if found[1] == "x":
            self._changed(part(self.session, self.shown, rival.claim))
        else:
            kinds = {"e": Rivalry.EXCLUDE, "o": Rivalry.EITHER, "m": Rivalry.COMPETE}
            self._changed(oppose(self.session, self.shown, rival.claim, kinds[found[1]]))
        self._tell_rivals()
        return False

    # Hypotheses

    def _matrix(self) -> Matrix:
        from reviewer.service.hypotheses import matrix

        return matrix(self.session, self.shown)

    def _tell_matrix(self) -> None:
        from reviewer.lines.sections import section_lines
        from reviewer.service.sections import hypotheses_section

        held = self._matrix()
        if not held.compares:
            self.say("Only the claim itself stands here; it is H1.")
        for section in hypotheses_section(held):
            self.say(*section_lines(section))

    def _answer_matrix(self, said: str) -> bool:
        from reviewer.insight.hypotheses import Rating
        from reviewer.service import hypotheses as service

        session, view, held = self.session, self.shown, self._matrix()
        verb, _, rest = said.partition(" ")
        label, _, words = rest.strip().partition(" ")
        if verb == "a":
            return self._changed(service.add(session, view, rest))
        if verb == "e":
            one = service.hypothesis(held, label)
            return self._changed(service.reword(session, view, one, words))
        if verb == "x":
            return self._changed(service.remove(session, view, service.hypothesis(held, rest)))
        if staged := DECEPTION.fullmatch(said):
            excerpt = service.excerpt_of(view, staged[1])
            on = excerpt.id not in held.supposed
            self._changed(service.suppose(session, view, excerpt, on=on))
            self._tell_order()
            return False
        rated = ANSWERED_RATING.fullmatch(said.replace("H", "h", 1))
        if rated is None:
            raise UsageError(f"'{said}' is no answer here.")
        rating = Rating.UNKNOWN if rated[3] == "0" else Rating(rated[3].upper())
        excerpt = service.excerpt_of(view, rated[1])
        one = service.hypothesis(held, rated[2])
        self._changed(service.rate(session, view, excerpt, one, rating))
        self._tell_order()
        return False

    def _tell_order(self) -> None:
        """Who stands first now."""
        from reviewer.insight.hypotheses import labels, leading, turn

        held = self._matrix()
        if held.supposed:
            self.say(
                f"With what is supposed to be deception left out, {turn(held, held.supposed)}."
            )
        else:
            self.say(f"The least inconsistent: {labels(leading(held))}.")
