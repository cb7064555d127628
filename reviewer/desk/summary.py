"""The summary of the sitting, and behind `tab` how far the readers agree."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from reviewer.desk.cards import Rows, labelled, paragraph
from reviewer.desk.keys import key_of
from reviewer.desk.lists import TextScreen
from reviewer.desk.paint import BOLD, PLAIN
from reviewer.model.clock import minute
from reviewer.service import plots
from reviewer.service.agreeing import AT_ONCE, agreement, read_twice
from reviewer.service.session import Session
from reviewer.service.summing import DAYS, day_labels, fields, summary
from reviewer.service.telling_agreement import NONE_YET, measured_pairs, notes, sections
from reviewer.text.cells import fit
from reviewer.text.display import display
from reviewer.text.units import counted

SITTING, AGREEMENT = "This sitting", "Agreement"
OTHER = {SITTING: AGREEMENT, AGREEMENT: SITTING}
MOST_PAIRS = 10
MOST_ACTS = 12
CLOCK = len("14:05 UTC")
MARGIN = 2
KEYS = "j/k line  space/b page  q close"


class SummaryScreen(TextScreen):
    """Two pages to read. Each is read from the case when it is turned to."""

    def __init__(self, session: Session, key: str) -> None:
        super().__init__(SITTING, _sitting(session))
        self.session = session
        self.key = key
        self._head(SITTING)

    def _head(self, page: str) -> None:
        self.heading = page
        self.keys = f"tab {OTHER[page].lower()}  {KEYS}"

    def take_key(self, event: events.Key) -> bool:
        """Turn the page, scroll, or close."""
        key = key_of(event)
        if key == "tab":
            self._turn(OTHER[self.heading])
        elif key == self.key:
            self.dismiss(None)
        else:
            return super().take_key(event)
        return True

    def _turn(self, page: str) -> None:
        self._head(page)
        self.show_head()
        make = _sitting(self.session) if page == SITTING else _agreement(self.session)
        self.sheet.show(make)


def _sitting(session: Session) -> Callable[[int], Rows]:
    found = summary(session)
    said = list(fields(found, session.scale))
    log = session.log(reader=session.reader, limit=MOST_ACTS) if found.did_anything else []
    acts = [
        (minute(one.at)[-CLOCK:], f"{one.alone}{' (undone)' if one.undone else ''}")
        for one in log
        if one.at >= found.began
    ]

    def page(width: int) -> Rows:
        drawn = plots.by_day(day_labels(found), width - MARGIN)
        rows = labelled(said, width)
        if drawn:
            rows += [[], [(f"Your verdicts by day, the last {DAYS} days (UTC)", BOLD)]]
        rows += [[(row, PLAIN)] for row in drawn]
        if acts:
            rows += [[], [("What you recorded last", BOLD)], *labelled(acts, width)]
        return rows

    return page


def _agreement(session: Session) -> Callable[[int], Rows]:
    several = read_twice(session)
    if several > AT_ONCE:
        said = f"{counted(several, 'claim')} were read by two or more: too many to compare while"
        return lambda width: paragraph(f"{said} you wait. reviewer agreement does it.", width)
    found = agreement(session, most_pairs=MOST_PAIRS)
    if not found.claims:
        return lambda width: paragraph(NONE_YET, width)
    pairs = measured_pairs(found)
    told = list(sections(found, session.scale))

    def page(width: int) -> Rows:
        rows: Rows = []
        for heading, said in told:
            rows += [[(fit(display(heading, newlines=False), width), BOLD)]]
            rows += [*labelled(said, width), []]
        for note in notes(found, session.scale):
            rows += paragraph(note, width - MARGIN)
        drawn = plots.by_pair(pairs, width - MARGIN)
        if drawn:
            rows += [[], [("Per cent agreement by pair", BOLD)]]
        return rows + [[(row, PLAIN)] for row in drawn]

    return page
