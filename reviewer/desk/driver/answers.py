"""The terminal's answers among the keys.

The question is "are you well" (DSR 5) and the answer `CSI 0n`, which no key sends. It is
taken out of what is typed before anything else looks at it: an answer that came in pieces
must not be read as the keys `0` and `n`, of which one takes a verdict back.
"""

QUESTION = "\x1b[5n"
ANSWER = "\x1b[0n"

_ESCAPE = "\x1b"
_BEGUN = ("\x1b[", "\x1b[0")


class Answers:
    """Takes the answers out of what comes from the terminal, however it is cut."""

    def __init__(self) -> None:
        self._kept = ""
        self._escaped = False

    def take(self, text: str) -> tuple[str, int]:
        """Give what was typed, and how many answers came with it."""
        text, self._kept = self._kept + text, ""
        answers = 0
        if self._escaped and text:
            # An escape that comes alone is given on at once, as it is most often the key.
            if any((_ESCAPE + text) == begun for begun in _BEGUN):
                self._kept = text
                return "", 0
            if (_ESCAPE + text).startswith(ANSWER):
                text, answers = text[len(ANSWER) - 1 :], 1
        answers += text.count(ANSWER)
        text = text.replace(ANSWER, "")
        for begun in _BEGUN:
            if text.endswith(begun):
                # No key ends so: it can wait for the rest of it.
                text, self._kept = text.removesuffix(begun), begun
        self._escaped = text.endswith(_ESCAPE)
        return text, answers

    def rest(self) -> str:
        """Give what was kept back for an answer and was none, once nothing more comes."""
        kept = "" if self._kept.startswith(_ESCAPE) else self._kept
        self._kept, self._escaped = self._kept.removeprefix(kept) if kept else self._kept, False
        return kept
