"""Moving: through the queue, through a claim's excerpts, through its texts."""

from reviewer.desk.handler import Handler
from reviewer.desk.panes import EvidencePane
from reviewer.desk.reading import CONTEXTS, LANGUAGES, RECORDING
from reviewer.model.claims import QueueRow
from reviewer.service.ahead import Which

LANGUAGE_WORDS = {
    "both": "Original and translation.",
    "original": "The original alone; L shows the translation.",
    "translation": "The translation alone; L shows both.",
}


class Moving(Handler):
    """The commands that move and record nothing."""

    def claim_next(self) -> None:
        """`j`."""
        self._step("next", "This is the last claim")

    def claim_previous(self) -> None:
        """`k`."""
        self._step("previous", "This is the first claim")

    def claim_next_undecided(self) -> None:
        """`.`."""
        self.screen.seeking.seek(self.reading.find("undecided"), self._to_undecided)

    def _to_undecided(self, row: QueueRow | None) -> None:
        if row is None:
            self.say(self.nothing_waits())
        else:
            self._go(row)
            if self.read_too():
                self.say(f"Others read all that waits here. {self.screen.sentence}")

    def claim_first(self) -> None:
        """`g`."""
        self.screen.seeking.seek(self.reading.find("first"), self._go)

    def claim_last(self) -> None:
        """`G`."""
        self.screen.seeking.seek(self.reading.find("last"), self._go)

    def claim_back(self) -> None:
        """`o`."""
        claim = self.reading.jumps.pop()
        self.screen.show_claim(claim)
        self.say(f"Back at {claim}.")

    def nothing_waits(self) -> str:
        """What to say where no other claim of the filtered queue waits."""
        waiting = self.session.filter("state:undecided")
        outside = self.session.count(waiting)
        row = self.reading.view.row if self.reading.view else None
        if self.reading.filter_text and outside:
            return f"None left in this filter; F shows {outside} more."
        if outside == 1 and row and row.id and self.session.matches(row.id, waiting):
            return "This is the only claim that still waits for a verdict."
        return "Every claim has a verdict. j and k look again, q leaves."

    def evidence_page_down(self) -> None:
        """`space`."""
        pane = self.screen.active_pane
        self._scroll(pane, max(1, pane.rows - 1))

    def evidence_page_up(self) -> None:
        """`b`."""
        pane = self.screen.active_pane
        self._scroll(pane, -max(1, pane.rows - 1))

    def evidence_line_down(self) -> None:
        """`J`."""
        self._scroll(self.screen.active_pane, 1)

    def evidence_line_up(self) -> None:
        """`K`."""
        self._scroll(self.screen.active_pane, -1)

    def evidence_pane(self) -> None:
        """`tab`."""
        if not self.reading.switch_pane():
            self.say(f"This claim has no {self._other()}.")
            return
        self.screen.draw()
        self.say(f"The {'call' if self.reading.pane == RECORDING else 'statement'} scrolls now.")

    def excerpt_next(self) -> None:
        """`l`."""
        self._stop(1)

    def excerpt_previous(self) -> None:
        """`h`."""
        self._stop(-1)

    def evidence_more(self) -> None:
        """`+`."""
        now = self.reading.context
        wider = [n for n in CONTEXTS if now is not None and n > now]
        self._context(next(iter(wider), None))

    def evidence_less(self) -> None:
        """`-`."""
        now = self.reading.context
        narrower = [n for n in CONTEXTS if now is None or n < now] or [CONTEXTS[0]]
        # The widest that hides something: a key that changes nothing seems broken.
        hiding = [n for n in narrower if self.reading.hides(n)]
        self._context(hiding[-1] if hiding else narrower[0])

    def evidence_language(self) -> None:
        """`L`."""
        at = LANGUAGES.index(self.reading.language)
        self.reading.language = LANGUAGES[(at + 1) % len(LANGUAGES)]
        self.screen.draw()
        self.screen.keep_place()
        self.say(LANGUAGE_WORDS[self.reading.language])

    def _step(self, which: Which, end: str) -> None:
        def go(row: QueueRow | None) -> None:
            if row is None:
                of = " of the filter" if self.reading.filter_text else ""
                self.say(f"{end}{of}.")
                return
            self.screen.show_claim(row.id)
            self.say(self._where())

        self.screen.seeking.seek(self.reading.find(which), go)

    def _go(self, row: QueueRow | None) -> None:
        if row is None:
            self.say("No claim here; F shows the whole queue.")
            return
        self.screen.show_claim(row.id, jump=True)
        self.say(self._where())

    def _where(self) -> str:
        reading = self.reading
        state = reading.view.row.state.label if reading.view else ""
        too = self.read_too()
        if not self.session.ready(reading.filter):
            return f"The filter is still looked up; this claim is {state}.{too}"
        at = self.session.position(reading.claim, reading.filter) + 1
        return f"Claim {at:,} of {self.session.count(reading.filter):,}, {state}.{too}"

    def read_too(self) -> str:
        """Who else has the claim on the screen before him, as a sentence behind another."""
        who = self.session.read_by(self.reading.claim)
        return f" {who} is reading this." if who else ""

    def _scroll(self, pane: EvidencePane, step: int) -> None:
        if pane.scroll_lines(step):
            self.screen.keep_place()
            return
        end = "end" if step > 0 else "beginning"
        what = "call" if self.reading.pane == RECORDING else "statement"
        self.say(f"This is the {end} of the {what}; tab goes to the {self._other()}.")

    def _other(self) -> str:
        return "statement" if self.reading.pane == RECORDING else "call"

    def _stop(self, step: int) -> None:
        reading = self.reading
        n = reading.stop + step
        if not 0 <= n < len(reading.stops):
            self.say(f"This is the {'last' if step > 0 else 'first'} excerpt of the claim.")
            return
        reading.choose_stop(n)
        self.screen.draw()
        self.screen.painter.bring_excerpts()
        self.screen.keep_place()
        stop = reading.stops[n]
        if stop.excerpt is None:
            self.say(f"{stop.target}: no excerpt of it is linked to this claim.")
            return
        of = f"Excerpt {n + 1} of {sum(1 for s in reading.stops if s.excerpt)}"
        what = f"{of}: {stop.excerpt.stance}"
        if stop.excerpt.orphan:
            what += f'; ORPHAN: "{stop.excerpt.exact}" no longer stands in {stop.target}'
        elif stop.excerpt.note:
            what += f"; {stop.excerpt.note}"
        by = f"; by {stop.excerpt.reader}" if stop.excerpt.reader else ""
        self.say(what + by)

    def _context(self, context: int | None) -> None:
        self.reading.context = context
        self.screen.draw()
        self.screen.painter.bring_excerpts()
        if context is None:
            self.say("The whole call is shown.")
        else:
            self.say(f"{context} segments before and after the excerpt; + shows more.")
