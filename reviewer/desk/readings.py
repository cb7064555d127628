"""Two readings side by side, what they rest on below them, and what settles them."""

from collections.abc import Callable
from itertools import zip_longest

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one

from reviewer.desk.bars import Bar, key_rows
from reviewer.desk.cards import Rows, paragraph
from reviewer.desk.grounds import said_of
from reviewer.desk.keys import CLOSE, FIRST, LAST, key_of
from reviewer.desk.lists import Sheet
from reviewer.desk.paint import ALERT, BOLD, KEY, PLAIN, REMARK, SIGNS, STANCE_STYLES, Run, fitted
from reviewer.desk.prompt_screen import PromptScreen
from reviewer.desk.prompts import LEAVING
from reviewer.model.claims import ClaimView, State
from reviewer.model.clock import day
from reviewer.model.entry import Entry
from reviewer.model.errors import ReviewerError
from reviewer.model.judgements import Verdict
from reviewer.service import adjudicating
from reviewer.service.session import Session
from reviewer.text.cells import fit
from reviewer.text.display import display
from reviewer.text.units import counted
from reviewer.text.wrap import wrap

MOST = 500
"""So many of the claims on which readers differ are stepped through."""
LETTERS = "abcdefg"
SCROLLS = {"J": 1, "down": 1, "K": -1, "up": -1}
KEYS = "{agree} agree  1-9 other  s ask back  u undo  j/k claim  J/K line  o open  q close"

WRITING = "enter records it  esc leaves it"


class ReadingsScreen(PromptScreen[str]):
    """The claims on which readers differ. Its result is the claim to go to, or nothing."""

    sheet = query_one("#sheet", Sheet)

    def __init__(self, session: Session, claim: str) -> None:
        super().__init__()
        self.session = session
        self.claims = [one.claim for one in session.disagreements(limit=MOST)]
        if claim and claim not in self.claims and len(_of(session.view(claim))) > 1:
            self.claims.insert(0, claim)
        self.at = self.claims.index(claim) if claim in self.claims else 0
        self.view = session.view(self.claims[self.at])
        self.asking: Callable[[str], Entry] | None = None
        self.keys = ""

    def compose(self) -> ComposeResult:
        """A title, the readings over their evidence, what is typed, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            yield Sheet(self._rows, id="sheet")
            yield from self.prompt_line()
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show the claim."""
        self.narrow_row.display = False
        self._show()

    # Keys

    def take_key(self, event: events.Key) -> bool:
        """Type a reason, or do what the key says."""
        if self.asking is not None:
            return self._end_typing(event.key)
        key = key_of(event)
        found = _of(self.view)
        if key in CLOSE or key == "D":
            self.dismiss("")
        elif key == "o":
            self.dismiss(self.view.claim.id)
        elif key in ("j", "k"):
            self._step(1 if key == "j" else -1)
        elif key in LETTERS[: len(found)]:
            self._agree(found[LETTERS.index(key)])
        elif key.isdigit() and key != "0":
            self._third(int(key))
        elif key == "s":
            self._ask("question:", lambda text: adjudicating.send_back(*self._here, text))
        elif key == "u":
            self._undo()
        else:
            self._scroll(key)
        return True

    @property
    def _here(self) -> tuple[Session, ClaimView]:
        return self.session, self.view

    def _end_typing(self, key: str) -> bool:
        ask = self.asking
        if key in LEAVING:
            self._asked()
            self._say("Nothing was recorded.")
        elif key == "enter" and ask is not None:
            text = self.prompt.value
            if not text.strip():
                self._say("Nothing is written; esc leaves.")
                return True
            self._asked()
            self._recorded(lambda: ask(text))
        else:
            return False
        return True

    def _ask(self, label: str, done: Callable[[str], Entry]) -> None:
        self.asking = done
        self.open_prompt(label)
        self._say("")

    def _asked(self) -> None:
        self.asking = None
        self.close_prompt()

    def _agree(self, reading: Verdict) -> None:
        self._recorded(lambda: adjudicating.agree(*self._here, reading))

    def _third(self, key: int) -> None:
        value = self.session.scale.by_key(key)
        if value is not None:
            label = f"why {display(value.label, newlines=False)}:"
            self._ask(label, lambda why: adjudicating.settle(*self._here, value.value, why))

    def _recorded(self, act: Callable[[], Entry]) -> None:
        try:
            line = self.session.tell(act())
        except ReviewerError as error:
            self._show()
            self._say(error.sentence)
            return
        self._show()
        self._say(f"{line.recorded('u')} j goes on.")

    def _undo(self) -> None:
        try:
            line = self.session.undo()
        except ReviewerError as error:
            self._say(error.sentence)
            return
        self._show()
        self._say(f"{line.alone}.")

    def _step(self, step: int) -> None:
        to = self.at + step
        if not 0 <= to < len(self.claims):
            self._say("There is no further one." if step > 0 else "This is the first.")
            return
        self.at = to
        self.sheet.top = 0
        self._show()

    def _scroll(self, key: str) -> None:
        page = max(1, self.sheet.size.height - 1)
        steps = SCROLLS | {"space": page, "pagedown": page, "pageup": -page}
        steps |= dict.fromkeys(FIRST, -len(self.sheet.rows))
        steps |= dict.fromkeys(LAST, len(self.sheet.rows))
        if key in steps:
            self.sheet.scroll_rows(steps[key])

    # Drawing

    def _show(self) -> None:
        self.view = self.session.view(self.claims[self.at])
        of = f"{self.at + 1} of {len(self.claims)}"
        what = f" Readings of {display(self.view.claim.id, newlines=False)}, {of} "
        self.query_one("#title", Bar).show([(what, ALERT)])
        self.sheet.rows = self._rows(self.sheet.size.width)
        self.sheet.scroll_rows(0)
        agree = "/".join(LETTERS[: len(_of(self.view))])
        self.keys = KEYS.format(agree=agree)
        self.hint.show(*key_rows(self.keys, max(10, self.size.width - 2)))

    def _say(self, sentence: str) -> None:
        keys = WRITING if self.asking is not None else self.keys
        width = max(10, self.size.width - 2)
        said = fit(display(sentence, newlines=False), width)
        self.hint.show(*([[(said, BOLD)]] if said else []), *key_rows(keys, width))

    def _rows(self, width: int) -> Rows:
        view = self.view
        rows = paragraph(view.claim.text, width)
        rows += [*_settled(self.session, view, width), []]
        found = _of(view)
        columns = [_reading(self.session, view, n, (width - 3) // 2) for n in range(len(found))]
        empty: Rows = []
        for left, right in zip_longest(columns[::2], columns[1::2], fillvalue=empty):
            rows += [*_beside(left, right, width), []]
        rows.append([("Evidence", BOLD)])
        for excerpt in view.excerpts:
            who = f", {excerpt.reader}" if excerpt.reader and not self._hidden else ""
            head = f"{SIGNS[excerpt.stance]} {excerpt.stance} ({excerpt.target}{who}): "
            said = display(f'{head}"{excerpt.exact}"', newlines=False)
            for start, end in wrap(said, max(10, width)):
                style = STANCE_STYLES[excerpt.stance] if start == 0 else PLAIN
                rows.append([(said[start:end], style)])
        if not view.excerpts:
            rows.append([("Nothing is linked to this claim.", REMARK)])
        return rows

    @property
    def _hidden(self) -> bool:
        return adjudicating.names_hidden(self.session, self.view)

    def on_resize(self) -> None:
        """Wrap for another width."""
        if self.is_mounted and self.asking is None:
            self._show()


def _of(view: ClaimView) -> list[Verdict]:
    return adjudicating.readings(view)


def _settled(session: Session, view: ClaimView, width: int) -> Rows:
    found = view.adjudication
    if found is None or view.row.state is not State.ADJUDICATED:
        state = "The readers differ." if view.row.state is State.IN_CONFLICT else ""
        return [[(state, ALERT)]] if state else []
    label = session.scale.label(found.value)
    reason = f": {found.reason}" if found.reason else ""
    return paragraph(f"SETTLED by {found.reader}, {day(found.at)}: {label}{reason}", width)


def _reading(session: Session, view: ClaimView, n: int, width: int) -> Rows:
    """A column for one reading: whose, what, why, on what."""
    verdict = _of(view)[n]
    stances = [e.stance for e in view.excerpts if e.id in _rests_on(verdict)]
    rests = "  ".join(f"{SIGNS[s]}{stances.count(s)}" for s in dict.fromkeys(stances))
    blind = "read blind" if verdict.data.get("blind") else "not read blind"
    head = f"{adjudicating.named(session, view, n)}, {day(verdict.at)}"
    rows: Rows = [
        [(fit(display(head, newlines=False), width), KEY)],
        [(fit(display(f"{session.scale.label(verdict.value)}{verdict.dated}"), width), BOLD)],
        [(fit(blind, width), REMARK)],
        [(fit(f"rests on {counted(len(stances), 'excerpt')}  {rests}", width), PLAIN)],
    ]
    rows += [row for said in said_of(view, verdict) for row in paragraph(said, width)]
    return rows + paragraph(verdict.note or "no note", width)


def _rests_on(verdict: Verdict) -> list[object]:
    named = verdict.data.get("excerpts")
    return list(named) if isinstance(named, list) else []


def _beside(left: Rows, right: Rows, width: int) -> Rows:
    half = (width - 3) // 2
    rows: Rows = []
    empty: list[Run] = []
    for one, other in zip_longest(left, right, fillvalue=empty):
        rows.append([*fitted(one, half), (" | ", PLAIN), *fitted(other, half)])
    return rows
