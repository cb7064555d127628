"""Where a reader is: the claim, the text and the excerpt, the filter, the way back.

Pure state over a session: knows no widget. The screens draw it and the handlers move it.
"""

from __future__ import annotations

from reviewer.model.cards import Stop, is_translated, stops
from reviewer.model.claims import ClaimView, QueueRow
from reviewer.model.errors import NotFoundError
from reviewer.model.evidence import Excerpt, Recording, Target
from reviewer.model.naming import is_by
from reviewer.service.ahead import Find, Which
from reviewer.service.ordering import order_of
from reviewer.service.places import Place, Places
from reviewer.service.session import ALL, Filter, Session
from reviewer.service.situation import Situation
from reviewer.structs import Struct, field

LANGUAGES = ("both", "original", "translation")
CONTEXTS = (2, 5, 10, 25, 50, 100)
STATEMENT, RECORDING = "statement", "recording"


class Reading(Struct, frozen=False):
    """The state of the desk."""

    session: Session
    places: Places
    view: ClaimView | None = None
    stops: list[Stop] = field(default_factory=list)
    stop: int = 0
    pane: str = STATEMENT
    language: str = "both"
    context: int | None = None
    side: bool | None = None
    zoomed: bool = False
    filter: Filter = ALL
    filter_text: str = ""
    jumps: list[str] = field(default_factory=list)
    beside: Target | None = None
    """A text of the case that the reader put beside the claim, though nothing links them."""
    due: str = ""
    """What to say where the claim is due for another look, or nothing."""
    rivals: int = 0
    """How many claims stand against the claim on the screen."""
    _shown: dict[str, str] = field(default_factory=dict)
    _translated: dict[tuple[str, int], bool] = field(default_factory=dict)
    _grades: dict[str, str] = field(default_factory=dict)

    # The claim

    @property
    def claim(self) -> str:
        """The id of the claim on the screen, or nothing."""
        return self.view.claim.id if self.view else ""

    def go(self, claim: str, *, jump: bool = False) -> None:
        """Put a claim on the screen; `jump` lets `o` come back from it.

        Raises:
            NotFoundError: the case has no such claim.
        """
        view = self.session.view(claim)
        self.session.see(view)
        if jump and self.view and self.claim != claim:
            self.jumps.append(self.claim)
        same = claim == self.claim
        if not same:
            self.beside = None
        self.view = view.beside(self.beside)
        self.stops = stops(self.view)
        self._grades.clear()
        self.due = self.session.due(claim)
        self.rivals = self.session.count_rivals(claim)
        if not same:
            self._shown.clear()
            self._translated.clear()
            self.context = None
            self.choose_stop(self._news() or 0)
        else:
            self.stop = min(self.stop, max(0, len(self.stops) - 1))

    def _news(self) -> int | None:
        """The first place in a text that the reader's stale verdict did not see; None without."""
        mine = self.view.mine(self.session.reader) if self.view else None
        if self.view is None or mine is None or not mine.stale:
            return None
        seen = mine.data.get("saw")
        saw = seen if isinstance(seen, dict) else {}
        now = {target.id: target.hash for target in self.view.targets}
        fresh = (
            n
            for n, stop in enumerate(self.stops)
            if stop.target in now and saw.get(stop.target) != now[stop.target]
        )
        return next(fresh, None)

    def lay_beside(self, target: Target) -> None:
        """Put a text of the case beside the claim on the screen, until it is left."""
        if self.view is None:
            return
        if self.view.target(target.id) is None:
            self.beside = target
            self.view = self.view.beside(target)
            self.stops = stops(self.view)
        at = next(n for n, stop in enumerate(self.stops) if stop.target == target.id)
        self.choose_stop(at)

    def refresh(self) -> None:
        """Read the claim on the screen again, staying where the reader is."""
        if not self.view:
            return
        chosen = self.excerpt
        self.go(self.claim)
        for n, stop in enumerate(self.stops):
            if chosen and stop.excerpt and stop.excerpt.id == chosen.id:
                self.stop = n

    def find(self, which: Which) -> Find:
        """A way to another claim of the filtered queue, from the one on the screen."""
        return Find(which, self.filter, self.session.order, self.claim, self.session.holder)

    def first(self) -> QueueRow | None:
        """The first claim of the filtered queue."""
        return self.find("first")(self.session)

    def in_filter(self) -> bool:
        """Whether the claim on the screen is one of the filtered queue."""
        return not self.view or self.session.matches(self.claim, self.filter)

    def set_filter(self, text: str) -> None:
        """Limit the queue.

        Raises:
            FilterError: the filter cannot be understood; the old one stays.
        """
        self.filter = self.session.filter(text)
        self.filter_text = text.strip()

    # The texts

    @property
    def excerpt(self) -> Excerpt | None:
        """The chosen excerpt."""
        return self.stops[self.stop].excerpt if self.stops else None

    def choose_stop(self, n: int) -> None:
        """Step to a place, and to the pane of its text."""
        self.stop = n
        if not self.stops:
            return
        target = self.view.target(self.stops[n].target) if self.view else None
        self.pane = RECORDING if isinstance(target, Recording) else STATEMENT
        if target:
            self._shown[self.pane] = target.id

    def target(self, pane: str) -> Target | None:
        """The text that a pane shows."""
        if not self.view:
            return None
        chosen = self.view.target(self._shown.get(pane, ""))
        if chosen:
            return chosen
        of_pane = self.of_pane(pane)
        quoted = [t for t in of_pane if any(e.target == t.id for e in self.view.excerpts)]
        return next(iter([*quoted, *of_pane]), None)

    def of_pane(self, pane: str) -> tuple[Target, ...]:
        """Every text that a pane may show."""
        if not self.view:
            return ()
        return self.view.statements if pane == STATEMENT else self.view.recordings

    def excerpts_on(self, target: Target) -> list[Excerpt]:
        """The excerpts of this claim on a text, orphans among them."""
        return [e for e in self.view.excerpts if e.target == target.id] if self.view else []

    def around(self, target: Target) -> tuple[int, int] | None:
        """The segments to show, where the reader asked for less than all of a recording."""
        if self.context is None or not isinstance(target, Recording):
            return None
        placed = [e for e in self.excerpts_on(target) if e.start is not None]
        chosen = self.excerpt if self.excerpt in placed else next(iter(placed), None)
        if chosen is None or chosen.start is None:
            return None
        linked = target.segments_of(chosen.start, chosen.end or chosen.start)
        return linked.start - self.context, linked.stop - 1 + self.context

    def hides(self, context: int) -> bool:
        """Whether so many segments around the excerpt are less than the whole recording."""
        target = self.target(RECORDING)
        before, self.context = self.context, context
        around = self.around(target) if target else None
        self.context = before
        if around is None or not isinstance(target, Recording):
            return False
        return around[0] > 0 or around[1] < len(target.segments) - 1

    def switch_pane(self) -> bool:
        """Make the other pane the one that scrolls, if it has a text."""
        other = RECORDING if self.pane == STATEMENT else STATEMENT
        if self.target(other) is None:
            return False
        self.pane = other
        return True

    # For the command table and the place to come back to

    def situation(self, *, finding: bool) -> Situation:
        """What decides which commands can be given now."""
        shown = [t for t in (self.target(STATEMENT), self.target(RECORDING)) if t]
        excerpt = self.excerpt
        return Situation(
            view=self.view,
            reader=self.session.reader,
            readonly=self.session.readonly,
            scale=self.session.scale,
            stops=len(self.stops),
            excerpt=excerpt is not None,
            own_excerpt=excerpt is not None and is_by(excerpt.reader, self.session.reader),
            translated=any(map(self._is_translated, shown)),
            transcript=self.target(RECORDING) is not None,
            filtered=bool(self.filter_text),
            finding=finding,
            jumps=len(self.jumps),
        )

    def _is_translated(self, target: Target) -> bool:
        # Asked at each key, and a long call has a hundred thousand segments.
        key = target.id, target.version
        if key not in self._translated:
            self._translated[key] = is_translated(target)
        return self._translated[key]

    def grade(self, target: Target) -> str:
        """The grade of a text in short, where somebody gave one."""
        # Asked at each drawing; and most cases use no grades.
        if target.id not in self._grades:
            code = ""
            if self.session.holds_findings():
                from reviewer.service.grading import code_of

                code = code_of(self.session, self.claim, target)
            self._grades[target.id] = code
        return self._grades[target.id]

    def place(self, scroll: tuple[int, int]) -> Place:
        """Where the reader is, to come back to."""
        return Place(
            claim=self.claim,
            stop=self.stop,
            filter=self.filter_text,
            pane=self.pane,
            scroll=scroll,
            side=self.side,
            language=self.language,
            order=self.session.order.id,
            first=self.session.order.first,
        )

    def resume(self, place: Place, filter_text: str) -> Place | None:
        """Go where the reader left, if that is still there.

        Returns:
            The place, where the reader is back at it.
        """
        self.side = place.side
        self.session.order = order_of(place, self.session.order)
        self.language = place.language if place.language in LANGUAGES else "both"
        if filter_text or place.filter:
            self.set_filter(filter_text or place.filter)
        if place.claim and not filter_text:
            try:
                self.go(place.claim)
            except NotFoundError:
                self.begin()
                return None
            if self._news() is not None:
                # What came meanwhile is to be seen first, and not where the reader left.
                return None
            if place.stop < len(self.stops):
                self.choose_stop(place.stop)
            self.pane = place.pane if self.target(place.pane) else self.pane
            return place
        self.begin()
        return None

    def begin(self) -> None:
        """Go to the first claim that waits for a verdict, or to the first of all."""
        row = self.session.take_next(self.filter) or self.first()
        if row is not None:
            self.go(row.id)
