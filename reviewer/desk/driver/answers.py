"""The terminal's answers among the keys.

The question after a frame is "are you well" (DSR 5) and the answer `CSI 0n`; what the
terminal can do is asked by mode (DECRQM) and answered `CSI ? mode ; state $y`. No key sends
either. They are taken out of what is typed before anything else looks at it: an answer that
came in pieces must not be read as keys, some of which are verdicts and one takes them back.
"""

import re

QUESTION = "\x1b[5n"
ANSWER = "\x1b[0n"
MARGINS, WHOLE_FRAMES = 69, 2026
"""The modes that are asked for: left and right margins, and frames that are shown at once."""

_ESCAPE = "\x1b"
_ANSWERS = re.compile(r"\x1b\[(?:0n|\?(?P<mode>\d+);(?P<state>\d)\$y)")
_BEGUN = re.compile(r"\x1b\[(?:0|\?(?:\d+(?:;(?:\d\$?)?)?)?)?\Z")
_CAN_BE_SET = ("1", "2")


def question(mode: int) -> str:
    """Give the question whether a terminal has a mode."""
    return f"\x1b[?{mode}$p"


class Answers:
    """Takes the answers out of what comes from the terminal, however it is cut."""

    def __init__(self) -> None:
        self._kept = ""
        self._escaped = False
        self.modes: set[int] = set()
        """The modes of which the terminal has said that they can be set."""

    def take(self, text: str) -> tuple[str, int]:
        """Give what was typed, and how many answers to frames came with it."""
        text, self._kept = self._kept + text, ""
        escape = _ESCAPE if self._escaped and text else ""
        if escape and _BEGUN.match(escape + text):
            # An escape that comes alone is given on at once, as it is most often the key.
            self._kept = text
            return "", 0
        if not (escape and _ANSWERS.match(escape + text)):
            escape = ""
        text, answers = self._without(escape + text)
        if begun := _BEGUN.search(text):
            # No key ends so: it can wait for the rest of it.
            text, self._kept = text[: begun.start()], begun[0]
        self._escaped = text.endswith(_ESCAPE)
        return text, answers

    def _without(self, text: str) -> tuple[str, int]:
        found = list(_ANSWERS.finditer(text))
        self.modes |= {int(one["mode"]) for one in found if one["state"] in _CAN_BE_SET}
        return _ANSWERS.sub("", text), sum(one["mode"] is None for one in found)

    def rest(self) -> str:
        """Give what was kept back for an answer and was none, once nothing more comes."""
        kept = "" if self._kept.startswith(_ESCAPE) else self._kept
        self._kept, self._escaped = self._kept.removeprefix(kept) if kept else self._kept, False
        return kept
