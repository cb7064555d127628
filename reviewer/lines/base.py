"""What every handler of the plain front end stands on: the claim, the queue, the voice."""

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from reviewer.lines.parts import BOTH, LANGUAGES, Evidence, one_line, translated
from reviewer.model.cards import Stop, stops
from reviewer.model.claims import ClaimView, QueueRow
from reviewer.model.entry import Entry, Kind
from reviewer.model.errors import FilterError, NotFoundError
from reviewer.model.evidence import Excerpt, Target
from reviewer.model.naming import is_by
from reviewer.service.commands import BY_ID
from reviewer.service.keymap import Keymap, key_label
from reviewer.service.ordering import order_of
from reviewer.service.places import Places
from reviewer.service.second_reading import what_of_the_other
from reviewer.service.session import ALL, Session
from reviewer.service.situation import Situation
from reviewer.text.display import display
from reviewer.text.wrap import wrap

INDENT = "  "
NARROWEST = 20


class Ask(Protocol):
    """Reads one line of text; None where the reader left it without an answer.

    `changed` is called with the text after every keystroke.
    """

    def __call__(
        self, prompt: str, text: str = "", changed: Callable[[str], None] | None = None
    ) -> str | None:
        """Ask, with `text` to go on with."""


@dataclass(frozen=True, slots=True)
class Means:
    """How the front end speaks and listens.

    `keys` gives the name of the next key, or nothing when no more will come. `outside` is
    the terminal as it was found, for another program. A `width` of 0 wraps nothing.
    """

    keys: Callable[[], str]
    say: Callable[[str], None]
    ask: Ask
    outside: Callable[[], AbstractContextManager[None]] | None = None
    width: int = 0


def wrapped(line: str, width: int) -> list[str]:
    """A line as it is printed: what belongs to it stands indented below.

    So that no text from outside can begin a line, and pass for one of ours.
    """
    shown = display(line)
    if width < NARROWEST:
        pieces = shown.split("\n")
    else:
        pieces = [shown[start:end] for start, end in wrap(shown, width - len(INDENT))]
    return [piece if n == 0 else INDENT + piece for n, piece in enumerate(pieces)]


class Base:
    """Where the reader is, and the words for it."""

    def __init__(self, session: Session, places: Places, keymap: Keymap, means: Means) -> None:
        self.session = session
        self.places = places
        self.keymap = keymap
        self.means = means
        self.view: ClaimView | None = None
        self.evidence: Evidence | None = None
        self.beside: Target | None = None
        self.stops: list[Stop] = []
        self.stop = -1
        self.top = (0, 0)
        self.bottom = (0, 0)
        self.language = BOTH
        self.filter = ALL
        self.filter_text = ""
        self.looked_for = ""
        self.hit = -1
        self.jumps: list[str] = []
        self.left = False
        self._place = places.place()

    # The voice

    def say(self, *lines: str) -> None:
        """Print lines; nothing reaches the terminal another way."""
        for line in lines:
            for piece in wrapped(line, self.means.width):
                self.means.say(piece)

    def ask(
        self, prompt: str, text: str = "", changed: Callable[[str], None] | None = None
    ) -> str | None:
        """Read one line of text; None where the reader left it."""
        return self.means.ask(one_line(prompt), text, changed)

    def key(self, id_: str) -> str:
        """The key of a command, or how else to give it."""
        keys = self.keymap.keys_of(BY_ID[id_])
        return key_label(keys[0]) if keys else f": {BY_ID[id_].title}"

    def recorded(self, entry: Entry) -> None:
        """Say what has been recorded; it is on the disk."""
        sentence = self.session.tell(entry).short
        self.say(f"Recorded: {one_line(sentence)}. {self.key('act.undo')} undoes.")
        if entry.kind == Kind.VERDICT and "readings" in entry.data:
            self.say(what_of_the_other(self.session, entry, self.key("readings.open")))

    # The claim

    @property
    def shown(self) -> ClaimView:
        """The claim that is shown.

        Raises:
            NotFoundError: there is none.
        """
        if self.view is None:
            raise NotFoundError("There is no claim on the screen.")
        return self.view

    @property
    def claim(self) -> str:
        """The id of the claim that is shown, or nothing."""
        return self.view.claim.id if self.view else ""

    @property
    def excerpt(self) -> Excerpt | None:
        """The chosen excerpt."""
        return self.stops[self.stop].excerpt if 0 <= self.stop < len(self.stops) else None

    def load(self, claim: str, *, jump: bool = False) -> None:
        """Read a claim from the case and make it the one that is shown.

        Raises:
            NotFoundError: the case has no such claim.
        """
        view = self.session.view(claim)
        self.session.see(view)
        if jump and self.view and self.claim != claim:
            self.jumps.append(self.claim)
        if claim != self.claim:
            self.stop, self.hit, self.top, self.bottom = -1, -1, (0, 0), (0, 0)
        chosen = self.excerpt
        if claim != self.claim:
            self.beside = None
        self.view = view = view.beside(self.beside)
        self.stops = stops(view)
        for n, stop in enumerate(self.stops):
            if chosen and stop.excerpt and stop.excerpt.id == chosen.id:
                self.stop = n
        self.stop = min(self.stop, len(self.stops) - 1)
        self.read_in(self.language)
        self.keep_place()

    def read_in(self, language: str) -> None:
        """Lay the texts out in a language; the place in them is kept where it can be."""
        if language != self.language:
            self.language, self.hit = language, -1
        self.evidence = Evidence(self.shown, language)
        last = len(self.evidence)
        self.top, self.bottom = min(self.top, (last, 0)), min(self.bottom, (last, 0))

    def refresh(self) -> None:
        """Read the claim that is shown again."""
        if self.view:
            self.load(self.claim)

    def first(self) -> QueueRow | None:
        """The first claim of the filtered queue."""
        return next(iter(self.session.rows(self.filter, limit=1)), None)

    # The place

    def keep_place(self) -> None:
        """Keep where the reader is. What cannot be kept is no loss worth a word."""
        place = self._place
        self._place = replace(
            place,
            scroll=place.scroll if place.claim == self.claim else (0, 0),
            claim=self.claim,
            stop=max(0, self.stop),
            filter=self.filter_text,
            language=self.language,
            order=self.session.order.id,
            first=self.session.order.first,
        )
        with contextlib.suppress(OSError):
            self.places.keep_place(self._place)

    def resume(self, filter_text: str) -> bool:
        """Go where the reader left, or to where there is work.

        Returns:
            Whether the reader is back where they left.

        Raises:
            FilterError: `filter_text` cannot be understood.
        """
        place = self._place
        self.session.order = order_of(place, self.session.order)
        self.language = place.language if place.language in LANGUAGES else BOTH
        if filter_text.strip():
            self.set_filter(filter_text)
        else:
            with contextlib.suppress(FilterError):
                self.set_filter(place.filter)
            with contextlib.suppress(NotFoundError):
                if place.claim:
                    self.load(place.claim)
                    self.stop = min(place.stop, len(self.stops) - 1) if place.stop else -1
                    return True
        row = self.session.take_next(self.filter) or self.first()
        if row:
            self.load(row.id)
        return False

    def set_filter(self, text: str) -> None:
        """Limit the queue.

        Raises:
            FilterError: the filter cannot be understood; the old one stays.
        """
        self.filter = self.session.filter(text)
        self.filter_text = text.strip()

    def in_filter(self) -> bool:
        """Whether the claim that is shown is one of the filtered queue."""
        return not self.filter_text or self.session.matches(self.claim, self.filter)

    # The command table

    def situation(self) -> Situation:
        """What decides which commands can be given now."""
        excerpt = self.excerpt
        return Situation(
            view=self.view,
            reader=self.session.reader,
            readonly=self.session.readonly,
            scale=self.session.scale,
            stops=len(self.stops),
            excerpt=excerpt is not None,
            own_excerpt=excerpt is not None and is_by(excerpt.reader, self.session.reader),
            translated=self.view is not None and translated(self.view),
            transcript=self.view is not None and bool(self.view.recordings),
            filtered=bool(self.filter_text),
            finding=bool(self.looked_for),
            jumps=len(self.jumps),
        )
