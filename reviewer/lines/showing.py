"""The words for a claim, page by page, and for everything that can be seen of it."""

from collections.abc import Iterator

from reviewer.lines.base import INDENT, Base, wrapped
from reviewer.lines.cards import citation, held
from reviewer.lines.origins import beside_lines, settled_lines, support_line
from reviewer.lines.parts import Evidence, Text, name_of, one_line, says
from reviewer.lines.texts import rating_lines, text_lines
from reviewer.model.claims import ClaimView, State
from reviewer.model.clock import minute
from reviewer.model.errors import NotFoundError
from reviewer.model.evidence import Excerpt
from reviewer.model.judgements import Verdict
from reviewer.text.cells import cell_width
from reviewer.text.units import counted

PAGE = 15
AROUND = 2


class Showing(Base):
    """Prints the claim and its evidence."""

    around = AROUND

    # The claim

    def show(self) -> None:
        """Print the claim and the first page of its evidence, and ask for a verdict."""
        self.top = self.bottom = (0, 0)
        self.say("", *self._claim())
        self.print_page()
        self.say(*self.verdicts_to_give())

    def go(self, claim: str, *, jump: bool = False) -> None:
        """Go to a claim and print it."""
        self.around = AROUND
        self.load(claim, jump=jump)
        self.show()

    def _claim(self) -> Iterator[str]:
        view, claim = self.shown, self.shown.claim
        yield f"Claim {one_line(claim.id)}: {one_line(claim.text)}"
        said = ", ".join(filter(None, (one_line(claim.claimant), one_line(claim.date))))
        yield f"Claimed by: {said or 'nobody is named'}."
        if claim.tags:
            yield f"Tags: {', '.join(map(one_line, claim.tags))}."
        if claim.parent:
            yield f"Part of: claim {one_line(claim.parent)}."
        if claim.context:
            yield from text_lines("Context", claim.context)
        for rating in view.ratings:
            yield from rating_lines(rating)
        if not self.in_filter():
            yield f"This claim is not in the filter '{one_line(self.filter_text)}'."
        yield from self.judged()
        yield from held(view)

    def judged(self) -> Iterator[str]:
        """Where work on the claim stands: its state, verdicts, notes and your draft."""
        view = self.shown
        yield f"State: {view.row.state.label}{', marked' if view.row.marked else ''}."
        if who := self.session.read_by(self.claim):
            yield f"{one_line(who)} is reading this."
        if view.excerpts:
            yield support_line(view)
        standing = [verdict for verdict in view.verdicts if verdict.standing]
        for verdict in standing:
            yield from self._verdict(verdict)
        yield from self._beside()
        if not standing:
            yield "Verdict: none yet."
        elif view.row.state == State.IN_CONFLICT:
            yield "The readers differ."
        yield from self._settled(view)
        with_verdict = {verdict.reader for verdict in standing}
        for note in view.notes:
            if note.reader not in with_verdict:
                yield from text_lines(f"Note by {self._who(note.reader)}", note.text)
        draft = self.places.draft(self.claim)
        if draft and not self.session.readonly:
            yield from text_lines("Draft of your note", draft)
            yield f"It is not recorded yet; {self.key('note.write')} goes on with it."

    def _beside(self) -> Iterator[str]:
        """What readers recorded of the claim beside their verdicts."""
        if rivals := self.session.count_rivals(self.claim):
            many = "A claim stands" if rivals == 1 else f"{rivals} claims stand"
            yield f"{many} against this one; {self.key('rivals.open')} tells."
        if due := self.session.due(self.claim):
            yield f"To be looked at again {one_line(due)}."

    def _settled(self, view: ClaimView) -> Iterator[str]:
        if (found := view.settled) is not None:
            label = one_line(self.session.scale.label(found.value))
            yield f"Settled by {self._who(found.reader)}, {minute(found.at)}: {label}."
            yield from settled_lines(view)
            if found.reason:
                yield from text_lines("Reason", found.reason)

    def _verdict(self, verdict: Verdict) -> Iterator[str]:
        label = one_line(self.session.scale.label(verdict.value))
        given = minute(verdict.at) + (f",{verdict.dated}" if verdict.dated else "")
        yield f"Verdict by {self._who(verdict.reader)}, {given}: {label}."
        if verdict.stale:
            yield f"Stale: {one_line(verdict.why_stale)}; this verdict was given before that."
        yield from beside_lines(self.shown, verdict)
        if verdict.note:
            yield from text_lines(f"Note by {self._who(verdict.reader)}", verdict.note)

    def _who(self, reader: str) -> str:
        return "you" if reader == self.session.reader else one_line(reader or "an unknown reader")

    def verdicts_to_give(self) -> list[str]:
        """The scale with its keys, no value of it broken by a line; your own is marked."""
        if self.session.readonly:
            return ["No verdict can be given: the case is open for reading only."]
        mine = self.shown.mine(self.session.reader)
        given = mine.value if mine else ""
        values = [
            f"{v.key} {one_line(v.label)}{' (yours)' if v.value == given else ''}"
            for v in self.session.scale.values
        ]
        lines = ["Verdict?"]
        for value in [*values, *(["0 withdraw"] if mine else [])]:
            longer = f"{lines[-1]}{' ' if lines == ['Verdict?'] else INDENT}{value}"
            if not self.means.width or cell_width(longer) <= self.means.width - len(INDENT):
                lines[-1] = longer
            else:
                lines.append(INDENT + value)
        return lines

    # The evidence, page by page

    @property
    def texts(self) -> Evidence:
        """The evidence of the claim that is shown.

        Raises:
            NotFoundError: there is no claim.
        """
        if self.evidence is None:
            raise NotFoundError("There is no claim on the screen.")
        return self.evidence

    def print_page(self, size: int = PAGE) -> None:
        """Print what comes next of the evidence, and say how much is left."""
        total = len(self.texts)
        if total == 0:
            return
        if self.bottom[0] >= total:
            self.say(f"That was the end of the evidence; {self.key('evidence.page_up')} goes back.")
            return
        self.top = self.bottom
        n, line = self.bottom
        room = size
        while n < total and room > 0:
            pieces = self._pieces(n)[line:]
            for piece in pieces[:room]:
                self.means.say(piece)
            if len(pieces) > room:
                line += room
                break
            room -= len(pieces)
            n, line = n + 1, 0
        self.bottom = (n, line)
        self.say(self._left(n, line, total))

    def page_back(self, size: int = PAGE) -> None:
        """Print the page before the one that was printed last."""
        n, line = self.top
        if (n, line) == (0, 0):
            self.say("This is the beginning of the evidence.")
            return
        room = size
        while room > 0 and (n, line) > (0, 0):
            if line == 0:
                n, line = n - 1, len(self._pieces(n - 1))
            step = min(room, line)
            room, line = room - step, line - step
        self.bottom = (n, line)
        self.print_page(size - room)

    def print_part(self, n: int) -> None:
        """Print one part, and read on behind it."""
        self.top, self.bottom = (n, 0), (n + 1, 0)
        for piece in self._pieces(n):
            self.means.say(piece)

    def height(self, n: int) -> int:
        """How many lines a part takes."""
        return len(self._pieces(n))

    def _pieces(self, n: int) -> list[str]:
        width = self.means.width
        return [piece for line in self.texts.lines(n) for piece in wrapped(line, width)]

    def _left(self, n: int, line: int, total: int) -> str:
        if n >= total:
            return "End of the evidence."
        key = self.key("evidence.page_down")
        if line:
            further = f" and {total - n - 1} further ones" if total - n > 1 else ""
            return f"More of this passage{further}; {key} reads on."
        return f"More: {counted(total - n, 'passage')}; {key} reads on."

    # An excerpt, a text, their sources

    def show_stop(self) -> None:
        """Print the chosen excerpt with what stands around it, or the text without one."""
        stop = self.stops[self.stop]
        text = self.texts.text(stop.target)
        if stop.excerpt is None and text is not None:
            self.say(f"Text without an excerpt, {self.stop + 1} of {len(self.stops)}:")
            self.bottom = (self.texts.beginning(text), 0)
            self.print_page()
            return
        if stop.excerpt is not None:
            self.say(*self._excerpt(stop.excerpt, text))
            if text is not None and not stop.excerpt.orphan:
                self._around(stop.excerpt, text)

    def _excerpt(self, excerpt: Excerpt, text: Text | None) -> Iterator[str]:
        of = f"Excerpt {self.stop + 1} of {sum(1 for stop in self.stops if stop.excerpt)}"
        yield f'{of}, {says(excerpt)}: "{one_line(excerpt.exact)}"'
        yield f"From: {citation(excerpt, text.target if text else None)}."
        yield f"Made by: {one_line(excerpt.reader) or 'it came with the case'}."
        if excerpt.note:
            yield f"Note: {one_line(excerpt.note)}"
        if text is not None and excerpt.orphan:
            yield f"Orphan: its words no longer stand in {name_of(text.target)}."

    def _around(self, excerpt: Excerpt, text: Text) -> None:
        start, end = excerpt.start or 0, excerpt.end or 0
        first = self.texts.place(text, start)
        last = self.texts.place(text, max(start, end - 1))
        begin, stop = max(0, first - self.around), min(text.originals, last + self.around + 1)
        for n in range(begin, stop):
            part = text.original(n)
            self.say(*part.lines(self.language), *self.texts.marks(text.target, part))
        self.top = self.bottom = (self.texts.number(text, last) + 1, 0)
