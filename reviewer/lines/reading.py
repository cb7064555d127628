"""What is read of the evidence: further pages, excerpts, hits, sources."""

import re

from reviewer.lines.cards import card, citation
from reviewer.lines.judging import Judging
from reviewer.lines.parts import LANGUAGES, Text, one_line
from reviewer.lines.showing import AROUND, PAGE
from reviewer.lines.texts import shelved_line
from reviewer.model.errors import NotFoundError
from reviewer.model.evidence import Target
from reviewer.service.files_of import file_of

MOST_AROUND = 100
MOST_TEXTS = 20


class Reading(Judging):
    """The commands of the evidence."""

    def do_evidence_page_down(self) -> None:
        """Print the next page."""
        self.print_page()

    def do_evidence_page_up(self) -> None:
        """Print the page before."""
        self.page_back()

    def do_evidence_line_down(self) -> None:
        """Print the next passage, or what is left of one."""
        n, line = self.bottom
        if n >= len(self.texts):
            self.print_page()
        else:
            self.print_page(min(PAGE, max(1, self.height(n) - line)))

    def do_evidence_line_up(self) -> None:
        """Print the passage before."""
        n, line = self.top
        self.page_back(min(PAGE, line or (self.height(n - 1) if n else 1)))

    def do_evidence_pane(self) -> None:
        """Say that there are no panes."""
        page = self.key("evidence.page_down")
        self.say(f"There are no panes here: the texts follow one another, and {page} reads on.")

    def do_evidence_language(self) -> None:
        """Read both, the original alone, or the translation alone."""
        at = LANGUAGES.index(self.language)
        self.read_in(LANGUAGES[(at + 1) % len(LANGUAGES)])
        self.keep_place()
        what = {"both": "the original and its translation"}.get(self.language)
        self.say(f"From here on you read {what or f'the {self.language} alone'}.")

    def do_evidence_pick(self) -> None:
        """Put any text of the case beside the claim."""
        words = self.ask("Texts with these words (empty: all)")
        if words is None:
            return
        found = self.session.texts(words, limit=MOST_TEXTS)
        for n, text in enumerate(found, start=1):
            self.say(f"{n} {shelved_line(text)}")
        if not found:
            self.say("No text of the case holds these words.")
            return
        if self.view is None:
            case = one_line(str(self.session.case.path))
            self.say(f"To read one of them: reviewer show {case} ID")
            return
        number = self.ask("Number of the text to put beside this claim")
        if number is None or not number.strip().isdecimal():
            return
        if not 0 < int(number) <= len(found):
            self.say(f"There is no text {int(number)} in this list.")
            return
        self._lay_beside(self.session.text(found[int(number) - 1].id))

    def _lay_beside(self, target: Target) -> None:
        text = self.put_beside(target)
        if text is not None:
            self.top = self.bottom = (self.texts.beginning(text), 0)
            self.print_page()

    def put_beside(self, target: Target) -> Text | None:
        """Put a text of the case among those of the claim, if it is not there already."""
        if self.shown.target(target.id) is None:
            self.beside = target
            self.refresh()
            select = self.key("select.start")
            self.say(f"Nothing links it to this claim yet; {select} makes an excerpt.")
        return self.texts.text(target.id)

    # Excerpts

    def do_excerpt_next(self) -> None:
        """To the next excerpt, or to the next text that has none."""
        self._choose(self.stop + 1, "last")

    def do_excerpt_previous(self) -> None:
        """To the excerpt or the text before."""
        self._choose(self.stop - 1, "first")

    def _choose(self, n: int, end: str) -> None:
        if not 0 <= n < len(self.stops):
            what = "excerpt" if any(stop.excerpt for stop in self.stops) else "text"
            self.say(f"That was the {end} {what} of this claim.")
            return
        self.stop = n
        self.around = AROUND
        self.keep_place()
        self.show_stop()

    def do_evidence_more(self) -> None:
        """Print more around the excerpt."""
        self._around_by(min(MOST_AROUND, max(1, self.around * 2)))

    def do_evidence_less(self) -> None:
        """Print less around the excerpt."""
        self._around_by(self.around // 2)

    def _around_by(self, n: int) -> None:
        if self.excerpt is None:
            step = f"{self.key('excerpt.previous')} and {self.key('excerpt.next')}"
            self.say(f"No excerpt is chosen; {step} step to one.")
            return
        if n == self.around:
            self.say(f"It is {n} passages around the excerpt already.")
            return
        self.around = n
        self.show_stop()

    def do_excerpt_copy(self) -> None:
        """Print the quotation with its citation."""
        excerpt = self.excerpt
        if excerpt is None:
            return
        target = self.shown.target(excerpt.target)
        self.say(f'"{one_line(excerpt.exact)}" ({citation(excerpt, target)})')
        if target and target.url:
            self.say(f"Address: {one_line(target.url)}")

    # Find

    def do_find_open(self) -> None:
        """Look for words in the texts."""
        again = f" (empty: '{self.looked_for}' again)" if self.looked_for else ""
        words = self.ask(f"Find{again}")
        if words is None or not (words.strip() or self.looked_for):
            self.say("Nothing is looked for.")
            return
        self.looked_for = words.strip() or self.looked_for
        self.hit = -1
        self._find(1)

    def do_find_next(self) -> None:
        """To the next hit, from the beginning again at the end."""
        self._find(1)

    def do_find_previous(self) -> None:
        """To the hit before, from the end again at the beginning."""
        self._find(-1)

    def _find(self, step: int) -> None:
        texts, pattern = self.texts, words_pattern(self.looked_for)
        hits = [n for n in range(len(texts)) if texts.part(n).holds(pattern)]
        if not hits:
            self.say(f"'{one_line(self.looked_for)}' stands nowhere in the texts of this claim.")
            return
        ahead = [n for n in hits if (n - self.hit) * step > 0]
        if not ahead:
            self.say("From the top again." if step > 0 else "From the end again.")
        self.hit = (ahead or hits)[0 if step > 0 else -1]
        self.say(f"Hit {hits.index(self.hit) + 1} of {len(hits)}:")
        self.print_part(self.hit)

    # Sources

    def do_evidence_card(self) -> None:
        """Print who published or released what is read."""
        from reviewer.service.asking import findings_for

        target = self.current_text()
        found = findings_for(self.session, self.shown)
        self.say(*card(target, file_of(self.session, target), found, self.claim))

    def current_text(self) -> Target:
        """The text of the chosen excerpt, or the one that is read.

        Raises:
            NotFoundError: no text is held for the claim.
        """
        target = self.shown.target(self.stops[self.stop].target) if self.stop >= 0 else None
        if target is not None:
            return target
        if not self.texts.texts:
            raise NotFoundError(f"No text is held for {self.claim}.")
        last = max(0, min(self.bottom[0], len(self.texts)) - (self.bottom[1] == 0))
        return self.texts.text_at(last).target


def words_pattern(words: str) -> re.Pattern[str]:
    """What finds words whatever their case, and whatever white space is between them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
