"""On whose word a claim rests, and how likely it is, in lines."""

from __future__ import annotations

from reviewer.lines.offering import Offering
from reviewer.lines.origins import origin_lines
from reviewer.model.errors import UsageError
from reviewer.model.likelihood import CONFIDENCES, LIKELIHOODS

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.canonical import Json


class Weighing(Offering):
    """The commands that say what a verdict rests on, and how sure it is."""

    def do_origins_open(self) -> None:
        """List the origins of the claim, and take one for a source or a text."""
        self.say(*origin_lines(self.shown))
        if self.session.readonly:
            return
        said = self.ask("An origin to give: SOURCE = ORIGIN, by their ids; enter gives none")
        if not said or not said.strip():
            self.say("No origin is given.")
            return
        from reviewer.service.origins import say_origin

        about, sign, origin = (part.strip() for part in said.partition("="))
        if not sign or not about:
            raise UsageError("Write the id of a source or a text, then =, then its origin.")
        self.recorded(say_origin(self.session, about, origin))
        self.refresh()
        self.say(*origin_lines(self.shown))

    def do_estimate_open(self) -> None:
        """Ask for likelihood and confidence of the reader's own verdict."""
        mine = self.shown.mine(self.session.reader)
        if mine is None:
            return
        for n, step in enumerate(LIKELIHOODS, start=1):
            self.say(f"{n} {step.word}, {step.range}; also: {step.other}")
        likelihood = self.ask("Likelihood, a number or its word; enter gives none")
        confidence = (
            None
            if likelihood is None
            else self.ask(f"Confidence: {', '.join(CONFIDENCES)}, or its letter; enter gives none")
        )
        if likelihood is None or confidence is None:
            self.say("Nothing was recorded.")
            return
        more: dict[str, Json] = {"likelihood": _word(likelihood), "confidence": _level(confidence)}
        entry = self.session.decide(self.shown, mine.value, more=more)
        if entry is None:
            self.say("It is so already; nothing was recorded.")
            return
        self.recorded(entry)
        self.refresh()


def _level(said: str) -> str:
    """The level of a letter, which is its key on the desk; a word as it was typed."""
    plain = said.strip().casefold()
    return next((level for level in CONFIDENCES if level[0] == plain), plain)


def _word(said: str) -> str:
    """The word of a number of the list; a word as it was typed."""
    number = said.strip()
    listed = number.isascii() and number.isdecimal() and 0 < int(number) <= len(LIKELIHOODS)
    return LIKELIHOODS[int(number) - 1].word if listed else number
