"""On whose word a claim rests: its excerpts by origin, what would change it, giving an origin."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import ModalScreen

from reviewer.desk.bars import Bar, key_rows
from reviewer.desk.keys import CLOSE, key_of
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import ALERT, BOLD, CURRENT, KEY, PLAIN, SIGNS, STANCE_STYLES, Run
from reviewer.desk.prompts import LEAVING, PromptInput
from reviewer.insight.origins import Origin, by_origin, supported, what_would_change
from reviewer.model.errors import ReviewerError
from reviewer.model.words import ClaimView, Excerpt, Held
from reviewer.service.origins import said_of, say_origin
from reviewer.service.session import Session
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import display, folded
from reviewer.text.wrap import wrap

KEYS = "j/k row  e origin of the text  s of its source  u undo  q close"
TYPING = "the id of a source, a name, or unknown; empty takes yours back  enter  esc"
LABELS = {"e": "text", "s": "source"}
WHOLE_ROWS = 5

Item = Origin | Excerpt


class OriginRows(ChoiceRows[Item]):
    """Each origin with the excerpts that go back to it below."""

    def __init__(self) -> None:
        super().__init__(id="commands", empty="No excerpt is linked to this claim.")
        self.view: ClaimView | None = None

    def row(self, one: Item, part: int, *, chosen: bool) -> list[Run]:  # noqa: ARG002
        """An origin by its name, or an excerpt by its stance, its words and its text."""
        width = self.size.width
        if isinstance(one, Origin):
            known = "" if one.known else "  counts as no origin"
            style = CURRENT if chosen else BOLD
            return [(fit(f"{'>' if chosen else ' '}{folded(one.name)}{known}", width), style)]
        text = self.view.target(one.target) if self.view else None
        held = "" if text is None or text.held is Held.VERBATIM else f", {text.held}"
        where = f"  {folded(one.target)}{held}"
        room = max(0, width - 17 - cell_width(where))
        style = CURRENT if chosen else PLAIN
        return [
            ("> " if chosen else "  ", style),
            (f" {SIGNS[one.stance]} ", style if chosen else STANCE_STYLES[one.stance]),
            (f"{one.stance:<10}", style),
            (fit(f'"{folded(one.exact)}"', room), style),
            (where, style),
        ]


class OriginsScreen(ModalScreen[None], inherit_bindings=False):
    """The origins; `e` and `s` say whose word a text or its source is."""

    CSS_PATH = "lists.tcss"
    prompt = query_one("#narrow", PromptInput)
    narrow_row = query_one("#narrow-row", Horizontal)
    whole = query_one("#whole", Bar)
    hint = query_one("#hint", Bar)

    def __init__(self, session: Session, view: ClaimView) -> None:
        super().__init__()
        self.session = session
        self.view = view
        self.rows = OriginRows()
        self.about = ""
        self.said = ""

    def compose(self) -> ComposeResult:
        """A title, what is typed, the rows, what is said of the chosen one, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            with Horizontal(id="narrow-row"):
                yield Bar(id="narrow-label")
                yield PromptInput(id="narrow")
            yield self.rows
            yield Bar(id="whole")
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show them."""
        self.narrow_row.display = False
        self._load()

    def on_resize(self) -> None:
        """Wrap what is said below for another width."""
        if self.is_mounted:
            self._tell()

    def take_key(self, event: events.Key) -> bool:
        """Type an origin, move, or do what the key says."""
        if self.about:
            return self._end_typing(event.key)
        key = key_of(event)
        self.said = ""
        if key in (*CLOSE, "O"):
            self.dismiss(None)
            return True
        if step := self.rows.step_of(key):
            self.rows.move(step)
        elif key in LABELS:
            self._ask(key)
        elif key == "u":
            self._undo()
        else:
            self.said = f"{display(key, newlines=False)} does nothing here."
        self._tell()
        return True

    def _ask(self, key: str) -> None:
        chosen = self.rows.chosen
        text = self.view.target(chosen.target) if isinstance(chosen, Excerpt) else None
        if text is None:
            self.said = "Choose an excerpt: an origin is given to its text or its source."
        elif self.session.readonly:
            self.said = "The case is open for reading only."
        else:
            self.about = text.id if key == "e" else text.source.id
            label = f"origin of {folded(self.about)}:"
            bar = self.query_one("#narrow-label", Bar)
            bar.styles.width = min(cell_width(label) + 1, max(10, self.size.width - 20))
            bar.show([(label, KEY)])
            self.narrow_row.display = True
            self.prompt.value = ""
            self.set_focus(self.prompt)

    def _end_typing(self, key: str) -> bool:
        if key not in (*LEAVING, "enter"):
            return False
        about, self.about = self.about, ""
        self.set_focus(None)
        self.narrow_row.display = False
        self.said = "Nothing was recorded."
        if key == "enter":
            try:
                entry = say_origin(self.session, about, self.prompt.value)
                self.said = self.session.tell(entry).recorded("u")
            except ReviewerError as error:
                self.said = error.sentence
        self._load()
        return True

    def _undo(self) -> None:
        try:
            self.said = f"{self.session.undo().alone}."
        except ReviewerError as error:
            self.said = error.sentence
        self._load()

    def _load(self) -> None:
        self.view = self.rows.view = self.session.view(self.view.claim.id)
        items: list[Item] = []
        for origin in by_origin(self.view, self.view.excerpts):
            items += [origin, *origin.excerpts]
        self.rows.show(items, keep=True)
        title = f" Origins of {folded(self.view.claim.id)} "
        asked = self.view.rules.origins if self.view.rules.gated else 0
        rule = f"; {asked} asked" if asked > 1 else ""
        bar = self.query_one("#title", Bar)
        said = fit(f"  {supported(self.view)}{rule}", max(0, self.size.width - 2 - len(title)))
        bar.show([(title, ALERT), (said, PLAIN)])
        self._tell()

    def _tell(self) -> None:
        width = max(10, self.size.width - 2)
        rows: list[list[Run]] = []
        chosen = self.rows.chosen
        if isinstance(chosen, Excerpt):
            rows += self._wrapped(self._origin_of(chosen), width)
        rows += self._wrapped(f"What would change it: {what_would_change(self.view)}", width, BOLD)
        rows += self._wrapped(self.said, width)
        self.whole.show(*rows)
        self.hint.show(*key_rows(TYPING if self.about else KEYS, width))

    def _origin_of(self, chosen: Excerpt) -> str:
        text = self.view.target(chosen.target)
        if text is None:
            return f"{chosen.target} is not held: the excerpt counts for nothing."
        if chosen.orphan:
            return "An orphan: its words no longer stand in the text, and it counts for nothing."
        who = said_of(self.session, text)
        return (
            f"{text.id} by {text.source.name} ({text.source.id}); origin {text.first_held_by}{who}"
        )

    def _wrapped(self, words: str, width: int, style: object = PLAIN) -> list[list[Run]]:
        shown = folded(words)
        spans = wrap(shown, width)[:WHOLE_ROWS] if shown else []
        look = BOLD if style is BOLD else PLAIN
        return [[(shown[start:end], look)] for start, end in spans]
