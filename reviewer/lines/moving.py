"""From claim to claim, and which claims there are: the queue and its filter."""

from reviewer.lines.parts import one_line
from reviewer.lines.render import queue_lines
from reviewer.lines.showing import Showing
from reviewer.model.claims import QueueRow
from reviewer.model.errors import FilterError
from reviewer.service.saved import SavedFilters, naming
from reviewer.service.session import DEFAULT
from reviewer.text.units import counted, texts_counted

BEFORE, BEHIND = 4, 10
DIFFERING = "state:in_conflict"
EXAMPLE = "state:undecided verdict:false tag:casualties kharkiv -tag:dup"
"""More of it stands in docs/filters.md."""


class Moving(Showing):
    """The commands of the queue."""

    def do_claim_next(self) -> None:
        """To the next claim of the queue."""
        self._step(self.session.rows(self.filter, after=self.claim, limit=1), "last")

    def do_claim_previous(self) -> None:
        """To the claim before."""
        self._step(self.session.rows(self.filter, before=self.claim, limit=1), "first")

    def do_claim_next_undecided(self) -> None:
        """To the next claim that waits for a verdict."""
        row = self.session.take_next(self.filter, after=self.claim)
        if row is None:
            self.say(self.no_other())
            return
        if self.session.read_by(row.id):
            self.say("Others read all that waits here.")
        self.go(row.id, jump=True)

    def do_claim_first(self) -> None:
        """To the first claim of the queue."""
        self._jump(self.first(), "first")

    def do_claim_last(self) -> None:
        """To the last claim of the queue."""
        self._jump(self.session.last(self.filter), "last")

    def do_claim_back(self) -> None:
        """To where the reader was before the last jump."""
        self.go(self.jumps.pop())

    def _step(self, rows: list[QueueRow], end: str) -> None:
        if rows:
            self.go(rows[0].id)
        else:
            self._no_more(end)

    def _jump(self, row: QueueRow | None, end: str) -> None:
        if row is None or row.id == self.claim:
            self._no_more(end)
        else:
            self.go(row.id, jump=True)

    def _no_more(self, end: str) -> None:
        if self.first() is None:
            self.say(self.nothing_matches())
        elif self.in_filter():
            self.say(f"This is the {end} claim of the {self._queue()}.")
        else:
            where = "behind" if end == "last" else "before"
            self.say(f"No claim of the {self._queue()} stands {where} this one.")

    def _queue(self) -> str:
        return f"filter '{one_line(self.filter_text)}'" if self.filter_text else "queue"

    def no_other(self) -> str:
        """That nothing else waits for a verdict here, and what can be done then."""
        if self.filter_text:
            return (
                f"No other claim of the {self._queue()} waits for a verdict;"
                f" {self.key('filter.clear')} shows the whole queue."
            )
        leave = f"{self.key('app.close')} leaves"
        if self.session.next_undecided() is not None:
            return f"No other claim of the queue waits for a verdict; {leave}."
        return f"Every claim has a verdict: the queue is done; {leave}."

    def nothing_matches(self) -> str:
        """That there is no claim, and what can be done then."""
        if not self.filter_text:
            statements, recordings = self.session.count_texts()
            texts = ""
            if statements or recordings:
                held = texts_counted(statements, recordings)
                texts = f"It holds {held}; {self.key('evidence.pick')} lists them. "
            return (
                f"This case has no claims yet. {texts}Bring some in with:"
                f" reviewer import {one_line(str(self.session.case.path))} FILE"
            )
        return (
            f"No claim matches the filter '{one_line(self.filter_text)}';"
            f" {self.key('filter.open')} changes it, {self.key('filter.clear')} shows them all."
        )

    # The filter

    def do_filter_open(self) -> None:
        """Limit the queue."""
        saved = SavedFilters(self.session.reader)
        self.say(f"For example: {EXAMPLE}")
        if names := ", ".join(f"={name}" for name in saved.all()):
            self.say(f"Kept: {one_line(names)}")
        keeps = f" (now '{self.filter_text}'; empty keeps it)" if self.filter_text else ""
        text = self.ask(f"Filter{keeps}")
        if text is None or not text.strip():
            self.say("The filter stays as it was." if self.filter_text else "No filter is set.")
            return
        said = naming(text)
        begin = text.index("=") + 1 if said else 0
        try:
            text = text[begin:] if said else saved.meant(text)
            self.session.filter(text)
        except FilterError as error:
            raise error.moved(begin) from error
        if said:
            saved.keep(said)
            did = "kept" if said.filter else "forgotten"
            self.say(f"The filter '{one_line(said.name)}' is {did}.")
        if not said or said.filter:
            self.set_filter(text)
            self._filtered()

    def do_filter_clear(self) -> None:
        """Show the whole queue again."""
        self.set_filter("")
        self._filtered()

    def _filtered(self) -> None:
        self.keep_place()
        n = self.session.count(self.filter)
        if n == 0:
            self.say(self.nothing_matches())
            return
        filter_ = f"Filter '{one_line(self.filter_text)}'" if self.filter_text else "No filter"
        row = None if self.view and self.in_filter() else self.first()
        if row is None:
            self.say(f"{filter_}: {counted(n, 'claim')}.")
            return
        back = (
            f"; {self.key('claim.back')} goes back to {one_line(self.claim)}" if self.view else ""
        )
        self.say(f"{filter_}: {counted(n, 'claim')}; the first of them follows{back}.")
        self.go(row.id, jump=True)

    def do_queue_differing(self) -> None:
        """Limit the queue to the claims on which readers differ."""
        if not self.session.count(self.session.filter(DIFFERING)):
            self.say("Readers differ on no claim.")
            return
        self.set_filter(DIFFERING)
        self._filtered()

    # The queue as a list

    def do_queue_open(self) -> None:
        """Print the queue around the claim, page by page, and go where the reader says."""
        rows = self._rows_around()
        if not rows:
            self.say(self.nothing_matches())
            return
        n = self.session.count(self.filter)
        order = "" if self.session.order is DEFAULT else f", {self.session.order.title}"
        self.say(f"Queue: {counted(n, 'claim')} in the {self._queue()}{order}.")
        while rows:
            for row, line in zip(rows, queue_lines(rows, self.session.scale), strict=True):
                self.say(f"{'Here: ' if row.id == self.claim else ''}{line}")
            last = rows[-1].id
            rows = self.session.rows(self.filter, after=last, limit=BEFORE + 1 + BEHIND)
            more = "enter for more" if rows else "that was the last; enter to go on reading"
            said = self.ask(f"Go to which claim, by its id ({more}, q to leave the list)")
            if said is None or said.strip() == "q":
                break
            if said.strip():
                self.go(said.strip(), jump=True)
                return
        if self.view:
            self.say(f"Still at claim {one_line(self.claim)}.")

    def _rows_around(self) -> list[QueueRow]:
        if not self.view:
            return self.session.rows(self.filter, limit=BEFORE + 1 + BEHIND)
        before = self.session.rows(self.filter, before=self.claim, limit=BEFORE)
        here = self.session.row(self.claim) if self.in_filter() else None
        behind = self.session.rows(self.filter, after=self.claim, limit=BEHIND)
        return [*before, *([here] if here else []), *behind]
