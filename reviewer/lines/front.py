"""The desk as labelled lines: the same commands, keys and acts, and nothing repainted.

For screen readers, dumb terminals and very bad links: no cursor is moved, no colour is
used, what was printed stays. Each key does one command of the command table, by the
method that is named after it.
"""

from reviewer.lines.parts import one_line
from reviewer.lines.program import Program
from reviewer.lines.render import EXERCISE
from reviewer.lines.terminal import LineGoneError, means
from reviewer.lines.texts import text_lines
from reviewer.model.errors import CaseError, ClaimChangedError, ReviewerError
from reviewer.service.commands import Command, Mode
from reviewer.service.config import Config, load_config
from reviewer.service.keymap import keymap
from reviewer.service.news import news
from reviewer.service.places import Places
from reviewer.service.session import Session

INTERRUPTED = 130
SILENT = frozenset(("enter", "backspace"))


class Front(Program):
    """A reader's review of a case, key by key."""

    def review(self, filter_text: str = "") -> int:
        """Go to where the reader left, and do what is asked for until they leave.

        Returns:
            The exit code.

        Raises:
            FilterError: `filter_text` cannot be understood.
        """
        self._greet(self.resume(filter_text))
        while not self.left and (key := self.means.keys()):
            self.press(key)
        return 0

    def _among_others(self) -> None:
        """Hold the claim that is shown, and say what others have done to it meanwhile."""
        try:
            self.session.stay(self.claim)
            before = self.view
            if before is None or not self.session.changed_by_others():
                return
            self.refresh()
            told = news(before, self.shown, self.session.reader, self.session.scale)
            self.say(*map(one_line, told))
        except ReviewerError as error:
            self.say(error.sentence)

    def press(self, key: str) -> None:
        """Do what a key asks for. What cannot be done is said in one sentence."""
        command = self.keymap.command(Mode.READ, key)
        if command is None:
            if key not in SILENT:
                keys = self.key("keys.open")
                self.say(f"The key {one_line(key)} does nothing here; {keys} lists the keys.")
            return
        self._do(command)
        if not self.left:
            self._among_others()

    def _do(self, command: Command) -> None:
        try:
            self.run(command)
        except ClaimChangedError as changed:
            self.say(changed.sentence)
            self.refresh()
            self.show()
        except ReviewerError as error:
            self.say(error.sentence)

    def _greet(self, back: bool) -> None:
        about = self.session.about
        self.say(f"Case: {one_line(about.title)}")
        if about.exercise:
            self.say(EXERCISE)
        if about.about and not back:
            self.say(*text_lines("About", about.about))
        keys, leaves = self.key("keys.open"), self.key("app.close")
        self.say(
            f"Reader: {one_line(self.session.reader)}. {keys} lists the keys, {leaves} leaves."
        )
        if self.session.readonly:
            self.say("The case is open for reading only; nothing can be recorded.")
        self._greet_by_date()
        if room := self.session.little_room():
            self.say(room)
        if self.filter_text:
            self.say(f"Filter: {one_line(self.filter_text)}")
        if self.view is None:
            self.say(self.nothing_matches())
            return
        if back:
            self.say(f"Back at claim {one_line(self.claim)}, where you left.")
        self.show()
        if back and self.stop >= 0:
            self.show_stop()

    def _greet_by_date(self) -> None:
        if self.session.as_of:
            self.say(f"Your verdicts will hold as of {self.session.as_of}.")
        if n := self.session.count_due():
            self.say(f"Due for another look: {n}; the filter due:yes finds them.")


def run_plain(session: Session, *, filter_text: str = "", config: Config | None = None) -> int:
    """Review a case in labelled lines, on the terminal or line by line from a pipe.

    Args:
        session: the reader's hold on the case.
        filter_text: a filter to begin with, instead of the one that was left.
        config: the reader's settings, else those of the settings file.

    Returns:
        The exit code.

    Raises:
        UsageError: the filter or the settings cannot be understood.
        CaseError: there is no place for drafts.
    """
    config = config or load_config()
    keys = keymap(config.keys, aliases=config.keyboard_aliases, where=config.where)
    try:
        places = Places(session.about.id, session.reader)
    except OSError as error:
        raise CaseError(
            f"The folder for drafts cannot be made ({error.strerror}: {error.filename});"
            " set XDG_STATE_HOME to a folder that you can write."
        ) from error
    try:
        with means() as with_these:
            return Front(session, places, keys, with_these).review(filter_text)
    except KeyboardInterrupt:
        return INTERRUPTED
    except LineGoneError:
        return 0
