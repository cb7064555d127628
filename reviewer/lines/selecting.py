"""Making an excerpt by a plain dialogue: which text, which words of it, which stance."""

import re
from collections.abc import Iterator

from reviewer.lines.parts import CallText, Text, name_of, one_line
from reviewer.lines.reading import Reading, words_pattern
from reviewer.model.errors import UsageError
from reviewer.model.evidence import Stance
from reviewer.service.commands import BY_ID, Mode

Span = tuple[int, int]
NUMBERS = re.compile(r"(\d{1,9})(?:\s*(?:-|–|to)\s*(\d{1,9}))?")
FROM_TO = re.compile(r"from\s+(.*)", re.IGNORECASE | re.DOTALL)
QUOTES = "\"'“”„«»"
STANCES = {
    "select.supports": Stance.SUPPORTS,
    "select.refutes": Stance.REFUTES,
    "select.context": Stance.CONTEXT,
}


class Selecting(Reading):
    """The commands that make and unmake excerpts."""

    def do_select_start(self) -> None:
        """Ask for a text, for words or lines of it, and for the stance; then record it."""
        text = self._which_text()
        span = self._which_words(text) if text else None
        if text is None or span is None:
            self.say("No excerpt is made.")
            return
        words = text.target.text[slice(*span)]
        self.say(f'The words: "{one_line(words)}"')
        stance = self._which_stance()
        if stance is None:
            self.say("No excerpt is made.")
            return
        entry = self.session.link(self.shown, text.target, *span, stance)
        if entry is None:
            self.say("This very excerpt stands already; nothing was recorded.")
            return
        self.recorded(entry)
        self.refresh()
        made = (n for n, s in enumerate(self.stops) if s.excerpt and s.excerpt.id == entry.id)
        self.stop = next(made, self.stop)
        self.keep_place()

    def do_excerpt_take_back(self) -> None:
        """Take the chosen excerpt back."""
        if self.excerpt is None:
            return
        self.recorded(self.session.unlink(self.shown, self.excerpt))
        self.stop = -1
        self.refresh()

    def _which_text(self) -> Text | None:
        texts = self.texts.texts
        if len(texts) == 1:
            self.say(f"The only text: {name_of(texts[0].target)}.")
            return texts[0]
        for n, text in enumerate(texts, start=1):
            self.say(f"{n} {name_of(text.target)}: {one_line(text.target.title) or 'no title'}")
        said = self.ask(f"Which text, 1 to {len(texts)} (empty leaves)")
        if not said or not said.strip():
            return None
        if said.strip().isdecimal() and 1 <= int(said) <= len(texts):
            return texts[int(said) - 1]
        by_id = self.texts.text(said.strip())
        if by_id is None:
            raise UsageError(f"'{said.strip()}' is not one of these texts.")
        return by_id

    def _which_words(self, text: Text) -> Span | None:
        whole = "segments" if isinstance(text, CallText) else "paragraphs"
        said = self.ask(
            f"Which {whole}, as 4 or 4-7, or which words, as they stand or: from WORDS to WORDS"
            " (empty leaves)"
        )
        return span_of(text, said) if said and said.strip() else None

    def _which_stance(self) -> Stance | None:
        keys = [f"{self.key(id_)} {stance.value}" for id_, stance in STANCES.items()]
        self.say(f"Stance? {'  '.join(keys)}  {self.key('select.leave')} leaves")
        while key := self.means.keys():
            command = self.keymap.command(Mode.SELECT, key)
            if command and command.id in STANCES:
                return STANCES[command.id]
            if key == "ctrl+c" or (command and command.id == BY_ID["select.leave"].id):
                return None
            if key != "enter":
                self.say(f"The key {one_line(key)} is no stance: {', '.join(keys)}.")
        return None


def span_of(text: Text, said: str) -> Span:
    """What a reader means by `4-7`, by words, or by `from WORDS to WORDS`.

    Raises:
        UsageError: it stands nowhere, or in more than one place.
    """
    said = said.strip()
    if numbers := NUMBERS.fullmatch(said):
        return _by_number(text, int(numbers[1]), int(numbers[2] or numbers[1]))
    whole = text.target.text
    found = _places(whole, said.strip(QUOTES))
    between = FROM_TO.fullmatch(said)
    if not found and between:
        found = list(dict.fromkeys(_between(whole, between[1])))
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"'{said}' stands {len(found)} times in {text.target.id}; give more of the words."
        )
    raise UsageError(f"'{said}' does not stand in {text.target.id}{_translated(text, said)}.")


def _by_number(text: Text, first: int, last: int) -> Span:
    if not 1 <= first <= last <= text.originals:
        raise UsageError(
            f"{text.target.id} has the numbers 1 to {text.originals}; a number that is one of its"
            " words stands in quotation marks."
        )
    start, end = text.original(first - 1), text.original(last - 1)
    return start.start or 0, end.end


def _places(whole: str, words: str) -> list[Span]:
    if not words.strip():
        return []
    exact = [match.span() for match in re.finditer(re.escape(words), whole)]
    return exact or [match.span() for match in words_pattern(words).finditer(whole)]


def _between(whole: str, said: str) -> Iterator[Span]:
    # "to" may be one of the words: whatever way of reading it finds a place counts.
    for cut in re.finditer(r"\s+to\s+", said, re.IGNORECASE):
        begin, end = said[: cut.start()].strip(QUOTES), said[cut.end() :].strip(QUOTES)
        for start, stop in _places(whole, begin):
            behind = next((span for span in _places(whole, end) if span[0] >= stop), None)
            if behind:
                yield start, behind[1]


def _translated(text: Text, said: str) -> str:
    if not isinstance(text, CallText):
        return "; excerpts are made of the original words"
    pattern = words_pattern(said.strip(QUOTES))
    for n in range(text.originals):
        if pattern.search(text.original(n).translation):
            return f"; in the translation it stands in segment {n + 1}: give that number"
    return ""
