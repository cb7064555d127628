"""What was recorded, of one claim or of the whole case: narrowed, told whole, undone, erased."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one

from reviewer.desk import cards
from reviewer.desk.bars import Bar, key_rows
from reviewer.desk.keys import END, key_of
from reviewer.desk.lists import TextScreen
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import ALERT, BOLD, CURRENT, PLAIN, REMARK, Run
from reviewer.desk.prompt_screen import PromptScreen
from reviewer.desk.prompts import LEAVING, PromptInput
from reviewer.model.claims import ClaimView
from reviewer.model.clock import iso, minute
from reviewer.model.entry import Kind
from reviewer.model.errors import ReviewerError
from reviewer.model.judgements import LogLine
from reviewer.service.commands import Mode
from reviewer.service.keymap import Keymap
from reviewer.service.session import Session
from reviewer.text.cells import fit
from reviewer.text.display import display
from reviewer.text.wrap import wrap

PAGE = 500
AT = len("2022-03-07 14:05")
STANDS = "in force"
WORDS_ROWS = 5
EVERY_KEY = 1 << 20
"""So many cells hold the line of keys whole; it is broken into rows afterwards."""
MOVES = tuple(
    f"history.{where}" for where in ("down", "up", "page_down", "page_up", "first", "last")
)
SEARCH, BECAUSE = "search", "because"
WHY = "Why? It stands with the erasure, for everybody; name nobody. enter erases, esc does not."


class HistoryRows(ChoiceRows[LogLine]):
    """Entries, one a row."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, empty="Nothing is recorded here.")
        self.standing: frozenset[str] = frozenset()

    def row(self, one: LogLine, part: int, *, chosen: bool) -> list[Run]:  # noqa: ARG002
        """When, who, what; and whether it is in force or undone."""
        style = CURRENT if chosen else PLAIN
        end = "undone" if one.undone else STANDS if one.id in self.standing else ""
        room = max(0, self.size.width - AT - 3 - len(end) - (2 if end else 0))
        said = display(f"{one.reader}: {one.sentence}", newlines=False)
        faint = REMARK if one.undone and not chosen else style
        return [
            (f"{'>' if chosen else ' '}{minute(one.at)[:AT]}  ", style),
            (fit(said, room).ljust(room) if end else fit(said, room), faint),
            (f"  {end}" if end else "", style if chosen else BOLD),
        ]


class HistoryScreen(PromptScreen[str]):
    """The newest entries first. Its result is the claim to go to, or nothing."""

    rows = query_one("#commands", HistoryRows)
    words = query_one("#words", Bar)

    def __init__(self, session: Session, view: ClaimView, keymap: Keymap) -> None:
        super().__init__()
        self.session = session
        self.view = view
        self.keymap = keymap
        self.claim = view.claim.id
        self.lines: list[LogLine] = []
        self.more = False
        self.writing = ""
        """What the line is for, while one is written."""
        self.searched = ""
        self.erasing: LogLine | None = None

    def compose(self) -> ComposeResult:
        """A title, what is typed, the entries, the chosen one's words, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            yield from self.prompt_line()
            yield HistoryRows(id="commands")
            yield Bar(id="words")
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show the claim's history."""
        self.narrow_row.display = False
        self._load()

    # Keys

    def take_key(self, event: events.Key) -> bool:
        """Type, answer, or do what the key says."""
        if self.writing == SEARCH:
            return self._end_search(event.key)
        if self.writing == BECAUSE:
            return self._end_reason(event.key)
        if self.erasing is not None:
            self._answered(key_of(event))
        else:
            self._run(key_of(event))
        return True

    def _write(self, what: str, text: str) -> None:
        """Let the reader write a line."""
        self.writing = what
        self.open_prompt(f"{what}:", text)

    def _put_away(self) -> None:
        """The line is not written any more; what is searched for stays to be seen."""
        self._write(SEARCH, self.searched)
        self.writing = ""
        self.set_focus(None)
        self.narrow_row.display = bool(self.searched)

    def _end_search(self, key: str) -> bool:
        if key in ("up", "down"):
            self._move(-1 if key == "up" else 1)
            return True
        if key not in (*LEAVING, "enter"):
            return False
        self.searched = "" if key in LEAVING else self.prompt.value
        self._put_away()
        self._narrow()
        return True

    def _end_reason(self, key: str) -> bool:
        if key not in (*LEAVING, "enter"):
            return False
        why = self.prompt.value
        self._put_away()
        self._erase(None if key in LEAVING else why)
        return True

    def _run(self, key: str) -> None:
        command = self.keymap.command(Mode.HISTORY, "escape" if key == "ctrl+c" else key)
        page = max(1, self.rows.fitting - 1)
        # Older entries may come in below; the end is that of those which were there.
        steps = dict(zip(MOVES, (1, -1, page, -page, -END, len(self.lines)), strict=True))
        if command is None:
            self._say(f"{display(key, newlines=False)} does nothing here.")
        elif command.id == "history.leave":
            if key == "escape" and self.searched:
                self._end_search(key)
            else:
                self.dismiss("")
        elif command.id in steps:
            self._move(steps[command.id])
        elif command.id == "history.search":
            self._write(SEARCH, self.searched)
        elif command.id == "history.other":
            self.claim = "" if self.claim else self.view.claim.id
            self._load()
        elif self.rows.chosen is not None:
            self._do(command.id, self.rows.chosen)

    def _do(self, command: str, chosen: LogLine) -> None:
        if command == "history.whole":
            changed = self._changed(chosen)
            self.app.push_screen(TextScreen("Entry", lambda width: _whole(chosen, width, changed)))
        elif command == "history.undo":
            self._undo(chosen)
        elif command == "history.erase":
            self.erasing = chosen
            whose = display(f"{chosen.reader}: {chosen.sentence}", newlines=False)
            asks = "Erase its words for good, for everybody? y goes on, any other key does not."
            lines = [asks[start:end] for start, end in wrap(asks, self.size.width - 3)]
            first = [(fit(whose, self.size.width - 2), BOLD)]
            self._show_words([first, *([(line, ALERT)] for line in lines)])
        elif chosen.claim:
            if self.session.has_claim(chosen.claim):
                self.dismiss(chosen.claim)
            else:
                self._say(f"There is no claim '{chosen.claim}' in this case.")

    def _changed(self, chosen: LogLine) -> list[str]:
        """What changed since the verdict that this one replaced, where it replaced one."""
        # A merge may bring a verdict on a claim that is not held here.
        if chosen.kind != Kind.VERDICT or not self.session.has_claim(chosen.claim):
            return []
        from reviewer.insight.ageing import evidence, sentences
        from reviewer.service.ageing import changes

        return [
            line
            for one in changes(self.session, self.session.view(chosen.claim))
            if one.new.id == chosen.id
            for line in ("What changed:", *sentences(one, self.session.scale), *evidence(one))
        ]

    # What changes the record

    def _undo(self, chosen: LogLine) -> None:
        try:
            said = self.session.undo_act(chosen.id).alone
        except ReviewerError as error:
            self._say(error.sentence)
            return
        self._load(keep=True)
        self._say(f"{said}.")

    def _answered(self, key: str) -> None:
        if key != "y":
            self._erase(None)
            return
        self._show_words([*cards.paragraph(WHY, self.size.width - 3)])
        self._write(BECAUSE, "")

    def _erase(self, why: str | None) -> None:
        chosen, self.erasing = self.erasing, None
        if why is None or chosen is None:
            self._say("Nothing was erased.")
            return
        try:
            erasure = self.session.redact(chosen.id, why)
        except ReviewerError as error:
            self._say(error.sentence)
            return
        self._load(keep=True)
        held = "" if erasure.wiped else " Another program reads the file: erase it once more later."
        self._say(f"Erased for good. Copies, backups and exports keep the words.{held}")

    # Drawing

    def _load(self, *, keep: bool = False) -> None:
        self.lines, self.more = [], True
        self._load_more()
        held = self.session.view(self.view.claim.id)
        standing = [verdict.id for verdict in held.verdicts if verdict.standing]
        self.rows.standing = frozenset([*standing, *(note.id for note in held.notes)])
        what = f"History of {self.claim}" if self.claim else "History of the case"
        title = self.query_one("#title", Bar)
        title.show([(f" {display(what, newlines=False)} ", ALERT)])
        self._narrow(keep=keep)

    def _load_more(self) -> None:
        last = self.lines[-1].id if self.lines else ""
        found = self.session.log(claim=self.claim, before=last, limit=PAGE)
        self.lines += found
        self.more = len(found) == PAGE

    def _move(self, step: int) -> None:
        if step > 0 and self.more and self.rows.at + step >= len(self.rows.found):
            self._load_more()
            self._narrow(keep=True)
        self.rows.move(step)
        self._tell()

    @on(PromptInput.Changed)
    def _typed(self) -> None:
        if self.writing == SEARCH:
            self.searched = self.prompt.value
            self._narrow()

    def _narrow(self, *, keep: bool = False) -> None:
        found = [line for line in self.lines if line.holds(self.searched)]
        self.rows.show(found, keep=keep)
        self._tell()

    def _tell(self) -> None:
        chosen = self.rows.chosen
        rows = cards.paragraph(chosen.words, self.size.width - 3) if chosen else []
        self._show_words(rows)
        last = self.keymap.first_key("history.last")
        older = f"newest {len(self.lines)}, {last} older  " if self.more else ""
        keys = f"{older}{self.keymap.footer(Mode.HISTORY, EVERY_KEY)}"
        if not self.claim:
            keys = keys.replace("whole case", "this claim")
        self.hint.show(*key_rows(keys, max(10, self.size.width - 2)))

    def _say(self, sentence: str) -> None:
        self._show_words(cards.paragraph(sentence, self.size.width - 3))

    def _show_words(self, rows: cards.Rows) -> None:
        # Always as many rows: the list above must not jump.
        self.words.show(*[*rows, *[[]] * WORDS_ROWS][:WORDS_ROWS])

    def on_resize(self) -> None:
        """Wrap the words for another width."""
        if self.is_mounted and self.erasing is None:
            self._tell()


def _whole(line: LogLine, width: int, changed: list[str]) -> cards.Rows:
    pairs = [
        ("Recorded", iso(line.at)),
        ("By", line.reader),
        ("What", f"{line.sentence}{' (undone)' if line.undone else ''}"),
        ("Entry", line.id),
    ]
    rows = cards.labelled(pairs, width)
    rows += [[], *cards.paragraph(line.words, width)] if line.words else []
    rows += [[]] if changed else []
    return [*rows, *(row for said in changed for row in cards.paragraph(said, width))]
