"""What is not known, in lines: listed, asked, answered; grades and the facts of a call."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import TYPE_CHECKING

from reviewer.lines.parts import name_of, one_line
from reviewer.lines.reading import Reading
from reviewer.model.errors import UsageError
from reviewer.model.evidence import Recording

if TYPE_CHECKING:
    from reviewer.model.entry import Entry
    from reviewer.model.gaps import Gap

HOW = "a new, m who was asked, r the answer, x close or open, with its number: r 1 (empty: none)"


def gap_lines(gap: Gap) -> Iterator[str]:
    """A gap, what belongs to it below it."""
    from reviewer.model.gaps import details, headline

    on = f"{gap.claim}  " if gap.claim else ""
    yield one_line(f"{on}{headline(gap)}")
    for line in details(gap):
        yield one_line(f"  {line}")


class Gaps(Reading):
    """The commands of what is not known."""

    def do_gaps_open(self) -> None:
        """List what is not known of the claim; questions are added, asked and answered."""
        from reviewer.model.gaps import counted
        from reviewer.service.asking import gaps_of

        found = gaps_of(self.session, self.shown, settled=True)
        waiting = [gap for gap in found if gap.question is None or gap.question.waits]
        self.say(f"Not known: {counted(waiting)}.")
        for n, gap in enumerate(found, start=1):
            first, *more = gap_lines(gap)
            self.say(f"{n} {first}", *more)
        if self.session.readonly:
            return
        said = self.ask(f"Questions: {HOW}")
        if said and said.strip():
            self._change(said.strip(), found)

    def _change(self, said: str, found: list[Gap]) -> None:
        from reviewer.service import asking

        verb, _, number = said.partition(" ")
        if verb == "a":
            self._add()
            return
        one = found[int(number) - 1] if number.isdecimal() and _is_in(number, found) else None
        if verb not in ("m", "r", "x") or one is None or one.question is None:
            raise UsageError(f"'{said}' names no question of this list; {HOW}.")
        key = one.question.key
        if verb == "x":
            settled = not one.question.waits
            self._made(asking.settle(self.session, self.shown, key, is_open=settled))
            return
        text = self.ask("Who was asked" if verb == "m" else "Answer")
        if not (text and text.strip()):
            self.say("Nothing is recorded.")
        elif verb == "m":
            on = self.ask("On which day (empty: today)") or ""
            self._made(asking.asked(self.session, self.shown, key, text, on))
        else:
            self._made(asking.answer(self.session, self.shown, key, text))

    def _add(self) -> None:
        from reviewer.service import asking

        text = self.ask("Question")
        if not (text and text.strip()):
            self.say("Nothing is recorded.")
            return
        would = self.ask("What would change the verdict (may be empty)") or ""
        self._made(asking.ask(self.session, self.shown, text, would))

    def do_card_grade(self) -> None:
        """Grade the source or what it says: `B`, `3`, `B3`."""
        from reviewer.service.grading import grade_information, grade_source, parsed

        text = self.current_text()
        grade = self.ask(f"Grade of {name_of(text)}: A to F the source, 1 to 6 what it says here")
        if not (grade and grade.strip()):
            self.say("No grade is given.")
            return
        made: list[Entry | None] = []
        for key, value in parsed(grade).items():
            if key == "source":
                made.append(grade_source(self.session, text.source, value))
            else:
                made.append(grade_information(self.session, self.shown, text, value))
        for entry in filter(None, made):
            self.recorded(entry)
        if not any(made):
            self.say("Your grade stands as it is; nothing was recorded.")
        self.refresh()

    def do_card_facts(self) -> None:
        """Say what you know of a call: which part of its card, then what."""
        from reviewer.model.entry import Kind
        from reviewer.model.intercepts import card_of
        from reviewer.service.asking import say_of_call

        call = self._call()
        parts = card_of(call, self.session.findings(Kind.CARD, call.id))
        self.say(f"{name_of(call)}:")
        for n, part in enumerate(parts, start=1):
            self.say(f"{n} {part.label}: {one_line(part.text) or 'unknown'}")
        number = self.ask("Number of the part that you know something of")
        if not (number and number.strip()):
            return
        if not (number.strip().isdecimal() and _is_in(number, parts)):
            raise UsageError(f"The card has no part '{number.strip()}'.")
        chosen = parts[int(number) - 1]
        text = self.ask(f"{chosen.label} (empty takes yours back)")
        if text is None:
            self.say("Nothing is recorded.")
        else:
            self._made(say_of_call(self.session, call, chosen.key, text))

    def _made(self, entry: Entry | None) -> None:
        if entry is None:
            self.say("It is so already; nothing changed.")
            return
        self.recorded(entry)
        self.refresh()

    def _call(self) -> Recording:
        text = self.current_text()
        found = [text] if isinstance(text, Recording) else list(self.shown.recordings)
        if not found:
            raise UsageError("No call is held for this claim.")
        return found[0]


def _is_in(number: str, things: Sized) -> bool:
    return 0 < int(number) <= len(things)
