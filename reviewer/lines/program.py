"""Keys, commands by name, leaving; and the commands of the desk that mean nothing here."""

import difflib
import os
import signal
from collections.abc import Callable
from functools import partial
from itertools import groupby

from reviewer.lines.against import Against
from reviewer.lines.ageing import Ageing
from reviewer.lines.gaps import Gaps
from reviewer.lines.history import History
from reviewer.lines.ordering import Ordering
from reviewer.lines.parts import one_line
from reviewer.lines.second import Second
from reviewer.lines.summing import Summing
from reviewer.lines.weighing import Weighing
from reviewer.model.errors import UsageError
from reviewer.model.scale import Scale
from reviewer.service.commands import COMMANDS, Command, Mode
from reviewer.service.keymap import key_label

HERE = {
    "evidence.page_down": "Prints the next page of the evidence.",
    "evidence.page_up": "Prints the page before.",
    "evidence.line_down": "Prints the next passage: a paragraph, a segment.",
    "evidence.line_up": "Prints the passage before.",
    "evidence.more": "Prints the excerpt with more of the text around it.",
    "evidence.less": "Prints the excerpt with less of the text around it.",
    "evidence.pick": "Lists statements and recordings; one goes beside the claim.",
    "queue.open": "Prints the queue and asks to which claim you want to go.",
    "note.write": "Asks for your note, in one line; enter records it, esc keeps a draft.",
    "select.start": "Asks for the words or the lines of a new excerpt, and for its stance.",
    "excerpt.copy": "Prints the quotation with its citation.",
    "claim.history": "Lists what was recorded, to undo yours, to erase words, to go to.",
    "likely.open": "Lists what may bear on this claim, to take, to refuse, to go to.",
    "gaps.open": "Lists what is not known of this claim, then asks what to add to it.",
    "card.grade": "Asks for the grade: A to F the source, 1 to 6 what it says on this claim.",
    "card.facts": "Asks for a part of the call's card, and what you know of it.",
    "sitting.summary": "Prints what you decided, what waits, and how far the readers agree.",
    "rivals.open": "Tells the claim beside those that stand against it; adds and removes them.",
    "hypotheses.open": "Weighs explanations against the excerpts, after Heuer's ACH.",
    "origins.open": "Prints on whose word the claim rests, and takes an origin.",
    "estimate.open": "Asks for the words of ICD 203 for your verdict.",
    "search.open": "Asks for words, lists where they stand in the case, and goes to one.",
    "commands.open": "Asks for a command by its name.",
    "keys.open": "Prints this.",
    "app.close": "Leaves. All is saved.",
    "app.step_back": "Leaves a question without an answer.",
    "app.redraw": "Prints the claim again.",
}
"""Help for what is done otherwise here than on the desk."""

NOT_HERE = ("evidence.pane", "layout.zoom", "layout.side")


class Program(Against, Ageing, Gaps, History, Ordering, Second, Summing, Weighing):
    """The commands of the program itself."""

    def do_layout_zoom(self) -> None:
        """Say that there is nothing to zoom."""
        self.say("There is nothing to zoom here: everything is printed at full width.")

    def do_layout_side(self) -> None:
        """Say that nothing stands side by side."""
        self.say("Nothing stands side by side here: statements come first, then the calls.")

    def do_app_redraw(self) -> None:
        """Print the claim again."""
        self.say("Nothing is drawn here that could be drawn anew.")
        if self.view:
            self.show()

    def do_app_close(self) -> None:
        """Leave."""
        self.left = True
        self.say(
            f"You left at claim {one_line(self.claim)}. All is saved."
            if self.view
            else "All is saved."
        )

    def do_app_step_back(self) -> None:
        """Say how to leave."""
        self.say(f"There is nothing to step back from; {self.key('app.close')} leaves.")

    def do_app_interrupt(self) -> None:
        """Say how to leave."""
        self.say(f"{self.key('app.close')} leaves; all is saved.")

    def do_app_suspend(self) -> None:
        """Stop until the shell wakes the program."""
        if self.means.outside is None:
            self.say("Only a program in a terminal can be put to sleep.")
            return
        with self.means.outside():
            os.kill(0, signal.SIGTSTP)  # as ctrl+z does: every process of the job
        self.say("Awake again.")

    # Commands

    def do_commands_open(self) -> None:
        """Give a command by its name."""
        said = self.ask("Command, by its name or its id")
        if said and said.strip():
            self.run(named(said, self.session.scale))
        else:
            self.say("No command is given.")

    def do_keys_open(self) -> None:
        """Print every command with its keys, and why one cannot be given now."""
        now = self.situation()
        listed = [c for c in COMMANDS if c.mode is Mode.READ and c.id not in NOT_HERE]
        for group, commands in groupby(listed, lambda command: command.group):
            self.say("", f"{group.value}:")
            for command in commands:
                if line := self._in_words(command):
                    reason = command.disabled(now)
                    self.say(f"{line}{f' Not now: {reason}.' if reason else ''}")
        titles = ", ".join(c.title.lower() for c in COMMANDS if c.id in NOT_HERE)
        self.say("", f"Only on the desk: {titles}.")

    def _in_words(self, command: Command) -> str:
        title, help_ = command.titled(self.session.scale), HERE.get(command.id, command.help)
        group, _, number = command.id.partition(".")
        if group == "verdict" and number.isdecimal():
            value = self.session.scale.by_key(int(number))
            if value is None:
                return ""
            help_ = f"{help_[:-1]}: {value.help}." if value.help else help_
        keys = " or ".join(map(key_label, self.keymap.keys_of(command))) or f":{command.id}"
        return f"{keys}: {title}. {help_}"

    def run(self, command: Command) -> None:
        """Do a command, or say why it cannot be done now."""
        reason = command.disabled(self.situation())
        if reason:
            self.say(f"{command.titled(self.session.scale)}: {reason}.")
            return
        self.handler(command.id)()

    def handler(self, id_: str) -> Callable[[], None]:
        """What does a command: `do_claim_next` for claim.next, `do_verdict` of 1 for verdict.1."""
        group, _, number = id_.partition(".")
        if number.isdecimal():
            return partial(getattr(self, f"do_{group}"), int(number))
        found: Callable[[], None] = getattr(self, f"do_{id_.replace('.', '_')}")
        return found


def named(said: str, scale: Scale) -> Command:
    """The command that a reader names by its title, its id, or the beginning of one.

    Raises:
        UsageError: there is none, or more than one.
    """
    wanted = said.strip().casefold()
    given = [command for command in COMMANDS if command.mode is Mode.READ]
    names = {name: c for c in given for name in (c.titled(scale).casefold(), c.id)}
    if wanted in names:
        return names[wanted]
    found = {c.id: c for name, c in names.items() if name.startswith(wanted)}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise UsageError(f"'{said.strip()}' may be: {', '.join(found)}.")
    near = difflib.get_close_matches(wanted, names, n=1)
    meant = f" Did you mean '{near[0]}'?" if near else " ? lists them all."
    raise UsageError(f"There is no command '{said.strip()}'.{meant}")
