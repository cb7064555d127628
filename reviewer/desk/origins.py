"""On whose word a claim rests: its excerpts by origin, what would change it, giving an origin."""

from reviewer.desk.asking import AskingScreen
from reviewer.desk.bars import Bar
from reviewer.desk.driver.styles import Style
from reviewer.desk.keys import CLOSE
from reviewer.desk.narrowing import ChoiceRows
from reviewer.desk.paint import ALERT, BOLD, CURRENT, PLAIN, SIGNS, STANCE_STYLES, Run
from reviewer.insight.origins import Origin, by_origin, supported, what_would_change
from reviewer.model.claims import ClaimView
from reviewer.model.evidence import Excerpt, Held
from reviewer.service.origins import said_of, say_origin
from reviewer.service.session import Session
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import display, folded
from reviewer.text.wrap import wrap

KEYS = "j/k row  e origin of the text  s of its source  u undo  q close"
TYPING = "the id of a source, a name, or unknown; empty takes yours back  enter  esc"
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


class OriginsScreen(AskingScreen[Item]):
    """The origins; `e` and `s` say whose word a text or its source is."""

    rows: OriginRows

    def __init__(self, session: Session, view: ClaimView) -> None:
        super().__init__(session, view, OriginRows())
        self.about = ""

    def on_mount(self) -> None:
        """Show them."""
        self.above.display = False
        super().on_mount()

    def load(self) -> None:
        """Read the origins of the claim."""
        self.rows.view = self.view
        items: list[Item] = []
        for origin in by_origin(self.view, self.view.excerpts):
            items += [origin, *origin.excerpts]
        self.rows.show(items, keep=True)

    # Keys

    def run_key(self, key: str) -> None:
        """Move, or do what the key says."""
        if key in (*CLOSE, "O"):
            self.dismiss("")
        elif step := self.rows.step_of(key):
            self.rows.move(step)
        elif key in ("e", "s"):
            self._ask(key)
        elif key == "u":
            self.undo()
        else:
            self.said = f"{display(key, newlines=False)} does nothing here."

    def _ask(self, key: str) -> None:
        chosen = self.rows.chosen
        text = self.view.target(chosen.target) if isinstance(chosen, Excerpt) else None
        if text is None:
            self.said = "Choose an excerpt: an origin is given to its text or its source."
        elif self.session.readonly:
            self.said = "The case is open for reading only."
        else:
            self.about = text.id if key == "e" else text.source.id
            self.write(f"origin of {folded(self.about)}")

    def take_written(self, what: str, text: str) -> None:  # noqa: ARG002
        """Record whose word it is."""
        self.recorded(say_origin(self.session, self.about, text))

    # Drawing

    def tell(self) -> None:
        """How well the claim is supported above, the chosen one and what would change it below."""
        title = f" Origins of {folded(self.view.claim.id)} "
        asked = self.view.rules.origins if self.view.rules.gated else 0
        rule = f"; {asked} asked" if asked > 1 else ""
        said = fit(f"  {supported(self.view)}{rule}", max(0, self.size.width - 2 - len(title)))
        self.query_one("#title", Bar).show([(title, ALERT), (said, PLAIN)])
        width = max(10, self.size.width - 2)
        chosen = self.rows.chosen
        rows = _wrapped(self._origin_of(chosen), width) if isinstance(chosen, Excerpt) else []
        rows += _wrapped(f"What would change it: {what_would_change(self.view)}", width, BOLD)
        self.words.show(*rows)
        self.show_keys(TYPING if self.writing else KEYS)

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


def _wrapped(words: str, width: int, style: Style = PLAIN) -> list[list[Run]]:
    shown = folded(words)
    spans = wrap(shown, width)[:WHOLE_ROWS] if shown else []
    return [[(shown[start:end], style)] for start, end in spans]
